"""Numbers, amounts of money, lengths and durations as texts write them."""
