"""Sanctions that one act ties to the duties of another: 违反《…办法》第十二条规定，未报送信息的."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from domain.acts.status import NO_LONGER_BINDING
from domain.law.duties import Bound, Duty, Modality, Sanction
from domain.records.notice import Notice

# 违反《新能源汽车废旧动力电池回收和综合利用管理暂行办法》第十二条
_CITED = re.compile(
    r"违反[^，。；《]{0,6}《(?P<title>[^》]{6,80})》(?:[（〔(][^）〕)]{2,30}[）〕)])?"
    r"(?P<article>第[〇零一二三四五六七八九十百\d]{1,7}条(?:之[一二三四五六七八九十])?)(?!至|、|和|或)"
)
_TOLD = frozenset({"report", "provide", "file", "declare"})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Punished:
    """What an act punishes of another: its article, the conduct as a duty, the sanction."""

    title: str
    article: str
    conduct: Duty
    sanction: Sanction
    by: int


def sanctions_across(notices: Sequence[Notice]) -> dict[int, list[_Punished]]:
    """What the acts in force punish of each other, by the act whose duties are meant: its title
    is the cited one, so is the article, and the conduct is named."""
    cited = [item for notice in notices if _in_force(notice) for item in _punishes(notice)]
    if not cited:
        return {}
    found: dict[int, list[_Punished]] = {}
    for notice in notices:
        meant = [item for item in cited if item.by != notice.id and _is_titled(notice, item.title)]
        if meant and _in_force(notice):
            found[notice.id] = meant
    return found


def with_sanctions(duty: Duty, punished: Iterable[_Punished]) -> Duty:
    """A duty with the sanctions of other acts that name its article and repeat what it asks."""
    more = [
        replace(item.sanction, act_id=item.by) for item in punished if _is_broken(duty, item)
    ]  # fmt: skip
    return replace(duty, sanctions=(*duty.sanctions, *dict.fromkeys(more))) if more else duty


def _in_force(notice: Notice) -> bool:
    return notice.status not in NO_LONGER_BINDING and notice.stage not in ("draft", "news", "case")


def _punishes(notice: Notice) -> Iterator[_Punished]:
    for duty in notice.duties:
        match = _CITED.search(duty.quote) if duty.sanctions else None
        if match is None:
            continue
        for sanction in duty.sanctions:
            if sanction.kinds and sanction.quote == duty.quote:
                yield _Punished(
                    title=match["title"], article=match["article"], conduct=duty,
                    sanction=sanction, by=notice.id,
                )  # fmt: skip


def _is_titled(notice: Notice, title: str) -> bool:
    """Whether an act bears a title, alone, behind its issuer, or as what its notice issues."""
    own = notice.title.strip()
    if own.strip("《》") == title:
        return True
    issued = f"《{title}》" in own and re.search(r"印发|发布|公布", own) is not None
    return issued and re.search(r"解读|修改|废止|延长|更正|意见", own) is None


def _is_broken(duty: Duty, item: _Punished) -> bool:
    conduct = item.conduct
    if duty.article != item.article or duty.who.kind is Bound.AUTHORITY:
        return False
    if duty.modality is Modality.MAY or duty.modality is not conduct.modality:
        return False
    same_act = duty.act == conduct.act or {duty.act, conduct.act} <= _TOLD
    roles = {duty.who.role, conduct.who.role}
    general = roles & {None, "any_company"}
    return (
        same_act and _same_thing(duty.object, conduct.object) and (bool(general) or len(roles) == 1)
    )


def _same_thing(one: str, other: str) -> bool:
    """Whether two objects are one thing: most of the shorter's pairs of characters stand in the
    longer."""
    short, long = sorted((one, other), key=len)
    pairs = {short[i : i + 2] for i in range(len(short) - 1)}
    return bool(pairs) and 3 * sum(pair in long for pair in pairs) >= 2 * len(pairs)
