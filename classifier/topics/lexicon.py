"""Turn a text into features: words of the field in all eras, and of its neighbours.

A topic here is an aspect (a fine, a portal, a code …) of one field, used traction batteries.
The groups below say how surely a text is of the field, whether it is of a neighbour (lead-acid,
consumer cells, e-bikes, storage plants, battery making …), and which aspects it names.
"""

# ruff: noqa: E501 (a pattern reads best on one line)
from __future__ import annotations

import re
from functools import cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

# Any of these is needed before a text can be of the field at all (English words included).
TRACE = re.compile(
    r"电池|蓄电|锂电|黑粉|电芯|梯[次级]|极片|极粉|模组|余能|电池包|车电|溯源|追溯|34014|34015|33598"
    r"|38698|44132|1186|45203|报废.{0,6}新能源|新能源汽?车.{0,12}(回收|报废|拆解)"
    r"|锂.{0,8}(?:回收|收率)|镍.{0,2}钴|提锂|废锂|再生(?:锂|镍|钴|碳酸锂|材料|利用)|综合利用|回收(?:服务)?网点"
    r"|厂商代码|规格代码|车辆识别代号|换电|规范(?:公告|条件)|公告企业|数字身份|拆解企业|回收利用|赋码"
    r"|铁锂|三元|退役|电解液|再生(?:原料|硫酸)|正极.{0,8}(?:再生|修复)"
    r"|batter|black mass|lithium|cascade|second-life|traceab|retired",
    re.IGNORECASE,
)

# Batteries of a neighbouring field: their words are hidden from the field's own patterns, so that
# 铅蓄电池编码 or 电动自行车电池回收 is no mark of the field.
_OTHER_BATTERY = re.compile(
    r"(?:废旧?|旧)?(?:铅蓄|铅酸|铅炭|含酸湿?|镍氢|纽扣|扣式|锌锰|碱性|燃料|太阳能|手机|笔记本(?:电脑)?|消费[类型]"
    r"|小型|电子烟|储能(?:用|型|电站|系统)?|基站蓄?|钠离子|干|一次)(?:锂离子|锂|动力|蓄|干)*电(?:池|芯|瓶)"
    r"|(?:电动自行车|电动摩托车?|电动滑板车|电单车|两轮车?|平衡车)[^，。；]{0,14}?电(?:池|芯|瓶)(?:回收|编码|溯源)?"
    r"|(?:lead|lead-acid|e-bike|button|zinc|storage) batter(?:y|ies)",
    re.IGNORECASE,
)
_BATTERY = re.compile(r"电池|电芯|锂|黑粉|梯[次级]|batter|black mass|cell", re.IGNORECASE)
# For example 退役, 梯次 or take-back.
_LIFE_END = re.compile(
    r"废|旧|退役|报废|回收|拆解|再生|梯[次级]|综合利用|溯源|追溯|编码|赋码|交售|移交|交投|运输|托运|承运|装运|黑粉|更换|换下"
    r"|retired|waste|used|recycl|second-life|cascade|trace|take-back|transport|dismantl"
)

_CELL = r"(?:动力)?(?:蓄|锂离子|锂|三元|磷酸铁锂|锂离子动力|动力蓄|锂动力|动力锂)*电(?:池|芯)"
_USED = r"(?:废旧?|旧|退役|报废|废弃|拆机|翻新|换下|拆下|回收|破损|漏液|淘汰|失效)"

