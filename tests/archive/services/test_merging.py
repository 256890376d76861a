"""Merge the postings of one act, and keep apart what only looks like it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from archive.store import Archive, ArchiveError
from domain.records.observation import IngestResult, Observation
from tests.domain.acts.joint_notice import BODY, NUMBER, OTHER, TITLE

Observe = Callable[..., Observation]


ISSUERS = ("工业和信息化部", "生态环境部", "交通运输部", "商务部", "市场监管总局")


class Site:
    """One ministry's page about something."""

    def __init__(self, archive: Archive, observe: Observe) -> None:
        self.archive, self.observe, self.count = archive, observe, 0

    def post(self, **given: Any) -> IngestResult:
        self.count += 1
        url = f"https://site{self.count}.gov.cn/{self.count}.html"
        defaults = {"url": url, "title": TITLE, "text": BODY, "source": f"s{self.count}"}
        return self.archive.ingest(self.observe(**(defaults | given)))


@pytest.fixture
def site(archive: Archive, observe: Observe) -> Site:
    return Site(archive, observe)


def test_five_ministries_one_notice(archive: Archive, site: Site) -> None:
    wrappers = [
        {"publisher": "工业和信息化部", "number": NUMBER, "issuers": ISSUERS},
        {"publisher": "生态环境部", "title": "五部门" + TITLE, "number": "工信部联节[2026]17号"},
        {"publisher": "交通运输部", "title": "工业和信息化部等五部门" + TITLE, "text": "字体：大 中 小\n" + BODY},
        {"publisher": "商务部", "title": "规范废旧动力电池回收利用联合执法专项行动", "number": "工信部联节（2026）17号"},
        {"publisher": "市场监管总局", "text": BODY + "\n附件：联系人名单", "published": date(2026, 4, 30)},
    ]  # fmt: skip
    results = [site.post(**wrapper) for wrapper in wrappers]
    assert {result.notice_id for result in results} == {results[0].notice_id}
    assert [result.kind for result in results] == ["new"] + ["copied"] * 4
    notice = archive.notices.get(results[0].notice_id)
    assert notice is not None
    assert len(notice.postings) == 5
    assert notice.document_number == NUMBER
    assert notice.issuers == ISSUERS
    assert notice.url == notice.postings[0].url
    fields = {item.field for item in archive.summary.differences(notice.id)}
    assert {"title", "text", "published"} <= fields
    assert len(archive.classification.pending()) == 1
    assert archive.integrity.verify() == []


def test_the_official_page_stands_first(archive: Archive, site: Site) -> None:
    copy = site.post(publisher="中国政府网", issuers=ISSUERS, number=NUMBER)
    official = site.post(publisher="工业和信息化部", issuers=ISSUERS, number=NUMBER)
    notice = archive.notices.get(copy.notice_id)
    assert notice is not None
    assert official.notice_id == copy.notice_id
    assert notice.url == "https://site2.gov.cn/2.html"


def test_gazette_copy_months_later(site: Site) -> None:
    first = site.post(number=NUMBER, published=date(2026, 1, 16))
    late = site.post(number=NUMBER, published=date(2026, 7, 20), publisher="国务院公报")
    assert (late.notice_id, late.kind) == (first.notice_id, "copied")


def test_same_title_and_text_years_apart_without_number(site: Site) -> None:
    first = site.post(published=date(2025, 4, 27))
    assert site.post(published=date(2026, 4, 27)).notice_id != first.notice_id


def test_order_number_needs_a_common_body(site: Site) -> None:
    first = site.post(number="令第73号", issuers=("工业和信息化部",), title="电池办法")
    other = site.post(
        number="令第73号", issuers=("国家能源局",), title="电力办法", text=OTHER, publisher="国家能源局"
    )  # fmt: skip
    assert other.notice_id != first.notice_id
    copy = site.post(
        number="工业和信息化部令第73号", title="六部门令：电池办法", publisher="国务院公报",
        published=date(2026, 9, 1),
    )  # fmt: skip
    assert copy.notice_id == first.notice_id


def test_bare_number_of_joint_issuers_about_other_things(site: Site) -> None:
    first = site.post(number="2026年第20号", issuers=("工业和信息化部", "国家能源局"))
    other = site.post(
        number="公告2026年第20号", issuers=("国家能源局",), text=OTHER,
        title="国家能源局关于做好电力迎峰度夏保供的公告",
    )  # fmt: skip
    assert other.notice_id != first.notice_id


