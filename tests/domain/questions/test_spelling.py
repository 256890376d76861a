"""Slips in English words are mended where neither questions nor the archive know the word."""

from __future__ import annotations

import pytest

from domain.questions.spelling import mended


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("new platfrom for importers", "new platform for importers"),
        ("Sichaun storge rules", "sichuan storage rules"),
        ("Guandong outlets", "guangdong outlets"),
        ("shenzen subsidy", "shenzhen subsidy"),
        ("regsitration of colection outlets", "registration of collection outlets"),
        ("penality for late filing", "penalty for late filing"),
        ("traceabilty codes", "traceability codes"),
    ],
)
def test_a_single_slip_is_mended(typed, meant):
    assert mended(typed, lambda word: False) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "batteries reported by recyclers",  # forms of known words
        "Shanxi and Shaanxi, Henan and Hunan",  # names near each other
        "UN38.3 e-mail GB/T 34014 49015",
        "teh fine",  # too short to be sure
        '"platfrom" -platfrom title:platfrom 《platfrom》',  # as written
        "xylophone",  # near nothing
        "溯源平台",
    ],
)
def test_what_is_no_slip_stays(typed):
    assert mended(typed, lambda word: False) == typed


def test_a_word_that_the_archive_has_stays():
    assert mended("Storagen accounts", lambda word: word == "storagen") == "Storagen accounts"
    assert mended("Storagen accounts", lambda word: False) == "storage accounts"
