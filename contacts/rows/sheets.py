"""The sheets of the workbook: their columns, what may stand in them, and an example row each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from contacts import labels
from contacts.phrasing import say
from contacts.prefectures import PREFECTURES
from contacts.readiness.questions import END_STEPS
from contacts.written.cells import (
    LENGTH,
    SESSIONS,
    WEEK_HOURS,
    WEEKDAY_SESSIONS,
    CellForm,
    ChoiceCell,
    ChoicesCell,
    DayCell,
    NamesCell,
    Raw,
    TelephoneCell,
    WholeCell,
    WordsCell,
    YesNoCell,
)
from playbooks.frozen import frozen
from playbooks.phrasing import Phrase
from playbooks.texts import Text

EXAMPLE = say("sheets.example")
"""What stands in the first column of the example row; such a row is never read."""

ID_HEADER = say("sheets.id")
CHECKED = DayCell(past=True)
_NAME = WordsCell(60)
_NOTE = WordsCell()


@frozen
class Column:
    """A column of a sheet (its kind): the field it fills, the form of its cells and an example.

    ``refers`` names the kind of the rows whose names stand here; ``many`` of them where the field is a tuple.
    """

    sheet: str
    field: str
    form: CellForm
    example: Raw | Phrase = None
    required: bool = False
    refers: str | None = None
    many: bool = False
    width: int = 18

    @property
    def header(self) -> Phrase:
        """What stands above it."""
        return say(f"sheets.{self.sheet}.columns.{self.field}")


@frozen
class Sheet:
    """A sheet: the kind of its rows and its columns. Rows are known by their ``ids``, else by ``known_by``."""

    kind: str
    columns: tuple[Column, ...]
    ids: bool = True
    known_by: tuple[str, ...] = ("name",)

    @property
    def title(self) -> Phrase:
        """What the sheet is called."""
        return say(f"sheets.{self.kind}.title")

    @property
    def note(self) -> Phrase:
        """What stands at its top."""
        return say(f"sheets.{self.kind}.note")

    def column(self, field: str) -> Column:
        """Give the column of a field; KeyError if there is none."""
        return next((c for c in self.columns if c.field == field), None) or _missing(field)


def _missing(field: str) -> Column:
    raise KeyError(field)


def _c(field: str, form: CellForm, example: Raw | Phrase = None, **more: Any) -> Column:
    return Column("", field, form, example, **more)


def _ref(field: str, kind: str, example: Raw | Phrase, *, many: bool = False, required: bool = False) -> Column:
    return Column("", field, NamesCell(), example, required=required, refers=kind, many=many, width=22)


def _sheet(kind: str, *columns: Column, ids: bool = True, known_by: tuple[str, ...] = ("name",)) -> Sheet:
    return Sheet(kind, tuple(replace(column, sheet=kind) for column in columns), ids, known_by)


def _example(cell: str) -> Phrase:
    sheet, _, field = cell.partition(".")
    return say(f"sheets.{sheet}.examples.{field}")


FACILITY = _sheet(
    "facility",
    _c("name", _NAME, _example("facility.name"), required=True, width=26),
    _c("kind", ChoiceCell(labels.FACILITY_KIND), labels.FACILITY_KIND["clinic"], required=True),
    _c("prefecture", ChoiceCell({p: Text(ja=p, en=p) for p in PREFECTURES}), PREFECTURES[12]),
    _c("telephone", TelephoneCell(), "03-0000-0000"),
    _c("address", WordsCell(80), _example("facility.address"), width=30),
    _c("language", ChoiceCell(labels.LANGUAGE), labels.LANGUAGE["ja"]),
    _c("phones_on_line", YesNoCell(), labels.YES_NO["yes"], width=22),
    _c("fallback_phone", WordsCell(80), _example("facility.fallback_phone"), width=26),
    _c("home_devices", YesNoCell(), labels.YES_NO["no"], width=22),
    _c("poster", WordsCell(300), width=40),
    ids=False,
    known_by=(),
)

WEEKDAYS = _sheet(
    "weekday",
    _c("id", ChoiceCell(labels.WEEKDAY), labels.WEEKDAY["mon"], required=True, width=8),
    _c("sessions", WEEKDAY_SESSIONS, "9:00–12:30、14:00–18:00", width=30),
    _c("meeting", SESSIONS, "8:40–8:50"),
    _c("before_opening", SESSIONS, "8:30–9:00"),
    _c("midday", SESSIONS, "13:00–14:00"),
    ids=False,
    known_by=("id",),
)

DAYS_OFF = _sheet(
    "day_off",
    _c("day", DayCell(), date(2026, 12, 29), required=True),
    _c("sessions", SESSIONS, width=30),
    ids=False,
    known_by=("day",),
)

MEMBERS = _sheet(
    "member",
    _c("name", _NAME, _example("member.name"), required=True),
    _c("roles", ChoicesCell(labels.ROLE), _example("member.roles"), width=28),
    _c("stands_in_for", ChoicesCell(labels.ROLE), labels.ROLE["director"], width=22),
    _c("rank", WholeCell(0, 99), 1),
    _c("telephone", TelephoneCell(), "03-0000-0002"),
    _c("language", ChoiceCell(labels.LANGUAGE), labels.LANGUAGE["ja"]),
    _c("status", ChoiceCell(labels.STATUS), labels.STATUS["active"]),
    _c("on_call", YesNoCell(), labels.YES_NO["no"]),
    _c("absent_from", DayCell()),
    _c("absent_until", DayCell()),
)

CONTACTS = _sheet(
    "contact",
    _c("kind", ChoiceCell(labels.CONTACT_KIND), labels.CONTACT_KIND["vendor"], required=True),
    _c("services", ChoicesCell(labels.SERVICE), _example("contact.services"), required=True, width=28),
    _c("name", _NAME, _example("contact.name"), required=True, width=28),
    _c("number", TelephoneCell(), "03-0000-0000"),
    _c("night_number", TelephoneCell(), "03-0000-0001"),
    _c("alternate_number", TelephoneCell()),
    _c("open_hours", WEEK_HOURS, _example("contact.open_hours"), width=30),
    _c("hours", _NOTE, _example("contact.hours")),
    _c("emergency_help", _NOTE, _example("contact.emergency_help"), width=30),
    _c("remote_line", _NOTE, _example("contact.remote_line"), width=30),
    _c("asked_on", CHECKED, date(2026, 6, 1)),
    _c("signed_on", CHECKED, date(2026, 6, 15)),
    _c("disclosed_on", CHECKED, date(2026, 6, 15)),
    _c("verified_on", CHECKED, date(2026, 10, 1)),
    _c("verified_by", _NAME, _example("member.name")),
    _c("note", _NOTE, width=28),
)

SYSTEMS = _sheet(
    "system",
    _c("name", _NAME, _example("system.name"), required=True, width=24),
    _c("service", ChoiceCell(labels.VENDOR_SERVICE), labels.SERVICE["ehr"]),
    _c("runs", ChoiceCell(labels.PLACE, labels.EARLIER_PLACE), labels.PLACE["onpremises"]),
    _ref("vendor", "contact", _example("contact.name")),
    _c("importance", WholeCell(1, 5), 5),
    _c("allowed_downtime", LENGTH, _example("system.allowed_downtime")),
    _c("on_paper", _NOTE, _example("system.on_paper"), width=28),
    _c("restore_order", WholeCell(1, 99), 1),
    _c("backup_place", _NOTE, _example("system.backup_place"), width=28),
    _ref("needs", "system", _example("system.needs"), many=True),
    _c("restore_tested_on", CHECKED, date(2026, 4, 10)),
    _c("restore_minutes", LENGTH, _example("system.restore_minutes")),
    _c("note", _NOTE),
)

CONTRACTS = _sheet(
    "contract",
    _c("name", _NAME, _example("contract.name"), required=True, width=26),
    _ref("vendor", "contact", _example("contact.name")),
    _ref("systems", "system", _example("system.name"), many=True),
    _c("start", DayCell(), date(2024, 4, 1)),
    _c("end", DayCell(), date(2027, 3, 31)),
    _c("auto_renewal", YesNoCell(), labels.YES_NO["yes"]),
    _c("renewal_months", WholeCell(1, 240), 12),
    _c("notice_days", WholeCell(0, 730), 90),
    _c("emergency_clause", _NOTE, _example("contract.emergency_clause"), width=28),
    _c("notification", _NOTE, _example("contract.notification"), width=28),
    _c("data_return", _NOTE, _example("contract.data_return"), width=28),
    _c("checked_for", DayCell()),
    _c("end_steps", ChoicesCell(END_STEPS)),
    _c("proof", _NOTE),
    _c("data_returned_on", CHECKED),
    _c("note", _NOTE, _example("contract.note")),
)

RESPONSIBILITIES = _sheet(
    "responsibility",
    _ref("system", "system", _example("system.name"), required=True),
    _c("task", ChoiceCell(labels.TASK), labels.TASK["backup"], required=True),
    _c("normal", ChoiceCell(labels.ANSWERABLE), labels.ANSWERABLE["vendor"]),
    _c("normal_words", _NOTE, _example("responsibility.normal_words"), width=28),
    _c("emergency", ChoiceCell(labels.ANSWERABLE), labels.ANSWERABLE["both"]),
    _c("emergency_words", _NOTE, _example("responsibility.emergency_words"), width=28),
    ids=False,
    known_by=("system", "task"),
)

CONNECTIONS = _sheet(
    "connection",
    _c("name", _NAME, _example("connection.name"), required=True, width=26),
    _c("way", _NOTE, "IP-VPN"),
    _ref("contact", "contact", _example("contact.name")),
    _ref("system", "system", _example("system.name")),
    _c("cut_by", _NOTE, _example("connection.cut_by"), width=28),
    _c("note", _NOTE),
)

EQUIPMENT = _sheet(
    "equipment",
    _c("name", _NAME, labels.EQUIPMENT_KIND["mobile_router"], required=True, width=24),
    _c("kind", ChoiceCell(labels.EQUIPMENT_KIND), labels.EQUIPMENT_KIND["mobile_router"]),
    _c("place", _NOTE, _example("equipment.place")),
    _c("checked_on", CHECKED, date(2026, 9, 1)),
    _c("checked_by", _NAME, _example("member.name")),
    _c("works", YesNoCell(), labels.YES_NO["yes"]),
    _c("note", _NOTE),
)

SHEETS: tuple[Sheet, ...] = (
    FACILITY,
    WEEKDAYS,
    DAYS_OFF,
    MEMBERS,
    CONTACTS,
    SYSTEMS,
    CONTRACTS,
    RESPONSIBILITIES,
    CONNECTIONS,
    EQUIPMENT,
)

EARLIER_TITLES = {
    sheet.kind: say(f"sheets.{sheet.kind}.earlier") for sheet in (WEEKDAYS, DAYS_OFF, RESPONSIBILITIES, CONNECTIONS)
}
"""What sheets were called in workbooks that people may still have."""

EARLIER_HEADERS = {
    (kind, field): say(f"sheets.{kind}.earlier_{field}")
    for kind, field in (
        ("facility", "language"),
        ("weekday", "sessions"),
        ("weekday", "before_opening"),
        ("day_off", "sessions"),
    )
}
"""What columns were called there."""
