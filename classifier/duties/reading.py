"""Read statement after statement: what a list, a paragraph and the addressees hand on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from classifier.duties.acts import read_act
from classifier.duties.asked_documents import gathered_documents, is_document_list
from classifier.duties.clauses import read_clauses
from classifier.duties.company_lists import opens_company_list
from classifier.duties.modals import find_modals
from classifier.duties.predicates import names_cases, read_chapeau
from classifier.duties.sanctions.sanction_binding import Placed
from classifier.duties.setting import Chapeau, Setting
from classifier.duties.statements import Statement
from classifier.duties.subjects import find_roles, subjects_of
from classifier.duties.whole_act import with_listed_documents, with_lone_role
from classifier.facts.calendar_dates import YearContext
from classifier.facts.fact_document import Document
from domain.law.duties import Bound, Duty, Subject

_ADDRESSEES = re.compile(r"[^。；：]{2,80}：")  # 各综合利用企业：
_OFFICES = re.compile(r"[局厅委部办](?=[、，：])|政府|部门")
_EXTENDS = re.compile(r"(?:延长|延期|顺延|推迟|展期|延后)(?:至|到|为)|延至")
# 关于延长(回收服务网点信息核对)期限的通知
_EXTENDED_THING = re.compile(
    r"(?:延长|延期|顺延|推迟|延后)(?P<thing>[^，。；]{4,40}?)(?:工作)?的?(?:截止)?(?:期限|时限|时间|日期)"
)
_ABROAD = re.compile(r"进口|海关|入境|进境|报关")
_NORM = re.compile(r"综合利用行业规范")  # whose companies are recyclers
_ADDRESSED_WITHIN = 4  # passages: title, document number, addressees


@dataclass
class _Running:
    """Who the act addresses and its last sentences named."""

    years: YearContext
    addressees: tuple[Subject, ...] = ()
    role: str | None = None
    chapeaus: dict[int, Chapeau] = field(default_factory=dict)
    last: Statement | None = None
    named: tuple[Subject, ...] = ()
    duties: tuple[Duty, ...] = ()

    def setting(self, statement: Statement, documents: tuple[str, ...]) -> Setting:
        """What is known before a statement."""
        opener, chapeau = statement.chapeau, None
        if opener is not None:
            chapeau = self.chapeaus.setdefault(id(opener), read_chapeau(opener.body, self.years))
        if not self._goes_on(statement):
            self.named = ()
        same = self.last is not None and self.last.text.rstrip().endswith("；")
        within = same and self.last is not None and self.last.item == statement.item
        earlier = self.duties if within else ()
        return Setting(
            self.years, chapeau, self.named if same else (), self.named, self.addressees, earlier,
            documents, *self._role_of(statement),
            statement.article is not None or statement.item > 0,
        )  # fmt: skip

    def _role_of(self, statement: Statement) -> tuple[str | None, bool]:
        """The role whose question a statement answers (我们是梯次利用企业), else the title's."""
        asked = roles_named(statement.question) if statement.question else set()
        return (asked.pop(), True) if len(asked) == 1 else (self.role, False)

    def _goes_on(self, statement: Statement) -> bool:
        """Whether a statement stands in the paragraph, item or article of the one before it."""
        last = self.last
        if last is None:
            return False
        if statement.item != last.item:  # a paragraph after its article's list goes on with it
            return bool(statement.article and not statement.item) and self._same_article(statement)
        if last.passage is statement.passage:
            return True
        return self._same_article(statement)

    def _same_article(self, statement: Statement) -> bool:
        article = statement.article
        return self.last is not None and article is not None and article == self.last.article

    def after(self, statement: Statement, duties: Sequence[Duty]) -> None:
        """Remember whom a statement bound."""
        self.last, self.duties = statement, tuple(duties)
        bound = [duty for duty in duties if duty.who.kind is not None]
        if bound:
            end = bound[-1]
            self.named = tuple(
                dict.fromkeys(
                    duty.who for duty in bound if (duty.act, duty.object) == (end.act, end.object)
                )
            )


