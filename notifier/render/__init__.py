"""Renderers: from alerts, digests and lines to what each kind of channel sends."""
