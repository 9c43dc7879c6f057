"""What a report comes to: a question, a response that begins, or nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.commands.people import (
    CallOff,
    ChoosePlaybook,
    Join,
    Report,
)
from flows.handbook import Pace
from flows.messages.calling import AskPlaybook
from flows.record.journal import FACILITY
from tests.flows.clinic import (
    MORNING,
    SATO,
    SUZUKI,
    TAKAHASHI,
    TANAKA,
    TROUBLE,
    Clinic,
    playbook_of,
)


def test_the_reporter_gets_the_first_action_at_once(clinic: Clinic) -> None:
    """Nothing waits for an approval: the order that opens the run puts the first step on the reporter's screen."""
    clinic.reports(SATO)

    assert clinic.run.commander is None
    assert clinic.screen(SATO).step == "picture"
    assert clinic.told_to(SATO) == ["opened", "step"]


def test_a_report_nobody_classified_is_asked_about(clinic: Clinic) -> None:
    """Without a playbook there is one question, and no alarm yet; the answer begins the response."""
    clinic.reports(SATO, playbook=None, candidates=("trouble",))
    assert (clinic.run.state, clinic.told_to(SATO), clinic.got("alarm")) == ("reported", ["question"], [])

    clinic.act(SATO, ChoosePlaybook(clinic.run.id, "trouble"))

    assert clinic.run.state == "responding"
    assert clinic.got("alarm") == [TAKAHASHI, TANAKA, SUZUKI]


def test_nobody_has_to_answer_the_question(clinic: Clinic) -> None:
    """Where triage is sure, the likeliest playbook begins by itself, once: after a minute where it may be urgent."""
    clinic.reports(SATO, playbook=None, candidates=("trouble",), sure=True)

    assert "alarm" not in [o.name for o in clinic.wait(0)]
    assert [o.name for o in clinic.wait(3)].count("alarm") == 3


def test_what_the_facility_has_set_counts() -> None:
    """How long a question waits is the facility's, urgent or not."""
    assert [Pace().question_for(urgent=urgent) for urgent in (True, False)] == [1, 3]
    assert [Pace(question=3).question_for(urgent=urgent) for urgent in (True, False)] == [3, 3]


@pytest.mark.parametrize(("near", "minutes"), [("trouble", 1), ("else", 3)], ids=["may be urgent", "anything"])
def test_an_unclear_report_begins_by_itself_too(clinic: Clinic, near: str, minutes: int) -> None:
    """Whoever reported may have no hand for the question: with who decides they are asked once more, and it begins one wait later."""
    clinic.reports(SATO, playbook=None, candidates=("trouble",), near=(near,))

    asked = [(o.name, o.to) for o in clinic.wait(minutes)]
    assert asked == [("question", f"phone:{m}") for m in (SATO, TAKAHASHI, TANAKA)]
    assert [o.name for o in clinic.wait(minutes)].count("alarm") == 3


def test_what_is_most_likely_everyday_talk_never_begins_by_itself(clinic: Clinic) -> None:
    """Its writer is asked once and nobody else; it is put away at last, and those who decide read of it in the evening."""
    clinic.reports(SATO, "観葉植物に水あげた", playbook=None, candidates=("trouble",), near=("trouble",), everyday=True)

    assert [o.name for o in clinic.wait(119)] == []
    clinic.wait(1)
    assert clinic.run.state == "false_alarm"
    clinic.now = MORNING + timedelta(hours=8)
    clinic.tick()
    assert [(o.to, o.silent) for o in clinic.told if o.name == "quiet_ends"] == [
        (f"phone:{m}", True) for m in (TAKAHASHI, TANAKA)
    ]


def test_everyday_talk_that_goes_on_is_none(clinic: Clinic) -> None:
    """A second one who tells of it, or a photo, makes it a report like any other; what its writer calls a mistake is told to nobody."""
    clinic.reports(SATO, playbook=None, candidates=("trouble",), near=("trouble",), everyday=True)
    clinic.act(SUZUKI, Join(clinic.run.id, "こっちもです", ("trouble",)))
    assert [o.name for o in clinic.wait(1)].count("alarm") == 3

    clinic.act(TAKAHASHI, CallOff(clinic.run.id, ""))
    clinic.reports(SATO, playbook=None, candidates=("trouble",), near=("trouble",), everyday=True)
    clinic.act(SATO, CallOff(clinic.run.id))
    clinic.now = MORNING + timedelta(hours=8)
    clinic.tick()
    assert clinic.got("quiet_ends") == []


def test_what_may_be_an_attack_begins_at_once() -> None:
    """However unsure the words are: everybody is called after the one minute that the question has."""
    attack = playbook_of(TROUBLE, "attack").model_copy(update={"event": "cyber_attack"})
    clinic = Clinic(playbook_of(TROUBLE), attack, playbook_of(TROUBLE, "unknown")).found()
    clinic.reports(SATO, playbook=None, candidates=("trouble",), near=("trouble", "attack"))

    assert [o.name for o in clinic.wait(1)].count("alarm") == 3