def test_an_index_number_is_no_identity(site: Site) -> None:
    number = "000014672/2026-00123"
    first = site.post(number=number)
    assert site.post(number=number, text=OTHER, title="电力保供通知").notice_id != first.notice_id


def test_a_cited_number_does_not_merge(site: Site) -> None:
    first = site.post(number=NUMBER)
    other = site.post(number=NUMBER, text=OTHER, title="电力保供专项检查通报")
    assert other.notice_id != first.notice_id


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (f"广东省工业和信息化厅转发{TITLE}", "各地市：现转发给你们，请结合实际贯彻执行。\n" + BODY),
        (f"广东省工业和信息化厅{TITLE}", BODY + "\n我省另行要求：" + OTHER),
        (
            f"江苏省工业和信息化厅关于贯彻落实《{TITLE}》的通知",
            "现将国家通知要求明确如下。" + OTHER,
        ),
        (f"《{TITLE}》解读", BODY),
        ("五部门联合部署开展专项行动答记者问", BODY),
    ],
)
def test_what_speaks_of_the_act_is_another_notice(site: Site, title: str, text: str) -> None:
    first = site.post(publisher="工业和信息化部")
    other = site.post(
        title=title, text=text, jurisdiction="CN-GD", publisher="广东省工业和信息化厅"
    )
    assert other.notice_id != first.notice_id
    assert other.kind == "new"


def test_a_forward_with_the_cited_number_stays_apart(site: Site) -> None:
    first = site.post(number=NUMBER)
    forward = site.post(
        title=f"转发工业和信息化部等五部门{TITLE}", number=NUMBER, jurisdiction="CN-GD",
        text="各地市工业和信息化局：\n现将通知转发给你们，请认真贯彻执行。\n" + BODY,
    )  # fmt: skip
    assert forward.notice_id != first.notice_id


def test_a_plain_repost_by_a_province_is_a_copy(site: Site) -> None:
    first = site.post(publisher="工业和信息化部")
    repost = site.post(jurisdiction="CN-GD", publisher="广东省工业和信息化厅")
    assert (repost.notice_id, repost.kind) == (first.notice_id, "copied")


def test_two_provinces_with_numbers_of_their_own(site: Site) -> None:
    first = site.post(number="粤工信〔2026〕5号", jurisdiction="CN-GD")
    assert site.post(number="苏工信〔2026〕5号", jurisdiction="CN-JS").notice_id != first.notice_id


def test_batches_and_editions_stay_apart(site: Site) -> None:
    title = "符合《综合利用行业规范条件》企业名单（第{}批）"
    first = site.post(title=title.format("五"))
    assert site.post(title=title.format("六")).notice_id != first.notice_id
    edition = site.post(title="综合利用行业规范条件（2019年本）", text=OTHER)
    later = site.post(title="综合利用行业规范条件（2024年本）", text=OTHER)
    assert later.notice_id != edition.notice_id


LISTED = "\n".join(
    ["根据《新能源汽车废旧动力电池综合利用行业规范条件》，现将符合条件的企业名单予以公告。"]
    + [
        f"{n}. 江苏某某{n}号循环科技有限公司，综合利用类别：梯次利用、再生利用。"
        for n in range(1, 40)
    ]
    + ["名单有效期自公告之日起计算，企业应当按照规范条件的要求接受监督检查。"]
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "关于发布废旧动力电池综合利用企业变更名单的公告（第12号）",
            "关于发布废旧动力电池综合利用企业变更名单的公告（第13号）",
        ),
        (
            "关于撤销部分企业公告资格的公告（2025年第12号）",
            "关于撤销部分企业公告资格的公告（2026年第12号）",
        ),
        ("动力电池回收服务网点信息公示（第3批）", "动力电池回收服务网点信息公示（第4批）"),
        ("动力电池回收服务网点信息公示（第三批）", "动力电池回收服务网点信息公示（第四批）"),
        (
            "新能源汽车动力电池溯源管理情况通报（第5期）",
            "新能源汽车动力电池溯源管理情况通报（第6期）",
        ),
        ("再生资源回收企业备案名单（三月）", "再生资源回收企业备案名单（四月）"),
        ("再生资源回收企业备案名单（2025年三季度）", "再生资源回收企业备案名单（2025年四季度）"),
        ("二〇二五年危险废物经营许可证颁发情况", "二〇二六年危险废物经营许可证颁发情况"),
        ("拟入库企业名单公示（三）", "拟入库企业名单公示（四）"),
        ("危险废物经营许可证颁发情况（上半年）", "危险废物经营许可证颁发情况（下半年）"),
        (
            "中华人民共和国工业和信息化部令第73号 电池管理办法",
            "中华人民共和国工业和信息化部令第74号 电池管理办法",
        ),
    ],
)
@pytest.mark.parametrize("elsewhere", ["s1", "s2"])
def test_the_next_of_a_series_is_another_act(
    site: Site, one: str, other: str, elsewhere: str
) -> None:
    first = site.post(title=one, text=LISTED, publisher="工业和信息化部")
    later = site.post(
        title=other, text=LISTED.replace("江苏某某7号", "江西另外7号"), source=elsewhere,
        url=f"https://{'site1' if elsewhere == 's1' else 'site2'}.gov.cn/b.html",
        publisher="工业和信息化部", published=date(2026, 5, 20),
    )  # fmt: skip
    assert (later.kind, later.notice_id != first.notice_id) == ("new", True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("企业变更名单公告（第12号）", "企业变更名单公告（2026年第12号）"),
        ("企业变更名单公告（2026年第12号）", "企业变更名单公告_国务院公报2026年第13号"),
        ("回收服务网点信息公示名单（第三批）", "回收服务网点信息公示名单（第3批）"),
        ("企业变更名单公告（工信部节〔2026〕17号）", "企业变更名单公告（第12号）"),
        ("企业变更名单公告（第十二号）", "企业变更名单公告"),
    ],
)
def test_one_number_in_two_spellings_is_one_act(site: Site, one: str, other: str) -> None:
    first = site.post(title=one, text=LISTED)
    assert site.post(title=other, text=LISTED).notice_id == first.notice_id


