"""What set-up asks, in which order, and when it is done."""

from __future__ import annotations

from datetime import date

from contacts.defaults import SHIPPED_CONTACTS
from contacts.model import Contact, Member, System
from contacts.roster import Roster
from contacts.setup.questions import STEPS, next_question, outside_contact, question, questions, quiet_times
from contacts.shapes.facility import Facility
from contacts.written.hours import read_hours, write_hours

NEW = Roster(
    Facility(name="あかり診療所", kind="clinic"), (Member(id="m1", name="高橋", roles=("director",)),), SHIPPED_CONTACTS
)


def test_every_step_is_there_in_its_order() -> None:
    """A new home is asked everything but what needs a system or a vendor first; ids tell all questions apart."""
    found = questions(NEW)

    assert list(dict.fromkeys(q.step for q in found)) == [s for s in STEPS if s not in ("details", "vendors")]
    assert len({q.id for q in found}) == len(found)
    assert [q.id for q in found if q.done] == []


def test_systems_and_vendors_bring_their_questions() -> None:
    """Three for each system, three for each vendor; one whose vendor is known by its service needs no naming."""
    vendor = Contact(id="c1", kind="vendor", services=("ehr",), name="あおば")
    systems = (System(id="s1", name="電子カルテ", service="ehr"), System(id="s2", name="予約"))
    found = {q.id: q for q in questions(Roster(NEW.facility, NEW.members, (vendor,), systems))}

    assert [i for i in found if i.endswith((":s1", ":s2", ":c1"))] == [
        "runs:s1",
        "importance:s1",
        "keeper:s1",
        "runs:s2",
        "importance:s2",
        "keeper:s2",
        "number:c1",
        "night:c1",
        "open:c1",
    ]
    assert found["keeper:s1"].done
    assert not found["keeper:s2"].done


def test_what_comes_next() -> None:
    """The first that is neither answered nor left behind; nothing once all are."""
    assert next_question(NEW, ()) == question(NEW, "urgent:ehr")
    following = next_question(NEW, {"urgent:ehr"})
    assert following is not None
    assert following.id == "urgent:network"
    assert next_question(NEW, {q.id for q in questions(NEW)}) is None


def test_a_number_counts_once_somebody_has_checked_it() -> None:
    """The association's line is shown, and asked about until it is verified; 110 stands for no desk of the prefecture."""
    found = {q.id: q for q in questions(NEW)}

    assert found["outside:association"].known
    assert not found["outside:association"].done
    assert outside_contact(NEW, "police_cyber") is None
    checked = SHIPPED_CONTACTS[3].model_copy(update={"verified_on": date(2026, 11, 23)})
    asked = question(Roster(NEW.facility, contacts=(checked,)), "outside:association")
    assert asked is not None
    assert asked.done


def test_a_question_about_one_of_several() -> None:
    """「staff:nurse」 asks for one name; a role that there is not is no question."""
    one = question(NEW, "staff:nurse")

    assert one is not None
    assert (one.what, one.subject, one.several) == ("staff", "nurse", False)
    assert question(NEW, "staff:pilot") is None
    assert question(NEW, "runs:gone") is None


def test_the_quiet_times_of_a_week() -> None:
    """A quarter of an hour before opening, and the break at noon where there is one."""
    facility = Facility(name="x", kind="clinic", sessions=read_hours("月–金 9:00–12:30、14:00–18:00、土 9:00–12:00"))
    found = {what: write_hours(hours) for what, hours in quiet_times(facility).items()}

    assert found == {"before_opening": "月–土 8:45–9:00", "midday": "月–金 12:30–14:00"}
    assert quiet_times(Facility(name="x", kind="clinic", sessions=read_hours("24時間"))) == {}
    assert quiet_times(NEW.facility) == {}


def test_three_numbers_come_before_anything_else() -> None:
    """The records' vendor, whoever looks after network or computers, the deputy's mobile: known once there is a number."""
    assert [q.id for q in questions(NEW)][:4] == ["urgent:ehr", "urgent:network", "mobile", "prefecture"]
    vendors = (
        Contact(id="c1", kind="vendor", services=("ehr",), name="あおば"),
        Contact(id="c2", kind="vendor", services=("pc",), name="みどり", number="03-1234-5678"),
    )
    deputy = Member(id="m2", name="田中", stands_in_for=("director",), telephone="090-1234-5678")
    found = {q.id: q.done for q in questions(Roster(NEW.facility, (*NEW.members, deputy), vendors))}

    assert (found["urgent:ehr"], found["urgent:network"], found["mobile"]) == (False, True, True)
