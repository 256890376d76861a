"""Orders that need no modal verb: what stands under a heading, in an article, or before 方可."""
