"""What the playbooks that come along promise of their order, played as people would."""

from __future__ import annotations

import pytest

from flows.commands.people import AnswerStep, ChoosePlaybook, LearnFacts, Report, TellPresence
from flows.response.lines import open_lines
from playbooks.conditions import Condition
from playbooks.model import FACILITY_KINDS, FacilityKind
from tests.flows.clinic import CLINIC, SATO, TANAKA, Clinic
from tests.library import shipped_catalogue
from tests.worst import LEAK, PEOPLE, Worst


@pytest.fixture
def lost() -> Clinic:
    """A tablet was lost by reception; the deputy is in the house."""
    clinic = Clinic(*shipped_catalogue().playbooks.values()).found(CLINIC, PEOPLE)
    clinic.act(SATO, Report("", "タブレットをなくした", candidates=("lost_device",)))
    clinic.act(SATO, ChoosePlaybook(clinic.run.id, "lost_device"))
    clinic.act(TANAKA, TellPresence(clinic.run.id, "here"))
    clinic.answers(SATO, "choice:phone")
    return clinic


def test_it_is_locked_while_it_is_searched_for(lost: Clinic) -> None:
    """Whoever lost it rings the last place and looks; in the same minute somebody else has the card to lock it from afar."""
    assert lost.screens() == {SATO: "look_again", TANAKA: "office"}
    assert next(iter(lost.run.text_of("locking", "office").lines)) == "lock_afar"


def test_what_is_found_ends_the_search_at_once(lost: Clinic) -> None:
    """Nobody locks it any more, nothing is erased, replaced or assessed; one question and one decision are left."""
    lost.act(SATO, AnswerStep(lost.run.id, lost.screen(SATO).turn, "found"))

    assert "step_released" in lost.told_to(TANAKA)
    assert lost.screens() == {SATO: "found_how"}
    lost.answers(SATO, "choice:untouched")
    assert lost.run.waiting() == [("containment", "came_back")]


@pytest.mark.parametrize("kind", FACILITY_KINDS)
def test_erasing_waits_for_the_police(kind: FacilityKind) -> None:
    """It is asked of whoever leads, and only after the police were told; the line is stopped behind it."""
    worst = Worst("lost_device", kind, {"look_again": ["not_found"], **LEAK})
    worst.play()
    run = worst.clinic.run
    told, erased = run.answered["containment", "still_gone/police"], run.answered["wiping", "wipe/erase"]

    assert told.turn < run.shown[erased.shown].turn < erased.turn
    assert erased.by == run.commander
    assert list(run.text_of("wiping", "wipe").lines) == ["erase", "stop_line"]


@pytest.mark.parametrize("kind", FACILITY_KINDS)
def test_one_persons_card_ends_with_one_question(kind: FacilityKind) -> None:
    """The next person's card works: nothing else is asked of anybody."""
    played = Worst("eligibility_outage", kind, {"how_many_people": ["one"]}).play()

    assert played.steps == ["finding_out/how_many_people"]


def test_a_server_is_looked_at_once_it_is_known_that_there_is_one() -> None:
    """What an answer on a card calls for stands on it from then on, and not before; who doesn't know is asked to look, too."""

    def offered(**answered: str) -> set[str]:
        clinic = Clinic(*shipped_catalogue().playbooks.values()).found(CLINIC, PEOPLE)
        clinic.act(SATO, Report("", "カルテが動かない", playbook="ehr_outage"))
        clinic.act(SATO, LearnFacts(clinic.run.id, answered))
        return set(open_lines(clinic.run, clinic.context(SATO), "finding_out", "what_stopped"))

    assert offered() == {"one_or_all", "power", "hosting"}
    assert offered(hosting="onpremises") - offered() == {"server_lamps"}
    assert offered(hosting="unknown") - offered() == {"server_lamps"}


def test_what_nobody_could_tell_at_first_is_asked_once_more() -> None:
    """Extension, way in and traces: asked again with the last reports while open, of whoever prepares them; what was told isn't."""
    ransomware = shipped_catalogue().playbooks["ransomware"]
    first = {
        "extension": ("containment", "what_seen/extension"),
        "entry_told": ("recovery", "before_restore/entry_told"),
        "indicators": ("recovery", "before_restore/indicators"),
    }
    for line, (track, place) in first.items():
        told = ransomware.step(track, place).answers["done"].sets
        again = ransomware.step("cause_and_prevention", f"last_reports/{line}").when
        assert again is not None
        assert Condition.of(again).holds({"nature": "attack"}) is not False, line
        assert Condition.of(again).holds({"nature": "attack", **told}) is False, line
        assert Condition.of(again).holds({"nature": "outage"}) is False, line
