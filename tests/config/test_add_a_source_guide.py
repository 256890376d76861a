"""The guide's examples are real: they load, and the errors it quotes are the ones given."""

from __future__ import annotations

import re

import pytest

from config.loader import ConfigError, load_sources
from config.model import Source
from tests.paths import ROOT

GUIDE = ROOT / "docs" / "add-a-source.md"
YAML = re.compile(r"```yaml\n(.*?)```", re.S)


def examples() -> list[str]:
    return YAML.findall(GUIDE.read_text(encoding="utf-8"))


@pytest.fixture
def folder(tmp_path):
    for text in examples():
        key = re.search(r"^key: (\S+)$", text, re.M)
        assert key
        (tmp_path / f"{key[1]}.yml").write_text(text, encoding="utf-8")
    return tmp_path


def test_examples_load(folder):
    sources = load_sources(folder)
    assert set(sources) == {"cn-sc-jxt", "cn-js-gxt-example", "cn-gd-example-gxj"}
    assert sources["cn-js-gxt-example"].columns[0].params["unitid"] == "403981"


def test_quoted_errors_are_the_real_ones(folder):
    path = folder / "cn-sc-jxt.yml"
    good = path.read_text(encoding="utf-8")
    quoted = re.findall(
        r"^Error: config/sources/cn-sc-jxt\.yml: (.*)$", GUIDE.read_text("utf-8"), re.M
    )
    broken = [
        good.replace("min_gap_seconds: 2.0", "min_gap_seconds: fast"),
        good.replace("  row:", "  rows:"),
    ]
    assert len(quoted) == len(broken)
    for sentence, text in zip(quoted, broken, strict=True):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError) as caught:
            load_sources(folder)
        assert str(caught.value) == f"{path}: {sentence}"


def test_keys_named_in_the_guide_exist():
    text = GUIDE.read_text(encoding="utf-8")
    for name in re.findall(r"^\| `([a-z_.]+)`", text, re.M):
        model: type = Source
        for part in name.split("."):
            assert part in model.model_fields, name
            annotation = model.model_fields[part].annotation
            model = annotation if isinstance(annotation, type) else model