FIELD = {
    "waste_power": rf"{_USED}的?(?:[^，。；、]{{0,8}})?动力(?:蓄|锂离子|锂)?电池",
    "waste_lithium": rf"{_USED}的?(?:车用|车载|汽车)?(?:锂离子|锂|三元|磷酸铁锂|磷酸铁锂锂)"
    r"(?:离子)?(?:动力)?电(?:池|芯)",
    "retired": r"退役(?:[^，。；、]{0,6})?(?:电池|电芯|模组|模块|电池包)|拆(?:机|车)(?:电芯|电池)",
    "power_recycling": r"动力(?:蓄|锂离子|锂)?电池[^，。；]{0,14}(?:回收|综合利用|再生|梯[次级]|拆解|退役"
    r"|报废|溯源|追溯|编码|赋码|交售|移交|去向|流向)",
    "recycling_power": r"(?:回收|综合利用|再生利用|拆解|溯源|追溯|交售|移交|收集|贮存)[^，。；]{0,10}"
    r"动力(?:蓄|锂离子|锂)?电池",
    "power": r"动力(?:蓄|锂离子|锂)?电池|动力锂电|车用(?:锂|动力)|锂离子动力",
    "cascade": r"梯[次级](?:利用|产品|电池|储能|标识)|余能|梯次(?:企业|类)",
    "black_mass": r"黑粉|电极粉|极粉|极片|废电芯|black mass",
    "pack_code": r"(?:电池包?|模组|单体|电芯|车电|电池)[^，。；]{0,8}(?:编码|赋码|补码|绑定|关联|身份证|护照|溯源"
    r"|追溯)|(?:编码|二维码|身份证|护照)[^，。；]{0,8}(?:电池|模组|单体)",
    "platform": r"动力(?:蓄)?电池溯源|电池溯源|溯源信息平台|溯源(?:综合)?管理(?:平台|系统)|监测与动力",
    "whole_scrapping": r"车电一体|新能源汽?车[^，。；]{0,12}(?:报废|拆解)|报废[^，。；]{0,6}新能源汽?车",
    "field_standard": r"34014|34015|33598|38698|44132|45203|HJ ?1186|车用动力电池回收",
    "used_cell": rf"{_USED}(?:的)?(?:车用|车载|汽车)?{_CELL}",
    "dismantled": r"拆解企业|拆解厂|拆解车间|报废(?:机动)?车|再生(?:企业|工厂|厂|利用企业)|回收服务网点|破碎|热解|放电|湿法",
    "battery_recycling": r"(?:锂|动力)?电池[^，。；]{0,8}(?:回收|拆解|综合利用|再生)|锂电回收|旧电池",
    "recovered_metal": r"(?:锂|镍|钴)[^，。；]{0,10}(?:回收率|收率|回收)|回收率[^，。；]{0,12}(?:锂|镍|钴)"
    r"|再生(?:锂|镍|钴|碳酸锂|硫酸镍|硫酸钴|石墨|磷酸铁)|镍、?钴、?锰|提锂",
    "waste_chemistry": r"废旧?电池[^。；]{0,40}(?:锂|镍|钴|氟|电解液|石墨|黑粉)"
    r"|(?:锂|镍|钴|氟|电解液)[^。；]{0,40}废旧?电池",
    "waste_battery": r"废旧?(?:新能源)?电池|旧电池|废电池",
    "recycler": r"综合利用(?:企业|规范|行业)|规范公告|公告企业|再生利用(?:企业|类)|电池再生|回收服务网点|回收网点",
    "vehicle_battery": r"(?:新能源|电动)(?:汽车|公交|客车|货车|重卡|车辆)[^。；]{0,24}电池"
    r"|电池[^。；]{0,24}(?:车企|汽车生产企业|报废机动车|4S|换电|公交)|(?:车企|换电站?|换电企业|公交)[^。；]{0,24}电池",
    "battery": r"电池|电芯|batter",
    "english": r"(?:retired|used|waste|traction|power|second-life|damaged|end-of-life|EV|lithium)"
    r"[ -](?:lithium[ -](?:ion )?|power |traction |EV )?batter|cascade|black mass",
}
NEIGHBOUR = {
    "lead": r"铅蓄|铅酸|废铅|再生铅|铅炭|lead[- ]acid",
    "consumer": r"纽扣|干电池|充电宝|移动电源|手机|消费类|镍氢|笔记本|一次电池|power bank|便携",
    "bike": r"电动自行车|电动车以旧换新|电动摩托|两轮|电单车|e-bike",
    "storage": r"储能(?:电站|项目|系统|安全)|电化学储能|新型储能|户用储能|storage",
    "fuel": r"燃料电池|氢能|氢燃料|储氢|太阳能电池|光伏|钠离子|固态电池",
    "making": r"正极材料|负极|电芯(?:制造|生产)|电池(?:制造|生产项目|产能|工厂)|GWh|前驱体|涂布|隔膜"
    r"|锂离子电池行业|产能",
    "ore": r"盐湖|锂辉石|卤水|矿石|锂云母|选矿",
    "vehicle": r"购置税|补贴|准入|召回|续航|充电(?:桩|设施|站)|换购|置换|推广应用|三包|能量密度|38031|34013",
    "trade": r"出口管制|许可证|出口额|关税|反倾销|石墨|两用物项",
    "other_waste": r"轮胎|钢铁|塑料|家电|电器电子|建筑垃圾|餐厨|生活垃圾|光伏组件|风电叶片|矿物油|医疗废物"
    r"|危险废物经营",
    "other_trace": r"药品|食品|农产品|疫苗|医疗器械|化肥|农药|气瓶|钢瓶|标识解析",
    "other_field": r"燃气|医保|食品安全|煤|水泥|渔|学校|招聘|采购|退役军人|船舶|无人机|民航|旅客",
    "mention": r"培训班|研修班|培训费|展会|展区|展位|展览|职称|评审专业|产业基金|大赛|换届|理事|党支部|主题党日|成交|采购|招聘|提名|奖项"
    r"|获奖|课题|博览会|招商|论坛|高级研修|科技进步",
    "other_material": r"再生(?:铜|铝|钢|铅|水|骨料|纸|混凝土|纤维|橡胶|塑)|废(?:铜|铝|钢|纸|塑|旧轮胎|矿物油|催化剂)|尾矿|石墨化",
    "car": r"号牌|登记上牌|整车召回|合格证|车辆公告|产品公告|拼装|五大总成|盗抢|年检|检验规程",
    "training": r"培训|研修|课程|日程|导读|讲座|展区|展会|展览|博览会|评审专业|职称|教材|竞赛",
    "talent": r"梯[次级](?:培育|培养)|专精特新|小巨人|退役(?:军人|士兵|运动员|光伏|风)",
}
ASPECT = {
    "tf_code": r"编码|赋码|补码|重码|套码|唯一码|追溯码|溯源码|二维码|条码|Data ?Matrix|刻码|打码|识读",
    "tf_field": r"字段|数据元|报文|接口(?:规范|文件|协议|标准)|必填|数据类型|字符型|JSON|XML|数据字典|值域",
    "tf_id": r"身份证|数字身份|电池护照|数字护照|厂商代码|规格代码|追溯信息代码|序列号|识别代号|VIN|车架号",
    "po_platform": r"平台|系统|小程序|登录|账号|账户|密钥|注册|联单|客户端|APP|在线",
    "po_report": r"填报|报送|上报|上传|录入|补录|登记|零(?:申报|报告)|推送|补报|漏报|对接|互通|报告",
    "po_deadline": r"(?:工作日|[0-9一二三十]+[日天]|月底?前?|小时)(?:之?内|前)|每[月季年]|逾期|截止",
    "pe_money": r"罚款|罚金|罚没|处以?[^，。]{0,6}元|货值金额|倍以[上下]",
    "pe_order": r"责令|警告|没收|吊销|查封|扣押|扣留|通报批评|约谈|停产|关闭|取缔|封存|销毁|强制措施|暂停受理|停业|撤销|缉私|侦破",
    "pe_credit": r"失信|信用(?:惩戒|档案|记录)|黑名单|罚则|按日计罚|追究|问责|赔偿|违法行为|不得(?:再次)?申请|移出|处罚|法律责任",
    "pe_crime": r"刑事|立案|起诉|判处|有期徒刑|污染环境罪|走私.{0,4}罪|移送|拘留|获刑",
    "en_drive": r"专项(?:行动|整治|检查|执法|抽查|清理)|联合(?:执法|检查|行动)|集中(?:整治|检查)|攻坚|整治",
    "en_steps": r"排查|回头看|督导|督查|自查|拉网|突击|清查|双随机|举报|专班|台账|挂牌督办|死灰复燃",
    "en_target": r"作坊|窝点|黑|非法(?:拆解|收购|回收)|地下|取缔",
    "ht_class": r"危险货物|危货|第?[9九]类|UN ?3[0-9]{3}|UN ?38|P908|dangerous|class 9",
    "ht_move": r"运输|承运|托运|转运|装卸|押运|驾驶员|运单|车辆|铁路|水路|公路|港口|物流|集装箱",
    "ht_pack": r"包装|防爆|周转箱|绝缘|短路|热失控|起火|泄漏|荷电|放电|应急|漏液|鼓包",
    "cu_border": r"进口|出口|进境|出境|海关|口岸|报关|退运|走私|缉私|保税|境外|洋垃圾|customs|import|export",
    "cu_ident": r"固体废物属性|鉴别|商品编号|收货人|检验监管|夹带|伪报",
    "ep_eia": r"环评|环境影响|环保验收|竣工.{0,4}验收|受理公示|拟批准|报告书|报告表|审批意见|三同时",
    "ep_permit": r"排污许可|排污|自行监测|环境应急|土壤",
    "ep_control": r"废气|废水|废液|氟化物|电解液|无组织|防渗|热解|污染(?:防治|控制|物)|除尘|达标|危险废物|粉尘",
    "ca_use": r"梯[次级]|余能|剩余容量|健康(?:度|状态)|second-life|cascade",
    "ca_product": r"认证|标识|基站|备电|低速|路灯|重组|拆机|翻新|冒充",
    "rm_rate": r"回收率|综合利用率|物料(?:平衡|核算)|金属平衡|万吨|产出|杂质|含量|限量",
    "rm_product": r"再生(?:锂|镍|钴|材料|料|盐|碳酸锂|硫酸|石墨|磷酸铁)|碳酸锂|硫酸镍|镍钴锰|提锂|黑粉|闭环",
    "rm_process": r"短流程|湿法|火法|修复|攻关|工艺|技术装备|产业化|示范线",
    "rq_list": r"规范条件|规范(?:公告|企业|名单)|白名单|企业名单|公示|公告(?:企业|名单)|第.{1,3}批|名单",
    "rq_apply": r"申报|申请|推荐|核查|专家|评审|年审|动态管理|年度(?:自查|报告)|撤销|更名|变更|注册资本|年处理",
    "rq_reward": r"奖励|奖补|示范企业|领跑|分级|评价|资格",
    "co_duty": r"主体责任|生产者责任|责任延伸|回收责任|谁.{0,6}谁|应当(?:回收|接收|交)|履行|承担",
    "co_outlet": r"网点|回收(?:网络|体系|渠道|站|中心|点)|区域中心|收储|中心站|收集点|上门",
    "co_hand": r"交售|移交|交给|交付|交还|交投|转卖|车主|所有人|私自|4S|换电|租赁|公交|保险|拆解企业",
    "co_frame": r"管理办法|暂行办法|行动方案|实施(?:细则|方案|意见)|试点|工作机制|体系建设|以旧换新|本办法|条例",
    "st_named": r"国家标准|行业标准|地方标准|团体标准|强制性|推荐性|标准体系|标准化|GB/?T? ?\d|HJ ?\d|QC/T|DB\d|YS/T",
    "st_act": r"制修订|修改单|复审|宣贯|归口|报批|送审|立项|起草单位|代替|征求意见|实施日期|废止",
}

