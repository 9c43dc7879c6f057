"""A matter of a few: who may know of it, whom whoever reported leaves out, and what everybody else sees of it."""

from __future__ import annotations

import pytest

from flows.commands.people import (
    AnswerPlea,
    ChoosePlaybook,
    Plead,
    RaiseGrade,
    Report,
    SettleCircle,
    ShareNote,
    TakeCommand,
    Write,
)
from flows.record.journal import FACILITY
from flows.scene.circle import sees
from playbooks.model import Playbook
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, TROUBLE, Clinic, playbook_of, replayed, state_of

CASE = """
calls: deciders
tracks:
  only:
    title: {ja: 例, en: Example}
    stage: first_response
    urgency: 1
    help: adviser:lawyer
    role: commander
    steps:
      seen:
        ask: {ja: 見たことを書いてください。, en: Write what you saw.}
        role: reporter
        takes: text
        source: own
      keep:
        ask: {ja: 記録を残してください。, en: Keep the records.}
        role: safety_manager
        source: own
      settle:
        ask: {ja: 決めてください。, en: Settle it.}
        source: own
"""


def a_case() -> Playbook:
    """Make a playbook of a delicate matter."""
    return playbook_of(CASE, "case")


@pytest.fixture
def clinic() -> Clinic:
    """A clinic with a safety manager; the receptionist has reported something delicate."""
    clinic = Clinic(a_case(), playbook_of(TROUBLE)).found()
    clinic.hire(name="山本", roles=("safety_manager",))
    clinic.heard.clear()
    clinic.reports(SATO, "職員のことで相談", "case", candidates=("case",))
    return clinic


YAMAMOTO = "m5"


def heard(clinic: Clinic) -> set[str]:
    """Give everybody who was told anything of a run."""
    return {o.to.removeprefix("phone:") for o in clinic.heard if o.run != FACILITY}


def test_before_anybody_is_told_whoever_reports_is_asked(clinic: Clinic) -> None:
    """Nobody else hears of it, and no step waits; asked once more after ten minutes, and never decided by time."""
    assert clinic.told_to(SATO)[-1] == "who_may_know"
    assert clinic.screens() == {}

    assert [o.name for o in clinic.wait(120) if o.name != "board"] == ["who_may_know"]
    assert heard(clinic) == {SATO}


def test_who_is_left_out_never_hears_of_it(clinic: Clinic) -> None:
    """The director is the one: the deputy leads, all goes on to its end, and nothing ever goes to the director."""
    run = clinic.run.id
    clinic.act(SATO, SettleCircle(run, TAKAHASHI))
    assert clinic.got("alarm") == [TANAKA]
    assert clinic.run.facts["decider_involved"] == "left_out"

    clinic.writes(SATO, "職員Aが名簿を持ち出した", to_step=True)
    clinic.act(TANAKA, TakeCommand(run))
    clinic.answers(YAMAMOTO)
    clinic.act(SATO, Plead(run, "どうすればいいですか", ("question",)))
    assert clinic.run.pleas[next(iter(clinic.run.pleas))].to == (TANAKA,)
    clinic.act(SATO, ShareNote(run, next(iter(clinic.run.notes))))
    clinic.answers(TANAKA)
    clinic.wait(60)

    assert heard(clinic) == {SATO, TANAKA, YAMAMOTO}
    assert clinic.refused(TAKAHASHI, TakeCommand(run)).name == "stale"
    assert state_of(replayed(clinic.journal).runs()[-1]) == state_of(clinic.run)


def test_others_can_neither_look_nor_act(clinic: Clinic) -> None:
    """Whatever somebody outside sends of an old button: it is as if there were no such thing."""
    run = clinic.run.id
    clinic.act(SATO, SettleCircle(run))

    assert not sees(clinic.run, clinic.context(SUZUKI), SUZUKI)
    for wanted in (Write(run, "何ですか"), TakeCommand(run), RaiseGrade(run, "urgent"), AnswerPlea(run, 1)):
        assert clinic.refused(SUZUKI, wanted).name == "stale"
    assert clinic.refused(SUZUKI, SettleCircle(run, SATO)).name == "stale"


def test_nothing_is_shared_before_it_is_said_who_may_know(clinic: Clinic) -> None:
    """There is nobody whom it could be shared with; afterwards there is."""
    run = clinic.run.id
    clinic.writes(SATO, "名簿がない")
    note = next(iter(clinic.run.notes))
    assert clinic.refused(SATO, ShareNote(run, note)).name == "stale"

    clinic.act(SATO, SettleCircle(run))
    clinic.act(SATO, ShareNote(run, note))
    assert TAKAHASHI in clinic.got("note_shared")


def test_it_is_never_told_more_widely(clinic: Clinic) -> None:
    """No tap rings more people, also not by those who know."""
    clinic.act(SATO, SettleCircle(clinic.run.id))

    assert clinic.offered(SATO, RaiseGrade) == clinic.offered(TANAKA, RaiseGrade) == []
    assert clinic.refused(SATO, RaiseGrade(clinic.run.id, "urgent")).name == "stale"


def test_where_nobody_is_left_who_decides_help_is_outside() -> None:
    """The only one who decides is the one: nobody is told, and the facts say so."""
    clinic = Clinic(a_case()).found(
        people=[{"name": "高橋", "roles": ("director",)}, {"name": "佐藤", "roles": ("reception",)}]
    )
    clinic.heard.clear()
    clinic.reports("m2", "院長のこと", "case")
    clinic.act("m2", SettleCircle(clinic.run.id, "m1"))
    clinic.wait(60)

    assert clinic.run.facts["decider_involved"] == "yes"
    assert heard(clinic) == {"m2"}


def test_a_mere_report_of_it_goes_to_nobody_else() -> None:
    """Nobody has said yet what it is, and it looks delicate: whoever wrote it is asked again, those who decide aren't."""
    clinic = Clinic(a_case(), playbook_of(TROUBLE)).found()
    clinic.heard.clear()
    clinic.reports(SATO, "院長が名簿を", None, candidates=("case", "trouble"), near=("case",))
    clinic.wait(10)

    assert heard(clinic) == {SATO}
    assert [o.name for o in clinic.heard if o.name == "question"] == ["question", "question"]


def test_what_time_begins_asks_as_well() -> None:
    """Nobody answered the question: it begins by itself, and still nobody is told before whoever reported has said who may."""
    clinic = Clinic(a_case()).found()
    clinic.heard.clear()
    clinic.reports(SATO, "院長が名簿を", None, candidates=("case",), near=("case",), sure=True)
    clinic.wait(5)

    assert clinic.run.circle_asked
    assert heard(clinic) == {SATO}


def test_what_others_report_meanwhile_is_theirs(clinic: Clinic) -> None:
    """An outage that the nurse reports is its own matter, and no second report of what she doesn't know of."""
    case = clinic.run.id
    clinic.act(SUZUKI, Report("", "動かない", playbook="trouble"))

    assert clinic.run.id != case
    assert TAKAHASHI in clinic.got("alarm")


def test_one_of_an_older_version_goes_on(clinic: Clinic) -> None:
    """Where nobody was asked who may know, those who decide do, and no question waits."""
    old = Clinic(a_case()).found()
    old.act(SATO, Report("", "職員のこと", candidates=("case",)))
    old.act(SATO, ChoosePlaybook(old.run.id, "case"))
    run = old.run.copy()
    run.circle_asked = False

    assert sees(run, old.context(TAKAHASHI), TAKAHASHI)
    assert not sees(run, old.context(SUZUKI), SUZUKI)
