"""Tell the words of a duty from those of what follows its breach."""

from __future__ import annotations

import re

# 处以罚款, 责令限期改正, 移出名单
SANCTION_WORDS = re.compile(
    r"(?<!缴纳)(?<!交纳)罚款|责令(?:限期|其|停止|立即)*[^，。；《]{0,6}(?:改正|整改|停)|给予警告|予以警告|没收|吊销|(?:予以|给予|依法|规定)处罚|给予处分"
    r"|追究[^，。；]{0,10}责任|撤销(?:其)?[^，。；]{0,8}公告|移出[^，。；]{0,8}(?:名单|名录)|移[送交][^，。；]{0,14}(?:司法|公安|部门|机关|海关)[^，。；]{0,6}(?:处理|查处|追究|$|。)|移[送交](?:司法|公安|有关部门)|从[^，。；]{0,14}(?:目录|名单|名录)[^，。；]{0,4}(?:移除|移出|删除|剔除)"
    r"|(?:记|纳|列)入[^，。；]{0,14}(?:信用|失信|黑名单|异常名录|重点)|列为[^，。；]{0,6}(?:失信|严重违)|通报批评|(?<![拟需要请])暂停其?[^，。；]{0,8}(?:资格|受理|权限|账户|推荐|公告|申报|业务|经营|备案)"
    r"|被暂停|停办|[年月日]内不(?:再|予)?(?:采信|承运)|注销(?:其)?[^，。；]{0,8}(?:代码|编码|账[户号]|备案|登记|资格)|予以通报|从重|从轻|减轻处罚|不予处罚|处以?[^，。；]{0,12}元|(?:取消|撤销)[^，。；]{0,16}(?:资格|称号|备案)|(?:予以|部门|进行)约谈|依法处理"
)
_TITLE = re.compile(r"《[^》]{1,60}》")  # 收到《责令改正通知书》 orders nothing
_OBLIGES = re.compile(r"(?:应当|必须|不得|须在|严禁|禁止)(?!.*(?:罚款|责令|警告|没收|吊销))")
# 未按时提交的, 拒不改正的, 违反前款规定的
_BREACH = re.compile(
    r"(?:未|不按|拒不|拒绝|逾期|违反|违者|擅自|有下列|有前[款条]|有上述|对[^，。；]{0,20}(?:未|不))[^，。；]{0,60}(?:的|者)?$|^违者"
    r"|^对[^，。；]{2,40}的(?:企业|单位|网点|机构|个人|经营者|公司|车辆|产品|行为)$"
)


def duty_part(body: str) -> str:
    """The statement without what follows on a breach: 应当…，未按时提交的撤销其公告 ends at 未."""
    plain = _TITLE.sub(lambda match: "□" * len(match[0]), body.replace("现责令", "现要求"))
    if (end := plain.find("，违者")) > 0:
        return body[: end + 1]
    if not SANCTION_WORDS.search(plain):
        return body
    clauses = re.split(r"(?<=[，；])", plain)
    for index, clause in enumerate(clauses):
        breach = _BREACH.search(clause.rstrip("，；。")) if not _OBLIGES.search(clause) else None
        rest = "".join(clauses[index:])
        punished = clause.rstrip("，").endswith("的") and any(
            SANCTION_WORDS.search(other) for other in clauses[index + 1 : index + 3]
        )
        ends = breach is not None or punished or SANCTION_WORDS.search(clause)
        if (
            ends
            and SANCTION_WORDS.search(rest)
            and (breach or punished or not _OBLIGES.search(clause))
        ):
            return body[: len("".join(clauses[:index]))]
    return body
