"""Give changes of status that an earlier release stored the code of their reason.

Their sentence stays; the code is written only where it says exactly that sentence.
"""

from __future__ import annotations

import sqlite3

from domain.records.reason import reason
from i18n.catalogue import english

_STATUS_CHANGES = """
SELECT c.id, c.reason, n.status, n.repealed_from, r.title, r.document_number
  FROM changes c JOIN notices n ON n.id = c.notice_id
  JOIN relations r ON r.notice_id = n.id AND r.kind = 'repealed_by'
 WHERE c.kind = 'status' AND c.reason_data IS NULL
"""


def carry_over(conn: sqlite3.Connection) -> None:
    """The day from which a repeal has effect is known from the act that it repeals."""
    for change, said, status, since, title, number in conn.execute(_STATUS_CHANGES).fetchall():
        why = reason("act.repealed", title=title, number=number or None, since=since)
        if status == "repealed" and english(why) == said:
            conn.execute("UPDATE changes SET reason_data = ? WHERE id = ?", (why.dumps(), change))
