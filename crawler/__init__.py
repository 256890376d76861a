"""The crawler: fetch lists and notices of every source, politely, and say how each source is."""