FIELD_NAMES = tuple(FIELD)
# Marks that no neighbouring field can bear.
_EXPLICIT = (
    "waste_power", "waste_lithium", "retired", "power_recycling", "recycling_power", "power",
    "cascade", "black_mass", "platform", "whole_scrapping",
)  # fmt: skip
_GROUPS = {
    **{f"field:{name}": pattern for name, pattern in FIELD.items()},
    **{f"neighbour:{name}": pattern for name, pattern in NEIGHBOUR.items()},
    **{f"aspect:{name}": pattern for name, pattern in ASPECT.items()},
}
_STRONG = (
    "waste_power", "waste_lithium", "retired", "power_recycling", "recycling_power", "cascade",
    "black_mass", "pack_code", "platform", "whole_scrapping", "field_standard", "english",
)  # fmt: skip


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(p, re.IGNORECASE)) for name, p in _GROUPS.items())


def feature_names() -> tuple[str, ...]:
    """Names of the features, in their order."""
    derived = (
        "strong", "strong_alone", "weak_only", "neighbour_only",
        "other_battery", "other_battery_only", "no_battery", "power_only",
    )  # fmt: skip
    crossed = tuple(f"strong*{name}" for name in ASPECT)
    return (*_GROUPS, *derived, *crossed)


def has_trace(text: str) -> bool:
    """True if anything in the text could be of the field."""
    return TRACE.search(text) is not None


