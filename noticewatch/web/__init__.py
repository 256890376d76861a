"""The web archive."""
