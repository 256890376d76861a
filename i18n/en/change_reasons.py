"""English sentences of what changed on a page, and of pages that came and went."""

from __future__ import annotations

from i18n.sentence import Sentence


def _field_added(field: str) -> str:
    return f"{field.replace('_', ' ')} added"


def _field_changed(field: str, before: str, after: str) -> str:
    return f"{field.replace('_', ' ')} changed: {before} → {after}"


CHANGE_REASONS: dict[str, Sentence] = {
    "change.first_seen": "first seen",
    "change.copied": "copy of a known act: {why}",
    "change.split_off": "split off",
    "change.confirmed": "first seen on the issuer's own site; other sites had it before",
    "change.higher_site": "a higher site has another text than the one seen first",
    "change.of_a_copy": "a copy on another site was changed",
    "change.copy_disagrees": "copies disagree: this one says otherwise than the official page",
    "change.told_by_a_copy": "another copy of the act has had this text before",
    "change.restored": "the page is back, unchanged",
    "change.attachment_read": "a scanned file was read since: {file}",
    "change.none": "no change of text",
    "change.several": lambda reasons: ", ".join(reasons),
    "change.at": "{reason} ({place})",
    "change.text_added": "text added",
    "change.text_removed": "text removed",
    "change.text_added_at": "text added: {place}",
    "change.text_removed_at": "text removed: {place}",
    "change.punctuation": "punctuation",
    "change.moved": "moved without change of text",
    "change.renumbered": "renumbered without change of text",
    "change.sentences_moved": "sentences moved",
    "change.traditional_characters": "traditional or simplified characters",
    "change.number_spelling": "same number, other spelling",
    "change.reference_renumbered": "reference follows the renumbering",
    "change.typo": "typo: {before} → {after}",
    "change.number": "number changed: {before} → {after}",
    "change.unit": "unit changed: {before} → {after}",
    "change.modal": "modal or negation changed: {before} → {after}",
    "change.authority": "authority changed: {before} → {after}",
    "change.wording": "wording changed: {before} → {after}",
    "change.title_stage": "title changed its stage",
    "change.title_number": "number changed in the title: {title}",
    "change.title_corrected": "title corrected",
    "change.field_added": _field_added,
    "change.field_changed": _field_changed,
    "change.attachment_added": "attachment added: {name}",
    "change.attachment_removed": "attachment removed: {name}",
    "change.attachment_renamed": "attachment renamed",
    "change.attachment_unread": "attachment replaced, text not readable: {name}",
    "change.attachment_same_text": "attachment replaced, same text",
    "change.attachment": "attachment {name}: {reason}",
    "removal.error_page": "the address leads to an error page",
    "removal.home_page": "the address leads to the home page",
    "removal.left_list": "the row left the list",
    "removal.no_sign": "the look says nothing",
    "source.message": "{text}",
    "removal.page_says": "the page says: {words}",
}
