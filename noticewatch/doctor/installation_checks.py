"""Check the installation: Python, our packages, SQLite, the language model, translation."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

from config.paths import HOME
from noticewatch.application.application import Application
from noticewatch.doctor.check_result import CheckResult, error, ok, warning

OWN_PACKAGES = ("config", "domain", "i18n", "archive", "crawler", "classifier", "notifier")
OLDEST_PYTHON = (3, 11)


def python(app: Application) -> Iterator[CheckResult]:  # noqa: ARG001
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info < OLDEST_PYTHON:
        yield error("python", version, "install noticewatch with Python 3.11 or newer")
    else:
        yield ok("python", f"{version} in {sys.prefix}")


def shadowed(app: Application) -> Iterator[CheckResult]:  # noqa: ARG001
    """Our package names are plain words: a foreign package of that name would be imported."""
    advice = "uninstall that package, or use a virtual environment of its own for noticewatch"
    owners = importlib.metadata.packages_distributions()
    found = False
    for name in OWN_PACKAGES:
        spec = importlib.util.find_spec(name)
        origin = Path(spec.origin).resolve() if spec and spec.origin else None
        if origin is None or HOME not in origin.parents:
            found = True
            place = origin or "a folder without __init__.py"
            yield error("packages", f"the name {name} is taken by {place}", advice)
        for other in sorted(set(owners.get(name, ())) - {"noticewatch"}):
            found = True
            yield error("packages", f"{other} installs a package named {name} too", advice)
    if not found:
        yield ok("packages", f"installed in {HOME}")


def sqlite(app: Application) -> Iterator[CheckResult]:  # noqa: ARG001
    from archive.backends.factory import database_features

    version, missing = database_features()
    if missing:
        advice = "use a Python built with SQLite 3.35+ and FTS5"
        yield error("sqlite", f"{version} lacks {', '.join(missing)}", advice)
    else:
        yield ok("sqlite", version)


def file_formats(app: Application) -> Iterator[CheckResult]:  # noqa: ARG001
    """What of the machine decides whether a file can be read."""
    from crawler.extract.formats.foreign_archives import is_available

    if is_available():
        yield ok("files", "RAR and 7z archives are read")
    else:
        advice = "install the system's libarchive (Debian, Ubuntu: apt install libarchive13)"
        yield warning("files", "RAR and 7z archives are kept but not read", advice)
    yield from _scans()


def _scans() -> Iterator[CheckResult]:
    from crawler.extract.scans.scan_engine import engine_name

    if engine := engine_name():
        yield ok("scans", f"scanned pages are read by {engine}, offline")
    else:
        advice = "pip install 'noticewatch[ocr]' (about 120 MB, its models included)"
        yield ok("scans", f"scanned pages are kept but not read (no_text); to read them: {advice}")


def model(app: Application) -> Iterator[CheckResult]:
    from classifier.encoder.bundled_weights import ModelUnavailable
    from classifier.encoder.encoders import load_encoder

    try:
        encoder = load_encoder(app.settings.encoder.model)
        vector = encoder.embed_queries(["动力电池"])
    except (ModelUnavailable, ImportError, OSError) as problem:
        name = app.settings.encoder.model
        todo = (
            "reinstall noticewatch."
            if name.startswith("bundled")
            else f"is encoder.model ({name}) a folder with a sentence-transformers model, or a "
            "name that this machine can download once?"
        )
        advice = f"{todo} Until then alerts go out, classified by rules"
        yield warning("model", str(problem).partition("\n")[0], advice)
    else:
        yield ok("model", f"{encoder.id}, {vector.shape[1]} dimensions")


def translation(app: Application) -> Iterator[CheckResult]:
    """One sentence to the configured provider; alerts never wait for it."""
    from classifier.translation.trial import try_out

    trial = try_out(app.settings.translation)
    if trial is None:
        yield ok("translation", "no machine translation is configured")
    elif trial.problem:
        advice = f"{trial.advice}; until then alerts go out without machine translation"
        yield warning("translation", f"{trial.provider}: {trial.problem}", advice)
    else:
        yield ok("translation", f"{trial.provider} answers and keeps what matters")
