"""Judge whether a page still is, or at a first look is at all, the notice of its address."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.extract.dom import (
    Element,
    ancestors,
    class_marks,
    drop,
    metas,
    parse_html,
    squeeze,
    text_of,
)
from crawler.extract.page.act_endings import ends_the_act
from crawler.extract.page.answer_kind import (
    answer_kind,
    is_json,
    is_taken_over,
    own_outage,
    page_kind,
    stand_in_kind,
)
from crawler.extract.page.embedded import embedded_fields
from crawler.extract.page.page_furniture import is_meta_line
from domain.records.observation import ParsedNotice
from domain.records.reason import Reason, reason
from domain.text.normalization import normalise

_HALF = 0.5  # part of the earlier text that is enough for the same notice
_FAIR = 0.3  # and under its title or number
_LEFT = 0.2  # part of the earlier length that a text of other words must have
_LONG = 300  # characters that are a text of their own whatever stood there before
_SHORT = 100  # characters of a stand-in for a text that was there
_STAND_IN = 60  # and of one for a text that nobody has seen yet
_OUTAGE = 150  # and of one that speaks of the site itself
_LIST = 15  # links of a page that is a list
_BESIDE = 14  # characters beside each of them, as a date
_MOST = 20_000  # characters of a text that are compared
_SENTENCE = 6
_SIMILAR = 0.6  # of two titles of one notice
_EMPTY = "source.answer_empty"
_FRAMES = ("iframe", "object", "embed", "video", "frame")
_AROUND = ("header", "footer", "nav", "a")
# For example images/logo.png or class="footer".
_ORNAMENT = re.compile(
    r"logo|icon|banner|loading|spin|qr|ewm|erweima|weixin|wechat|weibo|share|search|arrow|blank|"
    r"spacer|btn|button|jiucuo|dangzheng|conac|beian|gongan|foot|head(?!line)|top\b|nav|side|crumb",
    re.I,
)
_NAMED_ACT = re.compile(r"《[^《》]{2,200}》")
_SURELY = 0.9  # of another notice's text on a page that shows that one
_CUT_TITLE = re.compile(r"(?:\.{2,}|…+|\[详[情细]\])$")


@dataclass(frozen=True, kw_only=True, slots=True)
class EarlierNotice:
    """What is known of the notice at an address: its list's title, and its last version's text
    where one was read."""

    titles: tuple[str, ...]
    number: str | None = None
    text: str = ""
    files: frozenset[str] = frozenset()  # addresses of its attachments
    read: bool = False  # False: only a list has spoken of it so far
    was_closed: bool = True  # its page ended with </html>


def doubt(earlier: EarlierNotice, parsed: ParsedNotice, html: str) -> Reason | None:
    """Why a page is not believed to be the notice of its address; None when it is."""
    before, now = _speech(earlier.text, earlier.titles), _speech(parsed.text, earlier.titles)
    if not earlier.read:
        return _first_look(earlier, parsed, html, now)
    if before == now and (now or {each.url for each in parsed.attachments} == earlier.files):
        return None if now else _wordless(earlier, parsed, html)
    kept = kept_part(before, now)
    printed = kept < _HALF and is_printed(earlier, parsed, html)
    if kept >= (_FAIR if printed else _HALF):
        return reason("source.answer_cut") if _is_cut(earlier, before, now, html) else None
    if not printed:
        empty = "source.answer_other" if now else _EMPTY
        return page_kind(parse_html(html), html) or reason(empty)
    return _stand_in(earlier, parsed, html, (before, now))


def _speech(text: str, titles: tuple[str, ...]) -> str:
    """A text as it is compared: without the heading and the lines of date and source."""
    named = {_bare(title) for title in titles}
    lines = (line for line in text.split("\n") if not is_meta_line(line))
    return normalise("\n".join(line for line in lines if _bare(line) not in named))


def _first_look(earlier: EarlierNotice, parsed: ParsedNotice, html: str, now: str) -> Reason | None:
    """A page is taken for the notice that its list promised unless it plainly is none."""
    root = parse_html(html)
    if not is_printed(earlier, parsed, html):
        return page_kind(root, html) or (reason("source.answer_other") if _is_other(root) else None)
    if why := _outage(earlier, parsed, now):
        return why
    about_one = any(stand_in_kind(title) for title in earlier.titles)  # a notice of an outage
    if parsed.attachments or about_one or len(now) > _STAND_IN or ends_the_act(now):
        return None
    if now:
        return stand_in_kind(parsed.text)
    why = _silence(root)
    shown = why.code == _EMPTY and (_shows_more(root) or _says_a_sentence(root))
    return None if shown else why


def _outage(earlier: EarlierNotice, parsed: ParsedNotice, now: str) -> Reason | None:
    """A few words under the heading by which the site speaks of itself."""
    if parsed.attachments or len(now) > _OUTAGE or ends_the_act(now):
        return None
    return own_outage(" ".join(earlier.titles), parsed.text)


def _is_other(root: Element) -> bool:
    """Whether a page without the notice's title is a list of links, or was taken over."""
    body = next(iter(root.iter("body")), root)
    if is_taken_over(text_of(body)):
        return True
    links = list(body.iter("a"))
    linked = sum(len(squeeze(text_of(link))) for link in links)
    return len(links) >= _LIST and len(squeeze(text_of(body))) - linked <= _BESIDE * len(links)


