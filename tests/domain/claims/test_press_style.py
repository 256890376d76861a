"""Two longer pieces in the manner of the press, English and Chinese, sentence by sentence."""

from __future__ import annotations

from domain.claims.checker import check_text
from tests.domain.claims.books import RegisterBook

WIRE = """China Unveils Sweeping New Rules for EV Battery Recycling

BEIJING, Jan. 20 (Wire) -- China's Ministry of Industry and Information Technology (MIIT), together with five other departments, on January 16 released the Interim Measures for the Administration of the Recycling and Comprehensive Utilization of Waste Power Batteries of New Energy Vehicles. The measures will come into force on April 1, 2026, and will replace the 2018 interim measures.

Under the new regulation, battery recyclers are required to report incoming and outgoing batteries within 30 days on the national traceability information platform. Companies that are punished will be removed from the white list and barred from reapplying for two years. It also bans the use of retired batteries in e-bikes.

The regulation was co-signed by the General Administration of Customs. It gives customs the right to detain shipments without a digital battery ID.

On July 30, 2026, MIIT went one step further: Announcement No. 20 scrapped the cascade-use policy track and about 100 firms lost their listing. The 2021 Measures for cascade use are still in force.

The Ecological and Environmental Code, adopted on March 12, 2026 and effective from August 15, 2026, sets fines of RMB 50,000 to RMB 500,000 for battery producers without a take-back system (Article 1223). Discharging without a permit can cost up to RMB 1 million.

For coding, companies must use GB/T 45565-2025, which applies to all EV traction batteries from November 1, 2025.

"This is a watershed moment," said Li Wei, an analyst at Green Metals Research. The recycling market is expected to exceed 100 billion yuan by 2030.

Sichuan's interim measures, valid until May 31, 2027, were the first of a province. Guangdong has adopted similar rules with fines of up to 30,000 yuan. In Beijing, a draft on encouraging recyclers was open for comment for seven days in August 2026.
"""
WIRE_VERDICTS = (
    ('China Unveils Sweeping N', 'none'),
    ("China's Ministry of Indu", 'supported'),
    ('The measures will come i', 'supported'),
    ('Under the new regulation', 'supported'),
    ('Companies that are punis', 'supported'),
    ('It also bans the use of ', 'supported'),
    ('The regulation was co-si', 'contradicted'),
    ('It gives customs the rig', 'none'),
    ('On July 30, 2026, MIIT w', 'partly'),
    ('The 2021 Measures for ca', 'outdated'),
    ('The Ecological and Envir', 'supported'),
    ('Discharging without a pe', 'supported'),
    ('For coding, companies mu', 'contradicted'),
    ('"This is a watershed mom', 'opinion'),
    ('The recycling market is ', 'opinion'),
    ("Sichuan's interim measur", 'supported'),
    ('Guangdong has adopted si', 'none'),
    ('In Beijing, a draft on e', 'none'),
)  # fmt: skip

PAPER = """六部门出台新规 动力电池回收进入强监管时代

本报讯 1月16日，工业和信息化部、国家发展改革委、生态环境部、交通运输部、商务部、市场监管总局联合公布《新能源汽车废旧动力电池回收和综合利用管理暂行办法》（以下简称《办法》），自2026年4月1日起施行。《办法》施行后，2018年发布的《新能源汽车动力蓄电池回收利用管理暂行办法》同时废止。

《办法》规定，综合利用企业应当在30个工作日内上传入库和出库信息。受到处罚的企业两年内不得再次申请列入名单。《办法》还授权海关冻结进口商的银行账户。

今年4月，海关总署等六部门启动联合执法专项行动，行动持续到9月底。

此外，生态环境法典自2026年8月15日起施行，动力电池生产企业未建立回收体系的，最高可罚50万元。动力电池应按GB/T 45565编码。

业内人士指出，回收行业将迎来洗牌。据测算，2030年市场规模将超千亿元。

四川省的暂行办法自2025年6月1日起施行，有效期两年。北京市8月7日至13日就若干措施公开征求意见。
"""
PAPER_VERDICTS = (
    ('六部门出台新规 动力电池回收进入强监管时代', 'none'),
    ('1月16日，工业和信息化部、国家发展改革委、生态', 'supported'),
    ('《办法》施行后，2018年发布的《新能源汽车动力', 'supported'),
    ('《办法》规定，综合利用企业应当在30个工作日内上', 'contradicted'),
    ('受到处罚的企业两年内不得再次申请列入名单。', 'supported'),
    ('《办法》还授权海关冻结进口商的银行账户。', 'none'),
    ('今年4月，海关总署等六部门启动联合执法专项行动，', 'contradicted'),
    ('此外，生态环境法典自2026年8月15日起施行，', 'supported'),
    ('动力电池应按GB/T 45565编码。', 'contradicted'),
    ('业内人士指出，回收行业将迎来洗牌。', 'opinion'),
    ('据测算，2030年市场规模将超千亿元。', 'opinion'),
    ('四川省的暂行办法自2025年6月1日起施行，有效', 'supported'),
    ('北京市8月7日至13日就若干措施公开征求意见。', 'supported'),
)  # fmt: skip


def starts(text: str) -> tuple[tuple[str, str], ...]:
    found = check_text(text, RegisterBook())
    return tuple((item.text[:24], item.verdict.value) for item in found)


def test_an_english_report() -> None:
    assert starts(WIRE) == WIRE_VERDICTS


def test_a_chinese_report() -> None:
    assert starts(PAPER) == PAPER_VERDICTS
