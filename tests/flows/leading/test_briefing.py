"""What whoever leads reads at set times, and what waits until the spread is stopped."""

from __future__ import annotations

from datetime import datetime, timedelta

from flows.commands.people import Plead, TakeCommand, TellPresence
from flows.leading.briefing import brief_due, briefing, relief
from flows.scene.gate import contained, waits
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, TOKYO, TROUBLE, Clinic, playbook_of

FAILURE = playbook_of(
    TROUBLE.replace("Pull the cable.}", "Pull the cable.}\n        hands: true\n        picture: lan_plug")
)
SHOWN = FAILURE.model_copy(update={"event": "cyber_attack"})


def begun(playbook: str = "") -> Clinic:
    """Give the clinic, in which reception has reported and the director leads."""
    clinic = Clinic(playbook_of(playbook) if playbook else SHOWN).found()
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    return clinic


def at(clinic: Clinic) -> list[str]:
    """Give when the cards came, as wall-clock times."""
    return [f"{e.recorded_at.astimezone(TOKYO):%H:%M}" for e in clinic.journal.entries() if e.kind == "briefed"]


def test_after_a_quarter_of_an_hour_and_then_each_half_hour() -> None:
    """Those who lead read the card, the others one line without a sound; the first at a quarter past, then every half hour."""
    clinic = begun()
    owed = clinic.wait(15)
    assert [o.to for o in owed if o.name == "briefing_card"] == [f"phone:{TAKAHASHI}"]
    assert [(o.to, o.silent) for o in owed if o.name == "briefing_line"] == [(f"phone:{SATO}", True)]
    clinic.wait(61)
    assert at(clinic) == ["09:15", "09:45", "10:15"]


def test_when_the_spread_is_stopped_at_noon_in_the_evening_and_at_closing() -> None:
    """Coming back has begun: the day's three cards, on the next day, too; nothing at night."""
    clinic = begun()
    clinic.answers(SUZUKI)
    clinic.writes(SUZUKI, "3", to_step=True)
    assert contained(clinic.run)
    assert brief_due(clinic.run, clinic.context(SATO)) == datetime(2027, 4, 1, 12, tzinfo=TOKYO)
    for _ in range(3):
        clinic.now = brief_due(clinic.run, clinic.context(SATO)) or clinic.now
        clinic.tick()
    assert at(clinic) == ["12:00", "17:00", "18:00"]
    assert brief_due(clinic.run, clinic.context(SATO)) == datetime(2027, 4, 2, 12, tzinfo=TOKYO)


def test_nobody_is_woken_for_it() -> None:
    """Reported at a quarter to ten in the evening: the card comes at seven."""
    clinic = Clinic(SHOWN).found()
    clinic.now = datetime(2027, 4, 1, 21, 50, tzinfo=TOKYO)
    clinic.reports(SATO)
    assert brief_due(clinic.run, clinic.context(SATO)) == datetime(2027, 4, 2, 7, tzinfo=TOKYO)


def test_where_nobody_leads_it_is_for_who_runs_the_scene() -> None:
    """And for those of the deciding side who have answered."""
    clinic = Clinic(SHOWN).found()
    clinic.reports(SATO)
    clinic.act(TANAKA, TellPresence(clinic.run.id, "away"))
    owed = clinic.wait(15)
    assert {o.to for o in owed if o.name == "briefing_card"} == {f"phone:{TANAKA}", f"phone:{SATO}"}


def test_what_stands_on_it() -> None:
    """The cable by its picture, who is free, danger that somebody told, what is not done, and the next call."""
    clinic = begun()
    clinic.act(SUZUKI, TellPresence(clinic.run.id, "here"))
    clinic.act(SUZUKI, Plead(clinic.run.id, "隣の機械にも出ています", ("second_machine",)))
    clinic.act(SUZUKI, Plead(clinic.run.id, "線を差し直しました", ("put_back",)))
    before = briefing(clinic.run, clinic.context(TAKAHASHI))
    assert (before.things, before.danger, before.free) == ({"cut": None}, ("second_machine", "put_back"), ())
    assert before.call is not None
    assert (before.call.step, [it.step for it in before.open]) == ("call", ["call"])
    clinic.photographs(SATO)
    clinic.answers(SATO)
    after = briefing(clinic.run, clinic.context(TAKAHASHI))
    assert (cut := after.things["cut"]) is not None
    assert (cut.answer, [it.step for it in relief(clinic.run, clinic.context(SATO)).done]) == ("done", ["unplug"])


def test_of_a_failure_no_lead_is_asked_after() -> None:
    """That the machine's lead is still in says nothing where nobody was asked to pull it."""
    failure = Clinic(FAILURE).found()
    failure.reports(SATO)
    assert briefing(failure.run, failure.context(TAKAHASHI)).things == {}


def test_there_is_none_where_it_is_not_urgent() -> None:
    """A lost device is followed without it."""
    firm = begun(f"grade: firm\n{TROUBLE}")
    firm.wait(60)
    assert at(firm) == []


def test_papers_wait_until_the_spread_is_stopped_or_an_hour_is_over() -> None:
    """Police, insurer and partners never do."""
    clinic = begun()
    here = clinic.context(TAKAHASHI)
    assert waits(clinic.run, here, "ppc_preliminary", None)
    assert not any(waits(clinic.run, here, never, None) for never in ("police", "insurer", "partners"))
    clinic.now += timedelta(minutes=60)
    assert not waits(clinic.run, clinic.context(TAKAHASHI), "ppc_preliminary", None)
    stopped = begun()
    stopped.answers(SUZUKI)
    stopped.writes(SUZUKI, "3", to_step=True)
    assert not waits(stopped.run, stopped.context(TAKAHASHI), "ppc_preliminary", None)
