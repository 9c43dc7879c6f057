"""What waits behind the gate until the spread is stopped or an hour is over, for whom it is then, and what never waits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.commands.people import Claim, TakeCommand, TellPresence
from flows.commands.reporting import MoveKnownAt
from flows.response.reporting import duties_now
from flows.scene.gate import NEVER_GATED, contained, held, waits
from playbooks.duties.reading import load_duties
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, TROUBLE, Clinic, playbook_of
from tests.library import shipped_catalogue

PAPERS = (
    TROUBLE
    + """
  papers:
    title: {ja: 書類, en: Papers}
    stage: first_response
    urgency: 5
    help: vendor:ehr
    role: safety_manager
    steps:
      draft:
        ask: {ja: 速報を下書きしてください。, en: Draft the report.}
        gated: true
        source: own
      approve:
        ask: {ja: 下書きを読んでください。, en: Read the draft.}
        role: commander
        takes: sign_off
        gated: true
        source: own
"""
)
CATALOGUE, LAW = shipped_catalogue(), load_duties()


@pytest.fixture
def clinic() -> Clinic:
    """The clinic, in which reception has reported; the deputy leads, the director and the nurse are there."""
    clinic = Clinic(playbook_of(PAPERS), duties=LAW).found()
    clinic.reports(SATO)
    clinic.act(TANAKA, TakeCommand(clinic.run.id))
    for who in (TAKAHASHI, SUZUKI):
        clinic.act(who, TellPresence(clinic.run.id, "here"))
    return clinic


def papers(clinic: Clinic) -> list[str]:
    """Give who has a paper on the screen."""
    return [s.member for s in clinic.run.open_steps() if s.track == "papers"]


def test_a_draft_waits_for_the_hour(clinic: Clinic) -> None:
    """Nobody is given it for an hour, nor offered it, though people are free; then it is for those who decide."""
    assert held(clinic.run, clinic.context(SATO), "papers", "draft")
    clinic.wait(59)
    assert papers(clinic) == []
    assert not any(isinstance(c, Claim) and c.track == "papers" for c in clinic.offered(TAKAHASHI, Claim))
    clinic.act(TAKAHASHI, TellPresence(clinic.run.id, "here"))
    clinic.wait(1)
    assert papers(clinic) in ([TAKAHASHI], [TANAKA])


def test_it_opens_when_the_spread_is_stopped(clinic: Clinic) -> None:
    """Coming back has begun: the draft is given at once, to somebody who decides."""
    clinic.answers(SUZUKI)
    clinic.writes(SUZUKI, "3", to_step=True)
    assert papers(clinic) == [TAKAHASHI]


def test_a_paper_goes_to_nobody_else(clinic: Clinic) -> None:
    """The director goes home, the deputy is busy with a decision: the nurse, who is free, doesn't draft reports."""
    clinic.goes_home(TAKAHASHI)
    clinic.answers(SUZUKI)
    clinic.writes(SUZUKI, "3", to_step=True)
    clinic.wait(5)
    assert papers(clinic) == []
    clinic.answers(TANAKA, "choice:keep", reason="被害なし")
    assert papers(clinic) == [TANAKA]


def test_where_it_is_not_urgent_nothing_waits() -> None:
    """A lost device: the draft is given as soon as somebody who may have it is free."""
    clinic = Clinic(playbook_of("grade: firm\n" + PAPERS)).found()
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, TakeCommand(clinic.run.id))
    clinic.act(TANAKA, TellPresence(clinic.run.id, "here"))
    assert papers(clinic) == [TANAKA]


LATER = playbook_of(TROUBLE.replace("How many sheets?}", "How many sheets?}\n        within: 12 h"))


def test_the_first_quarter_is_for_what_is_most_urgent() -> None:
    """The count at the end of the day comes after fifteen minutes, though people are free."""
    clinic = Clinic(LATER).found()
    clinic.reports(SATO)
    clinic.answers(SUZUKI)
    assert SUZUKI not in clinic.screens()
    clinic.wait(14)
    assert "sheets" not in clinic.screens().values()
    clinic.wait(1)
    clinic.answers(
        SUZUKI, "cannot", reason="no camera"
    )  # what the reporter left lying, since she is known to be at work
    assert clinic.screens()[SUZUKI] == "sheets"


