"""Read what follows a breach, and bind it to the duties that the text names: by article,
paragraph and item, by 前款 and 前条, or by the very conduct; never by nearness."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from classifier.duties.acts import find_verbs, trimmed
from classifier.duties.sanction_words import SANCTION_WORDS, duty_part
from classifier.duties.statements import Statement
from classifier.duties.subjects import subjects_of
from classifier.facts.amounts import Amount, find_amounts
from domain.law.duties import Duty, Modality, Sanction, SanctionTier, Subject
from domain.text.numerals import parse_chinese_number

_CN = "〇零一二三四五六七八九十百两"
# 第十条第二款第三项, 第八条、第十一条
_REFERENCE = re.compile(
    rf"第(?P<article>[{_CN}\d]{{1,7}})条(?:之(?P<sub>[一二三四五六七八九十]))?(?:第(?P<paragraph>[{_CN}\d]{{1,4}})款)?(?P<items>(?:(?:第|、|或者第|和第|至第)?[（(]?[{_CN}\d]{{1,4}}[）)]?项[、和或者及]*)*)"
)
_ITEM_NUMBER = re.compile(rf"[{_CN}\d]{{1,4}}")
# 第五条至第八条
_RANGE = re.compile(rf"第(?P<a>[{_CN}\d]{{1,7}})条(?:至|到)第(?P<b>[{_CN}\d]{{1,7}})条")
_PREVIOUS_ARTICLE = re.compile(r"前条(?:第(?P<p>[一二三四五六七八九十]+)款)?")
_PREVIOUS_PARAGRAPH = re.compile(r"前款|前项|上款|本条前(?P<n>[两二三])款")
_OTHER_ACT = re.compile(r"《[^》]+》$")
_OWN_ACT = re.compile(
    r"(?:违反|依据|按照|有)?(?:了)?本(?:办法|规定|细则|条例|决定|通知|公告|方案|规范|标准|实施细则|暂行办法|指南|条)"
)
_KINDS = (
    ("warning", re.compile(r"警告")),
    ("order_to_correct", re.compile(r"责令(?:其|其限期|立即|限期|停止违法行为[，、])*(?:改正|整改|停止违法|限期)|限期(?:改正|整改)")),
    ("fine", re.compile(r"罚款|处以?[^，。；]{0,16}元(?!以[上下]?的?货)")),
    ("confiscation", re.compile(r"没收")),
    ("suspension", re.compile(r"责令停[产业]|停产整[治顿]|停业整顿|暂停(?:其)?[^，。；]{0,16}|限制生产")),
    ("delisting", re.compile(r"撤销(?:其)?[^，。；]{0,10}公告|移出[^，。；]{0,8}名单|取消[^，。；]{0,8}(?:资格|公告|称号)|撤销[^，。；]{0,6}资格")),
    ("credit_record", re.compile(r"信用(?:记录|档案|惩戒|信息)|失信|记入[^，。；]{0,8}信用|异常名录")),
    ("referral", re.compile(r"移送(?:司法|公安|有关)|追究刑事责任|构成犯罪|移交[^，。；]{0,8}(?:处理|查处)")),
    ("revocation", re.compile(r"吊销")),
)  # fmt: skip
_NOT_OF_BREACH = re.compile(
    r"工作人员[^，。；]{0,20}(?:滥用|玩忽|徇私)|举报|奖励|直接负责的主管人员"
)
_NEGATED = re.compile(
    r"(?:未|没有|不)(?:按照?规定|按要求|按时|按期|依法|如实|及时|履行|按照?[^，。；]{1,20})?"
)
_CONDITION = re.compile(
    r"(?:^|[，；。])(?P<words>[^，；。]{2,30}?的)，(?=[^，；。]*(?:处|并处|罚))"
)
_FILLER = re.compile(
    r"违反|本(?:办法|规定|细则|条例|决定|通知|公告)|《[^》]*》|规定|行为|之一|情形|有|的|、|和|或者?|，|。|；|：|下列|上述|第"
)
_BREACH_END = re.compile(r"(?:的|者)[，：]|，由|，责令|，给予|，处|，依照|，按")


@dataclass(frozen=True, slots=True)
class _Place:
    """A place of the act that a sanction names; 0 means the whole of it."""

    article: str
    paragraph: int = 0
    item: int = 0


@dataclass(frozen=True, kw_only=True)
class Breach:
    """A sanction with the places and the conduct that it punishes."""

    sanction: Sanction
    places: tuple[_Place, ...]
    conduct: str
    subjects: tuple[Subject, ...]
    statement: Statement


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A duty with its exact place in the act."""

    duty: Duty
    statement: Statement


def bind_sanctions(placed: Sequence[Placed], statements: Sequence[Statement]) -> list[Duty]:
    """The duties with the sanctions that the text itself ties to them."""
    breaches = read_breaches(statements)
    found = []
    for item in placed:
        sanctions = [b.sanction for b in breaches if _punishes(b, item)]
        found.append(replace(item.duty, sanctions=tuple(dict.fromkeys(sanctions))))
    return found


