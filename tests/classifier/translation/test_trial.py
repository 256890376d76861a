"""The trial of the configured translator: what is wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from classifier.translation.trial import SENTENCE, try_out
from config.model import TranslationSettings
from tests.fakes.translator import Translator, translator

ENGLISH = "Enterprises shall report the information within 30 days from the date of receipt."


@pytest.fixture
def far() -> Iterator[Translator]:
    with translator() as service:
        service.answers = {SENTENCE: ENGLISH}
        yield service


def settings(far: Translator, **more: object) -> TranslationSettings:
    base = {"provider": "openai", "url": f"{far.url}/v1", "model": "m-1", "timeout_seconds": 5}
    return TranslationSettings.model_validate(base | more)


def test_a_good_answer_is_no_problem(far: Translator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEY", "deepl-key")
    deepl = settings(far, provider="deepl", url=far.url, key_env="KEY")
    for wanted, name in ((settings(far), "m-1"), (deepl, "DeepL")):
        trial = try_out(wanted)
        assert trial is not None
        assert (trial.provider, trial.problem) == (name, "")
    assert far.texts == [SENTENCE, SENTENCE]


def test_without_a_provider_nothing_is_asked() -> None:
    assert try_out(TranslationSettings()) is None


@pytest.mark.parametrize(
    ("fault", "problem", "advice"),
    [
        ("401", "HTTP 401", "name its variable in translation.key_env"),
        ("404", "HTTP 404", "check translation.url"),
        ("429", "HTTP 429", "quota"),
        ("500", "HTTP 500", "try again later"),
        ("broken", "no JSON", "check translation.url"),
        ("hang", "no answer within", "network"),
    ],
)
def test_each_failure_has_its_advice(
    far: Translator, fault: str, problem: str, advice: str
) -> None:
    far.fault = fault
    trial = try_out(settings(far, timeout_seconds=1 if fault == "hang" else 5))
    assert trial is not None
    assert problem in trial.problem
    assert advice in trial.advice


def test_a_refused_key_is_named_and_never_shown(
    far: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LLM_KEY", "sk-very-secret")
    far.fault = "403"
    trial = try_out(settings(far, key_env="LLM_KEY"))
    assert trial is not None
    assert "LLM_KEY is not accepted" in trial.advice
    assert "very-secret" not in repr(trial)


def test_an_empty_variable_and_a_closed_port_are_told(far: Translator) -> None:
    empty = try_out(settings(far, key_env="NO_SUCH_VARIABLE"))
    assert empty is not None
    assert "NO_SUCH_VARIABLE is not set" in empty.problem
    closed = try_out(settings(far, url="http://127.0.0.1:1/v1"))
    assert closed is not None
    assert "ConnectionRefusedError" in closed.problem


def test_a_translation_that_loses_the_number_is_no_good(far: Translator) -> None:
    far.answers = {SENTENCE: "Enterprises shall report the information."}
    trial = try_out(settings(far))
    assert trial is not None
    assert "the number 30" in trial.problem


def test_a_local_model_that_is_not_installed_is_told() -> None:
    trial = try_out(TranslationSettings(provider="argos", timeout_seconds=30))
    assert trial is not None
    assert "argostranslate is not installed" in trial.problem
    assert "docs/english.md" in trial.advice
