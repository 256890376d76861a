"""Tell lines that carry duties, money, dates of law or ways to reach somebody from all others."""

from __future__ import annotations

import re

# For example 处一万元以上三万元以下罚款 or 自2027年1月1日起施行.
_DUTY = re.compile(
    r"应当|应[予于在按当]|必须|不得|禁止|严禁|须|罚|没收|吊销|责令|责任|处以|处[一二三四五六七八九十\d]|"
    r"截止|截至|期限|限期|逾期|之日|日内|日前|日起|工作日|个月|年内|有效|无效|生效|失效|施行|实施|执行|废止|作废|撤销|"
    r"更正|以上|以下|以内|不超|不低|不高|不少|不足|超过|低于|高于|至少|最高|最低|元|吨|千克|公斤|[%％‰]|百分|千瓦|度电|"
    r"第[\s\d〇零一二三四五六七八九十百]+[条款项章节批期号届]|[〔［\[(（]\d{4}[〕］\])）]\s*第?\d+\s*号|\d\s*号|GB|附件|附录|目录|标准|编码|编号|文号|"
    r"名单|名额|数量|合计|共计|总计|金额|总额|费用|收费|价格|指标|定额|企业|公司"
)
# For example 联系人：张三，电话：010-68205363.
_CONTACT = re.compile(
    r"电话|传真|邮[箱编件政]|手机|联系|地[址点]|网址|https?:|www\.|@|\d{3,4}-\d{7,8}|(?<!\d)1\d{10}(?!\d)"
)
_NUM = r"[\d一二三四五六七八九十]{1,3}"
_YEAR = r"(?:(?:19|20)\d{2}|二[〇○零O]\S{2})"
_DAY = rf"{_YEAR}\s*[-/.年]\s*{_NUM}\s*(?:[-/.月]\s*(?:{_NUM}\s*日?)?)?"
# For example 2026年11月20日, the day under a signature.
_BARE_DAY = re.compile(rf"[\s（(]*{_DAY}[\s）)]*")
# For example 一、总则 or （二）适用范围.
_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d))"
)


def carries_duty(line: str) -> bool:
    """Whether a line may oblige, name an amount, a day or an addressee of the law, or tell how
    to reach an office; such a line is never taken for decoration of its page."""
    return bool(
        "\t" in line
        or _DUTY.search(line)
        or _CONTACT.search(line)
        or _NUMBERED.match(line)
        or _BARE_DAY.fullmatch(line)
    )