def read_breaches(statements: Sequence[Statement]) -> list[Breach]:
    """All sanctions of an act, an item of a list with the head and the sums of its chapeau."""
    found: list[Breach] = []
    previous: dict[int, Statement] = {}
    for index, statement in enumerate(statements):
        body = statement.body
        if _NOT_OF_BREACH.search(body):
            continue
        chapeau = statement.chapeau
        if (
            chapeau is not None
            and SANCTION_WORDS.search(chapeau.body)
            and not SANCTION_WORDS.search(body)
        ):
            found.extend(_of_item(statement, chapeau))
        elif SANCTION_WORDS.search(body) and not statement.opens_list:
            found.extend(_of_sentence(statement, statements[:index]))
        previous[index] = statement
    return found


def _of_item(statement: Statement, chapeau: Statement) -> list[Breach]:
    """有下列行为之一的，处…罚款：（一）违反第八条规定，未报送的."""
    sanction = read_sanction(chapeau.body, chapeau)
    conduct = statement.body.strip("；。 ")
    return [_breach(sanction, conduct, chapeau.body, statement)]


def _of_sentence(statement: Statement, earlier: Sequence[Statement]) -> list[Breach]:
    body = statement.body
    main = duty_part(body)
    tail = body[len(main) :] or body
    sanction = read_sanction(tail, statement)
    if not sanction.kinds:
        return []
    conduct = _conduct(tail)
    if (
        re.match(r"(?:逾期|拒不|情节|造成|构成|有前|有上述|仍)", conduct)
        and earlier
        and not _REFERENCE.search(conduct)
    ):
        return []  # a further step of the sanction before it: read with it
    return [_breach(_with_steps(sanction, statement), conduct, conduct, statement)]


def _with_steps(sanction: Sanction, statement: Statement) -> Sanction:
    """The sanction with the steps of the sentences that follow it in its paragraph."""
    rest = statement.passage.text[statement.end :]
    for sentence in re.split(r"(?<=[。；])", rest):
        if not re.match(r"\s*(?:逾期|拒不|情节|造成|构成|仍)", sentence):
            break
        more = read_sanction(sentence, statement)
        sanction = _merged(sanction, more)
    return sanction


def _merged(first: Sanction, second: Sanction) -> Sanction:
    lows = [value for value in (first.min, second.min) if value is not None]
    highs = [value for value in (first.max, second.max) if value is not None]
    return replace(
        first, kinds=tuple(dict.fromkeys((*first.kinds, *second.kinds))),
        min=min(lows) if lows else None, max=max(highs) if highs else None,
        basis=first.basis or second.basis, tiers=(*first.tiers, *second.tiers),
    )  # fmt: skip


def _conduct(tail: str) -> str:
    end = _BREACH_END.search(tail)
    return tail[: end.start() + 1] if end else tail.split("，")[0]


def _breach(sanction: Sanction, conduct: str, referring: str, statement: Statement) -> Breach:
    places = _places(conduct, statement) or _places(referring, statement)
    text = re.sub(r"^违反[^，]*?(?:规定|要求)(?:的)?[，,]?", "", conduct)
    rest = _FILLER.sub(
        "",
        _PREVIOUS_PARAGRAPH.sub(
            "", _PREVIOUS_ARTICLE.sub("", _REFERENCE.sub("", _RANGE.sub("", text)))
        ),
    )
    text = text if len(rest) > 2 else ""
    return Breach(
        sanction=sanction, places=places, conduct=text,
        subjects=subjects_of(text.split("未")[0].split("将")[0][:40]) if text else (), statement=statement,
    )  # fmt: skip


def read_sanction(text: str, statement: Statement) -> Sanction:
    """Kinds and sums of a sanction; the range over all its steps."""
    kinds = tuple(name for name, pattern in _KINDS if pattern.search(text))
    amounts = (
        [amount for amount in find_amounts(text) if _is_sum(text, amount)]
        if "fine" in kinds
        else []
    )
    lows = [_low(text, amount) for amount in amounts]
    highs = [amount.high for amount in amounts if amount.high is not None]
    known = [low for low in lows if low is not None]
    return Sanction(
        article=statement.article, kinds=kinds,
        min=_plain(min(known)) if known and len(known) == len(lows) else None,
        max=_plain(max(highs)) if highs else None,
        basis=_basis(text, amounts), quote=statement.quote,
    )  # fmt: skip


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value


def _low(text: str, amount: Amount) -> float | None:
    """The lower end; None where the text states only the upper one."""
    return amount.low or None


def _is_sum(text: str, amount: Amount) -> bool:
    after, before = (
        text[amount.end : amount.end + 8],
        text[max(0, amount.start - 14) : amount.start],
    )
    if re.match(r"(?:以[上下])?的(?!罚款)|违法所得|货值", after) or re.search(
        r"(?:违法所得|货值金额?|价值|投资额?|数额|不足|没有违法所得[^，]{0,4})(?:在|为|达|不足|超过)?$",
        before,
    ):
        return False
    return bool(re.search(r"罚|处", text[max(0, amount.start - 40) : amount.end + 12]))


