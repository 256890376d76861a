"""Which changes are told to whom."""
