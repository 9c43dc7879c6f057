"""Which row of a workbook is which row of the registry: by its id, by its name, by what it says, or a new one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from contacts.phrasing import say
from contacts.registry import FACILITY_KEY, Held
from contacts.rows.naming import Naming, name_of
from contacts.rows.row_reading import Note, RowNames, RowReading
from contacts.rows.sheets import SHEETS, Sheet
from contacts.rows.tables import Row
from contacts.shapes.people import Member
from contacts.written.keys import new_key
from contacts.written.likeness import plain
from contacts.written.mistakes import Unreadable
from playbooks.texts import Wording


class Recognition:
    """The keys of a workbook's rows; those that can't be told apart go to ``note``.

    ``rows`` are the workbook's, ``now`` is what is held (unfolded). A key once given is never given again on another
    day: old entries of the journal go on meaning what they meant.
    """

    def __init__(self, rows: Mapping[str, tuple[Row, ...]], now: Held, today: date, note: Note) -> None:
        self._rows, self._now, self._today, self._note = rows, now, today, note
        self._keys: dict[tuple[str, int], str] = {}
        self._lines: dict[tuple[str, str], Row] = {}
        self._taken = {kind: set(found) for kind, found in now.items()}
        for sheet in SHEETS:
            if sheet.known_by == ("name",) and sheet.kind in rows:
                self._recognise(sheet)

    def line(self, kind: str, key: str) -> int | None:
        """Give the number of the row that has a key; None if the workbook has no such row."""
        row = self._lines.get((kind, key))
        return row.line if row is not None else None

    def key(self, reading: RowReading, row: Row) -> str:
        """Give the key of a row; empty where it has none, which has been told, or is told when its cells are read."""
        kind = reading.sheet.kind
        if reading.sheet.known_by == ("name",):
            return self._keys.get((kind, row.line), "")
        key = self._natural_key(reading, row)
        if key:
            self._give(kind, row, key)
        return key

    def names(self) -> Naming:
        """Give the names that will hold once the file is in."""
        names = {kind: {key: name_of(row) for key, row in found.items()} for kind, found in self._now.items()}
        for (kind, key), row in self._lines.items():
            if row.cells.get("name"):
                names[kind][key] = str(row.cells["name"])
        return Naming(names)

    def _recognise(self, sheet: Sheet) -> None:
        """Give each row of a sheet its key: its id, that of the row which bears its name already, or a new one."""
        reading = RowReading(sheet, RowNames(Naming({}), Naming({})), self._today, self._note)
        now = {k: r for k, r in self._now[sheet.kind].items() if not (isinstance(r, Member) and r.status == "left")}
        rows = self._rows[sheet.kind]
        claimed = {row.key for row in rows if row.key}
        naming = Naming({sheet.kind: {key: name_of(row) for key, row in now.items()}})
        seen: dict[str, Row] = {}
        name_column = sheet.column("name")
        for row in rows:
            name = str(row.cells.get("name") or "")
            key = row.key
            if key is not None and key not in self._now[sheet.kind]:
                reading.tell(row, None, _unknown_id(key))
                continue
            twin = seen.setdefault(plain(name), row) if name else row
            if twin is not row and not (self._bore(sheet.kind, row) and self._bore(sheet.kind, twin)):
                reading.tell(row, name_column, _twice(name, twin.line))
                continue
            if key is None and name:
                found = [k for k in naming.keys(sheet.kind, name) if k not in claimed]
                if len(found) > 1:
                    reading.tell(row, name_column, _which_one(name))
                    continue
                key = found[0] if found else self._new_key(sheet.kind, name)
            if (sheet.kind, key) in self._lines:
                reading.tell(row, None, _twice(f"ID {key}", self._lines[sheet.kind, str(key)].line))
            elif key is not None:
                self._give(sheet.kind, row, key)

    def _bore(self, kind: str, row: Row) -> bool:
        """Say whether a row bears its name in the registry already: two that did may go on bearing the same one."""
        now = self._now[kind].get(row.key or "")
        return now is not None and plain(name_of(now)) == plain(str(row.cells.get("name")))

    def _give(self, kind: str, row: Row, key: str) -> None:
        self._keys[kind, row.line] = key
        self._lines[kind, key] = row
        self._taken[kind].add(key)

    def _new_key(self, kind: str, name: str) -> str:
        return new_key(kind, name, self._today, self._taken[kind])

    def _natural_key(self, reading: RowReading, row: Row) -> str:
        """Give the key of a row that is known by what it says; empty where that can't be read."""
        sheet = reading.sheet
        parts: list[str] = [] if sheet.known_by else [FACILITY_KEY]
        for column in map(sheet.column, sheet.known_by):
            raw = row.cells.get(column.field)
            try:
                parts.append(str(reading.understood(column, raw)) if raw is not None else "")
            except Unreadable:
                return ""  # told where the row's cells are read
        key = ".".join(parts)
        if all(parts) and (sheet.kind, key) in self._lines:
            reading.tell(row, None, _twice(sheet.title.ja, self._lines[sheet.kind, key].line))
            return ""
        return key if all(parts) else ""


def _unknown_id(key: str) -> Wording:
    return say("rows.unknown_id", key=key)


def _twice(name: str, line: int) -> Wording:
    return say("rows.twice", name=name, line=line)


def _which_one(name: str) -> Wording:
    return say("rows.which_one", name=name)
