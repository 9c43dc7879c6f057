"""Upkeep: what dates have made due is brought up once, at nine, on a day on which people are there."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from contacts.model import Contact, Contract, Equipment, System
from contacts.readiness.freshness import reminders
from contacts.shapes.open_days import open_on
from flows.commands.facility import PutRegistry, RegistryRow
from flows.commands.people import CallOff
from flows.commands.upkeep import DropTask, OpenTask
from flows.events.upkeep import UpkeepBroughtUp
from flows.powers import CONSOLE
from flows.record import codec
from flows.record.journal import FACILITY
from tests.flows.clinic import CLINIC, SUZUKI, TAKAHASHI, TANAKA, TOKYO, Clinic, entering, replayed


def at(clinic: Clinic, days: int, hour: int = 9, minute: int = 0) -> list[str]:
    """Let days go by until a local time of day; gives the matters that were brought up in the tick then."""
    day = clinic.now.astimezone(TOKYO) + timedelta(days=days)
    clinic.now = day.replace(hour=hour, minute=minute)
    clinic.tick()
    return [str(m) for o in clinic.told if o.name == "upkeep" for m in o.message.facts["matters"]]


def vendor(clinic: Clinic, verified: date, who: str = TAKAHASHI) -> None:
    """Enter a vendor whose number was checked on a day."""
    contact = Contact(
        id="v",
        kind="vendor",
        services=("ehr",),
        name="カルテ社",
        number="03-3210-0001",
        verified_on=verified,
        asked_on=verified,
    )
    clinic.act(who, entering(contact, clinic.engine.roster().contact("v")))


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
    contact = Contact(id="v", kind="vendor", services=("ehr",), name="カルテ社", number="03-3210-0001")
    clinic.act(TAKAHASHI, entering(contact))
    first, second, later = at(clinic, 0), at(clinic, 1), at(clinic, 7)

    assert (first, second) == ([], ["deputy_missing:member:safety_manager:never"])
    assert "contact_unverified:contact:v:never" in later


def test_nothing_while_people_are_busy(clinic: Clinic) -> None:
    """During an incident nobody is asked to check telephone numbers; the morning after, they are."""
    clinic.reports()
    assert at(clinic, 8) == []
    clinic.act(TAKAHASHI, CallOff(clinic.run.id, "まちがい"))
    assert at(clinic, 3) != []


def test_nothing_on_a_day_off(clinic: Clinic) -> None:
    """Off over the weekend: on Monday morning it comes, once."""
    clinic.act(TAKAHASHI, OpenTask(FACILITY, "improvement", {"text": "x"}, SUZUKI, clinic.now.date()))
    assert at(clinic, 3) == []  # Sunday
    assert "task" in {m.partition(":")[0] for m in at(clinic, 1)}


def test_a_task_of_somebody_who_left(clinic: Clinic) -> None:
    """Goes to whoever decides, so that it does not leave with them."""
    clinic.act(TAKAHASHI, OpenTask(FACILITY, "improvement", {"text": "x"}, SUZUKI, clinic.now.date()))
    clinic.loses_phone(SUZUKI)
    clinic.goes_home(TAKAHASHI)
    at(clinic, 0)

    assert clinic.got("upkeep") == [TANAKA]


def test_nobody_is_told_while_somebody_sees_to_it(clinic: Clinic) -> None:
    """As long as a task is open for a matter, the task reminds; when it is dropped, the matter comes up."""
    vendor(clinic, clinic.now.date() - timedelta(days=400))
    about = {"text": "x", "matter": "contact_unverified:v"}
    clinic.act(TAKAHASHI, OpenTask(FACILITY, "upkeep", about, SUZUKI, clinic.now.date() + timedelta(days=300)))
    assert not [m for m in at(clinic, 1) if m.startswith("contact_unverified:contact:v")]

    (task,) = clinic.engine.house.open_tasks()
    clinic.act(TAKAHASHI, DropTask(FACILITY, task.id, "まちがい"))
    assert [m for m in at(clinic, 3) if m.startswith("contact_unverified:contact:v")]


def test_whoever_stands_in_is_told(clinic: Clinic) -> None:
    """A safety manager who is away today reads nothing at home; nor does one whom no message reaches."""
    manager = clinic.hire(name="山田", roles=("safety_manager",))
    clinic.hire(name="電話なし", roles=("safety_manager",), phone=False)
    vendor(clinic, clinic.now.date() - timedelta(days=400))
    clinic.goes_home(manager)
    at(clinic, 0)
    assert clinic.got("upkeep") == [TAKAHASHI]

    clinic.act(TAKAHASHI, OpenTask(FACILITY, "improvement", {"text": "x"}, SUZUKI, clinic.now.date()))
    clinic.goes_home(SUZUKI)
    at(clinic, 0, 9, 10)
    assert clinic.got("upkeep") == [TAKAHASHI]


def begun(clinic: Clinic, chance: Random) -> None:
    """Enter one of everything that time makes due."""
    day = clinic.now.date()
    vendor(clinic, day - timedelta(days=chance.randrange(400)))
    rows = (
        (
            "contract",
            Contract(
                id="k", name="保守", end=day + timedelta(days=chance.randrange(200)), auto_renewal=True, notice_days=30
            ),
        ),
        (
            "contract",
            Contract(id="e", name="古い", end=day + timedelta(days=chance.randrange(200)), auto_renewal=False),
        ),
        (
            "equipment",
            Equipment(id="r", name="ルーター", checked_on=day - timedelta(days=chance.randrange(60, 200)), works=True),
        ),
        (
            "system",
            System(id="s", name="電子カルテ", restore_tested_on=day - timedelta(days=chance.randrange(60, 400))),
        ),
    )
    clinic.act(
        TAKAHASHI,
        PutRegistry(FACILITY, tuple(RegistryRow(kind, row.id, row.model_dump_json()) for kind, row in rows)),
    )


@settings(max_examples=4, phases=(Phase.explicit, Phase.generate))
@given(st.integers(0, 10**6))
def test_a_year_of_days(seed: int) -> None:
    """Whenever the bot stops, starts anew or people are away: each matter once, from nine on, never on a day off."""
    chance = Random(seed)
    clinic = closed_now_and_then(seed)
    begun(clinic, chance)
    first, stopped_until = clinic.now.astimezone(TOKYO).replace(hour=0), 0
    for day in range(1, 366):
        if day < stopped_until:
            continue
        if chance.random() < 0.05:
            stopped_until = day + chance.randrange(25)
        moments = sorted(first + timedelta(days=day, minutes=chance.randrange(24 * 60)) for _ in range(3))
        clinic.now = moments[0]
        if chance.random() < 0.2:
            clinic.goes_home(chance.choice([TAKAHASHI, TANAKA]))
        if chance.random() < 0.02:
            vendor(clinic, clinic.now.date(), CONSOLE)
        for clinic.now in moments:
            if chance.random() < 0.1:
                clinic.engine = replayed(clinic.journal)
            clinic.tick()
            check_all_are_told(clinic)
    check_what_was_told(clinic)


def closed_now_and_then(seed: int) -> Clinic:
    """Give a clinic that is closed on a few days of its own."""
    chance = Random(-seed)
    closed = tuple(date(2027, 1, 1) + timedelta(days=chance.randrange(480)) for _ in range(20))
    return Clinic().found(CLINIC.model_copy(update={"closed": closed}))


def check_all_are_told(clinic: Clinic) -> None:
    """After a tick from nine on an open day nothing is left to be brought up; whoever was told is here today."""
    context = clinic.engine.context(clinic.now, "")
    if open_on(context.roster.facility, context.today) and clinic.now.astimezone(TOKYO).hour >= 9:
        due = {r.id for r in reminders(context.roster, context.today) if r.since is not None}
        assert due <= clinic.engine.house.brought_up
    assert set(clinic.got("upkeep")) <= {m.id for m in context.roster.present(context.today)}


def check_what_was_told(clinic: Clinic) -> None:
    """Each once; by whoever is there; at an hour and on a day on which they are."""
    told: list[str] = []
    facility = clinic.engine.roster().facility
    for entry in clinic.journal.entries():
        event = codec.decode(entry.kind, entry.body)
        if isinstance(event, UpkeepBroughtUp):
            told += event.matters
            local = entry.recorded_at.astimezone(TOKYO)
            assert local.hour >= 9
            assert open_on(facility, local.date())
    assert len(told) == len(set(told))
    assert {m.partition(":")[0] for m in told} >= {
        "contract_ended",
        "equipment_unchecked",
        "restore_test",
        "long_holiday",
    }
    assert replayed(clinic.journal).house.brought_up == set(told)
