"""Text to vectors: bundled weights, sentence-transformers, a process for bulk work."""
