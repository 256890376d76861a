"""Words that seem to change an act: what they name is not known. A citation changes nothing."""

from __future__ import annotations

from datetime import date

import pytest

from domain.acts.references import Reference, references
from domain.law.act_history import ActEvent, act_history
from domain.law.provisions import Wording
from domain.records.effect_terms import ANY, EffectTerms

TITLE = "青州市动力电池回收网点管理办法"
NUMBER = "青环规〔2024〕5号"


def doubts(title: str, text: str) -> tuple[str, ...]:
    """The articles of the act that a text leaves in doubt."""
    return tuple(
        article
        for item in references(title, text)
        if meant(item)
        for article in item.terms.doubtful
    )


def meant(item: Reference) -> bool:
    return item.title == TITLE or item.document_number == NUMBER


@pytest.mark.parametrize(
    ("title", "text", "articles"),
    [
        (
            "关于网点管理的通知",
            f"《{TITLE}》第八条规定的贮存时限缩短一半。",
            ("第八条",),
        ),
        (
            "关于网点管理的通知",
            f"《{TITLE}》（{NUMBER}）第九条关于备案的要求自2026年7月1日起取消。",
            ("第九条",),
        ),
        ("关于表格的通知", f"自即日起，停用《{TITLE}》附件2所附登记表。", ("附件2",)),
        ("关于衔接工作的函", f"{NUMBER}第十一条缓行，待国家标准发布后再定。", ("第十一条",)),
        ("关于有关事项的复函", f"经研究，{NUMBER}文第六条中的季报改按年报掌握。", ("第六条",)),
        (f"关于{NUMBER}有关问题的函", "第五条的台账保存期限按五年掌握。", ("第五条",)),
        ("若干措施", f"取消《{TITLE}》第七条第二款设定的现场核验环节。", ("第七条",)),
        ("公告", f"《{TITLE}》第五条、第六条合并办理，内容并入第五条。", ("第五条", "第六条")),
        ("公告", f"原《{TITLE}》第三条至第五条拆分重编。", ("第三条", "第四条", "第五条")),
        (f"关于《{TITLE}》的勘误", "第二页第三行漏排“不得”二字。", (ANY,)),
        (f"关于调整《{TITLE}》有关事项的通知", "贮存时限由三十日缩短为十五日。", (ANY,)),
        (f"关于{TITLE}的补充通知", "第八条的时限对偏远网点放宽至六十日。", ("第八条",)),
        (f"关于修改《{TITLE}》的决定", "第五条按附件所示重新表述。", ("第五条",)),
        ("通知", f"《{TITLE}》等文件中涉及经信部门的表述统一换成工信部门。", (ANY,)),
        ("要点", f"《{TITLE}》第八条与本要点不一致的，以本要点为准。", ("第八条",)),
    ],
)
def test_words_that_seem_to_change_an_act_leave_it_in_doubt(
    title: str, text: str, articles: tuple[str, ...]
) -> None:
    assert doubts(title, text) == articles


