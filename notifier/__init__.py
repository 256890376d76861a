"""Select what to send to whom, render it, and send it once."""
