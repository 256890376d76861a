"""Discover what stands at an unknown address: platform, columns, rows, a draft source file."""
