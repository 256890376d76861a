"""Extraction: from bytes of a page or attachment to a parsed notice. Pure functions."""