def _basis(text: str, amounts: Sequence[Amount]) -> str | None:
    if not amounts:
        return None
    first = amounts[0]
    if first.basis == "multiple":
        return (
            "percent"
            if "%" in text[first.start : first.end] or "分之" in text[first.start : first.end]
            else "multiple"
        )
    before = text[max(0, first.start - 10) : first.start]
    if re.search(r"每(?:辆|吨|台|件|块|组|套|个|次|批|公斤|千克|只)[^，。；]{0,6}$", before):
        return "per_unit"
    return "per_day" if re.search(r"每(?:逾期一)?[日天][^，。；]{0,6}$", before) else "fixed"


def _places(text: str, statement: Statement) -> tuple[_Place, ...]:
    found: list[_Place] = []
    for match in _RANGE.finditer(text):
        low, high = _value(match["a"]), _value(match["b"])
        found += [_Place(_label(n)) for n in range(low, min(high, low + 60) + 1)]
    for match in _REFERENCE.finditer(text):
        if _OTHER_ACT.search(text[: match.start()].rstrip("的")):
            continue
        label = _label(_value(match["article"])) + (f"之{match['sub']}" if match["sub"] else "")
        paragraph = _value(match["paragraph"]) if match["paragraph"] else 0
        items = [_value(number) for number in _ITEM_NUMBER.findall(match["items"] or "")]
        found += [_Place(label, paragraph, item) for item in items or [0]]
    return (*found, *_near_places(text, statement))


def _near_places(text: str, statement: Statement) -> list[_Place]:
    """前条, 前款, 本条前两款: places counted from the sentence itself."""
    found = []
    if statement.article is None:
        return []
    if match := _PREVIOUS_ARTICLE.search(text):
        number = _value(statement.article.strip("第条"))
        paragraph = _value(match["p"]) if match["p"] else 0
        found.append(_Place(_label(number - 1), paragraph))
    if match := _PREVIOUS_PARAGRAPH.search(text):
        back = _value(match["n"]) if match["n"] else 1
        own = statement.paragraph
        found += [_Place(statement.article, own - n) for n in range(1, back + 1) if own - n >= 1]
    return found


def _value(text: str) -> int:
    return int(parse_chinese_number(text.split("之")[0].strip("第条")) or 0)


def _label(number: int) -> str:
    return f"第{number}条"


def _same_article(label: str | None, place: _Place) -> bool:
    if label is None:
        return False
    number, _, sub = label.partition("之")
    wanted, _, wanted_sub = place.article.partition("之")
    return _value(number) == _value(wanted) and sub == wanted_sub


def _punishes(breach: Breach, item: Placed) -> bool:
    duty, statement = item.duty, item.statement
    if duty.modality is Modality.MAY or duty.who.kind == "authority":
        return False
    if breach.places:
        if not any(_at(place, statement) for place in breach.places):
            return False
        return not breach.conduct or _is_conduct(breach.conduct, duty, strict=False)
    same = (
        breach.statement.passage is statement.passage and breach.statement.start == statement.start
    )
    if not breach.conduct:
        return False
    if not _fits_subject(breach, duty):
        return False
    return _is_conduct(breach.conduct, duty, strict=not same)


def _at(place: _Place, statement: Statement) -> bool:
    if not _same_article(statement.article, place):
        return False
    if (
        place.paragraph
        and place.paragraph != statement.paragraph
        and not (statement.chapeau is not None and statement.chapeau.paragraph == place.paragraph)
    ):
        return False
    return not place.item or place.item == statement.item


def _fits_subject(breach: Breach, duty: Duty) -> bool:
    roles = {subject.role for subject in breach.subjects}
    return (
        not roles
        or duty.who.role is None
        or duty.who.role in roles
        or roles <= {"any_company", None}
    )


def _is_conduct(conduct: str, duty: Duty, *, strict: bool) -> bool:
    """Whether the conduct is the breach of this duty: the same act, and where the text does
    not name the article, the same object too."""
    acts = {act for _, _, act in find_verbs(conduct)}
    if (
        duty.act not in acts
        and not (duty.act == "provide" and "report" in acts)
        and not (duty.act == "report" and "provide" in acts)
    ):
        return not strict and not acts and _shares(conduct, duty)
    if duty.modality is Modality.MUST and not _NEGATED.search(conduct):
        return False
    return not strict or _shares(conduct, duty)


def _shares(conduct: str, duty: Duty) -> bool:
    """Whether the conduct names the duty's object: half of its two-character pieces."""
    thing = trimmed(duty.object)
    pieces = {thing[i : i + 2] for i in range(len(thing) - 1)}
    if not pieces:
        return False
    return sum(piece in conduct for piece in pieces) * 2 >= len(pieces)


def tiers_of(rows: Sequence[tuple[str, str]], statement: Statement) -> tuple[SanctionTier, ...]:
    """Tiers of a discretion table: (condition, sanction text) a row."""
    found = []
    for condition, text in rows:
        one = read_sanction(text, statement)
        found.append(SanctionTier(condition=condition, min=one.min, max=one.max))
    return tuple(found)
