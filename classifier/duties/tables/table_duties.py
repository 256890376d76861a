"""Read duties of tables: tasks with those responsible and their days, lists of offences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from classifier.duties.sanctions.sanction_binding import Placed
from classifier.duties.tables.limit_tables import SEE_TABLE
from classifier.duties.tables.offence_tables import read_negative_list, read_offences
from classifier.duties.tables.task_tables import read_tasks
from classifier.facts.fact_document import Document
from classifier.facts.sentences import fold_width


def read_tables(document: Document) -> Iterator[Placed]:
    """The duties of all tables of a notice."""
    for table in document.tables:
        if len(table.rows) < 2:
            continue
        heads = [fold_width("".join(cell.split()))[0] for cell in table.rows[0]]
        for found in (
            read_offences(table, heads), read_tasks(table, heads, document.years),
            read_negative_list(table, heads, document),
        ):  # fmt: skip
            if found is not None:
                yield from found
                break


def _points_at_table(item: Placed) -> bool:
    """Whether a duty of the text only says where the rows of a table are reported to."""
    duty = item.duty
    if duty.act != "report" or duty.object or duty.where is None:
        return False
    return SEE_TABLE.search(item.statement.text) is not None


def with_table_portal(body: Sequence[Placed], rows: Sequence[Placed]) -> list[Placed]:
    """The duties of body and tables; 请通过…平台按附表报送 says where the rows are reported to,
    and no more than that."""
    reports = [item for item in rows if item.duty.act == "report" and item.duty.where is None]
    calls = [item for item in body if _points_at_table(item)]
    if not reports or not calls:
        return [*body, *rows]
    where = calls[0].duty.where
    return [
        *(item for item in body if item not in calls),
        *(
            replace(item, duty=replace(item.duty, where=where)) if item in reports else item
            for item in rows
        ),
    ]
