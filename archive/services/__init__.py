"""Transactions over several repositories."""
