"""Machine translation against a loopback service: cached, checked, bounded, never in the way."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.store import Archive
from classifier.translation.providers import make_provider
from classifier.translation.translate_pending import run
from classifier.translation.translation_http import TranslationFailed
from config.model import TranslationSettings
from tests.fakes.translator import FAULTS, Translator, translator
from tests.noticewatch import filled

TITLE = "江苏省废旧动力电池回收利用管理办法"
PASSAGE = "第二条 未按规定移交废旧动力电池的，处一万元以上三万元以下罚款。"
TITLE_EN = "Jiangsu Measures for the Recycling of Used Power Batteries"
PASSAGE_EN = (
    "Article 2: Whoever fails to hand over used power batteries as required is fined not less "
    "than 10,000 yuan but not more than 30,000 yuan."
)


@pytest.fixture
def far() -> Iterator[Translator]:
    with translator() as service:
        service.answers = {TITLE: TITLE_EN, PASSAGE: PASSAGE_EN}
        yield service


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    filled.fill(tmp_path)
    with Archive.open(tmp_path, clock=lambda: filled.NOW) as opened:
        yield opened


def openai(far: Translator, **more: object) -> TranslationSettings:
    base = {"provider": "openai", "url": f"{far.url}/v1", "model": "m-1", "timeout_seconds": 5}
    return TranslationSettings.model_validate(base | more)


def act(archive: Archive) -> dict[str, str]:
    notice = archive.notices.by_url(filled.ACT_URL)
    assert notice is not None
    return {chinese: known.text for chinese, known in notice.translations.items()}


def test_title_and_passage_are_translated_once(archive: Archive, far: Translator) -> None:
    report = run(archive, openai(far))
    assert (report.translated, report.withheld, report.errors) == (2, 0, [])
    assert act(archive) == {TITLE: TITLE_EN, PASSAGE: PASSAGE_EN}
    assert far.asked[0][0] == "/v1/chat/completions"
    assert run(archive, openai(far)).translated == 0
    assert far.texts == [TITLE, PASSAGE]


def test_deepl_gets_all_texts_in_one_request_with_the_key(
    archive: Archive, far: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEEPL_KEY", "secret-1")
    settings = TranslationSettings.model_validate(
        {"provider": "deepl", "url": far.url, "key_env": "DEEPL_KEY"}
    )
    assert run(archive, settings).translated == 2
    [(path, headers, body)] = far.asked
    assert path == "/v2/translate"
    assert headers["Authorization"] == "DeepL-Auth-Key secret-1"
    assert body["target_lang"] == "EN-US"


def test_a_translation_that_lost_a_number_is_withheld_for_good(
    archive: Archive, far: Translator
) -> None:
    far.answers[PASSAGE] = PASSAGE_EN.replace("30,000", "300,000")
    report = run(archive, openai(far))
    assert (report.translated, report.withheld) == (1, 1)
    assert act(archive) == {TITLE: TITLE_EN}
    run(archive, openai(far))
    assert far.texts.count(PASSAGE) == 1


def test_hostile_output_is_cleaned_or_withheld(archive: Archive, far: Translator) -> None:
    far.answers[TITLE] = f"{TITLE_EN}\u202e\n<!channel> <script>"
    far.answers[PASSAGE] = f"{PASSAGE_EN} See www.evil.example"
    run(archive, openai(far))
    [text] = act(archive).values()
    assert text == f"{TITLE_EN} <!channel> <script>"  # what shows it escapes it


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_means_no_translation_and_is_tried_again(
    archive: Archive, far: Translator, fault: str
) -> None:
    far.fault = fault
    report = run(archive, openai(far, timeout_seconds=0.5, budget_seconds=2))
    assert report.translated == 0
    assert len(report.errors) == 2
    assert act(archive) == {}
    assert "/elsewhere" not in [path for path, _, _ in far.asked]
    far.fault = ""
    assert run(archive, openai(far)).translated == 2


def test_nobody_there(archive: Archive) -> None:
    with translator() as gone:
        settings = openai(gone)
    assert [error.split(":")[0] for error in run(archive, settings).errors] == ["m-1", "m-1"]


def test_after_two_failures_the_pass_gives_up(archive: Archive, far: Translator) -> None:
    far.fault = "error"
    for number in range(3, 9):
        archive.ingest(
            filled.observation(f"https://a.example/{number}", f"{TITLE}{number}", [PASSAGE] * 2, filled.NOW)
        )  # fmt: skip
    filled._classify(archive, ())
    run(archive, openai(far))
    assert len(far.asked) == 2


def test_no_time_left_asks_nobody(archive: Archive, far: Translator) -> None:
    moments = iter([0.0, 100.0])
    run(archive, openai(far), clock=lambda: next(moments))
    assert far.asked == []


def test_a_missing_key_is_said_without_asking(archive: Archive, far: Translator) -> None:
    [error] = run(archive, openai(far, key_env="NO_SUCH_KEY")).errors
    assert error == "the environment variable NO_SUCH_KEY is not set"
    assert far.asked == []


def test_a_local_model_runs_in_a_child_that_can_be_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "argostranslate"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "translate.py").write_text(
        "import time\ndef translate(text, source, target):\n"
        "    time.sleep(60 if text == 'slow' else 0)\n    return f'{source}>{target} {text}'\n"
    )
    roots = [str(tmp_path), *(path for path in sys.path if path)]
    monkeypatch.setenv("PYTHONPATH", ":".join(roots))
    provider = make_provider(TranslationSettings.model_validate({"provider": "argos"}))
    assert provider is not None
    assert provider.translate(["电池", "b"], 30) == ["zh>en 电池", "zh>en b"]
    with pytest.raises(TranslationFailed, match="TimeoutExpired"):
        provider.translate(["slow"], 1.5)
    (package / "translate.py").unlink()
    with pytest.raises(TranslationFailed, match="not installed"):
        provider.translate(["a"], 30)
