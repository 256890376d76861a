"""Who says it: the postings of an act by who may speak, and what acts do to each other."""
