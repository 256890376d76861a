"""Who has what of the work, and who works."""
