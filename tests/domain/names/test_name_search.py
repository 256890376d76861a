"""Companies are found by any of their names, and never by a near-name of another one."""

from __future__ import annotations

import time

import pytest

from config.companies.credit_code import check_character
from config.companies.entities import Entity
from domain.names.mention import NameKind, NameMention, entities_named
from domain.names.name_forms import fingerprint, name_forms
from domain.names.name_search import find_names, mentions_in

BODY = "91310115MA1K4XY2T"
CODE = BODY + check_character(BODY)
OURS = Entity.model_validate(
    {
        "key": "farwave",
        "name": {"zh": "上海远澜进出口有限公司", "en": "Shanghai Farwave Import Co."},
        "credit_code": CODE, "roles": ["importer"], "places": ["CN-SH"],
        "aliases": ["远澜进出口", "远澜"], "former_names": ["上海远澜贸易有限公司"],
        "suppliers": [
            {"name": "江苏绿桐循环科技有限公司", "aliases": ["绿桐循环"]},
            {"name": "宁波星钴（集团）股份有限公司", "aliases": ["星钴"]},
        ],
    }
)  # fmt: skip
FORMS = name_forms([OURS])


def kinds(text: str) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.kind.value) for one in find_names(text, FORMS)]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("上海远澜进出口有限公司未按规定报送", "上海远澜进出口有限公司", "full"),
        ("上海　远澜进出口 有限公司", "上海　远澜进出口 有限公司", "full"),
        ("上海远澜进出口有\n限公司", "上海远澜进出口有\n限公司", "full"),
        ("责令江苏绿桐循环科技有限公司改正", "江苏绿桐循环科技有限公司", "full"),
        ("1\t江苏绿桐循环科技有限公司\t常州", "江苏绿桐循环科技有限公司", "full"),
        ("宁波星钴(集团)股份有限公司", "宁波星钴(集团)股份有限公司", "full"),
        ("宁波星钴〔集团〕股份有限公司", "宁波星钴〔集团〕股份有限公司", "full"),
        ("浙江省宁波星钴（集团）股份有限公司", "宁波星钴（集团）股份有限公司", "full"),
        ("原上海远澜贸易有限公司", "上海远澜贸易有限公司", "former"),
        ("SHANGHAI  FARWAVE IMPORT CO., LTD.", "SHANGHAI  FARWAVE IMPORT CO.", "english"),
        (f"统一社会信用代码：{CODE}", CODE, "credit_code"),
        (f"代码 {CODE[:4]} {CODE[4:]}。", f"{CODE[:4]} {CODE[4:]}", "credit_code"),
        ("对远澜处以罚款", "远澜", "short"),
        ("远澜公司逾期不改正", "远澜", "short"),
        ("撤销绿桐循环的公告", "绿桐循环", "short"),
        ("企业名称：星钴", "星钴", "short"),
        ("督促星钴整改", "星钴", "short"),
        ("（一）江苏绿桐循环科技有限公司", "江苏绿桐循环科技有限公司", "full"),
        ("江苏绿桐循环科技被约谈", "江苏绿桐循环科技", "short"),
        ("上海远澜进出口有限公司苏州分公司", "上海远澜进出口有限公司", "branch"),
    ],
)
def test_a_company_is_found_by_each_of_its_names(text: str, name: str, kind: str) -> None:
    assert kinds(text) == [(name, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "上海远澜进出口有限责任公司", "上海新远澜进出口有限公司", "北京远澜进出口有限公司",
        "苏州绿桐循环科技有限公司", "江苏绿桐循环科技（苏州）有限公司", "远澜物流有限公司",
        "上海远澜物流公司", "衢州星钴新材料有限公司", "星钴锂业", "新星钴未报送", "浙江星钴未报送",
        "绿桐循环产业园", "远澜集团", "深远澜", "远澜新材料", "远澜进出口（深圳）有限公司",
        "江苏绿桐循环科技有限公司集团", "绿桐", BODY, f"A{CODE}", f"{CODE}1",
    ],
)  # fmt: skip
def test_a_near_name_of_another_company_is_no_match(text: str) -> None:
    assert kinds(text) == []


