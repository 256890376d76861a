"""Decide on whole notices: the subject, neighbouring fields, mentions, and what came near."""

from __future__ import annotations

import pytest

from classifier.encoder.encoders import LightEncoder
from classifier.topics.heads import load_heads
from classifier.topics.passages import notice_passages
from classifier.topics.predictor import Prediction, TopicClassifier
from config.model import Topic


@pytest.fixture(scope="module")
def judge(light: LightEncoder, topics: tuple[Topic, ...]) -> TopicClassifier:
    return TopicClassifier(topics, load_heads(), encoder=light)


def _predict(judge: TopicClassifier, title: str, *lines: str) -> Prediction:
    return judge.predict(notice_passages(title, "\n".join(lines)))


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (
            "疫苗追溯编码规则（试行）",
            ("追溯码由企业代码和流水号组成，位数不足的补零。",
             "换包装的应当重新赋码，并与原追溯码关联。", "未按规定赋码的，处十万元以下罚款。"),
        ),
        (
            "种子追溯平台接口规范",
            ("接口账号每半年更换密钥，逾期停用。", "入库信息二十四小时内上传追溯平台。", "报文为JSON。"),
        ),
        (
            "关于规范废铅酸电池收集的公告",
            ("收集点应当公示旧电池回收价格。", "电池经销商不得拒收消费者交回的旧电池。",
             "转移废电池应当运行电子联单。"),
        ),
        (
            "电动自行车蓄电池编码管理办法",
            ("每组电池应当有唯一编码，刻印在外壳上。", "更换电池后应当重新与车架号关联。",
             "没有编码的旧电池由回收单位补码。"),
        ),
        (
            "便携式电源认证实施细则",
            ("使用拆机电芯的，撤销证书。", "企业应当建立电芯批次追溯档案。", "违者处五万元罚款。"),
        ),
        (
            "汽车报废更新补贴操作指南",
            ("报废新能源乘用车并购买新车的，补贴两万元。", "旧车应当交给报废机动车回收拆解企业。",
             "申请人在平台上传回收证明。"),
        ),
        (
            "某公司召回部分电动客车",
            ("动力电池存在内短路隐患。", "免费更换动力电池包，换下的电池由公司收回。", "热线见附件。"),
        ),
        (
            "省电动自行车管理规定",
            ("生产者应当履行废旧蓄电池回收义务。", "禁止用拆解的旧电芯拼装蓄电池。", "拒收旧电池的，处罚款。"),
        ),
    ],
)  # fmt: skip
def test_neighbours_are_not_told(
    judge: TopicClassifier, title: str, lines: tuple[str, ...]
) -> None:
    assert _predict(judge, title, *lines).labels == ()


@pytest.mark.parametrize(
    ("title", "line", "topic"),
    [
        ("消费品以旧换新工作方案", "车企应当在县城增设退役动力电池回收网点。", "collection-responsibility"),
        ("电动自行车和电池管理条例", "不得将退役动力电池改装后售给电动自行车使用者。", "cascade-use"),
        ("再生铅行业环境整治通知", "兼营废锂电池拆解的，应当另行办理环评和排污许可。", "environmental-permit"),
        ("市交通运输局工作要点", "规范退役动力电池道路运输，按第九类危险货物包装。", "hazardous-transport"),
        ("网约车换电管理办法", "淘汰的电池应当十日内移交综合利用企业。", "collection-responsibility"),
    ],
)  # fmt: skip
def test_one_clause_is_enough(judge: TopicClassifier, title: str, line: str, topic: str) -> None:
    others = ("加强组织领导，明确责任分工。", "完善配套措施，做好宣传引导。", "按月报送进展情况。")
    found = _predict(judge, title, *others, line)
    assert topic in {label.topic for label in found.labels}
    assert found.near == ()


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("职称评审专业目录", "新增智能网联汽车、动力电池及回收、低空装备等评审专业。"),
        ("部门预算公开", "动力电池回收体系课题经费三十万元。"),
        ("党组会议", "会议听取了动力电池回收等重点工作情况汇报。"),
    ],
)
def test_a_mention_is_no_alert(judge: TopicClassifier, title: str, line: str) -> None:
    others = ("加强组织领导，明确责任分工。", "完善配套措施，做好宣传引导。")
    assert _predict(judge, title, *others, line).labels == ()


def test_what_came_near_is_shown_with_its_passage(judge: TopicClassifier) -> None:
    line = "单体电芯编码应当可追溯到批次，回收环节扫码核销。"
    found = _predict(judge, "电动自行车锂电池编码规则", "编码共十八位。", line, "截止七月底。")
    assert found.labels == ()
    assert line in {evidence.text for evidence in found.near}
    assert _predict(judge, "关于食堂招标的公告", "预算九十万元。", "三家投标。").near == ()


def test_a_line_of_a_list_is_read_with_its_title(judge: TopicClassifier) -> None:
    line = "汽车行业：车用动力电池编码追溯管理导则（制定）。"
    found = _predict(
        judge,
        "2026年行业标准制修订计划",
        "轻工行业：自行车把手（修订）。",
        line,
        "化工行业：纯碱。",
    )
    evidence = {label.topic: [item.text for item in label.evidence] for label in found.labels}
    assert evidence["standards"] == [line]
