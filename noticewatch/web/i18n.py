"""The interface in Chinese; English is the language of the templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping

ZH: Mapping[str, str] = {
    # navigation and frame
    "Search": "检索", "Matrix": "对照表", "Map": "地图", "Deadlines": "期限", "Sources": "来源",
    "Alerts": "提醒", "Compare": "比对", "Activity": "动态", "Audit log": "操作记录",
    "Main": "主导航", "Skip to content": "跳到正文", "Filters": "筛选", "Language": "语言",
    "Take this on": "由我负责", "Unsubscribe": "退订", "Subscribe again": "重新订阅",
    "This link was used before": "此链接已使用过", "This link has expired.": "此链接已过期。",
    "No more messages go to this address": "不再向此地址发送",
    "Messages go to this address": "消息发送至",
    "Nothing happens until you press the button; the link works once.":
    "按下按钮前不会有任何改动；链接仅能使用一次。",
    "Signed in as": "当前用户", "Your page could not be shown": "无法显示该页面",
    "Back to the first page": "返回首页",
    "Notices are the publishers' texts; only their official pages are authoritative. English "
    "lines are made from templates; a machine translation is marked as one.":
    "通知文本归发布机关所有，以官方页面为准。英文语句由模板生成；机器翻译均有标注。",
    "Machine translation": "机器翻译",
    # first page
    "What changed in China's used power battery rules": "废旧动力电池规则有何变化",
    "Search notices": "检索通知", "notices": "条通知", "relevant": "相关",
    "versions kept": "个版本", "sources polled": "个来源已抓取", "sources not well": "个来源异常",
    "Latest changes": "最近变动", "Open dates": "待办日期",
    "Nothing yet. The first pass over the sources fills the archive;":
    "暂无内容。首次抓取来源后即会有内容；",
    "shows it on invented notices.": "可用虚构通知演示。",
    "No open date in the next 60 days.": "未来60天内没有待办日期。",
    "Relevant notices by week": "每周相关通知", "All dates": "全部日期",
    "Follow all relevant notices": "订阅全部相关通知",
    # search
    "Topic": "主题", "Jurisdiction": "辖区", "Year": "年份", "Severity": "级别",
    "results": "条结果", "about": "约", "Mode": "方式", "from": "自", "to": "至",
    "Follow this search": "订阅此检索", "Subscribe to alerts": "订阅提醒",
    "Put this into noticewatch.yml under subscriptions:": "写入 noticewatch.yml 的 subscriptions：",
    "A subscription selects by topic, jurisdiction and severity; words are followed by Atom.":
    "订阅按主题、辖区和级别筛选；关键词请用 Atom 订阅。",
    "remove": "取消", "Clear all filters": "清除全部筛选",
    "relevant notices only": "仅看相关通知", "Back to the first results": "回到首批结果",
    "Next page": "下一页", "Nothing found": "没有结果",
    "Quotes search a phrase, -word leaves out, OR widens, title: and number: look in one field.":
    "引号检索词组，-词 表示排除，OR 表示任一，title: 与 number: 只查一个字段。",
    "text": "全文", "meaning": "语义", "hybrid": "混合",
    "Sort": "排序", "newest first": "最新在前", "best match first": "最相关在前",
    # notice
    "In force from": "施行日期", "In force": "施行", "until": "至", "Replaces": "取代",
    "Owner": "负责人", "nobody yet": "暂无", "Due": "最近期限", "Status": "状态",
    "Published": "发布", "Document number": "文号", "Issued by": "发文机关", "Stage": "阶段",
    "Force": "效力层级", "Source": "来源", "First seen": "首次发现", "official page": "官方页面",
    "not stated": "未载明", "no rule fired": "未触发规则", "What": "事项", "before": "修改前",
    "after": "修改后", "effect": "影响", "quote": "原文", "Facts": "要点",

    "no earlier text": "无更早文本", "unchanged": "未变", "All data": "全部信息",
    "Topics": "主题", "Evidence marked in the text": "依据已在正文标出",
    "Relevant because it touches a registered act.": "因涉及登记在册的法规而相关。",
    "Versions": "版本", "version": "版本", "Copies": "各处文本", "cosmetic": "仅形式变化",
    "original": "原件", "first seen": "首次发现", "last seen": "最近发现",
    "live": "在线", "unlisted": "已不在列表", "withdrawn": "已撤下",
    "The copies differ in": "各处文本不同之处：", "title": "标题", "document_number": "文号",
    "issuers": "发文机关", "published": "发布日期", "attachments": "附件",
    "comment_deadline": "意见截止", "validity": "有效性",
    "Attachments": "附件", "whole text": "全文文本", "Relations": "关联",
    "probable": "推定", "compare": "比对",
    "compare with the earlier edition": "与前一版比对",
    "cites": "引用", "implements": "落实", "amends": "修改", "repeals": "废止",
    "is a new edition of": "新版本，前一版为", "finalises the draft": "定稿自",
    "is cited by": "被引用", "is implemented by": "由其落实", "is amended by": "被其修改",
    "is repealed by": "被其废止", "has the newer edition": "有新版本",
    "became final as": "正式文件为",
    "Text": "正文", "The text is cut here.": "正文在此截断。", "Read all of it": "查看全文",
    "no text is kept": "未保存文本",
    "ok": "正常", "encrypted": "已加密", "no_text": "无文字", "too_large": "过大",
    "unsupported": "不支持", "broken": "已损坏",
    "Handling": "处理", "open": "未处理", "acknowledged": "已知悉", "assigned": "已分派",
    "assessed": "已评估", "closed": "已办结", "Acknowledge": "知悉", "Assign": "分派",
    "Assessed": "已评估", "Close": "办结", "Reopen": "重新打开",
    "Assign to": "分派给", "Your name": "您的姓名", "Note": "备注",
    "Nobody has handled this notice yet.": "尚无人处理。",
    "Only editors may change this.": "仅编辑人员可以更改。",
    "Feedback": "反馈", "Verdict": "判断", "not relevant": "不相关", "wrong topic": "主题有误",
    "not_relevant": "不相关", "wrong_topic": "主题有误", "Send": "提交", "all topics": "全部主题",
    "Sent alerts": "已发提醒", "Case folder (zip)": "案卷（zip）", "Record (JSON)": "记录（JSON）",
    "Cite as": "引用格式",
    # compare
    "substantive": "实质性变动", "characters changed": "个字变动",
    "Side by side": "并排", "Inline": "行内", "Only changes": "仅看变动",
    "Whole text": "全文", "Swap": "对调", "Keys": "快捷键", "next change": "下一处",
    "previous change": "上一处", "No difference.": "没有差异。", "View": "视图",
    "to notice": "到通知",
    "The latest changes of pages that were known before.": "已知页面的最近变动。",
    "No page has changed yet.": "尚无页面变动。", "Show": "显示", "changes": "处变动",
    "changed": "修改", "added": "新增", "removed": "删除", "moved": "移动",
    "renumbered": "重新编号",
    "replaced": "替换", "renamed": "改名", "parts only renumbered": "处仅重新编号",
    "File": "文件", "Before": "修改前", "After": "修改后",
    "This file could not be read, so its text is not compared.": "该文件无法读取，未比对其文字。",
    # field
    "What does each jurisdiction require?": "各辖区有何要求？",
    "The latest stated fact of each, with its notice; where there is none, what may honestly be "
    "said.": "各辖区最近载明的要点及其出处；没有时，如实说明。",
    "since": "自", "rule found": "已有规定", "draft only": "仅有征求意见稿",
    "nothing found on {} healthy sources": "{}个正常来源中未发现",
    "nothing found on {} healthy sources since {}": "自{1}起在{0}个正常来源中未发现",
    "unreadable since {}": "自{}起无法读取", "unreadable": "无法读取",
    "not watched": "未监测", "national rule applies directly": "直接适用国家规定",
    "this not stated": "未载明此项", "draft": "征求意见稿", "{} notices": "{}条通知",
    "never polled": "尚未抓取", "nothing": "无", "nothing found": "未发现", "by activity": "按动态",
    "by source health": "按来源状态", "by implementation": "按落实情况",
    "Colour by": "着色方式", "China's provinces as tiles": "各省级行政区方格图",
    "Implementation of": "落实的文件", "any national rule": "任一国家规定",
    "The same as a table": "同一内容的表格",
    "Relevant notices of the last 365 days.": "最近365天的相关通知。",
    "What was found in each province; silence is explained, never taken for absence.":
    "各省的发现；未发现时说明原因，不等于没有。",
    "The worst source of each province.": "各省状态最差的来源。",
    "silent or layout changed": "无更新或版面变化", "blocked or failing": "被拦截或访问失败",
    "1": "1", "2 to 4": "2至4", "5 or more": "5及以上", "none": "无",
    "Date": "日期", "Kind": "类型", "Notice": "通知", "past": "已过",
    "today": "今天", "No open date.": "没有待办日期。", "Calendar (iCalendar)": "日历（iCalendar）",
    "of": "共", "Relevant notices by week and topic": "按周和主题统计的相关通知",
    "All topics": "全部主题", "Sum": "合计", "Week": "周", "highest week": "最高一周",
    "Nothing was published in these weeks.": "这些周没有发布。",
    # house
    "State": "状态", "Last poll": "最近抓取", "Newest notice": "最新通知", "Rows": "行数",
    "Evidence": "核实程度", "history": "历史", "of at least": "应至少", "every": "每",
    "silent after": "无更新超过", "days": "天",
    "level live": "实测", "level recorded": "有记录", "level reported": "据报告",
    "level inferred": "推断",
    "Created": "创建", "Channel": "渠道", "Attempts": "次数", "Sent": "发送时间", "Error": "错误",
    "Nothing was sent yet.": "尚未发送任何提醒。",
    "pending": "待发", "sending": "发送中", "sent": "已发", "unknown": "结果未知",
    "dead": "发送失败",
    "alert": "提醒", "reply": "跟帖", "summary": "汇总", "health": "来源状态", "digest": "摘要",
    "reminder": "催办", "test": "测试",
    "Who": "操作人", "Subject": "对象", "Detail": "详情",
    "Nobody has changed anything yet.": "尚无操作。", "feedback": "反馈", "acknowledge": "处理",
    "state": "状态", "assignee": "负责人", "note": "备注", "verdict": "判断", "topic": "主题",
    # signing in, saved searches, checks, reminders
    "Sign in": "登录", "Sign out": "退出", "Access token": "访问令牌",
    "This token is not known.": "令牌无效。",
    "The person who runs this archive gives out the tokens.": "令牌由本系统管理员发放。",
    "You may read and change things.": "可以查看和更改。",
    "You may read; editors change things.": "可以查看；更改由编辑人员进行。",
    "Saved": "已存检索", "Saved searches": "已存检索", "Save": "保存",
    "Save this search, get alerts": "保存此检索，接收提醒",
    "Name of the search": "检索名称", "Tell a channel": "通知渠道",
    "no channel, only keep it": "不通知，仅保存", "When": "时间",
    "immediately": "立即", "daily 08:00": "每天 08:00", "weekly mon 08:00": "每周一 08:00",
    "Alerts follow words, topics, jurisdictions and severities; dates and mode are only for "
    "looking.": "提醒按关键词、主题、辖区和级别；日期和方式仅用于查看。",
    "Nothing is saved yet.": "尚未保存任何检索。",
    "Search, then choose “Save this search, get alerts”.": "先检索，再选“保存此检索，接收提醒”。",
    "Looks for": "检索内容", "Told to": "通知", "Follow": "关注", "Saved by": "保存人",
    "Remove": "删除", "everything": "全部", "nobody": "无", "all": "全部",
    "Last seen": "最近查看", "Check now": "立即检查", "being checked": "正在检查",
    "silent for {} days": "已{}天无更新", "its notices": "其通知", "Checked": "检查",
    "A check was asked for by {} at {} and is under way. This page shows the result when it is "
    "done.": "{}于{}要求检查，正在进行。完成后本页显示结果。",
    "Look again": "刷新", "The check that {} asked for at {} has not ended.":
    "{}于{}要求的检查尚未结束。",
    "Last check by hand: {}, {}": "最近一次人工检查：{}，{}",
    "Takes up to two minutes; the schedule goes on as before.": "最多两分钟；定时检查照常进行。",
    "Columns": "栏目", "Latest passes": "最近检查记录", "Requests": "请求",
    "new / revised / withdrawn": "新增/修改/撤下", "What went wrong": "问题",
    "attempts": "次数", "due": "预定", "Send again": "重新发送",
    "Reminder": "提醒", "calendar": "日历", "channel": "渠道",
    "Calendar entry with alarms": "带提醒的日历项",
    "Remind a channel of this notice": "设置此通知的提醒", "On the day": "日期",
    "Remind": "设置提醒", "Sent at nine in the morning of that day, unless the notice is closed "
    "by then.": "当天上午9点发送；已办结的不再发送。",
    "On this page": "本页内容", "Changes": "变动", "No date, fine or duty is stated.":
    "未载明日期、罚款或义务。", "Compared with the earlier edition": "与前一版比较",
    "check": "检查", "save search": "保存检索", "remove search": "删除检索",
    "send again": "重新发送", "remind": "设置提醒", "query": "检索", "when": "时间", "on": "日期",
    "rank": "最相关在前", "Severity of the act": "文件级别",
    "Search by meaning instead": "改按语义检索",
    "RED": "红", "AMBER": "橙", "GREY": "灰",
}  # fmt: skip


def translator(language: str) -> Callable[[str], str]:
    """English phrase in, phrase of the chosen language out."""
    if language == "zh":
        return lambda phrase: ZH.get(phrase, phrase)
    return lambda phrase: phrase
