"""How one row of a sheet is understood: which of its cells say something new, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from contacts.phrasing import say
from contacts.rows.naming import Naming, filled
from contacts.rows.sheets import Column, Sheet
from contacts.rows.tables import Row
from contacts.written.cells import DayCell, Raw, text_of
from contacts.written.mistakes import Mistake, Unreadable
from playbooks.frozen import frozen
from playbooks.texts import Data, Wording

Note = Callable[[Mistake], None]

EMPTY = say("rows.empty")


@frozen
class RowNames:
    """The names in use: ``then`` when the file was written out, ``now`` with what the file itself brings."""

    then: Naming
    now: Naming


@frozen
class Compared:
    """A row of the registry as it was when the file was written out, and as it is now; None where there was none."""

    then: Data | None
    now: Data | None


class RowReading:
    """Reads the rows of one sheet; mistakes go to ``note`` and leave their field out."""

    def __init__(self, sheet: Sheet, names: RowNames, today: date, note: Note) -> None:
        self.sheet, self.names, self.today, self._note = sheet, names, today, note

    def news(self, row: Row, held: Compared) -> dict[str, Any]:
        """Give the fields that the row changes, with their new values; None for a cell that was emptied."""
        before = filled(self.sheet, held.then, self.names.then) if held.then is not None else {}
        news: dict[str, Any] = {}
        for column in self.sheet.columns:
            if column.field not in row.cells:
                if column.required and held.now is None:
                    self.tell(row, column, EMPTY)
                continue
            raw, was = row.cells[column.field], before.get(column.field)
            if held.then is not None and _same(raw, was):
                continue
            if raw is None and column.required:
                self.tell(row, column, EMPTY)
            elif raw is not None or held.then is not None:
                self._new(row, column, held, news)
        return news

    def _new(self, row: Row, column: Column, held: Compared, news: dict[str, Any]) -> None:
        raw = row.cells[column.field]
        try:
            value = None if raw is None else self.understood(column, raw)
            if held.then is not None and value == self._value_then(column, held.then):
                return
        except Unreadable as unreadable:
            self.tell(row, column, unreadable.reason)
            return
        if held.now is not None and held.then is not None:
            then, now = getattr(held.then, column.field), getattr(held.now, column.field)
            if now not in (then, value):
                self.tell(row, column, _changed_meanwhile(now))
                return
        if isinstance(column.form, DayCell) and column.form.past and value is not None and value > self.today:
            self.tell(row, column, say("rows.future", value=value))
            return
        news[column.field] = value

    def understood(self, column: Column, raw: Raw) -> Any:
        """Give what a cell means, names turned into ids; Unreadable if it means nothing."""
        value = column.form.read(raw)
        if column.refers is None:
            return value
        ids = tuple(dict.fromkeys(self.names.now.meant(column.refers, name) for name in value))
        if column.many:
            return ids
        if len(ids) != 1:
            raise Unreadable(say("rows.one_only"))
        return ids[0]

    def _value_then(self, column: Column, then: Data) -> Any:
        """Give what the cell said when the file was written out, as it would be read now."""
        was = filled(self.sheet, then, self.names.then)[column.field]
        try:
            return None if was is None else self.understood(column, was)
        except Unreadable:
            return ()  # what was kept before there were checks; anything readable is news beside it

    def tell(self, row: Row, column: Column | None, what: Wording) -> None:
        """Note a mistake in a cell of this sheet, or in the whole row."""
        header = column.header.ja if column is not None else None
        self._note(Mistake(what, self.sheet.title.ja, row.line, header))


def _same(one: Raw, other: Raw) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return text_of(_day(one)) == text_of(_day(other))


def _day(raw: Raw) -> Raw:
    return raw.date() if isinstance(raw, datetime) else raw


def _changed_meanwhile(now: object) -> Wording:
    return say("rows.changed_meanwhile", now=now)


def defaults_of(shape: type[Data], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Put a field's own default where a cell was emptied."""
    return {
        name: shape.model_fields[name].get_default(call_default_factory=True) if value is None else value
        for name, value in fields.items()
        if value is not None or not shape.model_fields[name].is_required()
    }
