"""What the loader accepts, and the one sentence that it gives for everything else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.loader import (
    ConfigError,
    load_settings,
    load_source,
    load_sources,
    load_sources_lenient,
    load_topics,
)
from config.model import Settings

GOOD = """\
key: cn-x
name: {zh: 甲部}
publisher: 甲部
jurisdiction: CN
platform: trs_static
columns:
  - {key: tz, url: "https://x.gov.cn/tz/"}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sources").mkdir()
    return tmp_path / "sources"


def write(folder: Path, text: str, name: str = "cn-x.yml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def complaint(path: Path, load) -> str:
    """The error's sentence, after its file name has been checked."""
    with pytest.raises(ConfigError) as caught:
        load()
    text = str(caught.value)
    assert text.startswith(f"{path}: ")
    assert "\n" not in text
    return text.removeprefix(f"{path}: ")


# -------------------------------------------------------------------- sources


def test_a_small_source_gets_all_defaults(folder):
    write(folder, GOOD)
    source = load_sources(folder)["cn-x"]
    assert source.http.min_gap_seconds == 2.0
    assert source.http.robots == "obey"
    assert source.schedule.seconds == 3600
    assert source.columns[0].params == {}
    assert source.evidence.level == "inferred"


BROKEN = {
    "number": (
        GOOD + "http: {min_gap_seconds: fast}\n",
        "http.min_gap_seconds: expected a number, got 'fast'",
    ),
    "unknown key": (GOOD + "htp: {}\n", "htp: unknown key, did you mean 'http'?"),
    "unknown key inside": (
        GOOD + "http: {min_gap_secs: 3}\n",
        "http.min_gap_secs: unknown key, did you mean 'min_gap_seconds'?",
    ),
    "unknown key in a list": (
        GOOD.replace("{key: tz,", "{key: tz, parms: {},"),
        "columns.0.parms: unknown key, did you mean 'params'?",
    ),
    "whole number": (
        GOOD + "expect: {min_rows: 1.5}\n",
        "expect.min_rows: expected a whole number, got 1.5",
    ),
    "negative": (
        GOOD + "expect: {min_rows: -1}\n",
        "expect.min_rows: expected at least 0, got -1",
    ),
    "true or false": (
        GOOD + "http: {verify_tls: perhaps}\n",
        "http.verify_tls: expected true or false, got 'perhaps'",
    ),
    "word": (
        GOOD + "http: {robots: maybe}\n",
        "http.robots: expected obey or ignore, got 'maybe'",
    ),
    "duration": (
        GOOD + "schedule: {every: hourly}\n",
        "schedule.every: expected a duration such as 30s, 15m, 1h or 2d, got 'hourly'",
    ),
    "date": (
        GOOD + "evidence: {since: soon}\n",
        "evidence.since: expected a date such as 2026-01-31, got 'soon'",
    ),
    "mapping": (GOOD + "http: 5\n", "http: expected keys with values, got 5"),
    "missing": (
        GOOD.replace("publisher: 甲部\n", ""),
        "publisher: expected a value, the key is missing",
    ),
    "missing name": (
        GOOD.replace("{zh: 甲部}", "{en: A}"),
        "name.zh: expected a value, the key is missing",
    ),
    "unquoted id": (
        GOOD.replace("{key: tz,", "{key: tz, params: {unitid: 403981},"),
        "columns.0.params.unitid: expected text, got 403981 (put it in quotes)",
    ),
    "address": (
        GOOD.replace("https://", "ftp://"),
        "columns.0.url: expected an http or https address, got 'ftp://x.gov.cn/tz/'",
    ),
    "jurisdiction": (
        GOOD.replace("jurisdiction: CN", "jurisdiction: China"),
        "jurisdiction: expected CN, CN-XX (ISO 3166-2) or EU, got 'China'",
    ),
    "no columns": (
        GOOD.split("columns:")[0] + "columns: []\n",
        "columns: expected at least one entry, got none",
    ),
    "same column twice": (
        GOOD + '  - {key: tz, url: "https://x.gov.cn/other/"}\n',
        "columns: expected different keys, got tz, tz",
    ),
    "no gap": (
        GOOD + "http: {min_gap_seconds: 0}\n",
        "http.min_gap_seconds: expected more than 0 (0 is for loopback hosts only), got 0",
    ),
    "key twice": (
        GOOD + "publisher: 乙部\n",
        "line 8: expected valid YAML: the key 'publisher' stands there twice (column 1)",
    ),
    "broken YAML": (
        "key: cn-x\nname: [a\npublisher: b\n",
        "line 3: expected valid YAML: ",  # the rest is the parser's own
    ),
    "tab": (
        "key: cn-x\n\tname: a\n",
        "line 2: expected valid YAML: ",
    ),
    "list": ("- a\n- b\n", "expected keys with values (key: value), found a list"),
    "empty": ("", "expected keys with values (key: value), found nothing"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_source(name, folder):
    text, sentence = BROKEN[name]
    path = write(folder, text)
    said = complaint(path, lambda: load_sources(folder))
    assert said.startswith(sentence) if sentence.endswith(" ") else said == sentence


def test_unknown_platform_names_the_known_ones(folder):
    path = write(folder, GOOD.replace("trs_static", "trs"))
    sentence = complaint(path, lambda: load_sources(folder))
    assert sentence.startswith("platform: expected one of anhui_label, auto, ")
    assert sentence.endswith("got 'trs'")


def test_file_must_be_called_like_its_key(folder):
    path = write(folder, GOOD, "cn-y.yml")
    sentence = complaint(path, lambda: load_sources(folder))
    assert sentence == "key: expected 'cn-y' as the file is called, got 'cn-x'"


def test_same_key_in_two_files(folder):
    first = write(folder, GOOD, "cn-x.yaml")
    second = write(folder, GOOD, "cn-x.yml")
    sentence = complaint(second, lambda: load_sources(folder))
    assert sentence == f"key: expected a key of its own, 'cn-x' is also in {first}"


def test_other_bytes_than_utf8(folder):
    path = folder / "cn-x.yml"
    path.write_bytes(GOOD.encode("gb18030"))
    sentence = complaint(path, lambda: load_sources(folder))
    assert sentence == "expected text in UTF-8, found other bytes"


@pytest.mark.parametrize("host", ["127.0.0.1:8123", "localhost:8123", "[::1]:8123"])
def test_no_gap_on_loopback(host, folder):
    text = GOOD.replace("https://x.gov.cn", f"http://{host}")
    write(folder, text + "http: {min_gap_seconds: 0}\n")
    assert load_sources(folder)["cn-x"].http.min_gap_seconds == 0


def test_no_gap_needs_every_column_on_loopback(folder):
    text = GOOD.replace("https://x.gov.cn", "http://127.0.0.1:1") + (
        '  - {key: b, url: "http://127.0.0.1.example.cn/"}\nhttp: {min_gap_seconds: 0}\n'
    )
    path = write(folder, text)
    assert "loopback hosts only" in complaint(path, lambda: load_sources(folder))


def test_one_broken_file_does_not_hide_the_others(folder):
    write(folder, GOOD)
    broken = write(folder, GOOD.replace("cn-x", "cn-z") + "http: {gap: 1}\n", "cn-z.yml")
    write(folder, GOOD.replace("cn-x", "cn-w"), "cn-w.yml")

    sources, errors = load_sources_lenient(folder)

    assert set(sources) == {"cn-w", "cn-x"}
    assert len(errors) == 1
    assert str(errors[0]).startswith(f"{broken}: http.gap: unknown key")
    with pytest.raises(ConfigError):
        load_sources(folder)


def test_anchors_may_be_overridden(folder):
    """A merged key that is given again is no repetition."""
    write(
        folder,
        GOOD.replace(
            '  - {key: tz, url: "https://x.gov.cn/tz/"}\n',
            '  - &first {key: tz, url: "https://x.gov.cn/tz/", params: {size: "5"}}\n'
            '  - {<<: *first, key: gg, url: "https://x.gov.cn/gg/"}\n',
        ),
    )
    columns = load_sources(folder)["cn-x"].columns
    assert [column.key for column in columns] == ["tz", "gg"]
    assert columns[1].params == {"size": "5"}


@pytest.mark.parametrize(
    "text", ["!!python/object/apply:os.getcwd []\n", "key: !!python/name:os.system x\n"]
)
def test_yaml_runs_nothing(text, folder):
    path = write(folder, text)
    sentence = complaint(path, lambda: load_sources(folder))
    assert sentence.startswith("line 1: expected valid YAML: could not determine a constructor")


def test_two_documents_in_a_file(folder):
    path = write(folder, GOOD + "---\nkey: other\n")
    sentence = complaint(path, lambda: load_sources(folder))
    assert re.match(r"line \d+: expected valid YAML: ", sentence)


def test_other_files_in_the_folder_are_left_alone(folder):
    write(folder, GOOD)
    write(folder, "not: [yaml", "README.md")
    write(folder, "not: [yaml", ".cn-x.yml.swp")
    write(folder, "not: [yaml", ".hidden.yml")
    assert set(load_sources(folder)) == {"cn-x"}


def test_folder_without_sources(folder, tmp_path):
    sentence = complaint(folder, lambda: load_sources(folder))
    assert sentence == "expected at least one source file (*.yml), found none"
    missing = tmp_path / "nowhere"
    sentence = complaint(missing, lambda: load_sources(missing))
    assert sentence == "expected a folder of source files (*.yml), found none"


def test_unknown_source_suggests_the_nearest():
    with pytest.raises(
        ConfigError, match=re.escape("no source 'cn-mitt', did you mean 'cn-miit'?")
    ):
        load_source("cn-mitt")


# ------------------------------------------------------------------- settings


def test_no_settings_file_means_the_defaults(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load_settings() == Settings()
    assert load_settings(None).data_dir == "data"


def test_the_default_file_is_read_where_it_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "data_dir: archive\n", "noticewatch.yml")
    assert load_settings().data_dir == "archive"
    write(tmp_path, "data_dr: archive\n", "noticewatch.yml")
    with pytest.raises(ConfigError, match=r"^noticewatch\.yml: data_dr: unknown key"):
        load_settings()


def test_a_named_file_must_exist(tmp_path):
    path = tmp_path / "mine.yml"
    assert complaint(path, lambda: load_settings(path)) == "expected a YAML file, found none"
    assert complaint(tmp_path, lambda: load_settings(tmp_path)).startswith(
        "expected a readable file"
    )


def test_an_empty_settings_file_is_fine(tmp_path):
    assert load_settings(write(tmp_path, "# nothing yet\n", "s.yml")) == Settings()


def test_the_settings_of_the_design_are_read(tmp_path):
    text = """
data_dir: data
encoder: {model: bundled}
web: {host: 127.0.0.1, port: 8000, auth: none, public_url: null}
channels:
  terminal:   {type: terminal}
  compliance: {type: slack, token_env: SLACK_BOT_TOKEN, channel: C0123456789}
  hook:       {type: slack_webhook, url_env: SLACK_WEBHOOK_URL}
  digest:     {type: email, host: localhost, port: 25, security: starttls,
               sender: "noticewatch <nw@example.com>", to: [a@example.com],
               user_env: SMTP_USER, password_env: SMTP_PASSWORD}
  chat:       {type: apprise, url_env: APPRISE_URL}
  operators:  {type: slack, token_env: SLACK_BOT_TOKEN, channel: C0OPS, purpose: health}
subscriptions:
  - {channel: compliance, topics: [traceability-format, portal, penalty],
     jurisdictions: ["CN", "CN-GD", "CN-JS", "CN-SH"], language: en, when: immediately}
  - {channel: digest, topics: all, jurisdictions: all, language: both, when: "weekly mon 08:00"}
"""
    settings = load_settings(write(tmp_path, text, "noticewatch.yml"))
    assert settings.channels["operators"].purpose == "health"
    assert settings.subscriptions[0].topics == ("traceability-format", "portal", "penalty")
    assert settings.subscriptions[1].when == "weekly mon 08:00"


BROKEN_SETTINGS = {
    "web: {port: abc}": "web.port: expected a whole number, got 'abc'",
    "web: {port: 99999}": "web.port: expected at most 65535, got 99999",
    "web: {auth: yes please}": (
        "web.auth: expected none, token, basic, proxy_header or oidc, got 'yes please'"
    ),
    "subscriptions: [{channel: x}]": ("subscriptions.0.channel: no channel 'x' (known: terminal)"),
    "subscriptions: [{channel: terminal, topics: al}]": (
        "subscriptions.0.topics: expected all or a list, got 'al'"
    ),
    "subscriptions: [{channel: terminal, topics: [5]}]": (
        "subscriptions.0.topics.0: expected text, got 5 (put it in quotes)"
    ),
    "subscriptions: [{channel: terminal, stages: [drft]}]": (
        "subscriptions.0.stages.0: expected draft, final, interpretation, list, reply, news, eia "
        "or case, got 'drft'"
    ),
    "subscriptions: [{channel: terminal, when: sometimes}]": (
        'subscriptions.0.when: expected immediately, "daily HH:MM" or "weekly mon HH:MM", '
        "got 'sometimes'"
    ),
    "channels: {a: {type: slac}}": (
        "channels.a: expected a type of terminal, file, slack, slack_webhook, email, apprise, "
        "webhook, got 'slac'"
    ),
    "channels: {a: {channel: C1}}": "channels.a: expected a type, the key is missing",
    "channels: {a: {type: slack, chanel: C1}}": (
        "channels.a.chanel: unknown key, did you mean 'channel'?"
    ),
    "channels: {a: {type: slack, channel: C1, token: xyz}}": (
        "channels.a.token: unknown key, did you mean 'token_env'?"
    ),
    "channels: {a: {type: email, sender: a, to: []}}": (
        "channels.a.to: expected at least one entry, got none"
    ),
    "timezone: Asia/Shangai": (
        "timezone: expected a time zone such as Asia/Shanghai, got 'Asia/Shangai'"
    ),
    "datadir: x": "datadir: unknown key, did you mean 'data_dir'?",
}


@pytest.mark.parametrize("text", BROKEN_SETTINGS)
def test_broken_settings(text, tmp_path):
    path = write(tmp_path, text, "s.yml")
    assert complaint(path, lambda: load_settings(path)) == BROKEN_SETTINGS[text]


def test_a_misspelt_topic_would_silence_a_subscription(tmp_path):
    path = write(
        tmp_path, "subscriptions: [{channel: terminal, topics: [portal, penalti]}]", "s.yml"
    )
    sentence = complaint(path, lambda: load_settings(path))
    assert sentence.startswith(
        "subscriptions.0.topics: expected all or some of traceability-format, portal, penalty,"
    )
    assert sentence.endswith("got 'penalti'")


# --------------------------------------------------------------------- topics


def test_own_topics_change_and_add(tmp_path):
    path = write(
        tmp_path,
        """
topics:
  - id: portal
    terms: [专用系统]
  - id: our-plants
    name: {zh: 我方工厂, en: Our plants}
    definition: {zh: 提到我方工厂。, en: Mentions one of our plants.}
    terms: [示例工厂]
""",
        "topics.yml",
    )
    topics = {topic.id: topic for topic in load_topics(path)}
    assert len(topics) == 13
    assert topics["portal"].terms == ("专用系统",)
    assert topics["portal"].name.en == "Portals and reporting"
    assert topics["our-plants"].name.zh == "我方工厂"
    settings = write(
        tmp_path,
        f"topics_file: {path}\nsubscriptions: [{{channel: terminal, topics: [our-plants]}}]\n",
        "s.yml",
    )
    assert load_settings(settings).subscriptions[0].topics == ("our-plants",)


def test_own_topics_instead_of_the_shipped(tmp_path):
    path = write(
        tmp_path,
        """
replace_shipped: true
topics:
  - {id: lithium, name: {zh: 锂}, definition: {zh: 锂。}}
""",
        "topics.yml",
    )
    assert [topic.id for topic in load_topics(path)] == ["lithium"]


def test_a_whole_taxonomy_is_a_topics_file(tmp_path):
    path = tmp_path / "topics.yml"
    path.write_text(
        "version: 1\nlanguage: [zh, en]\nrelevance: {zh: 动力电池}\nstages: {draft: {zh: 草案}}\n"
        "topics: [{id: portal, threshold: 0.9}]\n",
        "utf-8",
    )
    portal = next(topic for topic in load_topics(path) if topic.id == "portal")
    assert portal.threshold == 0.9


def test_broken_topics(tmp_path):
    path = write(tmp_path, "topics:\n  - {id: lithium, nam: {zh: 锂}}\n", "topics.yml")
    sentence = complaint(path, lambda: load_topics(path))
    assert sentence == "topics.0.nam: unknown key, did you mean 'name'?"


@pytest.mark.parametrize(
    ("channels", "told"),
    [
        ("mail: {type: file, path: a}", ["mail"]),
        ("a: {type: file, path: a}, ops: {type: terminal, purpose: health}", ["a"]),
        ("ops: {type: terminal, purpose: health}", []),
    ],
)
def test_channels_without_subscriptions_are_told_everything(tmp_path, channels, told):
    path = tmp_path / "noticewatch.yml"
    path.write_text(f"channels: {{{channels}}}\n", encoding="utf-8")
    subscriptions = load_settings(path).subscriptions
    assert [each.channel for each in subscriptions] == told
    assert all(each.topics == "all" and each.when == "immediately" for each in subscriptions)
