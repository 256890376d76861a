"""Recognise the words around a deadline: duties, modal verbs, start of the clock, who must act."""

from __future__ import annotations

import re

from classifier.facts.sentences import FactPassage

_ACTION = (
    r"(?:完成|报告|报送|上报|填报|上传|提交|提出|提供|整改|改正|办理|反馈|补录|补报|补办|补正|补充|备案|移交|更新|作出|做出|申请|登记|公布|公示|公开|"
    r"清理|清运|缴纳|缴清|审核|审查|审批|受理|告知|通知|录入|更换|召回|核实|核查|处理|处置|答复|回复|转运|转移|查明|注销|停止|拆除|搬迁|修复|恢复|"
    r"重新|书面|如实|及时|主动|一次性|向|将|把|到|在|由|予以|依法|按|按照|与|对|以|通过|登录|口头|电话|当面|组织|开展|送|交|报|发|出具|制定|建立|签订|实施|落实|采取|退运|退回|缴|领取|换领|换发|变更|撤销|"
    r"确认|签收|回传|接入|对接|注册|赋码|关联|标注|粘贴|下架|封存|决定|送达|履行|自行|依照|进行|申报|编制|发布|印发|转报|转送|抄送|上网|申诉|起诉|提起|行政复议|陈述|异议|组建|成立|安排|派|启动|关闭|停用|迁移|切换|导入|导出|"
    r"来函|来电|来信|寄|实名|以书面|可|应|须|各|企业|其|省|市|县|设区|主管|相关|有关|生态|工业|市场|海关|给予|解除|归档|到账|修|办结|责令|督促|约谈|开具|改用|退还|返还|支付|出库|入库|运|收)"
)
ACTION_RIGHT = re.compile(rf"^[，,]?{_ACTION}")
MODAL = re.compile(
    r"应|须|需|必须|请|责令|限期|限(?=其|你|该)|务必|要求|可以|可在|可于|可自|有权|由|逾期|不得晚于|要|拟|原则上|负责|将于|实行|履行|决定|告知|义务|规定"
)
_TRIGGER = re.compile(
    r"(?P<trigger>(?:自|从|在|于)?(?:[^，。；：、（）]{1,40}?)(?:之日起|日起|之时起|时起|起|之日后|后|以后|之后|之日|前|届满|终了|结束|时|期间))"
    r"(?:的)?(?:[，,])?(?:应当|应该|应|须|需|必须|要|可以|可|由[^，。；]{2,20})?(?:在|于)?(?:不少于|最长)?$"
)
_TRIGGER_CLEAN = re.compile(
    r"^(?:.*(?:应当|应该|必须|应|须|需|要求|要|请|可以|可|并|且|责令|拟)(?=自|从|在|于|收|接))?(?:在|于)?"
)
_SUBJECT_OF_TRIGGER = re.compile(
    r".{0,24}(?:企业|单位|机构|部门|者|公司|网点|人|方|局|厅)(?:应当|应|须)?(?:在|于|(?=自|从))"
)
_ENTITY = (
    r"[一-鿿A-Za-z]{0,16}?(?:企业|单位|机构|部门|经营者|生产者|网点|公司|个人|进口商|运营商|车主|所有人|委托人|承运人|托运人|"
    r"当事人|申请人|制造商|经销商|厅|局|办公室|委员会|组织|所有者|回收者|利用者|货主|收货人|发货人|业主|电站|场所)"
)
_WHO = re.compile(
    rf"(?:同时|并)?(?:请|由|责令|要求|拟要求|督促)?(?P<who>(?!根据|经|因|为|关于|按照|对|在|将|自|本|我|现|该|如|以|从|未|已列|不|凡|向|被|由|与|其)"
    rf"{_ENTITY}(?:[、和或及与]{{1,2}}(?!其)(?:者)?{_ENTITY})*)"
)

# 第三条, （二）, 3．, 三、 before the sentence
_NUMBER_BEFORE = re.compile(
    r"^(?:第[^条]{1,8}条|（[^（）]{1,4}）|[0-9]{1,2}(?:[、．]|\.(?![0-9]))|[一二三四五六七八九十]{1,3}[、．.])"
)


def trigger_of(clause: str) -> str | None:
    """What starts the clock (自收到之日起 …), from the clause before a deadline."""
    last = re.split(r"[，,](?=(?!应当在|应在|应于|须在|应当于)[^，,]*$)", clause)
    piece = last[-1] if last[-1].strip() else (last[-2] if len(last) > 1 else "")
    match = _TRIGGER.search(piece) or (_TRIGGER.search(clause[-60:]) if len(piece) < 6 else None)
    if match is None:
        return None
    trigger = _TRIGGER_CLEAN.sub("", match["trigger"])
    if not trigger.startswith(("自", "从")) and (subject := _SUBJECT_OF_TRIGGER.match(trigger)):
        trigger = trigger[subject.end() :]
    return trigger.strip("，,、的") or None


def who_must(passage: FactPassage, position: int) -> str | None:
    """The subject of the duty before a position; None where none is named."""
    left = passage.preceding(position, 120)
    left = _NUMBER_BEFORE.sub("", left.split("；")[-1])
    modal = list(re.finditer(r"应当|应该|必须|应|须|需", left))
    subject = left[: modal[-1].start()] if modal else left
    clauses = [clause for clause in re.split(r"[，,：]", subject) if clause]
    for clause in (*reversed(clauses[-1:]), *clauses[:1]):
        match = _WHO.match(clause)
        if match and len(match["who"]) <= 40:
            return match["who"]
    return None
