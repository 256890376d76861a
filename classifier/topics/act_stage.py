"""Tell the stage of a text: draft, final, interpretation, list, reply, news, eia, case."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from classifier.topics.ngrams import Floats
from config.model import Stage

Reader = Callable[[str], Stage]
_TELLING = 6  # characters of a title that says something
_LONGEST_TITLE = 300  # characters of a title that are read; more are no title
_OPENING = 420  # characters of a text that its stage is read from

# In order of strength: what a title says of itself, the surest marks first.
_TITLE: tuple[tuple[Stage, re.Pattern[str]], ...] = tuple(
    (stage, re.compile(pattern))  # type: ignore[misc]
    for stage, pattern in (
        (
            "interpretation",
            r"解读|问答|答记者问|一图读懂|图解|图表|政策说明|起草说明|百问|热点回应|释义|新闻发布会",
        ),
        (
            "eia",
            r"环境影响(?:评价|报告)|环评|竣工环(?:境)?保(?:护)?验收|环保验收|环境保护验收"
            r"|报告书|报告表|建设项目.{0,10}(?:审批|受理|拟批准)|验收(?:监测|意见|公示)",
        ),
        (
            "reply",
            r"答复|复函|的批复|关于.{2,40}的回复|(?:提案|建议).{0,12}(?:的答|答复|的函)|建议的|网民留言|咨询回复",
        ),
        (
            "case",
            r"典型案例|处罚决定|行政处罚(?:信息|案件|公示)|案例|宣判|获刑|被(?:查|罚|判)|查获|查处|公益诉讼|(?<!方)(?<!草)案$|洋垃圾",
        ),
        ("draft", r"征求意见|意见稿|草案|公开征(?:集|询|求).{0,12}意见|送审稿|征集意见|立法听证"),
        (
            "list",
            r"名单|目录|一览表|(?:标准|项目|制修订)计划|拟(?:公告|入选|推荐)|第.{1,4}批|公示$|公示表|公示[（(]"
            r"|(?:企业|项目|案例集).{0,6}公示",
        ),
        (
            "news",
            r"召开|举行|举办|座谈会|调研|会见|开展.{0,12}活动|[！!：:]|上线|启动|印发.{0,6}(?:方案|办法|规划)$"
            r"|发布(?:实施)?$|落地|助力|纪实|动态|简讯|快讯|综述|部署|出台|发布.{2,30}(?:方案|办法|规定|措施|文件)|近日|亮相|突破",
        ),
        (
            "final",
            r"通知|公告|办法|规定|条例|意见|方案|细则|指南|规范|措施|规划|决定|法典|令|标准|办法",
        ),
    )
)
_TEXT: tuple[tuple[Stage, float, re.Pattern[str]], ...] = tuple(
    (stage, weight, re.compile(pattern))  # type: ignore[misc]
    for stage, weight, pattern in (
        (
            "interpretation",
            3,
            r"^问[：:]|答[：:]|[？?].{0,4}(?:答|一是|因为|主要|这是)|如何理解|为何|为什么|有何(?:区别|变化)|什么是"
            r"|怎么(?:算|办|理解)|有什么|是指什么|新规明确|解读|起草背景|[？?]",
        ),
        (
            "draft",
            3,
            r"征求意见|意见稿|草案|公开征求|送审稿|拟(?:规定|建立|要求|将|对|明确|增设|设立|按)|反馈意见|意见反馈",
        ),
        (
            "eia",
            3,
            r"环评(?:报告|公示|文件|批复)|环境影响(?:报告|评价)|(?:本|该|拟建|建设)项目|建设单位|环保验收|验收(?:组|监测|意见)"
            r"|拟批准|受理公示|第一次信息公(?:开|示)|公众参与",
        ),
        (
            "case",
            3,
            r"当事人|案例|典型案|被告|法院|检察|立案(?:调查|侦查)|罚款\d|处以?罚款[\d.]+万|判处|获刑|某(?:公司|企业|厂|回收|再生)"
            r"|查获|处罚决定|涉案|被.{0,12}(?:处以|罚款|移送)",
        ),
        (
            "reply",
            3,
            r"答复|提案|建议收悉|您(?:好|提出)|我(?:局|厅|部|委)(?:认为|将|已|会同)|网友|来信|咨询|委员(?!会)|代表提出|来函|复函|批复如下",
        ),
        (
            "list",
            2.5,
            r"名单|第[一二三四五六七八九十\d]+批|公示(?:如下|期)|序号|予以公示|拟(?:公告|列入)|计划(?:项目)?(?:编号|号)|归口单位"
            r"|入选|以下.{0,10}(?:企业|家)",
        ),
        (
            "news",
            2,
            r"近日|日前|记者|据悉|据介绍|截至|今年以来|召开|举行|会议(?:强调|指出|要求)|座谈|调研|出动|累计|同比|正式上线|我市|我省"
            r"|相关负责人|业内|首(?:个|批|座|列|次|家)|共(?:查|取缔|发现|关停|检查)|查扣|关停|现场|投(?:产|运|用)|落户|龙头|回升|增长|下降|占比|预计|入围|启动"
            r"|余(?:名|家|起)|\d{1,9}(?:起|名|余)|专项检查中|行动中|白皮书|培训会|招聘会|开展以来|揭牌|表示|开展了|成为",
        ),
        (
            "final",
            2.0,
            r"应当|不得|应(?:按|在|将|对|具备|符合)|自.{2,14}起(?:施行|实施)|本(?:办法|规定|条例|公告)|责令|第.{1,5}条|须|必须|请.{0,14}(?:于|按|报)"
            r"|鼓励|禁止",
        ),
    )
)


# Marks that leave no doubt, in a title or a text's opening; the trained head decides the rest.
_SURE: tuple[tuple[Stage, re.Pattern[str]], ...] = tuple(
    (stage, re.compile(pattern))  # type: ignore[misc]
    for stage, pattern in (
        (
            "interpretation",
            r"解读|一图读懂|答记者问|答问$|图解|(?:常见问题|政策|办事).{0,4}(?:解答|问答|答复)|[十百]问|常见问题(?:$|[（(])",
        ),
        ("eia", r"环境影响报告[书表].{0,6}征求意见稿"),
        (
            "draft",
            r"(?:公开|再次|书面)?征求.{0,60}意见的?(?:通知|公告|函|$)|征求意见稿[）)》」]*(?:$|公开|的)",
        ),
        (
            "eia",
            r"(?:环境影响(?:评价|报告)|环评|报告[书表]).{0,30}(?:受理|拟批准|拟审批|公示|批复|信息公开)"
            r"|(?:受理|拟批准|拟审批|公示).{0,20}(?:环境影响|环评)",
        ),
        ("reply", r"(?:提案|建议|代表|委员(?!会)).{0,20}的?(?:答复|复函)|(?:答复|复函)$"),
        (
            "case",
            r"典型案例|(?:处罚|改正[^，。]{0,8})决定书|(?:责令改正|整改)[^，。]{0,8}通知[书单]$|一审(?:宣判|判决)|刑事判决",
        ),
        (
            "final",
            r"(?:关于|公布|宣布).{0,30}(?:修改|(?<!制)修订|修正|废止|失效|停止执行).{0,30}(?:决定|公告|通告|通知|令)$",
        ),
        (
            "final",
            r"^(?!.*(?:印发|发布|出台|召开|解读|征求|草案|意见稿)).*"
            r"(?:行动计划|行动方案|实施方案|工作方案|建设方案|工作要点|发展规划|实施细则|管理办法)"
            r"(?:（[^）]*）|\([^)]*\))*$",
        ),
        ("final", r"^(?!.*(?:解读|草案|意见稿|关于发布)).*的?通告$"),
        ("list", r"(?:企业|项目)名单.{0,12}(?:公示|公告|的通知|$)|名单（第.{1,4}批）"),
    )
)

# A title that ends with the kind of an act, and how stories and official texts begin.
_ACT = re.compile(
    r"(?:通知|公告|通告|通报|办法|规定|条例|意见|方案|细则|指南|规范|规划|计划|要点|决定|令|标准|目录|清单|函)"
    r"(?:（[^）]*）|\([^)]*\))*$"
)
# For example 3月18日 or 日前，记者获悉.
_STORY = re.compile(
    r"^\s*(?:[“\"]|(?:\d{4}年)?\d{1,2}月\d{1,2}日|[^。\n]{0,40}(?:近日|日前|讯 |记者))"
)
# For example 现印发给你们 or 现将有关事项通知如下.
_OFFICIAL = re.compile(
    r"现(?:将|就)[^。\n]{0,60}(?:通知|公告|通告)如下|现(?:予)?印发给你们|现予(?:以)?(?:公布|公告|发布)"
    r"|请(?:认真)?(?:贯彻|遵照)(?:落实|执行)"
)
_CONSULTS = re.compile(r"现(?:向社会|面向社会)?(?:公开)?征(?:求|集)[^。\n]{0,12}意见")


def sure_stage(title: str) -> Stage | None:
    """The stage where a title says it beyond doubt."""
    bare = _bare(title)
    return next((stage for stage, pattern in _SURE if pattern.search(bare)), None)


def stage_marks(text: str) -> Floats:
    """How often a text bears each stage's marks, damped: features of the trained head."""
    text = text[:3000]
    counts = [min(len(pattern.findall(text)), 3) for _, _, pattern in _TEXT]
    return np.asarray(np.sqrt(counts) / 2, np.float32)


