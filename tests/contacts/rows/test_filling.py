"""How what is held fills a row."""

from __future__ import annotations

from datetime import date

from contacts.rows.filling import cell, filled
from contacts.rows.naming import Naming
from contacts.rows.sheets import CONTACTS, CONTRACTS, SYSTEMS
from tests.contacts.book import CONTRACT, KARTE, VENDOR, registry

NAMES = Naming.of(registry())


def test_a_row_in_peoples_words() -> None:
    """Choices, hours and lengths in Japanese, days as days, other rows by their names; what is not there is None."""
    vendor, system = filled(CONTACTS, VENDOR, NAMES), filled(SYSTEMS, KARTE, NAMES)

    assert (vendor["kind"], vendor["services"], vendor["open_hours"]) == (
        "事業者",
        "電子カルテ・薬歴、レセコン",
        "月–金 9:00–18:00",
    )
    assert (vendor["verified_on"], vendor["alternate_number"]) == (date(2026, 11, 1), None)
    assert (system["vendor"], system["allowed_downtime"], system["importance"]) == ("株式会社カルテ", "4時間", 5)


def test_several_names_in_one_cell() -> None:
    """Parted by 「、」."""
    two = CONTRACT.model_copy(update={"systems": ("karte", "gone")})

    assert filled(CONTRACTS, two, NAMES)["systems"] == "電子カルテ、[gone]"
    assert cell(CONTRACTS.column("systems"), (), NAMES) is None
