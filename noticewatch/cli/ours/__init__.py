"""Commands about our own companies."""
