"""A generated corpus in the manner of notices: no outside data, the same for the same seed.

Words are made from common Han characters with frequencies that fall like those of legal text,
mixed with terms of the field, numbers, dates, amounts and document numbers.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

_TERM_LINES = (
    "动力电池 蓄电池 新能源汽车 综合利用 梯次利用 再生利用 溯源 编码 回收 退役 拆解 备案 企业 规定",
    "办法 应当 不得 可以 主管部门 工业和信息化 生态环境 市场监管 责令改正 罚款 违法 台账 报告 信息",
    "平台 管理 登记 生产 销售 进口 运输 贮存 处置 危险废物 环境影响 评价 标准 规范 条件 公告 通知",
    "意见 征求 社会 公开 监督 检查 处罚 期限 工作日 材料 申请 审核 审批 许可 机构 单位 个人 责任",
    "义务 碳酸锂 黑粉 正极 负极 电解液 模组 电池包 回收率 锂 镍 钴 铜 铝 能耗 水耗 排放 安全 消防",
    "数据 接口 字段 服务网点",
)
TERMS = [term for line in _TERM_LINES for term in line.split()]
_COMMON = "的和在对有为以及由于与或其中等并按将应本各所从据是不了上下内外前后可被向经"
_AGENCIES = (
    "工信部联节",
    "环办便函",
    "发改环资",
    "国市监",
    "粤工信节能函",
    "苏工信规",
    "沪经信规",
    "交运发",
)


@dataclass(frozen=True, slots=True)
class Generated:
    number: int
    title: str
    text: str
    document_number: str | None
    published: str


class Corpus:
    """Notices one after the other; :meth:`notices` may be called once."""

    def __init__(self, seed: int = 1, characters: int = 1500) -> None:
        self.rng = random.Random(seed)
        self.characters = characters
        han = [bytes((a, b)).decode("gb2312") for a in range(0xB0, 0xD7) for b in range(0xA1, 0xFA)]
        self.rng.shuffle(han)
        weights = [1 / (i + 12) for i in range(len(han))]
        rare = self.rng.choices(han, weights, k=70_000)
        sizes = self.rng.choices((2, 2, 2, 2, 3, 4), k=24_000)
        made: list[str] = []
        at = 0
        for size in sizes:
            made.append("".join(rare[at : at + size]))
            at += size
        words = [*_COMMON, *TERMS, *dict.fromkeys(made)]
        head = list(words[: len(_COMMON) + len(TERMS)])
        self.rng.shuffle(head)
        self.words: list[str] = [*head, *words[len(head) :]]
        self._weights = list(accumulate(1 / (i + 8) ** 0.98 for i in range(len(self.words))))

    def word(self) -> str:
        return self.words[bisect(self._weights, self.rng.random() * self._weights[-1])]

    def sentence(self) -> str:
        rng = self.rng
        clauses = []
        for _ in range(rng.randint(1, 4)):
            words = [self.word() for _ in range(rng.randint(3, 9))]
            if rng.random() < 0.25:
                words.insert(rng.randrange(len(words)), self.figure())
            clauses.append("".join(words))
        return "，".join(clauses) + rng.choice("。。。；")

    def figure(self) -> str:
        rng = self.rng
        kind = rng.randrange(7)
        if kind == 0:
            return f"{rng.randint(1, 90)}个工作日"
        if kind == 1:
            return f"{rng.randint(1, 500) * 1000}元"
        if kind == 2:
            return f"{rng.randint(2015, 2026)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
        if kind == 3:
            return f"GB/T {rng.randint(30000, 46000)}-{rng.randint(2010, 2026)}"
        if kind == 4:
            return f"{rng.randint(1, 99)}.{rng.randint(0, 9)}%"
        return f"第{rng.randint(1, 90)}条" if kind == 5 else f"（{self.agency_number()}）"

    def agency_number(self) -> str:
        rng = self.rng
        return f"{rng.choice(_AGENCIES)}〔{rng.randint(2015, 2026)}〕{rng.randint(1, 400)}号"

    def notices(self, count: int) -> Iterator[Generated]:
        rng = self.rng
        last = date(2026, 11, 1)
        for number in range(1, count + 1):
            body: list[str] = []
            length, wanted = 0, int(rng.lognormvariate(0, 0.35) * self.characters * 0.94)
            while length < wanted:
                paragraph = "".join(self.sentence() for _ in range(rng.randint(1, 4)))
                body.append(paragraph)
                length += len(paragraph) + 1
            published = last - timedelta(days=int(rng.triangular(0, 4000, 0)))
            own = self.agency_number() if rng.random() < 0.6 else None
            title = f"关于{self.word()}{self.word()}{rng.choice(TERMS)}{self.word()}的通知"
            yield Generated(number, title, "\n".join(body), own, published.isoformat())
