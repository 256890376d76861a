"""What the law asks: duties with their subjects, times and sanctions."""
