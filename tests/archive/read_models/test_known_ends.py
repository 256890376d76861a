"""What the archive knows of an act beside its text: validity, a row alone, its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from archive.store import Archive
from domain.law.classify_task import Classification
from domain.law.known_end import KnownEnd
from tests.builders import make_observation

TITLE = "某类动力电池回收管理办法"
TEXT = ["第一条 为规范回收，制定本办法。", "第二条 本办法自2025年1月1日起施行。"]
ROW = ["法规名称：某类动力电池回收管理办法", "公布日期：2024-05-01"]


def stored(
    archive: Archive, url: str, text: Sequence[str], validity: str | None = None, **more: Any
) -> int:
    """The act of a page that prints a validity, relevant."""
    given = {"published": date(2024, 5, 1), "issuers": ("工业和信息化部",), **more}
    seen = make_observation(url, TITLE, text, **given)
    seen = replace(seen, parsed=replace(seen.parsed, validity=validity))
    return archive.ingest(seen).notice_id


def classify(archive: Archive) -> None:
    for task in archive.classification.pending():
        archive.classification.store(
            Classification(
                change_id=task.change_id, labels=(), facts=(), duties=(), stage="final",
                relevant_because="register", model="test", change_topics=(), facts_before=(),
                facts_after=(),
            )
        )  # fmt: skip


def test_a_row_of_a_library_is_no_text_and_says_its_validity(archive: Archive) -> None:
    number = stored(archive, "https://www.miit.gov.cn/lib/1", ROW, "已修改")
    assert archive.known_ends.of_relevant() == {}  # not relevant yet
    classify(archive)
    assert archive.known_ends.of_relevant() == {
        number: KnownEnd(validity="已修改", official=True, listed_only=True)
    }


def test_a_text_is_no_row(archive: Archive) -> None:
    number = stored(archive, "https://www.miit.gov.cn/a/1.html", TEXT, "有效")
    classify(archive)
    known = archive.known_ends.of_relevant()[number]
    assert (known.validity, known.listed_only) == ("有效", False)


def test_a_page_of_fields_with_a_file_is_more_than_a_row(archive: Archive) -> None:
    number = stored(
        archive, "https://www.miit.gov.cn/a/2.html", ROW, files={"办法.txt": "第一条".encode()}
    )
    classify(archive)
    assert not archive.known_ends.of_relevant()[number].listed_only


def test_another_sites_word_is_not_official(archive: Archive) -> None:
    stored(
        archive, "https://gxt.example.cn/1.html", TEXT, "已废止",
        publisher="某省工业和信息化厅", jurisdiction="CN-JS", source="cn-js-gxt",
    )  # fmt: skip
    classify(archive)
    [known] = archive.known_ends.of_relevant().values()
    assert (known.validity, known.official) == ("已废止", False)
    [notice] = archive.notices.iterate()
    assert notice.status == "in_force"


def test_the_issuers_own_page_that_says_it_is_over_ends_the_act(archive: Archive) -> None:
    number = stored(archive, "https://www.miit.gov.cn/a/3.html", TEXT, "失效")
    classify(archive)
    notice = archive.notices.get(number)
    assert notice is not None
    assert notice.status == "expired"


def test_a_repeal_gives_its_day_and_the_act_that_ends_it(archive: Archive) -> None:
    number = stored(archive, "https://www.miit.gov.cn/a/1.html", TEXT)
    archive.ingest(
        make_observation(
            "https://www.miit.gov.cn/a/9.html",
            "某类动力电池回收和利用管理办法",
            [
                "第一条 为规范回收，制定本办法。",
                f"第二条 本办法自2026年4月1日起施行。《{TITLE}》同时废止。",
            ],
            published=date(2026, 1, 16),
            number="工信部联节〔2026〕9号",
            issuers=("工业和信息化部",),
        )
    )
    classify(archive)
    known = archive.known_ends.of_relevant()[number]
    assert known.repealed_by == "工信部联节〔2026〕9号"
    assert known.repealed_from == date(2026, 4, 1)
