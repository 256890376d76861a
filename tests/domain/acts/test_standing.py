"""Who says it: levels of bodies, codes of numbers, in whose name a page speaks."""

from __future__ import annotations

import pytest

from config.body_level import BodyLevel
from domain.acts.agency_codes import number_bodies
from domain.acts.issuers import named_bodies
from domain.acts.public_bodies import may_change, outranks, public_body, publisher_body
from domain.acts.standing import Speaker, Voice, claim_of, standings

MEE = Speaker(publisher="生态环境部", jurisdiction="CN")
MIIT = Speaker(publisher="工业和信息化部", jurisdiction="CN")
COUNCIL = Speaker(publisher="国务院", jurisdiction="CN", speaks_for=("all",))
ZHEJIANG = Speaker(publisher="浙江省生态环境厅", jurisdiction="CN-ZJ")
CITY = Speaker(publisher="嘉兴市生态环境局", jurisdiction="CN-ZJ")
COUNTY = Speaker(publisher="安吉县生态环境局", jurisdiction="CN-ZJ")
TITLE = "关于加强废旧动力电池管理的通知"
OWN = "正文。\n"


@pytest.mark.parametrize(
    ("name", "place", "level"),
    [
        ("全国人大常委会", "CN", "legislature"),
        ("国务院办公厅", "CN", "state_council"),
        ("中华人民共和国生态环境部", "CN-ZJ", "ministry"),
        ("国家发展和改革委员会", "CN", "ministry"),
        ("演示环境部", "CN", "ministry"),
        ("广东省人大常委会", "CN-GD", "provincial_legislature"),
        ("浙江省人民政府办公厅", "CN-ZJ", "provincial_government"),
        ("广东省市场监督管理局", "CN-GD", "province"),
        ("北京市城市管理委员会", "CN-BJ", "province"),
        ("省发展改革委", "CN-ZJ", "province"),
        ("某省工业和信息化厅", "CN-SC", "province"),
        ("嘉兴市生态环境局", "CN-ZJ", "city"),
        ("桐乡市人民政府", "CN-ZJ", "city_government"),
        ("嘉兴市生态环境局桐乡分局", "CN-ZJ", "county"),
        ("北京市朝阳区生态环境局", "CN-BJ", "county"),
        ("演示县生态环境局", "CN-ZJ", "county"),
    ],
)
def test_levels(name: str, place: str, level: BodyLevel) -> None:
    body = public_body(name, place)
    assert body is not None
    assert body.level == level
    assert publisher_body(name, place).level == level


@pytest.mark.parametrize("name", ["固体司", "办公室", "新闻宣传部", "中国环境报"])
def test_a_desk_or_a_paper_is_no_issuer(name: str) -> None:
    assert public_body(name, "CN-ZJ") is None


def test_a_source_may_state_the_level() -> None:
    speaker = Speaker(publisher="长三角一体化办公室", jurisdiction="CN-ZJ", level="province")
    assert speaker.may_speak_for(CITY.bodies)
    assert speaker.may_speak_for(speaker.bodies)
    assert speaker.body.level == "province"


def test_one_office_before_and_after_a_reform() -> None:
    names = ["江苏省经济和信息化委员会", "江苏省工业和信息化厅", "江苏省经信厅"]
    assert len({public_body(name, "CN-JS") for name in names}) == 1


@pytest.mark.parametrize(
    ("above", "below", "stands"),
    [
        ("国务院", "生态环境部", True),
        ("生态环境部", "浙江省生态环境厅", True),
        ("生态环境部", "浙江省人民政府", False),
        ("生态环境部", "工业和信息化部", False),
        ("浙江省人大常委会", "浙江省人民政府", True),
        ("浙江省人民政府", "浙江省生态环境厅", True),
        ("浙江省生态环境厅", "广东省惠州市生态环境局", False),
        ("嘉兴市人民政府", "嘉兴市生态环境局桐乡分局", True),
        ("嘉兴市生态环境局", "安吉县生态环境局", False),
        ("安吉县生态环境局", "生态环境部", False),
    ],
)
def test_who_stands_above_whom(above: str, below: str, stands: bool) -> None:
    one, other = publisher_body(above, "CN-ZJ"), publisher_body(below, "CN-ZJ")
    assert outranks(one, other) is stands
    assert may_change([one], [other]) is stands
    assert may_change([one], [one])


@pytest.mark.parametrize(
    ("number", "bodies"),
    [
        ("环固体〔2026〕31号", ("生态环境部",)),
        ("工信部联节〔2026〕17号", ("工业和信息化部",)),
        ("国办发〔2025〕7号", ("国务院",)),
        ("发改环资〔2021〕1524号", ("国家发展改革委",)),
        ("生态环境部令第25号", ("生态环境部",)),
        ("粤环发〔2026〕5号", ("广东生态环境",)),
        ("苏政办发〔2026〕1号", ("江苏人民政府",)),
        ("安环〔2026〕3号", ()),
        ("公告2026年第20号", ()),
        (None, ()),
    ],
)
def test_whose_number_it_is(number: str | None, bodies: tuple[str, ...]) -> None:
    assert number_bodies(number) == bodies


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("省发展改革委、省财政厅", ()),
        ("各级工业和信息化部门", ()),
        ("国家税务总局浙江省税务局 浙江省财政厅", ("浙江省税务局", "浙江省财政厅")),
        ("工业和信息化部 发展改革委", ("工业和信息化部", "国家发展改革委")),
    ],
)
def test_names_that_are_no_central_body(text: str, names: tuple[str, ...]) -> None:
    assert named_bodies(text) == names


