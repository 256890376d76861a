"""Records that the stages hand to each other: frozen, keyword-only dataclasses."""
