"""What the fuzzer throws bytes at, and what must hold whatever comes: one function a parser.

A check may raise only what the parser's own contract names; anything else is a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from tests.fakes import files
from tests.fakes.files import SENTENCE

URL = "http://127.0.0.1/xxgk/202611/t20261103_1001.html"


@dataclass(frozen=True, kw_only=True)
class Target:
    """A parser under fire: ``share`` of all inputs, its seeds, and the check of one input."""

    name: str
    share: float
    seeds: Callable[[], Sequence[bytes]]
    check: Callable[[bytes], None]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


# ------------------------------------------------------------------ short texts


def document_numbers(data: bytes) -> None:
    from domain.text import document_numbers as found_in
    from domain.text.act_numbers import printed_numbers

    text = _text(data)
    for number in found_in.find_document_numbers(text):
        assert number.strip(), "an empty document number"
        found_in.has_agency_prefix(number)
        once = found_in.normalise_document_number(number)
        assert found_in.normalise_document_number(once) == once, f"not idempotent: {number!r}"
    lines = text.split("\n")
    for found in (
        printed_numbers.whole(text), printed_numbers.from_label(text),
        printed_numbers.from_title(text),
        printed_numbers.from_lines(lines),
    ):  # fmt: skip
        assert found is None or found.strip()


def dates(data: bytes) -> None:
    from crawler.extract import printed_dates as crawled

    text = _text(data)
    for found in crawled.find_dates(text):
        assert isinstance(found.day, date)
        assert 0 <= found.start <= found.end <= len(text)
    for day in (
        crawled.row_date(text, URL), crawled.url_date(text), crawled.is_date_only(text),
        crawled.recent_month_day(text, date(2026, 11, 23)),
    ):  # fmt: skip
        assert day is None or isinstance(day, date)


def facts(data: bytes) -> None:
    """Fines, deadlines, dates, thresholds … of one text: values that make sense, quotes from it."""
    from classifier.facts import extract_facts_from_text

    text = _text(data)
    for fact in extract_facts_from_text(text, published=date(2026, 11, 3)):
        assert fact.quote.strip(), "a fact without a quote"
        value = fact.value.to_json()
        if fact.kind == "fine" and value["max"] is not None and value["min"] is not None:
            assert 0 <= value["min"] <= value["max"], f"fine {value}"
        if fact.kind in {"effective_date", "expiry_date", "comment_deadline"}:
            date.fromisoformat(value)


TEXTS = [
    "工信部联节〔2026〕17号",
    "国办函〔2025〕3号\n工业和信息化部办公厅",
    "2026年第14号公告",
    "令 第73号",
    "环固体[2026]99号、川环函（2026）55 号",
    "豫工信〔二〇二六〕九号",
    "浙江省人民政府令第３８８号",
    "000014672/2026-00999",
    "二〇二六年四月二十七日",
    "自2027年1月1日起施行，有效期至2029年12月31日。",
    "发布时间：2026-11-03 09:00",
    "[2026/4/27]",
    "11-03",
    "2026年2月30日",
    "截至2026年12月5日17时",
    "处一万元以上三万元以下罚款；情节严重的，处十万元以上五十万元以下的罚款。",
    "处违法所得一倍以上三倍以下罚款",
    "并处二十万元罚款，对直接负责的主管人员处２万元以下罚款",
    "每台（辆）处5000元罚款",
    "每日按照百分之一加处",
    "应当自收到之日起三十日内、十五个工作日内在平台登记",
    "每年3月31日前报送上一年度数据",
    "24小时内报告",
    "镍回收率不低于98%，锂回收率≥85%，剩余容量不得低于初始值的百分之八十",
    "编码由24位数字和大写字母组成",
    "登录国家溯源管理平台（https://www.evmam-tbrat.com）",
    "同时废止《新能源汽车动力蓄电池回收利用管理暂行办法》",
    "第一条\n第二条 违反本办法第八条第（二）项规定的，责令改正，给予警告",
    SENTENCE,
]


def text_seeds() -> list[bytes]:
    return [text.encode() for text in TEXTS]


# ------------------------------------------------------------------ pages


@cache
def _adapters() -> tuple[Any, ...]:
    """One adapter a platform, made as for a source file, with its first request."""
    from config.loader import load_platforms
    from config.model import Source
    from crawler.adapters import adapter_for
    from noticewatch.demo.replica import Replica

    platforms = load_platforms()
    made = []
    for key in platforms:
        params = dict(Replica(key).pages.params) if key in _replicas() else {}
        source = Source.model_validate(
            {
                "key": "s", "name": {"zh": "某厅"}, "publisher": "某厅", "jurisdiction": "CN",
                "platform": key,
                "columns": [{"key": "c", "url": "http://127.0.0.1/xxgk/", "params": params}],
            }
        )  # fmt: skip
        adapter = adapter_for(source, source.columns[0], platforms)
        made.append((adapter, adapter.first_request()))
    return tuple(made)


def _replicas() -> dict[str, Any]:
    from noticewatch.demo.platforms import PLATFORMS

    return dict(PLATFORMS)


def lists(data: bytes) -> None:
    """The first byte chooses the platform and the stage, the rest is the site's answer."""
    from dataclasses import replace

    from crawler.adapters.adapter import ListProblem, ListResponse

    adapters = _adapters()
    first = data[0] if data else 0
    adapter, ask = adapters[first % len(adapters)]
    stages = ("list", ask.stage, "unit", "shell")
    asked = replace(ask, stage=stages[first // len(adapters) % len(stages)])
    answer = ListResponse(
        ask=asked, url=URL, status=200, headers=(("content-type", "text/html"),), body=data[1:],
        fetched_at=datetime(2026, 11, 23, tzinfo=UTC),
    )  # fmt: skip
    try:
        page = adapter.parse(answer)
    except ListProblem:
        return
    for row in page.rows:
        assert row.url.startswith(("http://", "https://")), f"row address {row.url!r}"
        assert row.title.strip(), "a row without a title"


def details(data: bytes) -> None:
    from crawler.extract.encoding import decode
    from crawler.extract.page.notice_parser import parse_notice
    from crawler.extract.page.page_state import challenge_marks, removal_text

    html = decode(data, "text/html")
    removal_text(html)
    challenge_marks(html)
    notice = parse_notice(html, URL)
    for link in notice.attachments:
        assert link.url.startswith(("http://", "https://")), f"attachment address {link.url!r}"


def metadata(data: bytes) -> None:
    from crawler.extract.dom import parse_html
    from crawler.extract.encoding import decode
    from crawler.extract.page.metadata import read_metadata

    found = read_metadata(parse_html(decode(data, None)), None)
    assert all(isinstance(value, str) for values in found.values.values() for value in values)


def _filled(platform: str) -> Any:
    from noticewatch.demo.replica import Replica

    replica = Replica(platform, page_size=3)
    for number in range(4):
        replica.add(
            f"关于开展废旧动力电池综合利用第{number}批检查的通知", date(2026, 9, 1 + number),
            [TEXTS[16 + number], TEXTS[13]], number=f"工信厅节函〔2026〕{number + 101}号",
            issuer="工业和信息化部办公厅",
        )  # fmt: skip
    return replica


@cache
def page_seeds() -> list[bytes]:
    """Lists of every platform, each behind the byte that chooses its adapter."""
    from config.loader import load_platforms

    seeds = []
    for number, key in enumerate(load_platforms()):
        if key not in _replicas():
            continue
        replica = _filled(key)
        ask = _adapters()[number][1]
        path = "/" + ask.url.split("/", 3)[3].split("?")[0]
        for asked in (path, replica.pages.column_path):
            content = replica.pages.handle(asked, dict(ask.form))
            if content is not None:
                seeds.append(bytes([number]) + content.body)
    return seeds


@cache
def detail_seeds() -> list[bytes]:
    seeds = []
    for key in _replicas():
        replica = _filled(key)
        article = replica.site.articles[0]
        content = replica.pages.handle(replica.pages.detail_path(article), {})
        if content is not None:
            seeds.append(content.body)
    return seeds


# ------------------------------------------------------------------ files


def attachments(data: bytes) -> None:
    from crawler.extract.formats import extract_file
    from domain.records.states import AttachmentStatus

    try:
        found = extract_file("附件.bin", data)
    except (MemoryError, RecursionError):
        return  # the child process answers these with too_large
    assert found.status in AttachmentStatus


@cache
def file_seeds() -> list[bytes]:
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    docx = files.docx(files.p(SENTENCE) + table)
    ofd = files.zipped({"OFD.xml": "<a/>", "Doc_0/Pages/Page_0/Content.xml": files.OFD_PAGE})
    page = f"<html><body><table><tr><td>{SENTENCE}</td></tr></table></body></html>"
    return [
        docx, ofd, files.xlsx(), files.pdf(SENTENCE), files.doc(SENTENCE),
        files.xls([["序号", "企业"], ["1", "甲"]]), files.RTF, page.encode("gbk"),
        SENTENCE.encode("gbk"), f"序号,条文\n1,{SENTENCE}".encode("utf-8-sig"),
        files.zipped({"附件1.docx": docx, "b.txt": "甲"}),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ]  # fmt: skip


TARGETS = (
    Target(name="document numbers", share=0.30, seeds=text_seeds, check=document_numbers),
    Target(name="dates", share=0.30, seeds=text_seeds, check=dates),
    Target(name="fines and other facts", share=0.16, seeds=text_seeds, check=facts),
    Target(name="metadata", share=0.08, seeds=detail_seeds, check=metadata),
    Target(name="lists", share=0.06, seeds=page_seeds, check=lists),
    Target(name="details", share=0.05, seeds=detail_seeds, check=details),
    Target(name="attachments", share=0.05, seeds=file_seeds, check=attachments),
)
