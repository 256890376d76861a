"""Wide reads for pages and digests."""
