"""Classify what is pending in an archive."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from archive.store import Archive
from classifier import run as run_module
from classifier import stated_versions
from classifier.encoder.bundled_weights import ModelUnavailable
from classifier.encoder.encoders import LightEncoder
from classifier.openings import CHARACTERS, opening_of
from classifier.run import run
from config.model import Topic
from config.registered_act import RegisteredAct
from domain.acts.near_line import is_near_line, near_passages
from domain.records.states import ChangeKind
from tests.builders import make_observation

TITLE = "省废旧动力电池回收利用管理办法"
TEXT = (
    "第一条 为规范废旧动力电池回收利用，制定本办法。\n"
    "第二条 综合利用企业应当在接收废旧动力电池后三十日内登录溯源信息平台填报入库信息。\n"
    "第三条 未按规定报送的，责令改正，处五千元以上二万元以下罚款。"
)
ACT = RegisteredAct(
    key="elv", title="报废机动车回收管理办法实施细则", title_en="Rules", status="in_force",
    articles={"46": "fines"}, topics=("penalty",),
)  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def classify(
    archive: Archive, topics: tuple[Topic, ...], light: LightEncoder
) -> Callable[..., run_module.ClassifyReport]:
    return lambda **more: run(archive, topics, (ACT,), **{"encoder": light, **more})


def _ingest(archive: Archive, url: str, title: str = TITLE, text: str = TEXT) -> int:
    return archive.ingest(make_observation(url, title, text)).notice_id


def test_labels_facts_stage_and_vector_reach_the_archive(
    archive: Archive, classify: Callable[..., run_module.ClassifyReport], light: LightEncoder
) -> None:
    related = _ingest(archive, "https://a.example/1.html")
    other = _ingest(archive, "https://a.example/2.html", "关于学校食堂的通知", "食品安全检查。")
    report = classify()
    assert (report.classified, report.relevant, report.rules_only) == (2, 1, False)
    notice = archive.notices.get(related)
    assert notice is not None
    assert {label.topic for label in notice.labels} >= {"portal", "penalty"}
    assert {str(fact.kind) for fact in notice.facts} >= {"deadline", "fine"}
    assert (notice.stage, notice.relevant_because) == ("final", "labels")
    assert notice.title_en
    quiet = archive.notices.get(other)
    assert quiet is not None
    assert (quiet.labels, quiet.facts, quiet.relevant_because) == ((), (), None)
    ids, vectors = archive.embeddings.of_notice(light.id)
    assert list(ids) == [related, other]
    rows = np.frombuffer(vectors, "<f4").reshape(2, light.dim)
    assert np.allclose(rows, light.embed_documents([TITLE, "关于学校食堂的通知"]), atol=1e-5)
    assert archive.classification.pending() == []
    assert classify().classified == 0


def test_a_revision_is_judged_by_what_changed(
    archive: Archive, classify: Callable[..., run_module.ClassifyReport]
) -> None:
    notice_id = _ingest(archive, "https://a.example/1.html")
    classify()
    _ingest(archive, "https://a.example/1.html", TITLE, TEXT.replace("五千元", "一万元"))
    classify()
    (change,) = archive.changes.find(notice_id=notice_id, kinds=[ChangeKind.REVISED])
    assert change.labels == ("penalty",)
    assert [fact.value.to_json()["min"] for fact in change.facts_before] == [5000]
    assert [fact.value.to_json()["min"] for fact in change.facts_after] == [10000]


def test_the_register_is_a_second_door(
    archive: Archive, classify: Callable[..., run_module.ClassifyReport]
) -> None:
    text = "违反《报废机动车回收管理办法实施细则》第四十六条的，处一万元以上三万元以下罚款。"
    notice_id = _ingest(archive, "https://a.example/1.html", "商务领域行政处罚裁量基准", text)
    alike = text.replace("报废机动车", "报废农机")
    _ingest(archive, "https://a.example/2.html", "农业领域行政处罚裁量基准", alike)
    assert classify().relevant == 1
    notice = archive.notices.get(notice_id)
    assert notice is not None
    assert notice.relevant_because == "register"
    assert [label.topic for label in notice.labels] == ["penalty"]
    assert notice.labels[0].evidence[0].text == text


def test_a_confirmed_false_alarm_stays_silent_for_the_same_text(
    archive: Archive, classify: Callable[..., run_module.ClassifyReport]
) -> None:
    notice_id = _ingest(archive, "https://a.example/1.html")
    archive.feedback.add(notice_id, "not_relevant", "reader")
    assert classify().relevant == 1, "one reader silences nothing"
    archive.feedback.add(notice_id, "not_relevant", "editor", confirmed=True)
    _ingest(archive, "https://a.example/1.html", TITLE, TEXT + "\n第四条 自发布之日起施行。")
    assert classify().relevant == 1, "another text is judged anew"


def test_a_confirmed_false_alarm_does_not_come_back(
    archive: Archive, classify: Callable[..., run_module.ClassifyReport]
) -> None:
    url = "https://a.example/1.html"
    notice_id = _ingest(archive, url)
    assert classify().relevant == 1
    archive.feedback.add(notice_id, "not_relevant", "editor", confirmed=True)
    _ingest(archive, url, TITLE, TEXT + "\n第四条 自发布之日起施行。")
    assert classify().relevant == 1
    _ingest(archive, url)  # the page goes back to the very text that was judged no concern
    report = classify()
    assert (report.classified, report.relevant) == (1, 0)
    notice = archive.notices.get(notice_id)
    assert notice is not None
    assert (notice.labels, notice.relevant_because) == ((), None)


class Broken:
    id = "multilingual-e5-small-q4"
    dim = 384

    def embed_documents(self, texts: object) -> object:
        raise ModelUnavailable("the model is gone")

    embed_queries = embed_documents


def test_alerts_go_out_without_the_model(
    archive: Archive, classify: Callable[..., run_module.ClassifyReport]
) -> None:
    notice_id = _ingest(archive, "https://a.example/1.html")
    report = classify(encoder=Broken())
    assert report.rules_only
    assert report.errors == ("the model is gone",)
    notice = archive.notices.get(notice_id)
    assert notice is not None
    assert notice.labels
    assert {label.model for label in notice.labels} == {"rules"}


def test_one_odd_notice_does_not_stop_the_others(
    archive: Archive, classify: Callable[..., run_module.ClassifyReport],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for number in range(3):
        _ingest(
            archive, f"https://a.example/{number}.html", TITLE + str(number), TEXT + str(number)
        )
    whole = stated_versions.version_document

    def sometimes(version: object) -> object:
        if version.title.endswith("1"):  # type: ignore[attr-defined]
            raise ValueError("odd")
        return whole(version)  # type: ignore[arg-type]

    monkeypatch.setattr(stated_versions, "version_document", sometimes)
    report = classify()
    assert report.classified == 2
    assert ["odd" in error for error in report.errors] == [True]
    assert len(archive.classification.pending()) == 1, "it is tried again in the next run"


def test_limit_and_progress(
    archive: Archive, classify: Callable[..., run_module.ClassifyReport]
) -> None:
    for number in range(4):
        _ingest(archive, f"https://a.example/{number}.html", f"通知{number}", f"事项{number}。")
    seen: list[int] = []
    assert classify(limit=3, progress=seen.append).classified == 3
    assert seen == [1, 2, 3]
    assert len(archive.classification.pending()) == 1


def test_what_came_near_the_line_says_why(
    archive: Archive, classify: Callable[..., run_module.ClassifyReport]
) -> None:
    line = "单体电芯编码应当可追溯到批次，回收环节扫码核销。"
    near = _ingest(
        archive, "https://a.example/1.html", "电动自行车锂电池编码规则",
        f"编码共十八位。\n{line}\n征求意见截止七月底。",
    )  # fmt: skip
    far = _ingest(archive, "https://a.example/2.html", "关于学校食堂的通知", "食品安全检查。")
    assert classify().relevant == 0
    rules = {n: archive.notices.get(n) for n in (near, far)}
    assert [is_near_line(notice.severity_rule_data) for notice in rules.values() if notice] == [
        True, False,
    ]  # fmt: skip
    notice = rules[near]
    assert notice is not None
    assert notice.severity_rule_data is not None
    assert line in [passage.text for passage in near_passages(notice.severity_rule_data)]


def test_a_slow_notice_is_read_by_its_opening_and_the_others_whole(
    archive: Archive,
    classify: Callable[..., run_module.ClassifyReport],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(3):
        slow = "慢" * (CHARACTERS + 1) if number == 1 else ""
        _ingest(
            archive,
            f"https://a.example/{number}.html",
            f"{TITLE}{number}",
            f"{TEXT}{number}\n{slow}",
        )
    whole = stated_versions.version_document

    def sometimes(version: Any) -> Any:
        while len(version.text) > CHARACTERS:
            re.search(r"(?:a|a)*b", "a" * 26)
        return whole(version)

    monkeypatch.setattr(stated_versions, "version_document", sometimes)
    monkeypatch.setattr(run_module, "SECONDS", 0.3)
    report = classify()
    assert (report.classified, report.errors) == (3, ())
    (told,) = report.not_read_whole
    assert "not read whole" in told
    notices = list(archive.notices.iterate())
    assert all(notice.labels and notice.facts for notice in notices)
    assert archive.classification.pending() == []


def test_the_opening_of_a_notice_is_short_whatever_it_is_made_of(archive: Archive) -> None:
    _ingest(archive, "https://a.example/1.html", TITLE * 50, "\n".join([TEXT] * 2_000))
    (task,) = archive.classification.pending()
    version = opening_of(task).version
    assert len(version.title) <= 200
    assert len(version.text) == CHARACTERS
    assert sum(len(block.text) for block in version.blocks) <= CHARACTERS
    assert version.attachments == ()
    assert not any(block.rows for block in version.blocks)
