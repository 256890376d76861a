"""What a sentence makes of its words: must, may or must not; denied, only, all; past or present."""

from __future__ import annotations

import re
from typing import Literal

from domain.claims.words.plain_form import plain

# now oblige, in force since August; 已经生效
_IN_FORCE = re.compile(
    r"\b(?:in force|in effect|took effect|has taken effect|(?:is|are) now law|"
    r"now (?:oblige|require|have to|must|apply)\w*|since \w+ (?:the|a|an|it|its)|adopted|"
    r"enacted|already (?:applies|binding))\b"
    r"|现行(?:的)?(?:办法|规定|细则|法规|制度)|已经?(?:要求|规定|明确)|已(?:经|于[^，。]{0,12})?(?:生效|施行|实施|执行|出台)|现已|正式(?:施行|实施|生效)"
    r"|(?:仍|目前|现行)(?:然)?(?:执行|有效)"
)
Force = Literal["must", "may", "must_not"]

# goods that do not meet the requirements; 不符合要求的, 数量不符的: which ones, nothing is denied
_WHICH = re.compile(
    r"\b(?:that|which|who) (?:do|does|did|are|is|were|was|have|has|had|can|could) not\b"
    r"|(?:不符合?|不合格|不达标|不一致|不完整)[^，,。；;]{0,12}?(?:的|时)(?=[，,、。一-鿿]|$)"
)

_MUST_NOT = re.compile(
    r"\b(?:no (?:[a-z-]+ ){1,4}(?:may|can|shall|must)|nobody may|neither [a-z -]{2,40} may|"
    r"must not|mustn't|shall not|may not|cannot|can not|can't|not (?:be )?(?:allowed|"
    r"permitted)|no longer (?:be )?(?:allowed|permitted)|"
    r"(?:is|are|was|were) (?:strictly |expressly )?(?:prohibited|forbidden|banned|barred)|"
    r"prohibits?|forbids?|forbidden|bans?|barred|outlaws?)\b"
    r"|不得|禁止|严禁|不可以|不准|不允许|不许"
)
_MUST = re.compile(
    r"\b(?:must|shall|(?:is|are|be|was|were) (?:now |also |legally )?(?:required|obliged|"
    r"bound|ordered) to|ha(?:s|ve|d) to|needs? to|requires?|"
    r"required to|obligations?|duty|duties|mandatory|compulsory|has them|come before|"
    r"may only|only be|only to)\b"
    r"|应当|必须|须(?!知)|(?<![对相供反响适效])应(?=[^用急对]|$)|需要|强制|只能|只可|仅可"
)
# Not more than six months is a bound to keep to, and forbids nothing of its own.
_BOUND = re.compile(
    r"\b(?:may|must|shall|can)(?:not| not)\b[^.;,]{0,50}?\b(?:more|longer|less|fewer|higher|"
    r"lower) than\b|"
    r"\b(?:may|must|shall|can)(?:not| not) exceed\b|不得?(?:超过|低于|少于|高于|大于|小于|多于)"
)
_MAY = re.compile(
    r"\b(?:may|can|(?:is|are) (?:free|allowed|permitted|entitled) to|need not|"
    r"not (?:required|obliged|need)|optional|exempt\w*)\b"
    r"|可以|允许|准许|可(?=[自选不向在申])|无需|无须|不必|鼓励"
)
_ONLY = re.compile(r"\b(?:only|solely|exclusively)\b|只能|仅|只可")
_ALL = re.compile(
    r"\b(?:all|every|any|each|always|entirely|fully|whole|completely|in full|immediately|"
    r"without exception)\b|所有|全部|一律|任何|均须|一切"
)
_NOT = re.compile(
    r"\b(?:not|no|never|neither|nor|none)\b(?! (?:later|less|more|fewer|only|exceed\w*|"
    r"earlier)\b)(?!\.? ?\d)|n't\b|\bwithout\b"
    r"|[不未无非](?<!非(?=[法常]))(?<!未(?=来))(?!得|少于|低于|超过|高于|超|仅|同|论|害|锈|变|燃|易|良|可抗|准|必|须|需)|没有|并非"
)
# does not take effect until a day
_UNTIL = re.compile(r"(?:\bnot|n't)\b[^.;]{0,60}\buntil\b")
_ANYONE = re.compile(r"\b(?:anyone|anybody|any (?:company|buyer|party|firm|person))\b|任何")
_PAST = re.compile(
    r"\b(?:was|were|had|until|previously|formerly|used to|at the time|in its day|did|"
    r"under the old|before its repeal|originally|once|"
    r"from 20\d\d (?:to|until)|then-)\b|曾|当时|此前|原(?=[《规办])|过去|一度"
)
_NORMATIVE = re.compile(
    r"\b(?:must|shall|requires?|(?:is|are) (?:required|obliged|subject|prohibited|forbidden|"
    r"banned|allowed)|may|can|has to|have to|"
    r"applies|apply|governs?|(?:is|are) the (?:main|governing|current|basis|base|key|"
    r"applicable)|in force|regulates?|currently|sets?|provides?|"
    r"prohibits?|forbids?|obliges?|remains?|covers?|stipulates?)\b|应当|必须|不得|要求|规定|"
    r"适用|需|须|可以|现行|目前|依据|按照|根据"
)


def force_of(text: str) -> Force | None:
    """Whether a sentence obliges, allows or forbids; None where it only tells."""
    searched = plain(text)
    bare = _BOUND.sub(" ", searched)
    if _MUST_NOT.search(bare):
        return "must_not"
    if bare != searched:
        return "must"
    if _MUST.search(searched):
        return "must"
    return "may" if _MAY.search(searched) else None


def is_denied(text: str) -> bool:
    """Whether a sentence denies something, beside any prohibition."""
    searched = _WHICH.sub(" ", _UNTIL.sub(" ", _MUST_NOT.sub(" ", plain(text))))
    return _NOT.search(searched) is not None


def scope_words(text: str) -> list[str]:
    """The words that narrow or widen a sentence: only, all."""
    searched = plain(text)
    found = [("only", _ONLY), ("anyone", _ANYONE), ("all", _ALL)]
    return [name for name, pattern in found if pattern.search(searched)]


def is_past(text: str) -> bool:
    """Whether a sentence tells what was rather than what is."""
    return _PAST.search(plain(text)) is not None


def tells_force(text: str) -> bool:
    """Whether a sentence says outright that something is law by now."""
    return _IN_FORCE.search(plain(text)) is not None


def states_current_law(text: str) -> bool:
    """Whether a sentence gives something as the law of today."""
    return _NORMATIVE.search(plain(text)) is not None and not is_past(text)
