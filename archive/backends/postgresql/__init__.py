"""PostgreSQL as the archive's database: one server, many processes and machines."""
