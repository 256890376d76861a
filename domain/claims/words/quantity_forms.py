"""How numbers with what they count look, in English and Chinese."""

from __future__ import annotations

import re

from domain.text.numerals import NUMERAL_CHARACTERS

NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
SCALES = {"k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6,
           "bn": 10**9, "billion": 10**9}  # fmt: skip
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\b(?:{'|'.join(NUMBER_WORDS)})\b)"
SCALE = r"(?: ?(?:thousand|million|billion|mn|bn|k|m)\b)?"
SIGN = r"(?:rmb|cny|¥|yuan|renminbi)"
TO = r" ?(?:to|-|and|up to|~) ?"
# rmb 50,000 to 500,000; 50,000-500,000 yuan; 5 million yuan
MONEY = re.compile(
    rf"(?:(?P<sign>{SIGN}) ?)?(?P<low>{NUMBER})(?P<lowscale>{SCALE})"
    rf"(?: ?{SIGN})?(?:{TO}(?:{SIGN} ?)?(?P<high>{NUMBER})(?P<highscale>{SCALE}))?"
    rf"(?P<tail> ?{SIGN})?"
)
HAN_NUMBER = rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?)?[{NUMERAL_CHARACTERS}]*"
# 五万元以上五十万元以下, 5万至50万元, 50万元
CHINESE_MONEY = re.compile(
    rf"(?P<low>(?=[\d{NUMERAL_CHARACTERS}]){HAN_NUMBER})元?(?:以上|至|到|-|~)"
    rf"(?P<high>(?=[\d{NUMERAL_CHARACTERS}]){HAN_NUMBER})元|(?P<one>(?=[\d{NUMERAL_CHARACTERS}]){HAN_NUMBER})元"
)
UNITS = {"day": "day", "days": "day", "week": "week", "weeks": "week", "month": "month",
          "months": "month", "year": "year", "years": "year", "hour": "hour", "hours": "hour",
          "日": "day", "天": "day", "周": "week", "月": "month", "年": "year",
          "小时": "hour", "学时": "hour", "minute": "minute", "minutes": "minute",
          "分钟": "minute"}  # fmt: skip
# 30 days, 15 working days, 30-day, thirty calendar days, two years
PERIOD = re.compile(
    rf"(?P<n>{NUMBER})(?: |-)(?P<work>working|business|work)?(?:calendar|natural|consecutive|"
    rf"full)?(?: |-)?"
    r"(?P<unit>days?|weeks?|months?|years?|hours?|minutes?)\b(?! old)"
)
# 三十日, 15个工作日, 两年, 6个月, 24小时
CHINESE_PERIOD = re.compile(
    rf"(?<![年月第\d.])(?P<n>[\d{NUMERAL_CHARACTERS}]{{1,6}})个?(?P<work>工作)?(?:自然)?"
    r"(?P<unit>日|天|周|月|年|小时|学时|分钟)(?![度底份本版末初]|[一二三四五六七八九十\d])"
)
# 98 %, 98 percent, 百分之九十八
PERCENT = re.compile(
    rf"(?P<n>{NUMBER}) ?(?:%|per ?cent\b)|百分之(?P<han>[{NUMERAL_CHARACTERS}]{{1,6}})"
)
# 5,000 t, 1 million tonnes, 5000吨
MASS = re.compile(
    rf"(?P<n>{NUMBER})(?P<scale>{SCALE}) ?(?:tonnes?|tons?|t|mt)\b"
    rf"|(?P<han>(?=[\d{NUMERAL_CHARACTERS}]){HAN_NUMBER})吨"
)
# 1,500 kilograms, 30千克
KILOGRAMS = re.compile(
    rf"(?P<n>{NUMBER}) ?(?:kilograms?|kilos?|kgs?)\b(?!/)"
    rf"|(?P<han>(?=[\d{NUMERAL_CHARACTERS}]){HAN_NUMBER})(?:千克|公斤)(?!/)"
)
# What is measured in neither time, mass nor money: by its unit the forms of both languages.
_MEASURES = {
    "mg/m3": r"(?:mg|milligrams?)(?:/| per )(?:m3|m³|cubic met(?:er|re)s?)|毫克/(?:立方米|m3)"
    r"|毫克每立方米",
    "mg/l": r"(?:mg|milligrams?)(?:/| per )(?:l|lit(?:er|re)s?)\b|毫克/升|毫克每升",
    "m2": r"sq(?:uare|\.)? ?m(?:et(?:er|re)s?)?\b|m2\b|㎡|平方米",
    "m3": r"cubic met(?:er|re)s?|m3\b|立方米",
    "km": r"kilomet(?:er|re)s?\b|km\b|公里|千米",
    "mm": r"millimet(?:er|re)s?\b|mm\b|毫米",
    "cm": r"centimet(?:er|re)s?\b|cm\b|厘米",
    "celsius": r"degrees?(?: celsius| centigrade)?\b|℃|摄氏度",
    "kwh": r"kilowatt[ -]hours?\b|kwh\b|千瓦时",
    "vehicle": r"(?:of (?:their|its) )?(?:new[ -]energy |electric )?"
    r"(?:vehicles|cars|evs|nevs)\b|辆",
    "time": r"times\b|次",
    "record": r"(?:old |data |test )?records?\b|条(?=数据|记录|信息|历史|的|以上|测试)",
    "metre": r"(?:met(?:er|re)s?)\b|米(?!/)",
    "pack": r"(?:battery )?packs\b|包(?![括装含])",
}
# 3 mg/m3, 50 square metres, 8000辆, 60℃
MEASURES = {
    unit: re.compile(
        rf"(?<![第\d.,])(?P<n>{NUMBER}|(?=[\d{NUMERAL_CHARACTERS}]){HAN_NUMBER})(?P<scale>{SCALE})"
        rf" ?(?:{forms})"
    )
    for unit, forms in _MEASURES.items()
}
# 3824999996
CODE = re.compile(r"(?<![\d.])\d{8,10}(?!\d|\.\d)")
# six chapters, 27 articles, nine other laws
COUNT = re.compile(
    rf"(?P<n>{NUMBER}) (?:other |different |more |existing |older |earlier )?"
    r"(?P<noun>[a-z]{3,20})"
)
CHINESE_COUNT = re.compile(
    rf"(?<![第\d.{NUMERAL_CHARACTERS}])(?P<n>\d{{1,5}}(?:\.\d{{1,3}})?|"
    rf"[\d{NUMERAL_CHARACTERS}]{{1,5}})(?P<noun>个部门|部门|章|条|家|位|项|部法律|部|米|分钟|人|"
    rf"名(?!单)|批)"
)
NOUNS = {"章": "chapter", "条": "article", "家": "company", "firms": "company",
          "companies": "company",
          "米": "metre", "meters": "metre", "分钟": "minute", "人": "person", "名": "person",
          "people": "person", "batches": "batch", "批": "batch", "digits": "character",
          "位": "character", "digit": "character", "个部门": "department", "部门": "department",
          "ministries": "department", "agencies": "department", "bodies": "department",
          "authorities": "department", "部法律": "law", "部": "act", "项": "item",
          "documents": "act", "acts": "act", "regulations": "act", "rules": "act",
          "enterprises": "company", "businesses": "company"}  # fmt: skip
