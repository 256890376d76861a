"""Mark in a statement the act that is asked for and any other one, without what only cites.

An act that is rested on, carried out, told of or published again is not changed by it.
"""

from __future__ import annotations

import re

from domain.acts.amendment_parser import ActNames
from domain.text.act_numbers.standard_numbers import find_standard_numbers
from domain.text.document_numbers import find_document_numbers

# The act that is asked for, and any other, stand as one character each.
THIS, OTHER = "\uf8fe", "\uf8fd"
_ACT = f"[{THIS}{OTHER}]"
_NAME = re.compile(
    r"《(?P<title>[^《》]{2,120}(?:[《〈][^《》〈》]{2,80}[》〉][^《》]{0,60})?)》"
    r"(?:\s?[（(](?P<note>[^（）()]{0,60})[）)])?"
)
# 原办法, 该通知: the act that was named last.
THE_SAME = re.compile(
    r"(?:原|该|同一|上述|前述|前款|此前的?)(?:管理)?"
    r"(?:办法|规定|通知|公告|方案|条例|细则|意见|规则|标准|目录|规范|条件|指南|文件|制度)"
)
# 天津海关2024年第6号公告, whose one spelling has the kind in front.
_NUMBER_FIRST = re.compile(
    r"(?:[\u4e00-\u9fff]{2,12}(?:部|委|局|署|厅|会|关|院))?\d{4}年第\d{1,4}号(?:公告|通告|令)"
)
ARTICLE = (
    r"第[〇零一二三四五六七八九十百\d]{1,6}[条章款项目](?:之[一二三四五六七八九十])?"
    r"(?:第[（(]?[〇零一二三四五六七八九十\d]{1,4}[）)]?[款项目])*"
)
ARTICLES = rf"{ARTICLE}(?:[、和及与至到，]{{1,2}}{ARTICLE})*"
PART = (
    rf"(?:{ARTICLES}|附(?:件|表|录)\s?[\d一二三四五六七八九十]{{0,3}}"
    r"|\d{1,2}(?:\.\d{1,2})+条?)"
)


