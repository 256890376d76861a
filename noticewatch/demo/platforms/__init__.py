"""How each platform shows a site's articles: list, paging, detail page, attachments."""

from __future__ import annotations

from noticewatch.demo.platforms.fragments import AnhuiLabel, Jpaas, Jpage, Xxgk
from noticewatch.demo.platforms.json_lists import (
    Gkmlpt,
    GovLibrary,
    MiitSearch,
    SacStandard,
    TrsJson,
    UcapQueryList,
    UcapSearch,
)
from noticewatch.demo.platforms.pages import Pages
from noticewatch.demo.platforms.static import Eportal, Homepage, Nfcms, Shanghai, UcapStatic

PLATFORMS: dict[str, type[Pages]] = {
    "trs_static": Pages,
    "static_page": Pages,
    "auto": Pages,
    "nfcms_static": Nfcms,
    "shanghai_dept": Shanghai,
    "ucap_static": UcapStatic,
    "eportal": Eportal,
    "hanweb_jpage": Jpage,
    "hanweb_jpaas": Jpaas,
    "hanweb_xxgk": Xxgk,
    "anhui_label": AnhuiLabel,
    "miit_search": MiitSearch,
    "gkmlpt": Gkmlpt,
    "ucap_search": UcapSearch,
    "ucap_querylist": UcapQueryList,
    "trs_json": TrsJson,
    "gov_library": GovLibrary,
    "sac_standard": SacStandard,
    "homepage_harvest": Homepage,
}
