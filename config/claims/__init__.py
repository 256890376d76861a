"""Words for what others write about the law."""
