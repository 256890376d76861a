"""Acts: titles, issuers, numbers, identity, references, amendments, severity."""