@pytest.mark.parametrize(
    ("grade", "within", "waits_for_it"),
    [
        ("urgent", "30 min", False),
        ("urgent", "31 min", True),
        ("firm", "60 min", False),
        ("firm", "61 min", True),
    ],
)
def test_what_presses_in_the_first_quarter(grade: str, within: str, waits_for_it: bool) -> None:
    """While it is urgent, what has to be done within half an hour; else within one. The rest waits for fifteen minutes, no longer."""
    text = TROUBLE.replace("How many sheets?}", f"How many sheets?}}\n        within: {within}")
    clinic = Clinic(playbook_of(f"grade: {grade}\n{text}")).found()
    clinic.reports(SATO)

    def is_held() -> bool:
        return held(clinic.run, clinic.context(SATO), "care", "sheets")

    assert is_held() is waits_for_it
    clinic.now += timedelta(minutes=15)
    assert not is_held()


@pytest.mark.parametrize(("grade", "waits_for_it"), [("urgent", False), ("firm", True)])
def test_what_has_time_comes_once_the_spread_is_stopped(grade: str, waits_for_it: bool) -> None:
    """An urgent matter is calm then, within the first quarter, too; where nothing was urgent, its quarter goes on."""
    text = TROUBLE.replace("How many are left?}", "How many are left?}\n        within: 12 h")
    clinic = Clinic(playbook_of(f"grade: {grade}\n{text}")).found()
    clinic.reports(SATO)
    clinic.act(TANAKA, TakeCommand(clinic.run.id))
    clinic.answers(SUZUKI)
    assert held(clinic.run, clinic.context(SATO), "entry", "remaining")
    clinic.writes(SUZUKI, "3", to_step=True)

    assert contained(clinic.run)
    assert held(clinic.run, clinic.context(SATO), "entry", "remaining") is waits_for_it


@pytest.mark.parametrize(("days", "gated"), [(2, True), (3, False), (4, False), (6, False)])
def test_a_last_day_today_or_tomorrow_waits_for_nothing(clinic: Clinic, days: int, gated: bool) -> None:
    """Known for days: the guideline's fifth day is tomorrow, today, or past, and the draft and its report are shown at once."""
    since = clinic.now - timedelta(days=days)
    clinic.act(SATO, MoveKnownAt(clinic.run.id, f"{since:%-m/%-d} 9:00"))
    here = clinic.context(SATO)
    assert held(clinic.run, here, "papers", "draft") is gated
    owed = {d.id: d.owed for d in duties_now(clinic.run, here.today)}
    assert waits(clinic.run, here, "ppc_preliminary", owed["ppc_preliminary"]) is gated


def test_nobody_who_decides_is_to_be_reached() -> None:
    """All of them are silent: whoever runs the scene reads what is owed and never waits; before that, and the others, don't."""
    clinic = Clinic(playbook_of(PAPERS), duties=LAW).found()
    clinic.reports(SATO)
    assert clinic.board(SATO).duties == ()
    clinic.wait(6)
    assert clinic.run.command_offered is not None
    assert {d.id for d in clinic.board(SATO).duties} <= NEVER_GATED
    assert clinic.board(SATO).duties != ()
    assert clinic.board(SUZUKI).duties == ()


def test_what_never_waits_is_never_gated() -> None:
    """No step or line of a shipped playbook that calls the police, partners, insurer or a bank, or locks from afar, is held."""
    for playbook in CATALOGUE.playbooks.values():
        for (track, _), place in playbook.places().items():
            step = playbook.step(track, place)
            called = (step.contact or "").removeprefix("authority:").removeprefix("adviser:").removeprefix("partner:")
            never = step.files in NEVER_GATED or called in (
                "police",
                "police_cyber",
                "connected",
                "insurer",
                "bank",
                "card",
            )
            card = playbook.step(track, place.partition("/")[0])
            assert not (card.gated and never), (playbook.playbook, track, place)
