"""Injects come at their time or after a step, to whoever they are meant for, and the facilitator has the last word."""

from __future__ import annotations

import pytest

from flows.commands.drilling import AskInject, HoldInject, SendInject, SkipInject
from flows.commands.people import Close, SettleLine
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, TROUBLE, Clinic, playbook_of
from tests.flows.drills import LIBRARY, SCENARIO, begin, exercise, rehearsing
from tests.flows.response.test_lines import CARD


@pytest.fixture
def clinic() -> Clinic:
    """The clinic in the middle of a tabletop drill that the deputy leads."""
    clinic = rehearsing()
    begin(clinic, scenario="story", facilitator=TANAKA)
    return clinic


def test_it_comes_at_its_minute_and_once(clinic: Clinic) -> None:
    """Whoever ticks and however often; the facilitator sees at once what to listen for."""
    assert not [o for o in clinic.wait(1) if o.name == "inject"]
    owed = clinic.wait(1)
    assert sorted(o.to for o in owed if o.name == "inject") == [f"phone:{m}" for m in (TAKAHASHI, TANAKA, SATO, SUZUKI)]
    assert "facilitation" in clinic.got("facilitation") or [o for o in owed if o.name == "facilitation"]
    clinic.tick()
    assert [h.inject for h in exercise(clinic).happened.values()] == ["visitor"]


def test_a_role_that_nobody_holds(clinic: Clinic) -> None:
    """There is no pharmacist here: it comes to whoever commands, and says for whom it was meant."""
    clinic.wait(4)
    sent = exercise(clinic).sent("fire")

    assert sent is not None
    assert (sent.instead, sent.to) == (True, (clinic.run.commander,))


def test_it_follows_a_step(clinic: Clinic) -> None:
    """Three minutes after the picture was taken, not before, however long that takes."""
    clinic.wait(9)
    assert exercise(clinic).sent("photo") is None
    clinic.photographs(clinic.run.open_steps()[0].member)
    clinic.wait(2)
    assert exercise(clinic).sent("photo") is None

    clinic.wait(1)
    sent = exercise(clinic).sent("photo")
    assert sent is not None
    assert sent.to == (SUZUKI,)


def test_sending_holding_and_skipping(clinic: Clinic) -> None:
    """The facilitator sends one now, holds one back, leaves one out; nobody else may."""
    run = clinic.run.id
    for order in (
        SendInject(run, "visitor"),
        HoldInject(run, "visitor"),
        SkipInject(run, "visitor"),
        AskInject(run),
    ):
        assert clinic.refused(SATO, order).name == "facilitator_only"
    clinic.act(TANAKA, HoldInject(run, "visitor"))
    clinic.act(TANAKA, SkipInject(run, "fire"))
    clinic.wait(10)
    assert exercise(clinic).happened == {}

    clinic.act(TANAKA, SendInject(run, "visitor"))
    assert clinic.refused(TANAKA, SendInject(run, "visitor")).name == "stale"
    assert clinic.refused(TANAKA, HoldInject(run, "fire")).name == "stale"


def test_one_of_their_own(clinic: Clinic) -> None:
    """What the facilitator types happens for everybody else."""
    clinic.act(TANAKA, AskInject(clinic.run.id))
    clinic.writes(TANAKA, "待合室で人が倒れました")

    assert sorted(clinic.got("inject")) == [TAKAHASHI, SATO, SUZUKI]
    assert [h.text for h in exercise(clinic).happened.values()] == ["待合室で人が倒れました"]


def test_nothing_comes_after_the_end(clinic: Clinic) -> None:
    """In the debrief the story is over."""
    clinic.act(TAKAHASHI, Close(clinic.run.id))
    clinic.wait(10)

    assert exercise(clinic).happened == {}


def test_what_is_said_reaches_whoever_leads(clinic: Clinic) -> None:
    """Participants write what they would do: it stands in the record, and the facilitator reads it at once."""
    clinic.wait(2)
    clinic.writes(SATO, "入口でお待ちいただき、紙で受け付けます")

    assert [n.text for n in clinic.run.notes.values()] == ["入口でお待ちいただき、紙で受け付けます"]
    assert clinic.got("note_shared") == [TANAKA]


def test_no_step_runs_over_a_discussion(clinic: Clinic) -> None:
    """Half an hour of talk: no step of the playbook reminds anybody, and whoever leads is not counted among the called."""
    owed = clinic.wait(30)

    assert [o for o in owed if o.name in ("step_reminder", "step_waiting")] == []
    clinic.confirms(TANAKA)
    shown = clinic.board(TANAKA)
    assert shown.confirmed <= shown.called


def test_it_follows_a_step_that_has_become_a_line_of_a_card() -> None:
    """A story of one's own names the step as it was; what it waits for is the line by that name, wherever it stands now."""
    after = SCENARIO.injects[2].model_copy(update={"after": "containment/lead", "delay": 1})
    story = SCENARIO.model_copy(update={"injects": (after,)})
    clinic = Clinic(playbook_of(CARD), drills=LIBRARY.model_copy(update={"scenarios": {"story": story}})).found()
    begin(clinic, scenario="story")
    clinic.wait(2)
    assert exercise(clinic).sent("photo") is None
    clinic.act(SATO, SettleLine(clinic.run.id, clinic.screen(SATO).turn, "lead", "done"))
    clinic.wait(1)

    assert exercise(clinic).sent("photo") is not None


@pytest.mark.parametrize(("answer", "comes"), [("done", True), ("unsure", False)])
def test_it_follows_only_the_answer_that_it_is_for(answer: str, comes: bool) -> None:
    """What happens once the cable is out doesn't happen where nobody could pull it."""
    after = SCENARIO.injects[2].model_copy(update={"after": "containment/unplug=done", "delay": 1})
    story = SCENARIO.model_copy(update={"injects": (after,)})
    clinic = Clinic(playbook_of(TROUBLE), drills=LIBRARY.model_copy(update={"scenarios": {"story": story}})).found()
    begin(clinic, scenario="story")
    clinic.photographs(SATO)
    clinic.answers(SATO, answer)
    clinic.wait(2)

    assert (exercise(clinic).sent("photo") is not None) is comes
