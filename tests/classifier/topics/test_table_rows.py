"""A long table is read as a table: a few of its rows speak for all, and the odd one is heard."""

from __future__ import annotations

import pytest

from classifier.topics.heads import load_heads
from classifier.topics.passages import notice_passages
from classifier.topics.prefilter import PassageFilter, SelectedPassage
from classifier.topics.table_rows import MOST_OF_ONE

TITLE = "关于公布废旧动力蓄电池综合利用企业名单的公告"
HEAD = "序号\t企业名称\t住所\t类型"
FINE = "3\t未经许可收集废旧动力蓄电池的，处十万元以上五十万元以下罚款\t\t"
PLACES = ("某省甲市", "某省乙市高新区", "某省丙县", "某市丁区")
KINDS = ("梯次利用", "再生利用", "综合利用")


def rows(count: int, first: int = 1) -> list[str]:
    return [
        f"{n}\t第{n}循环科技有限公司\t{PLACES[n % 4]}{n}号\t{KINDS[n % 3]}"
        for n in range(first, first + count)
    ]


@pytest.fixture(scope="module")
def gate() -> PassageFilter:
    return PassageFilter(load_heads())


def selected(gate: PassageFilter, lines: list[str], title: str = TITLE) -> list[SelectedPassage]:
    return gate.select(notice_passages(title, "\n".join(lines)))


@pytest.mark.parametrize("count", [60, 300, 1500])
def test_the_model_reads_a_few_rows_of_many(gate: PassageFilter, count: int) -> None:
    found = selected(gate, ["现予公布。", HEAD, *rows(count)])
    of_table = [item for item in found if item.passage.table]
    assert 10 <= len(of_table) <= MOST_OF_ONE
    for topic_word in ("梯次利用", "再生利用"):
        assert any(topic_word in item.text for item in of_table)
    assert [item.passage for item in found if not item.passage.table]  # the title still speaks


def test_a_short_table_is_read_whole(gate: PassageFilter) -> None:
    found = selected(gate, ["现予公布。", HEAD, *rows(20)])
    assert len([item for item in found if item.passage.table]) == 21


@pytest.mark.parametrize("place", [1, 150, 299])
def test_a_row_unlike_the_others_is_among_them(gate: PassageFilter, place: int) -> None:
    lines = [HEAD, *rows(300)]
    lines.insert(place, FINE)
    texts = [item.passage.text for item in selected(gate, lines)]
    assert any("五十万元以下罚款" in text for text in texts)


def test_each_table_speaks_for_itself(gate: PassageFilter) -> None:
    lines = [HEAD, *rows(100), "二、变更的企业名单如下：", HEAD, *rows(100, 200)]
    tables = {item.passage.table for item in selected(gate, lines)}
    assert {"表1", "表2"} <= tables


def test_rows_of_the_field_in_a_table_of_other_matters_are_all_read(gate: PassageFilter) -> None:
    other = [f"{n}\t推进第{n}处老旧小区改造\t市住建局\t12月底" for n in range(300)]
    for place in (7, 123, 288):
        other[place] = (
            f"{place}\t完善废旧动力电池回收体系，建设第{place}个回收网点\t市工信局\t6月底"
        )
    found = selected(gate, ["序号\t任务\t单位\t时限", *other], "关于印发年度重点任务分工的通知")
    assert [item.passage.where for item in found] == ["表1行9", "表1行125", "表1行290"]