@pytest.mark.parametrize(
    "words",
    [
        "根据《{}》，制定本通知。",
        "企业应当按照《{}》第八条的规定，及时调整贮存方案。",
        "依照《{}》第十二条办理变更登记。",
        "《{}》施行后，各地加快调整回收体系，回收量明显提高。",
        "违反《{}》第九条规定，未办理变更手续的，依照第二十条处罚。",
        "《{}》自2026年7月1日起施行。",
        "《{}》已经市政府同意，现予公布。",
        "各单位要认真学习《{}》，完善内部制度。",
        "《{}》修订前已备案的网点，继续有效。",
        "对新修订的《{}》开展宣传。",
        "拟对《{}》进行修订，现征求意见。",
        "我局正在推动《{}》修订工作。",
        "《{}》第八条所称“贮存时限”，是指自入库之日起计算的期限。",
        "《{}》规定的条件发生变更的，应当自变更之日起三十日内报告。",
        "符合《{}》第六条要求的企业，可以申请延长贮存期限。",
        "企业终止经营的，按照《{}》第十条的规定处置库存。",
        "《{}》印发以来，回收网点增加到一百个。",
        "对《{}》实施情况进行检查。",
        "经检查，该企业不符合《{}》第五条，责令停止经营。",
        "《{}》另有规定的，从其规定。",
        "本通知未尽事宜，按《{}》执行。",
        "参照《{}》第三条，取消现场核验。",
        "《{}》第七条规定的网点应当在三十日内完成改造，逾期未完成的，停止使用。",
        "建议修改《{}》第八条，经研究，暂不采纳。",
        "《{}》明确，回收企业变更法定代表人的，应当报告。",
        "为落实《{}》，决定撤销不合格网点十家。",
        "依据《{}》第十三条，决定终止该公司的回收资格。",
        "现将《{}》解读如下：第八条提高了要求。",
        "《{}》中的登记表，可在线下载、修改后提交。",
        "企业按《{}》第十一条报送的数据，增加月度汇总。",
        "《{}》与本通知配套实施，二者不一致的由市局解释。",
        "全面执行《{}》，提高回收率，减少环境污染。",
        "《{}》第三章对暂停服务的网点作了规定。",
        "严格实施《{}》第十五条，延长营业时间，方便群众。",
    ],
)
def test_who_only_cites_an_act_leaves_it_as_it_is(words: str) -> None:
    text = f"为做好工作，通知如下：\n一、{words.format(TITLE)}\n二、请各单位调整安排，按时完成。"
    assert doubts("关于做好动力电池回收工作的通知", text) == ()


def test_what_was_understood_leaves_no_doubt() -> None:
    orders = "一、第四条中的“五吨”修改为“八吨”。\n二、条文顺序作相应调整。\n三、第五条不变。"
    assert doubts(f"关于修改《{TITLE}》的决定", orders) == ()
    assert doubts("决定", f"《{TITLE}》第五条自2026年1月1日起废止。") == ()
    assert doubts(f"关于延长《{TITLE}》有效期的通知", f"《{TITLE}》有效期延长3年。") == ()


def test_beside_what_was_understood_the_rest_is_in_doubt() -> None:
    orders = "一、第四条中的“五吨”修改为“八吨”。\n二、第六条酌情放宽。"
    assert doubts(f"关于修改《{TITLE}》的决定", orders) == ("第六条",)


TEXT = "第一条　为规范管理。\n第二条　贮存不超过三十日。\n第三条　按季报送。"
FIRST, DOUBT, LATER = date(2024, 3, 1), date(2025, 5, 1), date(2025, 9, 1)


def reads(day: date, *events: ActEvent) -> dict[str, bool]:
    issued = Wording(text=TEXT, since=FIRST, basis="published", source_id=1)
    found = act_history(TITLE, issued, events).reads_on(day)
    return {item.article: item.certain for item in found}


def doubt(*articles: str) -> ActEvent:
    terms = EffectTerms(doubtful=articles)
    return ActEvent(kind="unclear", since=DOUBT, source_id=2, terms=terms)


def test_an_article_in_doubt_is_not_known_from_that_day_on() -> None:
    assert all(reads(date(2025, 4, 30), doubt("第二条")).values())
    assert reads(DOUBT, doubt("第二条")) == {"第一条": True, "第二条": False, "第三条": True}
    assert not any(reads(DOUBT, doubt(ANY)).values())


def test_an_article_that_is_worded_anew_is_known_again() -> None:
    text = f"将《{TITLE}》第二条修改为：“第二条　贮存不超过十日。”"
    anew = ActEvent(kind="amended", since=LATER, source_id=3, text=text)
    assert reads(LATER, doubt("第二条"), anew)["第二条"]
    assert not reads(LATER, doubt("第三条"), anew)["第三条"]