def read_placed(statements: Sequence[Statement], document: Document) -> list[Placed]:
    """The duties of all statements in reading order."""
    found: list[Placed] = []
    documents = gathered_documents(statements)
    of_companies = opens_company_list(statements)
    spare: list[tuple[str, ...]] = []  # documents of lists that no duty asks for by themselves
    running = _Running(document.years, addressees_of(document), role_of_title(document))
    for statement in statements:
        opener = statement.chapeau
        if opener is not None and (is_document_list(opener) or id(opener) in of_companies):
            continue
        if opener is not None and names_cases(opener.body):
            continue
        heads = statement.opens_list and id(statement) not in of_companies
        if heads and not is_document_list(statement) and not names_cases(statement.body):
            running.last = statement
            continue
        setting = running.setting(statement, documents.get(id(statement), ()))
        duties = read_clauses(statement, setting)
        if heads and setting.documents and not duties:
            spare.append(setting.documents)
        running.after(statement, duties)
        found += [Placed(duty=duty, statement=statement) for duty in duties]
    abroad = any(_ABROAD.search(passage.text) for passage in document.passages)
    found = found if abroad else [_at_home(item) for item in found]
    found = with_lone_role(with_listed_documents(found, spare))
    return _with_extended([_named_by_title(item, document) for item in found])


def _at_home(item: Placed) -> Placed:
    """收货人 in an act that speaks of no import is whoever receives goods."""
    who = item.duty.who
    if who.role != "importer" or not (who.text or "").endswith("收货人"):
        return item
    return replace(item, duty=replace(item.duty, who=replace(who, role="any_company")))


def _named_by_title(item: Placed, document: Document) -> Placed:
    """截止时间顺延至11月15日: what is due by then stands in the title (关于延长网点信息核对期限的
    通知)."""
    if item.duty.object or not _EXTENDS.search(item.statement.text):
        return item
    titles = [passage.text for passage in document.passages if passage.place == "标题"]
    match = _EXTENDED_THING.search(titles[0]) if titles else None
    read = read_act(match["thing"]) if match else None
    if read is None or read.act != item.duty.act or not read.object:
        return item
    return replace(item, duty=replace(item.duty, object=read.object))


def _with_extended(placed: list[Placed]) -> list[Placed]:
    """截止日期延长至8月31日。请企业抓紧补报: one duty, with the later day."""
    found: list[Placed] = []
    for item in placed:
        last = found[-1] if found else None
        if last is not None and _repeats(last, item):
            when, thing = last.duty.when, item.duty.object or last.duty.object
            found[-1] = replace(item, duty=replace(item.duty, when=when, object=thing))
        else:
            found.append(item)
    return found


def _repeats(last: Placed, item: Placed) -> bool:
    """Whether a duty asks again for what the sentence before it extended."""
    return (
        last.statement.passage is item.statement.passage and last.statement is not item.statement
        and _EXTENDS.search(last.statement.text) is not None
        and last.duty.act == item.duty.act and item.duty.when is None
    )  # fmt: skip


def addressees_of(document: Document) -> tuple[Subject, ...]:
    """The companies that an act addresses: 各综合利用企业：; none where it addresses
    authorities too."""
    for passage in document.passages[:_ADDRESSED_WITHIN]:
        match = _ADDRESSEES.match(passage.text)
        if passage.place == "标题" or match is None or find_modals(match[0]):
            continue
        named = subjects_of(match[0].rstrip("："))
        companies = {
            subject.role: subject
            for subject in (*named, *(span.subject for span in find_roles(match[0])))
            if subject.kind is Bound.COMPANY
        }
        if len(named) == 1 and named[0].role == "any_company" and not _OFFICES.search(match[0]):
            return named  # 汽车销售、维修经营者：
        single = next(iter(companies.values())) if len(companies) == 1 else None
        if single is None or (single.role == "any_company" and _OFFICES.search(match[0])):
            return ()
        return (single,)
    return ()


def roles_named(text: str) -> set[str]:
    """The roles of companies that a text names."""
    subjects = (span.subject for span in find_roles(text))
    roles = (subject.role for subject in subjects if subject.kind is Bound.COMPANY)
    return {role for role in roles if role is not None and role != "any_company"}


def role_of_title(document: Document) -> str | None:
    """The one role of companies that a title names: whom its 企业 are."""
    roles = {
        role
        for passage in document.passages[:_ADDRESSED_WITHIN]
        if passage.place == "标题"
        for role in roles_named(passage.text)
    }
    if not roles and any(
        _NORM.search(passage.text)
        for passage in document.passages[:_ADDRESSED_WITHIN] if passage.place == "标题"
    ):  # fmt: skip
        return "recycler"
    return roles.pop() if len(roles) == 1 else None
