"""Articles that were checked and kept."""
