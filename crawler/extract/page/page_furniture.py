"""Strip what stands around and inside a notice without being part of it."""

from __future__ import annotations

import re

from crawler.extract.dom import Element, class_marks, drop, is_hidden, squeeze
from crawler.extract.file_types import DOCUMENTS, ending

# Class or id of boxes that are never the notice's text.
BOX = re.compile(
    r"(?:^|[\s_-])(?:share\w*|bdshare\w*|bshare\w*|social\w*|jiathis\w*|print\w*|qr\w*|qrcode\w*|"
    r"\w*ewm\w*|erweima\w*|font-?size\w*|fontzoom|setfont|zihao|toolbar|tools?|operate|pagination|"
    r"pager|page-?nav|prev\w*|next\w*|sxp\w*|related\w*|relation\w*|recommend\w*|xgyd|xgwj|xgxw\w*|"
    r"xglj|xgjd|crumb\w*|breadcrumb\w*|location|curb|curmb|dqwz|wzdh|footer?|copyright|comment\w*|"
    r"editor-?name|zrbj|source-?info|llcs|view-?count|visit\w*|hits?|gotop|backtop|closewin|"
    r"article-attr|article-btn|tblappendixcontainer|xxgk_table|audio\w*|player\w*|ucapshare|"
    r"jiucuo|hot-?\w*|tuijian\w*|guess\w*|rank\w*|clock\w*|counter\w*|pingfen|score|evaluate|satisfaction|feedback|wza\w*)(?:$|[\s_-])",
    re.I,
)
# Those that hold whole sentences, of readers or about other notices, however many.
_SAYINGS = re.compile(
    r"(?:^|[\s_-])(?:comments?|comment-?(?:list|box|area|wrap)|pinglun|reply-?list|related(?:-\w+)?|"
    r"recommend(?:-\w+)?|footer|copyright)(?:$|[\s_-])",
    re.I,
)
_CONTROLS = (
    "button", "select", "input", "textarea", "iframe", "object", "embed", "audio", "video",
    "form", "map", "marquee", "nav", "footer",
)  # fmt: skip

_P = r"[\s:：|｜\[\]【】()（）<>《》>·•,，。.\-—_]*"
_WORDS = (
    r"打印(?:本页|此页|页面|本稿|文章|正文)?|关闭(?:窗口|本页|页面|此页)?|收藏(?:本页|此页)?|分享(?:到|至|文章到)?|"
    r"返回(?:顶部|首页|列表|上一页)?|回到顶部|字体(?:大小|显示)?|(?:浏览|阅读)?字号|大|中|小|默认|特大|超大|正常|"
    r"放大|缩小|恢复|加入收藏|我要纠错|纠错|内容纠错|推荐|下载(?:文字版|图片版|原文|打印版)|朗读|听新闻|语音播报|"
    r"微信|微博|新浪微博|腾讯微博|QQ空间|QQ好友|QQ|朋友圈|人人网|更多|复制链接|背景色|保护视力色|无障碍阅读|"
    r"政策解读|视力保护色|繁体|简体|取消|A\+|A-|A|PDF下载|一键分享"
)
CONTROL_LINE = re.compile(rf"{_P}(?:(?:{_WORDS}){_P})+", re.I)
FURNITURE_LINE = re.compile(
    rf"{_P}(?:"
    r"(?:浏览|点击|阅读|访问|查看)(?:次数|量|数|人次)?[:：]?\s*(?:\[?\s*\d*\s*\]?\s*-?\s*)次?.{0,40}|"
    r"(?:请)?扫一扫.{0,30}|扫描二维码.{0,30}|手机扫.{0,30}|用微信扫.{0,30}|"
    r"(?:上|下)一(?:篇|条|页|则)\s*(?:[:：].{0,120}|没有了?|无)?|(?:上|下)一(?:篇|条|则)\s+.{0,100}|"
    r"(?:责任)?编辑[:：].{0,30}|责编[:：].{0,20}|(?:初审|复审|终审|审核|校对|编审)[:：].{0,30}|"
    r"分享(?:文章)?到[:：]?.{0,60}|.{0,4}字体(?:大小)?[:：].{0,30}|.{0,4}字号[:：].{0,30}|"
    r"(?:您|你)?(?:当前|现在)?(?:所在)?(?:的)?位置(?:是)?[:：].{0,120}|"
    r"您是第.{0,20}位访(?:客|问者).*|"
    r"(?:今天|今日|当前|现在|系统|服务器|北京)(?:是|时间|日期)?\s*[:：]?\s*(?:20\d{2}|星期|\d{1,2}[:：月]).{0,40}|"
    r"(?:本)?(?:页面|网页|页)?\s*(?:生成|打印|刷新|缓存|渲染|载入|加载|访问)(?:时间|日期|于|耗时|用时)\s*[:：]?\s*[\d.].{0,40}|"
    r"(?:本页|本站|本文)?(?:总|累计|今日)?(?:访问|浏览|阅读|点击|点赞|转发|评论|收藏|下载)(?:量|数|人数|人次|次数)?\s*[:：(（]?\s*[\d,.]+\s*万?[)）]?\s*(?:次|人次|人|遍)?|"
    r"(?:已有|共有|当前)?\s*[\d,.]+\s*万?\s*(?:次|人次|人)?\s*(?:访问|浏览|阅读|点击|点赞|转发|评论|收藏|在线)(?:过|了)?(?:本文|本页)?|"
    r"(?:当前)?在线(?:人数|用户)\s*[:：]?\s*\d+\s*人?|"
    r"(?:主办|承办|版权所有|网站标识码|备案(?:序号|号)?|技术支持)[:：]?.{0,100}(?:ICP备|公网安备|标识码|版权所有).{0,120}|"
    r"您访问的链接即将离开.{0,60}|"
    r"【?(?:字体|字号)[:：].{0,40}|"
    r"(?:[\d\s.…<>«»]|首页|共|第|页)*(?:上一页|下一页|尾页|末页)(?:[\d\s.…<>«»]|共|第|尾页|末页|下一页|页)*"
    rf"){_P}",
    re.I,
)
_BARE_TIME = re.compile(
    r"\s*(?:时间|日期)\s*[:：]\s*(?:19|20)\d{2}\s*[-/.年](?:.{0,60}(?:来源|浏览|点击|阅读|作者|字体|字号)"
    r"|[\d\s\-/.月日:：]{4,20}$)"
)
META_LINE = re.compile(
    rf"{_P}(?:"
    r"(?:(?:发布|发表|公开|公布|更新|信息|文章|录入|添加|提供)(?:时间|日期)|来源|信息来源|文章来源|稿件来源|作者|"
    r"(?:发布|录入|添加|上传)(?:单位|机构|者|人)|信息提供(?:日期|单位)?|浏览(?:次数|量)?|点击(?:数|量|率|次数)?|阅读(?:次数|量|数)?|访问量|"
    r"字体(?:大小)?|字号|编辑|责任编辑|撰稿|分享)\s*[:：]|(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?$"
    r"|(?:19|20)\d{2}-\d{1,2}-\d{1,2}\s|(?:发布|发表|公布|更新)于\s*(?:19|20)\d{2}\s*[-/.年])",
    re.I,
)
_TAIL_HEADING = re.compile(
    rf"{_P}(?:相关(?:附件|链接|文件|解读|阅读|信息|报道|新闻|文章|文档|稿件|政策|资料|公告|内容)|"
    r"政策(?:原文|图解)|解读(?:材料|链接)|延伸阅读|推荐阅读|热点(?:新闻|推荐)|附件下载|关联(?:解读|文件|阅读)|"
    r"(?:版权|免责)(?:[与及和、]?(?:版权|免责))?声明|热点|热门(?:新闻|文章|推荐|信息)?|最新(?:公告|发布|信息|文章|新闻|动态|文件)|猜你喜欢|(?:阅读|点击|浏览)排行|大家都在看|"
    rf"上一篇|下一篇|上一条|下一条){_P}"
)
_FILE = re.compile(ending(DOCUMENTS) + r"(?:$|[?#])|attach|down", re.I)
_SHORT = 140


