"""Every shipped file loads, covers its ground and holds nothing it must not."""

from __future__ import annotations

import json
import re
from importlib import resources
from urllib.parse import urlsplit

import pytest

from config.loader import (
    load_issuers,
    load_jurisdictions,
    load_platforms,
    load_register,
    load_source,
    load_topics,
)
from config.model import parse_duration
from tests.paths import FIXTURES

PAGES = FIXTURES / "sources"
PLATFORMS = {
    "miit_search", "hanweb_jpaas", "hanweb_jpage", "hanweb_xxgk", "trs_static", "trs_json",
    "nfcms_static", "shanghai_dept", "ucap_static", "ucap_search", "ucap_querylist", "eportal",
    "anhui_label", "gkmlpt", "gov_library", "sac_standard", "homepage_harvest", "auto",
}  # fmt: skip
TOPICS = [
    "traceability-format", "portal", "penalty", "enforcement-campaign", "hazardous-transport",
    "customs-trade", "environmental-permit", "cascade-use", "recycled-material",
    "recycler-qualification", "collection-responsibility", "standards",
]  # fmt: skip
DEAD_HOSTS = {
    "gdida.gd.gov.cn", "gxt.hubei.gov.cn", "jxt.hunan.gov.cn", "jxt.ah.gov.cn", "xyj.tj.gov.cn",
    "jxw.cq.gov.cn", "gxt.sc.gov.cn", "gxt.cq.gov.cn", "stt.jiangsu.gov.cn", "sthjt.tj.gov.cn",
    "sthjt.shandong.gov.cn",
}  # fmt: skip
DEAD_PARTS = (
    "sheitc.sh.gov.cn/jxw/tzgg/", "sheitc.sh.gov.cn/tzgg/", "sheitc.sh.gov.cn/zwgk/tz/",
    "col68093", "col68094", "col9176", "col70796",
    "col1229561120", "col1229563842", "col152898", "col1229120577",
)  # fmt: skip
INDUSTRY = re.compile(r"工业和信息化|经济和信息化")
ENVIRONMENT = re.compile(r"生态环境")


def test_every_platform_of_the_design_is_there(platforms):
    assert set(platforms) >= PLATFORMS


def test_json_platforms_name_what_the_adapter_needs(platforms, sources):
    for source in sources.values():
        platform = platforms[source.platform]
        if platform.adapter != "json_list":
            continue
        for column in source.columns:
            params = {**platform.params, **column.params}
            assert "items" in params, (source.key, column.key)
            for name in ("title", "url"):
                assert f"field.{name}" in params or f"template.{name}" in params, source.key


def test_paged_json_platforms_send_the_page_number(platforms, sources):
    for source in sources.values():
        platform = platforms[source.platform]
        if platform.paging.style != "query" or source.key == "eu-eurlex":
            continue
        for column in source.columns:
            values = {**platform.params, **column.params}.values()
            told = any("{page}" in value or "{skip}" in value for value in values)
            assert told, source.key


def test_placeholders_of_requests_are_known(platforms, sources):
    """A column names every param that its platform's request is made of."""
    known = {"page", "size", "start", "end", "skip", "url"}
    for source in sources.values():
        platform = platforms[source.platform]
        for column in source.columns:
            params = {**platform.params, **column.params}
            found = {
                name.split(".", 1)[1]
                for name in params
                if name.startswith(("discover.", "from_url."))
            }
            for name, value in params.items():
                if name not in ("endpoint", "json") and not name.startswith(("query.", "form.")):
                    continue
                for place in re.findall(r"\{(\w+)\}", value):
                    assert place in known | set(params) | found, (source.key, name, place)


def test_every_regular_expression_compiles(platforms, sources):
    for platform in platforms.values():
        if platform.article_url:
            re.compile(platform.article_url)
    for params in [p.params for p in platforms.values()] + [
        c.params for s in sources.values() for c in s.columns
    ]:
        for name, value in params.items():
            if name.startswith(("discover.", "from_url.")):
                assert re.compile(value).groups == 1, name
            elif name.startswith("keep.") or name == "article_url":
                re.compile(value)


def test_what_is_asked_in_json_is_json(platforms, sources):
    asked = [
        {**platforms[source.platform].params, **column.params}
        for source in sources.values()
        for column in source.columns
    ]
    templates = {params["json"] for params in asked if "json" in params}
    assert templates
    for template in templates:
        assert isinstance(json.loads(re.sub(r"\{\w+\}", "1", template)), dict)


