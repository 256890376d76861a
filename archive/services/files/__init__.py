"""The bytes of originals, and the scanned files among them."""
