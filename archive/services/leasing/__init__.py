"""Share work between processes: each piece is done by the one who holds its lease."""
