"""Scanned pages, drawn with the fonts of this machine: noisy, askew, turned, stamped."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

DPI = 150
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts")
_FONTS = ("NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc", "wqy-zenhei.ttc", "Songti.ttc")
_SIMPLIFIED = 2  # of the faces of Noto's collections


@cache
def font_file() -> Path | None:
    """A font with Chinese characters, if the machine has one."""
    found = {
        path.name: path for folder in _FOLDERS for path in Path(folder).rglob("*.ttc")
    }  # fmt: skip
    return next((found[name] for name in _FONTS if name in found), None)


def need_scans() -> None:
    """Skip where pages can be neither drawn nor read."""
    for module in ("rapidocr", "onnxruntime", "PIL"):
        pytest.importorskip(module)
    if font_file() is None:
        pytest.skip("no font with Chinese characters")


def drawn(
    lines: Sequence[str], rows: Sequence[Sequence[str]] = (), *, size: float = 16, dpi: int = DPI
) -> Any:
    """A sheet with these lines and, below them, a ruled table."""
    from PIL import Image, ImageDraw

    scale = dpi / 72
    sheet = Image.new("RGB", (int(8.27 * dpi), int(11.69 * dpi)), "white")
    pen = ImageDraw.Draw(sheet)
    y = 72 * scale
    for line in lines:
        pen.text((72 * scale, y), line, font=_font(size * scale), fill=0)
        y += 1.75 * size * scale
    _table(pen, rows, y + 10 * scale, scale)
    return sheet


def _table(pen: Any, rows: Sequence[Sequence[str]], top: float, scale: float) -> None:
    wide, high = 110 * scale, 26 * scale
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            x, y = 72 * scale + column * wide, top + number * high
            pen.rectangle((x, y, x + wide, y + high), outline=0, width=max(1, int(0.8 * scale)))
            pen.text((x + 4 * scale, y + 5 * scale), cell, font=_font(12 * scale), fill=0)


def _font(size: float) -> Any:
    from PIL import ImageFont

    path = font_file()
    assert path is not None
    return ImageFont.truetype(str(path), int(size), index=_SIMPLIFIED if "Noto" in path.name else 0)


def scanned(sheet: Any, *, askew: float = 0.6, noise: float = 14.0, seed: int = 1) -> Any:
    """The sheet as a scanner gives it."""
    import numpy as np
    from PIL import Image, ImageFilter

    turned = sheet.rotate(askew, fillcolor="white", resample=Image.Resampling.BICUBIC)
    pixels = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.5))).astype(float) * 0.92
    grain = np.random.default_rng(seed).normal(10, noise, (*pixels.shape[:2], 1))
    return Image.fromarray(np.clip(pixels + grain, 0, 255).astype("uint8"))


def struck(sheet: Any, line: int, first: float, last: float, *, size: float = 16) -> Any:
    """The sheet of :func:`drawn` with a line through one of its lines of writing, from one
    character's beginning to another's, counted in characters."""
    from PIL import ImageDraw

    scale = DPI / 72
    found = sheet.copy()
    y = (72 + (1.75 * line + 0.72) * size) * scale
    ends = [(72 + place * size) * scale for place in (first, last)]
    ImageDraw.Draw(found).line((ends[0], y, ends[1], y), fill=0, width=2)
    return found


def stamped(sheet: Any, x: float, y: float) -> Any:
    """The sheet with a round red seal about a point, in points."""
    from PIL import Image, ImageChops, ImageDraw

    scale, radius = DPI / 72, 58 * DPI / 72
    seal = Image.new("RGB", sheet.size, "white")
    pen = ImageDraw.Draw(seal)
    middle = (x * scale, y * scale)
    box = (middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius)
    pen.ellipse(box, outline=(225, 40, 40), width=int(3 * scale))
    pen.regular_polygon((*middle, radius / 3.4), 5, fill=(225, 40, 40))
    return ImageChops.multiply(sheet, seal)


def as_pdf(sheets: Sequence[Any], *, dpi: int = DPI, quality: int = 75) -> bytes:
    buffer = io.BytesIO()
    sheets[0].save(
        buffer, "PDF", resolution=dpi, quality=quality, save_all=True, append_images=sheets[1:]
    )
    return buffer.getvalue()


def as_picture(sheet: Any, kind: str = "JPEG") -> bytes:
    buffer = io.BytesIO()
    sheet.save(buffer, kind)
    return buffer.getvalue()
