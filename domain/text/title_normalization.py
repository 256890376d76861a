"""Reduce a title to the name of its act: without issuers, wrappers, number and site name."""

from __future__ import annotations

import re

from domain.text.normalization import normalise

# For example 管理办法-政策文件 or 管理办法_工业和信息化部.
_SITE_SUFFIX = re.compile(
    r"(?:_.*|[-|](?:意见征集|征求意见|政策文件|通知公告|政务公开|信息公开|法律法规|新闻|首页|政策|公示公告|文件发布)"
    r"(?:[-|_].*)?|[-|][^-|()]*(?:网|门户|网站|政府|委员会|厅|局|部|总署|平台))$"
)
# For example 管理办法(2026年第20号) or 管理办法(工信部联节[2026]17号).
_NUMBER_SUFFIX = re.compile(
    r"(?:\((?:[^()]*\[(?:19|20)\d{2}\][^()]*号|(?:公告|令)?(?:19|20)\d{2}年第\d+号|第[\d〇零一二三四五六七八九十百]+号)\)"
    r"|\[[^\[\]]*年第\d+号\])$"
)
_BODY = r"(?:部|委|局|署|院|厅|会|办|行|办公厅|办公室|委员会|政府|部门|单位|司|总局|公司|中心|海关)"
_ISSUERS = re.compile(rf"^(?:(?!关于|《).){{0,200}}?{_BODY}(?=关于|印发|联合印发|发布|公布|就《)")
# For example 关于印发《管理办法》的通知.
_WRAPPED = re.compile(
    r"^(?:关于)?(?:联合)?(?:印发|发布|公布|颁布|下发|修订印发|重新印发|实施|施行|批准发布)"
    r"(?:(?:施行|实施))?[《<](?P<title>.+)[》>](?:的)?(?:通知|公告|通告|函|令|决定)?$"
)
# For example 关于公布符合条件企业名单的公告.
_WRAPPED_PLAIN = re.compile(
    r"^(?:关于)?(?:联合)?(?:印发|发布|公布|颁布)(?P<title>[^《》]{4,})的(?:通知|公告|通告|函)$"
)
# For example 公开征求对《管理办法》的意见 or 关于《管理办法》(征求意见稿)公开征求意见的通知.
_DRAFT = re.compile(
    r"^(?:关于)?(?:再次)?(?:公开)?(?:征求|征集|对|就)?(?:社会公众)?对?[《<](?P<title>.+)[》>]"
    r"(?:\(?(?:征求意见稿|公开征求意见稿)\)?)?(?:再次)?(?:向社会)?(?:公开)?(?:征求|征集)?(?:公众|社会|社会各界)?的?意见(?:建议)?"
    r"(?:的(?:通知|公告|通告|函|公示))?$"
)
_DRAFT_MARK = re.compile(r"\((?:公开)?征求意见稿\)|\(草案[^()]*\)|\(送审稿\)")
_WRAPPERS_MAX = 4
_LONGEST = 500  # characters; more are no title


def normalise_title(title: str) -> str:
    """A title for identity: the act's own name without issuers, 关于印发…的通知, 书名号, blanks,
    number and the site's suffix. A forward (转发) keeps its wrapper, a draft its mark."""
    text = normalise(title[:_LONGEST]).replace(" ", "")
    text = _SITE_SUFFIX.sub("", text) if not text.startswith("_") else text
    whole = text
    for _ in range(_WRAPPERS_MAX):
        peeled = _peel(text)
        if len(peeled) < 4 or peeled == text:
            break
        text = peeled
    text = re.sub(r"[《》<>\"'\[\]·]", "", text).strip("。.,，;；:：-").casefold()
    return text or whole.casefold()


def _peel(text: str) -> str:
    """One wrapper less."""
    text = _NUMBER_SUFFIX.sub("", text)
    issuers = _ISSUERS.match(text)
    if issuers and "转发" not in issuers.group():
        text = text[issuers.end() :]
    if "转发" in text.partition("《")[0]:
        return text
    draft = _DRAFT.match(text)
    if draft and _balanced(draft["title"]):
        inner = draft["title"]
        return inner if _DRAFT_MARK.search(inner) else inner + "(征求意见稿)"
    wrapped = _WRAPPED.match(text) or _WRAPPED_PLAIN.match(text)
    if wrapped and _balanced(wrapped["title"]):
        return wrapped["title"]
    if text.startswith("《") and text.endswith("》") and _balanced(text[1:-1]):
        return text[1:-1]
    return text.removeprefix("关于") if len(text) > 6 else text


def _balanced(title: str) -> bool:
    """False if the brackets around it belong to two titles (《甲》和《乙》)."""
    depth = 0
    for char in title:
        depth += (char in "《<") - (char in "》>")
        if depth < 0:
            return False
    return depth == 0
