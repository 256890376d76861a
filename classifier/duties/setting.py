"""What the reading knows before a sentence, and the predicates it cuts it into."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from classifier.duties.leads import ClauseLead
from classifier.duties.times import TimeSpan
from classifier.facts.calendar_dates import YearContext
from domain.law.duties import Bound, Destination, Duty, Limit, Modality, Subject, When

_OF_SUBJECT = re.compile(
    r"(?:发现的问题|整改情况|相关信息|上述信息|有关情况|备案事项|信息|台账|记录|档案|资料|凭证|单据|(?:台账|记录|档案|资料|凭证)(?:的?保存)?(?:期限|时间)|(?:台账|记录|档案|资料|凭证)(?:的)?(?:保存|留存|保管))$"
)

# 农贸市场(不得出租摊位): a body that no role names, and not those whom the act addresses
_OTHER_BODY = re.compile(
    r"[^，。；的]{0,8}(?:园区?|市场|社区|商场|学校|协会|楼宇|业主|房东|房屋出租人|小区|村委会)"
)


@dataclass(frozen=True, slots=True)
class Chapeau:
    """What a list inherits from the sentence that opens it."""

    subjects: tuple[Subject, ...] = ()
    modality: Modality | None = None
    times: tuple[TimeSpan, ...] = ()
    fulfils: bool = False
    weak: bool = False  # only items with a time or a limit are duties


@dataclass(frozen=True, slots=True)
class Setting:
    """What the reading knows before a sentence: its list's head, who the same sentence and the
    paragraph last named, and the companies that the act addresses."""

    years: YearContext
    chapeau: Chapeau | None = None
    sentence: tuple[Subject, ...] = ()
    paragraph: tuple[Subject, ...] = ()
    addressees: tuple[Subject, ...] = ()
    earlier: tuple[Duty, ...] = ()  # of the same sentence, before its semicolon
    documents: tuple[str, ...] = ()
    role: str | None = None  # of the companies that the title names
    asked: bool = False  # whether that role is the one that asks: 我们是梯次利用企业
    ordered: bool = False  # whether it stands in an article or an item of the act


@dataclass
class Predicate:
    """The words that a modal verb governs, with what was named before it."""

    modality: Modality
    subjects: tuple[Subject, ...]
    lead: ClauseLead
    text: str
    limit: Limit | None = None
    times: tuple[TimeSpan, ...] = ()
    fulfils: bool = False
    standalone: bool = False  # 严禁倾倒: whatever, not what the sentence named before


def known_before(setting: Setting) -> tuple[Subject, ...]:
    """Whom the list's head, else the sentence before the semicolon names."""
    inherited = setting.chapeau.subjects if setting.chapeau else ()
    return inherited or setting.sentence


def inherited_by(lead: ClauseLead, setting: Setting) -> tuple[Subject, ...]:
    """Who is bound where the sentence does not say: its list's head, the sentence before the
    semicolon, the paragraph unless the clause has a topic of its own, the addressees."""
    others = _OTHER_BODY.fullmatch(lead.topic) is not None
    addressees = () if others else setting.addressees
    known = known_before(setting) or _of_paragraph(lead, setting) or addressees
    if known or lead.topic or setting.role is None:
        return known
    return (Subject(role=setting.role, kind=Bound.COMPANY),)  # whom the title names


def _of_paragraph(lead: ClauseLead, setting: Setting) -> tuple[Subject, ...]:
    """The companies that the paragraph last named, unless the clause speaks of a thing of its
    own; its problems and records are theirs. An office's sentence hands nothing on."""
    if lead.topic and not _OF_SUBJECT.search(lead.topic):
        return ()
    offices = any(subject.kind is Bound.AUTHORITY for subject in setting.paragraph)
    return () if offices else setting.paragraph


@dataclass
class SegmentReading:
    """Where the reading of a predicate stands."""

    predicate: Predicate
    years: YearContext
    before: Sequence[Duty]
    condition: str
    where: Destination | None = None  # the portal that a segment before it only enters
    fresh: bool = False  # whether the condition stands behind the last act
    held: str = ""  # what a segment before it only gathers: 将运行情况形成书面材料
    dated_next: bool = False  # whether the next segment only says when this one is due
    carries: bool = True  # whether the last act's time holds for one that 并 joins to it
    pending: list[When] = field(default_factory=list)
    made: list[Duty] = field(default_factory=list)

    @property
    def binds_authority(self) -> bool:
        """Whether an authority has to act."""
        return any(subject.kind is Bound.AUTHORITY for subject in self.predicate.subjects)

    @property
    def binds_company(self) -> bool:
        """Whether only companies have to act."""
        subjects = self.predicate.subjects
        decides = any(
            subject.role in ("certifier", "testing_lab")
            or (subject.text or "").endswith(("机构", "中心", "协会"))
            for subject in subjects
        )
        kinds = {subject.kind for subject in subjects}
        return kinds == {Bound.COMPANY} and not (self.answers or decides)

    @property
    def answers(self) -> bool:
        """Whether an authority, or who runs a platform for it, has to act."""
        roles = {subject.role for subject in self.predicate.subjects}
        return self.binds_authority or roles == {"platform_operator"}

    @property
    def last(self) -> Duty | None:
        if self.made:
            return self.made[-1]
        return self.before[-1] if self.before else None
