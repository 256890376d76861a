"""Headings that say whom what follows binds: 一、电池回收企业, （二）对换电站的要求."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from classifier.duties.act_view import find_verbs
from classifier.duties.subjects import RoleSpan, find_roles, subjects_of
from domain.law.duties import Bound, Subject

_LONGEST = 24  # characters of a heading
_AROUND = re.compile(
    r"^(?:对于?|关于|针对|涉及)|(?:方面|环节)?的?(?:主体)?(?:责任|义务|要求|职责|规定|应当?做到|须做到)?(?:如下)?[：:。]?$"
)
_BROKEN = re.compile(r"(?:[、和与及或]|以及|和其他)(?:各类?|有关|相关)?")
# 申报主体, 责任单位: what a notice says of them, no order to them
_NO_ADDRESS = re.compile(
    r"(?:申报|申请|牵头|责任|承办|主办|联系|实施|支持|适用|管理|服务|咨询|推荐|受理|发布|起草|编制|试点|评审|主管)[^，。；]{0,4}(?:主体|对象|单位|机构|部门|企业|范围)"
)
_NARROWED = 6  # characters that may narrow a general word: 入园施工(单位)


def headed_roles(body: str) -> tuple[Subject, ...]:
    """The roles that a heading consists of; none where it says anything else."""
    words = _AROUND.sub("", body.strip("　 "))
    if not 2 < len(words) <= _LONGEST or re.search(r"[。；\d，]", words):
        return ()
    spans = find_roles(words)
    if not spans or _NO_ADDRESS.fullmatch(words):
        return ()
    if any(span.subject.kind is Bound.AUTHORITY for span in spans):
        return ()  # 各市工业和信息化局：
    before, first = words[: spans[0].start], spans[0].end
    if len(before) > _NARROWED or find_verbs(before) or spans[-1].end != len(words):
        return ()
    between = [words[a:b] for a, b in pairwise([first, *_edges(spans[1:])])][::2]
    if not all(_BROKEN.fullmatch(part) for part in between):
        return ()
    return subjects_of(words)


def _edges(spans: Sequence[RoleSpan]) -> list[int]:
    """Starts and ends of roles in order."""
    return [edge for span in spans for edge in (span.start, span.end)]