ADDRESSES = {
    "miit_search": "/zwgk/zcwj/wjfb/tz/art/2026/art_c3b698fbaf0d42259de3e48d36a0d107.html",
    "hanweb_jpaas": "/gzcy/yjzj/art/2026/art_3c2e4c31f3174237ba8575b3d8a8745d.html",
    "hanweb_jpage": "/art/2026/6/10/art_6278_11783480.html",
    "trs_static": "/hdjl/yjzj/zjyj/202609/t20260914_1166201.shtml",
    "nfcms_static": "/zwgk/tzgg1011/content/post_4712345.html",
    "shanghai_dept": "/cyfz/20260901/0123456789abcdef0123456789abcdef.html",
    "ucap_static": "/scjxt/wjfb/2026/9/15/0123456789abcdef0123456789abcdef.shtml",
    "ucap_search": "/gxt/c107069/202607/c00_31234567.shtml",
    "ucap_querylist": "/jxsgyhxxht/zcwj/content/content_1234567890123456789.html",
    "eportal": "/gxt/yfxz/fgfgg/2026061712345678901/index.shtml",
    "anhui_label": "/public/21691/121234567.html",
    "gkmlpt": "/gkmlpt/content/0/963/post_963149.html",
    "gov_library": "/zhengce/zhengceku/202501/content_7000295.htm",
}


@pytest.mark.parametrize("key", sorted(ADDRESSES))
def test_article_addresses(key, platforms):
    assert re.search(platforms[key].article_url, ADDRESSES[key])
    assert not re.search(platforms[key].article_url, "/zwgk/index.html")
    if key not in {"anhui_label", "gov_library"}:
        harvest = platforms["homepage_harvest"].article_url
        assert re.search(harvest, ADDRESSES[key]), "the harvest knows the same address"


def test_marks_tell_platforms_apart(platforms):
    seen: dict[str, str] = {}
    for platform in platforms.values():
        for mark in platform.marks:
            assert seen.setdefault(mark, platform.key) == platform.key, mark


# -------------------------------------------------------------------- sources


def test_sources_use_known_platforms_and_web_addresses(sources, platforms):
    for source in sources.values():
        assert source.platform in platforms
        for column in source.columns:
            parts = urlsplit(column.url)
            assert parts.scheme in {"http", "https"}, column.url
            assert parts.hostname
            assert "." in parts.hostname


def test_no_address_that_is_known_to_be_dead_or_invented(sources):
    for source in sources.values():
        for column in source.columns:
            assert urlsplit(column.url).hostname not in DEAD_HOSTS, column.url
            assert not any(part in column.url for part in DEAD_PARTS), column.url


def test_both_departments_of_every_province(sources):
    provinces = [code for code in load_jurisdictions() if code.startswith("CN-")]
    assert len(provinces) == 31
    for code in provinces:
        publishers = [s.publisher for s in sources.values() if s.jurisdiction == code and s.enabled]
        assert any(INDUSTRY.search(name) for name in publishers), code
        assert any(ENVIRONMENT.search(name) for name in publishers), code


def test_national_bodies_and_the_union(sources):
    expected = {
        "cn-miit", "cn-miit-unit", "cn-miit-platform", "cn-mee", "cn-mot", "cn-mofcom", "cn-samr",
        "cn-ndrc", "cn-gacc", "cn-gov-library", "cn-sac", "eu-eurlex",
    }  # fmt: skip
    assert expected <= set(sources)
    assert sources["eu-eurlex"].jurisdiction == "EU"
    assert sources["cn-gacc"].enabled


def test_names_are_in_their_own_language(sources):
    """English names are welcome, not required: somebody who adds a source may not know them."""
    for source in sources.values():
        for name in [source.name, *(column.name for column in source.columns if column.name)]:
            assert name.zh
            assert not re.search(r"[\u4e00-\u9fff]", name.en or ""), source.key


def test_nearly_every_source_and_publisher_has_an_english_name(sources):
    issuers = load_issuers()
    chinese = [source for source in sources.values() if source.jurisdiction != "EU"]
    unnamed = [s.key for s in chinese if not s.name.en or s.publisher not in issuers]
    unnamed += [
        f"{s.key}/{column.key}"
        for s in chinese
        for column in s.columns
        if column.name is None or not column.name.en
    ]
    assert len(unnamed) <= len(sources) // 10, f"config/issuers.yml, name.en of: {unnamed}"


def test_evidence_says_since_when_and_how(sources):
    for source in sources.values():
        assert source.evidence.since is not None, source.key
        assert len(source.evidence.note) > 20, source.key


def test_recorded_means_that_a_response_is_kept(sources):
    elsewhere = {"cn-gov-latest"}  # its recording is too large to be kept here
    for key, source in sources.items():
        if source.evidence.level == "recorded" and key not in elsewhere:
            assert any((PAGES / key).iterdir()), f"{key}: noticewatch source capture {key}"


