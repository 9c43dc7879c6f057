"""Upkeep: what dates have made due is brought up once, at nine, on a day on which people are there."""

from __future__ import annotations

from datetime import date, timedelta

from contacts.model import Contact, Facility
from flows import commands as cmd
from flows.journal import FACILITY
from flows.upkeep import open_on
from tests.flows.conftest import CLINIC, SUZUKI, TAKAHASHI, TANAKA, TOKYO, Clinic, replayed


def at(clinic: Clinic, days: int, hour: int = 9, minute: int = 0) -> list[str]:
    """Let days go by until a local time of day; gives the matters that were brought up in the tick then."""
    day = clinic.now.astimezone(TOKYO) + timedelta(days=days)
    clinic.now = day.replace(hour=hour, minute=minute)
    clinic.tick()
    return [str(m) for o in clinic.told if o.name == "upkeep" for m in o.data["matters"]]  # type: ignore[attr-defined]


def vendor(clinic: Clinic, verified: date) -> None:
    """Enter a vendor whose number was checked on a day."""
    contact = Contact(
        id="v", kind="vendor", services=("ehr",), name="カルテ社", number="03-3210-0001", verified_on=verified,
        asked_on=verified,
    )  # fmt: skip
    clinic.act(TAKAHASHI, cmd.PutContact(FACILITY, contact))


def test_a_number_is_brought_up_after_half_a_year(clinic: Clinic) -> None:
    """Once, whoever ticks and however often, also after a restart; and not before nine in the morning."""
    vendor(clinic, clinic.now.date() - timedelta(days=170))
    at(clinic, 8)
    assert not [m for m in at(clinic, 7, 8, 59) if m.startswith("contact_unverified:contact:v")]
    assert [m for m in at(clinic, 0, 9) if m.startswith("contact_unverified:contact:v")]

    assert at(clinic, 0, 9, 5) == []
    assert at(clinic, 1) == []
    assert replayed(clinic.journal).house.brought_up == clinic.engine.house.brought_up


def test_one_message_a_person(clinic: Clinic) -> None:
    """Whatever is due on a morning comes to each person in one message."""
    vendor(clinic, clinic.now.date() - timedelta(days=400))
    at(clinic, 1)

    assert len(clinic.got("upkeep")) == len(set(clinic.got("upkeep"))) == 1


def test_a_new_home_is_left_in_peace(clinic: Clinic) -> None:
    """What was never done at all waits for a week: readiness says it anyway. A missing deputy does not wait."""
    clinic.act(TAKAHASHI, cmd.PutContact(FACILITY, Contact(
        id="v", kind="vendor", services=("ehr",), name="カルテ社", number="03-3210-0001")))  # fmt: skip
    first, second, later = at(clinic, 0), at(clinic, 1), at(clinic, 7)

    assert (first, second) == ([], ["deputy_missing:member:safety_manager:never"])
    assert "contact_unverified:contact:v:never" in later


def test_nothing_while_people_are_busy(clinic: Clinic) -> None:
    """During an incident nobody is asked to check telephone numbers; the morning after, they are."""
    clinic.reports()
    assert at(clinic, 8) == []
    clinic.act(TAKAHASHI, cmd.CallOff(clinic.run.id, "まちがい"))
    assert at(clinic, 3) != []


def test_nothing_on_a_day_off(clinic: Clinic) -> None:
    """Off over the weekend: on Monday morning it comes, once."""
    clinic.act(TAKAHASHI, cmd.OpenTask(FACILITY, "improvement", {"text": "x"}, SUZUKI, clinic.now.date()))
    assert at(clinic, 3) == []  # Sunday
    assert "task" in {m.partition(":")[0] for m in at(clinic, 1)}


def test_a_task_of_somebody_who_left(clinic: Clinic) -> None:
    """Goes to whoever decides, so that it does not leave with them."""
    clinic.act(TAKAHASHI, cmd.OpenTask(FACILITY, "improvement", {"text": "x"}, SUZUKI, clinic.now.date()))
    clinic.loses_phone(SUZUKI)
    clinic.goes_home(TAKAHASHI)
    at(clinic, 0)

    assert clinic.got("upkeep") == [TANAKA]


def test_open_days() -> None:
    """Sessions decide; without any, a weekday that is no holiday; a single day off or with half a day goes first."""
    plain = Facility(name="x", kind="clinic")
    own = plain.model_copy(update={"sessions": {"sat": ()}, "closed": (date(2027, 5, 8),)})

    assert [open_on(plain, date(2027, 5, d)) for d in (3, 6, 8)] == [False, True, False]
    assert [open_on(own, date(2027, 5, d)) for d in (1, 6, 8)] == [True, False, False]
    assert open_on(CLINIC, date(2027, 4, 1))
