"""Find whom a clause binds: the role words before its modal verb."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from config.duty_terms import load_roles
from domain.law.duties import Bound, Subject

# A noun after these words is told something, handed something or asked; it is no subject.
_NOT_SUBJECT = re.compile(
    r"(?:向|对|给|与|经|为|从|至|到|被|委托|将|把|会同|按照|依托|接受|督促|要求|指导|责令|组织|支持|鼓励|引导|推动|交由|交给|"
    r"(?<![迟漏未])报|和其他|协助|配合|通知|告知|包括|属于|作为|以及其|转让给|销售给|移交给?|提供给|列为|纳入|选择|名称变更|加强)$"
)
# 企业名称, 企业应急预案: the word goes on as another noun.
_GOES_ON = re.compile(
    r"^(?:名称|名单|法定代表人|代码|信息|数据|管理系统|生产|标识|清单|内部|自身|所在地?|之间|提交的|报送的|的(?:名称|法定代表人|信息|废|产品|责任|规定|行为|要求|监督|"
    r"申请|网站|账户|账号)|发布|公告|目录|资质|登记证|建设项目)"
)
# 与电池资产公司签订的(租赁合同)
_WITH = re.compile(
    r"(?:与|同|和|跟)[^，。；]{1,20}?(?:签[订署]|订立|达成|约定|合作|共建)[^，。；]{0,6}的"
)
_ANY = re.compile(
    r"(?:各|有关|相关|所有|其他|等|该|本|上述)?(?:企业|单位|公司|机构|经营者|主体|厂商|生产者)"
)
_LED_IN = re.compile(
    r".*(?:通过|依托|配合|协助|联系|咨询|报请|报经|提请|取得|获得|征得|经过|回(?=[区市县省我所本]))(?=..)"
)
# 快递(企业), 新注册(企业)
_KIND_OF = re.compile(
    r"(?![在于自由对将请按为经如若凡因把向给从并且当]|各类?$)[一-鿿]{2,8}(?<![的和与及或等])"
)
# (各)回收、(拆解企业), 收集、贮存和(利用单位)
_SHARED = re.compile(r"(?:(?:(?![和与及或])[一-鿿]){2,8}[、和与及或])+$")
_EACH_OF = re.compile(r"^(?:.*?[省市区县])?(?:各类?|所有|有关|相关|全体|上述)")
_ACTIVITY = re.compile(
    r"(?:生产|销售|使用|经营|贮存|收集|加工|进口|租赁|产生|拆解|回收|利用|运输|维修)$"
)
_NOUNS = ("企业", "单位", "机构", "经营者", "公司")
_CONJUNCTION = re.compile(r"[、，和与及或]|以及|或者|并")


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """A role word in a text."""

    start: int
    end: int
    subject: Subject


@cache
def _patterns() -> tuple[tuple[str | None, Bound, re.Pattern[str]], ...]:
    roles = load_roles()
    anyone = "|".join(roles.anyone.words)
    found: list[tuple[str | None, Bound, re.Pattern[str]]] = [
        (None, Bound.ANYONE, re.compile(anyone))
    ]
    for name, terms in roles.roles.items():
        pattern = "|".join(f"(?:{word})" for word in terms.words)
        found.append((name, Bound(terms.kind), re.compile(pattern)))
    return tuple(found)


@lru_cache(maxsize=4096)
def find_roles(text: str) -> tuple[RoleSpan, ...]:
    """Role words of a short text in order, the longest where several stand at one place."""
    found = [
        RoleSpan(match.start(), match.end(), Subject(role=role, kind=kind, text=match[0]))
        for role, kind, pattern in _patterns()
        for match in pattern.finditer(text)
        if match[0]
    ]
    chosen: list[RoleSpan] = []
    for span in sorted(found, key=_rank):
        if all(span.end <= other.start or span.start >= other.end for other in chosen):
            chosen.append(span)
    chosen = [_without_lead(span) for span in chosen]
    return _joined_offices(sorted(chosen, key=lambda span: span.start))


def _without_lead(span: RoleSpan) -> RoleSpan:
    """通过省级主管部门 is 省级主管部门, reached by 通过."""
    words = span.subject.text or ""
    lead = _LED_IN.match(words)
    if lead is None or span.subject.kind is not Bound.AUTHORITY:
        return span
    subject = Subject(role=span.subject.role, kind=span.subject.kind, text=words[lead.end() :])
    return RoleSpan(span.start + lead.end(), span.end, subject)


def _joined_offices(spans: list[RoleSpan]) -> tuple[RoleSpan, ...]:
    """各市（州）工业和信息化局 is one office, though two patterns find it."""
    found: list[RoleSpan] = []
    for span in spans:
        last = found[-1] if found else None
        both = last is not None and last.subject.kind is span.subject.kind is Bound.AUTHORITY
        if last is not None and both and last.end == span.start:
            text = f"{last.subject.text}{span.subject.text}"
            joined = Subject(role=span.subject.role, kind=span.subject.kind, text=text)
            found[-1] = RoleSpan(last.start, span.end, joined)
        else:
            found.append(span)
    return tuple(found)


def _rank(span: RoleSpan) -> tuple[int, int, int]:
    general = span.subject.role == "any_company"
    own = 1 if general else 0
    return (own, -(span.end - span.start), span.start)


@lru_cache(maxsize=4096)
def subjects_of(clause: str) -> tuple[Subject, ...]:
    """The subjects that a clause names before its verb; several where it lists several.

    ``clause`` is the text between the last comma and the modal verb:
    新能源汽车生产企业、综合利用企业 (应当 …).
    """
    spans = [span for span in find_roles(clause) if _stands_alone(clause, span)]
    if not spans:
        return ()
    if _WITH.match(clause):
        return ()
    shared = _sharing(clause, spans[0])
    if shared and shared[0].subject.role == "any_company":
        return (shared[0].subject,)
    group = [*shared, *_last_group(clause, spans)]
    if any(span.subject.role != "any_company" for span in group):
        group = [span for span in group if not _ANY.fullmatch(span.subject.text or "")] or group
    found: dict[tuple[str | None, Bound | None], Subject] = {}
    for span in group:
        subject = span.subject
        if len(group) == 1:
            subject = Subject(role=subject.role, kind=subject.kind, text=_phrase(clause, span))
        found.setdefault((subject.role, subject.kind), subject)
    return tuple(found.values())


def _sharing(clause: str, span: RoleSpan) -> list[RoleSpan]:
    """The roles that share the last one's noun: of 回收、拆解企业 the 回收企业."""
    words = span.subject.text or ""
    noun = next((end for end in _NOUNS if words.endswith(end)), None)
    shared = _SHARED.search(clause[: span.start])
    if noun is None or shared is None:
        return []
    found: list[RoleSpan] = []
    for stem in _CONJUNCTION.split(_EACH_OF.sub("", shared[0])):
        roles = find_roles(stem + noun) if stem else ()
        whole = [role for role in roles if role.subject.text == stem + noun]
        if stem and not whole and _ACTIVITY.search(stem):  # 销售、维修单位: more than one role
            general = Subject(role="any_company", kind=Bound.COMPANY, text=shared[0] + words)
            return [RoleSpan(span.start, span.end, general)]
        if stem and (not whole or whole[0].subject.kind is not span.subject.kind):
            return []
        found += [RoleSpan(span.start, span.end, role.subject) for role in whole]
    return found


