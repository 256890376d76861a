"""Find the thing that a duty leaves unsaid."""
