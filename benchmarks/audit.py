"""``python -m benchmarks.audit``: what is installed beside what was agreed on. Needs no network.

Checks that every distribution of the project's closure is pinned in constraints.txt and
installed at that version, that pyproject.toml's requirements fit the pins, and that licences
agree with Apache-2.0. It knows nothing of vulnerabilities: that needs a database in the
internet (``pip-audit -r constraints.txt`` where it can be reached).
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
# lgpl: a driver that is used as it is and that whoever runs the program can replace.
FINE = re.compile(
    r"\b(mit|bsd|apache|isc|psf|python software foundation|python-2\.0|mpl|mozilla|zlib|zpl|"
    r"hpnd|unlicense|0bsd|cc0|public domain|historical permission|lgpl)\b",
    re.IGNORECASE,
)
NOT_FINE = re.compile(r"\b(agpl|affero|gpl|sspl|commercial|proprietary)\b", re.IGNORECASE)
OF_THE_ENVIRONMENT = {"pip", "setuptools"}  # come with Python, at the version it brings


def constraints() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = (line.split("==") for line in lines if "==" in line and not line.startswith("#"))
    return {str(canonicalize_name(name)): version.strip() for name, version in pins}


def declared() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    return [Requirement(text) for part in (project["dependencies"], *extras) for text in part]


def closure(wanted: list[Requirement]) -> dict[str, Distribution]:
    """Every installed distribution that the project needs, by its canonical name."""
    found: dict[str, Distribution] = {}
    waiting = list(wanted)
    while waiting:
        requirement = waiting.pop()
        name = str(canonicalize_name(requirement.name))
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        for text in found[name].requires or ():
            needed = Requirement(text)
            extras = requirement.extras or {""}
            if needed.marker is None or any(needed.marker.evaluate({"extra": e}) for e in extras):
                waiting.append(needed)
    return found


def licence_of(package: Distribution) -> str:
    meta = package.metadata
    told = [meta.get("License-Expression", ""), (meta.get("License") or "")[:120]]
    told += [line for line in meta.get_all("Classifier") or () if line.startswith("License ::")]
    return "; ".join(part for part in told if part) or _first_line_of_its_file(package)


def _first_line_of_its_file(package: Distribution) -> str:
    """Some tell their licence by a file alone."""
    files = [file for file in package.files or () if file.name.upper().startswith("LICEN")]
    return files[0].read_text().strip().splitlines()[0] if files else ""


def problems() -> Iterator[str]:
    pins, wanted = constraints(), declared()
    for requirement in wanted:
        pin = pins.get(str(canonicalize_name(requirement.name)))
        if pin is None:
            yield f"{requirement.name}: declared, but not pinned in constraints.txt"
        elif pin not in requirement.specifier:
            yield f"{requirement.name}: pinned at {pin}, declared as {requirement.specifier}"
    for name, package in sorted(closure(wanted).items()):
        version = package.version.split("+")[0]
        if name in OF_THE_ENVIRONMENT:
            continue
        if name not in pins:
            yield f"{name} {version}: needed, but not pinned in constraints.txt"
        elif version != pins[name]:
            yield f"{name}: {version} is installed, {pins[name]} is pinned"
        licence = licence_of(package)
        if not FINE.search(licence):
            verdict = "forbidden" if NOT_FINE.search(licence) else "unknown"
            yield f"{name}: {verdict} licence {licence!r}"


def main() -> None:
    found = list(problems())
    for problem in found:
        print(problem)
    count = len(closure(declared()))
    print(
        f"{count} distributions: {len(found)} problems (versions and licences; no vulnerabilities)"
    )
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
