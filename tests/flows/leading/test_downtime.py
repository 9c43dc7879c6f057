"""Whoever leads hears that a system may not stand still much longer, and when it has too long."""

from __future__ import annotations

import pytest

from contacts.shapes.systems import System
from flows.commands.facility import PutRegistry, RegistryRow
from flows.commands.people import LearnFacts, TakeCommand
from flows.leading.downtime import stopped_since
from flows.record.journal import FACILITY
from tests.flows.clinic import SATO, TAKAHASHI, TOKYO, TROUBLE, Clinic, playbook_of, replayed, state_of

OUTAGE = f"stops: [ehr]{TROUBLE}"
ATTACK = TROUBLE.replace("{ja: 止める, en: Stop}", "{ja: 止める, en: Stop, sets: {systems: stopped}}").replace(
    "decision: stop_systems", "decision: stop_systems\n        known: [downtime]"
)
CHARTS = System(id="charts", name="電子カルテ", service="ehr", allowed_downtime=240)
IMAGES = System(id="images", name="画像", service="imaging", allowed_downtime=60)
NO_TIME = System(id="bills", name="レセコン", service="ehr")


def begun(playbook: str = OUTAGE, *systems: System) -> Clinic:
    """Give the clinic at nine, with these systems, in which reception has reported and the director leads."""
    clinic = Clinic(playbook_of(playbook)).found()
    for system in systems or (CHARTS, IMAGES, NO_TIME):
        row = RegistryRow("system", system.id, system.model_dump_json(), None)
        clinic.act(TAKAHASHI, PutRegistry(FACILITY, (row,)))
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    return clinic


def told(clinic: Clinic) -> list[tuple[str, str]]:
    """Give when whoever leads was told, and of what."""
    return [
        (f"{e.recorded_at.astimezone(TOKYO):%H:%M}", e.body)
        for e in clinic.journal.entries()
        if e.kind == "downtime_reminded"
    ]


def test_a_quarter_before_and_when_it_is_over() -> None:
    """Four hours for the charts: at noon and at one, to whoever leads alone; nothing of systems that this doesn't stop."""
    clinic = begun()
    owed = clinic.wait(250)

    assert [(when, "near" in body and '"near":["charts"]' in body) for when, body in told(clinic)] == [
        ("12:00", True),
        ("13:00", False),
    ]
    assert {o.to for o in owed if o.name == "downtime_near"} == {f"phone:{TAKAHASHI}"}
    assert state_of(clinic.run) == state_of(replayed(clinic.journal).runs()[-1])


def test_a_bot_that_was_off_says_only_that_it_is_over() -> None:
    """Nobody reads that it is nearly over when it is."""
    clinic = begun()
    clinic.now = clinic.now.replace(hour=14)
    clinic.tick()
    clinic.wait(5)

    assert [body for _, body in told(clinic)] == ['{"near":[],"over":["charts"]}']


@pytest.mark.parametrize("facts", [{"scope": "one"}, {"reopened": "yes"}])
def test_nothing_where_nothing_stands_still(facts: dict[str, str]) -> None:
    """Only one machine is out of order, or they work again."""
    clinic = begun()
    clinic.act(TAKAHASHI, LearnFacts(clinic.run.id, facts))
    clinic.wait(250)

    assert told(clinic) == []


def test_an_attack_counts_from_the_decision() -> None:
    """Until somebody decides to stop them they run; then it is about all systems of the ledger."""
    clinic = begun(ATTACK, CHARTS, IMAGES)
    clinic.wait(5)
    assert stopped_since(clinic.run) is None
    clinic.answers(TAKAHASHI, "choice:halt")
    clinic.writes(TAKAHASHI, "広がるため")
    assert stopped_since(clinic.run) == clinic.now
    clinic.wait(62)

    assert [body for _, body in told(clinic)] == ['{"near":["images"],"over":[]}', '{"near":[],"over":["images"]}']
