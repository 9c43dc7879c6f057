"""What answers about systems, vendors, authorities and equipment enter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from contacts.defaults import SHIPPED_CONTACTS
from contacts.model import Contact, Contract, Equipment, System
from contacts.roster import Roster
from contacts.setup.questions import SetupAnswer
from contacts.setup.things import (
    SAME,
    keeper,
    knows_service,
    of_contact,
    of_system,
    outside,
    place,
    read_name_and_number,
    systems,
)
from contacts.shapes.facility import Facility
from contacts.written.mistakes import Unreadable
from contacts.written.phone import NotANumber

TODAY = date(2026, 11, 23)
EHR = System(id="s1", name="電子カルテ", service="ehr")
VENDOR = Contact(id="c1", kind="vendor", services=("receipt",), name="あおばシステム")
ROSTER = Roster(Facility(name="あかり", kind="clinic"), (), (*SHIPPED_CONTACTS, VENDOR), (EHR,))


def said(written: str, subject: str = "", roster: Roster = ROSTER) -> SetupAnswer:
    """Give an answer of the director's."""
    return SetupAnswer(subject, written, roster, TODAY, "高橋")


def test_systems_by_tap_and_by_name() -> None:
    """What is known by its name gets its service; what is there already is not entered twice."""
    found = [row for _, _, row in systems(said("レセコン、予約システム、電子カルテ")).rows]

    assert [(r.name, r.service) for r in found if isinstance(r, System)] == [
        ("レセコン", "receipt"),
        ("予約システム", None),
    ]
    ((_, _, row),) = systems(said("mail")).rows
    assert isinstance(row, System)
    assert (row.name, row.service) == ("メール", "mail")


def test_a_tap_too_many_is_taken_back() -> None:
    """Unless something is known about the system: then it is not lost by a tap."""
    assert systems(said("ehr")).rows == (("system", "s1", None),)
    known = EHR.model_copy(update={"runs": "cloud"})
    with pytest.raises(Unreadable):
        systems(said("ehr", roster=replace(ROSTER, systems=(known,))))
    with pytest.raises(Unreadable):
        systems(said("ehr", roster=replace(ROSTER, contracts=(Contract(id="k", name="保守", systems=("s1",)),))))


def test_what_everybody_calls_a_system() -> None:
    """Is told from what nobody does."""
    assert knows_service("電子カルテ、レセコン")
    assert not knows_service("電子カルテが動かない")
    assert not knows_service("、")


def test_about_a_system() -> None:
    """Chosen or written, as the workbook's cell."""
    for written in ("cloud", "クラウド"):
        ((_, _, row),) = of_system("runs")(said(written, "s1")).rows
        assert isinstance(row, System)
        assert row.runs == "cloud"
    with pytest.raises(Unreadable):
        of_system("importance")(said("9", "s1"))
    with pytest.raises(KeyError):
        of_system("runs")(said("cloud", "gone"))


def test_who_keeps_a_system() -> None:
    """A vendor that is known serves one system more; a new one is entered, its numbers are asked for later."""
    for written in ("[c1]", "あおば システム"):
        (_, key, vendor), (_, _, system) = keeper(said(written, "s1")).rows
        assert isinstance(vendor, Contact)
        assert isinstance(system, System)
        assert (key, vendor.services, system.vendor) == ("c1", ("receipt", "ehr"), "c1")
    (_, key, vendor), (_, _, system) = keeper(said("みどり電機", "s1")).rows
    assert isinstance(vendor, Contact)
    assert isinstance(system, System)
    assert (vendor.name, vendor.services, vendor.number, system.vendor) == ("みどり電機", ("ehr",), None, key)


def test_a_number_is_dated_by_who_looked_it_up() -> None:
    """Hours are not: they are no number."""
    ((_, _, row),) = of_contact("number")(said("０３−１２３４−５６７８", "c1")).rows
    assert isinstance(row, Contact)
    assert (row.number, row.verified_on, row.verified_by) == ("03-1234-5678", TODAY, "高橋")
    ((_, _, row),) = of_contact("open_hours")(said("24時間", "c1")).rows
    assert isinstance(row, Contact)
    assert row.verified_on is None
    with pytest.raises(KeyError):
        of_contact("number")(said("03-1234-5678", "gone"))


def test_an_authority_is_entered_by_its_number() -> None:
    """With the name in front of it, or under what everybody calls it; typed again, it is changed."""
    ((_, key, row),) = outside(said("みどり保健所 03-1234-5678", "health_centre")).rows
    assert isinstance(row, Contact)
    assert (row.kind, row.services, row.name, row.number, row.verified_on) == (
        "authority",
        ("health_centre",),
        "みどり保健所",
        "03-1234-5678",
        TODAY,
    )
    again = replace(ROSTER, contacts=(*ROSTER.contacts, row))
    ((_, same, changed),) = outside(said("03-1234-5679", "health_centre", again)).rows
    assert isinstance(changed, Contact)
    assert (same, changed.name, changed.number) == (key, "みどり保健所", "03-1234-5679")


def test_a_shipped_number_is_confirmed_or_left_alone() -> None:
    """[この番号で合っている] dates it; another number is entered beside it, not over it."""
    ((_, key, row),) = outside(said(SAME, "association")).rows
    assert isinstance(row, Contact)
    assert (key, row.number, row.verified_on) == ("jma_cyber_support", SHIPPED_CONTACTS[3].number, TODAY)
    ((_, other, _),) = outside(said("県医師会 03-1234-5678", "association")).rows
    assert other != "jma_cyber_support"


@pytest.mark.parametrize(
    ("written", "name", "number"),
    [
        ("03-1234-5678", "", "03-1234-5678"),
        ("あおば法律事務所　０３−１２３４−５６７８", "あおば法律事務所", "03-1234-5678"),
        ("第2法律事務所: 03-1234-5678 内線12", "第2法律事務所", "03-1234-5678 内線12"),
        ("110", "", "110"),
        ("相談 #9110", "相談", "#9110"),
    ],
)
def test_a_name_and_a_number(written: str, name: str, number: str) -> None:
    """In one line, as people send them."""
    assert read_name_and_number(written) == (name, number)


@pytest.mark.parametrize("written", ["あおば法律事務所", "あおば 12", "03-1234-56"])
def test_without_a_number(written: str) -> None:
    """There is nothing to enter, and the reason is said."""
    with pytest.raises(NotANumber):
        read_name_and_number(written)


def test_where_equipment_lies() -> None:
    """A piece that is known gets the place; one that is not is entered with it."""
    ((_, _, row),) = place(said("受付の引き出し", "mobile_router")).rows
    assert isinstance(row, Equipment)
    assert (row.name, row.kind, row.place) == ("モバイルルーター", "mobile_router", "受付の引き出し")
    again = replace(ROSTER, equipment=(row,))
    ((_, key, moved),) = place(said("金庫", "mobile_router", again)).rows
    assert isinstance(moved, Equipment)
    assert (key, moved.place) == (row.id, "金庫")
