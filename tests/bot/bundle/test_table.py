"""Who may see what; what isn't named may not be seen."""

from __future__ import annotations

from dataclasses import fields

import pytest

from bot.bundle.table import ENTRY, RECIPIENTS, TABLE, read_table, shipped_table
from bot.store.seals import SEALED
from bot.store.set_aside import JOURNAL_BROKEN, RUN_CARRIED
from bot.store.time_stamps import STAMPED
from bot.words.free_texts import PARTIES
from flows.events.event import KINDS
from flows.record.proving import KINDS_OF_PROOF

SHIPPED = TABLE.read_text(encoding="utf-8")


def test_every_kind_of_entry_has_its_row() -> None:
    """A kind that was added without a decision about who may see it is named here; none is decided that isn't there."""
    assert shipped_table().kinds.keys() == {*KINDS, *KINDS_OF_PROOF, SEALED, STAMPED, JOURNAL_BROKEN, RUN_CARRIED}


def test_every_field_has_its_row() -> None:
    """So is a field."""
    said = {kind: row.keys() - {ENTRY} for kind, row in shipped_table().kinds.items() if kind in KINDS}

    assert said == {kind: {field.name for field in fields(cls)} for kind, cls in KINDS.items()}


def test_the_recipients() -> None:
    """Six get a bundle, two more a paper, and only the house's own copy shows everything."""
    table = shipped_table()
    everything = [
        r
        for r in RECIPIENTS
        if all(table.knows_of(r, kind) and all(r in who for who in row.values()) for kind, row in table.kinds.items())
    ]

    assert tuple(table.recipients) == (*RECIPIENTS, "vendor", "persons")
    assert {*PARTIES} == {*table.recipients} - {"internal"}
    assert everything == ["internal"]


def test_what_is_not_named_is_not_seen() -> None:
    """Neither an unknown kind nor an unknown field, nor a field of an entry nobody may know of."""
    table = shipped_table()
    hidden = read_table(
        SHIPPED.replace("note_taken: {entry: close, text: close", "note_taken: {entry: internal, text: all")
    )

    assert not table.knows_of("internal", "brand_new")
    assert not table.sees("internal", "note_taken", "brand_new")
    assert not table.sees("internal", "reported", ENTRY)
    assert not hidden.sees("police", "note_taken", "text")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("closed: {entry: all}", "closed: {entry: everybody}", "nobody is called everybody"),
        ("  closed: {entry: all}", "  closed: {entry: all}\n  closed: {entry: all}", "twice"),
        ("decision: all, choice: all", "decision: all, choice: internal", "ratified.of"),
        ("recipients:", "recipient:", "Field required"),
    ],
)
def test_a_bad_table_is_refused(old: str, new: str, why: str) -> None:
    """A recipient that is none, a doubled row, a missing part; and words that would be given away by a detour."""
    with pytest.raises(ValueError, match=why):
        read_table(SHIPPED.replace(old, new))
