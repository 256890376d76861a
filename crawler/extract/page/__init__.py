"""A notice page to a parsed notice."""
