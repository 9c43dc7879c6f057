"""The facility's own affairs."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from contacts.model import Contact, Member
from flows.commands.facility import (
    AskMember,
    ChangeMember,
    Enrol,
    Invite,
    MakeFacility,
    MarkReachable,
    MarkUnreachable,
    Suspend,
)
from flows.commands.people import Acknowledge, DropQuestion
from flows.powers import CONSOLE
from flows.record.journal import FACILITY
from tests.flows.clinic import CLINIC, SATO, SUZUKI, TAKAHASHI, TANAKA, Clinic, entering, happened


def invite(clinic: Clinic, code: str, member: Member | None = None, by: str = TAKAHASHI) -> str:
    """Let somebody be invited with a code; gives the member's id."""
    person = member or Member(id="", name="伊藤", roles=("nurse",))
    order = Invite(FACILITY, person, "nurse", code, clinic.now + timedelta(days=7))
    clinic.act(by, order)
    return str(json.loads(clinic.journal.registry("invitation")[code])["member"])


# Home and invitations


def test_a_home_is_made_once(clinic: Clinic) -> None:
    """A second facility in the same home is refused."""
    assert clinic.refused(CONSOLE, MakeFacility(FACILITY, CLINIC)).name == "facility_exists"


def test_whoever_has_the_code_is_enrolled_once(clinic: Clinic) -> None:
    """The code works a single time; both the new person and the one who invited hear of it."""
    member = invite(clinic, "c1")
    clinic.act("", Enrol(FACILITY, "c1", "phone:new"))

    assert clinic.engine.roster().member(member) == Member(
        id=member, name="伊藤", roles=("nurse",), channels=("phone",)
    )
    assert [(o.name, o.to) for o in clinic.told] == [("welcome", "phone:new"), ("enrolled", f"phone:{TAKAHASHI}")]
    assert clinic.refused("", Enrol(FACILITY, "c1", "phone:thief")).name == "code_used"


def test_a_code_expires(clinic: Clinic) -> None:
    """At the minute it says, not a moment later."""
    invite(clinic, "c1")
    clinic.now += timedelta(days=7)

    assert clinic.refused("", Enrol(FACILITY, "c1", "phone:new")).name == "code_expired"


def test_an_unknown_code_tells_nothing(clinic: Clinic) -> None:
    """Guessing leads nowhere."""
    assert clinic.refused("", Enrol(FACILITY, "guess", "phone:new")).name == "code_unknown"


def test_a_phone_belongs_to_one_person(clinic: Clinic) -> None:
    """Somebody else's code from an enrolled phone is refused; the same person's new phone takes the old one's place."""
    invite(clinic, "c1")
    assert clinic.refused("", Enrol(FACILITY, "c1", f"phone:{SATO}")).name == "already_enrolled"

    known = clinic.engine.roster().member(SATO)
    assert known is not None
    invite(clinic, "c2", known)
    clinic.act("", Enrol(FACILITY, "c2", "phone:new"))

    assert [a for a, v in clinic.journal.registry("address").items() if json.loads(v)["member"] == SATO] == [
        "phone:new"
    ]


@pytest.mark.parametrize("who", [SATO, SUZUKI])
def test_only_the_chain_invites(clinic: Clinic, who: str) -> None:
    """Director, deputy and the command line; nobody else."""
    order = Invite(FACILITY, Member(id="", name="友人"), "staff", "c1", clinic.now + timedelta(days=1))

    assert clinic.refused(who, order).name == "chain_only"


def test_nobody_is_invited_under_an_id_of_their_choice(clinic: Clinic) -> None:
    """An id is given out here, or known already."""
    order = Invite(FACILITY, Member(id="m99", name="友人"), "staff", "c1", clinic.now + timedelta(days=1))

    assert clinic.refused(TAKAHASHI, order).name == "stale"


def test_the_journal_holds_no_names(clinic: Clinic) -> None:
    """Names and numbers stand in the registry alone; the log says who was invited by id."""
    vendor = Contact(id="v1", kind="vendor", services=("ehr",), name="灯システム", number="03-3210-0001")
    clinic.act(TAKAHASHI, entering(vendor))
    clinic.act(TAKAHASHI, ChangeMember(FACILITY, SATO, {"language": "en"}))

    said = "".join(entry.body for entry in clinic.journal.entries())

    assert not [word for word in ("高橋", "佐藤", "灯システム", "03-3210", '"en"') if word in said]
    assert clinic.engine.roster().contacts_for("vendor:ehr")[0].number == "03-3210-0001"


