"""Diff of two 25,000-character regulations, everything renumbered, beside plain difflib.

Prints one JSON object: seconds (best of five), the articles found against the ones that truly
changed, marked characters as a multiple of the truly changed ones, and the same for difflib on
the whole text (characters; slow, on a part of the text that is named).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from difflib import SequenceMatcher
from typing import Any

from domain.diff.compare import diff_text
from domain.diff.diff_model import PartDiff

_SUBJECTS = (
    "生产企业",
    "回收企业",
    "综合利用企业",
    "梯次利用企业",
    "拆解单位",
    "销售者",
    "进口商",
    "服务网点",
)
_ACTIONS = (
    "建立溯源信息台账",
    "如实报送数据",
    "保存转移联单",
    "公开回收价格",
    "核验电池编码",
    "落实消防措施",
    "开展检测评估",
    "配备专业人员",
    "签订委托协议",
    "制定应急预案",
    "接受监督检查",
    "设置警示标识",
)
_OBJECTS = (
    "废旧动力电池",
    "退役电池模组",
    "再生原料",
    "电池包",
    "极片废料",
    "电解液",
    "梯次产品",
    "黑粉",
)
_RULES = (
    "应当自收到之日起{n}个工作日内{a}",
    "不得将{o}交由无相应能力的单位处理",
    "可以委托第三方{a}",
    "对{o}的来源、数量、去向逐批登记",
    "必须在{n}日内向所在地主管部门报告",
    "保存期限不少于{n}年",
    "违反规定的，处{n}万元以下罚款",
    "每季度结束后{n}日内汇总上报",
)
_SWAPS = (
    ("应当", "可以"),
    ("不得", "可以"),
    ("必须", "可以"),
    ("主管部门", "监督机构"),
    ("逐批", "按月"),
)


def chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")


def article(rng: random.Random, length: int) -> str:
    clauses: list[str] = []
    while sum(map(len, clauses)) < length:
        rule = rng.choice(_RULES).format(
            n=rng.randint(2, 60), a=rng.choice(_ACTIONS), o=rng.choice(_OBJECTS)
        )
        clauses.append(f"{rng.choice(_SUBJECTS)}从事{rng.choice(_OBJECTS)}活动的，{rule}")
    return "；".join(clauses) + "。"


def numbered(articles: list[str]) -> str:
    return "\n".join(f"第{chinese(i)}条　{text}" for i, text in enumerate(articles, 1))


def edited(rng: random.Random, text: str) -> tuple[str, int] | None:
    """One word replaced, and how many characters that changed (old and new together)."""
    for old, new in rng.sample(_SWAPS, len(_SWAPS)):
        if old in text:
            return text.replace(old, new, 1), len(old) + len(new)
    return None


def regulation(seed: int, count: int = 150) -> tuple[str, str, set[str], int]:
    """Old text, new text, the changed articles (by text) and the characters truly changed."""
    rng = random.Random(seed)
    old = [article(rng, 150) for _ in range(count)]  # the last 50 are only removed, if at all
    new = list(old)
    truth: set[str] = set()
    changed = 0
    for i in rng.sample(range(count - 50), 25):
        result = edited(rng, new[i])
        if result:
            new[i], characters = result
            truth.add(new[i])
            changed += characters
    for place in (count - 4, count - 40):
        truth.add(new[place])
        changed += len(new.pop(place))
    for place in (0, 3):
        new.insert(place, article(rng, 150))
        truth.add(new[place])
        changed += len(new[place])
    return numbered(old), numbered(new), truth, changed


def touched(part: PartDiff) -> bool:
    return part.kind in {"changed", "added", "removed"}


def measure(seed: int) -> dict[str, Any]:
    old, new, truth, changed = regulation(seed)
    best = 1e9
    parts: tuple[PartDiff, ...] = ()
    for _ in range(5):
        start = time.perf_counter()
        parts = diff_text(old, new)
        best = min(best, time.perf_counter() - start)
    marked = sum(
        len(s.text.strip()) for p in parts if touched(p) for s in p.spans if s.op != "equal"
    )
    return {
        "characters": [len(old), len(new)],
        "seconds": round(best, 4),
        "articles_changed": len(truth),
        "articles_reported": sum(touched(p) for p in parts),
        "renumbered": sum(p.kind == "renumbered" for p in parts),
        "marked_per_changed": round(marked / changed, 3),
    }


def whole_document(seed: int, characters: int) -> dict[str, Any]:
    """difflib over the characters of the first part of the same texts."""
    old, new, _, _ = regulation(seed)
    old, new = old[:characters], new[:characters]
    start = time.perf_counter()
    ops = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    diff_text(old, new)
    ours = time.perf_counter() - start
    return {
        "characters": characters,
        "seconds": round(seconds, 3),
        "edits": sum(op[0] != "equal" for op in ops),
        "times_ours": round(seconds / max(ours, 1e-6), 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--whole", type=int, default=8000, help="characters given to difflib")
    parser.add_argument("--quick", action="store_true", help="one run, less for difflib")
    arguments = parser.parse_args()
    runs = [measure(seed) for seed in range(1 if arguments.quick else arguments.runs)]
    whole = whole_document(0, 3000 if arguments.quick else arguments.whole)
    result = {"rows": rows_of(runs, whole), "runs": runs, "difflib": whole}
    print(json.dumps(result, ensure_ascii=False, indent=1))


def rows_of(runs: list[dict[str, Any]], whole: dict[str, Any]) -> list[dict[str, Any]]:
    """The budgets of the diff, the worst of the runs."""
    seconds = max(run["seconds"] for run in runs)
    exact = all(run["articles_changed"] == run["articles_reported"] for run in runs)
    marked = max(run["marked_per_changed"] for run in runs)
    return [
        {
            "what": "two 25,000-character regulations, everything renumbered",
            "value": seconds,
            "unit": "s",
            "reference": f"difflib, first {whole['characters']} characters: {whole['seconds']} s",
            "ratio": whole["times_ours"],
            "budget": "<= 0.1 s",
            "ok": seconds <= 0.1,
        },
        {
            "what": "articles reported that did not change, or missed",
            "value": sum(abs(r["articles_changed"] - r["articles_reported"]) for r in runs),
            "budget": "0",
            "ok": exact,
        },
        {
            "what": "marked characters for each changed one",
            "value": marked,
            "budget": "<= 2",
            "ok": marked <= 2,
        },
    ]


if __name__ == "__main__":
    main()
