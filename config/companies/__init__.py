"""The companies of the people who use the product, and the places they are in."""
