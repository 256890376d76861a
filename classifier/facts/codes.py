"""Read code formats: length, characters, and the standard they follow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifier.facts.fact_document import Document, make_fact
from classifier.facts.figures.numbers import CHINESE
from classifier.facts.sentences import FactPassage
from domain.records.fact import Fact
from domain.records.fact_values import CodeFormatValue
from domain.records.states import FactKind
from domain.text.numerals import parse_chinese_number

_N = rf"(?P<n>\d{{1,3}}|{CHINESE})"
_CODE = (
    r"(?:编码|代码|编号|标识码|识别码|识别代号|追溯码|溯源码|唯一码|数字身份证|"
    r"身份码|流水号|序列号|二维码|条码|条形码|代号)"
)
# e.g. 编码由24位数字和字母, 24位编码, 长度为24位
_LENGTH = (
    re.compile(
        rf"{_CODE}[^。；]{{0,40}}?(?:由|共|为|长度(?:为|是|：|:)?|采用|总长(?:度)?(?:为)?|固定为|统一为){{1,2}}{_N}(?:位|个)(?P<kind>[^。；，]{{0,24}})"
    ),
    re.compile(
        rf"{_N}位(?P<kind>(?:数字|字母|字符|字母数字|大写|英文|阿拉伯)?[^。；，、]{{0,10}}?){_CODE}"
    ),
    re.compile(rf"长度(?:为|是|：|:)?{_N}(?:位|个字符|字节)(?P<kind>[^。；]{{0,12}})"),
)
# e.g. GB/T 34014-2017
_STANDARD = re.compile(
    r"(?P<standard>(?:GB|HJ|QC|YS|DB\d{0,2}|SN|JT|HG|YD|SJ|T)(?:/[TZ])?\s?\d{1,6}(?:\.\d{1,2})?(?:-(?:19|20)\d{2})?)"
)
# e.g. 大写英文字母, 阿拉伯数字
_CHARACTERS = (
    (re.compile(r"大写(?:的)?(?:英文|拉丁)?字母|大写(?:英文|拉丁)"), "A-Z"),
    (re.compile(r"小写(?:英文|拉丁)?字母"), "a-z"),
    (
        re.compile(
            r"(?<!大写)(?<!小写)(?<!大写英文)(?<!小写英文)(?<!大写拉丁)(?:英文|拉丁)?字母(?!、?[IOQ])"
        ),
        "A-Za-z",
    ),
    (re.compile(r"阿拉伯数字|数字(?!身份|化|签名|证书|载体)"), "0-9"),
    (re.compile(r"汉字"), "汉字"),
)
# e.g. 不含字母I、O
_EXCLUDED = re.compile(
    r"(?:不含|不包括|不使用|除|不得使用|不用|排除)(?:英文|大写|拉丁)*(?:字母)?[“\"]?(?P<letters>[A-Z](?:[”\"、，和及与/\s“]{0,3}[A-Z]){0,5})"
)
_TOPIC = re.compile(r"编码|代码|标识|识别|追溯|溯源|二维码|条码")


def read_code_formats(document: Document) -> Iterator[Fact]:
    for passage in document.passages:
        if "位" in passage.text or "字符" in passage.text or "字节" in passage.text:
            yield from _passage(passage)


def _passage(passage: FactPassage) -> Iterator[Fact]:
    taken: set[int] = set()
    for sentence in passage.sentences:
        if not _TOPIC.search(sentence.text):
            continue
        for pattern in _LENGTH:
            for match in pattern.finditer(sentence.text):
                length = parse_chinese_number(match["n"])
                position = sentence.start + match.start("n")
                if length is None or not 2 <= length <= 256 or position in taken:
                    continue
                taken.add(position)
                near = passage.around(position, position + 1, most=300)
                value = _value(int(length), near, passage.text[:4000])
                yield make_fact(
                    FactKind.CODE_FORMAT,
                    value,
                    passage,
                    sentence.start + match.start(),
                    sentence.start + match.end(),
                )


def _value(length: int, sentence: str, passage: str) -> CodeFormatValue:
    standard = _STANDARD.search(sentence) or _STANDARD.search(passage)
    return CodeFormatValue(
        length=length,
        charset=charset(sentence),
        standard=" ".join(standard["standard"].split()) if standard else None,
    )


def charset(text: str) -> str | None:
    """The allowed characters as a class (``A-HJ-NP-Z0-9``); None where they are not stated."""
    parts = [name for pattern, name in _CHARACTERS if pattern.search(text)]
    if "A-Z" in parts and "A-Za-z" in parts:
        parts.remove("A-Za-z")
    excluded = _EXCLUDED.search(text)
    if excluded and any(part.startswith("A-Z") for part in parts):
        letters = set(re.findall(r"[A-Z]", excluded["letters"]))
        parts = [_without(letters) if part.startswith("A-Z") else part for part in parts]
    return "".join(parts) or None


def _without(letters: set[str]) -> str:
    """A-Z without some letters, as ranges."""
    kept = [chr(code) for code in range(65, 91) if chr(code) not in letters]
    runs: list[list[str]] = []
    for letter in kept:
        if runs and ord(letter) == ord(runs[-1][-1]) + 1:
            runs[-1].append(letter)
        else:
            runs.append([letter])
    return "".join(
        run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" if len(run) > 2 else "".join(run)
        for run in runs
    )
