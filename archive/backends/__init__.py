"""Database engines behind the archive."""