def test_a_short_name_that_the_text_defines_is_known_in_it() -> None:
    text = "江苏绿桐循环科技有限公司（以下简称“桐科”）未报送。桐科应当整改。"
    assert [name for name, _ in kinds(text)] == ["江苏绿桐循环科技有限公司", "桐科", "桐科"]
    assert kinds("桐科应当整改。") == []
    general = "江苏绿桐循环科技有限公司（以下简称该公司）未报送。该公司应当整改。"
    assert len(kinds(general)) == 1


def test_a_short_name_of_two_companies_or_of_a_place_stands_for_none() -> None:
    two = Entity.model_validate(
        {
            "key": "two", "name": "常州青禾电池有限公司", "aliases": ["青禾", "常州"],
            "roles": ["recycler"], "places": ["常州"],
            "suppliers": [{"name": "赣州青禾材料有限公司", "aliases": "青禾"}],
        }
    )  # fmt: skip
    forms = name_forms([two])
    assert find_names("青禾未报送，常州应当", forms) == []
    assert len(find_names("常州青禾电池有限公司、赣州青禾材料有限公司", forms)) == 2


def test_a_mention_tells_whose_it_is_its_sentence_and_its_place() -> None:
    text = "通报\n\n经查，江苏绿桐循环科技有限公司超期贮存。对上海远澜进出口有限公司予以警告。"
    assert mentions_in(text, FORMS, "正文") == [
        NameMention(
            entity="farwave", supplier="江苏绿桐循环科技有限公司", kind=NameKind.FULL,
            name="江苏绿桐循环科技有限公司", quote="经查，江苏绿桐循环科技有限公司超期贮存。",
            where="正文第2段",
        ),
        NameMention(
            entity="farwave", supplier=None, name="上海远澜进出口有限公司", kind=NameKind.FULL,
            quote="对上海远澜进出口有限公司予以警告。", where="正文第2段",
        ),
    ]  # fmt: skip


def test_only_entities_themselves_count_as_named_entities() -> None:
    supplier = mentions_in("江苏绿桐循环科技有限公司", FORMS, "标题")
    assert entities_named(supplier) == frozenset()
    assert entities_named(mentions_in("上海远澜进出口有限公司", FORMS, "标题")) == {"farwave"}


def test_another_name_gives_another_fingerprint() -> None:
    more = OURS.model_copy(update={"aliases": ("远澜进出口",)})
    assert fingerprint(FORMS) != fingerprint(name_forms([more]))
    assert fingerprint(FORMS) == fingerprint(name_forms([OURS]))


def test_reading_takes_time_linear_in_the_text() -> None:
    line = "关于远处绿色的通知，" * 50 + "上海远澜进出口有限公司。\n"
    seconds = []
    for lines in (200, 2000):
        started = time.process_time()
        assert len(find_names(line * lines, FORMS)) == lines
        seconds.append(time.process_time() - started)
    assert seconds[1] < 40 * max(seconds[0], 0.01)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("经查格瑞循环(武汉)有限公司", ["格瑞循环(武汉)有限公司"]),
        ("格瑞循环（荆门）有限公司", []),
        ("天津赛阳电池厂", ["天津赛阳电池厂"]),
        ("天津赛阳电池厂有限公司", []),
        ("湖北格瑞循环（武汉）有限公司", []),
    ],
)
def test_a_place_within_a_name_and_a_name_that_is_no_company_limited(
    text: str, found: list[str]
) -> None:
    entity = Entity.model_validate(
        {
            "key": "g", "name": "格瑞循环（武汉）有限公司", "roles": ["recycler"],
            "places": ["武汉"], "suppliers": [{"name": "天津赛阳电池厂"}],
        }
    )  # fmt: skip
    names = find_names(text, name_forms([entity]))
    assert [text[one.start : one.end] for one in names] == found
