"""What several processes share: who has what of the work, who works, keys, wrong guesses."""
