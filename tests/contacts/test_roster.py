"""The roster: who is here, who decides, and whom to call."""

from __future__ import annotations

from datetime import date, timedelta

from contacts.model import Contact, Facility, Member
from contacts.roster import Roster, held_roles

TODAY = date(2027, 4, 1)
OWNER = Member(id="m1", name="高橋", roles=("director",))
SECOND = Member(id="m2", name="田中", stands_in_for=("director",), rank=2)
FIRST = Member(id="m3", name="中村", stands_in_for=("director", "nurse"), rank=1)
NURSE = Member(id="m4", name="鈴木", roles=("nurse",))


def roster(*members: Member, contacts: tuple[Contact, ...] = ()) -> Roster:
    """Make a roster of one clinic."""
    return Roster(Facility(name="あかり", kind="clinic"), members, contacts)


def ids(members: tuple[Member, ...]) -> list[str]:
    """List members by id."""
    return [m.id for m in members]


def away(member: Member) -> Member:
    """Give a member who is absent today."""
    return member.model_copy(update={"absent_from": TODAY, "absent_until": TODAY})


def test_the_chain_is_directors_then_deputies_by_rank() -> None:
    """Whatever the order in which they were entered."""
    assert ids(roster(SECOND, FIRST, NURSE, OWNER).chain(TODAY)) == ["m1", "m3", "m2"]


def test_who_is_away_decides_nothing() -> None:
    """The next of the chain comes up; tomorrow the director is back."""
    here = roster(away(OWNER), SECOND, FIRST)

    assert ids(here.chain(TODAY)) == ["m3", "m2"]
    assert ids(here.chain(TODAY + timedelta(days=1))) == ["m1", "m3", "m2"]


def test_whoever_left_or_was_suspended_is_nobody() -> None:
    """They are still known by id, since old entries name them."""
    gone = OWNER.model_copy(update={"status": "left"})
    stopped = NURSE.model_copy(update={"status": "suspended"})
    here = roster(gone, stopped, SECOND)

    assert ids(here.active()) == ids(here.present(TODAY)) == ids(here.chain(TODAY)) == ["m2"]
    assert here.member("m1") == gone
    assert here.member("m9") is None
    assert held_roles(here.members) == {"director"}


def test_a_role_goes_to_holders_first() -> None:
    """Then to those who stand in for it; nobody is named twice."""
    both = NURSE.model_copy(update={"id": "m5", "stands_in_for": ("nurse",)})

    assert ids(roster(FIRST, NURSE, both).owners("nurse", TODAY)) == ["m4", "m5", "m3"]
    assert roster(OWNER).owners("pharmacist", TODAY) == ()


def test_roles_that_somebody_can_fill() -> None:
    """Held or stood in for."""
    assert held_roles([OWNER, FIRST]) == {"director", "nurse"}


def test_contacts_with_a_verified_number_come_first() -> None:
    """Then those with any number, and last those with none; of the kind and for the service asked for."""
    none = Contact(id="a", kind="vendor", services=("ehr",), name="番号なし")
    known = none.model_copy(update={"id": "b", "number": "03"})
    sure = known.model_copy(update={"id": "c", "verified_on": TODAY})
    police = Contact(id="d", kind="authority", services=("police", "ehr"), name="警察", number="110")
    here = roster(contacts=(none, known, police, sure))

    assert [c.id for c in here.contacts_for("vendor:ehr")] == ["c", "b", "a"]
    assert [c.id for c in here.contacts_for("authority:police")] == ["d"]
    assert here.contacts_for("vendor:lab") == ()
