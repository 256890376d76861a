"""Name what stands at a notice's address when it is no notice: a login, an error, a stand-in."""

from __future__ import annotations

import json
import re

from crawler.extract.dom import Element, clean_text, squeeze, text_of
from domain.records.reason import Reason, reason

_MOST = 500  # characters of a page that has nothing else to say
_SHORT_TITLE = 40

# For example 用户名 密码 or 统一身份认证.
_LOGIN = re.compile(
    r"统一(?:身份)?认证|单点登录|(?:用户|账户|系统|会员)登[录陆]|请(?:先|您)?登[录陆]|登[录陆](?:超时|失效|已过期)|"
    r"(?:用户名|账号|帐号)[^\n]{0,12}(?:密码|口令)|未登[录陆]|会话(?:已)?(?:超时|过期|失效)|"
    r"\b(?:log\s?in|sign\s?in)\b|session\s+(?:expired|timed?\s?out)|token\s+(?:expired|invalid)|unauthori[sz]ed",
    re.I,
)
# For example 网站正在升级改造，暂停服务.
_MAINTENANCE = re.compile(
    r"(?:网站|系统|平台|服务器?|机房|栏目|页面)[^。\n]{0,16}(?:维护|升级|改造|改版|搬迁|迁移|割接|检修|停机|建设中)|"
    r"(?:维护|升级|改造|改版|建设|搬迁)(?:中|期间)|暂停(?:服务|访问|使用|开放|对外)|停止(?:访问|服务)|"
    r"(?:暂时)?(?:关闭|下线)(?:维护|整改)|整改中|敬请(?:谅解|期待)|under\s+(?:maintenance|construction)|"
    r"(?:scheduled|system|site)\s+maintenance|temporarily\s+unavailable|coming\s+soon",
    re.I,
)
# For example 系统异常，请联系管理员 or HTTP Status 500.
_ERROR = re.compile(
    r"(?:系统|服务器?|程序|应用|数据库?|页面|网络|网关|请求|访问|查询|加载|下载|连接|操作|参数)[^。\n]{0,12}"
    r"(?:异常|错误|出错|失败|超时|故障|无响应|不可用|有误|非法)|(?:发生|出现)(?:了)?(?:异常|错误|故障)|"
    r"(?:异常|错误)(?:信息|代码|提示|页面)|请(?:联系|与)(?:网站|系统)?管理员|"
    r"\b(?:HTTP\s*(?:Status|Error|Code)?[\s:-]*[45]\d\d|[45]\d\d\s+(?:Bad|Internal|Service|Gateway|Not|Error|Forbidden)|"
    r"Internal\s+Server\s+Error|Bad\s+Gateway|Service\s+Unavailable|Gateway\s+Time-?out|Server\s+Error|"
    r"Whitelabel\s+Error|Runtime\s+Error|Fatal\s+error|Stack\s*trace|Traceback|Exception|OLE\s+DB|ODBC|"
    r"SQLSTATE|SQL\s+(?:error|syntax)|ORA-\d+|connection\s+(?:refused|reset|timed\s+out))|"
    r"error\s+(?:has\s+)?occurred|\boops\b|welcome\s+to\s+nginx|IIS\s+Windows|Default\s+Page|\bIt\s+works!|"
    r"NoSuch(?:Key|Bucket)|specified\s+(?:key|bucket)|域名[^。\n]{0,8}(?:过期|到期|失效|停用)|"
    r"(?:网站|域名)[^。\n]{0,8}未[^。\n]{0,4}备案|页面[^。\n]{0,8}(?:走丢|跑到|迷路|飞走)|"
    r"java\.(?:lang|sql|io)\.|org\.(?:apache|springframework)\.|System\.\w+Exception|Warning:\s+\w+\(",
    re.I,
)
# For example 服务器繁忙，请稍后再试.
_BUSY = re.compile(
    r"(?:繁忙|拥挤|过载|排队)|(?:请)?稍[后候](?:再试|重试|再来|访问|刷新)|(?:访问|在线)(?:人数|量|用户)(?:过多|过大)|"
    r"(?:server|system)\s+(?:is\s+)?(?:too\s+)?busy|try\s+again\s+later|too\s+many\s+(?:users|connections)",
    re.I,
)
# For example 正在加载，请稍候……
_LOADING = re.compile(
    r"(?:正在|数据|内容|页面)?(?:加载|载入|跳转|打开|读取)(?:中|，|,|\.|…|。|$)|正在(?:加载|载入|跳转|打开|读取|获取)|"
    r"请稍[候等后](?:片刻)?[.…。!！]*$|"
    r"^\s*(?:undefined|null|NaN|None|\$?\{\{?[\w. ]{1,60}\}\}?)\s*$|"
    r"\bloading\b|please\s+wait|enable\s+javascript|浏览器[^。\n]{0,12}(?:版本[^。\n]{0,6}低|过低|不(?:支持|兼容))|"
    r"(?:升级|更换|更新)[^。\n]{0,8}浏览器",
    re.I | re.M,
)
# For example 该信息正在审核，暂不提供浏览.
_WITHHELD = re.compile(
    r"(?:正在|等待|待|未(?:经|通过)?)(?:审核|审查|审批|复核|发布)|审核中|暂(?:不|未)(?:提供|开放|公开|发布)|"
    r"(?:暂无|没有|无)(?:相关|此|该|您)?[^。\n]{0,6}(?:内容|信息|数据|正文|权限)|(?:无权|没有权限)(?:访问|查看|浏览|阅读)?|"
    r"登[录陆]后(?:才)?(?:可|能|方可)?(?:查看|浏览|访问|阅读)|仅限[^。\n]{0,12}(?:查[阅看]|浏览|访问)|稍后(?:公布|发布|公开)|内容(?:为空|待更新|整理中|编辑中)|not\s+(?:yet\s+)?(?:published|available)|permission\s+denied",
    re.I,
)
# For example 本网站因机房检修暂停访问, under the heading of a notice of something else.
_OWN_SITE = re.compile(
    r"(?:本网?站|本(?:系统|平台)|门户网站|政务云)[^。\n]{0,40}(?:维护|升级|改[造版]|[迁割]移?|检修|停机|停止|暂停|关闭|无法)"
)
_OF_SITES = re.compile(r"网站|系统|平台|门户|政务云|维护|停机|升级|登[录陆]")
# gr_1({"code": 500});
_CALLBACK = re.compile(r"[\w.$]{1,60}\s?\((.*)\)\s?;?", re.S)
# For example 澳门新葡京彩票棋牌: what stands on a page that was taken over.
_TAKEN_OVER = re.compile(
    r"彩票|棋牌|博彩|葡京|六合彩|老虎机|彩金|娱乐城|真人视讯|百家乐|私服|成人视频"
)
_MANY = 5
_STAND_INS = (
    ("source.answer_error", _ERROR),
    ("source.answer_busy", _BUSY),
    ("source.answer_withheld", _WITHHELD),
    ("source.answer_loading", _LOADING),
)
_KINDS = (
    ("source.answer_login", _LOGIN),
    ("source.answer_maintenance", _MAINTENANCE),
    *_STAND_INS,
)


