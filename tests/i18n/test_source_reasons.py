"""Why a source is as it is reads in Chinese, whatever the crawler finds."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import crawler
from i18n.source_reasons import chinese_reason

# What tells of sources; commands' own progress and complaints are for the terminal.
TELLING = (
    "adapters", "passes/pass_context.py", "passes/documents.py", "transport/download.py",
    "transport/fetch.py", "passes/source_verdict.py", "passes/listing.py", "passes/recheck.py",
    "passes/removal.py", "passes/source_pass.py", "extract/lists/list_rows.py",
)  # fmt: skip
ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,}")
NO_REASON = ("Mozilla", "%s", "200: obeyed", "7: no rules", "left its list")


def _files() -> Iterator[Path]:
    root = Path(crawler.__file__).parent
    for name in TELLING:
        path = root / name
        yield from path.glob("*.py") if path.is_dir() else [path]


def _sentences() -> set[str]:
    """Every English sentence that those modules can say, 7 in the place of what varies."""
    found = set()
    for path in _files():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        within = {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr)
            for part in ast.walk(node)
            if part is not node
        }
        for node in ast.walk(tree):
            if id(node) in alone | within:
                continue
            if isinstance(node, ast.JoinedStr):
                found.add("".join(
                    str(part.value) if isinstance(part, ast.Constant) else "7"
                    for part in node.values
                ))  # fmt: skip
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return {text for text in found if text.count(" ") > 1 and ENGLISH.search(text)}


def test_no_sentence_of_the_crawler_stays_english():
    sentences = {text for text in _sentences() if not text.startswith(NO_REASON)}
    assert len(sentences) > 40
    left = {text: chinese_reason(text) for text in sentences}
    assert {text: zh for text, zh in left.items() if ENGLISH.search(zh)} == {}


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        (
            "3 requests in a row failed, the last one: the server fails (HTTP 503)",
            "连续3次请求失败，最后一次：服务器出错（HTTP 503）",
        ),
        (
            "column page: the site refuses the request (HTTP 403)",
            "栏目页：网站拒绝请求（HTTP 403）",
        ),
        ("1 row in the list where at least 10 are expected", "列表仅1行，预期至少10行"),
        (
            "the newest notice is of 2026-08-12, older than 45 days",
            "最新通知日期为2026-08-12，已超过45天",
        ),
        (
            "configured selector 'ul.list li' found no dated row; used fallback:rows",
            "配置的选择器'ul.list li'未找到带日期的行；改用通用识别",
        ),
        (
            "the site asks to slow down (HTTP 429); it asks to wait 60 s",
            "网站要求降低频率（HTTP 429）；对方要求等待60秒",
        ),
        ("what nobody foresaw", "what nobody foresaw"),
    ],
)
def test_the_parts_that_vary_are_kept(english, chinese):
    assert chinese_reason(english) == chinese
