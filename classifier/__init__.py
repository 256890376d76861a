"""The classifier: topics with evidence passages, stage, and facts with quotes."""
