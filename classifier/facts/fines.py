"""Fines: two-sided ranges, fixed sums, multiples of gains, per unit and per day.

An amount is a fine only where the text ties it to 罚款 (罚金, 罚单); thresholds such as
违法所得不足十万元 are conditions and never become one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from classifier.facts.fact_document import Document, FactTable, make_fact
from classifier.facts.figures.amounts import NOTE, PREFIX, SUM, YUAN, Amount, find_amounts
from classifier.facts.figures.numbers import plain
from classifier.facts.punished import read_punished
from classifier.facts.sentences import FactPassage
from domain.records.fact import Fact
from domain.records.fact_values import FineValue
from domain.records.states import FactKind
from domain.text.numerals import parse_chinese_number

_PENALTY = r"(?:罚款|罚金|罚单)"
# e.g. ，最高不超过三万元
_CAP = re.compile(
    rf"^(?:的)?(?:罚款)?[，,、（]?(?:但)?(?:罚款)?(?:总额|数额|最高)?(?:最高)?(?:不得超过|不超过)(?:人民币)?(?P<cap>{SUM}){YUAN}"
)
# e.g. 的罚款
_AFTER = re.compile(
    rf"^(?:[，,、]?(?:但)?(?:总额|数额)?(?:最高)?(?:不得超过|不超过)(?:人民币)?{SUM}{YUAN})?"
    rf"{NOTE}(?:的|之|标准|幅度|行政|数额|金额|不等|处以|处|进行|给予|计算|计处|/[吨台辆块个组件只次]){{0,4}}{_PENALTY}(?!案|决定|总额|项目)"
)
# e.g. 的处罚
_AFTER_SHORT = re.compile(rf"^{NOTE}的?(?:行政)?处罚(?!决定|案|裁量|信息)")
# e.g. 罚款金额为
_BEFORE = re.compile(
    rf"{_PENALTY}{NOTE}(?:金额|数额|额度|限额|上限|额|标准|幅度|区间)?(?:分别)?(?:各)?"
    r"(?:[：:为]?每[吨辆台块个组件只次批人])?"
    rf"(?:[：:](?:对)?(?:单位|个人|公司|企业|法定代表人|负责人|责任人员?)(?:处)?)?"
    rf"(?:[，,](?:金额|数额))?(?:按|按照|为|是|定为|：|:|共计|合计|计|共|高?达|处以|人民币|（大写）)*$"
)
# e.g. ，并罚
_BEFORE_SHORT = re.compile(r"(?:^|[，。；、：的将被予已拟并可])(?:罚|处罚|被罚|(?:被)?重罚)$")
_PUNISHED = re.compile(r"(?:^|[，、；：])(?:并|可以?|各)?处以?$")
_ENDS = re.compile(r"[，。；]|$")
# e.g. 和
_LIST_BEFORE = re.compile(
    r"^(?:[一-鿿]{0,10})(?:和|及|、|与|，(?:对[一-鿿]{1,20})?)(?:[一-鿿]{0,12})$"
)
# e.g. 违法所得不足
_CONDITION_BEFORE = re.compile(
    r"(?:违法所得|货值金额?|货值|所得|金额|价值|损失|销售额|总投资|投资额?|注册资本|数额)(?:总额|累计)?(?:在|为|达|达到|超过|不足|不满)*$"
)
# e.g. 以上的，
_CONDITION_AFTER = re.compile(r"^(?:以上|以下|不足)?(?:的[，,；;：。]|的$|的[一-鿿])")
# e.g. 违法所得
_BASE = re.compile(
    r"(?P<base>违法所得|非法所得|违法收入|货值金额|货物价值|货值|总投资额?|投资总额|销售额|销售金额|营业额|合同金额|合同价款|"
    r"运费(?:收入|所得)?|(?:代为?)?处置费用|处置成本|清理费用|罚款数额|工程造价|经营额|交易额|评估费用?|"
    r"税款|处置费|服务费用?|检测费用?|收费金额|所收费用|代履行费用|补贴资金|财政资金|直接损失|损失|收入)(?:总额)?"
)
# e.g. 处应缴纳税费的
_STATED_BASE = re.compile(
    r"(?:处以?|按照?|并处)(?:应缴纳|应缴|应当缴纳|所需|相当于|其|该|不缴或者少缴|少缴|欠缴)?"
    r"(?P<base>[一-鿿]{2,10}?)(?:的|数额|金额|总额)?$"
)
# e.g. 每吨处
_UNIT_BEFORE = re.compile(
    r"(?:每(?:[^，。；每]{0,10}?[一1])?|(?:[漏少瞒虚]报|缺失|缺少|丢失|遗失|发现)[一1])(?P<unit>吨|千克|公斤|千瓦时|kWh|辆|台|块|个|组|件|只|次|批次?|枚|项|包|立方米|平方米|人|车次|套|户|条|艘)(?:（.{1,4}）)?"
    r"(?:[一-鿿]{0,12})?(?:处以?|罚款?|按|计|以|按照)?$"
)
# e.g. /吨
_UNIT_AFTER = re.compile(r"^/(?P<unit>吨|千克|公斤|辆|台|块|个|组|件|只|次|批次?|枚|项)")
# e.g. 每逾期一日，处
_DAY_BEFORE = re.compile(
    r"(?:每日|每天|按日|每(?:逾期|超期|超过|拖延|延误|迟延|迟报|延迟|延期)?(?:[一1]个?(?:工作)?[日天]))[，,]?"
    r"(?:连续|加处|可以?|应当|并|另|处以?|罚款?|按|计)*$"
)
# e.g. 查处12家企业
_STATISTICS = re.compile(r"\d+(?:余)?(?:起|宗|家次|件次|批次|例|件(?:案|[，,])|家企业|家单位|户)")
# 罚款数额1%的滞纳金, 50%以上的罚款减免: an amount of something else
_OTHER_SUM = re.compile(
    r"^(?:以上|以下)?的?(?:滞纳金|利息|违约金|奖励|奖金|补贴|补助|补偿|赔偿金?|保证金|押金|减免)"
)
# which fines need a hearing or a panel: 对单位处十万元以上罚款的，应当告知听证权利
_PROCEDURE = re.compile(
    r"听证|集体讨论|法制审核|数额较大|较大数额|数额巨大|重大行政处罚|负责人审批"
)
# e.g. 罚款，但最高
_FINE_CAP = re.compile(
    r"[^，。；]{0,12}(?:罚款)?[，,、（]?(?:但)?(?:罚款)?(?:总额|数额|累计|合计|最高|最多|总计){0,2}"
)
# e.g. 罚款总额
_TOTAL = re.compile(
    rf"(?:累计|合计|共计|共|总计|总额|总金额)[一-鿿]{{0,6}}$|{_PENALTY}(?:总额|总金额|总计|累计|共计|合计|共|金额高?达|高?达)|"
    rf"(?:累计|合计|共计|总计|共)[一-鿿]{{0,6}}{_PENALTY}(?:金额|人民币)?$"
)
# e.g. 上限提高至
_NOT_MADE = re.compile(r"(?:上限|下限|提高到|提高至|调整为|调整至|上调至|提升至|降低至|由|从)$")
# e.g. 罚款上限由5万元提高至
_RAISED_TO = re.compile(
    r"罚款(?:金额|数额|额度|幅度|上限|标准)?由[^，。；]{1,20}(?:提高|调整|上调|提升|降低)(?:至|到|为)$"
)
# e.g. 最高可处
_UP_TO = re.compile(
    r"罚款(?:上限|限额)[^。；]{0,30}$|最高(?:可以?)?(?:并)?(?:处|罚)[^，。；]{0,14}$"
)
# 分别被处以10万元、8万元、5万元罚款
_LIST_AFTER = re.compile(rf"^(?:[、，和及与]{{1,2}}{PREFIX}{SUM}{YUAN})+的?{_PENALTY}")
# e.g. 罚款标准如下：
_STEM = re.compile(rf"(?:{_PENALTY}|处罚)(?:标准|幅度|额度|金额|基准)?(?:如下|为)?[：:]$")
# e.g. （一）首次违法的
_ITEM = re.compile(
    r"^(?:（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.、]|[一二三四五六七八九十]{1,3}、|①|②|③|④|⑤)"
)
# e.g. 处罚幅度
_HEADER = re.compile(
    r"罚款|处罚(?:幅度|标准|基准|金额|额度|内容|种类)?|裁量(?:幅度|标准|基准|结果|档次)|罚则"
)
_HEADER_UNIT = re.compile(r"[（(]?(?:单位[:：])?(万元|元)[）)]?$")


def read_fines(document: Document) -> Iterator[Fact]:
    stem = False
    for passage in document.passages:
        text = passage.text
        if stem and not _ITEM.match(text):
            stem = False
        if "罚" in text or stem:
            yield from _passage_fines(passage, listed=stem)
        if _STEM.search(text):
            stem = True
    for table in document.tables:
        yield from _table_fines(table)


def _passage_fines(passage: FactPassage, *, listed: bool = False) -> Iterator[Fact]:
    previous_end: int | None = None
    last_rate = -1
    for amount in find_amounts(passage.text):
        linked = _is_fine(passage, amount, previous_end) or (
            listed and not _is_condition(passage.text, amount)
        )
        if not linked or _caps(passage.text, last_rate, amount):
            continue
        if amount.low == amount.high and _UP_TO.search(passage.preceding(amount.start, 60)):
            amount = replace(amount, low=0)
        previous_end = amount.end
        value = _value(passage, amount)
        if value.basis != "fixed":
            last_rate = amount.end
        yield make_fact(FactKind.FINE, value, passage, amount.start, amount.end)


def _caps(text: str, rate_end: int, amount: Amount) -> bool:
    """Whether a sum only limits the multiple or the rate just before it
    (三倍以下但最高不超过三万元, 每吨一千元，最高不超过五十万元)."""
    if rate_end < 0 or amount.basis != "fixed" or amount.low:
        return False
    return bool(_FINE_CAP.fullmatch(text[rate_end : amount.start]))


def _is_fine(passage: FactPassage, amount: Amount, previous_end: int | None) -> bool:
    text = passage.text
    after = text[amount.end : amount.end + 60]
    before = passage.preceding(amount.start, 80)
    if _NOT_MADE.search(before):
        return bool(_RAISED_TO.search(before))
    if amount.basis == "multiple" and _DAY_BEFORE.search(before):
        return False  # the surcharge for paying late
    if _OTHER_SUM.match(after) or _only_procedure(passage, amount):
        return False
    if _AFTER.match(after) or "罚" in text[amount.start : amount.end]:
        linked = True
    elif _BEFORE.search(before) or _BEFORE_SHORT.search(before):
        linked = not _CONDITION_AFTER.match(after) or bool(_BEFORE.search(before))
    elif _LIST_AFTER.match(after) or _in_labelled_list(before, after):
        linked = True
    elif _PUNISHED.search(before) and _ENDS.match(after):
        linked = True  # 罚款标准如下：（一）首次违法的，处1万元；
    elif _AFTER_SHORT.match(after):
        linked = bool(re.search(r"(?:处|处以|给予|罚|予以|作出)$", before))
    elif previous_end is not None and _LIST_BEFORE.match(text[previous_end : amount.start]):
        linked = amount.start - previous_end <= 24 and not _CONDITION_AFTER.match(after)
        linked = (
            linked
            and bool(re.search(r"罚款[^。；]*$", before))
            and not re.search(
                r"没收|奖励|投资|补贴|整改|所得|货值|赔偿", text[previous_end : amount.start]
            )
        )
    else:
        linked = _base_between(before, after)
    return linked and not _is_total(passage, amount, before, previous_end)


def _in_labelled_list(before: str, after: str) -> bool:
    """Under 罚款标准： each tier with its sum: 一般1万元，严重3万元."""
    label = re.search(r"罚款(?:标准|金额|数额|幅度)[：:][^。]*$", before)
    tier = re.search(r"(?:^|[，、；：:])[一-鿿]{0,6}$", before)
    return bool(label and tier and _ENDS.match(after))


def _only_procedure(passage: FactPassage, amount: Amount) -> bool:
    """A bare 以上 that says which cases need a hearing, a review or a panel."""
    if amount.high is not None or amount.basis != "fixed":
        return False
    return bool(_PROCEDURE.search(passage.around(amount.start, amount.end)))


def _base_between(before: str, after: str) -> bool:
    """罚款按总投资的百分之一到百分之五计算: the word 罚款 stands before the base."""
    match = re.search(
        rf"{_PENALTY}(?:总额|额|数额|金额)?(?:按|按照|为|是)(?P<base>[^，。；]{{2,24}})$", before
    )
    return bool(match and _BASE.search(match["base"]) and not after.startswith("加"))


def _is_total(passage: FactPassage, amount: Amount, before: str, previous_end: int | None) -> bool:
    """A sum over many cases, or over the fines that the same sentence just named."""
    if not _TOTAL.search(before):
        return False
    sentence = passage.sentence_at(amount.start)
    named = previous_end is not None and previous_end > sentence.start
    return named or bool(_STATISTICS.search(passage.around(amount.start, amount.end)))


def _is_condition(text: str, amount: Amount) -> bool:
    if amount.basis == "fixed" and _CONDITION_BEFORE.search(text[: amount.start][-16:]):
        return True
    return bool(_CONDITION_AFTER.match(text[amount.end : amount.end + 4]))


def _value(passage: FactPassage, amount: Amount) -> FineValue:
    text = passage.text
    before = passage.preceding(amount.start, 120)
    after = text[amount.end : amount.end + 60]
    punished = read_punished(passage.preceding(amount.start, 600))
    value = FineValue(
        min=plain(amount.low),
        max=None if amount.high is None else plain(amount.high),
        currency="CNY",
        basis=amount.basis,
        offence=punished.offence,
        who=punished.who,
    )
    if amount.basis == "multiple":
        return replace(value, on=_base(before), cap=_cap(after))
    if unit := _UNIT_BEFORE.search(before) or _UNIT_AFTER.match(after):
        return replace(value, basis="per_unit", on=unit["unit"])
    return replace(value, basis="per_day") if _DAY_BEFORE.search(before) else value


def _base(before: str) -> str | None:
    """What a multiple or a share is counted of: 违法所得, 货值金额."""
    clause = re.split(r"[。；]", before)[-1]
    bases = [match["base"] for match in _BASE.finditer(clause)]
    if bases:
        return bases[-1]
    stated = _STATED_BASE.search(clause)
    return stated["base"] if stated else None


def _cap(after: str) -> float | None:
    """The sum that a multiple never exceeds: 三倍以下罚款，最高不超过三万元."""
    cap = _CAP.match(after)
    limit = parse_chinese_number(cap["cap"]) if cap else None
    return None if limit is None else plain(limit)


# ------------------------------------------------------------------------ tables


def _table_fines(table: FactTable) -> Iterator[Fact]:
    """Amounts in a 处罚幅度 column, where the cell need not repeat 罚款."""
    if len(table.rows) < 2:
        return
    for head_row, header in enumerate(table.rows[:3]):
        columns = [
            index for index, cell in enumerate(header) if len(cell) <= 20 and _HEADER.search(cell)
        ]
        if not columns:
            continue
        for number, row in enumerate(table.rows[head_row + 1 :], head_row + 1):
            for index in columns:
                if index < len(row) and "罚" not in row[index]:
                    yield from _cell_fines(row[index], header[index], table.where(number))
        return


def _cell_fines(cell: str, header: str, place: str) -> Iterator[Fact]:
    unit = _HEADER_UNIT.search(header.strip().rstrip("）)"))
    raw = cell.strip()
    if unit and "元" not in raw and re.fullmatch(r"[\d.,，、\s\-—–~至到以上下不足含（）()]+", raw):
        passage = FactPassage(re.sub(r"(\d)(?=$|以下|（|\()", rf"\1{unit[1]}", raw), place)
    else:
        passage = FactPassage(raw, place)
    for amount in find_amounts(passage.text):
        if _is_condition(passage.text, amount):
            continue
        value = replace(_value(passage, amount), offence=None, who=None)
        yield Fact(kind=FactKind.FINE, value=value, quote=raw, where=place)
