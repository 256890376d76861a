"""Checks of an installation, and a self-test through the whole chain."""
