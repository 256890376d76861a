"""The interface in Chinese; English is the language of the templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping

ZH: Mapping[str, str] = {
    "Search": "检索", "Matrix": "对照表", "Map": "地图", "Deadlines": "期限", "Sources": "来源",
    "Alerts": "提醒", "Search notices": "检索通知", "Topic": "主题", "Jurisdiction": "辖区",
    "Year": "年份", "Severity": "级别", "Newest first": "最新在前", "results": "条结果",
    "Published": "发布", "In force": "施行", "Status": "状态", "Stage": "阶段",
    "Document number": "文号", "Issued by": "发文机关", "not stated": "未载明",
    "What changed": "变动", "before": "修改前", "after": "修改后", "effect": "影响",
    "quote": "原文", "Topics": "主题", "Facts": "要点", "Copies": "各处文本",
    "Versions": "版本", "Attachments": "附件", "Relations": "关联", "Text": "正文",
    "Compare": "比对", "Feedback": "反馈", "relevant": "相关", "not relevant": "不相关",
    "wrong topic": "主题有误", "Send": "提交", "official page": "官方页面", "All": "全部",
    "State": "状态", "Last poll": "最近抓取", "Newest notice": "最新通知", "Rows": "行数",
    "Evidence": "核实程度", "Nothing found": "没有结果", "days left": "天后", "today": "今天",
    "Latest changes": "最近变动", "Open dates": "待办日期", "Side by side": "并排",
    "Inline": "行内", "Only changes": "仅看变动", "text": "全文", "meaning": "语义",
    "hybrid": "混合", "Next page": "下一页", "Channel": "渠道", "Attempts": "次数",
    "Sent": "发送时间", "Error": "错误", "by activity": "按动态", "by source health": "按来源状态",
    "by implementation": "按落实情况",
}  # fmt: skip


def translator(language: str) -> Callable[[str], str]:
    """English phrase in, phrase of the chosen language out."""
    if language == "zh":
        return lambda phrase: ZH.get(phrase, phrase)
    return lambda phrase: phrase
