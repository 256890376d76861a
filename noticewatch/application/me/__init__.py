"""What concerns our own companies: which duties apply to them, and what is done about it."""
