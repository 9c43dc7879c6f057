"""A workbook as plain tables: what stood in which cell, before anybody asks what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from contacts.registry import Held
from contacts.written.cells import Raw
from contacts.written.mistakes import Mistake
from playbooks.frozen import frozen


@frozen
class Row:
    """One filled row: its number as Excel shows it, its id (where the sheet has ids) and its cells by field.

    Fields of columns that the sheet lacks are missing; a cell that is empty is None.
    """

    line: int
    key: str | None
    cells: Mapping[str, Raw]


@frozen
class Workbook:
    """The rows of each sheet by its name in :data:`contacts.rows.sheets.SHEETS`, and what stood in the way of reading.

    ``exported`` is what the registry held when the file was written out; None for a file that began as a template.
    """

    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()
    exported: Held | None = None
