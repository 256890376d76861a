"""Names of companies in texts: ours and our suppliers'."""
