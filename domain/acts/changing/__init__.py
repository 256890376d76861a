"""What an act does to another one: the clauses and tables of its orders, and words in doubt."""
