"""A workbook into a home."""

from __future__ import annotations

import pytest

from bot.desks.contact_import import order, proposed
from contacts.registry import held
from contacts.workbook import export
from flows.commands.facility import ChangeMember
from flows.refusals import Refused
from tests.clinic import Clinic
from tests.contacts.book import Book


def filled() -> Book:
    """Fill a template with a vendor and a new member."""
    book = Book.template()
    book.add(
        "連絡先", {"区分": "事業者", "用件": "電子カルテ", "名前": "カルテ社", "電話番号": "０３－１２３４－５６７８"}
    )
    book.add("スタッフ", {"氏名": "新人", "役割": "受付"})
    return book


def test_from_a_file_to_the_registry(clinic: Clinic) -> None:
    """Looking changes nothing; the order does, at once and in one transaction."""
    data = filled().bytes()
    head = clinic.home.journal.head().seq
    proposal = proposed(clinic.engine, data, clinic.clock.now())

    assert [(c.kind, c.how, c.name) for c in proposal.changes] == [
        ("member", "added", "新人"),
        ("contact", "added", "カルテ社"),
    ]
    assert clinic.home.journal.head().seq == head

    entries = clinic.orders(order(proposal.changes)).entries
    assert [entry.kind for entry in entries] == ["registry_changed"] * 2 + ["registry_proved"]
    assert {entry.cause for entry in entries} == {entries[0].cause}
    assert clinic.engine.roster().contacts_for("vendor:ehr")[0].number == "03-1234-5678"
    assert proposed(clinic.engine, data, clinic.clock.now()).changes == ()


def test_an_export_of_a_home_changes_nothing(clinic: Clinic) -> None:
    """As it is, old rows and all."""
    data = export(held(clinic.home.journal.registry), clinic.clock.now().date())
    proposal = proposed(clinic.engine, data, clinic.clock.now())

    assert (proposal.changes, proposal.mistakes) == ((), ())


def test_what_changed_while_somebody_looked(clinic: Clinic) -> None:
    """Is not overwritten: the order is refused as a whole."""
    data = export(held(clinic.home.journal.registry), clinic.clock.now().date())
    book = Book.template()
    book.add("スタッフ", {"氏名": "佐藤", "役割": "看護師"})
    book.add("スタッフ", {"氏名": "新人"})
    changes = proposed(clinic.engine, book.bytes(), clinic.clock.now()).changes
    clinic.orders(ChangeMember("facility", clinic.id("reception"), {"on_call": True}))

    with pytest.raises(Refused, match="stale"):
        clinic.orders(order(changes))
    assert "新人" not in {m.name for m in clinic.engine.roster().members}
    assert data
