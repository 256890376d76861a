"""Channels: how a rendered message leaves the context."""
