"""The papers on the wall: whoever decides is told once, the morning after, when they no longer say what is so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from contacts.model import Contact
from contacts.registry import SHAPES
from flows.commands.people import CallOff
from flows.commands.upkeep import TakeWallPack
from flows.events.event import Event
from flows.events.facility import (
    ContactChanged,
    MemberChanged,
    MemberInvited,
    MemberSuspended,
    MemberUnreachable,
    RegistryChanged,
)
from flows.handbook import Handbook
from flows.record.journal import FACILITY
from flows.refusals import Refused
from flows.state.stamp import Stamp, evolve
from flows.state.wall_pack import PRINTED, WallPack, is_pack, mark_of, on_the_wall
from tests.flows.clinic import (
    SATO,
    TAKAHASHI,
    TANAKA,
    TOKYO,
    TROUBLE,
    Clinic,
    entering,
    one_step,
    playbook_of,
    replayed,
)

VENDOR = Contact(id="v", kind="vendor", services=("ehr",), name="カルテ社", number="03-3210-0001")


def told(clinic: Clinic, days: int, hour: int = 9) -> list[str]:
    """Let days go by until an hour; gives who is told of the papers then."""
    clinic.now = (clinic.now.astimezone(TOKYO) + timedelta(days=days)).replace(hour=hour, minute=0)
    clinic.tick()
    return [o.to for o in clinic.told if o.name == "upkeep" and any(map(is_pack, o.message.facts["matters"]))]


def number(clinic: Clinic, number: str) -> None:
    """Enter the vendor, or another number for it."""
    clinic.act(TAKAHASHI, entering(VENDOR.model_copy(update={"number": number}), clinic.engine.roster().contact("v")))


@pytest.fixture
def papered(clinic: Clinic) -> Clinic:
    """Give a clinic with a vendor, on a Thursday; its papers hang on the wall."""
    number(clinic, "03-3210-0001")
    clinic.act(TAKAHASHI, TakeWallPack(FACILITY))
    return clinic


def test_never_made(clinic: Clinic) -> None:
    """A facility without any is told once, a week after it was made, whatever changes afterwards."""
    assert told(clinic, 6) == []
    assert told(clinic, 1) == [f"phone:{TAKAHASHI}"]

    number(clinic, "03-3210-0002")
    assert told(clinic, 11) == []


def test_the_morning_after(papered: Clinic) -> None:
    """A changed number is brought up on the next open day, once, also after a restart; until then nothing is said."""
    assert told(papered, 1) == []
    number(papered, "03-3210-0002")
    assert told(papered, 0, 17) == []
    assert told(papered, 3, 8) == []
    assert told(papered, 0, 9) == [f"phone:{TAKAHASHI}"]

    assert told(papered, 0, 10) == told(papered, 10) == []
    assert replayed(papered.journal).house.wall == papered.engine.house.wall


def test_a_burst_is_one_change(papered: Clinic) -> None:
    """Whoever enters the registry anew over days is told once; what changes later is told of a week after at the earliest."""
    number(papered, "03-3210-0002")
    number(papered, "03-3210-0003")
    assert told(papered, 1) == [f"phone:{TAKAHASHI}"]
    number(papered, "03-3210-0004")
    assert told(papered, 3) == []
    assert told(papered, 4) == [f"phone:{TAKAHASHI}"]


def test_made_anew(papered: Clinic) -> None:
    """Papers that were made meanwhile are up to date; the next change outdates them at once, without the week."""
    number(papered, "03-3210-0002")
    papered.act(TANAKA, TakeWallPack(FACILITY))
    assert told(papered, 1) == []

    number(papered, "03-3210-0003")
    assert told(papered, 3) == [f"phone:{TAKAHASHI}"]
    papered.act(TAKAHASHI, TakeWallPack(FACILITY))
    number(papered, "03-3210-0004")
    assert told(papered, 1) == [f"phone:{TAKAHASHI}"]


def test_a_director_who_is_away(papered: Clinic) -> None:
    """Then whoever decides is told; the absence itself is not printed anew."""
    papered.goes_home(TAKAHASHI)
    assert told(papered, 1) == []
    number(papered, "03-3210-0002")
    papered.now += timedelta(days=3)
    papered.goes_home(TAKAHASHI)
    assert told(papered, 0) == [f"phone:{TANAKA}"]


def test_not_while_people_are_busy(papered: Clinic) -> None:
    """During an incident nobody prints for the wall; the open day after, they are told."""
    number(papered, "03-3210-0002")
    papered.reports()
    assert told(papered, 1) == []
    papered.act(TAKAHASHI, CallOff(papered.run.id, "まちがい"))
    assert told(papered, 3) == [f"phone:{TAKAHASHI}"]


def test_other_playbooks(papered: Clinic) -> None:
    """A program that comes with other steps outdates the papers too."""
    changed = playbook_of(TROUBLE.replace("線を抜いて", "電源を切らずに、線を抜いて"))
    papered.engine.handbook = Handbook(playbooks={changed.playbook: changed})

    assert told(papered, 1) == [f"phone:{TAKAHASHI}"]
    assert told(papered, 10) == []


def test_only_playbooks_that_hang_there() -> None:
    """Those of other kinds of facility, and those for drills alone, have no page and no part in the mark."""
    here = one_step("", name="here")
    away = one_step("", name="away").model_copy(update={"facilities": ("pharmacy",)})
    drill = one_step("", name="drill").model_copy(update={"use": ("drill",)})
    books = {b.playbook: b for b in (here, away, drill)}

    assert list(on_the_wall(books, "clinic")) == [here]
    assert mark_of(books, "clinic") == mark_of({"here": here}, "clinic") != mark_of(books, "pharmacy")


@pytest.mark.parametrize(
    ("event", "printed"),
    [
        (MemberInvited("m9", "nurse", "c", "2027-04-08"), True),
        (MemberSuspended("m4"), True),
        (MemberChanged("m4", ("roles",)), True),
        (MemberChanged("m4", ("absent_from", "absent_until", "language", "on_call")), False),
        (MemberUnreachable("m4", "phone"), False),
        (ContactChanged("v", ("night_number",)), True),
        (RegistryChanged("contact", "v", "changed", ("number", "verified_on")), True),
        (RegistryChanged("contact", "v", "changed", ("asked_on", "verified_by", "verified_on")), False),
        (RegistryChanged("contact", "v", "removed"), True),
        (RegistryChanged("system", "s", "changed", ("restore_tested_on",)), False),
        (RegistryChanged("facility", "facility", "changed", ("name",)), True),
        (RegistryChanged("contract", "k", "added", ("name",)), True),
        (RegistryChanged("contract", "k", "changed", ("checked_for", "note")), False),
        (None, False),
    ],
)
def test_what_is_printed(event: Event | None, *, printed: bool) -> None:
    """People, roles, numbers, systems and contracts outdate the papers; absences and days of checking do not."""
    wall, now = WallPack(), datetime(2027, 4, 1, tzinfo=UTC)
    evolve(wall, event, Stamp(1, now, now, TAKAHASHI))

    assert (wall.changed_at is not None) is printed


def test_printed_fields_are_there() -> None:
    """Every field that counts as printed is one of the registry's, so that a renamed one is noticed."""
    assert all(fields <= set(SHAPES[kind].model_fields) for kind, fields in PRINTED.items())


def test_who_may_take_them(clinic: Clinic) -> None:
    """Only those who decide, as with every document."""
    with pytest.raises(Refused, match="chain_only"):
        clinic.act(SATO, TakeWallPack(FACILITY))