def prune(body: Element) -> None:
    """Take page furniture out of a (copied) body element."""
    for element in list(body.iter(*_CONTROLS)):
        if element is not body:
            drop(element)
    total = len(squeeze("".join(body.itertext()))) or 1
    for element in list(body.iter()):
        if element is body or not isinstance(element.tag, str) or element.getparent() is None:
            continue
        named = class_marks(element)
        if is_hidden(element) or (named and BOX.search(named)):
            size = len(squeeze("".join(element.itertext())))
            small = size < total * 0.4 and (size < 300 or size < total * 0.1)
            if small or (_SAYINGS.search(named) and size < total * 0.7):
                drop(element)
    _drop_link_lists(body)


def _drop_link_lists(body: Element) -> None:
    """Lists of links to other pages inside a body: related, hot and latest news. A body that
    is itself such a list stays."""
    total = len(squeeze("".join(body.itertext()))) or 1
    for element in list(body.iter("ul", "ol", "dl")):
        if element.getparent() is None or element is body:
            continue
        anchors = list(element.iter("a"))
        if len(anchors) < 2 or any(_FILE.search(each.get("href") or "") for each in anchors):
            continue
        size = len(squeeze("".join(element.itertext())))
        linked = sum(len(squeeze("".join(each.itertext()))) for each in anchors)
        if linked >= 0.7 * size and size < 0.6 * total:
            drop(element)


def is_furniture(line: str) -> bool:
    """Whether a whole line is a control, a counter or a share bar."""
    if len(line) > _SHORT:
        return False
    compact = squeeze(line)
    if not compact:
        return True
    if FURNITURE_LINE.fullmatch(line) or FURNITURE_LINE.fullmatch(compact):
        return True
    return len(compact) > 1 and bool(CONTROL_LINE.fullmatch(compact))


def is_meta_line(line: str) -> bool:
    """Whether a line only tells date, source, counter (the line under a title)."""
    return len(line) <= _SHORT and bool(META_LINE.match(line) or _BARE_TIME.match(line))


def is_tail_heading(line: str) -> bool:
    """Whether a line opens the related links below a notice."""
    return len(line) <= 30 and bool(_TAIL_HEADING.fullmatch(line))
