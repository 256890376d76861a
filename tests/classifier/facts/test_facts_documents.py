"""Whole short documents: every deadline, fine and date of them, nothing more.

Written for this project in the manner of notices; companies, cases and amounts are invented.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from archive.records import Block, Fact, FactKind
from classifier.facts import extract_facts

Key = tuple[object, ...]


def d(duration: str) -> Key:
    return ("deadline", duration, False)


def w(duration: str) -> Key:
    return ("deadline", duration, True)


def on(day: str) -> Key:
    return ("deadline", day, day.startswith("--"))


def fine(low: float, high: float | None) -> Key:
    return ("fine", low, high, "fixed", None)


def times(low: float, high: float | None, base: str) -> Key:
    return ("fine", low, high, "multiple", base)


def per(low: float, high: float | None, unit: str) -> Key:
    return ("fine", low, high, "per_unit", unit)


def daily(low: float, high: float | None) -> Key:
    return ("fine", low, high, "per_day", None)


def starts(day: str) -> Key:
    return ("effective_date", day)


def ends(day: str) -> Key:
    return ("expiry_date", day)


def comments(day: str) -> Key:
    return ("comment_deadline", day)


def key(fact: Fact) -> Key:
    value = fact.value
    if fact.kind is FactKind.FINE:
        return ("fine", value["min"], value["max"], value["basis"], value.get("on"))
    if fact.kind is FactKind.DEADLINE:
        if "date" in value:
            return ("deadline", value["date"], value["yearly"])
        return ("deadline", value["duration"], value["working_days"])
    return (fact.kind.value, value)


SCORED: dict[FactKind, Callable[[Fact], Key]] = dict.fromkeys(
    (
        FactKind.DEADLINE,
        FactKind.FINE,
        FactKind.EFFECTIVE_DATE,
        FactKind.EXPIRY_DATE,
        FactKind.COMMENT_DEADLINE,
    ),
    key,
)

DOCUMENTS: list[tuple[str, str, list[Key]]] = [
    (
        "XX省新能源汽车废旧动力电池回收利用管理实施细则",
        """第一条 为规范本省新能源汽车废旧动力电池回收利用，根据有关规定，制定本细则。
第八条 汽车生产企业应当在取得车辆合格证之日起10个工作日内，通过溯源信息平台报送车辆与动力电池编码的关联信息；发生售后更换的，应当在更换后5个工作日内更新。
第九条 回收服务网点收集的废旧动力电池，自入库之日起60日内移交综合利用企业；确有困难的，经所在地设区的市工业和信息化主管部门同意，可以延长30日。
第十条 综合利用企业应当于每年2月15日前，将上一年度的处理量、产出量、回收率报设区的市主管部门；市级主管部门应当于3月15日前汇总报送省工业和信息化厅。
第十一条 废旧动力电池出库、入库信息应当保存5年以上。
第十九条 违反本细则第八条规定，未按时报送信息的，由县级以上工业和信息化主管部门责令限期改正，给予警告；逾期未改正的，处5000元以上2万元以下罚款；造成严重后果的，处2万元以上3万元以下罚款。
第二十条 违反第九条规定，将废旧动力电池交给不具备能力的单位的，没收违法所得，并处违法所得1倍以上3倍以下、最高不超过3万元的罚款；没有违法所得的，处1万元以下罚款。
第二十五条 本细则自2026年10月1日起施行，有效期5年。2021年3月5日印发的《XX省动力蓄电池回收利用管理办法》同时废止。""",
        [
            w("P10D"),
            w("P5D"),
            d("P60D"),
            on("--02-15"),
            on("--03-15"),
            fine(5000, 20000),
            fine(20000, 30000),
            times(1, 3, "违法所得"),
            fine(0, 10000),
            starts("2026-10-01"),
            ends("2031-09-30"),
        ],
    ),
    (
        "关于公开征求《废旧动力电池回收网点建设规范（征求意见稿）》意见的通知",
        """各有关单位：
为进一步规范网点建设，我厅组织起草了《废旧动力电池回收网点建设规范（征求意见稿）》，现向社会公开征求意见，征求意见时间自2026年7月20日起至2026年8月19日止。
请将书面意见于2026年8月19日17:30前通过以下方式反馈：
一、电子邮箱：a@b.gov.cn
二、联系电话：010-12345678（工作日9:00-17:00）
附件：1.征求意见稿""",
        [comments("2026-08-19"), comments("2026-08-19")],
    ),
    (
        "行政处罚决定书",
        """当事人：某再生资源有限公司
经查，你单位于2026年3月2日至2026年4月15日期间，收购废旧动力电池23.5吨并擅自拆解，违法所得86400元。
你单位的上述行为违反了《XX条例》第二十二条的规定，依据该条例第四十五条“由生态环境主管部门责令改正，处十万元以上一百万元以下的罚款”的规定，决定对你单位作出如下行政处罚：
1.没收违法所得人民币86,400元；
2.罚款人民币180,000元。
你单位应当自收到本决定书之日起15日内将罚没款缴至指定账户。逾期不缴纳的，每日按罚款数额的3%加处罚款。
如不服本决定，可在收到本决定书之日起60日内向市人民政府申请行政复议，或者在6个月内依法向人民法院提起行政诉讼。""",
        [fine(100000, 1000000), fine(180000, 180000), d("P15D"), d("P60D"), d("P6M")],
    ),
    (
        "关于组织开展2026年度动力电池综合利用企业申报工作的通知",
        """一、申报时间。企业网上申报时间为2026年8月1日—8月31日，逾期系统自动关闭。
