"""What only the whole act says: who its one kind of company is, which documents 上述材料 are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from classifier.duties.sanctions.sanction_binding import Placed
from classifier.duties.subjects import find_roles
from domain.law.duties import Bound, Duty

# 试点企业, 业主单位: no other than whom the act is about
_GENERAL = re.compile(
    r"(?:该|上述|前述|承担|实施|业主|参加|参与|入选|试点|纳入试点的|符合[^，。；]{0,8}条件的)(?:企业|单位|公司)"
)
_LIST_ONLY = re.compile(
    r"(?:相关|有关|申报|申请|下列|以下|如下)?(?:材料|资料|文件)(?:清单)?(?:应当?|须)?(?:包括|如下|为)?"
)
# 上述材料一式两份, 有关申报材料
_LISTED = re.compile(
    r"(?:将|把)?(?:上述|以上|前述|上列|所列|前款|全部|相关|有关|申报|申请)?(?:申报|申请|备案|核验|验收|评价)?(?:材料|资料|文件)(?:一式[^，。；]{1,3}份)?(?:[连一]同[^，。；]*)?"
)


def with_lone_role(placed: Sequence[Placed]) -> list[Placed]:
    """Where an act binds companies of one role only, 试点企业 and 业主单位 are those; not where
    the role also receives what others hand over."""
    roles = {item.duty.who.role for item in placed if item.duty.who.kind is Bound.COMPANY}
    named = roles - {"any_company", None}
    if len(named) != 1 or "any_company" not in roles:
        return list(placed)
    role = named.pop()
    if any(role in _received_by(item.duty) for item in placed):
        return list(placed)
    return [
        replace(item, duty=replace(item.duty, who=replace(item.duty.who, role=role)))
        if _is_general(item.duty) else item
        for item in placed
    ]  # fmt: skip


def _is_general(duty: Duty) -> bool:
    return duty.who.role == "any_company" and bool(_GENERAL.fullmatch(duty.who.text or ""))


def _received_by(duty: Duty) -> set[str | None]:
    words = f"{(duty.where and duty.where.name) or ''}，{duty.object}"
    return {span.subject.role for span in find_roles(words)}


def with_listed_documents(
    placed: Sequence[Placed], spare: Sequence[tuple[str, ...]]
) -> list[Placed]:
    """报送的材料包括：…；企业须于2月10日前将上述材料报市局: one duty, with the documents listed;
    ``spare`` are those of lists that no duty asks for by themselves."""
    placed = [_with_spare(item, spare) for item in placed]
    found: list[Placed] = []
    held: Placed | None = None
    for item in placed:
        duty = item.duty
        if held is not None and not duty.documents and _LISTED.fullmatch(duty.object):
            name = _name_of(held.duty, duty)
            found.remove(held)
            if (called := _called_for(found, duty)) is not None:
                name = called.duty.object  # 请报送年度核验材料: the same, by its name
                found.remove(called)
            found.append(
                replace(item, duty=replace(duty, documents=held.duty.documents, object=name))
            )
            held = None
            continue
        found.append(item)
        if duty.documents and duty.when is None and _LIST_ONLY.fullmatch(duty.object):
            held = item
    return found


def _with_spare(item: Placed, spare: Sequence[tuple[str, ...]]) -> Placed:
    duty = item.duty
    if len(spare) != 1 or duty.documents or not _LISTED.fullmatch(duty.object):
        return item
    name = re.sub(r"一式.*|[连一]同.*", "", duty.object)
    return replace(item, duty=replace(duty, documents=spare[0], object=name))


def _called_for(found: Sequence[Placed], duty: Duty) -> Placed | None:
    """The duty before it that calls for the same material without a day."""
    for item in reversed(found):
        other = item.duty
        same = (other.act, other.who.role) == (duty.act, duty.who.role) and other.when is None
        if same and other.object.endswith(("材料", "资料", "文件")):
            return item
    return None


def _name_of(listed: Duty, duty: Duty) -> str:
    """The thing that is handed in: its own name without 一式两份."""
    name = re.sub(r"一式.*|[连一]同.*|^(?:将|把)", "", duty.object)
    return name or listed.object
