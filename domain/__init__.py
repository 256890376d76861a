"""The law as data, and what can be said of it without storage, network or clock."""
