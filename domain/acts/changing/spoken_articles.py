"""Notice that a sentence speaks of an article of an act in a way not known to change nothing.

No list has all the words by which an act may be changed. So it is asked the other way round: an
article that is named is in doubt, unless the words are of the few kinds that leave it as it is: it
is cited, explained, made a condition, told of, or describes who has a duty.
"""

from __future__ import annotations

import re

from domain.acts.changing.marked_acts import OTHER, PART, THIS

# 某号文件中关于第八条 · 《…》所附附件2.
_NAMED = rf"{THIS}(?:号?文件?)?(?:[，,]?其中|[之中里内的])?(?:所附的?|附的)?(?:关于|有关)?{PART}"
_SPOKEN = re.compile(rf"(?P<before>[^。；]*?){_NAMED}(?P<after>[^。；]*)")
# 第六条今后放到四十五日 · 二、对第六条作扩大理解, in a text that is about the act.
_BARE = re.compile(
    rf"(?P<before>^\s*(?:[（(]?[一二三四五六七八九十\d]{{1,3}}[）)]?[、.．]?)?\s?"
    rf"(?:自[^，。；]{{2,24}}起[，,]?)?(?:(?![依按据照违符])[^，。；]){{0,8}}?)"
    rf"{PART}(?P<after>(?![\s\u3000])[^。；]*)"
)
_VALUE = r"[\d一二三四五六七八九十百千两半][^，。；]{0,4}[日天月年吨元倍份次成%％]"
MEASURES = (
    r"期限|时限|时间|期间|日期|日子|末日|截止|标准|数额|金额|罚款|幅度|上限|下限"
    r"|比例|频次|次数|吨数|数量|门槛|额度"
)
# 《…》规定的贮存期限为四十五日, without its article.
_MEASURED = re.compile(
    rf"{THIS}[^，。；{THIS}{OTHER}]{{0,16}}(?:{MEASURES})(?P<after>[^。；{THIS}{OTHER}]*?{_VALUE})"
)
_KEPT = re.compile(
    # 所称“时限”，是指自入库之日起计算的期限
    r"[^，。；]{0,6}?(?:所[称指说][^。；]{0,40}?|[中里]?的?[\ue000-\ue3e7][，,]?)"
    r"(?:是指|系指|指|包括|均?自[^。；]{1,40}?(?:起|计算|起算))"
    # 不能改变省级规则 · 不影响合同
    r"|不(?:能|得)?(?:改变|影响|妨碍)"
    # 规定的条件发生变更的，应当报告
    r"|[^，。；]{0,40}的[，,]"
    # 规定，企业应当备案 · 明确了时限 · 对…作出规定
    r"|(?:已经?|也|均|都)?(?:规定|明确|要求|指出|强调)(?:了|[，,：:])"
    r"|[^，。；]{0,20}[作做]了[^，。；]{0,6}规定"
    # 落实情况 · 执行中的问题
    r"|的?(?:贯彻|落实|执行|实施|遵守|履行|完成)[^，。；]{0,4}(?:情况|中|过程|检查|问题)"
    # 继续有效 · 保持不变
    r"|[^，。；]{0,10}(?:(?:继续|照常|仍然?|依然)(?:有效|执行|适用|施行)|(?:保持|维持)?不变|不作(?:修改|调整|变动)|一仍其旧)"
    # 拟修订 · 建议
    r"|[^，。；]{0,12}(?:拟(?!定)|建议|征求意见)"
)
# 规定的网点应当在三十日内完成改造: who has a duty, where it is no measure that is set anew.
_DUTY_BEARER = re.compile(
    r"(?:所|的)?(?:规定|要求|所列|列明|指|确定)?的?(?P<who>[^，。；]{1,24}?)(?:应当?|必须|不得|可以|须)"
    r"(?!不再|免|不予|执行本|按本|按照本|依照本|以本)"
)
_IS_MEASURE = re.compile(MEASURES)
# 向《…》第八条规定的部门报告 · 不具备《…》第八条规定条件.
_DESCRIBES = re.compile(
    r"(?:向|由|经|在|具备|满足|达到|提交|履行|遵守|作出|填写|出具|有|属于?|按照?|依照?|依据|根据)[^，。；]{0,10}$"
)
_DESCRIBED = re.compile(r"(?:所?规定|所列|所指|要求|明确)")
# 该企业不符合《…》第五条，责令停止: who breaks it.
_BROKEN = re.compile(
    r"(?:不|未)(?:按|符合|满足|达到|遵守|履行|能)[^，。；]{0,10}$|违背|触犯|(?<!不)违反"
)
_UNDONE = re.compile(r"不(?:再|予|必|用|需|须|得)?(?:执行|适用|实施|遵守|履行|受)[^，。；]{0,4}$")
_PLANNED = re.compile(r"拟|建议|征求|研究|正在|推动|推进|计划|尚未|如(?:有|需|果)|若|是否")
_AGREES = re.compile(r"[^，。；]{0,10}(?<!不)(?:相?一致|相符|相衔接)")
_ALONE = re.compile(r"(?:^|[（(|：:])\s*$")
_CELL_ENDS = re.compile(r"\s*(?:[）)|：:\u3000]|$)")


def speaks_of_article(marked: str, *, announced: bool) -> bool:
    """Whether a statement speaks of an article of the act by words that may change it;
    ``announced``: it means the act without naming it."""
    if any(not _as_it_stands(one, announced) for one in _SPOKEN.finditer(marked)):
        return True
    if any(not _is_plan(marked[: one.start()]) for one in _MEASURED.finditer(marked)):
        return not _KEPT.search(marked) and not _duty_of_somebody(marked)
    bare = _BARE.match(marked) if announced and OTHER not in marked else None
    return bare is not None and not _as_it_stands(bare, announced)


def may_speak_of_article(marked: str) -> bool:
    """Whether a sentence may do so, whatever act it means by its bare articles."""
    return speaks_of_article(marked, announced=False)


def _as_it_stands(named: re.Match[str], announced: bool) -> bool:
    """Whether the words around an article are known to leave it as it is."""
    before, after = _last_clause(named["before"]), named["after"]
    if _KEPT.match(after) or _is_plan(before):
        return True
    if _BROKEN.search(before):
        return True
    if _UNDONE.search(before):
        return False
    if _ALONE.search(before) and _CELL_ENDS.match(after):
        return not announced or not after.strip(" ）)|：:\u3000")
    if _DESCRIBES.search(before) and _DESCRIBED.match(after):
        return True
    return _AGREES.match(after) is not None or _duty_of_somebody(after)


def _duty_of_somebody(after: str) -> bool:
    duty = _DUTY_BEARER.match(after)
    return duty is not None and not _IS_MEASURE.search(duty["who"])


def _is_plan(before: str) -> bool:
    return _PLANNED.search(_last_clause(before)) is not None


def _last_clause(words: str) -> str:
    return re.split("[，,]", words)[-1]
