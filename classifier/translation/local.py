"""Run a local model as a child process: a JSON list of texts in, a JSON list out.

    python -m classifier.translation.local argos ""
    python -m classifier.translation.local ctranslate2 /path/to/model

The operator installs argostranslate with its zh→en package, or ctranslate2, sentencepiece
and a converted model whose folder also holds source.spm and target.spm.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path


def argos(texts: Sequence[str]) -> list[str]:
    translate = importlib.import_module("argostranslate.translate")
    return [str(translate.translate(text, "zh", "en")) for text in texts]


def ctranslate2(texts: Sequence[str], folder: Path) -> list[str]:
    runtime = importlib.import_module("ctranslate2")
    pieces = importlib.import_module("sentencepiece").SentencePieceProcessor
    source = pieces(model_file=str(folder / "source.spm"))
    target = pieces(model_file=str(folder / "target.spm"))
    translator = runtime.Translator(str(folder), device="cpu")
    tokens = [[*source.encode(text, out_type=str), "</s>"] for text in texts]
    results = translator.translate_batch(tokens)
    return [str(target.decode(result.hypotheses[0])) for result in results]


def main() -> int:
    kind, model = sys.argv[1], sys.argv[2]
    texts = json.load(sys.stdin)
    try:
        found = argos(texts) if kind == "argos" else ctranslate2(texts, Path(model))
    except ImportError as error:
        sys.stderr.write(f"{error.name} is not installed\n")
        return 1
    json.dump(found, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
