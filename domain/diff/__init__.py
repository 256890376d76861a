"""The comparison of two texts, article by article, and how much a difference matters."""
