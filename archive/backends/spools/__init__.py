"""Databases of their own beside the archive: what a collector keeps, what a hub received."""
