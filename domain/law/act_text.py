"""The text of an act itself: the page's, or the attachment's where the page only carries it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.records.notice import Version
from domain.text.articles import split_articles
from domain.text.units import text_blocks

_FEW = 2  # articles that make a text an act's own


@dataclass(frozen=True, slots=True)
class ActText:
    """The words of an act, and how many articles (第X条) they have."""

    text: str
    articles: int


def act_text(version: Version) -> ActText:
    """The text with the act's articles: the page, else the attachment that has the most."""
    texts = [version.text, *(item.text for item in version.attachments)]
    counted = [ActText(text, _articles(text)) for text in texts if text]
    if not counted:
        return ActText("", 0)
    if counted[0].articles >= _FEW:
        return counted[0]
    best = max(counted, key=lambda item: item.articles)
    return best if best.articles >= _FEW else counted[0]


def with_act_text(version: Version, text: str) -> Version:
    """The version as its act reads with another text, in the page or the attachment."""
    own = act_text(version).text
    if own == version.text:
        return replace(version, text=text, blocks=text_blocks(text))
    attachments = tuple(
        replace(item, text=text) if item.text == own else item for item in version.attachments
    )
    return replace(version, attachments=attachments)


def _articles(text: str) -> int:
    return sum(part.label.startswith("第") and "条" in part.label for part in split_articles(text))
