"""Chinese sentences of why a source, one of its lists or one of its pages is as it is."""

from __future__ import annotations

from i18n.sentence import Sentence

_USED_INSTEAD = {
    "fallback:rows": "通用识别",
    "fallback:datastore": "页面的数据记录",
    "fallback:script": "脚本中的数据",
    "fallback:links": "无日期的链接",
}


def _used_instead(why: str, used: str) -> str:
    return f"{why}；改用{_USED_INSTEAD.get(used, used)}"


def _few_rows(rows: int, least: int) -> str:
    return f"列表仅{rows}行，预期至少{least}行"


def _silent(newest: str, days: int) -> str:
    return f"最新通知日期为{newest}，已超过{days}天"


def _unit_answers(path: str, said: str, message: str) -> str:
    return f"单元返回{path}={said} {message}".rstrip()


def _interface_answers(path: str, value: str, wanted: str, message: str) -> str:
    told = f"：{message}" if message else ""
    return f"接口返回{path}={value or '空'}，应为{wanted}{told}"


def _pages_no_notice(count: int, url: str, why: str) -> str:
    return f"{count}个页面一天以上不再是通知；{url}：{why}"


SOURCE_REASONS: dict[str, Sentence] = {
    # how the pass went
    "source.failures_in_a_row": "连续{count}次请求失败，最后一次：{why}",
    "source.wait_asked": "{why}；对方要求等待{seconds}秒",
    "source.pass_broke_off": "本次检查中断：{error}",
    "source.host_of_another": "另一采集进程正在读取{host}",
    "source.time_up": "本次检查时间已用完",
    "source.not_collected": "采集端尚未送来该地址的应答",
    "source.column_page": "栏目页：{why}",
    "source.known_not_read": "已知页面未能读取：{why}",
    "source.not_read_yet": "通知尚未读取：{why}",
    "source.still_not_read": "通知仍未读取：{why}",
    "source.row_only": "仅按列表行保存通知：{why}",
    "source.not_understood": "通知无法解析：{error}",
    "source.flood": "该来源24小时内的新内容超过限额：至少{waiting}条通知排队等待",
    "source.day_is_full": "该来源24小时内的请求数或流量已达限额",
    "source.not_stored_whole": "该通知仅保存前{most}个字符",
    "source.page_too_heavy": "页面解析所需的时间或内存超过限制",
    "source.list_not_understood": "列表无法解析：{error}",
    "source.attachments_wait": "该来源的附件已用去{seconds}秒，其余附件留待下次检查",
    "source.attachment_not_read": "附件未能读取：{why}",
    "source.listed_page_missing": "列表中的通知页面缺失",
    # what the site answers
    "source.http_status": "HTTP {status}",
    "source.refuses": "网站拒绝请求（HTTP {status}）",
    "source.script_challenge": "网站返回脚本验证（HTTP {status}）",
    "source.challenge_with_status": "返回了验证页（HTTP {status}）（{mark}）",
    "source.challenge_instead_of_notice": "返回的是验证页而非通知（{mark}）",
    "source.challenge_instead_of_list": "返回的是验证或拦截页而非列表（{mark}）",
    "source.html_not_json": "应返回JSON却返回HTML页面：拦截页或验证页",
    "source.broken_json": "响应不是有效的JSON（{error}）",
    "source.slow_down": "网站要求降低频率（HTTP {status}）",
    "source.server_fails": "服务器出错（HTTP {status}）",
    "source.not_found": "地址不存在（HTTP {status}）",
    "source.unexpected_status": "意外的响应（HTTP {status}）：{url}",
    "source.oversize": "响应超过大小限制",
    "source.bomb": "响应解压后超过大小限制",
    "source.truncated": "响应被截断",
    # what stands in a notice's or a file's place
    "source.not_a_notice": "该地址返回的不是该通知：{why}",
    "source.pages_no_notice": _pages_no_notice,
    "source.several_no_notice": "{count}个页面返回的不是通知，最近一个：{why}",
    "source.answer_empty": "内容为空",
    "source.answer_login": "登录页（{words}）",
    "source.answer_maintenance": "维护页（{words}）",
    "source.answer_error": "出错页（{words}）",
    "source.answer_busy": "网站繁忙（{words}）",
    "source.answer_withheld": "暂不显示内容（{words}）",
    "source.answer_loading": "仅显示加载提示（{words}）",
    "source.answer_json": "返回的是数据（JSON）",
    "source.answer_page": "返回的是页面而非文件",
    "source.answer_other": "没有该通知标题的其他内容",
    "source.answer_anothers": "显示的是另一通知：{title}（{url}）",
    "source.answer_cut": "内容不完整",
    "source.answer_little": "只有标题和{left}字，原有{before}字",
    # the way to the site
    "source.timeout": "未在时限内收到完整响应",
    "source.host_unresolved": "域名无法解析",
    "source.named_host_unresolved": "域名{host}无法解析",
    "source.resolves_inside": "{host}解析为内部地址",
    "source.connection_refused": "连接被拒绝",
    "source.connection_failed": "连接失败（{error}）",
    "source.redirect_circle": "重定向形成循环",
    "source.redirects_many": "重定向超过{most}次",
    "source.redirect_nowhere": "网站重定向到无效地址",
    "source.redirect_refused": "已拒绝重定向：{why}",
    "source.leads_off": "地址指向站外：{why}",
    "source.other_host": "{host}不是该来源自身的主机",
    "source.internal_host": "{host}是内网或本机地址",
    "source.scheme_missing": "地址缺少协议",
    "source.scheme": "{scheme}不是http",
    "source.row_leads_inside": "列表行“{title}”指向内部地址，仅按文字保存：{url}",
    "source.render_missing": (
        "其列表需要浏览器才能显示：请安装扩展noticewatch[browser]和系统的Chromium"
    ),
    "source.render_failed": "浏览器无法显示该页面（{error}）",
    "source.robots_forbid": "robots.txt禁止访问该地址",
    "source.robots_wait": "robots.txt返回{status}，要求爬虫等待",
    # what the list holds
    "source.few_rows": _few_rows,
    "verify.few_dates": "{rows}行中仅{dated}行有日期",
    "verify.notice_lacks": "列表首条通知未读出：{fields}",
    "source.silent": _silent,
    "source.backwards": "日期倒退：最新{newest}，此前{before}",
    "source.list_leads_on": "列表只是反复转向下一请求",
    "source.no_links": "列表中没有通知链接",
    "source.undated": "列表各行均无日期",
    "source.some_undated": "{rows}行中有{undated}行没有可识别的日期",
    "source.interface_fails": "列表接口失败；改读栏目页自身的行",
    "source.no_dated_link": "没有同时含链接和日期的行",
    "source.rows_undated": "各行没有日期",
    "source.rows_commented": "页面没有有效的行，仅HTML注释中有",
    "source.selector_missed": "配置的选择器{selector}未找到带日期的行",
    "source.used_instead": _used_instead,
    "source.ids_drifted": "标识已变化：{difference}",
    "source.id_differs": "{name}在网站上为{site}，配置中为{configured}",
    "source.no_frame": "栏目页没有框架{selector}",
    "source.no_unit": "栏目页未给出单元（queryData）",
    "source.no_unit_own_rows": "栏目页没有单元，改用页面自身的行",
    "source.empty_unit": "单元的响应为空或没有通知链接",
    "source.unit_answers": _unit_answers,
    "source.no_records": "记录接口可读，但没有记录",
    "source.records_malformed": "记录接口可读，但记录格式有误",
    "source.interface_answers": _interface_answers,
    "source.items_lead_nowhere": "items：{path}没有内容；响应含有{has}",
    "source.field_leads_nowhere": "{name} {given}没有内容；{path}的条目含有{has}",
    "source.field_not_given": "未给出{name}；{path}的条目含有{has}",
    # what stands in a JSON answer
    "shape.text": "文本（{text}）",
    "shape.list": "列表",
    "shape.empty_list": "空列表",
    "shape.only": "仅{value}",
    "shape.names": "{names}",
}
