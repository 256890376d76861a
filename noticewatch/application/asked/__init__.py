"""Questions answered: read, searched, and the line that answers."""
