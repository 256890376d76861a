"""Characters, numbers, words and articles of Chinese official texts."""
