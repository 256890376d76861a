"""Translate one sentence to test whether the configured translator is reachable and of use."""

from __future__ import annotations

from dataclasses import dataclass

from classifier.translation.faithful import loss
from classifier.translation.providers import make_provider
from classifier.translation.translation_http import TranslationFailed
from config.model import TranslationSettings

SENTENCE = "企业应当自接收之日起三十日内报送信息。"


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """How it went. ``problem`` is empty when the translation may be shown; else ``advice`` says
    what to do about it."""

    provider: str
    problem: str = ""
    advice: str = ""


def try_out(settings: TranslationSettings) -> Trial | None:
    """None if no provider is configured. Waits no longer than ``timeout_seconds``."""
    name: str = settings.provider
    try:
        provider = make_provider(settings)
        if provider is None:
            return None
        name = provider.name
        (english,) = provider.translate([SENTENCE], settings.timeout_seconds)
    except TranslationFailed as error:
        advice = _advice(settings, error.status)
        return Trial(provider=name, problem=str(error), advice=advice)
    lost = loss(SENTENCE, english)
    if lost is None:
        return Trial(provider=name)
    return Trial(
        provider=name,
        problem=f"its translation of a plain sentence would be withheld ({lost})",
        advice="choose another model or service",
    )


def _advice(settings: TranslationSettings, status: int | None) -> str:
    if settings.provider in ("argos", "ctranslate2"):
        return "install what docs/english.md names for it into this Python, and check the model"
    if status is None:
        return "check translation.url, translation.key_env and the network from this machine"
    if status in (401, 403):
        return (
            f"the key in {settings.key_env} is not accepted: renew it"
            if settings.key_env
            else "the service asks for a key: name its variable in translation.key_env"
        )
    if status in (429, 456):
        return "its quota is used up for now: look at the account there"
    if status >= 500:
        return "the service has trouble of its own: try again later"
    return "check translation.url (it ends where the service adds its path) and translation.model"
