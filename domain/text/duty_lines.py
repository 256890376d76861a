"""Tell lines that carry duties, and all that may be matter of a notice, from mere decoration."""

from __future__ import annotations

import re

# For example 处一万元以上三万元以下罚款 or 自2027年1月1日起施行.
_DUTY = re.compile(
    r"应当|应[予于在按]|必须|不得|禁止|严禁|罚|没收|吊销|责令|处以|处[一二三四五六七八九十\d]|"
    r"截止|截至|期限|限期|逾期|之日|日内|日前|日起|工作日|个月内|年内|无效|生效|失效|有效期|施行|实施日|废止|作废|撤销|更正|"
    r"以上|以下|以内|不超过|不低于|不高于|不少于|至少|最高|最低|[\d万亿百千]元|[%％‰]|百分之|"
    r"第[\s\d〇零一二三四五六七八九十百]+[条款项]"
)
# For example 发文字号：某部〔2026〕12号 or 入选名单共35家企业.
_MATTER = re.compile(
    r"须|责任|执行|实施|有效|超过|低于|高于|不足|元|吨|千克|公斤|千瓦|度电|年度|"
    r"第[\s\d〇零一二三四五六七八九十百]+[章节批期号届版]|[〔［\[(（](?:19|20)\d{2}[〕］\])）]|\d\s*号|GB|附件|附录|目录|标准|编码|编号|文号|"
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
    """Whether a line may oblige, name an amount, a day of the law or an article, or tell how to
    reach an office: such a line counts in every comparison, whatever its page does with it."""
    return bool(
        "\t" in line
        or _DUTY.search(line)
        or _CONTACT.search(line)
        or _NUMBERED.match(line)
        or _BARE_DAY.fullmatch(line)
    )


def is_matter(line: str) -> bool:
    """Whether a line may be part of the notice at all: a duty, a list, a document's number."""
    return carries_duty(line) or bool(_MATTER.search(line))