def features(text: str) -> Floats:
    """Counts of each group (0 to 1), derived flags, and aspects seen beside a strong mark."""
    own = own_words(text)
    counts = np.fromiter(
        (
            min(len(pattern.findall(own if name.startswith("field:") else text)), 2) / 2
            for name, pattern in _compiled()
        ),
        np.float32,
    )
    fields, neighbours = len(FIELD), len(NEIGHBOUR)
    strong = any(counts[FIELD_NAMES.index(name)] for name in _STRONG)
    weak = bool(counts[:fields].any())
    near = bool(counts[fields : fields + neighbours].any())
    other = own != text
    explicit = any(counts[FIELD_NAMES.index(name)] for name in _EXPLICIT)
    power_only = "动力" in own and "电池" in own and _LIFE_END.search(own) is None
    derived = np.array(
        [
            strong, strong and not near, weak and not strong, near and not strong,
            other, other and not explicit, _BATTERY.search(own) is None, power_only,
        ],
        np.float32,
    )  # fmt: skip
    crossed = (counts[fields + neighbours :] > 0) * np.float32(strong)
    return np.concatenate([counts, derived, crossed]).astype(np.float32)


def own_words(text: str) -> str:
    """The text without the batteries of neighbouring fields."""
    return _OTHER_BATTERY.sub("〓", text)


def has_battery(own: str) -> bool:
    """True if a text (its :func:`own_words`) speaks of a battery or of what is in one."""
    return _BATTERY.search(own) is not None


def is_end_of_life(own: str) -> bool:
    """True if a text (its :func:`own_words`) speaks of the end of use, of codes or transport."""
    return _LIFE_END.search(own) is not None


def is_strong(text: str) -> bool:
    """True if the text bears a strong mark of the field."""
    own = own_words(text)
    return any(re.search(FIELD[name], own, re.IGNORECASE) for name in _STRONG)


_NEIGHBOURS = re.compile(
    "|".join(
        NEIGHBOUR[name] for name in ("lead", "consumer", "bike", "storage", "fuel", "making", "ore")
    )
    + "|旅客|"
    + _OTHER_BATTERY.pattern,
    re.IGNORECASE,
)


def has_neighbour(text: str) -> bool:
    """True if the text names a neighbouring field."""
    return _NEIGHBOURS.search(text) is not None
