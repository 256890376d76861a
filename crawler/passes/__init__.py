"""One pass over one source: lists, new notices, known pages looked at again."""
