"""Form fields and notes of a PDF, drawn into its pages so that they are read where they stand."""

from __future__ import annotations

from typing import Any


def with_annotations(document: Any) -> None:
    """Make what annotations show part of their pages, in memory only."""
    import pypdfium2.raw as pdfium

    document.init_forms()
    for index in range(len(document)):
        page = document[index]
        try:
            if pdfium.FPDFPage_GetAnnotCount(page.raw):
                pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
        finally:
            page.close()