def test_manners(sources):
    for source in sources.values():
        gap = source.http.min_gap_seconds
        assert gap >= 1 or (gap == 0 and "127.0.0.1" in source.columns[0].url), source.key
        assert source.http.robots == "obey", source.key
        assert source.http.verify_tls, source.key
        assert parse_duration(source.schedule.every) >= 900, source.key


def test_priority_provinces_are_asked_every_hour(sources):
    for key in (
        "cn-sh-sheitc",
        "cn-sh-sthj",
        "cn-gd-gdii",
        "cn-gd-gdee",
        "cn-js-gxt",
        "cn-js-sthjt",
    ):
        assert sources[key].schedule.seconds <= 3600


def test_columns_that_share_an_address_differ_in_their_params(sources):
    for source in sources.values():
        asked = [(c.url, tuple(sorted(c.params.items()))) for c in source.columns]
        assert len(set(asked)) == len(asked), source.key


def test_one_source_by_key():
    assert load_source("cn-mee").publisher == "生态环境部"


# ---------------------------------------------------------------- other files


def test_topics():
    topics = load_topics()
    assert [topic.id for topic in topics] == TOPICS
    for topic in topics:
        assert len(topic.terms) >= 10
        assert len(topic.prototypes_zh) >= 5
        assert len(topic.prototypes_en) >= 2
        assert topic.not_in_topic is not None


def test_register():
    acts = {act.key: act for act in load_register()}
    order73 = acts["miit-order-73"]
    assert order73.status == "in_force"
    assert str(order73.effective) == "2026-04-01"
    assert len(order73.issuers) == 6
    assert set(order73.repeals) >= {
        "工信部联节〔2018〕43号",
        "工业和信息化部公告2018年第35号",
        "工业和信息化部公告2019年第46号",
        "工信部联节〔2021〕114号",
    }
    assert "amount not read" in order73.fines
    assert "50,000" in acts["eco-code"].articles["1223"]
    known = {act.document_number for act in acts.values()} | {act.title for act in acts.values()}
    for act in acts.values():
        if act.repealed_by:
            assert act.status in {"repealed", "partly_repealed"}, act.key
            assert act.repealed_by in known, act.key
        if act.replaced_by:
            assert act.replaced_by in known, act.key
        if act.status == "repealed":
            assert act.repealed_by or act.replaced_by, act.key
        assert act.kind, act.key
        assert act.evidence.since, act.key
        assert act.evidence.level in {"reported", "inferred"}, act.key
        assert act.scope is None or act.scope.en, act.key
        assert all(wrong.why.en for wrong in act.wrong_names), act.key
        assert set(act.topics) <= set(TOPICS), act.key
        assert act.evidence.note, act.key
        assert act.title not in act.aliases


def test_register_keys_differ():
    keys = [act.key for act in load_register()]
    assert len(set(keys)) == len(keys)


def test_issuers_cover_every_registered_issuer():
    issuers = load_issuers()
    for act in load_register():
        for name in act.issuers:
            assert name in issuers, name
    for short in (
        "工信部",
        "市场监管总局",
        "国家发展改革委",
        "工业和信息化部办公厅",
        "广东省工信厅",
    ):
        assert short in issuers, short
    for zh, en in issuers.items():
        assert re.search(r"[\u4e00-\u9fff]", zh)
        assert not re.search(r"[\u4e00-\u9fff]", en), zh


def test_jurisdictions():
    names = load_jurisdictions()
    assert len(names) == 33
    assert names["CN-GD"].zh == "广东"
    assert names["EU"].en == "European Union"


def test_package_data_is_found_as_package_data():
    folder = resources.files("config").joinpath("sources")
    assert sum(1 for entry in folder.iterdir() if entry.name.endswith(".yml")) >= 80


def test_no_secret_or_machine_path_in_any_file():
    for folder in ("sources", "platforms", ""):
        base = resources.files("config").joinpath(folder) if folder else resources.files("config")
        for entry in base.iterdir():
            if entry.name.endswith((".yml", ".md")):
                text = entry.read_text(encoding="utf-8")
                assert not re.search(r"/(?:home|opt|srv)/|password|xox[bp]-", text), entry.name


def test_every_platform_names_an_adapter_that_the_guide_tells_of() -> None:
    from crawler.adapters.registry import ADAPTERS, AUTO

    guide = (resources.files("config") / "platforms/README.md").read_text(encoding="utf-8")
    adapters = {platform.adapter for platform in load_platforms().values()}
    assert adapters == {*ADAPTERS, AUTO}
    assert all(f"`{name}`" in guide for name in adapters)
