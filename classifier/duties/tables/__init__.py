"""Read the duties of tables."""
