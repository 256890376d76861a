import re
from pathlib import Path

from i18n.web_phrases import ZH
from noticewatch import web


def test_every_phrase_of_the_pages_has_its_chinese():
    """What the templates say by ``t("…")`` and ``w.say("…")``; codes and states have tables."""
    folder = Path(web.__file__).parent / "templates"
    source = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.html"))
    said = re.findall(r"""(?<![\w.])(?:t|w\.say)\("([^"]+)"|(?<![\w.])t\('([^']+)'\)""", source)
    phrases = {double or single for double, single in said} - {"level "}
    assert len(phrases) > 150
    assert phrases - set(ZH) == set()