# Changes


def test_everybody_changes_their_own(clinic: Clinic) -> None:
    """Language and absence are one's own affair; roles are the chain's, and another's affairs too."""
    clinic.act(SATO, ChangeMember(FACILITY, SATO, {"language": "en"}))
    clinic.act(SATO, ChangeMember(FACILITY, SATO, {"absent_from": "2027-04-01", "absent_until": "2027-04-02"}))
    changed = clinic.engine.roster().member(SATO)
    assert changed is not None
    assert (changed.language, changed.absent_on(clinic.now.date())) == ("en", True)

    assert clinic.refused(SATO, ChangeMember(FACILITY, SATO, {"roles": ("director",)})).name == "chain_only"
    assert clinic.refused(SATO, ChangeMember(FACILITY, SUZUKI, {"language": "en"})).name == "chain_only"
    assert happened(clinic.act(TANAKA, ChangeMember(FACILITY, SATO, {"roles": ("reception", "staff")}))) == [
        "member_changed"
    ]


def test_no_change_is_no_entry(clinic: Clinic) -> None:
    """Setting what is set already writes nothing."""
    assert clinic.act(SATO, ChangeMember(FACILITY, SATO, {"language": "ja"})).entries == ()


def test_nobody_unknown_is_changed(clinic: Clinic) -> None:
    """There has to be somebody."""
    assert clinic.refused(TAKAHASHI, ChangeMember(FACILITY, "m99", {"language": "en"})).name == "stale"
    assert clinic.refused(TAKAHASHI, Suspend(FACILITY, "m99")).name == "stale"


def test_a_lost_phone_counts_no_more(clinic: Clinic) -> None:
    """Suspended: no address, no open invitation; invited anew, the same person is back under the same id."""
    known = clinic.engine.roster().member(SATO)
    assert known is not None
    invite(clinic, "open", known)
    clinic.act(TAKAHASHI, Suspend(FACILITY, SATO))
    assert SATO not in {m.id for m in clinic.engine.roster().active()}
    assert "phone:m3" not in clinic.journal.registry("address")
    assert clinic.refused("", Enrol(FACILITY, "open", "phone:thief")).name == "code_used"
    assert clinic.told_to(TAKAHASHI) == ["suspended"]

    invite(clinic, "again", known)
    clinic.act("", Enrol(FACILITY, "again", "phone:new"))

    assert [m.id for m in clinic.engine.roster().active()] == [TAKAHASHI, TANAKA, SATO, SUZUKI]


def test_only_the_chain_suspends(clinic: Clinic) -> None:
    """A nurse can't shut out reception."""
    assert clinic.refused(SUZUKI, Suspend(FACILITY, SATO)).name == "chain_only"


def test_who_cannot_be_reached_is_marked(clinic: Clinic) -> None:
    """Blocked on one channel means no channel there, said once; a message from there undoes it."""
    blocked = MarkUnreachable(FACILITY, SATO, "phone")
    assert happened(clinic.act("clock", blocked)) == ["member_unreachable"]
    assert clinic.act("clock", blocked).entries == ()
    assert "alarm" not in [o.name for o in clinic.heard if o.to == f"phone:{SATO}"]

    assert happened(clinic.act(SATO, MarkReachable(FACILITY, SATO, "phone"))) == ["member_reachable"]
    member = clinic.engine.roster().member(SATO)
    assert member is not None
    assert member.channels == ("phone",)


# Questions


def test_the_bot_waits_for_one_answer_a_person(clinic: Clinic) -> None:
    """A question of the facility's own is remembered until it is answered or dropped, and only then dropped."""
    assert clinic.act(SATO, DropQuestion(FACILITY)).entries == ()
    clinic.act(SATO, AskMember(FACILITY, "invite_name", {"role": "nurse"}))
    assert clinic.told_to(SATO) == ["ask_invite_name"]
    turn = clinic.engine.house.waiting_for[SATO]
    assert clinic.engine.house.asked[turn].about == {"role": "nurse"}

    clinic.act(SATO, DropQuestion(FACILITY))

    assert clinic.engine.house.waiting_for == {}


def test_an_order_for_a_run_is_none_for_the_facility(clinic: Clinic) -> None:
    """What makes no sense here is refused."""
    assert clinic.refused(SATO, Acknowledge(FACILITY)).name == "not_now"