def test_draft_and_final_stay_apart(site: Site) -> None:
    draft = site.post(title="电池管理办法（征求意见稿）")
    assert site.post(title="电池管理办法").notice_id != draft.notice_id


def test_recurring_notices_of_one_site_stay_apart(site: Site) -> None:
    text = (
        "根据建设项目环境影响评价审批程序的有关规定，我厅于{day}受理了{name}环境影响报告书。"
        "现将受理情况予以公示，公示期为十个工作日，听证权利告知：利害关系人可提出听证申请。"
    )
    days = {"甲电池项目": "4月1日", "乙电池厂扩建": "4月9日"}
    results = [
        site.post(
            url=f"https://sthjt.gov.cn/{name}", title="环评受理公示",
            text=text.format(day=day, name=name),
        )
        for name, day in days.items()
    ]  # fmt: skip
    assert results[0].notice_id != results[1].notice_id


def test_approvals_of_one_site_stay_apart(site: Site) -> None:
    results = [
        site.post(
            url=f"https://sthjt.gov.cn/{name}", title=f"关于{name}环境影响报告书的批复",
            text=BODY.replace("执法专项行动", name),
        )
        for name in ("甲电池回收项目", "乙电池拆解项目")
    ]  # fmt: skip
    assert results[0].notice_id != results[1].notice_id


def test_a_headline_above_the_act_itself(site: Site) -> None:
    act = site.post(title="关于印发《电池回收办法》的通知")
    headline = site.post(title="五部门联合印发《电池回收办法》", text=BODY)
    assert headline.notice_id == act.notice_id
    news = site.post(title="五部门联合印发《电池回收办法》", text=OTHER, number=NUMBER)
    assert news.notice_id != act.notice_id


def test_a_page_called_after_its_order_only(archive: Archive, site: Site) -> None:
    order = f"《{TITLE}》已经审议通过，现予公布，自2026年7月1日起施行。\n{TITLE}\n{BODY}"
    whole = site.post(title="中华人民共和国工业和信息化部令第73号", text=order)
    assert site.post(title=TITLE, text=BODY, number=None).notice_id == whole.notice_id


def test_the_date_of_the_page_is_no_signature(site: Site) -> None:
    first = site.post(text=BODY + "\n发布时间：2026年4月28日")
    other = site.post(text=BODY + "\n更新日期：2026年5月6日\n【打印】")
    assert other.notice_id == first.notice_id
    later = site.post(text=BODY.replace("2026年4月27日", "2026年5月20日"))
    assert later.notice_id != first.notice_id


def test_the_text_stands_in_an_attachment_elsewhere(site: Site) -> None:
    letter = (
        "各省、自治区、直辖市工业和信息化主管部门：\n现将《电池回收办法》印发给你们，"
        "请认真遵照执行。执行中遇到的问题请及时向我部反映。\n工业和信息化部"
    )
    measures = "\n".join(f"第{n}条 {OTHER[n * 7 : n * 7 + 25]}" for n in range(1, 9))
    first = site.post(
        title="关于印发《电池回收办法》的通知", text=letter, files={"a": measures.encode()}
    )
    full = site.post(title="电池回收办法", text=measures)
    assert full.notice_id == first.notice_id


