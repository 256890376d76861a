"""Lay out a tile map of China: one shape per province, equally easy to see and click."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# column, row of each province's tile; neighbours stand beside each other as far as a grid allows
TILES: Mapping[str, tuple[int, int]] = {
    "CN-HL": (6, 0),
    "CN-XJ": (0, 1), "CN-NM": (3, 1), "CN-BJ": (4, 1), "CN-LN": (5, 1), "CN-JL": (6, 1),
    "CN-QH": (0, 2), "CN-GS": (1, 2), "CN-NX": (2, 2), "CN-SX": (3, 2), "CN-HE": (4, 2),
    "CN-TJ": (5, 2),
    "CN-XZ": (0, 3), "CN-SC": (1, 3), "CN-SN": (2, 3), "CN-HA": (3, 3), "CN-SD": (4, 3),
    "CN-CQ": (2, 4), "CN-HB": (3, 4), "CN-AH": (4, 4), "CN-JS": (5, 4), "CN-SH": (6, 4),
    "CN-YN": (1, 5), "CN-GZ": (2, 5), "CN-HN": (3, 5), "CN-JX": (4, 5), "CN-ZJ": (5, 5),
    "CN-GX": (2, 6), "CN-GD": (3, 6), "CN-FJ": (4, 6),
    "CN-HI": (3, 7),
}  # fmt: skip
WIDTH, HEIGHT, GAP = 78, 64, 6
_LINE = 11  # letters of a name that stand beside each other in a tile


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A province's shape in SVG units, what it shows and where it leads."""

    jurisdiction: str
    name: str
    lines: tuple[str, ...]  # the name as it is written in the tile
    x: int
    y: int
    level: str
    text: str
    href: str


def tiles(
    names: Mapping[str, str],
    levels: Mapping[str, tuple[str, str]],
    href: str = "/search?jurisdiction={}",
    own: Mapping[str, str] | None = None,
) -> list[Tile]:
    """``levels`` gives each jurisdiction's CSS level and its text; missing ones are ``none``.
    ``own`` are the addresses of tiles that lead elsewhere than ``href``."""
    result = []
    for jurisdiction, (column, row) in TILES.items():
        level, text = levels.get(jurisdiction, ("none", ""))
        result.append(
            Tile(
                jurisdiction=jurisdiction,
                name=(name := names.get(jurisdiction, jurisdiction)),
                lines=tuple(name.split(" ", 1)) if len(name) > _LINE else (name,),
                x=column * (WIDTH + GAP),
                y=row * (HEIGHT + GAP),
                level=level,
                text=text,
                href=(own or {}).get(jurisdiction) or href.format(jurisdiction),
            )
        )
    return result


def view_box() -> str:
    """All tiles with their outlines."""
    columns = max(column for column, _ in TILES.values()) + 1
    rows = max(row for _, row in TILES.values()) + 1
    return f"-2 -2 {columns * (WIDTH + GAP) - GAP + 4} {rows * (HEIGHT + GAP) - GAP + 4}"
