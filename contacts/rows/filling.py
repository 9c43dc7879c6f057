"""How what is held fills a row of its sheet."""

from __future__ import annotations

from contacts.rows.naming import Naming
from contacts.rows.sheets import Column, Sheet
from contacts.written.cells import Raw
from playbooks.texts import Data


def filled(sheet: Sheet, row: Data, naming: Naming) -> dict[str, Raw]:
    """Give the cells of a row by field, None for empty ones; ids of other rows become their names."""
    return {column.field: cell(column, getattr(row, column.field), naming) for column in sheet.columns}


def cell(column: Column, value: object, naming: Naming) -> Raw:
    """Give the cell of one value."""
    if value is None or value in ((), {}, ""):
        return None
    if column.refers is None:
        return column.form.write(value)
    keys = value if isinstance(value, tuple) else (value,)
    return column.form.write([naming.written(column.refers, str(key)) for key in keys])
