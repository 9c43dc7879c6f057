"""A small registry, and the workbook that says the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from contacts.defaults import SHIPPED_CONTACTS
from contacts.model import (
    Connection,
    Contact,
    Contract,
    Equipment,
    Facility,
    Member,
    Responsibility,
    Session,
    System,
    Weekday,
)
from contacts.registry import SHAPES
from contacts.roster import Roster
from contacts.rows.proposal import Proposal, propose
from contacts.rows.sheets import SHEETS
from contacts.workbook import export, read, template
from contacts.workbook.layout import HEADER_ROW, REQUIRED_SIGN
from playbooks.texts import Data

TODAY = date(2026, 11, 23)


Registry = dict[str, dict[str, Data]]


MORNING = (Session(start=time(9), until=time(12, 30)),)


WHOLE_DAY = (*MORNING, Session(start=time(14), until=time(18)))


DAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")


FACILITY = Facility(
    name="あかり診療所",
    kind="clinic",
    sessions={**dict.fromkeys(DAYS, WHOLE_DAY), "sat": MORNING},
    closed=(date(2026, 12, 30), date(2026, 12, 31)),
    half_days={date(2026, 12, 28): MORNING},
    marked={"meeting": {"mon": (Session(start=time(8, 40), until=time(8, 50)),)}},
    prefecture="東京都",
    telephone="03-1234-0000",
)


DIRECTOR = Member(id="m1", name="高橋", roles=("director", "safety_manager", "doctor"))


DEPUTY = Member(id="m2", name="田中", roles=("doctor",), stands_in_for=("director", "safety_manager"), rank=1)


RECEPTION = Member(id="m3", name="佐藤", roles=("reception",), language="en", on_call=True)


VENDOR = Contact(
    id="ehr",
    kind="vendor",
    services=("ehr", "receipt"),
    name="株式会社カルテ",
    number="03-1234-5678",
    night_number="090-1234-5678",
    open_hours=dict.fromkeys(DAYS, (Session(start=time(9), until=time(18)),)),
    hours="祝日は休み",
    emergency_help="2時間以内に来院",
    remote_line="受付奥のルーター",
    verified_on=date(2026, 11, 1),
    verified_by="高橋",
    asked_on=date(2026, 6, 1),
)


KARTE = System(
    id="karte",
    name="電子カルテ",
    service="ehr",
    runs="onpremises",
    vendor="ehr",
    importance=5,
    allowed_downtime=240,
    on_paper="紙カルテ",
    restore_order=1,
    backup_place="金庫",
    restore_tested_on=date(2026, 4, 1),
)


CONTRACT = Contract(
    id="k1",
    name="カルテ保守",
    vendor="ehr",
    systems=("karte",),
    start=date(2024, 4, 1),
    end=date(2027, 3, 31),
    auto_renewal=True,
    notice_days=30,
    emergency_clause="第8条",
    data_return="第15条",
)


BACKUP = Responsibility(id="karte.backup", system="karte", task="backup", normal="vendor", emergency="both")


LINE = Connection(id="n1", name="請求の回線", way="IP-VPN", contact="ehr", system="karte", cut_by="青い線を抜く")


ROUTER = Equipment(
    id="e1", name="予備の回線", kind="mobile_router", place="受付", checked_on=date(2026, 9, 1), works=True
)


def registry(*more: Data) -> Registry:
    """Give a clinic's whole registry; rows given replace those of the same id or stand behind them."""
    held: Registry = {kind: {} for kind in SHAPES}
    held["facility"]["facility"] = FACILITY
    rows: tuple[Data, ...] = (
        DIRECTOR,
        DEPUTY,
        RECEPTION,
        *SHIPPED_CONTACTS,
        VENDOR,
        KARTE,
        CONTRACT,
        BACKUP,
        LINE,
        ROUTER,
        *more,
    )
    for row in rows:
        kind = next(kind for kind, shape in SHAPES.items() if shape is type(row))
        held[kind][str(getattr(row, "id", "facility"))] = row
    return held


def roster(*rows: Any, facility: Facility = FACILITY) -> Roster:
    """Make a roster of rows of any kind."""
    shapes: tuple[type[Data], ...] = (Member, Contact, System, Contract, Responsibility, Connection, Equipment)
    sorted_out: list[Any] = [tuple(r for r in rows if isinstance(r, shape)) for shape in shapes]
    return Roster(facility, *sorted_out)


@dataclass
class Book:
    """A workbook in somebody's hands, as openpyxl lets a test change it."""

    book: Workbook

    @classmethod
    def template(cls) -> Book:
        """Take an empty one."""
        return cls(load_workbook(BytesIO(template())))

    @classmethod
    def of(cls, held: Registry) -> Book:
        """Take one that was exported."""
        return cls(load_workbook(BytesIO(export(held, TODAY))))

    def sheet(self, name: str) -> Worksheet:
        """Give a sheet by its name."""
        found = self.book[name]
        assert isinstance(found, Worksheet)
        return found

    def place(self, sheet: str, header: str) -> int:
        """Give the column number of a header."""
        headers = {str(c.value).rstrip(REQUIRED_SIGN): n for n, c in enumerate(self.sheet(sheet)[HEADER_ROW], 1)}
        return headers[header]

    def line(self, sheet: str, text: str) -> int:
        """Give the number of the row in which a text stands."""
        return next(n for n, row in enumerate(self.sheet(sheet).iter_rows(values_only=True), 1) if text in row)

    def put(self, sheet: str, line: int, header: str, value: Any) -> None:
        """Write one cell."""
        self.sheet(sheet).cell(line, self.place(sheet, header)).value = value

    def change(self, sheet: str, text: str, header: str, value: Any) -> None:
        """Write one cell in the row that holds a text."""
        self.put(sheet, self.line(sheet, text), header, value)

    def add(self, sheet: str, cells: Mapping[str, Any]) -> int:
        """Write a row below all others; gives its number."""
        line = self.sheet(sheet).max_row + 1
        for header, value in cells.items():
            self.put(sheet, line, header, value)
        return line

    def drop(self, sheet: str, text: str) -> None:
        """Take a row out."""
        self.sheet(sheet).delete_rows(self.line(sheet, text))

    def bytes(self) -> bytes:
        """Save it."""
        file = BytesIO()
        self.book.save(file)
        return file.getvalue()

    def proposes(self, held: Registry, today: date = TODAY) -> Proposal:
        """Give what it would change."""
        return propose(read(self.bytes()), held, today)

    def troubles(self, held: Registry) -> list[tuple[str | None, int | None, str | None, str]]:
        """Give its mistakes as sheet, row, column and what, in Japanese; nothing may change then."""
        proposal = self.proposes(held)
        assert proposal.changes == ()
        return [(m.sheet, m.row, m.column, m.what.ja) for m in proposal.mistakes]


TITLES = [sheet.title.ja for sheet in SHEETS]
