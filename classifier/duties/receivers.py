"""Find where or to whom something goes: 报送至省厅, 移交综合利用企业, 告知车主."""

from __future__ import annotations

import re

from classifier.duties.act_view import NAME, ActView, Verb
from domain.law.duties import Destination

_OF = ("的", "等", "、", "和", "与", "信息", "数据")
# 移交综合利用企业处置: what the receiver does with it
_HANDLED = re.compile(
    r"(?:[进统]行|统一|集中)?(?:处置|处理|利用|回收|拆解|保管|备案|汇总|审核|存档)?[，。；]?"
)
_TOLD = re.compile(
    r"[一-鿿]{1,10}(?:人|方|者|企业|单位|部门|机关)|(?:[一-鿿]{0,8})用户"
)  # 通知承租人
_SENT = re.compile(r"寄送|发送|邮寄|递交|提交|送交|报送")  # 寄送我厅
AFTER_TO = re.compile(r"(?:至|到|给)(?P<to>[^，。；]{2,40})")
SENDS = frozenset({"hand_over", "report", "provide", "comment", "connect", "sell"})
# (交由)汽车生产企业授权的维修企业处理
_FOR_TREATMENT = re.compile(
    r"(?P<to>[^，。；]{2,30}?(?:企业|单位|机构|网点|公司|厂))(?:进行|统一|集中)?(?:处理|处置|利用|回收|拆解|保管)"
)
_PORTAL_ONLY = re.compile(r"[^，。；、的]{0,14}(?:平台|系统)")  # 上传省平台
_ORGAN = (
    r"(?:部门|海关|机关|部|厅|局|委|办公室|政府|机构|管委会|海事|承运人|企业|单位|车主|所有人|消费者|社会|公众|人|方|社"
    r"|处|司|股|科|室|平台|系统|邮箱|网点|收集点|回收点|村委会|场所|公司|中心|个人|派出所|[一-鿿]云)"
)
# 报送至省工业和信息化厅, 发送至 mail@example.cn
DESTINATION = re.compile(
    rf"(?:至|到|给|于|往|入)?(?P<to>[^，。；]{{1,36}}?{_ORGAN}|[\w.-]{{1,40}}@[\w.-]{{1,60}})$"
)


# (报送)县工信局, 集中贮存型网点或综合利用企业: names right behind a verb
_NAMED = re.compile(
    rf"(?:至|到|给)?(?P<to>(?:[^，。；{NAME}]{{2,24}}的|[^，。；{NAME}]{{0,8}}){NAME}+(?:[处科股室]|中心)?(?:(?:或者?|、|和|及)[^，。；{NAME}]{{0,8}}{NAME}+)*[，。；]?$|{NAME}+)"
)


def without_receiver(
    view: ActView, verb: Verb, end: int, thing: str
) -> tuple[str, Destination | None]:
    """An object without where it goes: 报送县工信局, 提交至所在地主管部门, 告知车主."""
    if verb[2] in ("report", "connect") and _PORTAL_ONLY.fullmatch(thing):
        return "", Destination(name=re.sub("^[至到给]", "", thing))
    if (found := _named_receiver(view, verb, end)) is not None:
        return found
    bare = thing.strip("，。；")
    copied = view.verb_words(verb) in ("抄送", "抄报") and DESTINATION.fullmatch(bare)
    if copied or (verb[2] == "notify" and _TOLD.fullmatch(bare)):
        return "", Destination(name=bare)
    if to := AFTER_TO.match(thing):
        return "", Destination(name=to["to"])
    if verb[2] == "hand_over" and (to := _FOR_TREATMENT.fullmatch(bare)):
        return "", Destination(name=to["to"])
    if verb[2] in SENDS:
        cut = re.search(r"(?:至|到|给|入)(?=[^，。；]{2,40}$)", thing)
        if cut and (to := DESTINATION.fullmatch(thing[cut.end() :])):
            return thing[: cut.start()], Destination(name=to["to"])
    return thing, None


def _named_receiver(view: ActView, verb: Verb, end: int) -> tuple[str, Destination] | None:
    """The object and the receiver where names stand right behind the verb; the title of a form
    is none (填写《登记表》)."""
    named = _NAMED.match(view.masked, end)
    if named is None or "《" in view.text[end : named.end()]:
        return None
    rest = view.masked[named.end() :]
    name = Destination(name=re.sub("^[至到给]", "", view.words(end, named.end())).strip("，。；"))
    if verb[2] in ("hand_over", "notify", "report"):
        if _HANDLED.fullmatch(rest):
            return "", name
        if verb[2] == "notify" and not rest.startswith(_OF):
            return view.words(named.end()), name
    sent = _SENT.match(view.verb_words(verb)) and not rest.strip("，。；")
    return ("", name) if sent else None
