"""English: sentences, values and titles for readers without Chinese."""
