"""What a filled workbook proposes: the changes it would make, or every mistake in it; nothing is changed here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from pydantic import ValidationError

from contacts.labels import ROLE
from contacts.phrasing import say
from contacts.readiness.deputies import flaws, without_deputy
from contacts.readiness.restoring import order_flaws
from contacts.registry import SHAPES, Held
from contacts.rows.differences import Change, differences
from contacts.rows.facets import DayOff, WeekdayHours, fold, unfold
from contacts.rows.naming import Naming, name_of
from contacts.rows.recognition import Recognition
from contacts.rows.row_checks import row_flaws
from contacts.rows.row_reading import Compared, RowNames, RowReading, defaults_of
from contacts.rows.sheets import MEMBERS, SHEETS, Sheet
from contacts.rows.tables import Row, Workbook
from contacts.rows.verification import as_entered
from contacts.shapes.outside import Contact
from contacts.shapes.people import Member
from contacts.shapes.systems import System
from contacts.written.mistakes import Mistake
from contacts.written.names import alike
from playbooks.frozen import frozen
from playbooks.texts import Data, Wording

_SHAPES: dict[str, type[Data]] = {**SHAPES, "weekday": WeekdayHours, "day_off": DayOff}


@frozen
class Proposal:
    """What would change; nothing may, as long as there are ``mistakes``. ``advice`` stands in nobody's way."""

    changes: tuple[Change, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    advice: tuple[Wording, ...] = ()


def propose(workbook: Workbook, held: Held, today: date) -> Proposal:
    """Compare a workbook with what is held on ``today``; all mistakes are collected.

    Rows are recognised by their id, else by their name. In a file that was exported, only what its writer changed
    counts (three-way: as exported, as in the file, as now), and a row that was taken out is removed; a file that began
    as a template only adds and changes.
    """
    if workbook.mistakes:
        return Proposal(mistakes=workbook.mistakes)
    reading = _Comparison(workbook, held, today)
    wanted = reading.wanted()
    mistakes = tuple(sorted(reading.mistakes, key=_place))
    if mistakes:
        return Proposal(mistakes=mistakes)
    lacking = without_deputy(row for row in wanted["member"].values() if isinstance(row, Member))
    order = order_flaws(row for row in wanted["system"].values() if isinstance(row, System))
    changes = differences(held, wanted)
    same = _maybe_the_same(changes, wanted)
    return Proposal(changes, advice=(*same, *map(_no_deputy, lacking), *(flaw.what for flaw in order)))


def notes_with(patients_in: Callable[[str], bool], changes: Iterable[Change]) -> Iterator[Wording]:
    """Say in which new notes something seems to be a patient's, as ``patients_in`` hears it, before they are taken in."""
    for change in changes:
        note = getattr(change.after, "note", None) if "note" in change.fields else None
        if note and patients_in(note):
            yield say("rows.patients_in_note", name=change.name)


def _maybe_the_same(changes: Iterable[Change], wanted: Held) -> Iterator[Wording]:
    """Ask of each new person who is called much like somebody else whether they are the same."""
    for change in changes:
        if change.kind == "member" and change.how == "added":
            others = [m for m in _members(wanted) if m.id != change.key and m.status != "left"]
            for other in alike(change.name, others):
                yield say("rows.same_person", name=change.name, other=other.name)


def _no_deputy(role: str) -> Wording:
    label = ROLE[role]
    return say("rows.no_deputy", label=label)


def _place(mistake: Mistake) -> tuple[int, int]:
    order = [sheet.title.ja for sheet in SHEETS]
    return (order.index(mistake.sheet) if mistake.sheet in order else -1, mistake.row or 0)


class _Comparison:
    """One pass over a workbook."""

    def __init__(self, workbook: Workbook, held: Held, today: date) -> None:
        self._workbook, self._held, self._today = workbook, held, today
        self._now = unfold(held)
        self._then = unfold(workbook.exported) if workbook.exported is not None else None
        self.mistakes: list[Mistake] = []
        self._which = Recognition(workbook.rows, self._now, today, self.mistakes.append)

    def wanted(self) -> dict[str, dict[str, Data]]:
        """Give all that would be held."""
        sheets = [s for s in SHEETS if s.kind in self._workbook.rows]
        wanted = {kind: dict(rows) for kind, rows in self._now.items()}
        names = RowNames(Naming.of(self._then or self._now), self._which.names())
        for sheet in sheets:
            reading = RowReading(sheet, names, self._today, self.mistakes.append)
            for row in self._workbook.rows[sheet.kind]:
                self._read(reading, row, wanted[sheet.kind])
            self._remove(sheet, wanted[sheet.kind])
        self._check(wanted)
        return fold(wanted)

    # ── what they say ───────────────────────────────────────────────────────────────────────────────────────────────

    def _read(self, reading: RowReading, row: Row, wanted: dict[str, Data]) -> None:
        kind = reading.sheet.kind
        key = self._which.key(reading, row)
        now = self._now[kind].get(key)
        then = (self._then or self._now)[kind].get(key) or now
        before = len(self.mistakes)
        news = reading.news(row, Compared(then, now))
        if len(self.mistakes) > before or not key or not (news or now is None):
            return
        shape = _SHAPES[kind]
        fields: dict[str, Any] = {name: getattr(now, name) for name in now.model_fields_set} if now else {}
        fields |= defaults_of(shape, news)
        if "id" in shape.model_fields:
            fields["id"] = key
        try:
            made = shape.model_validate(fields)
        except ValidationError as error:
            reading.tell(row, None, say("rows.refused", count=error.error_count()))
            return
        for field, what in row_flaws(made):
            reading.tell(row, reading.sheet.column(field), what)
        wanted[key] = as_entered(now, made) if isinstance(made, Contact) else made

    def _remove(self, sheet: Sheet, wanted: dict[str, Data]) -> None:
        """Take out what was exported and is no longer in the file; members have left, they are never deleted."""
        if self._then is None or sheet.kind == "facility":
            return
        for key in self._then[sheet.kind]:
            row = wanted.get(key)
            if row is None or self._which.line(sheet.kind, key) is not None:
                continue
            if isinstance(row, Member):
                wanted[key] = row.model_copy(update={"status": "left"})
            else:
                del wanted[key]

    # ── whether it holds together ───────────────────────────────────────────────────────────────────────────────────

    def _check(self, wanted: Held) -> None:
        before = set(flaws(_members(self._now)))
        for flaw in flaws(_members(wanted)):
            if flaw not in before:
                line = next((n for m in flaw.members if (n := self._which.line("member", m))), None)
                self.mistakes.append(Mistake(flaw.what, MEMBERS.title.ja, line))
        for sheet in SHEETS:
            for column in (c for c in sheet.columns if c.refers):
                for key, row in wanted[sheet.kind].items():
                    self._no_loose_ends(sheet, column.field, str(column.refers), wanted, key, row)

    def _no_loose_ends(self, sheet: Sheet, field: str, refers: str, wanted: Held, key: str, row: Data) -> None:
        value = getattr(row, field)
        for target in value if isinstance(value, tuple) else (value,):
            if target is None or target in wanted[refers] or target not in self._now[refers]:
                continue
            line = self._which.line(sheet.kind, key)
            name = name_of(self._now[refers][target])
            what = say("rows.still_named", name=name)
            self.mistakes.append(Mistake(what, sheet.title.ja, line, sheet.column(field).header.ja))


def _members(held: Held) -> Iterator[Member]:
    return (row for row in held["member"].values() if isinstance(row, Member))
