"""What is done to a decision is done to the act that it changes: put off, corrected, in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from archive.store import Archive
from classifier import run as classify
from classifier.topics.predictor import KeywordClassifier
from tests.classifier.test_law_in_time import address, stored

RULES, STANDARD = "动力电池入库登记办法", "GB/T 55555—2021"
ACTS = [
    {"id": "rules", "title": RULES, "document_number": "工信部规〔2024〕2号", "published": "2024-01-10",
     "text": "第一条　为规范动力电池入库登记，制定本办法。\n第二条　企业应当于每月10日前报送数量。\n"
     "第三条　登记记录应当保存三年。\n企业应当备份记录。\n第四条　企业应当设置专人。\n第五条　本办法自2024年3月1日起施行。"},
    {"id": "decision", "title": f"关于修改《{RULES}》的决定", "document_number": "工信部规〔2024〕8号",
     "published": "2024-05-06",
     "text": f"决定对《{RULES}》作如下修改：\n一、第二条中的“每月10日前”修改为“每月5日前”。\n"
     "二、第三条中的“三年”修改为“五年”。\n本决定自2024年7月1日起施行。"},
    {"id": "later", "title": "关于推迟施行入库登记报送时间调整的公告", "document_number": "工信部规〔2024〕9号",
     "published": "2024-06-10",
     "text": f"《关于修改〈{RULES}〉的决定》（工信部规〔2024〕8号）第一项推迟至2024年9月1日起施行。"},
    {"id": "cleared", "title": "关于废止部分文件的决定", "document_number": "工信部规〔2025〕1号",
     "published": "2025-01-06",
     "text": "决定废止下列文件，自2025年2月1日起执行。\n序号\t文件名称\t文号\t范围\n"
     f"1\t{RULES}\t工信部规〔2024〕2号\t第三条第二款和第四条"},
    {"id": "new", "title": "动力电池入库登记规定", "document_number": "工信部规〔2025〕5号",
     "published": "2025-04-01",
     "text": "第一条　为规范动力电池入库登记，制定本规定。\n第二条　企业应当于每季度报送数量。\n"
     f"第三条　本规定自2025年7月1日起施行。《{RULES}》（工信部规〔2024〕2号）同时废止。"},
    {"id": "new-later", "title": "关于推迟施行《动力电池入库登记规定》的公告",
     "document_number": "工信部规〔2025〕7号", "published": "2025-06-02",
     "text": "将《动力电池入库登记规定》（工信部规〔2025〕5号）的施行日期由2025年7月1日推迟至2025年10月1日。"},
    {"id": "standard", "title": f"{STANDARD} 动力电池堆放规范", "document_number": STANDARD,
     "published": "2021-05-06",
     "text": "发布日期：2021-05-06　实施日期：2021-12-01\n4.1　堆放高度不应超过5 m。\n4.2　间距不应小于1 m。\n"
     "4.3　每8 h应当巡查一次。\n4.4　记录应当保存2年。"},
    {"id": "sheet", "title": f"{STANDARD}《动力电池堆放规范》第1号修改单", "document_number": "国家标准公告2022年第3号",
     "published": "2022-03-01",
     "text": "本修改单经批准，自2022年7月1日起实施。\n一、4.1修改为：“堆放高度不应超过4 m。”\n二、4.3中“8 h”改为“6 h”。"},
    {"id": "erratum", "title": f"关于{STANDARD}第1号修改单的勘误", "document_number": "", "published": "2022-04-01",
     "text": f"{STANDARD}第1号修改单第一条中，“4 m”应为“3 m”。"},
    {"id": "more", "title": f"关于修改《{RULES}》的决定", "document_number": "工信部规〔2024〕20号",
     "published": "2024-10-08",
     "text": f"决定对《{RULES}》（工信部规〔2024〕2号）作如下修改：\n一、第二条中的“每月5日前”修改为“每周一”。\n"
     "本决定自2024年12月1日起施行。"},
    {"id": "held", "title": f"关于暂缓施行《关于修改〈{RULES}〉的决定》的公告", "document_number": "工信部规〔2024〕25号",
     "published": "2024-11-20",
     "text": f"《关于修改〈{RULES}〉的决定》（工信部规〔2024〕20号）暂缓施行，施行日期另行公告。"},
    {"id": "sheet-later", "title": f"关于推迟{STANDARD}第1号修改单实施日期的公告",
     "document_number": "国家标准公告2022年第9号", "published": "2022-06-01",
     "text": f"将{STANDARD}第1号修改单的实施日期由2022年7月1日推迟至2023年1月1日。其中第二条不推迟，仍自2022年7月1日起实施。"},
]  # fmt: skip
READS = [
    ("rules", "第二条", "2024-08-31", "企业应当于每月10日前报送数量。"),
    ("rules", "第二条", "2024-09-01", "企业应当于每月5日前报送数量。"),
    ("rules", "第三条", "2024-07-01", "登记记录应当保存五年。\n企业应当备份记录。"),
    ("rules", "第三条", "2025-02-01", "登记记录应当保存五年。"),
    ("rules", "第四条", "2025-01-31", "企业应当设置专人。"),
    ("rules", "第四条", "2025-02-01", None),
    ("rules", "第二条", "2025-09-30", "企业应当于每月5日前报送数量。"),
    ("rules", "第二条", "2025-10-01", None),
    ("new", "第二条", "2025-09-30", None),
    ("new", "第二条", "2025-10-01", "企业应当于每季度报送数量。"),
    ("standard", "4.1", "2022-12-31", "堆放高度不应超过5 m。"),
    ("standard", "4.1", "2023-01-01", "堆放高度不应超过3 m。"),
    ("standard", "4.3", "2022-06-30", "每8 h应当巡查一次。"),
    ("standard", "4.3", "2022-07-01", "每6 h应当巡查一次。"),
]


@pytest.fixture(scope="module", params=[False, True], ids=["in order", "last first"])
def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Archive]:
    acts = [{**act, "issuer": "工业和信息化部", "jurisdiction": "CN"} for act in ACTS]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            classify, "make_predictor", lambda topics, encoder: KeywordClassifier(topics, "test")
        )
        folder: Path = tmp_path_factory.mktemp("put-off")
        with stored(folder, acts[::-1] if request.param else acts) as opened:
            yield opened


@pytest.fixture
def reads(archive: Archive) -> Callable[[str, str, str], str | None]:
    """What an article reads on a day; None where nothing stands or it is not known."""

    def text(act: str, article: str, day: str) -> str | None:
        notice = archive.notices.by_url(address(act))
        assert notice is not None
        history = archive.ledger.history(notice.id)
        assert history is not None
        on = date.fromisoformat(day)
        if history.last is not None and on > history.last:
            return None
        found = next((one for one in history.reads_on(on) if one.article == article), None)
        return found.text.removeprefix(article).strip() if found and found.certain else None

    return text


@pytest.mark.parametrize(("act", "article", "day", "text"), READS)
def test_an_article_reads_as_what_is_in_effect_makes_it(
    act: str, article: str, day: str, text: str | None, reads: Callable[[str, str, str], str | None]
) -> None:
    assert reads(act, article, day) == text
