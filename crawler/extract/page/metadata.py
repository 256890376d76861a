"""Labelled facts around a notice: index number, document number, issuing body, dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawler.extract.dom import Element, ancestors, clean_text, squeeze, text_of
from crawler.extract.page import page_furniture

_WORDS = {
    "index_number": ("信息索引号 索引号码 索引号 索引编号 公开索引号 信息索取号"),
    "document_number": (
        "发文字号 发文文号 文件编号 文件字号 发布文号 文件文号 公文文号 文号 发文号 "
        "公告文号 文件号 令号"
    ),
    "issuer": (
        "发文机关 发文单位 发文机构 制定机关 发布机关 制发机关 颁布机关 发文部门 公布机关 "
        "成文机关 制定单位 颁布单位"
    ),
    "publisher": (
        "发布机构 发布单位 公开机构 公开单位 公开责任部门 发布部门 公开部门 信息公开单位 "
        "公开主体 责任部门 信息发布机构 公开责任单位 内容分类发布机构"
    ),
    "buyer": ("采购单位 采购人 采购人名称 采购单位名称 招标人"),
    "source": ("信息来源 文章来源 稿件来源 内容来源 来源"),
    "written": ("成文日期 生成日期 发文日期 印发日期 成文时间 发文时间 印发时间 制发日期 签发日期"),
    "published": (
        "发布日期 公开日期 发布时间 公开时间 发表时间 发文发布日期 公布日期 公告时间 "
        "发表日期 公布时间 信息发布日期 上网日期 上网时间 日期 时间 "
        "公告日期 发稿时间 挂网时间"
    ),
    "updated": ("更新时间 更新日期 修改时间 最后更新"),
    "validity": (
        "有效性 时效性 时效 效力状态 是否有效 文件状态 文件有效性 有效状态 文件时效 "
        "规范性文件有效性 信息状态"
    ),
    "name": ("信息名称 文件名称 公文名称 名称 标题 文件标题"),
    "deadline": ("截止日期 截止时间 征集截止日期 征集截止时间 意见征集截止时间 意见反馈截止时间"),
    "other": (
        "主题词 关键词 主题分类 组配分类 信息分类 分类 体裁分类 体裁 统一编号 统一登记号 "
        "公开方式 公开类别 公开范围 实施日期 生效日期 失效日期 废止日期 有效期 浏览次数 "
        "浏览量 点击数 点击率 阅读次数 访问次数 字体 字号 作者 责任编辑 编辑 分享 "
        "公开形式 内容概述 语种 服务对象 所属主题 题裁 载体类型 信息类别 公开程序 "
        "公开时限 行政区域 项目联系人 有效期限"
    ),
}
_LABELS = {kind: tuple(words.split()) for kind, words in _WORDS.items()}
_KIND = {label: kind for kind, labels in _LABELS.items() for label in labels}
_ALTERNATIVES = "|".join(r"\s*".join(label) for label in sorted(_KIND, key=len, reverse=True))
_START = re.compile(rf"^[\s【\[（(·•]*({_ALTERNATIVES})\s*[】\]）)]?\s*([:：]?)\s*(.*)$", re.S)
_NEXT = re.compile(
    rf"[\s|｜【\[（(]{{1,4}}(?:{_ALTERNATIVES})\s*[】\]）)]?\s*[:：].*$|\s*【\s*(?:{_ALTERNATIVES})\s*】.*$",
    re.S,
)
_PAIR = re.compile(
    rf"(?:^|[\s|｜【\[])({_ALTERNATIVES})\s*[】\]]?\s*[:：]\s*"
    rf"(.*?)(?=(?:[\s|｜【\[]+(?:{_ALTERNATIVES})\s*[】\]]?\s*[:：])|$)"
)
_VAGUE = frozenset(
    (
        "时间",
        "日期",
        "名称",
        "标题",
        "来源",
        "作者",
        "编辑",
        "分类",
        "更新时间",
        "有效性",
        "时效",
        "分享",
    )
)  # in a body these head a column or open a sentence
_CLOCK = re.compile(r"星期|周[一二三四五六日天]|农历|礼拜")
_TAGS = (
    "td",
    "th",
    "li",
    "span",
    "label",
    "strong",
    "b",
    "dt",
    "dd",
    "p",
    "div",
    "em",
    "font",
    "i",
    "h5",
    "h6",
    "a",
)
_MAX_VALUE = 160
_MAX_TEXT = 260


@dataclass(slots=True)
class Metadata:
    """Values by kind, as printed, in page order."""

    values: dict[str, list[str]] = field(default_factory=dict)

    def first(self, kind: str) -> str:
        return next(iter(self.values.get(kind, ())), "")

    def all(self, kind: str) -> list[str]:
        return self.values.get(kind, [])


def read_metadata(root: Element, body: Element | None) -> Metadata:
    """Label and value pairs in every layout seen: neighbouring cells, one cell with both,
    a label in an element of its own, ``【label】value``."""
    pairs: list[tuple[bool, str, str]] = []  # whether it counts last, kind, value
    for element in root.iter(*_TAGS):
        own = element.text or ""
        if not own.strip() or len(own) > _MAX_TEXT:
            continue
        match = _START.match(own)
        if not match:
            continue
        label = squeeze(match[1])
        bracketed = "【" in own[: match.start(1)] or "[" in own[: match.start(1)]
        value = _value(element, match, bracketed=bracketed)
        inside = body is not None and any(up is body for up in [element, *ancestors(element)])
        if not value and element.tag in {"td", "th"}:
            value = _below(element) or value
        if value is None:
            continue
        if inside and (label in _VAGUE or not _may_stand_in_body(element, label, bracketed)):
            continue
        if label in _VAGUE and _CLOCK.search(value):
            continue
        pairs.append((inside or label in _VAGUE, _KIND[label], value))
    pairs += _further_pairs(root, body)
    found = Metadata()
    for _, kind, value in sorted(pairs, key=lambda pair: pair[0]):
        found.values.setdefault(kind, []).append(value)
    return found


def _further_pairs(root: Element, body: Element | None) -> list[tuple[bool, str, str]]:
    """The pairs after the first in a line that holds several (``日期：… 来源：… 文号：…``), and
    those behind a line break. In a body only the line below its title may hold such."""
    pairs: list[tuple[bool, str, str]] = []
    inside = set(body.iter()) if body is not None else set()
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for text, tail in ((element.text, False), (element.tail, True)):
            if not text or len(text) > _MAX_TEXT or (":" not in text and "：" not in text):
                continue
            line = re.sub(r"\s+", " ", text).strip()  # each line may be a label's
            holds = (element is not body or not tail) and element in inside
            if holds and not page_furniture.is_meta_line(line):
                continue
            for number, match in enumerate(_PAIR.finditer(line)):
                if (number or tail) and match[2].strip():
                    pairs.append((True, _KIND[squeeze(match[1])], match[2].strip(" |｜")))
    return pairs


def _may_stand_in_body(element: Element, label: str, bracketed: bool) -> bool:
    """In a body only cells, 【labels】 and the line below a title are metadata; a sentence that
    begins like a label is not."""
    if bracketed or _KIND[label] == "published":
        return True
    return any(up.tag in {"td", "th", "dt", "dd"} for up in [element, *ancestors(element, 3)])


def _value(element: Element, match: re.Match[str], *, bracketed: bool) -> str | None:
    """What a label says; '' is a real answer (an empty cell), None means: not a label here."""
    rest = match[3].strip()
    if rest and not match[2] and not bracketed:
        return None  # running text that only begins like a label
    whole = text_of(element)
    after = _START.match(whole)
    said = _cut(after[3]) if after else rest
    if said or (match[2] and _has_value_element(element)):
        return said if len(said) <= _MAX_VALUE else None
    tail = _cut(clean_text(element.tail or ""))
    if tail and len(tail) <= _MAX_VALUE and not _START.match(tail):
        return tail.lstrip(":：】 ").strip()
    beside = _beside(element)
    if beside is None and not match[2] and not bracketed:
        return None
    return beside or ""


def _below(cell: Element) -> str:
    """The cell under a label in a row of nothing but labels."""
    row = cell.getparent()
    under = row.getnext() if row is not None else None
    if row is None or (
        under is None and row.getparent() is not None and row.getparent().tag == "thead"
    ):
        body = row.getparent().getnext() if row is not None else None
        under = next(iter(body.iter("tr")), None) if body is not None else None
    if row is None or under is None or len(row) < 2 or len(under) != len(row):
        return ""
    if not all(squeeze(text_of(each)).rstrip("：:") in _KIND for each in row):
        return ""
    text = text_of(under[row.index(cell)])
    return text if len(text) <= _MAX_VALUE else ""


def _has_value_element(element: Element) -> bool:
    """Whether the element has a place for the value that is just empty (``文号：<b></b>``)."""
    return any(
        child.tag in {"b", "span", "i", "em", "font"} and not len(child) for child in element
    ) and (element.tag not in {"td", "th", "dt", "strong", "b", "label"})


def _beside(element: Element) -> str | None:
    """The text of the next element, or of the next cell when the label fills its cell."""
    current = element
    for _ in range(3):
        following = current.getnext()
        while following is not None and not isinstance(following.tag, str):
            following = following.getnext()
        if following is not None:
            text = text_of(following)
            matched = _START.match(text)
            if matched and (matched[2] or not matched[3]):
                return ""  # the next label: this one's value is empty
            if len(text) <= _MAX_VALUE:
                return _cut(text.lstrip(":： "))
            return None
        parent = current.getparent()
        if parent is None or current.tag in {"td", "th", "li", "div", "dd", "dt"}:
            return None
        if squeeze(text_of(parent)) != squeeze(text_of(element)):
            return None
        current = parent
    return None


def _cut(text: str) -> str:
    return _NEXT.sub("", clean_text(text)).strip(" |｜").strip()
