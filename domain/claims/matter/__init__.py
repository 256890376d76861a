"""Claims that name no act: the official sentences on their matter."""