@pytest.mark.parametrize(
    "addition",
    [
        "请各地结合实际认真贯彻执行，并于6月1日前报送工作方案。",
        "我省实施范围扩大至电动自行车电池。",
    ],
)
def test_a_short_addition_of_a_province_counts(site: Site, addition: str) -> None:
    first = site.post(publisher="工业和信息化部")
    local = site.post(
        text=f"{BODY}\n{addition}", publisher="广东省工业和信息化厅", jurisdiction="CN-GD"
    )
    assert local.notice_id != first.notice_id
    framed = site.post(
        text=f"您现在的位置：首页 > 通知公告\n{BODY}", publisher="江苏省工业和信息化厅",
        jurisdiction="CN-JS",
    )  # fmt: skip
    assert framed.notice_id == first.notice_id


def test_a_misread_number_does_not_hide_a_copy(site: Site) -> None:
    first = site.post(number=NUMBER)
    assert site.post(number="国办发〔2025〕7号").notice_id == first.notice_id


def test_bare_numbers_without_known_issuers(site: Site) -> None:
    first = site.post(number="2026年第20号", publisher="")
    assert site.post(number="公告2026年第20号", publisher="").notice_id == first.notice_id
    other = site.post(number="2026年第20号", publisher="", title="电力公告", text=OTHER)
    assert other.notice_id != first.notice_id


def test_empty_bodies_do_not_merge_on_a_common_title(site: Site) -> None:
    first = site.post(title="公示", text="见附件", files={"a.txt": b"one"}, published=None)
    other = site.post(title="公示", text="见附件", files={"b.txt": b"two"}, published=None)
    assert first.notice_id != other.notice_id
    same = site.post(title="公示", text="详见附件。", files={"c.txt": b"one"})
    assert same.notice_id == first.notice_id


def test_a_change_made_on_five_sites_is_told_once(archive: Archive, site: Site) -> None:
    furniture = "字体：大 中 小\n"
    site.post(number=NUMBER)
    site.post(number=NUMBER, text=furniture + BODY)
    changed = BODY.replace("三十日", "十五日")
    for number, text in enumerate((changed, furniture + changed), 1):
        observation = site.observe(
            url=f"https://site{number}.gov.cn/{number}.html", title=TITLE, text=text,
            number=NUMBER, source=f"s{number}",
        )  # fmt: skip
        archive.ingest(observation)
    revised = [change for change in archive.changes.find() if change.kind == "revised"]
    assert [change.substantive for change in revised] == [True, False]


def test_a_number_shown_later_joins_the_act(archive: Archive, site: Site) -> None:
    first = site.post(number=NUMBER, text=BODY, published=date(2026, 1, 5))
    late = site.post(title="专项行动部署", text=OTHER, published=date(2026, 8, 1))
    assert late.notice_id != first.notice_id
    again = archive.ingest(
        site.observe(url="https://site2.gov.cn/2.html", title=TITLE, text=BODY, number=NUMBER)
    )
    assert (again.notice_id, again.kind) == (first.notice_id, "revised")
    assert archive.integrity.verify() == []


def test_a_wrong_merge_is_undone_for_good(archive: Archive, site: Site) -> None:
    first = site.post(number=NUMBER)
    second = site.post(number=NUMBER)
    assert second.notice_id == first.notice_id
    apart = archive.merging.split(second.posting_id)
    assert apart != first.notice_id
    again = archive.ingest(
        site.observe(
            url="https://site2.gov.cn/2.html", title=TITLE, text=BODY + "补充。", number=NUMBER
        )
    )
    assert again.notice_id == apart
    assert [len(notice.postings) for notice in archive.notices.iterate()] == [1, 1]
    assert archive.integrity.verify() == []
    with pytest.raises(ArchiveError, match="only one"):
        archive.merging.split(second.posting_id)


def test_merge_by_hand(archive: Archive, site: Site) -> None:
    first = site.post()
    other = site.post(title="电力", text=OTHER)
    assert first.notice_id != other.notice_id
    archive.merging.merge(first.notice_id, other.notice_id)
    (notice,) = archive.notices.iterate()
    assert len(notice.postings) == 2
    assert len(notice.changes) == 2
    assert archive.integrity.verify() == []
    with pytest.raises(ArchiveError, match="no notice"):
        archive.merging.merge(first.notice_id, 999)
