"""Records of what a machine elsewhere has fetched."""
