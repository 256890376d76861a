"""The archive: notices, versions, evidence, changes, search and the outbox."""
