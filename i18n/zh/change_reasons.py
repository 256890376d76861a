"""Chinese sentences of what changed on a page, and of pages that came and went."""

from __future__ import annotations

from i18n.sentence import Sentence

_FIELDS = {
    "title": "标题",
    "document_number": "文号",
    "issuers": "发文机关",
    "comment_deadline": "意见截止日期",
    "validity": "有效性",
}


def _field_added(field: str) -> str:
    return f"{_FIELDS.get(field, field)}新增"


def _field_changed(field: str, before: str, after: str) -> str:
    return f"{_FIELDS.get(field, field)}变化：{before} → {after}"


CHANGE_REASONS: dict[str, Sentence] = {
    "change.first_seen": "首次发现",
    "change.copied": "已知文件的副本：{why}",
    "change.split_off": "已拆分为单独的通知",
    "change.confirmed": "首次见于发布机关官网；此前仅见于其他网站",
    "change.higher_site": "上级网站所载文本与此前所见不同",
    "change.of_a_copy": "其他网站的转载有改动",
    "change.copy_disagrees": "文本不一致：其他网站转载的内容与官方页面不同",
    "change.told_by_a_copy": "另一处文本此前已有此内容",
    "change.attachment_read": "扫描件已识别：{file}",
    "change.restored": "页面已恢复，内容未变",
    "change.none": "文字无变化",
    "change.several": lambda reasons: "，".join(reasons),
    "change.at": "{reason}（{place}）",
    "change.text_added": "新增文字",
    "change.text_removed": "删除文字",
    "change.text_added_at": "新增文字：{place}",
    "change.text_removed_at": "删除文字：{place}",
    "change.punctuation": "标点",
    "change.moved": "移动，文字未变",
    "change.renumbered": "仅重新编号",
    "change.sentences_moved": "句子移动",
    "change.traditional_characters": "繁简体不同",
    "change.number_spelling": "数字写法不同",
    "change.reference_renumbered": "条款引用随编号调整",
    "change.typo": "错字更正：{before} → {after}",
    "change.number": "数字变化：{before} → {after}",
    "change.unit": "单位变化：{before} → {after}",
    "change.modal": "义务或否定词变化：{before} → {after}",
    "change.authority": "主管部门变化：{before} → {after}",
    "change.wording": "措辞变化：{before} → {after}",
    "change.title_stage": "标题显示阶段变化",
    "change.title_number": "标题中的数字变化：{title}",
    "change.title_corrected": "标题更正",
    "change.field_added": _field_added,
    "change.field_changed": _field_changed,
    "change.attachment_added": "新增附件：{name}",
    "change.attachment_removed": "删除附件：{name}",
    "change.attachment_renamed": "附件改名",
    "change.attachment_unread": "附件被替换，文字无法读取：{name}",
    "change.attachment_same_text": "附件被替换，文字相同",
    "change.attachment": "附件{name}：{reason}",
    "removal.error_page": "地址指向错误页",
    "removal.home_page": "地址指向首页",
    "removal.left_list": "列表中已无此条",
    "removal.no_sign": "本次查看无结论",
    "source.message": "{text}",
    "removal.page_says": "页面写明：{words}",
}
