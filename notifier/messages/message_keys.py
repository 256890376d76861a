"""How the keys of messages begin that are looked at again when their time comes."""

OVERDUE_PREFIX = "overdue:"  # about an act's own day
