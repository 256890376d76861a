"""English names of issuing bodies, put together from their parts."""

from __future__ import annotations

import pytest

from i18n.en.body_names import body_name
from i18n.en.english_titles import title_en


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("商务部", "Ministry of Commerce"),
        ("中华人民共和国青岛海关", "Qingdao Customs"),
        ("拱北海关", "Gongbei Customs"),
        ("上海海关", "Shanghai Customs"),
        ("中华人民共和国浙江海事局", "Zhejiang Maritime Safety Administration"),
        ("常州市生态环境局", "Changzhou Bureau of Ecology and Environment"),
        ("重庆市应急管理局", "Chongqing Municipal Bureau of Emergency Management"),
        ("湖南省应急管理厅", "Hunan Department of Emergency Management"),
        ("宁波市发展和改革委员会", "Ningbo Development and Reform Commission"),
        ("佛山市人民政府办公室", "Office of the Foshan People's Government"),
        ("厦门市消防救援支队", "Xiamen Fire and Rescue Brigade"),
        ("广西壮族自治区财政厅", "Guangxi Department of Finance"),
        ("云南省市场监督管理局", "Yunnan Administration for Market Regulation"),
        ("国家税务总局合肥市税务局", "Hefei Tax Service"),
    ],
)
def test_a_body_has_its_english_name(chinese: str, english: str) -> None:
    assert body_name(chinese) == english


@pytest.mark.parametrize("chinese", ["无名县商务局", "苏州市某某局", "海关", "生态环境局", ""])
def test_what_is_not_known_in_every_part_has_none(chinese: str) -> None:
    assert body_name(chinese) is None


def test_a_title_names_the_body_in_english() -> None:
    told = title_en("关于电池出口申报事项的通告", ["中华人民共和国青岛海关"], "final")
    assert told.startswith("Circular · Qingdao Customs")
