"""What reads text that strangers wrote: one reader each, as the product calls it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape

from domain.records.observation import Block

URL = "http://127.0.0.1/xxgk/202611/t20261103_1001.html"
DAY = date(2026, 11, 3)
TITLE = "关于开展废旧动力电池综合利用检查的通知"
ACT = "第一条 违反本办法的，处一万元罚款。\n第二条 本办法自2027年1月1日起施行。"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """One way in for a text; ``room`` groups them for ``--room``."""

    name: str
    room: str
    read: Callable[[str], object]


def _facts(text: str) -> object:
    from classifier.facts import extract_facts_from_text

    return extract_facts_from_text(text, TITLE, published=DAY)


def _facts_of_rows(text: str) -> object:
    from classifier.facts import extract_facts

    rows = tuple((text[start : start + 200], "一") for start in range(0, len(text), 200))
    return extract_facts(TITLE, (Block(kind="table", rows=rows, text=text),), published=DAY)


def _facts_of_file(text: str) -> object:
    from classifier.facts import extract_facts

    return extract_facts(TITLE, (), attachments=(("附件.pdf", text),), published=DAY)


def _facts_of_title(text: str) -> object:
    from classifier.facts import extract_facts_from_text

    return extract_facts_from_text(ACT, text, published=DAY)


def _duties(text: str) -> object:
    from classifier.duties import read_duties
    from classifier.facts.fact_document import read_document

    opened = f"第三条 企业应当遵守下列规定：（一）{text}"
    punished = f"第九条 违反第三条规定，{text}的，处一万元罚款。"
    blocks = [Block(kind="paragraph", text=part) for part in (opened, text, punished)]
    return read_duties(read_document(TITLE, blocks))


def _passages(text: str) -> object:
    from classifier.topics.passages import mixed_passages, text_passages
    from classifier.topics.prefilter import is_neighbouring_field

    return is_neighbouring_field([*mixed_passages(text), *text_passages(text)])


def _stage(text: str) -> object:
    from classifier.topics.act_stage import stage_marks, stage_of

    return stage_of(text, text), stage_of("", text), stage_marks(text)


def _title(text: str) -> object:
    from domain.acts.titles import act_title, base_key, orders_others, title_key, title_marks
    from domain.text.title_normalization import normalise_title
    from i18n.en.english_titles import title_en

    return (
        title_en(text, (text,), None), act_title(text, ACT), base_key(text), title_key(text),
        orders_others(text), title_marks(text, ACT), title_marks(TITLE, text),
        normalise_title(text),
    )  # fmt: skip


def _authority(text: str) -> object:
    from domain.acts.authority import authority
    from domain.acts.issuers import bodies_in, canonical, named_bodies

    rank = authority(text, (text,), text, local=True)
    return rank, bodies_in(text), canonical(text), named_bodies(text)


def _references(text: str) -> object:
    from domain.acts.references import references

    return references(TITLE, text, ()), references(text, ACT, ())


def _orders(text: str) -> object:
    from domain.acts.amendment import amend
    from domain.acts.amendment_parser import read_orders

    return amend(ACT, read_orders(text, TITLE)), amend(text, read_orders(ACT, text))


def _numbers(text: str) -> object:
    from domain.acts.titles import number_key
    from domain.text.document_numbers import find_document_numbers, normalise_document_number

    return find_document_numbers(text), normalise_document_number(text), number_key(text)


def _texts(text: str) -> object:
    from domain.text.articles import split_articles
    from domain.text.normalization import normalise, search_key
    from domain.text.pdf_text import repair_cjk_spaces
    from domain.text.units import text_units

    return (
        normalise(text), search_key(text), split_articles(text), text_units(text),
        repair_cjk_spaces(text),
    )  # fmt: skip


def _sums(text: str) -> object:
    from domain.text.numerals import parse_chinese_number

    return parse_chinese_number(text)


def _diff(text: str) -> object:
    from domain.diff.compare import diff_text

    return diff_text(f"{ACT}\n{text}", f"{text[:-7]}三{text[-7:]}\n{ACT}")


def _query(text: str) -> object:
    from archive.search.query import parse_query

    return parse_query(text).asked()


def _dates(text: str) -> object:
    from crawler.extract import printed_dates
    from domain.text.act_numbers import printed_numbers

    return (
        printed_dates.find_dates(text), printed_dates.row_date(text, URL),
        printed_dates.url_date(text), printed_dates.is_date_only(text), printed_numbers.whole(text),
        printed_numbers.from_label(text), printed_numbers.from_title(text),
        printed_numbers.from_lines(text.split("\n")),
    )  # fmt: skip


def _page(html: str) -> object:
    from crawler.extract.page.notice_parser import parse_notice
    from crawler.extract.page.page_state import challenge_marks, page_redirect, removal_text

    return (
        parse_notice(html, URL), removal_text(html), challenge_marks(html),
        page_redirect(html[:16_000], URL),
    )  # fmt: skip


def _page_text(text: str) -> object:
    body = f"<h1>{TITLE}</h1><div id='zoom'><p>{ACT}</p><p>{escape(text)}</p></div>"
    return _page(f"<html><head><title>{TITLE}</title></head><body>{body}</body></html>")


def _page_title(text: str) -> object:
    told = escape(text)
    head = f"<title>{told}</title><meta name='ArticleTitle' content='{told}'>"
    return _page(f"<html><head>{head}</head><body><h1>{told}</h1><p>{ACT}</p></body></html>")


def _page_head(text: str) -> object:
    table = f"<table><tr><td>发文字号：</td><td>{escape(text)}</td></tr></table>"
    info = f"<div class='info'>来源：{escape(text)} 发布时间：2026-11-03</div>"
    return _page(f"<html><body><h1>{TITLE}</h1>{table}{info}<div><p>{ACT}</p></div></body></html>")


def _page_source(text: str) -> object:
    return _page(f"<html><body><h1>{TITLE}</h1><p>{ACT}</p>{text}</body></html>")


def _page_attribute(text: str) -> object:
    told = escape(text)
    link = f"<a href='{told}' onclick='{told}' class='{told}' style='{told}'>附件</a>"
    return _page(f"<html><body><h1>{TITLE}</h1><div><p>{ACT}</p>{link}</div></body></html>")


def _rows(html: str) -> object:
    from crawler.extract.lists.list_rows import find_rows

    return find_rows(html, URL)


def _list_title(text: str) -> object:
    rows = "".join(f"<li><a href='/a/{n}.html'>{TITLE}</a> 2026-11-0{n}</li>" for n in range(1, 6))
    told = escape(text)
    row = f"<li><a href='/a/9.html' title='{told}'>{told}</a><span>{told}</span></li>"
    return _rows(f"<html><body><ul>{rows}{row}</ul></body></html>")


def _list_source(text: str) -> object:
    return _rows(f"<html><body><ul>{text}</ul></body></html>")


def _list_parameters(text: str) -> object:
    from config.loader import load_platforms
    from crawler.adapters.page_parameters import page_parameters
    from crawler.adapters.paging import next_link, page_count
    from crawler.adapters.recognition import detect_platform

    html = f"<html><body>{text}<script>{text}</script></body></html>"
    return (
        page_parameters(html, URL), page_count(html), next_link(html, URL),
        detect_platform(html, URL, load_platforms()),
    )  # fmt: skip


def _script(text: str) -> object:
    return _page(f"<html><body><script>{text}</script></body></html>")


def _decoded(text: str) -> object:
    from crawler.extract.encoding import decode

    return decode(text.encode("utf-8", "replace"), text[:200]), decode(
        text.encode("gbk", "replace")
    )


def _file(name: str) -> Callable[[str], object]:
    def read(text: str) -> object:
        from crawler.extract.formats import extract_file

        start = "{\\rtf1\\ansi " if name.endswith("rtf") else ""
        return extract_file(name, (start + text).encode("utf-8", "replace"))

    return read


def _readers() -> tuple[Reader, ...]:
    by_room = {
        "classifier": {
            "facts": _facts, "facts of rows": _facts_of_rows, "facts of a file": _facts_of_file,
            "facts of a title": _facts_of_title, "duties": _duties, "passages": _passages,
            "stage": _stage,
        },
        "domain": {
            "titles": _title, "authority": _authority, "references": _references,
            "orders": _orders, "numbers": _numbers, "texts": _texts, "sums": _sums, "diff": _diff,
        },
        "archive": {"query": _query},
        "crawler": {
            "dates": _dates, "page text": _page_text, "page title": _page_title,
            "page head": _page_head, "page source": _page_source,
            "page attribute": _page_attribute, "list title": _list_title,
            "list source": _list_source, "list parameters": _list_parameters,
            "script": _script, "decoding": _decoded, "txt": _file("a.txt"),
            "csv": _file("a.csv"), "rtf": _file("a.rtf"), "html file": _file("a.html"),
        },
    }  # fmt: skip
    return tuple(
        Reader(name=name, room=room, read=read)
        for room, readers in by_room.items()
        for name, read in readers.items()
    )


READERS = _readers()
