"""When a duty is due: before and after are never the same, an office's time is the office's."""

from __future__ import annotations

import pytest

from tests.classifier.duties.notices import duties_of, times_of

TIMES = [
    ("企业应当自接收电池之日起30日内报送入库信息。", "within P30D receipt"),
    ("企业应当在发货后十五个工作日内报送出库信息。", "within P15D dispatch working"),
    ("托运人应当在运输前3个工作日提供检测报告。", "before P3D other working"),
    ("企业变更负责人的，应当提前5个工作日报告。", "before P5D change working"),
    ("有效期届满30日前，企业应当申请延续。", "before P30D expiry"),
    ("企业应当于每月5日前报送产量。", "each monthly:5"),
    ("企业应当在每季度终了后10日内报送产量。", "each quarterly:10 quarter_end"),
    ("企业应当于每年3月31日前报送年度报告。", "each --03-31"),
    ("企业应当于2026年10月31日前完成联网。", "by 2026-10-31"),
    ("自2026年11月1日起，企业应当使用电子联单。", "from 2026-11-01"),
    ("收货人应当在进口申报时提交检测报告。", "at_once import_declaration"),
    ("拆解企业应当在拆卸电池当日录入编码。", "at_once removal"),
    ("发现电池泄漏的，企业应当立即报告。", "at_once discovery"),
    ("发现电池泄漏的，企业应当在2小时内报告。", "within PT2H discovery"),
    ("电池维修、更换后30日内，企业应当上传变更信息。", "within P30D change"),
    ("电池出入库满24小时内，企业应当上传电子联单。", "within PT24H receipt"),
    ("承运人更换车辆的，自更换之日起7日内向主管部门备案。", "within P7D change"),
    ("企业应当保存台账不少于3年。", "-"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "when"), TIMES)
def test_the_time_is_read(text: str, when: str) -> None:
    assert times_of(text) == [when]


def test_two_acts_joined_by_and_share_a_date() -> None:
    text = "企业应于2026年6月15日前完成数据核对，并将账户迁移至新平台。"
    assert times_of(text) == ["by 2026-06-15", "by 2026-06-15"]


def test_what_must_be_told_ahead_does_not_date_what_follows() -> None:
    text = "企业停业的，应当提前三十日公告，并妥善处置库存的电池。"
    assert times_of(text) == ["before P30D other", "-"]


def test_a_period_after_which_something_holds_is_no_period_within_which() -> None:
    assert times_of("自公告发布之日起30日后，不合格电池不得销售。") == ["from P30D publication"]


def test_a_day_that_says_which_batteries_is_no_due_day() -> None:
    assert times_of("企业可以沿用2026年4月1日前生产的电池的编码。") == []
    assert times_of("企业应当登记2026年4月1日前生产的电池。") == ["-"]


def test_a_day_in_brackets_behind_its_weekday_is_read() -> None:
    assert times_of("请各企业于本周五（9月25日）下班前报送清单。") == ["by 2026-09-25"]


def test_what_must_come_first_is_before_what_follows() -> None:
    assert times_of("企业应当取得排污许可证后，方可开展生产。") == ["before other"]


def test_an_extension_gives_the_later_day() -> None:
    text = "因系统升级，现将数据补报截止时间由2026年6月30日延长至2026年8月31日。"
    assert times_of(text) == ["by 2026-08-31"]
    text += "请尚未补报的综合利用企业抓紧补报。"
    assert times_of(text) == ["by 2026-08-31"]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("存量信息最迟不得晚于2026年10月31日录入完毕。", "by 2026-10-31"),
        ("企业即日起至9月28日开展排查。", "by 2026-09-28"),
        ("企业应当于每年3月1日至3月31日提交申请书。", "each --03-31"),
        ("企业应当在合同期满3个月前提出续租申请。", "before P3M expiry"),
        ("企业应当在向海关申报前取得装运前检验证书。", "before import_declaration"),
        ("企业应当取得备案后，在投入使用前报告市局。", "before other"),
        ("企业应当启用备用设备，同时在4小时内报告。", "within PT4H"),
        ("换电企业应当自换电站投入运营之日起30日内注册账户。", "within P30D other"),
        ("车辆进入隧道群路段，需提前2小时报告。", "before PT2H other"),
    ],
)
def test_times_in_more_words(text: str, time: str) -> None:
    assert times_of(text)[-1] == time


def test_only_the_new_length_of_a_period_is_law() -> None:
    text = "企业应当上传拆卸信息，录入期限由原来的拆卸后30日内缩短为拆卸后10日内。"
    assert times_of(text) == ["within P10D removal"]


def test_hours_of_a_night_are_no_period() -> None:
    assert times_of("严禁夜间22时至次日6时通行隧道。") == ["-"]


def test_a_day_before_the_subject_dates_what_follows() -> None:
    text = "11月10日前，各市工业和信息化局将核查总结报省工业和信息化厅。"
    [duty] = duties_of(text)
    assert (duty.who.kind, duty.object, duty.when and duty.when.date) == (
        "authority", "核查总结", "2026-11-10",
    )  # fmt: skip


def test_both_acts_of_one_clause_are_due_before_the_event() -> None:
    text = "托运人应当在托运前完成放电，并告知承运人电池状态。"
    assert times_of(text) == ["before dispatch", "before dispatch"]
