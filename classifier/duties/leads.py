"""Read what stands before a modal verb: whom it binds, on which condition, what it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from classifier.duties.act_view import find_verbs
from classifier.duties.subjects import find_roles, is_part_of_noun, subjects_of
from domain.law.duties import Bound, Subject

_JOINT = re.compile(
    r"^(?:并且?|且|同时|但是?|其中|此外|另外|对此|如|若|凡|现(?![有场存行状])|为此|因此|故)+[，]?"
)
# 在本市从事电池运输的企业
_WORKS_IN = re.compile(
    r"(?:在|于)[^，。；]{1,20}?(?:从事|开展|生产|销售|经营|运营|设立|注册|贮存|使用)[^，。；]{0,24}的(?:企业|单位|机构|经营者|公司|个人)"
)
# 发生爆炸等事故
_HAPPENS = re.compile(
    r"[^，。；]{0,8}(?:进入|停产|停业|停运|搬迁|退役$)[^，。；起日内前]{0,12}|(?:一旦|如)?(?:发生|发现|出现|遇有)[^，。；]{2,24}(?<!前)(?<!内)$"
)
_OWN_THING = re.compile(
    r"(?:对|将|把)?(?P<thing>[^，。；的在自于]{2,12}的[^，。；的]{2,10}(?<![时后前中内者人]))"
)
_TO_THING = re.compile(r"对(?P<thing>[^，。；的在自于外]{2,12})")  # (网点)对破损电池(应使用防爆箱)
_EMPHASIS = re.compile(r"(?<!统)(?:一律|一概|均|都|全部)$")
# 自公告之日起, 在出口前: a time or place, no subject and no topic
_TIME_LIKE = re.compile(
    r"^(?:(?:自(?![查行有用愿身])|从|在|于|按|因|根据|依据|未经|经(?=[^，]*(?:同意|批准|后|审核|检测|检验|评估)$)|除|为了?|由于|截至|本)|.*(?:起|之前|以前|前|之后|后|时|期间|以内|内|日|下)$)"
)
# 对自查发现的问题, 将不合格电池
_CONCERNS = re.compile(r"^(?:对于?|就|将|把|凡)(?P<object>.+)")
_MEASURED = re.compile(
    r"不(?:得)?(?:超过|低于|少于|高于)|[\d一二三四五六七八九十](?:日|年|个月|吨|米|%)$"
)
_NOT_YET = re.compile(r"未经[^，。；]{2,16}的[^，。；的]{1,10}(?<![者人业位])")  # 未经检测的电池
_STATE = re.compile(r"(?<=[^，]{2})(?:存在|发生|出现)")  # 旧接口存在漏洞
_TITLE = re.compile(r"《[^》]{1,80}》")
_HEAD_BREAK = re.compile(r"在|自(?!行|主|愿|动|有)|于|从(?!事)")


@dataclass(frozen=True, slots=True)
class ClauseLead:
    """What the words before a modal verb say: subjects, the condition (X的，), and the thing
    that a passive clause is about."""

    text: str = ""
    subjects: tuple[Subject, ...] = ()
    condition: str = ""
    topic: str = ""


def read_lead(text: str) -> ClauseLead:
    """The parts of the words before a modal verb; the clause next to the verb comes first."""
    plain = _TITLE.sub(lambda match: "□" * len(match[0]), text)
    clauses = [part.strip() for part in re.split(r"[，；：。]", plain) if part.strip()]
    subjects: tuple[Subject, ...] = ()
    condition = topic = ""
    for clause in reversed(clauses):
        bare = _JOINT.sub("", clause)
        bare = _EMPHASIS.sub("", bare)
        if not bare:
            continue
        named = () if subjects else _named(bare)
        subjects = subjects or named
        if bare.endswith(("的", "后", "时")) and not condition and len(bare) > 3:
            condition = _without_subject(bare.rstrip("的后时"))
        elif _HAPPENS.match(bare) and not condition:
            bare = re.sub(r"^(?:一旦|如)|的(?:单位|企业|机构|经营者)$", "", bare)
            condition = _without_subject(bare)
        elif not topic and (named or not subjects or _CONCERNS.match(bare)):
            topic = _owned(bare) if named else _topic(bare)
        if subjects and condition:
            break
    return ClauseLead(
        text, subjects, _as_written(condition, plain, text), _as_written(topic, plain, text)
    )


def _as_written(words: str, plain: str, text: str) -> str:
    """Words of the plain text with the titles that it blanks out."""
    start = plain.find(words) if "□" in words else -1
    return words if start < 0 else text[start : start + len(words)]


def _named(clause: str) -> tuple[Subject, ...]:
    """Whom a clause names: its only words, or those before its time or its condition."""
    concerned = _CONCERNS.match(clause)
    if concerned:
        return ()
    if clause.endswith("的"):
        return head_subject(clause) or _of_trade(clause)
    if _WORKS_IN.fullmatch(clause):
        return subjects_of(re.sub(r"^(?:在|于)", "", clause))
    if _TIME_LIKE.match(clause):
        return head_subject(_HEAD_BREAK.split(clause)[0]) or _narrowed(clause)
    return subjects_of(clause) or _narrowed(clause)


# 从事废动力电池回收经营活动的(，应当备案)
_TRADE = re.compile(
    r"(?:在[^，。；]{2,14})?从事(?P<what>[^，。；]{2,16}?)(?:经营)?(?:活动|业务|经营|服务)?的$"
)


def _of_trade(clause: str) -> tuple[Subject, ...]:
    """The role whose trade a clause names instead of it."""
    match = _TRADE.fullmatch(clause)
    words = match["what"].rsplit("、", 1)[-1] if match else ""
    roles = [role for role in find_roles(f"{words}企业") if role.subject.role != "any_company"]
    if match is None or not roles or roles[-1].end != len(words) + 2:
        return ()
    return (replace(roles[-1].subject, text=clause),)


# 本公告发布前已从事出口的经营者, 在区内销售汽车的生产企业（含总经销商）
_WHO_THEY_ARE = re.compile(r"[^，。；]{4,60}的[^，。；的]{2,10}(?:（[^（）]{0,30}）)?")


_LONGEST_NAME = 30  # characters of a subject that are told whole


def _narrowed(clause: str) -> tuple[Subject, ...]:
    """The role at the end of a clause that tells at length who is meant."""
    if not _WHO_THEY_ARE.fullmatch(clause) or re.match(
        r"[对向由经将把与给为从除]|根据|按照", clause
    ):
        return ()
    plain = re.sub(r"（[^（）]*）$", "", clause)
    roles = find_roles(plain)
    if not roles or roles[-1].end != len(plain) or roles[-1].subject.kind is Bound.AUTHORITY:
        return ()
    if roles[-1].subject.role == "any_company" and len(roles) > 1:
        return ()  # 设立回收网点的单位
    last = roles[-1].subject
    return (replace(last, text=plain) if len(plain) <= _LONGEST_NAME else last,)


def head_subject(clause: str) -> tuple[Subject, ...]:
    """The subject at the head of a clause: 维修企业更换动力电池的 names the repair shop."""
    roles = find_roles(clause)
    if not roles or (
        roles[0].end == len(clause.rstrip("的")) and roles[0].start == 0 and len(roles) == 1
    ):
        return subjects_of(clause)
    first = roles[0]
    if first.start and not re.fullmatch(
        r"(?:[^，。；至给向交由]{2,20}的|[迟漏未]报|[^，。；向对由经给与为从将把被自在于报并及其]{1,4})",
        clause[: first.start],
    ):
        return ()
    if first.start and not clause[: first.start].endswith("的") and _acts(clause, first.start):
        return ()
    end = first.end
    for role in roles[1:]:
        if re.fullmatch(r"(?:[、和与及或]|以及|或者)(?:各|有关|相关)?", clause[end : role.start]):
            end = role.end
        else:
            break
    other = clause[end:].startswith("的") or is_part_of_noun(clause[end:])
    return () if other else subjects_of(clause[:end])


def _acts(clause: str, start: int) -> bool:
    """Whether what stands before a role is an act of another: 公布(网点地址)."""
    verbs = find_verbs(clause[:start])
    return bool(verbs) and verbs[-1][1] == start and verbs[0][0] == 0


def _without_subject(condition: str) -> str:
    """A condition's own words: 维修企业更换动力电池 is 更换动力电池."""
    roles = find_roles(condition)
    led = roles and (roles[0].start == 0 or (roles[0].start <= 8 and head_subject(condition)))
    if led and roles[0].end < len(condition):
        end = roles[0].end
        for role in roles[1:]:
            if re.fullmatch(
                r"(?:[、和与及或等]|以及)[^，。；的]{0,6}", condition[end : role.start]
            ):
                end = role.end
        rest = condition[end:]
        return condition if is_part_of_noun(rest) else rest
    return condition


def _owned(clause: str) -> str:
    """The thing of the subject that a clause is about: 维修企业更换下的动力电池(，须移交)."""
    roles = find_roles(clause)
    if not roles or roles[0].start > 0:
        return ""
    match = _OWN_THING.fullmatch(clause, roles[0].end) or _TO_THING.fullmatch(clause, roles[0].end)
    return match["thing"] if match else ""


def _topic(clause: str) -> str:
    """The thing that a passive clause is about: 破损的废动力电池(应当单独存放)."""
    if concerned := _CONCERNS.match(clause):
        return re.sub(r"(?:印发|转发|公布|予以公告)(?:给你们)?$", "", concerned["object"])
    if clause.startswith(("由", "属于", "视为")):
        return ""
    clause = _STATE.split(clause)[0]
    if _NOT_YET.fullmatch(clause):
        return clause
    if (
        _TIME_LIKE.match(clause)
        or clause in ("到期", "期满", "届满", "届时", "逾期", "超期")
        or len(clause) < 2
        or subjects_of(clause)
        or _MEASURED.search(clause)
    ):
        return ""
    return clause
