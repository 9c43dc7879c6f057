"""The playbooks call whoever the law's file names, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from playbooks.checking.known import DUTY_FACTS, steps_of
from playbooks.conditions import Condition
from playbooks.duties.assessment import assess
from playbooks.duties.reading import load_duties
from playbooks.duties.shape import Duties
from playbooks.model import Step
from tests.library import shipped_catalogue

JAPAN = load_duties("jp")
NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
CALLS = ("police", "partners", "insurer", "health_centre", "mhlw", "mhlw_failure")
PAPERS = (
    "ppc_preliminary",
    "ppc_final",
    "persons_notice",
    "my_number_preliminary",
    "my_number_final",
    "my_number_notice",
)


def filing(duty: str, playbook: str = "ransomware") -> list[Step]:
    """The steps of a playbook that fulfil a duty."""
    return [step for *_, step in steps_of(shipped_catalogue().playbooks[playbook]) if step.files == duty]


def combinations(*conditions: str) -> Iterator[Mapping[str, str]]:
    """Every way in which the facts of these conditions can be known."""
    assert isinstance(JAPAN, Duties)
    names = sorted({fact for one in conditions for fact in Condition.of(one).facts} & JAPAN.facts.keys())
    for values in product(*(JAPAN.facts[name].values for name in names)):
        yield dict(zip(names, values, strict=True))


@pytest.mark.parametrize("duty", CALLS)
def test_a_call_is_asked_for_exactly_where_it_is_owed(duty: str) -> None:
    """With everything known of us, the line on the card is shown if and only if the law's file lists the call."""
    assert isinstance(JAPAN, Duties)
    (line,) = filing(duty)
    assert line.when
    for facts in combinations(line.when, JAPAN.duties[duty].when):
        known = {**facts, "vendor_attacked": "no"}  # what hit a company of ours has a playbook of its own
        owed = any(one.id == duty for one in assess(JAPAN, known, NOW).owed)
        assert owed == (Condition.of(line.when).holds(known) is not False), known


def test_every_duty_has_its_step() -> None:
    """Reports that live on reminders alone are forgotten: an attack has a step for each, the later ones included."""
    assert isinstance(JAPAN, Duties)
    everywhere = {step.files for book in shipped_catalogue().playbooks.values() for *_, step in steps_of(book)}
    assert JAPAN.duties.keys() <= everywhere
    assert all(filing(duty) for duty in ("ppc_preliminary", "ppc_final", "my_number_final"))
    assert all(filing(duty, "lost_device") for duty in (*PAPERS, "principal", "care_insurance"))


def test_a_wrong_medicine_calls_no_cyber_desk() -> None:
    """Nothing in the playbook of a wrong medicine or a needle stick says that care is hampered or that it was an attack."""
    for name in ("mis_sent", "needle_stick"):
        book = shipped_catalogue().playbooks[name]
        sets = [book.facts, *(answer.sets for *_, step in steps_of(book) for answer in step.answers.values())]
        sets += [choice.sets for *_, step in steps_of(book) for choice in step.choices.values()]
        own = [one for one in sets if one.get("way") == "medicine" or one is book.facts]
        assert all(one.get("care_affected", "no") == "no" for one in own)
        assert all(one.get("nature") not in ("attack", "failure") for one in sets)


def test_open_to_all_on_the_net_is_said_by_whoever_says_how_it_went_wrong() -> None:
    """A page open to all sets it, a fax lifts it, a mail leaves it unknown."""
    way = next(s for *_, name, s in steps_of(shipped_catalogue().playbooks["mis_sent"]) if name == "way")
    said = {choice: answer.sets.get("public_on_net") for choice, answer in way.choices.items()}
    assert (said["open"], said["fax"], said["mail"]) == ("yes", "no", None)


def test_a_run_has_all_facts_of_the_law() -> None:
    """What the law's file asks for is known to the checks of playbooks as a fact that every run has."""
    assert isinstance(JAPAN, Duties)
    assert JAPAN.facts.keys() <= DUTY_FACTS
