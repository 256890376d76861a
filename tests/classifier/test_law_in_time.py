"""Acts that change each other over three years, written by hands that did not write the code.

For every article and day there is one text or none that is known; in whatever order the acts come,
and without an act nothing of what it did.
"""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.store import Archive
from classifier import run as classify
from classifier.topics.predictor import KeywordClassifier
from config.loader import load_register, load_topics
from domain.records.observation import Observation
from domain.records.reason import reason
from tests.builders import START, make_observation
from tests.paths import FIXTURES

HERE = FIXTURES / "law_in_time"
CHAINS = ("three_years", "other_verbs", "other_forms")
NOW = START + timedelta(days=7)
Chain = dict[str, Any]


def chain(name: str) -> Chain:
    loaded: Chain = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(autouse=True, scope="module")
def _by_rules() -> Iterator[None]:
    """Topics by key words: the law in time asks nothing of the model."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            classify, "make_predictor", lambda topics, encoder: KeywordClassifier(topics, "test")
        )
        yield


@pytest.fixture(scope="module")
def folders(_by_rules: None, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a chain's archive, each made once."""
    made: dict[str, Path] = {}

    def folder(name: str) -> Path:
        if name not in made:
            made[name] = tmp_path_factory.mktemp(name)
            stored(made[name], chain(name)["acts"]).close()
        return made[name]

    return folder


def observed(act: dict[str, str]) -> Observation:
    bodies = re.split("[、 ]+", act["issuer"])
    published = date.fromisoformat(act["published"])
    return make_observation(
        url=address(act["id"]), title=act["title"], text=act["text"],
        number=act["document_number"], issuers=bodies, published=published,
        publisher=bodies[0].removesuffix("办公厅"), jurisdiction=act["jurisdiction"],
        source=f"source-{act['id']}", at=datetime.combine(published, START.timetz()),
    )  # fmt: skip


def address(act: str) -> str:
    return f"https://acts.example/{act}.html"


def stored(folder: Path, acts: Sequence[dict[str, str]]) -> Archive:
    archive = Archive.open(folder, clock=lambda: NOW)
    for act in acts:
        archive.ingest(observed(act))
    classified(archive)
    return archive


def classified(archive: Archive) -> None:
    """Until nothing waits: what changes another act lets that one be read anew."""
    for _ in range(8):
        if not classify.run(archive, load_topics(), load_register()).classified:
            return
    raise AssertionError("the acts change each other without end")


def answers(archive: Archive, known: Chain) -> Iterator[tuple[dict[str, Any], str | None]]:
    """Each question with the text that stands on its day."""
    acts = {}
    for act in known["acts"]:
        notice = archive.notices.by_url(address(act["id"]))
        if notice is not None:
            acts[act["id"]] = (notice, archive.ledger.history(notice.id))
    for question in known["questions"]:
        if question["act"] not in acts:
            continue
        notice, history = acts[question["act"]]
        assert history is not None
        day = date.fromisoformat(question["day"])
        binds = notice.stage != "draft" and (history.last is None or day <= history.last)
        reads = history.reads_on(day) if binds else []
        labels = [item.article for item in reads]
        assert len(labels) == len(set(labels)), "one text an article and day"
        found = next((i for i in reads if i.article.rstrip("、.") == question["article"]), None)
        yield question, None if found is None or not found.certain else plain(found.text)


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def right(question: dict[str, Any], text: str | None) -> bool:
    also = question.get("text_also") or []
    wanted = [question["text"], *([also] if isinstance(also, str) else also)]
    heads = ("", question["article"], f"{question['article']}、")
    return text in {None if one is None else plain(head + one) for one in wanted for head in heads}


@pytest.mark.parametrize("name", CHAINS)
def test_each_article_reads_on_each_day_as_a_careful_reader_says(
    name: str, folders: Callable[[str], Path]
) -> None:
    with opened(folders(name)) as archive:
        assert wrong_answers(archive, chain(name)) == []


@pytest.mark.parametrize(("name", "exact"), [("unlike_forms", 1.0), ("two_provinces", 1.0)])
def test_forms_that_nobody_had_in_view_when_it_was_built(
    name: str, exact: float, folders: Callable[[str], Path]
) -> None:
    """What is not carried out is not known, and no other text is told for it."""
    known = chain(name)
    with opened(folders(name)) as archive:
        wrong = wrong_answers(archive, known)
    assert [answer for answer in wrong if answer[3] is not None] == []
    assert len(wrong) <= (1 - exact) * len(known["questions"])


