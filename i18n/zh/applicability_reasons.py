"""Chinese sentences of why a duty applies to a company, may, or does not."""

from __future__ import annotations

from i18n.phrases import jurisdiction_name
from i18n.sentence import Sentence


def _roles(roles: tuple[str, ...]) -> str:
    from i18n.glossary_terms import roles as known_roles

    known = known_roles().roles
    return "、".join(known[role].zh if role in known else role for role in roles)


def _places(places: tuple[str, ...]) -> str:
    return "、".join(jurisdiction_name(place, "zh") for place in places)


def _role(roles: tuple[str, ...]) -> str:
    return f"针对{_roles(roles)}，与其主体类别一致"


def _near_role(roles: tuple[str, ...]) -> str:
    return f"针对{_roles(roles)}，其业务可能涉及"


def _defined(roles: tuple[str, ...]) -> str:
    return f"针对{_roles(roles)}，文件将此类企业一并计入"


def _excepted(roles: tuple[str, ...]) -> str:
    return f"文中排除{_roles(roles)}"


def _perhaps_excepted(roles: tuple[str, ...]) -> str:
    return f"文中排除部分{_roles(roles)}"


def _named_too(roles: tuple[str, ...]) -> str:
    return f"该句同时提及{_roles(roles)}"


def _other_role(roles: tuple[str, ...], mine: tuple[str, ...]) -> str:
    return f"针对{_roles(roles)}；其主体类别为{_roles(mine)}"


def _other_place(act: tuple[str, ...], mine: tuple[str, ...]) -> str:
    return f"适用于{_places(act)}；其所在地为{_places(mine)}"


def _market(place: str) -> str:
    return f"{jurisdiction_name(place, 'zh')}法规，是否在当地销售未知"


def _deals_there(place: str) -> str:
    return f"在{jurisdiction_name(place, 'zh')}有业务但未设场所"


APPLICABILITY_REASONS: dict[str, Sentence] = {
    "applies.role": _role,
    "applies.defined": _defined,
    "applies.anyone": "针对所有人",
    "applies.named": "文中点名",
    "applies.permit": "针对持有其所持许可的企业",
    "applies.nationwide": "全国适用",
    "applies.in_place": "适用于其所在地",
    "may_apply.no_subject": "文中未写明主体",
    "may_apply.wider": "针对一般企业（“{words}”）",
    "may_apply.owner": "针对所有人或使用人，是否属于未知",
    "may_apply.listed": "针对名单所列企业",
    "may_apply.narrowed": "仅针对部分企业（“{words}”）",
    "may_apply.threshold": "达到一定规模才适用（“{words}”）",
    "may_apply.transition": "过渡期规定（“{words}”）",
    "may_apply.goods": "涉及“{words}”，未列为其经营物品",
    "may_apply.suspended": "目前暂停执行",
    "may_apply.draft": "征求意见稿，定稿后适用",
    "may_apply.defined": _defined,
    "may_apply.excepted": _perhaps_excepted,
    "may_apply.near_role": _near_role,
    "may_apply.named_too": _named_too,
    "may_apply.market": _market,
    "may_apply.deals_there": _deals_there,
    "may_apply.reaches_out": "也涉及其他地区的企业",
    "may_apply.city_unknown": "{city}的文件，未注明其在该省哪个城市",
    "may_apply.part_unknown": "区县文件，未注明其是否在该区县",
    "does_not.role": _other_role,
    "does_not.excepted": _excepted,
    "does_not.goods": "针对经营“{words}”的企业，其并不经营",
    "does_not.place": _other_place,
    "does_not.authority": "针对主管部门",
    "does_not.public": "针对公众",
    "does_not.addressee": "系发给{company}",
    "does_not.outsiders": "针对外地企业",
    "does_not.foreign": "针对境外企业",
    "does_not.not_listed": "针对文中所列企业，其不在其中",
    "does_not.trade": "针对“{words}”，其不属此行业",
    "does_not.other_side": "针对其服务对象",
    "does_not.receives": "其仅为接收方",
}
