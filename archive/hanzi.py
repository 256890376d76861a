"""Traditional characters and their simplified forms, for search only.

One to one, the common characters of legal and business text. Characters whose simplified form
depends on the word (乾, 著 …) are left as they are or folded the way mainland texts use them.
"""

from __future__ import annotations

_PAIRS = """
萬万與与專专業业東东絲丝兩两嚴严個个豐丰臨临為为麗丽舉举義义烏乌樂乐習习鄉乡書书買买亂乱爭争於于虧亏雲云亞亚產产畝亩親亲億亿僅仅從从侖仑倉仓儀仪們们價价眾众優优會会傘伞偉伟傳传傷伤倫伦偽伪體体餘余佔占
"""

_pairs = "".join(_PAIRS.split())
SIMPLIFIED = {ord(_pairs[i]): _pairs[i + 1] for i in range(0, len(_pairs), 2)}


def simplify(text: str) -> str:
    """The text with traditional characters replaced by simplified ones; same length."""
    return text.translate(SIMPLIFIED)
