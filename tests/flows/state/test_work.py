"""A decision in the making."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from flows.events.telling import NoteTaken
from flows.state.work import Work
from tests.flows.clinic import MORNING, SATO, SUZUKI, TAKAHASHI, TANAKA, Clinic


def test_events_happen_on_a_copy(clinic: Clinic) -> None:
    """Each event has happened for the next one, under the turn it will stand at, and nothing happened outside."""
    run = clinic.reports(SATO)
    turns = run.turns
    work = Work(run, clinic.context(TANAKA))

    assert work.add(NoteTaken("一")) == turns + 1
    assert work.add(NoteTaken("二"), occurred_at=MORNING - timedelta(minutes=5)) == turns + 2

    assert [n.by for n in work.run.notes.values()] == [TANAKA, TANAKA]
    assert [at for _, at in work.events] == [MORNING, MORNING - timedelta(minutes=5)]
    assert (run.turns, run.notes) == (turns, {})


def test_a_day_is_the_facilitys_day(clinic: Clinic) -> None:
    """At 15:30 UTC it is tomorrow in Japan: absences count by the clinic's own calendar."""
    clinic.now = datetime(2027, 4, 1, 15, 30, tzinfo=UTC)

    assert clinic.context(SATO).today == date(2027, 4, 2)


def test_who_can_act_is_here_and_reachable(clinic: Clinic) -> None:
    """Active, not absent today, with a phone; a stranger can't."""
    nobody = clinic.hire(name="渡辺", phone=False)
    clinic.goes_home(SATO)
    clinic.loses_phone(SUZUKI)
    context = clinic.context(TAKAHASHI)

    assert [m for m in (TAKAHASHI, TANAKA, SATO, SUZUKI, nobody, "m99") if context.can_act(m)] == [TAKAHASHI, TANAKA]


def test_the_chain_is_todays(clinic: Clinic) -> None:
    """The director first, then the deputy; who is away today is left out."""
    assert [m.id for m in clinic.context(SATO).chain()] == [TAKAHASHI, TANAKA]

    clinic.goes_home(TAKAHASHI)

    assert [m.id for m in clinic.context(SATO).chain()] == [TANAKA]
