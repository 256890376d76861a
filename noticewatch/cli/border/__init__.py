"""The commands of a collector and of its hub."""
