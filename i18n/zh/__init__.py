"""Chinese: names and values of facts."""
