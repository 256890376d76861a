"""Mend what earlier versions, or a wrong clock, left in an archive."""