def opened(folder: Path) -> Archive:
    return Archive.open(folder, clock=lambda: NOW)


def wrong_answers(archive: Archive, known: Chain) -> list[tuple[str, str, str, str | None]]:
    return [
        (question["act"], question["article"], question["day"], text)
        for question, text in answers(archive, known)
        if not right(question, text)
    ]


@pytest.mark.parametrize("name", CHAINS)
def test_what_one_act_does_to_another_is_found(name: str, folders: Callable[[str], Path]) -> None:
    known = chain(name)
    with opened(folders(name)) as archive:
        acts = {
            notice.id: act["id"]
            for act in known["acts"]
            if (notice := archive.notices.by_url(address(act["id"]))) is not None
        }
        found = {
            (name, acts[relation.target_id], relation.kind)
            for number, name in acts.items()
            for relation in require(archive, number).relations
            if relation.target_id in acts and not relation.claimed
        }
    wanted = {tuple(relation) for relation in known["relations"]}
    changing = {one for one in found if one[2] in ("amends", "corrects", "repeals", "extends")}
    assert len(wanted - found) <= 1  # a draft that the final names otherwise
    assert len(changing - wanted) <= 1  # an extension that also words its article anew


def require(archive: Archive, number: int) -> Any:
    notice = archive.notices.get(number)
    assert notice is not None
    return notice


@pytest.mark.parametrize(
    ("name", "seed"), [("three_years", 5), ("unlike_forms", 1), ("other_forms", 2)]
)
def test_the_order_of_arrival_changes_nothing(
    name: str, seed: int, folders: Callable[[str], Path], tmp_path: Path
) -> None:
    known = chain(name)
    acts = list(known["acts"])
    random.Random(seed).shuffle(acts)
    with opened(folders(name)) as archive:
        usual = told(archive, known), duties_by_act(archive, known), compared(archive, known)
    with stored(tmp_path, acts) as archive:
        now = told(archive, known), duties_by_act(archive, known), compared(archive, known)
    assert now == usual


def compared(archive: Archive, known: Chain) -> Any:
    """What each act is told to have changed of others' duties."""
    return {
        act["id"]: [
            (side, duty.quote, str(duty.when))
            for change in notice.changes
            for side, duties in (("was", change.duties_before), ("is", change.duties_after))
            for duty in duties
        ]
        for act in known["acts"]
        if (notice := archive.notices.by_url(address(act["id"]))) is not None
    }


def told(archive: Archive, known: Chain, but: str = "") -> list[tuple[str, str, str, str | None]]:
    return [
        (question["act"], question["article"], question["day"], text)
        for question, text in answers(archive, known)
        if question["act"] != but
    ]


def duties_by_act(archive: Archive, known: Chain, but: str = "") -> Any:
    return {
        act["id"]: [(duty.article, str(duty.when)) for duty in notice.duties]
        for act in known["acts"]
        if act["id"] != but and (notice := archive.notices.by_url(address(act["id"]))) is not None
    }


@pytest.mark.parametrize("gone", ["C03", "C06"])
def test_without_an_act_nothing_is_left_of_what_it_did(
    gone: str, folders: Callable[[str], Path], tmp_path: Path
) -> None:
    known = chain("three_years")
    with stored(tmp_path / "never", [a for a in known["acts"] if a["id"] != gone]) as archive:
        never = told(archive, known, gone), duties_by_act(archive, known, gone)
    shutil.copytree(folders("three_years"), tmp_path / "gone")
    with opened(tmp_path / "gone") as archive:
        withdraw(archive, gone)
        classified(archive)
        assert (told(archive, known, gone), duties_by_act(archive, known, gone)) == never


def withdraw(archive: Archive, act: str) -> None:
    notice = archive.notices.by_url(address(act))
    assert notice is not None
    for posting in notice.postings:
        for confirmed in (False, True):
            archive.withdrawals.gone(
                posting.url, reason("change.page_gone"), NOW, confirmed=confirmed
            )


def test_an_extended_deadline_is_told_with_its_new_day(folders: Callable[[str], Path]) -> None:
    with opened(folders("other_verbs")) as archive:
        before = dated(archive.on_day(date(2024, 12, 17)), "H01", "第十条")
        after = dated(archive.on_day(date(2024, 12, 18)), "H01", "第十条")
    assert (before, after) == (["2024-12-31"], ["2025-03-31"])


def dated(archive: Archive, act: str, article: str) -> list[str | None]:
    notice = archive.notices.by_url(address(act))
    assert notice is not None
    return [duty.when.date for duty in notice.duties if duty.article == article and duty.when]
