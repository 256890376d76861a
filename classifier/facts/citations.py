"""What an act cites, implements and repeals: titles in 《》 with their document numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from classifier.facts.fact_document import Document, make_fact
from classifier.facts.sentences import FactPassage
from domain.records.fact import Fact
from domain.records.fact_values import ReferenceValue
from domain.records.states import FactKind

# e.g. （国办发〔2025〕3号）
_NUMBER = re.compile(r"^[”\"]?（(?P<body>[^（）]{2,80}(?:（[^（）]{1,20}）[^（）]{0,40})?)）")
# e.g. 国办发〔2025〕3号
_NUMBER_SHAPE = re.compile(
    r"[一-鿿]{1,16}(?:（[一-鿿]{1,6}）)?(?:〔|\[|【|［)(?:19|20)\d{2}(?:〕|\]|】|］)(?:第)?\d{1,5}号"
    r"|(?:[一-鿿、和与]{2,60})?(?:令|公告|通告)?(?:(?:19|20)\d{2}年)?(?:令|公告|通告)?第\d{1,5}号(?:令|公告|通告)?"
    r"|(?:GB|HJ|QC|YS|DB\d{2}|SN|JT|HG|T)(?:/[TZ])?\s?\d{1,6}(?:\.\d{1,2})?(?:-(?:19|20)\d{2})?"
    r"|[一-鿿]{1,16}(?:19|20)\d{2}年第\d{1,5}号"
)
# e.g. 同时废止
_REPEAL_AFTER = re.compile(
    r"(?:同时|一并|即行|自行|相应|均)?(?:予以)?(?:废止|失效|停止执行|停止施行|不再执行|不再有效|宣布失效|作废)"
)
# e.g. 废止下列文件：
_REPEAL_BEFORE = re.compile(
    r"(?:废止|宣布废止|宣布失效|决定废止|停止执行|取代|代替|替代)(?:了)?(?:下列|以下)?(?:文件|标准)?[：:]?(?:[一二三四五六七八九十]+、|\d+[.、])?$"
)
# e.g. 第三条
_AMEND_OWN = re.compile(r"(?:部分|第[^，。；]{1,10}条|个别|有关条款|[^，。；]{0,6}条款)")
# e.g. 贯彻落实
_IMPLEMENT_BEFORE = re.compile(
    r"(?:贯彻(?:落实|执行|实施)?|落实|细化落实|推动落实|组织实施|实施|执行好|做好|转发|印发贯彻)(?:好|国家|省|[一-鿿、]{0,24})?$"
)
# e.g. 根据
_CITE_BEFORE = re.compile(
    r"(?:根据|依据|依照|按照|遵照|参照|按|符合|执行|适用|违反|列入|纳入|依|对照|满足|以|和|、|及|以及|与|或者|或|遵守|引用|见|对|将|《[^《》]*》|）)(?:[一-鿿、]{0,24})?$"
)
# e.g. 起草了
_OWN_DRAFT = re.compile(
    r"(?:起草|制定|编制|研究|修订|组织编制|形成|拟定|制订|印发|发布|公布|批准)(?:了|的|形成了|完成了?)?[一-鿿]{0,10}$"
)
# e.g. （征求意见稿）公开征求
_OUT_FOR_COMMENT = re.compile(
    r"(?:（(?:征求意见稿|草案|修订稿|意见稿|公开征求意见稿|送审稿|修订草案)[^（）]{0,12}）)?(?:等\d{0,3}[一-鿿]{0,12})?(?:[一-鿿]{0,8})(?:公开征求|征求|向社会公开征求|意见稿|征求意见|草案|修订稿)"
)
# e.g. 申请表
_NOT_AN_ACT = re.compile(
    r"(?:申请表|登记表|申报书|信息表|汇总表|报告书|承诺书|证书|营业执照|许可证|通知书|决定书|合同|明细表|意见表|反馈表|名单|附件|证明|说明书|请示|提案|建议|推荐表|自评表|清单|报|杂志|日报|委托书)$"
)
_LONGEST = 120
_MOST = 400


@dataclass(frozen=True, slots=True)
class Title:
    """A title in 《》, inner ones included in the outer, with the number beside it."""

    start: int
    end: int
    text: str
    number: str | None


def read_references(document: Document) -> Iterator[Fact]:
    """Each referred act once, under the strongest relation the text states for it."""
    best: dict[str, tuple[int, ReferenceValue, Fact]] = {}
    for passage in document.passages:
        if "《" not in passage.text:
            continue
        for title, kind in _relations(passage, document):
            rank = (FactKind.REPEALS, FactKind.IMPLEMENTS, FactKind.CITES).index(kind)
            held = best.get(title.text)
            number = title.number or (held[1].document_number if held else None)
            if held is None or rank < held[0]:
                value = ReferenceValue(title=_as_published(passage, title), document_number=number)
                fact = make_fact(kind, value, passage, title.start, title.end)
                best[title.text] = (rank, value, fact)
            elif title.number and not held[1].document_number:
                value = replace(held[1], document_number=title.number)
                best[title.text] = (held[0], value, replace(held[2], value=value))
            if len(best) >= _MOST:
                break
    for _, _, fact in best.values():
        yield fact


def _as_published(passage: FactPassage, title: Title) -> str:
    """The title with its own spaces and widths, on one line."""
    return " ".join(passage.original(title.start + 1, title.end - 1).split())


def find_titles(text: str) -> list[Title]:
    """Titles in 《》; a title that names another (关于印发《…》的通知) stays one title."""
    found: list[Title] = []
    depth = start = 0
    for position, char in enumerate(text):
        if char == "《":
            if depth == 0 or position - start > _LONGEST:
                depth, start = 0, position
            depth += 1
        elif char == "》" and depth:
            depth -= 1
            if depth == 0:
                title = text[start + 1 : position]
                if 3 <= len(title) <= _LONGEST and "\n" not in title:
                    found.append(Title(start, position + 1, title, _number(text, position + 1)))
    return found


def _number(text: str, position: int) -> str | None:
    match = _NUMBER.match(text[position : position + 130])
    if not match:
        return None
    for part in re.split(r"[，,；、](?![一-鿿、]{2,40}(?:令|公告))", match["body"]):
        shape = _NUMBER_SHAPE.search(part)
        if shape and (shape.start() == 0 or "第" in shape[0]):
            return shape[0]
    return None


def _relations(passage: FactPassage, document: Document) -> Iterator[tuple[Title, FactKind]]:
    own = document.folded_title
    for title in find_titles(passage.text):
        if _NOT_AN_ACT.search(title.text) or _is_own(title.text, own):
            continue
        kind = _relation(passage, title)
        if kind is not None:
            yield title, kind


def _is_own(title: str, own: str) -> bool:
    bare = re.sub(r"（[^（）]{0,20}）$", "", title)
    return bool(own) and len(bare) >= 5 and bare in own


def _relation(passage: FactPassage, title: Title) -> FactKind | None:
    text = passage.text
    sentence = passage.sentence_at(title.start)
    before = text[max(sentence.start, title.start - 200) : title.start]
    after = text[title.end : title.end + 400]
    tail = re.split(r"[。\n]", after)[0]
    if _repealed(before, tail):
        return FactKind.REPEALS
    if _OUT_FOR_COMMENT.match(tail) or re.search(
        r"(?:征求|征集)(?:[一-鿿、]{0,8}对)?$", before[-14:]
    ):
        return None
    if _OWN_DRAFT.search(before[-24:]) and not _CITE_BEFORE.search(before[-6:]):
        return None
    clause = re.split(r"[，。；：]", _without_titles(before))[-1]
    if _IMPLEMENT_BEFORE.search(clause) or (
        re.search(r"贯彻|落实", clause) and not re.search(r"根据|按照|依据", clause)
    ):
        return FactKind.IMPLEMENTS
    return FactKind.CITES


def _without_titles(text: str) -> str:
    return re.sub(r"《[^《》]*》(?:（[^（）]*）)?", "", text)


def _repealed(before: str, tail: str) -> bool:
    """《a》（号）、《b》同时废止, or 废止《a》《b》; not where only an article goes."""
    rest = _without_titles(tail)
    rest = re.sub(r"^(?:（(?:[^（）]|（[^（）]*）)*）)+", "", rest)
    match = _REPEAL_AFTER.search(rest[:60])
    if match and re.fullmatch(
        r"[、，,和及与；;]*(?:等?[一二三四五六七八九十\d]{0,3}(?:件|个|项|部)?(?:文件|规章|规定|标准|规范性文件)?)?(?:自[^，。；]{1,20}起)?[，,]?(?:[一-鿿]{0,8})?",
        rest[: match.start()],
    ):
        return not _AMEND_OWN.search(rest[: match.start()])
    return bool(_REPEAL_BEFORE.search(_without_titles(before).rstrip("、和及")))
