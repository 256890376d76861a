"""The Chinese of the desks: inbox, calendar, law, provinces, search, and what stands under the
gear."""

from __future__ import annotations

from collections.abc import Mapping

ZH_DESKS: Mapping[str, str] = {
    # menu and frame
    "Inbox": "待办", "Calendar": "日历", "Provinces": "各省", "Settings and more": "设置及其他",
    "On this desk": "本栏内容", "List of the law": "法规名录", "Duties": "义务",
    "Delivery": "发送记录", "Settings": "设置",
    "deadline, fine, number, place": "期限、罚款、文号、地区",
    "noticewatch follows what Chinese ministries and provinces publish on {}, "
    "and keeps every version as evidence.":
    "noticewatch 跟踪国家部委和各省就{}发布的文件，并留存每个版本作为证据。",
    # inbox
    "Needs an owner": "待认领", "Next dates": "近期日期", "New this week": "本周新增",
    "Changed since your last visit": "上次查看后的变动", "{:more|more}": "另有{}件",
    "{:more date|more dates}": "另有{}个日期", "Nothing changed.": "没有变动。",
    "Everything RED or AMBER of the last 90 days has an owner.":
    "最近90天的红色和橙色文件均已有负责人。",
    "Nothing besides what needs an owner.": "除待认领的以外没有变动。",
    "{:source|sources} failing": "{}个来源异常",
    "Whose": "范围", "Everything": "全部", "Ours": "与我方有关", "ours only": "仅与我方有关",
    # notice
    "who": "主体", "by when": "期限", "new": "新增", "Limits": "限值", "Dates": "日期",
    "states": "载明", "What changed": "变动内容", "Also stated": "另载明", "At a glance": "概要",
    "Next date": "最近日期", "Rank": "效力层级", "Provenance": "来源与留痕",
    "Take it": "由我负责", "Hand over": "转交", "myself": "本人", "Comment": "说明",
    "Not for us": "与我们无关", "Why": "原因", "Undo": "撤销", "corrected by": "更正人",
    "Other steps": "其他步骤", "{:step|steps}": "{}步记录", "by {}": "{}前完成",
    "{:more change|more changes}": "另有{}处变动",
    # comparing
    "Compare with…": "与……比对", "Compare two acts": "比对两份文件", "Other act": "另一文件",
    "title, number or words": "标题、文号或关键词", "Find": "查找", "Related acts": "相关文件",
    "Amendments not applied automatically": "未能自动应用的修改",
    # calendar
    "Within": "时间范围", "any time": "不限", "{:day|days}": "{}天", "{:date|dates}": "{}个日期",
    "{:act|acts}": "{}件文件",
    "Where": "地区", "{:act expires|acts expire}": "{}件文件即将失效",
    "Plan a shipment": "安排发运", "Day of the shipment": "发运日", "Count back": "推算",
    "Counted as if dispatch, arrival, customs release and receipt were all on that day.":
    "按发货、到达、海关放行和接收均在当日推算。",
    "provisional: holidays not announced yet": "暂定：节假日安排尚未公布",
    "No duty in force hangs on such a day.": "没有现行义务以此日起算。",
    # provinces
    "Map of the provinces": "各省地图", "What is known": "已知情况",
    "No jurisdiction states such a duty.": "没有辖区载明此类义务。",
    "{:jurisdiction states|jurisdictions state} nothing of it: why": "{}个辖区未载明：原因",
    "implements it by duties of its own": "以自身义务落实",
    "other rules, none implements it": "另有规定，均非落实该文件",
    "in force from {}": "{}起施行", "day not stated": "未载明日期",
    # search, saved searches
    "Options": "选项", "Query": "检索条件", "Sent to": "发送至", "Send to channel": "发送至渠道",
    # settings
    "Channels": "渠道", "Subscriptions": "订阅", "Name": "名称", "Gets": "接收",
    "Company": "企业", "alerts and digests": "提醒和摘要", "messages for operators": "运维消息",
    "People and companies": "人员与企业", "Acts can be given to": "可分派给",
    "any name that is typed": "填写的任何姓名", "Our companies": "我方企业",
    "nobody signs in": "无需登录", "with a token": "令牌登录", "with a password": "密码登录",
    "by a proxy": "由代理登录", "Time zone": "时区", "Language model": "语言模型",
    "Description of the interface": "接口说明",
    "What the settings file says, without its secrets. It is changed in the file; the service "
    "takes it up when it starts anew.":
    "设置文件的内容（不含密钥）。在文件中更改，服务重新启动后生效。",
    "Channels and subscriptions stand in the settings file; a saved search can be sent to a "
    "channel too.": "渠道和订阅在设置文件中；已存检索也可发送至渠道。",
}  # fmt: skip
