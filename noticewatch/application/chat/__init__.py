"""What the archive answers in a chat."""
