"""Write what a collector fetches as signed bundles, and replay such bundles at the hub."""
