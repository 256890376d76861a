"""A tile map of China: one shape per province, so that each is equally easy to see and click."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# column, row of each province's tile; neighbours stand beside each other as far as a grid allows
TILES: Mapping[str, tuple[int, int]] = {
    "CN-HL": (8, 0),
    "CN-XJ": (0, 2), "CN-NM": (5, 1), "CN-JL": (8, 1), "CN-LN": (8, 2),
    "CN-GS": (2, 2), "CN-NX": (3, 2), "CN-SX": (5, 2), "CN-HE": (6, 2), "CN-BJ": (6, 1),
    "CN-TJ": (7, 2),
    "CN-QH": (1, 3), "CN-SN": (4, 3), "CN-HA": (5, 3), "CN-SD": (7, 3),
    "CN-XZ": (0, 4), "CN-SC": (2, 4), "CN-CQ": (3, 4), "CN-HB": (5, 4), "CN-AH": (6, 4),
    "CN-JS": (7, 4), "CN-SH": (8, 4),
    "CN-GZ": (3, 5), "CN-HN": (4, 5), "CN-JX": (6, 5), "CN-ZJ": (7, 5),
    "CN-YN": (2, 6), "CN-GX": (4, 6), "CN-GD": (5, 6), "CN-FJ": (7, 6),
    "CN-HI": (4, 7),
}  # fmt: skip
TILE = 74
GAP = 6


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A province's square in SVG units, what it shows and where it leads."""

    jurisdiction: str
    name: str
    x: int
    y: int
    size: int
    level: str
    text: str
    href: str


def tiles(
    names: Mapping[str, str],
    levels: Mapping[str, tuple[str, str]],
    href: str = "/search?jurisdiction={}",
) -> list[Tile]:
    """``levels`` gives each jurisdiction's CSS level and its text; missing ones are ``none``."""
    result = []
    for jurisdiction, (column, row) in TILES.items():
        level, text = levels.get(jurisdiction, ("none", ""))
        result.append(
            Tile(
                jurisdiction=jurisdiction,
                name=names.get(jurisdiction, jurisdiction),
                x=column * (TILE + GAP),
                y=row * (TILE + GAP),
                size=TILE,
                level=level,
                text=text,
                href=href.format(jurisdiction),
            )
        )
    return result


def view_box() -> str:
    columns = max(column for column, _ in TILES.values()) + 1
    rows = max(row for _, row in TILES.values()) + 1
    return f"0 0 {columns * (TILE + GAP)} {rows * (TILE + GAP)}"
