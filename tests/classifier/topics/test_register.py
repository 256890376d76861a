"""Find the registered acts that a notice cites."""

from __future__ import annotations

import pytest

from classifier.topics.passages import Passage, notice_passages
from classifier.topics.register import Register, article_numbers
from config.registered_act import RegisteredAct

CODE = RegisteredAct(
    key="code", title="生态环境法典", title_en="Code", status="in_force",
    articles={"第一千二百二十三条": "take-back", "第九百七十八条": "duty"}, topics=("penalty",),
)  # fmt: skip
RULES = RegisteredAct(
    key="elv", title="报废机动车回收管理办法实施细则", title_en="Rules", status="in_force",
    document_number="商务部令2020年第2号", articles={"21": "platform", "46": "fines"},
    topics=("portal", "penalty"),
)  # fmt: skip
ORDER = RegisteredAct(
    key="order-73", title="新能源汽车废旧动力电池回收和综合利用管理暂行办法", title_en="Order 73",
    status="in_force", aliases=("动力电池回收办法",), topics=("collection-responsibility",),
)  # fmt: skip


@pytest.fixture(scope="module")
def register() -> Register:
    return Register((CODE, RULES, ORDER))


def test_article_numbers_in_all_forms() -> None:
    assert article_numbers("第十二条、第二十一条") == [12, 21]
    assert article_numbers("第三、四条") == [3, 4]
    assert article_numbers("第12条第二款") == [12]
    assert article_numbers("第一千二百二十三条") == [1223]
    assert article_numbers("46") == [46]
    assert article_numbers("无") == []


def test_a_discretion_table_without_a_battery_word(register: Register) -> None:
    text = (
        "违法行为\t依据\t裁量阶次\t幅度\n"
        "未录入信息\t《报废机动车回收管理办法实施细则》第四十六条\t较轻\t一万元以上二万元以下\n"
        "未建台账\t《道路运输条例》第四十六条\t较轻\t警告"
    )
    found = register.matches(notice_passages("省商务厅行政处罚裁量基准", text))
    assert [(m.act.key, m.articles, m.kind, m.evidence.where) for m in found] == [
        ("elv", (46,), "discretion", "表1行2")
    ]


def test_rows_below_an_acts_name_belong_to_it(register: Register) -> None:
    passages = [
        Passage("免罚清单（商务领域）", "标题"),
        Passage("依据：《报废机动车回收管理办法实施细则》", "正文第1段"),
        Passage("事项：未按规定登记，条款：第二十一条", "表1行2"),
        Passage("依据：《药品管理法》", "正文第2段"),
        Passage("事项：未按规定追溯，条款：第二十一条", "表2行2"),
    ]
    assert [(m.articles, m.evidence.where) for m in register.matches(passages)] == [
        ((21,), "表1行2")
    ]


def test_a_general_act_needs_its_registered_article(register: Register) -> None:
    cited = "根据《中华人民共和国生态环境法典》，现就噪声监测通知如下。"
    assert register.matches(notice_passages("关于噪声监测的通知", cited)) == []
    other = "违反《生态环境法典》第一千一百条的，处罚如下。"
    assert register.matches(notice_passages("处罚裁量基准", other)) == []
    touched = "违反《中华人民共和国生态环境法典》第一千二百二十三条第一款的，从轻处罚。"
    assert register.matches(notice_passages("处罚裁量基准", touched))[0].articles == (1223,)


def test_clean_ups_and_amendments_of_a_registered_act(register: Register) -> None:
    catalogue = "序号\t文件名称\t处理\n12\t《报废机动车回收管理办法实施细则》\t废止"
    found = register.matches(notice_passages("规范性文件清理结果的公告", catalogue))
    assert [(m.act.key, m.kind) for m in found] == [("elv", "repeals")]
    title = "商务部关于修改《报废机动车回收管理办法实施细则》的决定"
    assert register.matches(notice_passages(title, "一、作如下修改。"))[0].kind == "amends"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("省农业农村厅裁量基准", "违反《农用薄膜回收管理办法实施细则》第四十六条的，警告。"),
        ("裁量基准", "违反《报废机动车回收管理办法》第四十六条的，罚款。"),
        ("清理目录", "《废旧家电回收管理办法》废止。"),
        ("通知", "第四十六条 违反本办法的，罚款。"),
        ("免罚清单", "依据商务部令2019年第2号第四十六条。"),
    ],
)
def test_look_alikes_of_other_fields_do_not_pass(register: Register, title: str, text: str) -> None:
    assert register.matches(notice_passages(title, text)) == []


def test_an_act_of_the_field_counts_wherever_it_is_named(register: Register) -> None:
    text = "贯彻《新能源汽车废旧动力电池回收和综合利用管理暂行办法》，做好宣传。"
    assert register.matches(notice_passages("工作要点", text))[0].act.key == "order-73"
    assert register.matches(notice_passages("工作要点", "落实《动力电池回收办法》。"))


def test_an_empty_register_matches_nothing() -> None:
    assert Register(()).matches([Passage("《生态环境法典》第一千二百二十三条", "标题")]) == []


PLAN = RegisteredAct(
    key="plan", title="再生原料推广行动方案", title_en="Plan", status="in_force",
    topics=("recycled-material",),
)  # fmt: skip
CONTEXT = RegisteredAct(
    key="abroad", title="某联盟电池条例", title_en="Abroad", status="in_force", topics=()
)


@pytest.mark.parametrize(
    "title",
    [
        "再生原料推广行动方案",
        "关于印发《再生原料推广行动方案》的通知",
        "国家发展改革委等七部门关于印发再生原料推广行动方案的通知",
        "再生原料推广行动方案（征求意见稿）",
        "“再生原料”推广行动方案",
    ],
)
def test_an_act_by_its_own_title(title: str) -> None:
    found = Register((PLAN, CODE)).matches(notice_passages(title, "一、提高比例。"))
    assert [(match.act.key, match.kind) for match in found] == [("plan", "issues")]


@pytest.mark.parametrize(
    "title",
    [
        "关于学习再生原料推广行动方案的体会",
        "省再生原料推广行动方案",
        "关于印发再生原料统计方案的通知",
    ],
)
def test_other_titles_are_not_the_act(title: str) -> None:
    assert Register((PLAN, CODE)).matches(notice_passages(title, "一、提高比例。")) == []


def test_an_act_kept_for_context_makes_nothing_relevant() -> None:
    text = "讲解《某联盟电池条例》的碳足迹要求。"
    assert Register((CONTEXT,)).matches(notice_passages("讲座通知", text)) == []
