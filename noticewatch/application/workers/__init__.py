"""What the processes that share an archive do, and how they take their work."""
