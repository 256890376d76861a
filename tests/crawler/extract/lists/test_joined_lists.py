"""One list in several boxes, and several lists that only look like one."""

from datetime import date, timedelta

import pytest

from crawler.extract.lists.list_rows import find_rows

URL = "http://gxt.example.gov.cn/zwgk/gsgg/"
FIRST = date(2026, 9, 30)


def group(start: int, count: int, folder: str = ".") -> str:
    rows = ""
    for number in range(start, start + count):
        day = FIRST - timedelta(days=number)
        rows += (
            f'<li><a href="{folder}/{day:%Y%m}/t{day:%Y%m%d}_{1000 + number}.htm">示例区关于第{number}号工程的公示</a>'
            f"<em></em><span>{day}</span></li>"
        )
    return rows


def found(markup: str) -> list[str]:
    page = f"<div class='nav'><ul><li><a href='/'>首页</a></li></ul></div><div class='main'>{markup}</div>"
    return [row.url.rsplit("/", 1)[-1] for row in find_rows(page, URL).rows]


def expected(*numbers: int) -> list[str]:
    return [f"t{FIRST - timedelta(days=n):%Y%m%d}_{1000 + n}.htm" for n in numbers]


@pytest.mark.parametrize(
    "shape",
    [
        "<div ms-visible='x'><ul>{}</ul></div>",
        "<div class='page'><div><ul class='l'>{}</ul></div></div>",
        "<section><ul>{}</ul></section><hr/>",
        "<div class='five'><ul>{}</ul><div class='line'></div></div>",
        "<ul>{}</ul>",
    ],
)
def test_groups_of_five_are_one_list(shape: str) -> None:
    markup = "".join(shape.format(group(start, 5)) for start in (0, 5, 10, 15))
    assert found(markup) == expected(*range(20))


def test_the_last_group_may_be_shorter() -> None:
    markup = "".join(
        f"<div><ul>{group(start, size)}</ul></div>" for start, size in ((0, 5), (5, 5), (10, 2))
    )
    assert found(markup) == expected(*range(12))


def test_a_box_for_each_month() -> None:
    markup = "".join(
        f"<div class='m'><h3>{month}</h3><ul>{group(start, 5)}</ul></div>"
        for month, start in (("2026年9月", 0), ("2026年8月", 40), ("7月", 70))
    )
    assert found(markup) == expected(*range(5), *range(40, 45), *range(70, 75))


@pytest.mark.parametrize(
    "markup",
    [
        "<div class='t'><h2>通知公告</h2><ul>{a}</ul></div><div class='t'><h2>政策文件</h2><ul>{b}</ul></div>",
        "<div class='t'><ul>{a}</ul><a href='/more/'>更多&gt;&gt;</a></div><div class='t'><ul>{b}</ul><a href='/more2/'>更多&gt;&gt;</a></div>",
        "<h2>通知公告</h2><div class='t'><ul>{a}</ul></div><h2>政策文件</h2><div class='t'><ul>{b}</ul></div>",
        "<div class='t'><ul>{a}</ul></div><div class='t' style='display:none'><ul>{b}</ul></div>",
        "<div class='t'><img src='a.png'/><ul>{a}</ul></div><div class='t'><img src='b.png'/><ul>{b}</ul></div>",
    ],
)
def test_tabs_and_boxes_with_headings_stay_apart(markup: str) -> None:
    rows = found(markup.format(a=group(0, 5), b=group(5, 4)))
    assert rows == expected(*range(5))


def test_tabs_begin_with_the_newest_again_or_lead_to_other_columns() -> None:
    again = f"<div class='t'><ul>{group(0, 5)}</ul></div><div class='t'><ul>{group(2, 4, '../zcwj')}</ul></div>"
    assert found(again) == expected(*range(5))
    other = f"<div class='t'><ul>{group(0, 5)}</ul></div><div class='t'><ul>{group(5, 4, '../zcwj')}</ul></div>"
    assert found(other) == expected(*range(5))
