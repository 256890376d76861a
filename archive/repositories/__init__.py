"""Plain SQL, one module an aggregate; no decisions."""
