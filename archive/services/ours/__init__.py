"""What concerns our own companies: their names in notices, their obligations."""
