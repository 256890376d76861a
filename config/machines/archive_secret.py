"""The environment variable with the password of an archive on a database server."""

PASSWORD_VARIABLE = "NOTICEWATCH_ARCHIVE_PASSWORD"  # noqa: S105 (a variable's name)
