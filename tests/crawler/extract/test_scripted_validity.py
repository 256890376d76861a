"""A validity that a page's own script writes behind its label."""

from __future__ import annotations

import pytest

from crawler.extract.page.notice_parser import parse_notice
from crawler.extract.scripted_validity import scripted_validity

PAGE = """<html><body><h1>关于某事项的通知</h1><ul>
<li><span>文　　号：</span>某建规字〔2024〕5号</li><li><span>失效日期：</span>2029年03月03日</li>
<li><span id="file_status">{label}</span>
<script type="text/javascript">
  // 明天
  var losetime = '1867161600'; var file_status = {word};
  if (losetime < 1) {{ $('#file_status').parent().append("失效"); }}
</script></li></ul>
<div class="TRS_Editor"><p>各有关单位：</p><p>现就有关事项通知如下，请遵照执行。</p></div></body></html>"""


@pytest.mark.parametrize("word", ["有效", "失效", "已废止", "现行有效", "部分失效"])
def test_the_word_that_is_assigned_counts(word: str) -> None:
    page = PAGE.format(label="文件状态：", word=f"'{word}'")
    assert parse_notice(page, "https://www.example.gov.cn/1.html").validity == word


@pytest.mark.parametrize(
    ("label", "word"),
    [
        ("文件状态：", "''"),  # the script decides by the day: not known here
        ("点击数：", "'有效'"),  # another field's
        ("文件状态：", "state.validity"),
    ],
)
def test_what_only_the_script_knows_is_not_guessed(label: str, word: str) -> None:
    assert scripted_validity(PAGE.format(label=label, word=word)) is None


def test_a_printed_validity_goes_first() -> None:
    page = PAGE.format(label="文件状态：", word="'失效'")
    printed = page.replace("<ul>", "<ul><li><span>有效性：</span>现行有效</li>")
    assert parse_notice(printed, "https://www.example.gov.cn/1.html").validity == "现行有效"