@pytest.mark.parametrize("begun", [False, True])
def test_who_tells_more_of_their_own_report_is_asked_anew(clinic: Clinic, *, begun: bool) -> None:
    """Before it has begun, in the place of the question that was asked; afterwards they read that it is taken in."""
    clinic.reports(SATO, playbook="trouble" if begun else None, candidates=("trouble",))
    clinic.act(SATO, Join(clinic.run.id, "英語が出てる", ("trouble",)))

    asked = [o.message for o in clinic.told if o.name == "question"]
    assert asked == ([] if begun else [AskPlaybook(more=True)])
    assert ("joined" in clinic.told_to(SATO)) is begun


def test_what_is_like_nothing_is_put_away(clinic: Clinic) -> None:
    """What no playbook is like is asked about again, of the chain as well, and ends at last: nobody is called for nothing."""
    clinic.reports(SATO, playbook=None)

    assert [(o.name, o.to) for o in clinic.wait(30)] == [("question", f"phone:{m}") for m in (SATO, TAKAHASHI, TANAKA)]
    assert clinic.wait(95) == []
    assert clinic.run.state == "false_alarm"


def test_none_of_the_proposals_leads_to_the_unknown(clinic: Clinic) -> None:
    """[どれでもない] begins the playbook for what nobody can name; where there is none, the likeliest."""
    clinic.reports(SATO, playbook=None, candidates=("trouble",))
    clinic.act(SATO, ChoosePlaybook(clinic.run.id, ""))

    assert clinic.run.playbook == clinic.playbooks["trouble"]


def test_an_unknown_playbook_is_refused(clinic: Clinic) -> None:
    """A name that no playbook has opens nothing, and the question stays."""
    clinic.reports(SATO, playbook=None)

    assert clinic.refused(SATO, ChoosePlaybook(clinic.run.id, "witchcraft")).name == "unknown_playbook"


def test_a_response_begins_once(clinic: Clinic) -> None:
    """A second tap on a proposal is refused: it has begun."""
    run = clinic.reports(SATO)

    assert clinic.refused(SATO, ChoosePlaybook(run.id, "trouble")).name == "already_open"


def feared() -> Clinic:
    """Give the clinic in which something may be an attack, or small, or nobody knows."""
    attack = playbook_of(TROUBLE, "attack").model_copy(update={"event": "cyber_attack"})
    other = playbook_of(TROUBLE, "another").model_copy(update={"event": "cyber_attack"})
    clinic = Clinic(playbook_of(TROUBLE), attack, other, playbook_of(TROUBLE, "unknown")).found()
    clinic.reports(SATO, playbook=None, candidates=("trouble",), near=("trouble", "attack"))
    return clinic


def test_the_attack_may_be_named_after_its_posture_was_taken() -> None:
    """Silence took the posture alone: [ランサムウェア] in the old question isn't too late, anything less is; nor is it named twice."""
    clinic = feared()
    clinic.wait(1)
    begun = clinic.run.playbook
    assert begun is not None
    assert begun.playbook == "unknown"
    assert clinic.refused(SATO, ChoosePlaybook(clinic.run.id, "trouble")).data["playbook"] == "unknown"
    clinic.act(SATO, ChoosePlaybook(clinic.run.id, "attack"))

    assert clinic.run.playbook == clinic.playbooks["attack"]
    assert clinic.refused(SATO, ChoosePlaybook(clinic.run.id, "another")).data["playbook"] == "attack"


def test_what_somebody_chose_is_not_chosen_anew() -> None:
    """[どれでもない] began it, no silence: an old button that names the attack comes too late, others are proposed in its steps."""
    clinic = feared()
    clinic.act(SATO, ChoosePlaybook(clinic.run.id, ""))

    assert clinic.refused(SATO, ChoosePlaybook(clinic.run.id, "attack")).data["playbook"] == "unknown"


def test_a_second_reporter_joins(clinic: Clinic) -> None:
    """[同じ件] puts the words into the run, counts as confirmation, and whoever decides hears of it."""
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)

    clinic.act(SUZUKI, Join(clinic.run.id, "処置室も動かない"))

    assert [n.text for n in clinic.run.notes.values()] == ["処置室も動かない"]
    assert SUZUKI in clinic.run.acknowledged
    assert clinic.got("reported_again") == [TAKAHASHI]


def test_a_playbook_for_drills_alone_never_opens_an_incident(clinic: Clinic) -> None:
    """`use: [drill]` keeps what is made for practice out of an emergency; as a drill it can be opened."""
    clinic.playbooks["trouble"] = clinic.playbooks["trouble"].model_copy(update={"use": ("drill",)})

    assert clinic.refused(SATO, Report("", "画面がおかしい", playbook="trouble")).name == "unknown_playbook"
    assert clinic.reports(SATO, mode="drill").drill


def test_a_delicate_matter_calls_nobody_else() -> None:
    """Where only those who decide are called, whoever enrols meanwhile hears nothing."""
    clinic = Clinic(playbook_of(TROUBLE).model_copy(update={"calls": "deciders"})).found()
    clinic.reports(SATO)
    new = clinic.hire(name="伊藤", roles=("nurse",))

    assert [o for o in clinic.wait(5) if o.to == f"phone:{new}" and o.run != FACILITY] == []
