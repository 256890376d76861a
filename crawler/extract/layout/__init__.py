"""Pages of placed characters and lines, from whatever format, to text and tables."""
