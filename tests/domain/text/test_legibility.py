"""Text, and what glyphs without a true map give."""

from __future__ import annotations

import pytest

from domain.text.legibility import UNKNOWN, is_legible, is_mapped


@pytest.mark.parametrize(
    "text",
    [
        "第一条 为规范废旧动力电池综合利用管理，防治环境污染，制定本办法。",
        "關於廢舊動力電池綜合利用管理辦法的通知，各有關單位應當遵照執行。",
        "The limits of chosen items (mg/L) are given in table 3.",
        "1 24 0.05 23 0.3 2 0.002 24 0.1 100 200 300",
        "GB/T 34014—2017 Ⅱ ① ㎡ ≥ 98% α β Δ",
        "短文", "", "2026", "91440101MA5CXKLM2P 08NPB1F7G00W21B3K4 NCM811 LFP280K " * 4,
        "覆铜板、锂镍钴锰氧化物、碳酸锂、六氟磷酸锂及锌锰镉电池的回收",
    ],
)  # fmt: skip
def test_text_is_legible(text: str) -> None:
    assert is_legible(text)


@pytest.mark.parametrize(
    "text",
    [
        "\ue101\ue102\ue103\ue104" * 5,
        UNKNOWN * 20 + "第一条",
        UNKNOWN * 3,
        "ÖÐ»ªÈËÃñ¹²ºÍ¹ú¹¤ÒµºÍÐÅÏ¢»¯²¿",
        "\u0623\u0905\u0e01\u10d0" * 5,
        "乀乁乂乄乆乇乊乑乗乚乛乢乣乤乥乧乨乪乫乬",
        "!\"#$%&'()*+,-./:;<=>?@[\\]^_`",
        "!\"#$%&'*+,-./0123456789:;<=>?@ABCDEFGHIJ",
        "BCDFGHJKLMNPQRSTVWXZ" * 4,
    ],
)
def test_soup_is_not(text: str) -> None:
    assert not is_legible(text)


def test_bare_codes_are_text_only_if_they_are_chinese() -> None:
    assert is_mapped("第一条为了规范动力电池")
    assert not is_mapped("乀乁乂乄乆")
    assert not is_mapped("123")
    assert not is_mapped("")
