"""Sentences that state nothing which law could bear out: opinions, forecasts, market news."""

from __future__ import annotations

import re

from domain.claims.words.plain_form import plain

# Whoever else is named, this is somebody's view or a look ahead.
_SURE = re.compile(
    r"\b(?:analysts?|experts?|observers?|insiders?|commentators?|economists?|"
    r"industry (?:sources|players|participants|watchers|observers)|"
    r"we (?:believe|think|expect|recommend|suggest|advise|see|hope|feel|assume)|"
    r"i (?:believe|think|expect|hope)|in (?:our|my) (?:view|opinion)|to (?:our|my) mind|frankly|"
    r"honestly|personally|by far the \w+|would be (?:foolish|wise|mad|crazy|naive|smart|better)|"
    r"(?:is|are|was) the most (?:sensible|stupid|important|absurd|useful|welcome)|"
    r"(?:sad|happy|pity|shame) that|"
    r"(?:is|are) (?:widely |generally |also )?(?:expected|likely|unlikely|set|poised|bound|"
    r"seen|tipped|thought|believed|rumou?red|predicted|projected) to|"
    r"(?:is|are) expected|likely to|will (?:likely|probably|reshape|transform|boost|"
    r"accelerate|drive|fuel|benefit|become a|usher|further|help|create|bring)|"
    r"could (?:reshape|boost|become|lead|help|drive|hurt|benefit|mean|spell|signal)|"
    r"may (?:well|reshape|boost|become|benefit|hurt|lead to|signal)|might|"
    r"forecasts?|outlook|predicts?|projects that|estimates? (?:that|the)|estimated (?:at|"
    r"to)|signals? (?:a|that|the|china)|game changer|milestone|landmark|turning point|"
    r"opportunit(?:y|ies)|promising|welcom(?:e|ed|es)|good news|bad news|in short|"
    r"bottom line|it remains to be seen|it seems|appears to|arguably|"
    r"perhaps|probably|hopefully|unfortunately|should (?:consider|prepare|start|review|"
    r"think|be aware|act|watch))\b"
    r"|\?$"
)
_SURE_CHINESE = re.compile(
    r"预计|有望|或将|或许|料将|业内人士|专家(?:表示|认为|指出|称)|分析师|分析人士|分析认为|"
    r"我(?:个人)?(?:觉得|认为|看|以为)|个人(?:觉得|认为|看法)|依我看|在我看来|说到底|说白了|归根结底|"
    r"比不上|不如|管得(?:太|过)|写得(?:太|过)|(?:太|过于)(?:宽|细|严|松|苛刻|复杂|繁琐)了|"
    r"笔者|我们(?:认为|建议|预计|判断)|认为|看好|前景|利好|利空|"
    r"机遇|拐点|里程碑|新蓝海|风口|可能会|大概率|值得关注|意味着|势必|将(?:推动|促进|带动|"
    r"加速|重塑|迎来|成为)|建议(?:企业|各|关注|尽快)|预测|据测算|[？?]$"
)
# Market news, unless an act is named or a duty stated.
_MARKET = re.compile(
    r"\b(?:(?<!fixed )price[sd]?|shares?|stocks? (?:price|market|exchange|rose|fell)|"
    r"revenue|profits?|turnover|earnings|investors?|"
    r"market (?:size|share|value|cap)|valuation|ipo|cagr|"
    r"sales (?:of|rose|fell|grew)|sold \d|shipments? (?:of|rose|fell|grew)|demand (?:for|is|"
    r"rose|fell)|supply|quarter(?:ly)? results|"
    r"plant|factory|gigafactory|production line|output (?:of|rose|fell)|joint venture|"
    r"acquisition|funding round|raised (?:usd|rmb|\$)|"
    r"rose|fell|surged|dropped|climbed|jumped|grew|market|industry|players|customers?|"
    r"partners?|technology|competition|competitive)\b"
)
_MARKET_CHINESE = re.compile(
    r"价格|股价|涨幅|跌幅|上涨|下跌|营收|净利润|市值|市场规模|市场份额|出货量|装机量|产能|"
    r"投产|融资|并购|收购案|销量|同比|环比|报价|均价|产业链|投资者|客户|竞争"
)
_BINDING = re.compile(
    r"\b(?:must|shall|may not|required|prohibited|forbidden|banned|fined?|fines|penalt\w+|"
    r"limits?|caps|capped|approvals?|approved|"
    r"ha[ds] to|have to|(?:already )?on the market|"
    r"took effect|takes? effect|in force|issued|repealed|effective)\b"
    r"|应当|必须|不得|禁止|罚款|处罚|施行|实施|印发|发布|废止|生效"
)


def is_opinion(text: str, *, names_an_act: bool) -> bool:
    """Whether a sentence is a view, a forecast or market news rather than a statement of law."""
    searched = plain(text)
    if _SURE.search(searched) or _SURE_CHINESE.search(searched):
        return True
    market = _MARKET.search(searched) or _MARKET_CHINESE.search(searched)
    return bool(market) and not names_an_act and not _BINDING.search(searched)
