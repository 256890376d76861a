"""Facts: pairing before and after, due days, working days, data fields."""
