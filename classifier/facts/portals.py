"""Read portals: the systems a notice sends people to, and their stated addresses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from classifier.facts.fact_document import Document, FactTable, make_fact
from classifier.facts.sentences import FactPassage, Sentence, fold_width
from domain.records.fact import Fact
from domain.records.fact_values import PortalValue
from domain.records.states import FactKind

Span = tuple[int, int, str]

# e.g. https://example.gov.cn/login
_URL = re.compile(
    r"(?:https?://|www\.)[A-Za-z0-9._~:/?#\[\]@!$&'*+=%-]{3,300}"
    r"|(?<![A-Za-z0-9@._-])(?:[A-Za-z0-9-]{1,60}\.){1,5}(?:gov\.cn|org\.cn|com\.cn|ac\.cn|edu\.cn|net\.cn|cn|com|org|net)(?![A-Za-z0-9.])(?:/[A-Za-z0-9._~/?#=&%-]{0,200})?"
)
_HEAD = r"(?:平台|系统|申报系统|管理信息系统|门户网站|小程序|网站|专栏|模块)"
# e.g. “回收利用信息平台”
_NAME = re.compile(
    rf"[“\"《【]?(?P<name>[一-鿿A-Za-z0-9（）·\-“”]{{2,40}}?{_HEAD})(?!化|性|型|经济|企业|运营|建设|公司|内|中的?企业|上的|管理员|集成)[”\"》】]?"
)
# e.g. 登录回收信息平台
_CUT = re.compile(
    r".*(?:登录|登陆|访问|进入|通过|经由|依托|使用|利用|打开|接入|对接|纳入|填入|录入|上传至|上传|上传到|报送至|报送到|推送至|推送到|传至|报至|关联至|"
    r"注册|调整|改造|完善|改进|优化|升级改造|开通|启用|停用|关闭|建立|建成|建设|搭建|运行|上线|升级|维护|直接在|统一在|同步在|可在|须在|应在|应当在|并在|或者在|或在|再在|是|为|至|到|向|从|由|将|把|与|及其|以及|和|及|或|、|的|在(?!线)|于|截至[^，]{1,20}?未完成|(?:等)?信息报送|信息录入|未完成|对|完成|提供|原|旧|新(?!能源)|该|本|各|我部|我厅|其)(?=[“\"一-鿿A-Za-z])"
)
# e.g. 溯源
_MARK = re.compile(
    r"溯源|追溯|信息|管理|监测|监管|申报|服务|备案|全国|国家|省|市|填报|报送|许可|政务|综合|回收|登记|公共|能源|交易|编码|固体废物|固废|企业|海关|单一窗口|节能|绿色|工业|标准|意见"
)
# e.g. 信息平台
_GENERIC = re.compile(
    r"^(?:网络|官方|企业官方|本企业|门户|政府|公司|单位|本单位|自建|电商|电子商务|第三方|交易|互联网|信息|管理|信息化|服务|公共服务|省级|国家|地方|省|市|部|管理信息|业务|动力电池|电池管理|控制|生产|监控|内部|企业|制冷|消防|冷却|报警|视频监控|自动喷淋|喷淋|灭火|工作)?(?:平台|系统|网站|模块|专栏|小程序)$"
)
# e.g. 登录
_ACTING = re.compile(
    r"登录|登陆|访问|填报|报送|上传|注册|申报|提交|录入|网址|地址|系统|平台|上线|启用|备案|查询|下载|反馈|公开|公示"
)
# e.g. 电池系统
_DEVICE = re.compile(
    r"电池系统|动力系统|储能系统|管理系统（BMS|BMS|制动系统|消防系统|换电系统|冷却系统|驱动系统|治理系统|处理系统|收集系统|除尘系统|喷淋系统|编码系统$|回收系统|体系"
)
_HEADER_NAME = re.compile(r"平台|系统|网站|名称")
_HEADER_URL = re.compile(r"网址|地址|链接|域名|URL|url|登录入口|网站")
_EMAIL_LEFT = re.compile(r"[A-Za-z0-9._-]@$")


def read_portals(document: Document) -> Iterator[Fact]:
    """Named portals, each with its address if the same sentence or table row states one.

    An address is never filled in from elsewhere; one without a name is kept as a portal
    only where the sentence is about logging in or reporting.
    """
    seen: set[tuple[str | None, str | None]] = set()
    candidates = [
        *(fact for table in document.tables for fact in _table(table)),
        *(fact for passage in document.passages for fact in _passage(passage)),
    ]
    values = [(fact, fact.value) for fact in candidates if isinstance(fact.value, PortalValue)]
    with_url = {value.name for _, value in values if value.url}
    for fact, value in values:
        key = (value.name, value.url)
        if key in seen or (value.url is None and value.name in with_url):
            continue
        seen.add(key)
        yield fact


def _passage(passage: FactPassage) -> Iterator[Fact]:
    text = passage.text
    if "平台" not in text and "系统" not in text and "." not in text and "网站" not in text:
        return
    for sentence in passage.sentences:
        urls = list(_urls(sentence.text))
        names = list(_names(sentence.text))
        yield from _named(passage, sentence, names, urls)
        if names:
            continue
        for start, end, url in urls:
            if _ACTING.search(passage.around(sentence.start + start, sentence.start + end)):
                value = PortalValue(url=url)
                at = sentence.start
                yield make_fact(FactKind.PORTAL, value, passage, at + start, at + end)


def _named(
    passage: FactPassage, sentence: Sentence, names: list[Span], urls: list[Span]
) -> Iterator[Fact]:
    """Each name with the first address between it and the next name."""
    starts = [start for start, _, _ in urls]
    for index, (start, end, name) in enumerate(names):
        limit = names[index + 1][0] if index + 1 < len(names) else len(sentence.text)
        number = bisect_left(starts, end)
        url = urls[number] if number < len(urls) and urls[number][0] < limit else None
        at = sentence.start
        if url is None:
            near = passage.around(at + start, at + end)
            if not _ACTING.search(near.replace(name, "")):
                continue
        value = PortalValue(name=name, url=url[2] if url else None)
        stop = at + (url[1] if url else end)
        yield make_fact(FactKind.PORTAL, value, passage, at + start, stop)


def _names(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _NAME.finditer(text):
        name = match["name"]
        cut = _CUT.match(name)
        if cut:
            name = name[cut.end() :]
        name = name.strip('“”（）"-·')
        if "（" in name and "）" not in name:
            name = name.split("（")[-1]
        if len(name) < 4 or _GENERIC.match(name) or _DEVICE.search(name) or not _MARK.search(name):
            continue
        yield match.end("name") - len(name), match.end("name"), name


def _urls(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _URL.finditer(text):
        if _EMAIL_LEFT.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        if text[max(0, match.start() - 1) : match.start()] == "@":
            continue
        yield match.start(), match.end(), match[0].rstrip(".,:;'!")


def portal_names(text: str) -> list[str]:
    """The names of systems that a text mentions, in order."""
    return [name for _, _, name in _names(text)]


def find_urls(text: str) -> list[str]:
    """The web addresses that a text states, in order."""
    return [url for _, _, url in _urls(text)]


def _table(table: FactTable) -> Iterator[Fact]:
    if len(table.rows) < 2:
        return
    header = [fold_width(cell)[0] for cell in table.rows[0]]
    url_columns = [n for n, cell in enumerate(header) if _HEADER_URL.search(cell)]
    name_columns = [
        n for n, cell in enumerate(header) if _HEADER_NAME.search(cell) and n not in url_columns
    ]
    if not url_columns or not name_columns:
        return
    for number, row in enumerate(table.rows[1:], 1):
        if max(url_columns[0], name_columns[0]) >= len(row):
            continue
        found = _URL.search(fold_width(row[url_columns[0]])[0])
        name = " ".join(row[name_columns[0]].split())
        if found and name:
            yield Fact(
                kind=FactKind.PORTAL,
                value=PortalValue(name=name, url=found[0]),
                quote=row[url_columns[0]].strip(),
                where=table.where(number),
            )
