"""What stands in a sentence: days, numbers, bodies, places, ideas; each with its place."""
