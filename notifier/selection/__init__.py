"""Selection: which changes are told to whom."""
