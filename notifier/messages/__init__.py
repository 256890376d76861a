"""Alerts, digests, reminders and operator messages as data."""
