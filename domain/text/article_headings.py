"""Tell the number that heads an article (第二条 中华人民共和国境内…) from one that is cited."""

from __future__ import annotations

import re

NUMERAL = r"[0-9０-９〇○零一二三四五六七八九十百千两]{1,9}"
BLANK = r"[ \t\u00a0\u3000\u2002-\u200b]"
# What goes on with a citation that happens to stand at the start of a line, never with an
# article's own text: 第三条规定的, 第三条和第四条, 第三条第二款, 第三条中的, 第三条所列
# 第三条内容, but 第三条 规划…, 第三条 第三方…, 第三条 中小企业…, 第三条 所有…, 第三条 内部….
CITED_ON = (
    rf"(?:[、，,）)》”\"]|{BLANK}*(?:规定(?!期限|时限|时间|范围|条件)|的|之|及其|"
    rf"(?:和|与|及|以及|或|或者|至|到){BLANK}*(?:第{BLANK}*{NUMERAL}{BLANK}*[编章节条款项目]|本(?:办法|规定|条例|细则)|《|附[件表])|"
    rf"第{BLANK}*(?:{NUMERAL}|[（(]{NUMERAL}[）)]){BLANK}*[条款项目]|[款项](?:规定|的|中|所|和|或|、)|项下|"
    r"中(?:的|所|有关|规定|关于|[“\"，,])|所(?:列|称|述|指|规定|定|涉|提|说)|内(?:容|的|规定|所)))"
)
# For example 第十二条 回收企业应当, 第五条之一 or, from a PDF, 第二条中华人民共和国境内.
ARTICLE_HEADING = re.compile(
    rf"(?:^|(?<=[。；;！!？?])){BLANK}*(?P<label>第{BLANK}*{NUMERAL}{BLANK}*条(?:之[一二三四五六七八九十]{{1,2}})?)"
    rf"(?!{CITED_ON})",
    re.MULTILINE,
)
# For example 第二章 总则 or 第三章规划与建设.
CHAPTER_HEADING = re.compile(
    rf"^{BLANK}*(?P<label>第{BLANK}*{NUMERAL}{BLANK}*[编章节])(?!{CITED_ON}) *", re.MULTILINE
)
