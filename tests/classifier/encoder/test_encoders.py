"""Turn texts into vectors, in this process and in a worker."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from classifier.encoder import encoders as encoder_module
from classifier.encoder.bundled_weights import ModelUnavailable, ensure_folder
from classifier.encoder.encoder_worker import EncoderWorker
from classifier.encoder.encoders import (
    MAX_CHARACTERS,
    BundledEncoder,
    LightEncoder,
    WorkerEncoder,
    clean_for_encoding,
    load_encoder,
)
from classifier.topics.examples import DATA_DIR
from tests.paths import ROOT


def test_clean_texts_have_no_nul_no_surrogates_and_a_bound() -> None:
    assert clean_for_encoding("a\0b \n\t c") == "ab c"
    clean_for_encoding("\ud800").encode()
    assert len(clean_for_encoding("电" * 1_000_000)) == MAX_CHARACTERS


def test_light_encoder_gives_unit_rows(light: LightEncoder) -> None:
    rows = light.embed_documents(["废旧动力电池回收", "", "\0", "x" * 5000])
    assert rows.shape == (4, light.dim)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-4)
    assert light.embed_queries([]).shape == (0, light.dim)


def test_an_english_query_is_nearer_to_its_chinese_notice(light: LightEncoder) -> None:
    query = light.embed_queries(["fines for illegal dismantling of used power batteries"])[0]
    near, far = light.embed_documents(["非法拆解废旧动力电池的罚款规定", "学校食堂食品安全检查"])
    assert query @ near > query @ far + 0.03


def test_small_batches_never_start_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_module, "WorkerEncoder", None)
    assert BundledEncoder().embed_documents(["一"] * 30).shape == (30, 384)


def test_bulk_falls_back_to_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> Path:
        raise ModelUnavailable("no cache")

    monkeypatch.setattr(encoder_module, "ensure_folder", broken)
    monkeypatch.setattr(encoder_module, "SMALL_BATCH", 20)
    assert BundledEncoder().embed_documents(["一", "二"] * 11).shape == (22, 384)


def test_many_small_batches_become_bulk(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(encoder_module.time, "monotonic", lambda: now[0])
    encoder = BundledEncoder()
    batch = ["电" * 500] * 10
    assert [encoder._is_bulk(batch) for _ in range(5)] == [False, False, False, False, True]
    now[0] += 61
    assert not encoder._is_bulk(batch)
    assert encoder._is_bulk(["电" * 500] * 13)


def test_a_missing_package_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(ModelUnavailable, match="not installed"):
        load_encoder("bundled")


@pytest.mark.model
def test_an_unknown_model_is_model_unavailable(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    worker = WorkerEncoder(str(tmp_path / "empty"))
    with pytest.raises(ModelUnavailable):
        worker.embed_documents(["a"])
    worker.close()


def _several_hundred_texts() -> list[str]:
    lines = (DATA_DIR / "passages.jsonl").read_text(encoding="utf-8").split("\n")[:260]
    texts = [json.loads(line)["text"] for line in lines]
    odd = (
        "ＧＢ／Ｔ　３４０１４－２０１７　２０２６年４月１日|①②③ ㎡ ℃ ～ ~ —— …… ％|"
        "VIN：LSVAU2180N2183294|Ｄａｔａ Ｍａｔｒｉｘ／ＱＲ码|a  b   c|１２３４５６７８９０|"
        "Recyclers report within 30 days (GB/T 34014-2017).|繁體中文：廢舊動力電池回收|"
        "（一）（二）1.2.3|🔋 battery|ﬁ ligature"
    )
    return [*texts, *odd.split("|"), "x" * 600, "电" * 600]


@pytest.mark.model
@pytest.mark.timeout(300)
def test_the_rebuilt_model_and_the_engine_agree(light: LightEncoder) -> None:
    texts = _several_hundred_texts()
    bulk = BundledEncoder()
    rows = bulk.embed_documents(texts)
    assert bulk._bulk is not None, "bulk went through the engine"
    likeness = (rows * light.embed_documents(texts)).sum(axis=1)
    bulk.close()
    assert likeness.mean() > 0.9999
    assert likeness.min() > 0.9998, texts[int(likeness.argmin())]


@pytest.mark.model
def test_the_worker_ends_when_idle_and_comes_back() -> None:
    worker = EncoderWorker(str(ensure_folder()), idle_seconds=1)
    first = worker.encode(["一"])
    process = worker._process
    assert process is not None
    process.wait(timeout=20)
    assert np.allclose(worker.encode(["一"]), first)
    worker.close()


@pytest.mark.model
def test_a_killed_parent_leaves_no_worker() -> None:
    code = (
        "import sys, time\nfrom classifier.encoder.encoder_worker import EncoderWorker as Worker\n"
        f"w = Worker({str(ensure_folder())!r}); w.encode(['a'])\n"
        "print(w._process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and _alive(worker):
        time.sleep(0.1)
    assert not _alive(worker)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and ") Z " in status.read_text())


ECHO = """
import json, struct, sys
for line in sys.stdin.buffer:
    numbers = [float(text) for text in json.loads(line)]
    sys.stdout.buffer.write(json.dumps({"n": len(numbers), "dim": 1}).encode() + b"\\n")
    sys.stdout.buffer.write(struct.pack(f"<{len(numbers)}f", *numbers))
    sys.stdout.buffer.flush()
"""


def test_threads_that_share_a_worker_get_each_their_own_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-c", ECHO], stdin=pipe, stdout=pipe)
    worker = EncoderWorker("none")
    monkeypatch.setattr(worker, "_running", lambda: process)
    worker._process = process

    def ask(number: int) -> bool:
        asked = [str(number)] * (1 + number % 3)
        return worker.encode(asked).ravel().tolist() == [float(text) for text in asked]

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(400)))
    worker.close()


def test_questions_never_start_torch_however_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_module, "WorkerEncoder", None)
    monkeypatch.setattr(encoder_module, "SMALL_TOTAL", 10)
    encoder = BundledEncoder()
    for _ in range(4):
        assert encoder.embed_queries(["动力电池溯源"]).shape == (1, 384)