@pytest.mark.parametrize(
    ("title", "text", "issuers", "number", "official"),
    [
        (TITLE, OWN, ("安吉县生态环境局",), None, True),
        (TITLE, OWN, ("安吉县生态环境局",), "安环〔2026〕3号", True),
        (f"安吉县生态环境局转发生态环境部{TITLE}", OWN, ("安吉县生态环境局",), None, True),
        ("安吉县生态环境局贯彻落实生态环境部关于回收的通知", OWN, (), None, True),
        (TITLE, OWN, ("安吉县生态环境局",), "环固体〔2026〕31号", False),
        (TITLE, OWN, ("生态环境部",), None, False),
        (TITLE, OWN, ("生态环境部", "安吉县生态环境局"), None, False),
        (TITLE, OWN, ("中华人民共和国 生态环境部",), "安环〔2026〕3号", False),
        (TITLE, OWN, ("省生态环境厅",), None, False),
        (TITLE, OWN, ("演示环境部",), None, False),
        (f"生态环境部{TITLE}", OWN, ("安吉县生态环境局",), None, False),
        (f"国务院办公厅{TITLE}", OWN, (), None, False),
        (TITLE, f"{OWN}生态环境部\n2026年11月20日", ("安吉县生态环境局",), None, False),
        (TITLE, OWN, ("安吉县生态环境局",), "浙环发〔2026〕4号", False),
        (f"{TITLE}（生态环境部）", OWN, (), None, False),
        (f"【国家发展改革委、财政部】{TITLE}", OWN, (), None, False),
        (f"{TITLE}_生态环境部固体废物与化学品司", OWN, (), None, False),
        (f"中华人民共和国生态环境部令（{TITLE}）", OWN, (), None, False),
        (f"{TITLE}（与生态环境部共同起草）", OWN, (), None, True),
        (f"{TITLE}（安吉县生态环境局）", OWN, (), None, True),
        (f"生態環境部關於{TITLE}", OWN, (), None, False),
        (TITLE, OWN, ("生態環境部",), None, False),
        (TITLE, f"{OWN}中华人民共和国生态环境部\n2026年11月20日", (), None, False),
        (TITLE, f"{OWN}生态环境部（公章）\n2026年11月20日", (), None, False),
        (TITLE, f"{OWN}工业和信息化部节能与综合利用司\n2026年11月20日", (), None, False),
        (TITLE, f"{OWN}请报送生态环境部固体司\n2026年11月20日", (), None, True),
    ],
)
def test_in_whose_name_a_county_speaks(
    title: str, text: str, issuers: tuple[str, ...], number: str | None, official: bool
) -> None:
    claim = claim_of(COUNTY, title, text, issuers, number)
    assert Voice(speaker=COUNTY, claim=claim).confirmed is official


def _standings(*postings: tuple[Speaker, tuple[str, ...], str | None]) -> list[str]:
    voices = [
        Voice(speaker=speaker, claim=claim_of(speaker, TITLE, OWN, issuers, number))
        for speaker, issuers, number in postings
    ]
    return [standing.value for standing in standings(voices)]


def test_the_issuers_own_site_and_its_superiors_are_official() -> None:
    number = "环固体〔2026〕31号"
    own, council = (MEE, ("生态环境部",), number), (COUNCIL, ("生态环境部",), number)
    other, county = (MIIT, ("工业和信息化部",), number), (COUNTY, ("生态环境部",), number)
    assert _standings(own, council, other, county) == ["official", "official", "copy", "copy"]
    assert _standings(other, county) == ["unconfirmed", "unconfirmed"]
    assert _standings(county, council) == ["copy", "official"]


def test_a_joint_act_is_official_on_the_site_of_each_issuer() -> None:
    number = "工信部联节〔2026〕17号"
    sites = [(MIIT, ("工业和信息化部", "生态环境部"), number), (MEE, ("生态环境部",), number)]
    assert _standings(*sites) == ["official", "official"]


def test_a_county_that_says_nothing_is_a_copy_beside_the_ministry() -> None:
    silent = (COUNTY, ("安吉县生态环境局",), None)
    assert _standings(silent) == ["official"]
    assert _standings(silent, (MEE, ("生态环境部",), None)) == ["copy", "official"]


def test_a_provinces_act_on_a_ministrys_site_is_official_and_the_other_way_not() -> None:
    act = ("浙江省生态环境厅",)
    assert _standings((MEE, act, None)) == ["official"]
    assert _standings((ZHEJIANG, ("生态环境部",), None)) == ["unconfirmed"]


def test_a_market_office_of_a_province_is_of_no_city_of_its_name() -> None:
    short, full = public_body("贵州市场监管局", "CN-GZ"), public_body("贵州省市场监管局", "CN-GZ")
    assert short is not None
    assert short == full