二、审核。各市主管部门于9月20日前完成审核，并于9月25日前将推荐文件（一式两份）报送省厅。
三、评审。省厅将组织专家评审，评审结果公示5个工作日。
四、近三年内发生较大以上安全事故的，不得申报。
五、已列入前六批名单的企业，应于2026年12月31日前完成复核，逾期未复核的，自2027年1月1日起移出名单，两年内不得重新申报。""",
        [on("2026-08-31"), on("2026-09-20"), on("2026-09-25"), w("P5D"), on("2026-12-31")],
    ),
    (
        "关于废止部分标准的公告",
        """现将有关事项公告如下：
一、自公告发布之日起，废止GB/T 0001—2017等3项标准。
二、自2027年1月1日起，新申请型式批准的车型应当符合新版编码规则；已获得批准的车型，自2028年1月1日起执行。
三、标准化机构应在公告发布后三个月内完成配套标准清理。""",
        [d("P3M")],
    ),
    (
        "问答",
        """问：电池入库多久要报？答：接收后30天内要在平台上填报，跟以前15个工作日相比放宽了。
问：罚多少？答：根据新规，不按规定移交的，最高罚50万元；情节轻微的罚5万元。
问：什么时候开始？答：2026年4月1日起施行。""",
        [d("P30D"), fine(0, 500000), fine(50000, 50000), starts("2026-04-01")],
    ),
    (
        "关于新平台上线的通知",
        """一、上线时间。新平台于2026年4月1日0时正式上线运行，旧平台同时停止数据填报，2026年12月31日24时后关闭查询功能。
二、账号注册。各企业须在2026年4月30日前完成注册，注册审核在3个工作日内完成。
三、历史数据。2026年4月1日前已产生但未填报的数据，须在2026年6月30日前补录完毕。
四、时限要求。1.电池生产：电池下线后7日内；2.车辆生产：合格证上传后15日内；3.维修更换：更换后30日内；4.回收：入库、出库后各30日内；5.再生利用：处理完成后30日内。
五、接口。接口调用超时时间为30秒，单日调用不超过10万次。""",
        [
            on("2026-04-30"),
            w("P3D"),
            on("2026-06-30"),
            d("P7D"),
            d("P15D"),
            d("P30D"),
            d("P30D"),
            d("P30D"),
        ],
    ),
    (
        "通报",
        """经查，A公司未如实报送溯源信息，被处罚款2万元；B公司擅自拆解，被没收违法所得15万元并处罚款30万元；C公司拒不整改，被处10万元罚款并移出名单，两年内不得申请。
上述企业应于15日内提交整改报告，9月10日前完成整改。""",
        [
            fine(20000, 20000),
            fine(300000, 300000),
            fine(100000, 100000),
            d("P15D"),
            on("2026-09-10"),
        ],
    ),
    (
        "裁量基准",
        """违法程度较轻：首次违法且及时改正的，处2万元以上5万元以下罚款。
违法程度一般：逾期1个月以内改正的，处5万元以上10万元以下罚款。
违法程度严重：逾期超过3个月的，或者涉及电池50吨以上的，处10万元以上20万元以下罚款，每逾期一日加处1000元罚款。""",
        [fine(20000, 50000), fine(50000, 100000), fine(100000, 200000), daily(1000, 1000)],
    ),
    (
        "道路运输",
        """托运人应当在托运前48小时将电池状态告知承运人。承运人应提前3日向目的地主管部门报备。运输途中停留超过2小时的，须在30分钟内报告。违反规定的，由交通运输主管部门对托运人处2000元以上1万元以下罚款，对承运人处每车次500元罚款。""",
        [d("PT48H"), d("P3D"), d("PT30M"), fine(2000, 10000), per(500, 500, "车次")],
    ),
    (
        "海关公告",
        """进口再生黑粉原料的收货人应当自运输工具申报进境之日起14日内向海关申报。海关应当自取样之日起20个工作日内出具检验结果。不合格的，收货人应在收到通知后30日内退运；逾期未退运的，处货物价值5%以上30%以下罚款。本公告自2026年8月1日起实施。""",
        [d("P14D"), w("P20D"), d("P30D"), times(0.05, 0.3, "货物价值"), starts("2026-08-01")],
    ),
    (
        "意见",
        """到2027年底，全省建成回收服务网点500个；到2030年，规范回收率达到80%以上。2026年底前出台配套政策；2027年6月底前建成省级平台。各市要于每季度第一个月10日前报送上季度进展，每年12月底前报送年度总结。对符合条件的企业一次性奖励最高100万元。本意见自2026年8月20日起施行，有效期至2028年12月31日。""",
        [
            on("2026-12-31"),
            on("2027-06-30"),
            d("P10D"),
            on("--12-31"),
            starts("2026-08-20"),
            ends("2028-12-31"),
        ],
    ),
]


@pytest.mark.parametrize(
    ("title", "text", "expected"), DOCUMENTS, ids=[case[0][:16] for case in DOCUMENTS]
)
def test_documents(title: str, text: str, expected: list[Key]) -> None:
    blocks = [Block(kind="paragraph", text=line) for line in text.split("\n")]
    facts = extract_facts(title, blocks, published=date(2026, 7, 20))
    found = Counter(SCORED[fact.kind](fact) for fact in facts if fact.kind in SCORED)
    assert found == Counter(expected)
    assert all(fact.quote in text for fact in facts)
