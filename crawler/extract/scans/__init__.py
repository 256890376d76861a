"""Scanned pages and pictures read by an optical reader, where the extra ``ocr`` is installed."""
