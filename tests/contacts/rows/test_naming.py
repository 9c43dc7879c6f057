"""Names for ids and ids for names."""

from __future__ import annotations

from datetime import date

import pytest

from contacts.rows.naming import Naming, cell, filled, name_of
from contacts.rows.sheets import CONTACTS, CONTRACTS, SYSTEMS
from contacts.written.mistakes import Unreadable
from tests.contacts.book import BACKUP, CONTRACT, KARTE, VENDOR, registry

NAMES = Naming({"contact": {"a": "カルテ社", "b": "検査社", "c": "検査社", "d": "東・西、南社", "e": "社[x]"}})


@pytest.mark.parametrize("key", ["a", "b", "c", "d", "e"])
def test_what_is_written_is_meant(key: str) -> None:
    """Also where two bear the same name, or a name holds what parts names."""
    written = NAMES.written("contact", key)

    assert "、" not in written
    assert NAMES.meant("contact", written) == key


def test_a_plain_name_is_written_plainly() -> None:
    """No id where the name alone will do; width and case don't count in reading."""
    assert NAMES.written("contact", "a") == "カルテ社"
    assert Naming({"system": {"s": "ＰＡＣＳ"}}).meant("system", "pacs") == "s"


def test_whoever_is_gone_stands_as_an_id() -> None:
    """So that an export never loses a reference."""
    assert NAMES.written("contact", "zz") == "[zz]"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("検査社", "2つ"),
        ("カルテ者", "「カルテ社」のことですか"),
        ("だれか", "見つかりません"),
        ("[zz]", "見つかりません"),
    ],
)
def test_a_name_is_not_guessed(written: str, says: str) -> None:
    """Two of the name, a typing error, nobody: each is said."""
    with pytest.raises(Unreadable) as refused:
        NAMES.meant("contact", written)
    assert says in refused.value.reason.ja


def test_what_has_no_name_goes_by_its_id() -> None:
    """A responsibility is known by system and task."""
    assert (name_of(VENDOR), name_of(BACKUP)) == ("株式会社カルテ", "karte.backup")
    assert Naming.of(registry()).keys("member", "高橋") == ["m1"]


HELD = Naming.of(registry())


def test_a_row_in_peoples_words() -> None:
    """Choices, hours and lengths in Japanese, days as days, other rows by their names; what is not there is None."""
    vendor, system = filled(CONTACTS, VENDOR, HELD), filled(SYSTEMS, KARTE, HELD)

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

    assert filled(CONTRACTS, two, HELD)["systems"] == "電子カルテ、[gone]"
    assert cell(CONTRACTS.column("systems"), (), HELD) is None