def _bare(title: str) -> str:
    # What stands inside 《》 is another act's name, unless it names a draft or a report.
    # For example 《管理办法》.
    return re.sub(
        r"《(?:(?!意见稿|草案|环境影响报告|环评报告)[^》])*》", "《》", title[:_LONGEST_TITLE]
    )


def stage_of_title(title: str) -> Stage | None:
    """What a title says of its notice; None if it says nothing."""
    bare = _bare(title)
    for stage, pattern in _TITLE:
        if pattern.search(bare):
            return stage
    return None


def stage_of_text(text: str) -> Stage | None:
    """The kind of text a passage or body reads like; None for an empty one."""
    text = text[:3000]
    if not text.strip():
        return None
    scores: dict[Stage, float] = {}
    for stage, weight, pattern in _TEXT:
        hits = len(pattern.findall(text))
        if hits:
            scores[stage] = weight * min(hits, 3) ** 0.5
    return max(scores.items(), key=lambda item: item[1])[0] if scores else "final"


def stage_of(title: str, text: str, reader: Reader | None = None) -> Stage | None:
    """The stage of a notice: its title's sure word, else what ``reader`` (a trained head) or the
    rules make of the title, or of the text where there is no title."""
    title, opening = title.strip()[:_LONGEST_TITLE], text.strip()[:_OPENING]
    sure = sure_stage(title)
    if sure is not None:
        return _opened(sure, title, opening)
    if reader is None:
        return stage_of_title(title) or stage_of_text(text or title)
    if title and not (len(title) < _TELLING and opening):
        return _opened(reader(title), title, opening)
    return reader(opening) if opening else None


def _opened(stage: Stage, title: str, opening: str) -> Stage:
    """The stage of a title, corrected where the text opens in a way that leaves no doubt."""
    act = _ACT.search(title) is not None
    if stage in {"final", "news"} and _CONSULTS.search(opening):
        return "draft"
    if stage == "final" and not act and _STORY.search(opening):
        return "news"
    if stage == "news" and act and _OFFICIAL.search(opening):
        return "final"
    return stage
