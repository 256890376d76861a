"""Authentication, roles, and protection of requests."""
