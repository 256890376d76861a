"""Diffs a lawyer can read: exactly what changed, nothing that did not, in bounded time."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.bench_diff import numbered, regulation, touched
from domain.diff.compare import (
    apply_parts,
    diff_text,
    diff_versions,
    paragraph_text,
)
from domain.diff.diff_model import Diff, PartDiff
from domain.diff.diff_text import shortened_diff
from domain.diff.significance import assess_significance
from domain.records.notice import Attachment, Version
from domain.records.observation import Block, NoticeDates
from domain.records.states import AttachmentStatus
from domain.text.normalization import normalise
from i18n.catalogue import english

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def version(text: str = "", **changes: object) -> Version:
    plain = Version(
        id=1, posting_id=1, number=1, fetched_at=NOW, raw_sha256="", text_sha256="",
        title="关于回收利用的通知", text=text, blocks=(), document_number=None, index_number=None,
        issuers=(), dates=NoticeDates(), comment_deadline=None, validity=None, attachments=(),
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def attachment(name: str, sha: str | None, text: str = "", url: str = "") -> Attachment:
    return Attachment(
        id=1, name=name, url=url or f"https://a.example/{name}", sha256=sha, bytes=1,
        status=AttachmentStatus.OK if text else AttachmentStatus.NO_TEXT, text=text,
    )  # fmt: skip


def verdict(before: str, after: str) -> tuple[bool, str]:
    found = assess_significance(diff_text(before, after), (), ())
    return found.substantive, english(found.reason)


def old_text(part: PartDiff) -> str:
    return "".join(span.text for span in part.spans if span.op != "insert")


def new_text(part: PartDiff) -> str:
    return "".join(span.text for span in part.spans if span.op != "delete")


def marked(parts: tuple[PartDiff, ...]) -> list[tuple[str, str]]:
    return [(s.op, s.text) for part in parts for s in part.spans if s.op != "equal"]


# ------------------------------------------------------------------ the whole regulation


@pytest.mark.parametrize("seed", [3, 4])
def test_a_renumbered_regulation_shows_only_what_changed(seed: int) -> None:
    old, new, truth, changed = regulation(seed)
    assert len(old) > 24_000
    parts = diff_text(old, new)
    reported = {(new_text(p) or old_text(p)).strip() for p in parts if touched(p)}
    assert reported == truth
    assert sum(p.kind == "renumbered" for p in parts) > 100
    characters = sum(len(s.text) for p in parts if touched(p) for s in p.spans if s.op != "equal")
    assert characters <= 2 * changed
    assert apply_parts(parts, old) == paragraph_text(new)


def test_moved_articles_are_no_deletion() -> None:
    articles = [f"关于第{name}类电池的回收要求与台账登记办法" for name in "甲乙丙丁戊己庚辛"]
    moved = [*articles[1:6], articles[0], *articles[6:]]
    parts = diff_text(numbered(articles), numbered(moved))
    assert {p.kind for p in parts} == {"moved", "renumbered"}
    assert [p.label_before for p in parts if p.kind == "moved"] == ["第一条"]
    found = assess_significance(parts, (), ())
    assert not found.substantive


def test_references_that_follow_a_renumbering_are_cosmetic() -> None:
    old = "第一条 适用范围如下说明\n第二条 回收企业应当登记\n第三条 违反第二条规定的，责令改正"
    new = (
        "第一条 适用范围如下说明\n第二条 术语\n第三条 回收企业应当登记\n"
        "第四条 违反第三条规定的，责令改正"
    )
    parts = diff_text(old, new)
    kept = tuple(p for p in parts if p.kind != "added")
    assert not assess_significance(kept, (), ()).substantive
    assert english(assess_significance(parts, (), ()).reason).startswith("text added")
    wrong = diff_text(old, new.replace("违反第三条", "违反第二条之一"))
    assert assess_significance(tuple(p for p in wrong if p.kind != "added"), (), ()).substantive


def test_items_and_paragraphs_without_articles() -> None:
    old = "前言说明\n一、总体要求\n（一）建立台账制度\n（二）公开回收价格\n二、保障措施"
    new = "前言说明\n一、总体要求\n（一）公开回收价格\n（二）设置警示标识牌\n二、保障措施"
    kinds = [(p.kind, p.label_before, p.label_after) for p in diff_text(old, new)]
    assert ("renumbered", "一、（二）", "一、（一）") in kinds
    assert ("removed", "一、（一）", None) in kinds
    assert ("added", None, "一、（二）") in kinds
    parts = diff_text("甲段落的内容\n乙段落的内容", "甲段落的内容\n丙：新的一段\n乙段落的内容")
    assert [(p.kind, p.position_after) for p in parts] == [("added", 1)]


# ------------------------------------------------------------------ words


def test_two_small_edits_in_a_long_clause_mark_little() -> None:
    clause = (
        "新能源汽车生产企业应当建立动力电池回收服务网点，对回收的废旧动力电池进行编码登记，"
        "保存登记信息不少于三年，并于每季度结束后向所在地工业和信息化主管部门报送回收情况。"
    )
    assert len(clause) > 74
    new = clause.replace("登记，", "核验，", 1).replace("回收情况", "处置情况")
    edits = marked(diff_text(clause, new))
    assert sum(len(text) for _, text in edits) <= 2 * 8
    assert ("delete", "登记") in edits
    assert ("insert", "处置") in edits


@pytest.mark.parametrize(
    ("old", "new", "deleted", "inserted"),
    [
        ("处5000元以下罚款", "处8000元以下罚款", "5000元", "8000元"),
        ("自收到之日起三十日内", "自收到之日起十五日内", "三十日", "十五日"),
        ("在15个工作日内报告", "在30日内报告", "15个工作日", "30日"),
        ("回收率不低于98%", "回收率不低于90%", "98%", "90%"),
        ("处3.5万元罚款", "处5万元罚款", "3.5万元", "5万元"),
        ("依照第十二条处理", "依照第十三条处理", "第十二条", "第十三条"),
    ],
)
def test_numbers_are_marked_whole(old: str, new: str, deleted: str, inserted: str) -> None:
    assert marked(diff_text(old, new)) == [("delete", deleted), ("insert", inserted)]
    assert verdict(old, new)[0]


def test_noise_is_no_difference() -> None:
    old = "第一条　处５０００元罚款（含本数）。\n\n第二条 “通知”"
    new = '第 1条 处5000元罚款(含本数)。\n第二条\u200b "通知"'.replace("第 1条", "第一条")
    assert diff_text(old, new) == ()


# ------------------------------------------------------------------ substantive or cosmetic


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("处5000元罚款", "处6000元罚款"),
        ("处五千元以上二万元以下罚款", "处五千元以上三万元以下罚款"),
        ("自2026年1月1日起施行", "自2026年3月1日起施行"),
        ("三十日内报告", "三十个工作日内报告"),
        ("处一万元罚款", "处一千元罚款"),
        ("企业可以登记", "企业应当登记"),
        ("不得转让", "得转让"),
        ("未经许可的，责令改正", "经许可的，责令改正"),
        ("五万元以上", "五万元以下"),
        ("警告或者罚款", "警告并罚款"),
        ("由省级主管部门负责", "由市级主管部门负责"),
        ("报生态环境主管部门", "报市场监管主管部门"),
        ("回收企业应当登记", "拆解单位应当登记"),
        ("企业应当登记。", "企业应当登记。企业应当公开价格。"),
        ("处3.5万元罚款", "处35万元罚款"),
        ("按百分之三十计算", "按百分之五十计算"),
        ("每季度报告", "每月报告"),
        ("镍、钴的回收率分别不低于98%、85%", "镍、钴的回收率分别不低于85%、98%"),
        ("由甲公司向乙公司支付费用", "由乙公司向甲公司支付费用"),
        (
            "拒不改正的，责令停产，情节轻微的，责令改正",
            "情节轻微的，责令停产，拒不改正的，责令改正",
        ),
        ("规模不低于10MW的企业", "规模不低于10mW的企业"),
        ("按类型O填写", "按类型M填写"),
        ("单价含税", "单价不含税"),
    ],
)
def test_substantive(old: str, new: str) -> None:
    assert verdict(old, new)[0], (old, new)
    assert verdict(new, old)[0], (new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("开展综和利用工作", "开展综合利用工作"),
        ("企业企业应当登记", "企业应当登记"),
        ("登记的的企业", "登记的企业"),
        ("登记企业，报告情况", "登记企业、报告情况"),
        ("通过帐号登陆系统", "通过账号登录系统"),
        ("罚款5000元", "罚款5,000元"),
        ("罚款5000元", "罚款五千元"),
        ("废旧动力池回收", "废旧动力电池回收"),
        ("其它单位参加", "其他单位参加"),
        ("拆解驱带电机", "拆解驱动电机"),
        ("列入规规条件", "列入规范条件"),
        ("应当应该登记", "应当应该登记。"),
        ("企业应当登记", "企业应登记"),
        ("警告或者罚款", "警告或罚款"),
        ("十日以内报告", "十日内报告"),
        ("企业己完成备案", "企业已完成备案"),
        ("及时保送数据", "及时报送数据"),
        ("企業應當登記", "企业应当登记"),
        ("按照gb/t 34015执行", "按照GB/T 34015执行"),
        ("截止2026-01-31", "截止2026年1月31日"),
        ("记录来源、数量、流向等信息", "记录数量、来源、流向等信息"),
        ("甲应当备案。乙应当报告。丙应当公开。", "乙应当报告。甲应当备案。丙应当公开。"),
    ],
)
def test_cosmetic(old: str, new: str) -> None:
    assert not verdict(old, new)[0], verdict(old, new)


@given(st.integers(1, 10**7), st.integers(1, 10**7))
def test_a_changed_fine_is_always_substantive(before: int, after: int) -> None:
    text = "违反本办法规定的，由主管部门责令改正，处{}元罚款。"
    assert verdict(text.format(before), text.format(after))[0] == (before != after)


@pytest.mark.parametrize(
    ("old", "new", "deleted", "inserted"),
    [
        ("应当在15个工作日内报告", "应当在30日内报告", "15个工作日", "30日"),
        ("企业可以开展回收", "企业应当开展回收", "可以", "应当"),
        ("供应回收企业", "供应拆解企业", "回收", "拆解"),
    ],
)
def test_without_the_word_cutter(
    monkeypatch: pytest.MonkeyPatch, old: str, new: str, deleted: str, inserted: str
) -> None:
    monkeypatch.setattr("domain.text.segmentation._jieba", lambda: None)
    assert marked(diff_text(old, new)) == [("delete", deleted), ("insert", inserted)]
    assert verdict(old, new)[0]
    assert not verdict("登记的的企业", "登记的企业")[0]
    assert verdict("不得转让", "得转让")[0]


# ------------------------------------------------------------------ versions


def test_tables_are_compared_by_row_and_cell() -> None:
    rows = [("序号", "字段", "长度")] + [(str(i), f"字段{i}名称", "24") for i in range(1, 9)]
    fields = [row[1] for row in rows[1:]]
    fields.insert(2, "新增的编码字段")
    new = [rows[0]] + [
        (str(i), f, "30" if f == "字段6名称" else "24") for i, f in enumerate(fields, 1)
    ]
    before = version(
        blocks=(Block(kind="paragraph", text="说明"), Block(kind="table", rows=tuple(rows)))
    )
    after = version(
        blocks=(Block(kind="paragraph", text="说明"), Block(kind="table", rows=tuple(new)))
    )
    diff = diff_versions(before, after)
    assert [(p.kind, p.label_after) for p in diff.parts] == [
        ("added", "表1 行4"),
        ("changed", "表1 行8"),
    ]
    assert marked(diff.parts[1:]) == [("delete", "24"), ("insert", "30")]
    assert diff.substantive


def test_tables_in_plain_texts_are_compared_by_row_too() -> None:
    rows = ["字段\t长度", "动力蓄电池产品唯一编码\t24", "车辆识别代号\t17", "退役\t8"]
    old = version("\n".join(["字段如下：", *rows]))
    new = version("\n".join(["字段如下：", rows[0], rows[2], rows[1].replace("24", "26"), rows[3]]))
    parts = diff_versions(old, new).parts
    assert {(part.kind, part.label_after) for part in parts} == {
        ("moved", "表1 行2"),
        ("changed", "表1 行3"),
    }
    file = diff_versions(
        version("甲", attachments=(attachment("a.xlsx", "1", old.text),)),
        version("甲", attachments=(attachment("a.xlsx", "2", new.text),)),
    )
    assert [part.label_after for part in file.attachments[0].parts] == ["表1 行2", "表1 行3"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("浏览次数：123", "浏览次数：1,250 次"),
        (
            "发布时间：2026-03-01 来源：工信部 浏览量：11",
            "发布时间：2026-03-01 来源：工信部 浏览量：19",
        ),
        ("分享到：微信 微博", "分享到：微信 微博 QQ空间"),
        ("打印时间：2026-01-01 10:00", "打印时间：2026-01-02 11:30:05"),
        ("上一篇：关于甲的通知", "上一篇：关于乙的通知"),
        ("您是第 5 位访客", "您是第 6 位访客"),
        ("【字体：大 中 小】 阅读：15", "【字体：大 中 小】 阅读：16"),
        ("今天是2026年1月1日 星期四", "今天是2026年1月2日 星期五"),
    ],
)
def test_page_furniture_is_no_difference(old: str, new: str) -> None:
    body = "企业应当登记。"
    assert diff_versions(version(f"{body}\n{old}"), version(f"{body}\n{new}")).empty


def test_prose_about_counters_is_no_furniture() -> None:
    for text in (
        "年访问量{}万次以上的平台应当备案。",
        "下载{}次以上的，处罚款。",
        "下一条规定处{}万元罚款。",
    ):
        assert not diff_versions(version(text.format(1)), version(text.format(2))).empty


def test_fields_and_titles() -> None:
    before = version("正文", document_number="工信部联节[2026]15号", issuers=("甲部",))
    same = replace(before, document_number="工信部联节〔2026〕 15号", title="关于回收利用的　通知")
    assert diff_versions(before, same).empty
    retitled = diff_versions(before, replace(before, title="关于回收和利用的通知"))
    assert [f.field for f in retitled.fields] == ["title"]
    assert not retitled.substantive
    staged = version(title="管理办法（征求意见稿）")
    assert diff_versions(staged, replace(staged, title="管理办法")).substantive
    assert diff_versions(before, replace(before, issuers=("乙部",))).substantive
    dated = replace(before, comment_deadline=date(2026, 12, 1))
    later = diff_versions(dated, replace(dated, comment_deadline=date(2026, 12, 9)))
    assert (later.fields[0].before, later.fields[0].after) == ("2026-12-01", "2026-12-09")
    assert later.substantive


def test_attachments_by_content_address_and_name() -> None:
    before = version(
        attachments=(attachment("附件1.pdf", "a", "一、处5000元罚款"), attachment("表.xls", "b"))
    )
    renamed = version(
        attachments=(attachment("附件一.pdf", "a", "一、处5000元罚款"), before.attachments[1])
    )
    assert [a.kind for a in diff_versions(before, renamed).attachments] == ["renamed"]
    assert not diff_versions(before, renamed).substantive
    replaced = version(
        attachments=(attachment("附件1.pdf", "c", "一、处9000元罚款"), before.attachments[1])
    )
    diff = diff_versions(before, replaced)
    assert diff.attachments[0].kind == "replaced"
    assert marked(diff.attachments[0].parts) == [("delete", "5000元"), ("insert", "9000元")]
    assert diff.substantive
    assert diff.changed_characters == 10
    same_text = version(
        attachments=(attachment("附件1.pdf", "c", "一、 处5000元罚款"), before.attachments[1])
    )
    assert not diff_versions(before, same_text).substantive
    unread = version(attachments=(before.attachments[0], attachment("表.xls", "d")))
    assert diff_versions(before, unread).attachments[0].unread
    assert diff_versions(before, unread).substantive
    failed = version(attachments=(before.attachments[0], attachment("表.xls", None)))
    assert diff_versions(before, failed).empty
    assert diff_versions(before, version()).attachments[0].kind == "removed"


def test_plain_rendering() -> None:
    old = version("第一条 处5000元罚款。\n第二条 回收企业登记")
    new = version("第一条 处6000元罚款。\n第二条 术语\n第三条 回收企业登记")
    text = shortened_diff(diff := diff_versions(old, new), english(diff.reason))
    assert "substantive: number changed: 5000元 → 6000元 (第一条)" in text
    assert "第一条 处[-5000元-]{+6000元+}罚款。" in text
    assert "renumbered 第二条 → 第三条" in text


# ------------------------------------------------------------------ any text at all

WORDS = st.sampled_from(
    [
        *"企业应当不得登记报告回收，。；、",
        "5000元",
        "三十日",
        "第三条",
        "GB/T",
        "\u2028",
        "\x00",
        "A",
        "7",
    ]
)
LINES = st.lists(
    st.tuples(
        st.sampled_from(["", "第一条 ", "第二条　", "第十二条 ", "一、", "（一）", "1.", "附件"]),
        st.lists(WORDS, min_size=1, max_size=8),
    ).map(lambda line: line[0] + "".join(line[1])),
    max_size=8,
)


@given(LINES, LINES)
def test_old_text_and_diff_give_the_new_text(before: list[str], after: list[str]) -> None:
    old, new = "\n".join(before), "\n".join(after)
    parts = diff_text(old, new)
    applied = apply_parts(parts, old).split("\n")
    assert _read_lines(applied) == _read_lines(paragraph_text(new).split("\n"))


def _read_lines(lines: list[str]) -> list[str]:
    """Lines as they are compared; one of control characters alone is a blank one."""
    return [plain for line in lines if (plain := normalise(line))]


@given(LINES, st.randoms(use_true_random=False))
def test_exact_when_nothing_differs_in_blanks(lines: list[str], rng: random.Random) -> None:
    old = [line.translate({0: None, 0x2028: None, 0x3000: " "}) for line in lines]
    new = [line.replace("登", "备").replace("5000元", "6000元") for line in old]
    rng.shuffle(new)
    parts = diff_text("\n".join(old), "\n".join(new))
    assert apply_parts(parts, "\n".join(old)) == paragraph_text("\n".join(new))
    for part in parts:
        assert all(span.text for span in part.spans)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_unicode(old: str, new: str) -> None:
    parts = diff_text(old, new)
    applied, wanted = apply_parts(parts, old), paragraph_text(new)
    assert normalise(applied) == normalise(wanted)
    assess_significance(parts, (), ())
    shortened_diff(Diff(parts=parts), "")
    if normalise(old) == normalise(new):
        assert not assess_significance(parts, (), ()).substantive


@pytest.mark.parametrize(
    "make",
    [
        lambda rng: "".join(rng.choices("回收利用企业应当不得登记，。1234", k=300_000)),
        lambda rng: "\n".join(
            "".join(rng.choices("回收利用企业，。", k=20)) for _ in range(30_000)
        ),
        lambda rng: "同一行\n" * 100_000,
        lambda rng: "第一条 企业登记。\n" * 40_000,
    ],
    ids=["one line", "many lines", "equal lines", "equal articles"],
)
@pytest.mark.timeout(60)
def test_huge_texts_take_bounded_time(make: object) -> None:
    rng = random.Random(5)
    old = make(rng)  # type: ignore[operator]
    at = len(old) // 2
    new = "新的开头\n" + old[:at] + "中间插入" + old[at + 40 :]
    assert any(touched(part) for part in diff_text(old, new))
