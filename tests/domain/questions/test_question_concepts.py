"""What a question asks about, in the words of both languages."""

from __future__ import annotations

import pytest

from domain.questions.english_stems import stem, stems_of
from domain.questions.question_concepts import MOST_CONCEPTS, concepts_of


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Who must hand over retired batteries?", "移交"),
        ("fine for late reporting", "罚款"),
        ("across provinces", "跨省"),
        ("cross-province transport", "跨省"),
        ("storing damaged cells", "贮存"),
        ("repealed pilot rules", "废止"),
        ("domestic agents of producers", "境内代理人"),
        ("a mandatory recycling mark", "强制性"),
        ("utilisation of black mass", "黑粉"),
    ],
)
def test_english_words_lead_to_those_of_the_texts(question, word):
    assert any(word in concept.spelled for concept in concepts_of(question))


def test_words_of_every_question_are_nothing_to_look_for():
    assert concepts_of("What are the rules, and when do they apply to me?") == ()
    assert concepts_of("请问有哪些规定？") == ()


def test_an_unknown_word_is_looked_for_as_it_stands():
    (concept,) = concepts_of("Zorblax")
    assert concept.spelled == ("zorblax",)
    assert concept.own == 1


def test_chinese_is_cut_into_known_terms_with_their_kin():
    found = {concept.words: concept for concept in concepts_of("网点信息补录延长到什么时候")}
    assert {"网点信息", "补录", "延长"} <= set(found)
    assert "延期" in found["延长"].spelled
    assert found["延长"].spelled[0] == "延长"


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("within 30 working days", "30个工作日"),
        ("packages above 400 kg", "400千克"),
        ("30天内", "30日"),
        ("报送率91.6%", "91.6%"),
    ],
)
def test_amounts_are_looked_for_with_their_unit(question, word):
    assert any(word in concept.spelled for concept in concepts_of(question))


def test_a_long_question_has_so_many_concepts():
    assert len(concepts_of("，".join(f"丙丁戊{n}甲乙己庚辛" for n in range(60)))) == MOST_CONCEPTS


@pytest.mark.parametrize(
    "words",
    ["report reports reported reporting", "store stores stored storing", "ship shipped shipping",
     "utilise utilize utilised utilizing", "battery batteries", "box boxes"],
)  # fmt: skip
def test_forms_of_a_word_have_one_stem(words):
    assert len({stem(word) for word in words.split()}) == 1


def test_genitives_and_hyphens():
    assert stems_of("Importers' self-check") == stems_of("importer self check")