def _stands_alone(clause: str, span: RoleSpan) -> bool:
    before, after = clause[: span.start], clause[span.end :]
    if _NOT_SUBJECT.search(before) and not before.endswith("由"):
        return False
    return not _GOES_ON.match(after)


def is_part_of_noun(rest: str) -> bool:
    """Whether the words behind a role make another noun of it: 网点(信息变更), 企业(名称)."""
    return _GOES_ON.match(rest) is not None


def _last_group(clause: str, spans: list[RoleSpan]) -> list[RoleSpan]:
    """The roles joined with the first one that stands at the head of the clause."""
    group = [spans[0]]
    for span in spans[1:]:
        between = clause[group[-1].end : span.start]
        if len(between) <= 16 and _CONJUNCTION.match(between) and "会同" not in between:
            group.append(span)
        else:
            break
    return group


def _phrase(clause: str, span: RoleSpan) -> str:
    """The role with the words that narrow it: 被撤销公告的企业, 在平川新能源汽车生产企业."""
    start = span.start
    left = clause[:start]
    narrow = re.search(r"(?:[^，。；：\s]{2,24}的|在[一-鿿]{2,6}|全[省市区县]|各|有关|相关)$", left)
    if not left or span.subject.role == "any_company":
        start = 0 if _KIND_OF.fullmatch(left) else start
    if narrow and not re.match(r"(?:自|对|因|为|按|经|根据|符合)", narrow[0]):
        start = narrow.start()
    return clause[start : span.end].lstrip("由请")
