"""The words of Slack's buttons, forms and answers, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from i18n.phrases import Lang, counted, days_left
from i18n.phrases import day as day_words

_WORDS: Mapping[str, tuple[str, str]] = {
    "take": ("Take it", "我来处理"),
    "assign": ("Assign…", "指派…"),
    "not_for_us": ("Not for us", "与我们无关"),
    "wrong": ("Wrong", "有误"),
    "open": ("Open", "查看"),
    "undo": ("Undo", "撤销"),
    "test": ("It works", "收到"),
    "cancel": ("Cancel", "取消"),
    "owner": ("Who does it", "由谁处理"),
    "due": ("By when", "期限"),
    "note": ("Note", "备注"),
    "why": ("Why", "原因"),
    "why_entity": ("None of our companies", "不涉及我们的公司"),
    "why_topic": ("Not our subject", "不是我们的事项"),
    "why_authority": ("Not our authority or place", "不是我们的主管机关或地区"),
    "why_other": ("Another reason (say which)", "其他原因（请说明）"),
    "similar": (
        "Close the {n} open acts of the same place and topics too",
        "同时关闭同一地区、同一主题的{n}件未处理文件",
    ),
    "what_wrong": ("What is wrong", "哪一项有误"),
    "right_topic": ("The right topic", "正确的主题"),
    "right_value": ("The right value", "正确的值"),
    "right_hint": (
        "A day 2027-03-01, a time 15 working days, a fine 5000-20000",
        "日期 2027-03-01，期限 15个工作日，罚款 5000-20000",
    ),
    "not_at_all": ("It is not stated at all", "文中并无此项"),
    "topic": ("topic", "主题"),
    "and": ("And", "另外"),
    "taken": ("{who} has it", "由{who}处理"),
    "until": ("by {date} ({days})", "期限 {date}（{days}）"),
    "set_aside": ("Not for us, says {who}", "{who}：与我们无关"),
    "waits": ("A second person must agree with {who}", "尚需第二人确认{who}的意见"),
    "acknowledged": ("Acknowledged by {who}", "{who}已确认"),
    "assessed": ("Assessed by {who}", "{who}已评估"),
    "closed": ("Closed by {who}", "{who}已结案"),
    "given_back": ("Open again: {who} has undone the last step", "{who}已撤销上一步，重新待处理"),
    "corrected": ("Corrected by {who}:", "{who}已更正："),
    "gone": ("not stated", "并无此项"),
    "changed_below": ("changed {date} ↓", "{date}有变化 ↓"),
    "archive": ("archive", "存档"),
    "why_selected": ("why: {what}", "依据：{what}"),
    "rest_in_thread": ("{n:more line|more lines} in the thread", "其余{n}行见回复"),
    "home_mine": ("Yours, open", "待您处理"),
    "home_none": ("Nothing is open with you.", "目前没有待您处理的事项。"),
    "home_dates": ("Next dates", "近期日期"),
    "home_health": ("Health", "运行状况"),
    "home_stranger": (
        "You are not among the people of this archive: whoever runs it adds you to `people`, with "
        "your member ID {member}.",
        "您不在本档案的人员名单中：请运行者将您（成员编号 {member}）加入 people。",
    ),
    "stranger": (
        "Nothing was done: you are not among the people of this archive. Whoever runs it adds you "
        "to `people` in the settings, with your member ID {member}.",
        "未执行：您不在本档案的人员名单中。请运行者在设置的 people 中加入您的成员编号 {member}。",
    ),
    "may_not": (
        "Nothing was done: your role is {role}, it takes {needed}.",
        "未执行：您的角色为 {role}，此操作需要 {needed}。",
    ),
    "no_form": (
        "The form could not be opened ({why}), and nothing was changed. Press the button again.",
        "表单未能打开（{why}），未作任何更改。请再按一次按钮。",
    ),
    "no_act": ("This archive does not know this act.", "本档案中没有此文件。"),
    "no_undo": ("There is nothing to undo any more.", "已没有可撤销的步骤。"),
    "failed": ("Nothing was done: {why}", "未执行：{why}"),
    "day_past": ("A day that is still to come", "请选择今天或以后的日期"),
    "say_why": ("Say which reason", "请说明原因"),
    "choose_topic": (
        "Choose the right topic, or tick that there is none",
        "请选择正确的主题，或勾选并无此项",
    ),
    "give_value": (
        "Give the right value, or tick that there is none",
        "请填写正确的值，或勾选并无此项",
    ),
    "no_value": ("This cannot be read as a value of this kind", "无法识别为此类值"),
    "help": (
        "`{command} search WORDS` finds acts · `{command} duty QUESTION` the duty that answers · "
        "`{command} due [DAYS]` what is due · `{command} check TEXT` what a text claims",
        "`{command} search 词语` 检索文件 · `{command} duty 问题` 对应的义务 · "
        "`{command} due [天数]` 近期到期事项 · `{command} check 文本` 核对文本中的说法",
    ),
    "nothing_found": ("Nothing was found.", "未找到。"),
    "nothing_due": ("Nothing is due.", "没有到期事项。"),
    "no_claims": ("No claim about the law was found in it.", "其中没有关于法规的说法。"),
    "more_there": ("{n} in all", "共{n}件"),
    "dead_letters": ("{n:message|messages} could not be delivered", "{n}条消息未能送达"),
    "overdue": ("Overdue since {date}: {what}", "已于{date}逾期：{what}"),
}  # fmt: skip


def slack_words(key: str, lang: Lang, **values: object) -> str:
    """A phrase with its values, in a language."""
    filled = {name: counted(value) for name, value in values.items()}
    return _WORDS[key][lang == "zh"].format(**filled)


def due_words(due: date, today: date, lang: Lang) -> str:
    """``by 18 Dec 2026 (18 days left)``."""
    return slack_words("until", lang, date=day_words(due, lang), days=days_left(due, today, lang))