# 其第二条“五份”改按“三份”.
ITS = re.compile(rf"(?:(?<=[，,。；、])|^)其(?={ARTICLE})")
# 本局制定的《…》，其中第八条: whose act it is.
_WHOSE = (
    rf"(?!(?<=[印发公颁][发布])的[^，。]{{0,2}}{_ACT}文件)"
    rf"(?!(?<=发|布|台|定|草)的[^，。]{{0,6}}{_ACT}(?:[，,]?其中|文件)?的?{PART})"
)
# 按照《…》第八条规定的 · 违反《…》第五条 · 依《…》, but not 不再执行《…》.
_CITED = re.compile(
    r"(?:掌握|熟悉|了解|(?:便于|准确|正确|全面|深入)理解|根据|依据|依照|按照|遵照|遵守|参照|参考|比照|对照|贯彻|落实|宣传|学习|(?<!不)(?<!再)符合|违反|满足|"
    r"(?<![不再止停缓])(?:执行|实施|适用)|详见|参见|(?<!意)见|衔接|配套|属于|列入|纳入|达到|转发|印发|"
    r"发布|公布|颁布|出台|制定|起草|解读|(?<![的可])依|(?<![的数依])据|(?<![的])按)"
    rf"{_WHOSE}[^，。{THIS}{OTHER}]{{0,16}}{_ACT}"
    rf"(?:(?:的?{PART})?(?:的?规定)?[、和及与以]{{1,2}}{_ACT})*(?:等[^，。]{{0,8}})?"
    rf"(?:的?{PART})?(?:的?(?:有关|相关|具体)?(?:规定|要求|精神|部署|安排|标准|程序|条件|内容)的?)?"
)
# 《…》施行后 · 《…》（2024年修订）印发以来 · 《…》修订期间.
_SINCE_THEN = re.compile(
    rf"{_ACT}(?:自[^，。]{{0,20}})?(?:正式)?"
    r"(?:施行|实施|发布|印发|公布|出台|生效|执行|颁布|修订|修改|修改完成|废止)"
    r"(?:之日|日)?(?:后|前|以来|以后|之前|起|期间|时|过程中|情况|工作|进展|的(?=[^，。]{0,12}(?:企业|单位|项目|产品)))"
)
# 新修订的《…》 · 修订后的《…》 · 已废止的《…》.
_AS_CHANGED = re.compile(
    r"(?:新|已|经|最新|重新|此次)?(?:修订|修改|修正|调整|更新|更名|废止|失效|变更)"
    rf"(?:后的?|的|公布的|印发的|发布的)[^，。{THIS}{OTHER}]{{0,4}}{_ACT}"
)
# 《…》第三章对暂停服务作了规定 · 《…》解读: what it says is told.
_TOLD = re.compile(
    rf"{_ACT}(?:{PART})?(?:对|就|将)[^，。；]{{1,40}}(?:作|做)[了出][^，。；]{{0,8}}规定"
    rf"|{_ACT}(?:{PART})?(?:明确|规定|要求|指出|强调)了?[：:，]"
    rf"|{_ACT}[^，。；]{{0,6}}(?:解读|问答|宣传|宣讲|培训)"
)
# 关于修订某规则的通知（某发〔2026〕75号）: the number of what is called so.
_TITLED = re.compile(
    r"关于[^，。；]{2,80}(?:通知|决定|公告|复函|函|批复|意见|通报)\s?[（(]?\s?"
    rf"{_ACT}[）)]?"
)
# 本决定第三条 speaks of itself.
_OWN = re.compile(
    rf"本(?:办法|规定|条例|决定|细则|规则|通知|公告|意见|方案|复函|函|标准|修改单)的?{PART}"
)
# 条文顺序作相应调整: the count is the amended text's.
_COUNTED_ANEW = re.compile(
    r"(?:条文|条款|款项|序号|顺序|编号|条序)[^，。；]{0,10}(?:相应|依次|顺次)?[^，。；]{0,4}(?:调整|顺延|修改|编排)"
    r"|(?:作|作出|做出?|进行)相应(?:的)?(?:调整|修改|变动)|重新公布|依次顺延|依次递[延补]"
)
# 第七条至第九条依次改为第六条至第八条.
_RANGES = re.compile(
    rf"{ARTICLE}[至到—-]{{1,2}}{ARTICLE}[，,]?(?:的序号)?(?:依次|分别|相应|顺次)[^，。；]{{0,4}}"
    rf"(?:改|调整|变更|顺延|前移|后移|递补)(?:为{ARTICLE}(?:[至到—-]{{1,2}}{ARTICLE})?)?"
    rf"|{ARTICLES}(?:的序号)?(?:依次|分别|相应|顺次)?[^，。；]{{0,4}}(?:改|改排|调整|变更|顺延|前移|后移|递补|递减|递增)为"
    rf"{ARTICLE}(?:[至到—、和及与-]{{1,2}}{ARTICLE})+"
)


def marked_acts(words: str, names: ActNames, *, same: str) -> str:
    """Words with one character for each act, without what only cites; ``same``: the character of
    the act that was named last (该办法)."""
    plain = _NAME.sub(lambda match: _mark(match, names), words)
    plain = _NUMBER_FIRST.sub(lambda match: THIS if names.named_in(match[0]) else OTHER, plain)
    for number in find_document_numbers(plain):
        if number in plain:
            plain = plain.replace(number, THIS if names.named_in(number) else OTHER)
    for start, end, number in reversed(find_standard_numbers(plain)):
        plain = plain[:start] + (THIS if names.named_in(number) else OTHER) + plain[end:]
    plain = ITS.sub(same, THE_SAME.sub(same, plain))
    plain = re.sub(rf"({_ACT})[（(][^（）()]{{0,40}}[）)]", r"\1", plain)
    for pattern in (_TITLED, _OWN, _AS_CHANGED, _CITED, _SINCE_THEN, _TOLD):
        plain = pattern.sub(_blank, plain)
    return _COUNTED_ANEW.sub("", _RANGES.sub("", plain))


def _blank(match: re.Match[str]) -> str:
    """What only cites leaves nothing but the other act that it names."""
    return "" if THIS in match[0] else re.sub(f"[^{OTHER}]", "", match[0])


def _mark(match: re.Match[str], names: ActNames) -> str:
    return THIS if names.named_in(match[0].replace("〈", "《").replace("〉", "》")) else OTHER
