"""Source files: drafted, captured, verified on this machine."""
