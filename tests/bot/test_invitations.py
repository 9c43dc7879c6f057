"""An invitation works once, until it expires, and only its digest is kept."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.alphabet import ALPHABET
from bot.invitations import INVITABLE, LENGTH, Invitation, code_digest, member_with, role_named, start_link
from contacts.roles import ROLES
from flows.commands.facility import Enrol
from flows.powers import CONSOLE
from flows.refusals import Refused
from tests.clinic import Clinic


def invite(clinic: Clinic, name: str = "山田", role: str = "nurse", actor: str = CONSOLE) -> Invitation:
    """Invite somebody."""
    return Invitation.make(
        clinic.engine,
        member_with(role, name),
        role,
        actor=actor,
        now=clinic.clock.now(),
        days=7,
        cause=f"invite:{name.encode().hex()}",
    )


def enrol(clinic: Clinic, code: str, address: str = "telegram:77") -> None:
    """Answer an invitation from a phone."""
    clinic.orders(Enrol("facility", code_digest(code), address), who="")


def test_a_code_can_be_read_aloud_and_stand_in_a_link(clinic: Clinic) -> None:
    """Twelve signs that nobody mixes up, all legal in a start link of at most 64."""
    code = invite(clinic).code

    assert len(code) == LENGTH
    assert set(code) <= set(ALPHABET)
    assert not set("01OI") & set(ALPHABET)
    assert start_link("akari_bot", code) == f"https://t.me/akari_bot?start={code}"
    assert start_link(None, code) is None


def test_no_two_codes_are_alike(clinic: Clinic) -> None:
    """They come from the system's chance."""
    assert len({invite(clinic, f"人{n}").code for n in range(20)}) == 20


def test_case_and_spaces_do_not_matter() -> None:
    """What is typed by hand counts as well."""
    assert code_digest(" abc234 ") == code_digest("ABC234") != code_digest("ABC235")


def test_an_invitation_enrols_once(clinic: Clinic) -> None:
    """The second phone is refused, and the first stays."""
    code = invite(clinic).code
    enrol(clinic, code)
    with pytest.raises(Refused, match="code_used"):
        enrol(clinic, code, "telegram:78")

    assert clinic.engine.roster().members[-1].channels == ("telegram",)


def test_an_invitation_expires(clinic: Clinic) -> None:
    """At the end of its days, and not before."""
    code = invite(clinic).code
    clinic.clock.advance(days=7)
    with pytest.raises(Refused, match="code_expired"):
        enrol(clinic, code)
    clinic.clock.set(clinic.clock.now() - timedelta(seconds=1))
    enrol(clinic, code)


def test_a_code_that_nobody_gave(clinic: Clinic) -> None:
    """It is refused like any other."""
    with pytest.raises(Refused, match="code_unknown"):
        enrol(clinic, "ABCDEFGHJKLM")


def test_the_journal_never_holds_the_code(clinic: Clinic) -> None:
    """The entry and the registry hold its digest, no name and no code."""
    code = invite(clinic).code
    entry = clinic.entries("member_invited")[-1]

    assert json.loads(entry.body)["code"] == code_digest(code)
    assert "山田" not in entry.body + entry.envelope
    assert code not in "".join(e.body + e.envelope for e in clinic.entries())
    assert code not in clinic.home.journal.registry("invitation")


def test_only_those_who_decide_may_invite(clinic: Clinic) -> None:
    """Reception is refused, and nobody was invited."""
    with pytest.raises(Refused, match="chain_only"):
        invite(clinic, actor=clinic.id("reception"))

    assert "山田" not in {m.name for m in clinic.engine.roster().members}


def test_whoever_invites_in_the_chat_is_owed_the_code_with_the_entry(clinic: Clinic) -> None:
    """Entry and message are one: the code can't get lost in between. On the command line it is printed instead."""
    director = clinic.id("director")
    shown = invite(clinic, "一人目", actor=director)
    invite(clinic, "二人目")

    owed = [d.owed for d in clinic.book.unsent() if d.owed.name == "invited"]
    assert [o.message.facts["code"] for o in owed] == [shown.code]


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("看護師", "nurse"),
        ("Nurse", "nurse"),
        (" 受付 ", "reception"),
        ("事務", "reception"),
        ("代行", "deputy"),
        ("院長", "director"),
        ("薬剤師", "pharmacist"),
        ("宇宙飛行士", None),
        ("", None),
    ],
)
def test_roles_as_people_write_them(written: str, role: str | None) -> None:
    """In Japanese or by the English name; anything else is no role."""
    assert role_named(written) == role


def test_every_role_can_be_given(clinic: Clinic) -> None:
    """Each role of the model, and the deputy, who stands in for the director without being one."""
    assert set(INVITABLE) == {*ROLES, "deputy"}
    deputy = member_with("deputy", "田中")
    assert (deputy.roles, deputy.stands_in_for) == ((), ("director",))
    assert member_with("nurse", "鈴木", "en", 3).model_dump(include={"roles", "language", "rank"}) == {
        "roles": ("nurse",),
        "language": "en",
        "rank": 3,
    }


def test_the_same_act_again_invites_nobody_twice(clinic: Clinic) -> None:
    """A redelivered act is refused to make a second code; the first one stays the only one."""
    invite(clinic)
    members = len(clinic.engine.roster().members)
    with pytest.raises(Refused, match="stale"):
        invite(clinic)

    assert len(clinic.engine.roster().members) == members
