"""The field of regulation that is watched, as its files describe it."""
