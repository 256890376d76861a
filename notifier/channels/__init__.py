"""Channels: send a rendered message to where people read it."""
