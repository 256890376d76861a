"""The commands by subject; each module registers its own with the groups of ``base``."""
