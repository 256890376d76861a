"""HTTP over Scrapy: one polite, bounded request at a time for each host."""
