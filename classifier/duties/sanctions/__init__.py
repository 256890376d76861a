"""Read what follows a breach, and bind it to the duties that it punishes."""
