"""Tell the stage of an act from its title and text."""

from __future__ import annotations

import pytest

from classifier.encoder.encoders import LightEncoder
from classifier.topics.act_stage import stage_of, stage_of_text, stage_of_title, sure_stage
from classifier.topics.heads import load_heads
from config.model import Stage


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("关于公开征求《动力电池回收办法（征求意见稿）》意见的通知", "draft"),
        ("新能源汽车废旧动力电池综合利用行业规范条件（2024年本）", "final"),
        ("关于印发《废旧动力电池回收行动方案》的通知", "final"),
        ("《废旧动力电池回收管理暂行办法》解读", "interpretation"),
        ("符合综合利用行业规范条件企业名单（第六批）公示", "list"),
        ("对十四届全国人大三次会议第1234号建议的答复", "reply"),
        ("某公司废旧锂电池综合利用项目环境影响报告书受理公示", "eia"),
        ("废旧动力电池非法拆解典型案例", "case"),
        ("全国动力电池回收工作座谈会召开", "news"),
    ],
)
def test_titles(title: str, stage: str) -> None:
    assert stage_of_title(title) == stage


def test_another_acts_name_says_nothing_of_the_notice() -> None:
    assert stage_of_title("关于印发《优秀案例名单管理办法》的通知") == "final"


def test_text_decides_where_the_title_is_silent() -> None:
    assert stage_of("附件", "现面向社会公开征求意见，意见反馈截止6月30日。") == "draft"
    assert stage_of_text("问：如何理解？答：一是明确责任。") == "interpretation"
    assert stage_of_text("") is None
    assert stage_of_text("x" * 100_000) == "final"


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("关于公开征求国家生态环境标准《生态环境影响评价技术导则 电池》意见的通知", "draft"),
        ("年处理2万吨废旧锂电池项目环境影响报告书（征求意见稿）", "eia"),
        ("关于废旧锂电池项目环境影响报告表受理的公示", "eia"),
        ("《动力电池回收管理办法》一图读懂", "interpretation"),
        ("对政协提案第12号的答复", "reply"),
        ("关于印发《典型案例管理办法》的通知", None),
        ("某省退役电池循环利用行动计划（2026—2028年）", "final"),
        ("某省出台退役电池回收实施方案", None),
        ("旧电池进口常见问题解答", "interpretation"),
        ("关于下达电池标准制修订项目的通知", None),
    ],
)
def test_sure_marks_of_titles(title: str, stage: str | None) -> None:
    assert sure_stage(title) == stage


@pytest.mark.parametrize(
    ("read", "title", "text", "stage"),
    [
        ("news", "三部门联合印发退役电池交接通知", "各市：\n现将有关事项通知如下。", "final"),
        ("news", "三部门联合印发退役电池交接通知", "三部门印发通知，要求各市加强监管。", "news"),
        ("final", "三市联手整治电池黑作坊", "6月3日，三市开展联合检查。", "news"),
        ("final", "关于整治电池黑作坊的通知", "近日，多地发生火灾。请认真贯彻落实。", "final"),
        ("final", "某省退役电池交接管理规定", "我厅起草了规定，现面向社会公开征求意见。", "draft"),
        ("case", "三市联手整治电池黑作坊", "6月3日，三市开展联合检查。", "case"),
    ],
)
def test_an_opening_without_doubt_corrects_the_title(
    read: Stage, title: str, text: str, stage: Stage
) -> None:
    assert stage_of(title, text, lambda _: read) == stage


def test_the_reader_is_asked_only_where_no_mark_is_sure() -> None:
    asked: list[str] = []

    def reader(text: str) -> Stage:
        asked.append(text)
        return "news"

    assert stage_of("《动力电池回收办法》解读", "正文", reader) == "interpretation"
    assert asked == []
    assert stage_of("动力电池回收再提速", "正文", reader) == "news"
    assert stage_of("附件", "企业应当报送。", reader) == "news"
    assert asked == ["动力电池回收再提速", "企业应当报送。"]
    assert stage_of("", "", reader) is None


def test_the_trained_head_reads_with_and_without_a_vector(light: LightEncoder) -> None:
    heads = load_heads()
    text = "近日，记者从座谈会上获悉，全市已累计回收退役动力电池三千吨，同比增长两成。"
    (vector,) = light.embed_documents([text])
    assert heads.stage(text, None) == heads.stage(text, vector) == "news"


def test_a_commission_is_no_delegate() -> None:
    """委员 writes to a ministry and gets a reply; a 委员会 issues notices."""
    assert stage_of_text("全国政协委员来信") == "reply"
    assert stage_of_text("上海市经济和信息化委员会、上海市商务委员会通知如下") == "final"
