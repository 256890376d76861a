"""The papers are true: pages made from the program are current, commands and settings load."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
import yaml

from config.companies.entities import load_entities
from config.duty_terms import Actions, OwnRoles
from config.field.field_choice import FIELD_VARIABLE, NEEDED, shipped_file, validated
from config.field.field_names import FieldNames
from config.loader import load_settings, load_sources, load_topics
from config.yaml_file import YamlFile
from docs import reference
from noticewatch.cli.main import cli
from tests.docs.papers import PAPERS
from tests.paths import ROOT

FENCE = re.compile(r"```(?:sh|console|)\n(.*?)```", re.S)
FENCED = re.compile(r"^(?:\$ )?(noticewatch .+)$", re.M)
INLINE = re.compile(r"`(noticewatch (?!<)[^`]+)`")
YAML_BLOCK = re.compile(r"```yaml\n(.*?)```", re.S)
# `config/sources/`, `archive/ports.py`: paths of the product and its tests, from the root.
PRODUCT_PATH = re.compile(
    r"`((?:archive|classifier|config|crawler|domain|i18n|noticewatch|notifier|tests|docs)/[\w./-]*)`"
)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def commands_in(paper: Path) -> list[str]:
    text = paper.read_text(encoding="utf-8").replace("\\\n", " ")
    fenced = [line for block in FENCE.findall(text) for line in FENCED.findall(block)]
    inline = [" ".join(found.split()) for found in INLINE.findall(FENCE.sub("", text))]
    return [re.split(r"\s+(?:#|\||>|&&)", line)[0].strip() for line in [*fenced, *inline]]


ALL_COMMANDS = [
    pytest.param(line, id=f"{paper.name}: {line[:60]}")
    for paper in PAPERS
    for line in dict.fromkeys(commands_in(paper))
]


@pytest.mark.parametrize("name", reference.PAGES)
def test_page_made_from_the_program_is_current(name):
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert page == reference.PAGES[name](), "run: make docs"


def test_tables_of_the_readme_are_current():
    assert reference.README.read_text(encoding="utf-8") == reference.readme(), "run: make docs"


def test_every_command_and_option_says_what_it_does():
    silent = []
    for name, command in reference.commands():
        if not command.help:
            silent.append(name)
        options = [p for p in command.params if isinstance(p, click.Option)]
        silent += [f"{name} {option.opts[0]}" for option in options if not option.help]
    assert silent == []


def test_every_setting_is_explained():
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|.*\|  \|$", page, re.M) == []


@pytest.mark.parametrize("line", ALL_COMMANDS)
def test_commands_in_the_papers_exist_with_their_options(line):
    words = shlex.split(line)[1:]
    command: click.Command = cli
    while isinstance(command, click.Group):
        with click.Context(command) as ctx:
            _, words, _ = command.make_parser(ctx).parse_args(words)
        if not words:
            return  # named in a sentence: `noticewatch`, or global options alone
        assert words[0] in command.commands, f"no command {words[0]!r}"
        command, words = command.commands[words[0]], words[1:]
    with click.Context(command) as ctx:
        command.make_parser(ctx).parse_args(words)  # raises for an unknown option


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_links_lead_somewhere(paper):
    targets = LINK.findall(paper.read_text(encoding="utf-8"))
    assert [target for target in targets if not (paper.parent / target).exists()] == []


def blocks() -> list[tuple[str, str]]:
    return [
        (f"{paper.name}-{number}", text)
        for paper in PAPERS
        for number, text in enumerate(YAML_BLOCK.findall(paper.read_text(encoding="utf-8")))
    ]


@pytest.mark.parametrize(("name", "text"), [pytest.param(*b, id=b[0]) for b in blocks()])
def test_yaml_in_the_papers_loads(name, text, tmp_path, monkeypatch):
    content = yaml.safe_load(text)
    if "platform" in content:
        (tmp_path / f"{content['key']}.yml").write_text(text, encoding="utf-8")
        assert content["key"] in load_sources(tmp_path)
    elif "entities" in content:
        (tmp_path / "entities.yml").write_text(text, encoding="utf-8")
        assert len(load_entities(tmp_path / "entities.yml")) == len(content["entities"])
    elif "topics" in content:
        (tmp_path / "topics.yml").write_text(text, encoding="utf-8")
        added = {topic["id"] for topic in content["topics"]}
        assert added <= {topic.id for topic in load_topics(tmp_path / "topics.yml")}
    elif "roles" in content:
        assert set(content["roles"]) == set(OwnRoles.model_validate(content).roles)
    elif "actions" in content:
        assert set(content["events"]) == set(Actions.model_validate(content).events)
    elif "self_test" in content:
        (tmp_path / "field.yml").write_text(text, encoding="utf-8")
        assert validated(FieldNames, YamlFile.at(tmp_path / "field.yml")).goods
    else:
        (tmp_path / "noticewatch.yml").write_text(text, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        if folder := content.get("field_dir"):
            monkeypatch.setenv(FIELD_VARIABLE, "")  # put back afterwards
            Path(folder).mkdir()
            for needed in NEEDED:
                (Path(folder) / needed).write_text(
                    shipped_file(needed).path.read_text("utf-8"), "utf-8"
                )
        settings = load_settings(tmp_path / "noticewatch.yml")
        assert set(content) <= settings.model_fields_set


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/design.md"])
def test_paths_in_the_map_of_the_code_exist(name):
    named = PRODUCT_PATH.findall((ROOT / name).read_text(encoding="utf-8"))
    assert named, "the map names modules"
    assert [path for path in named if not (ROOT / path).exists()] == []
