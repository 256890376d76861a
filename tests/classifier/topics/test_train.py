"""Train the heads of topics."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classifier.topics import train as train_module
from classifier.topics.examples import Example, data_sha256, group_alike, shipped_examples
from classifier.topics.fitting import TrainingSet
from classifier.topics.heads import HEADS_DIR, load_heads
from classifier.topics.prototypes import fingerprint
from classifier.topics.train import WorseThanBefore, train
from config.model import Topic

CONTEXT = "废旧动力电池："


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch, topics: tuple[Topic, ...]) -> Sequence[Topic]:
    """Three topics and a fifth of the examples: fitted in a second."""
    wanted = [t for t in topics if t.id in ("portal", "penalty", "customs-trade")]
    ids = {topic.id for topic in wanted}
    chosen = [
        Example(e.text, tuple(label for label in e.labels if label in ids), e.kind, e.origin)
        for n, e in enumerate(shipped_examples(topics))
        if n % 5 == 0 or e.kind == "title"
    ]
    chosen = [e for e in chosen if e.kind != "prototype" or e.labels]
    monkeypatch.setattr(train_module, "shipped_examples", lambda _: chosen)
    return wanted


def test_training_is_deterministic_and_loads_again(
    tmp_path: Path, few: Sequence[Topic], fake_encoder: Any
) -> None:
    reports = [
        train(few, encoder=fake_encoder, folder=tmp_path / name, floors=tmp_path / "none")
        for name in ("a", "b")
    ]
    assert reports[0].scores == reports[1].scores
    first, second = (load_heads(tmp_path / name) for name in ("a", "b"))
    assert first.thresholds == second.thresholds
    assert np.array_equal(first.members["full"].bias, second.members["full"].bias)
    assert first.topics == ("portal", "penalty", "customs-trade")
    assert first.encoder_id == "fake"
    item = first.prepare("企业应当在三十日内登录溯源平台填报废旧动力电池入库信息。")
    assert (
        first.score(item, None).topics["portal"] > first.score(item, None).topics["customs-trade"]
    )


def test_worse_heads_are_refused_without_the_flag(
    tmp_path: Path, few: Sequence[Topic], fake_encoder: Any
) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps({"macro_f1": 0.999, "relevance_recall": 0.1}))
    out = tmp_path / "out"
    with pytest.raises(WorseThanBefore, match=r"macro_f1 is 0\.\d+, its floor 0\.999"):
        train(few, encoder=fake_encoder, folder=out, floors=floors)
    assert not out.exists()
    report = train(few, encoder=fake_encoder, folder=out, floors=floors, allow_worse=True)
    assert len(report.below_floor) == 1
    assert (out / "heads.npz").exists()


def test_feedback_changes_the_data_and_counts(
    tmp_path: Path, few: Sequence[Topic], fake_encoder: Any
) -> None:
    extra = [Example("溯源平台账号由省厅统一发放。", ("portal",), "feedback", "feedback")]
    plain = train(few, encoder=fake_encoder, folder=tmp_path / "a", floors=tmp_path / "none")
    more = train(
        few, extra=extra, encoder=fake_encoder, folder=tmp_path / "b", floors=tmp_path / "none"
    )
    assert more.examples == plain.examples + 1
    assert more.data_sha256 != plain.data_sha256


def test_shipped_heads_are_in_step_with_the_shipped_data(topics: tuple[Topic, ...]) -> None:
    heads = load_heads()
    assert heads.meta["data_sha256"] == data_sha256(shipped_examples(topics))
    assert heads.meta["topics"] == {topic.id: fingerprint(topic) for topic in topics}
    assert heads.topics == tuple(topic.id for topic in topics)


def test_shipped_heads_stand_above_their_floors() -> None:
    floors = json.loads((HEADS_DIR / "floors.json").read_text(encoding="utf-8"))
    scores = load_heads().meta["cross_validated"]
    assert set(floors) >= {"macro_f1", "relevance_precision", "relevance_recall", "f1:portal"}
    assert {name: scores[name] for name in floors if scores[name] < floors[name]} == {}


def test_a_passage_that_needs_its_notice_is_none_alone(topics: tuple[Topic, ...]) -> None:
    text = "逾期不改正的，处五千元以上二万元以下的罚款。"
    found = {e.text: e.labels for e in shipped_examples(topics) if text in e.text}
    assert found == {text: (), CONTEXT + text: ("penalty",)}


def test_texts_worded_alike_share_a_group() -> None:
    texts = [
        "关于公布综合利用企业名单（第五批）的公告",
        "关于公布综合利用企业名单（第六批）的公告",
        "食品安全专项检查的通知",
        "",
    ]
    groups = group_alike(texts)
    assert groups[0] == groups[1]
    assert len(set(groups)) == 3


def test_no_text_stands_in_the_data_twice(topics: tuple[Topic, ...]) -> None:
    texts = [example.text for example in shipped_examples(topics) if example.kind != "prototype"]
    assert len(texts) == len(set(texts))


def test_an_author_is_held_out_as_a_whole(topics: tuple[Topic, ...]) -> None:
    examples = [
        Example("回收网点应当公布地址。", ("portal",), "passage", "a"),
        Example("黑粉进口须检验。", (), "passage", "a"),
        Example("食品经营者须登记。", (), "passage", "b"),
        Example("登录平台填报。", ("portal",), "prototype", "topics"),
    ]
    zeros = np.zeros((4, 1), np.float32)
    flags = np.ones((4, 2), np.bool_)
    data = TrainingSet(
        examples, ("portal",), zeros, zeros, flags, flags, [0, 1, 2, 3]
    )  # fmt: skip
    folds = [(list(seen), list(unseen)) for seen, unseen in data.folds(np.arange(4))]
    assert folds == [([2, 3], [0, 1]), ([0, 1, 3], [2])]
