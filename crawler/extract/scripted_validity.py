"""Read the validity that a page's own script writes behind its label.

Guangzhou's platform of normative documents prints 文件状态： and leaves the word to a script:
``<span>文件状态：</span><script>var file_status = '有效'; …``.
"""

from __future__ import annotations

import re

_LONGEST_SCRIPT = 2000
# For example 文件状态：</span> <script>
_LABEL = re.compile(
    r"(?:文件状态|文件有效性|有效性|时效性|时效|效力状态)\s{0,9}[:：]?\s{0,9}</\w{1,9}>\s{0,99}"
    r"<script[^>]{0,99}>"
)
# For example file_status = '已失效'
_WORD = re.compile(
    r"=\s{0,9}['\"]((?:现行|继续)?有效|已?失效|已?废止|已?修改|已?过期|尚未生效|部分失效)['\"]"
)


def scripted_validity(html: str) -> str | None:
    """The first word of validity that the script behind a label assigns."""
    label = _LABEL.search(html)
    if label is None:
        return None
    script = html[label.end() : label.end() + _LONGEST_SCRIPT].partition("</script")[0]
    word = _WORD.search(script)
    return word[1] if word else None
