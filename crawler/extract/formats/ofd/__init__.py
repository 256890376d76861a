"""OFD (GB/T 33190): pages as they are shown."""
