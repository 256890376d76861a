"""Bulk encoding in a process of its own, so that torch never lives in the service.

The worker reads one JSON list of texts a line and answers with a JSON line and, after it, the
vectors as raw float32. It ends at the end of its input (also when the parent was killed) and
after some idle minutes; the client starts a new one when it is needed again.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import BinaryIO

import numpy as np

from classifier.encoder.bundled_weights import Floats, ModelUnavailable
from config.paths import child_environment

IDLE_SECONDS = 180
CHUNK = 128


class EncoderWorker:
    """A worker process for one model; started at the first request. Threads take turns: the
    pipe carries one question and its answer at a time."""

    def __init__(self, model: str, *, idle_seconds: int = IDLE_SECONDS) -> None:
        self.model = model
        self.idle_seconds = idle_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Floats:
        """Vectors of the texts; ModelUnavailable if the worker cannot start or answer."""
        with self._lock:
            parts = [self._ask(texts[at : at + CHUNK]) for at in range(0, len(texts), CHUNK)]
        return np.concatenate(parts)

    def close(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def __del__(self) -> None:
        self.close()

    def _ask(self, texts: Sequence[str]) -> Floats:
        fresh = self._process is None or self._process.poll() is not None
        try:
            return self._exchange(texts)
        except (OSError, EOFError) as error:
            self.close()
            if fresh:
                raise ModelUnavailable(f"the encoder process ended: {error}") from error
        # It had gone idle between the look and the write: once more with a new one.
        try:
            return self._exchange(texts)
        except (OSError, EOFError) as error:
            self.close()
            raise ModelUnavailable(f"the encoder process ended: {error}") from error

    def _exchange(self, texts: Sequence[str]) -> Floats:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(list(texts)).encode() + b"\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            raise EOFError("it closed its output")
        head = json.loads(line)
        if "error" in head:
            raise ModelUnavailable(head["error"])
        size = head["n"] * head["dim"] * 4
        data = process.stdout.read(size)
        if len(data) != size:
            raise EOFError("its answer was cut")
        return np.frombuffer(data, "<f4").reshape(head["n"], head["dim"])

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
            [
                sys.executable,
                "-P",
                "-m",
                "classifier.encoder.encoder_worker",
                self.model,
                str(self.idle_seconds),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child_environment(),
        )
        return self._process


def serve(model: str, idle_seconds: int, source: BinaryIO, sink: BinaryIO) -> None:
    """Answer requests until the input ends or nothing comes for ``idle_seconds``."""
    from classifier.encoder.encoders import SentenceTransformerModel

    encoder: SentenceTransformerModel | None = None
    while select.select([source], [], [], idle_seconds)[0]:
        line = source.readline()
        if not line:
            return
        try:
            encoder = encoder or SentenceTransformerModel(model)
            vectors = encoder.encode(json.loads(line))
        except Exception as error:  # whatever it is, the parent must hear of it
            sink.write(json.dumps({"error": f"{type(error).__name__}: {error}"}).encode() + b"\n")
        else:
            n, dim = vectors.shape
            sink.write(json.dumps({"n": n, "dim": dim}).encode() + b"\n")
            sink.write(np.ascontiguousarray(vectors, "<f4").tobytes())
        sink.flush()


def main() -> None:
    # Unbuffered input: select() must not miss a line that already sits in a buffer. The real
    # standard output is kept for answers; whatever a library prints goes to standard error.
    source = os.fdopen(os.dup(0), "rb", buffering=0)
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.argv[1], int(sys.argv[2]), source, sink)


if __name__ == "__main__":
    main()
