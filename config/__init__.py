"""Settings and facts: no behaviour beyond loading and checking them."""
