"""Whom the alarm calls, how often, and whom not."""

from __future__ import annotations

from datetime import timedelta

from contacts.model import Member
from flows.commands.clock import CallIn
from flows.commands.facility import Enrol, Invite
from flows.commands.people import (
    Acknowledge,
)
from flows.handbook import Pace
from flows.powers import CONSOLE
from flows.record.journal import FACILITY
from tests.flows.clinic import (
    MORNING,
    SATO,
    SUZUKI,
    TAKAHASHI,
    TANAKA,
    TROUBLE,
    Clinic,
    one_step,
    playbook_of,
)


def test_the_alarm_goes_to_everybody_else(clinic: Clinic) -> None:
    """All but the reporter are called, with a sound, while the clinic is open."""
    clinic.reports(SATO)

    assert clinic.got("alarm") == [TAKAHASHI, TANAKA, SUZUKI]
    assert not any(o.silent for o in clinic.told if o.name == "alarm")


def test_a_firm_matter_calls_those_who_decide_and_whom_it_needs() -> None:
    """A step is the nurse's: she is rung, reception isn't. When it turns out to be loud, everybody is called at once."""
    loud = playbook_of(TROUBLE, "loud").model_copy(update={"grade": "urgent"})
    turned = "answers: {worse: {label: {ja: 広がった, en: Worse}, hands_over: loud}}"
    firm = one_step(turned, role="nurse", name="firm").model_copy(update={"grade": "firm"})
    clinic = Clinic(firm, loud).found()
    other = clinic.hire(name="伊藤", roles=("reception",))
    clinic.reports(SATO)

    assert clinic.got("alarm") == [TAKAHASHI, TANAKA, SUZUKI]
    clinic.wait(2)
    assert other not in {o.to.removeprefix("phone:") for o in clinic.heard if o.run == clinic.run.id}

    clinic.answers(SUZUKI, "worse")
    assert clinic.got("alarm") == [other]


def test_at_night_only_those_who_must_are_rung() -> None:
    """Outside the sessions the chain and the on-call ring; the others find the alarm in silence, in the morning it rings."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    on_call = clinic.hire(name="伊藤", roles=("nurse",), on_call=True)
    clinic.now = MORNING + timedelta(hours=17)

    clinic.reports(SATO)

    assert clinic.run.ring.keys() == {TAKAHASHI, TANAKA, on_call}
    assert [o.to for o in clinic.told if o.name == "alarm" and o.silent] == [f"phone:{SUZUKI}"]
    rung = [(o.to, clinic.now) for o in clinic.wait(6 * 60 + 59) if o.name == "alarm_again"]
    assert f"phone:{SUZUKI}" not in dict(rung)
    assert f"phone:{SUZUKI}" in [o.to for o in clinic.wait(1) if o.name == "alarm_again"]


def test_nobody_is_rung_on_a_day_off(clinic: Clinic) -> None:
    """Whoever is absent gets the alarm in silence, and no repeats while away."""
    clinic.goes_home(SUZUKI)
    clinic.reports(SATO)

    assert SUZUKI in clinic.run.quiet
    assert f"phone:{SUZUKI}" not in [o.to for o in clinic.wait(30) if o.name == "alarm_again"]


def test_the_silent_are_called_three_times_and_then_named(clinic: Clinic) -> None:
    """Every five minutes, three times; after that the board names them and nobody calls again."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)
    clinic.confirms(TANAKA)

    calls = [o for o in clinic.wait(14) if o.name == "alarm_again"]
    assert [o.message.facts["count"] for o in calls] == [1, 2]
    assert clinic.board(TAKAHASHI).silent == ()

    assert [o.message.facts["count"] for o in clinic.wait(60) if o.name == "alarm_again"] == [3]
    assert clinic.board(TAKAHASHI).silent == (SUZUKI,)


def test_whoever_confirmed_is_left_in_peace(clinic: Clinic) -> None:
    """A confirmation ends the calls; a second one is refused with who and when."""
    clinic.reports(SATO)
    clinic.confirms(SUZUKI)

    assert f"phone:{SUZUKI}" not in [o.to for o in clinic.wait(30) if o.name == "alarm_again"]
    again = clinic.refused(SUZUKI, Acknowledge(clinic.run.id))
    assert (again.name, again.data["at"][:16]) == ("already_confirmed", "2027-04-01T00:00")


def test_the_facility_sets_the_pace() -> None:
    """How often and how many times the silent are called is a setting."""
    clinic = Clinic(playbook_of(TROUBLE), pace=Pace(alarm_repeat=2, alarm_repeats=1)).found()
    clinic.reports(SATO)

    assert [o.to for o in clinic.wait(20) if o.name == "alarm_again"] == [
        f"phone:{m}" for m in (TAKAHASHI, TANAKA, SUZUKI)
    ]


def test_whoever_enrols_meanwhile_is_called_at_once() -> None:
    """Somebody hired in the middle of it, and somebody whose phone comes late: both get the alarm now, and once."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    late = clinic.hire(name="山田", roles=("reception",), phone=False)
    clinic.reports(SATO)
    clinic.wait(1)
    clinic.act(CONSOLE, Invite(FACILITY, _known(clinic, late), "reception", "late", clinic.now + timedelta(days=1)))
    clinic.act("", Enrol(FACILITY, "late", f"phone:{late}"))
    new = clinic.hire(name="伊藤", roles=("nurse",))

    clinic.tick()
    assert sorted(o.to for o in clinic.heard if o.name == "alarm" and o.to[6:] in (late, new)) == [
        f"phone:{late}",
        f"phone:{new}",
    ]
    assert {late, new} <= clinic.run.ring.keys()
    clinic.confirms(new)
    assert [o for o in clinic.wait(3) if o.name == "alarm"] == []
    assert clinic.refused("clock", CallIn(clinic.run.id, new)).name == "stale"


def _known(clinic: Clinic, member: str) -> Member:
    found = clinic.engine.roster().member(member)
    assert found is not None
    return found