NO_NOUN = frozenset(
    [
        "of",
        "and",
        "or",
        "the",
        "to",
        "in",
        "on",
        "by",
        "per",
        "percent",
        "yuan",
        "days",
        "day",
        "months",
        "month",
        "years",
        "year",
        "weeks",
        "working",
        "million",
        "billion",
        "thousand",
        "other",
        "business",
        "calendar",
        "hours",
        "rmb",
        "cny",
        "has",
        "have",
        "had",
        "is",
        "are",
        "was",
        "were",
        "takes",
        "took",
        "came",
        "comes",
        "may",
        "must",
        "shall",
        "will",
        "for",
        "from",
        "at",
        "with",
        "that",
        "which",
        "who",
    ]
)
AT_MOST = re.compile(
    r"(?:up to|at most|(?:no|not) (?:more|longer|later|higher) than|maximum of|"
    r"not exceed(?:ing)?|as much as|"
    r"\b(?:not|no|never|cannot)\b[^.;]{0,50}\b(?:more|longer|higher) than|最高|不得?(?:超过|"
    r"高于|大于|多于)|至多|"
    r"最多|最长)[^\d,;，；]{0,8}$"
)
AT_LEAST = re.compile(
    r"(?:at least|(?:no|not) (?:less|fewer|lower|shorter) than|minimum of|not below|"
    r"不得?(?:低于|少于|小于)|"
    r"至少|最低|最短|(?<!\w)(?:more|longer|higher) than|over)[^\d,;，；]{0,8}$"
)
WITHIN_BEFORE = re.compile(
    r"(?:within|no later than|not later than|inside|in)(?: the| a| a period of)? ?$"
)
# has 20 days after taking them in to enter them
HAS_TIME = re.compile(r"\b(?:has|have|had|gets?|given|allows?|allowed)(?: \w+)? ?$")
AHEAD = re.compile(
    r"^ ?(?:before|prior to|ahead of|in advance|earlier than|beforehand)|^(?:之?前)(?!款)"
)
LATER = re.compile(r"^ ?(?:after|from|following|of|upon)\b|^后")
IN_BEHIND = re.compile(r"^(?:之?内|以内)")
# 转移前5个工作日, 海关放行后3日
BEFORE_EVENT = re.compile(r"[\u4e00-\u9fff](?<![日目当此年以之生])前$")
AFTER_EVENT = re.compile(r"[\u4e00-\u9fff](?<![今最以之年月日])后$")
EARLY = re.compile(r"提前(?:至少)?$|before at least $")
EACH = re.compile(r"(?:every|each|每)(?:隔)? ?$")
SIGN_INSIDE = re.compile(SIGN)