def answer_kind(text: str) -> Reason | None:
    """What a short text says in place of a notice; None for words that fit no such kind."""
    return _named(text, _KINDS)


def stand_in_kind(text: str) -> Reason | None:
    """What a text says that only holds a notice's place; maintenance and logins can be what a
    notice is about."""
    return _named(text, _STAND_INS)


def own_outage(title: str, text: str) -> Reason | None:
    """The word by which a short text under a notice's heading speaks of the site itself, which
    the notice, by its title, does not."""
    match = None if _OF_SITES.search(title) else _OWN_SITE.search(text)
    return reason("source.answer_maintenance", words=clean_text(match[0])[:60]) if match else None


def is_taken_over(text: str) -> bool:
    """Whether strangers have put their advertisements in the place of a page."""
    return len(_TAKEN_OVER.findall(text[:20_000])) >= _MANY


def _named(text: str, kinds: tuple[tuple[str, re.Pattern[str]], ...]) -> Reason | None:
    for code, pattern in kinds:
        if match := pattern.search(text):
            return reason(code, words=clean_text(match[0])[:60])
    return None


def page_kind(root: Element, html: str) -> Reason | None:
    """What a whole page is in place of a notice: by its form and its words when it has few of
    them, else by its title alone."""
    if is_json(html):
        return reason("source.answer_json")
    title = clean_text(next((text_of(each) for each in root.iter("title")), ""))
    body = text_of(next(iter(root.iter("body")), root))
    size = len(squeeze(body))
    if size > _MOST:
        return answer_kind(title) if len(title) <= _SHORT_TITLE else None
    if any((each.get("type") or "").lower() == "password" for each in root.iter("input")):
        return reason("source.answer_login", words="<input type=password>")
    if kind := answer_kind(f"{title}\n{body}"):
        return kind
    return None if size else reason("source.answer_empty")


def is_json(text: str) -> bool:
    """Whether an answer is JSON data and no page."""
    bare = text.strip().lstrip("\ufeff")
    if match := _CALLBACK.fullmatch(bare):
        bare = match[1].strip()
    if not bare.startswith(("{", "[")):
        return False
    try:
        json.loads(bare)
    except ValueError:
        return False
    return True
