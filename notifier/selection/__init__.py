"""Select which changes are told to whom."""
