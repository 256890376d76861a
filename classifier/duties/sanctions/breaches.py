"""Read the breaches of an act: which conduct or which places a sanction punishes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from classifier.duties.acts import find_verbs
from classifier.duties.sanctions.article_references import (
    ArticlePlace,
    read_places,
    stands_at,
    without_places,
)
from classifier.duties.sanctions.conducts import CONDUCT_START, Conduct, read_conducts
from classifier.duties.sanctions.sanction_values import merged_sanctions, read_sanction
from classifier.duties.sanctions.sanction_words import SANCTION_WORDS, duty_part
from classifier.duties.statements import Statement
from classifier.duties.subjects import subjects_of
from domain.law.duties import Sanction, Subject

_NOT_OF_BREACH = re.compile(
    r"工作人员[^，。；]{0,20}(?:滥用|玩忽|徇私)|按日连续处罚|的，(?:暂)?不(?:予)?(?:罚款|处罚)|举报|奖励|^\s*对(?:其)?(?:直接负责|主要负责人|法定代表人)"
)
# 某公司未报送信息，被处罚款3万元; 罚款合计86万元: what one case or all of them cost
_OF_A_CASE = re.compile(
    r"某[^，。；]{0,6}(?:公司|企业|单位|厂|店)|被(?:依法)?处(?:以)?罚款|被罚款|罚款(?:合计|共计|总额)|共(?:计)?(?:处)?罚款"
    r"|作出[^，。；]{0,12}处罚决定|对[^，。；]{2,16}公司(?:处|作出)"
)
_OWN_ACT = re.compile(r"本(?:办法|规定|细则|条例|决定|通知|公告|方案|规范|标准|指南)")
# ，并对直接负责的主管人员处一万元罚款: what its people pay, not the company
_OF_PERSONS = re.compile(
    r"[，；]?(?:并)?(?:可以)?对(?:其)?(?:直接负责|主要负责人|法定代表人|有关责任人)[^；。]*"
)
_BY_OFFENDER = re.compile(r"对(?:单位|企业|法人)[^。；]{0,40}(?:罚款|元)")
_OF_INDIVIDUALS = re.compile(r"[，；]?对(?:个人|自然人|公民)[^，。；]*(?:罚款|元)")
_LACKS = re.compile(
    r"[^，。；]{0,12}?(?:不具备|不符合|未达到|不满足|未满足)[^，。；]{0,12}(?:条件|要求|标准)"
)
# 逾期不改正的, 情节严重的: a further step of the sanction before it
_STEP = re.compile(
    r"\s*(?:逾期(?:不|未|仍不|拒不)(?:改正?|整改|予改正)|拒不(?:改正?|整改)|情节|造成|仍(?:不|未)|经责令|(?:有|没有|无)?(?:违法所得|违法经营额|货值金额)"
    r"|两次以上|再次|多次|屡次|[一二两三五\d]{1,2}(?:年|个月)内)"
)
# 对违反(第五项)的运营单位
_ONLY_OFFENDER = re.compile(r"对?违反[^，。；]{0,6}的?[^，。；]{0,6}(?:单位|企业|机构|者|人)")
_CRIME = re.compile(r"\s*(?:构成(?:犯罪|违反治安)|涉嫌犯罪)")
_REFERS_BACK = re.compile(
    r"违反(?:上述|前述|以上|本条|该)?(?:规定|要求)(?:的|者)?[，。；]?$|违者|违反(?:的|者)[，。；]?$"
)
# 对违反本通告规定的单位
_WHOLE_ACT = re.compile(
    r"(?:凡|对)?(?:[^，。；]{0,6})?违反本(?:通告|公告|通知|规定|办法|决定|令)(?:的?规定|要求)?(?:的|者)?(?:企业|单位|个人|单位和个人|行为)?"
)
_FILLER = re.compile(
    r"违反|本(?:办法|规定|细则|条例|决定|通知|公告)|《[^》]{0,60}》|规定|要求|行为|之一|情形|有|的|、|和|或者?|，|。|；|：|下列|上述|第"
)
_BREACH_END = re.compile(
    r"的(?=(?:企业|单位|网点|经营者|公司|产品|机构|个人)(?:，|予以|给予|处|将|取消|[纳列记]入|由))|(?:的|者)[，：]|，由|，责令|，给予|，处|，依照|，按|，将(?=[^，。；]{0,24}(?:移[送出交]|[列纳记]入|取消|撤销|暂停))|，我[部厅局]"
)
# 根据规定第二十条，: the article that punishes, not the one that is broken
_BY_LAW = re.compile(
    r"^(?:根据|依据|按照|依照)[^，。；]{0,40}?第[一二三四五六七八九十百\d]+条[^，。；]{0,20}，"
)
# (检测机构)违反本条例规定，(出具虚假报告的)
_OF_RULES = re.compile(r"^(?P<who>[^，。；]{0,24}?)违反[^，]{0,60}?(?:规定|要求)(?:的)?[，,]?")
_NAMES_CONDUCT = re.compile(r"违反|未|不|逾期|擅自|的$|者$|对")
# 问：逾期未上传怎么处理？ names what the answer punishes
_ASKED = re.compile(
    r"(?P<conduct>(?:逾期|未|不按|擅自)[^，。；？]{1,30}?)(?:的)?(?:，|怎么|如何|会|有什么|怎样)"
)
# 贮存单位有下列行为之一的
_LISTS_CASES = re.compile(
    r"(?:违反[^，。；]{2,30}规定，)?(?P<who>[^，。；]{2,30}?)(?:有|存在|具有)(?:下列|以下|如下)"
)


# 违反第六条规定的，(依照第二十条的规定处罚): what follows stands in another article
_AS_IN = re.compile(
    r"(?:依照|按照|依据|适用)(?:本[一-鿿]{2,6})?(?P<places>第[^，。；]{1,24}?)(?:的)?(?:规定)?(?:予以|给予|进行)?处罚"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Breach:
    """A sanction with the places and the conduct that it punishes."""

    sanction: Sanction
    places: tuple[ArticlePlace, ...]
    conducts: tuple[Conduct, ...]
    words: str  # of the conduct, without places
    subjects: tuple[Subject, ...]
    statement: Statement
    backs: bool = False  # 违反上述规定的, 违者: what the sentences before it order
    whole: bool = False  # 违反本通告规定的: whatever the act orders

    def sanction_of(self, *, company: bool) -> Sanction:
        """What follows for a company: without what the sentence says of natural persons (对单位处
        一万元罚款，对个人处二百元罚款)."""
        text = self.statement.body
        if not company or not _BY_OFFENDER.search(text):
            return self.sanction
        own = read_sanction(_OF_INDIVIDUALS.sub("", text), self.statement)
        return replace(self.sanction, min=own.min, max=own.max, basis=own.basis)


def read_breaches(statements: Sequence[Statement]) -> list[Breach]:
    """All sanctions of an act; where one only points to the article of another, with what follows
    there."""
    found = list(_stated_breaches(statements))
    return [
        replace(breach, sanction=sanction)
        for breach in found
        if (sanction := _pointed_at(breach, found)) is not None
    ]


def _pointed_at(breach: Breach, breaches: Sequence[Breach]) -> Sanction | None:
    """The sanction of a breach, of 依照第二十条的规定处罚 that of the only breach there."""
    match = _AS_IN.search(breach.statement.body)
    if match is None:
        return breach.sanction if breach.sanction.kinds else None
    places = read_places(match["places"], breach.statement)
    there = [
        other.sanction for other in breaches
        if other.sanction.kinds and any(stands_at(other.statement, place) for place in places)
    ]  # fmt: skip
    return there[0] if len(there) == 1 else None


def _stated_breaches(statements: Sequence[Statement]) -> Iterator[Breach]:
    """The sanctions as they stand, an item of a list with the head and the sums of its chapeau."""
    last: Statement | None = None  # the breach before, whose steps follow
    places: tuple[ArticlePlace, ...] = ()
    for statement in statements:
        body = statement.body
        if _NOT_OF_BREACH.search(body) or _OF_A_CASE.search(body) or _CRIME.match(body):
            continue
        chapeau = statement.chapeau
        if (
            chapeau is not None
            and SANCTION_WORDS.search(chapeau.body)
            and not SANCTION_WORDS.search(body)
        ):
            yield _breach(read_sanction(chapeau.body, chapeau), body.strip("；。 "), statement)
        elif SANCTION_WORDS.search(body) and not statement.opens_list:
            if not (_STEP.match(body) and last is not None and last.passage is statement.passage):
                for breach in _of_sentence(statement):
                    if breach.conducts and not breach.places and _goes_on(statement, last):
                        breach = replace(breach, places=places, backs=False)
                    places = breach.places
                    yield breach
            last = statement


def _goes_on(statement: Statement, last: Statement | None) -> bool:
    """违反第六条规定，未监测的，处…；未报告的，处…: the places that the sentence named first."""
    if last is None or last.passage is not statement.passage:
        return False
    between = statement.passage.text[last.end : statement.start]
    return last.text.endswith("；") and not between.strip()


def _of_sentence(statement: Statement) -> Iterator[Breach]:
    body = _OF_PERSONS.sub("", statement.body)
    main = duty_part(body)
    if len(main) == len(body):
        return
    tail = body[len(main) :]
    sanction = _with_steps(read_sanction(tail, statement), statement)
    if not sanction.kinds and _AS_IN.search(tail) is None:
        return
    end = _BREACH_END.search(tail)
    conduct = tail[: end.start() + 1] if end else tail.split("，")[0]
    if not _NAMES_CONDUCT.search(conduct) and (asked := _ASKED.search(statement.question)):
        conduct = asked["conduct"]
    yield _breach(sanction, conduct, statement)


def _with_steps(sanction: Sanction, statement: Statement) -> Sanction:
    """The sanction with the steps of the sentences that follow it in its paragraph."""
    rest = statement.passage.text[statement.end :]
    for sentence in re.split(r"(?<=[。；])", rest):
        if not _STEP.match(sentence):
            break
        sanction = merged_sanctions(sanction, read_sanction(sentence, statement))
    return sanction


def _breach(sanction: Sanction, conduct: str, statement: Statement) -> Breach:
    conduct = _BY_LAW.sub("", conduct)
    places = read_places(conduct, statement)
    if not places and statement.chapeau is not None:
        places = read_places(statement.chapeau.body, statement.chapeau)
    plain = without_places(conduct)
    backs = _REFERS_BACK.match(plain) is not None and not places
    who, words = _offender_and_conduct(plain)
    if places and (_ONLY_OFFENDER.fullmatch(words) or _LACKS.match(words)):
        words = ""
    if _says_little(words):
        words = ""
    conducts = read_conducts(words)
    whole = _WHOLE_ACT.fullmatch(plain.strip("，。；")) is not None and not places
    return Breach(
        sanction=sanction, places=places, conducts=conducts, words=_OWN_ACT.sub("", words),
        subjects=subjects_of(who) or _offenders(words, statement), statement=statement, backs=backs,
        whole=whole,
    )  # fmt: skip


def _says_little(words: str) -> bool:
    """Whether the words of a breach name no conduct: 行为之一的; but 出口的 does."""
    rest = _FILLER.sub("", words)
    if re.fullmatch("[迟漏瞒谎虚匿]报", rest):
        return False
    known = [verb for verb in find_verbs(rest) if verb[2] != "other"] if len(rest) == 2 else []
    return len(rest) <= 2 and not known and not words.startswith("违者")


def _offender_and_conduct(plain: str) -> tuple[str, str]:
    """检测机构违反规定，出具虚假报告的 is the body and what it did."""
    match = _OF_RULES.match(plain)
    if match is None:
        return "", plain
    who, rest = match["who"], plain[match.end() :]
    return (who, rest) if subjects_of(who) else ("", who + rest)


def _offenders(words: str, statement: Statement) -> tuple[Subject, ...]:
    """Whose breach it is: of the conduct's own words, else of the head of its list."""
    head = CONDUCT_START.split(words)[0][:40]
    if found := subjects_of(head) if head else ():
        return found
    opener = _LISTS_CASES.match(statement.chapeau.body) if statement.chapeau else None
    return subjects_of(opener["who"]) if opener else ()