def _wordless(earlier: EarlierNotice, parsed: ParsedNotice, html: str) -> Reason | None:
    """Neither look found a text (a scan): any kind of other page is one without the title."""
    if is_printed(earlier, parsed, html):
        return None
    return page_kind(parse_html(html), html)


def _stand_in(
    earlier: EarlierNotice, parsed: ParsedNotice, html: str, speech: tuple[str, str]
) -> Reason | None:
    """The notice's heading over words of which hardly any stood there before: a new text, or
    what a page shows while it has none. ``speech``: the text before and now."""
    before, now = speech
    if not now:
        gained = {each.url for each in parsed.attachments} - earlier.files
        return None if gained else _silence(parse_html(html))
    if ends_the_act(now) or len(now) >= _LONG:
        return None
    if why := _outage(earlier, parsed, now):
        return why
    if len(now) < _SHORT and (kind := answer_kind(parsed.text)):
        return kind
    if len(now) >= _LEFT * len(before) or parsed.attachments:
        return None
    return reason("source.answer_little", left=len(now), before=len(before))


def _is_cut(earlier: EarlierNotice, before: str, now: str, html: str) -> bool:
    """A page that breaks off: its text is the beginning of what it was and its end is missing."""
    tail = html[-2000:].lower()
    return (
        earlier.was_closed
        and "</html" not in tail
        and "</body" not in tail
        and len(now) < 0.98 * len(before)
        and before.startswith(now[: max(1, len(now) - 40)])
    )


def same_title(titles: tuple[str, ...], title: str) -> bool:
    """Whether a page's title is one of these, or one that its list cuts short."""
    head = _bare(title)
    return any(head.startswith(each) for each in map(_bare, titles) if each)


def shows(parsed: ParsedNotice, before: str, others: str) -> bool:
    """Whether a page shows another notice's text rather than the one that stood there before."""
    now, earlier, other = (normalise(text) for text in (parsed.text, before, others))
    if now == other:
        return now != earlier
    kept = kept_part(other, now)
    return kept >= _SURELY and kept > kept_part(earlier, now)


def kept_part(before: str, now: str) -> float:
    """How much of a normalised text stands in another one, by runs of characters so long that
    two acts have few in common."""
    size = 8 if len(before) >= 60 else 4 if len(before) >= 20 else 2
    old, new = (_runs(text[:_MOST], size) for text in (before, now))
    return len(old & new) / len(old) if old else 0.0


def _runs(text: str, size: int) -> frozenset[str]:
    return frozenset(text[at : at + size] for at in range(len(text) - size + 1))


def is_printed(earlier: EarlierNotice, parsed: ParsedNotice, html: str) -> bool:
    """Whether the page itself bears a title or the number of the notice, not as a link."""
    if earlier.number and earlier.number == parsed.document_number:
        return True
    if is_json(html):
        return False
    root = parse_html(html)
    heads = [text_of(each) for each in root.iter("title", "h1", "h2", "h3")]
    heads += [value for name, value in metas(root).items() if "title" in name]
    heads.append(embedded_fields(html).get("title", ""))
    wanted = [_bare(title) for title in earlier.titles if _bare(title)]
    if any(_alike(title, _bare(head)) for title in wanted for head in heads if head):
        return True
    for anchor in list(root.iter("a")):
        drop(anchor)
    visible = _bare(text_of(next(iter(root.iter("body")), root)))
    return any(title in visible for title in wanted)


def _bare(title: str) -> str:
    """A title for comparing, without the dots of a list that cuts it short."""
    return normalise(_CUT_TITLE.sub("", title.strip())).replace(" ", "")


def _alike(title: str, head: str) -> bool:
    if title in head or (len(head) > 8 and head in title):
        return True
    named = [_NAMED_ACT.findall(each) for each in (title, head)]
    if all(named):  # 关于公开征求《…》意见的函 is alike whatever act it names
        title, head = ("".join(names) for names in named)
    one, other = _runs(title, 2), _runs(head, 2)
    return bool(one and other) and 2 * len(one & other) / (len(one) + len(other)) >= _SIMILAR


def _silence(root: Element) -> Reason:
    """Why a page with the notice's heading has no text."""
    body = text_of(next(iter(root.iter("body")), root))
    return (stand_in_kind(body) if len(body) <= _LONG else None) or reason(_EMPTY)


def _says_a_sentence(root: Element) -> bool:
    """Whether a page says a few words that are too short for a body, as 公示期满无异议。"""
    lines = (line.strip() for line in root.itertext())
    return any(line.endswith(("。", "！")) and len(line) >= _SENTENCE for line in lines)


def _shows_more(root: Element) -> bool:
    """Whether a page without text shows a scan, a frame or an embedded document; logos, codes
    and the pictures of its head and foot are none."""
    if next(root.iter(*_FRAMES), None) is not None:
        return True
    return any(not is_ornament(picture) for picture in root.iter("img"))


def is_ornament(picture: Element) -> bool:
    """Whether a picture is a logo, a code, or one of a page's head, foot or menu."""
    if _ORNAMENT.search(f"{picture.get('src') or ''} {class_marks(picture)}"):
        return True
    return any(up.tag in _AROUND or _ORNAMENT.search(class_marks(up)) for up in ancestors(picture))
