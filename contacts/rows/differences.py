"""What would change in the registry, as values: what is added, changed in which fields, or removed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from contacts.labels import labelled
from contacts.phrasing import say
from contacts.registry import SHAPES, Held
from contacts.rows.naming import Naming, cell, name_of
from contacts.rows.sheets import SHEETS, Column
from contacts.shapes.people import Member
from playbooks.frozen import frozen
from playbooks.phrasing import CLAUSES
from playbooks.texts import Data, Language

How = Literal["added", "changed", "removed"]
SIGNS: dict[How, str] = {"added": "＋", "changed": "〜", "removed": "－"}

_OF_THE_FACILITY = labelled("rows", "sessions", "marked", "closed", "half_days")


@frozen
class Change:
    """One row that would change; ``after`` is None where it goes, ``fields`` are the names of what differs.

    A member is never deleted, since reports name them for ever: ``removed`` then means that they have left.
    """

    kind: str
    key: str
    how: How
    before: Data | None
    after: Data | None
    fields: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name under which people know the row, the newer one if it changes."""
        row = self.after or self.before
        return name_of(row) if row is not None else self.key


def differences(held: Held, wanted: Held) -> tuple[Change, ...]:
    """Give all changes that lead from ``held`` to ``wanted``, kind by kind, in the order of entry."""
    return tuple(change for kind in SHAPES for change in _of_kind(kind, held.get(kind, {}), wanted.get(kind, {})))


def _of_kind(kind: str, before: Any, after: Any) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        if old is None:
            yield Change(kind, key, "added", None, new, _said(new))
        elif new is None:
            yield Change(kind, key, "removed", old, None, ())
        else:
            gone = isinstance(new, Member) and isinstance(old, Member) and old.status != new.status == "left"
            yield Change(kind, key, "removed" if gone else "changed", old, new, changed_fields(old, new))


def _said(row: Data) -> tuple[str, ...]:
    fields = type(row).model_fields.items()
    return tuple(sorted(n for n, f in fields if n != "id" and (f.is_required() or getattr(row, n) != f.default)))


def changed_fields(before: Data, after: Data) -> tuple[str, ...]:
    """Give the names of the fields in which two of a kind differ, sorted."""
    return tuple(sorted(f for f in type(after).model_fields if getattr(before, f, None) != getattr(after, f)))


def names_in(held: Held, changes: Iterable[Change]) -> Naming:
    """Give the names of all that is held or would come; what goes keeps its name here."""
    named = {kind: {key: name_of(row) for key, row in rows.items()} for kind, rows in held.items()}
    for change in changes:
        named[change.kind][change.key] = change.name
    return Naming(named)


def described(change: Change, naming: Naming, language: Language) -> str:
    """Say a change in one line: its sign, the sheet, the name and what becomes of each field."""
    sheet = next(s for s in SHEETS if s.kind == change.kind)
    said = f"{SIGNS[change.how]} {sheet.title.in_language(language)}: {shown_name(change, naming)}"
    if change.before is None or change.after is None:
        return said
    columns = {column.field: column for column in sheet.columns}
    parts = [_field(f, columns.get(f), change.before, change.after, naming, language) for f in change.fields]
    return f"{said} — {CLAUSES.in_language(language).join(parts)}"


def shown_name(change: Change, naming: Naming) -> str:
    """Name a row in words, also one that has no name of its own."""
    row = change.after or change.before
    if row is None or hasattr(row, "name"):
        return change.name
    sheet = next(s for s in SHEETS if s.kind == change.kind)
    cells = (cell(c, getattr(row, c.field), naming) for c in sheet.columns if c.required)
    return " / ".join(str(c) for c in cells if c)


def _field(field: str, column: Column | None, before: Data, after: Data, naming: Naming, language: Language) -> str:
    if column is None:
        label = _OF_THE_FACILITY.get(field)
        return label.in_language(language) if label else field
    old, new = (cell(column, getattr(row, field), naming) for row in (before, after))
    nothing = say("rows.nothing").in_language(language)
    return f"{column.header.in_language(language)} {old if old is not None else nothing} → {new if new is not None else nothing}"
