"""Render a replica site's articles as each platform does: list, paging, detail, attachments."""

from __future__ import annotations

from noticewatch.demo.platforms.fragments import AnhuiLabelPages, JpaasPages, JpagePages, XxgkPages
from noticewatch.demo.platforms.json_lists import (
    Gkmlpt,
    GovLibrary,
    MiitSearch,
    SacStandard,
    TrsJson,
    UcapQueryList,
    UcapSearch,
)
from noticewatch.demo.platforms.law_libraries import MojRegulations, NpcLaw
from noticewatch.demo.platforms.replica_pages import ReplicaPages
from noticewatch.demo.platforms.static import Eportal, Homepage, Nfcms, Shanghai, UcapStatic

PLATFORMS: dict[str, type[ReplicaPages]] = {
    "trs_static": ReplicaPages,
    "static_page": ReplicaPages,
    "auto": ReplicaPages,
    "nfcms_static": Nfcms,
    "shanghai_dept": Shanghai,
    "ucap_static": UcapStatic,
    "eportal": Eportal,
    "hanweb_jpage": JpagePages,
    "hanweb_jpaas": JpaasPages,
    "hanweb_xxgk": XxgkPages,
    "anhui_label": AnhuiLabelPages,
    "miit_search": MiitSearch,
    "gkmlpt": Gkmlpt,
    "ucap_search": UcapSearch,
    "ucap_querylist": UcapQueryList,
    "trs_json": TrsJson,
    "gov_library": GovLibrary,
    "sac_standard": SacStandard,
    "npc_law": NpcLaw,
    "moj_regulations": MojRegulations,
    "homepage_harvest": Homepage,
}
