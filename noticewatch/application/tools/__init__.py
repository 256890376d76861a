"""What language models may ask the archive: read-only questions, answered in verbatim quotes."""
