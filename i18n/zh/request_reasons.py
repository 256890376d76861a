"""Chinese sentences of why a request is turned down."""

from __future__ import annotations

from i18n.sentence import Sentence

REQUEST_REASONS: dict[str, Sentence] = {
    "request.no_obligation": "没有这项义务",
    "request.no_notice": "没有此通知",
    "request.no_versions": "没有这些版本",
    "request.no_evidence": "没有此原件",
    "request.no_source": "没有此来源",
    "request.no_saved_search": "没有此已存检索",
    "request.no_dead_letter": "没有此发送失败的消息",
    "request.no_text": "未保存文本",
    "request.no_data_fields": "没有数据项",
    "request.no_login": "此处无需登录",
    "request.no_sources_served": "本存档未连接来源",
    "request.no_page": "没有此页面",
    "request.method": "不支持此请求方式",
    "request.fault": "内部错误",
    "request.archive_says": "{text}",
    "request.unknown_link": "此链接无效",
    "request.notice_of_link_gone": "此链接的通知已不在",
    "request.texts_too_long": "文本过长，无法在页面上比对",
    "request.form_too_large": "表单过大",
    "request.form_too_old": "表单已过期：请重新打开页面",
    "request.name_taken": "已有订阅使用此名称，请另选",
    "request.editors_end_subscription": "仅编辑人员可以结束订阅",
    "request.editors_check": "仅编辑人员可以要求检查",
    "request.editors_tell_channel": "仅编辑人员可以设置通知渠道",
    "request.editors_send_again": "仅编辑人员可以重新发送消息",
    "request.editors_handle": "仅编辑人员可以更改通知的处理情况",
    "request.editors_remind": "仅编辑人员可以设置渠道提醒",
    "request.search_name_missing": "请填写检索名称",
    "request.day_not_to_come": "请选择今天或以后的日期",
    "request.name_missing": "请填写姓名",
    "request.same_notice_twice": "请选择两份不同的通知",
    "request.date": "{name}：应为日期，如{example}",
    "request.number": "{name}：应为数字",
    "request.between": "{name}：应为{least}至{most}",
    "request.query_too_long": "检索词最多{most}个字",
    "request.search_too_costly": (
        "q：检索过于复杂，请减少检索词（OR、排除词与筛选条件合计最多{most}个）"
    ),
    "request.many_at_once": "同时进行的搜索过多，请等待前面的搜索完成",
    "request.cursor_unknown": "cursor：应为上一页的next_cursor",
    "request.channel_unknown": "channel：应为设置中的渠道",
    "request.posting_unknown": "posting：应为副本的编号",
    "request.topic_unknown": "topic：应为主题的编号",
    "request.one_of": "{name}：应为{known}",
}
