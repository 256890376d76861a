"""Articles, mails and memos held against the law as it is held here."""
