"""Raw bytes as received, named by hash, and the hash chain over versions."""
