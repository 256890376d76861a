"""Choose what the first line of an act says."""
