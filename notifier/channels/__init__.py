"""Channels: what each can do, and how it sends a rendered message."""
