"""The notifier: what to send to whom, how it reads, and that it arrives once."""
