"""What stands on a button: short, in the reader's language, and never empty."""

from __future__ import annotations

from typing import Any, get_type_hints

import pytest

from bot.screens.buttons import VERBS
from bot.screens.labels import label_of
from bot.screens.renderer import Renderer
from flows.commands.command import Command
from flows.commands.drilling import AnswerQuestion, RateObjective, TellVendor
from flows.commands.facility import ChangeMember
from flows.commands.people import (
    AnswerStep,
    CallOff,
    ChoosePlaybook,
    ConfirmDeed,
    ConfirmFalse,
    Decide,
    OpenLine,
    SettleLine,
    SettleLines,
    TakeCommand,
    TellByMouth,
    TellCall,
    TickItem,
)
from flows.messages.calling import WhereWeStand
from flows.messages.message import Message
from flows.record.journal import FACILITY, Owed
from playbooks.model import DECISIONS
from playbooks.texts import LANGUAGES, Language
from tests.clinic import Clinic

LABELLED_ELSEWHERE = (
    AnswerStep,
    ChoosePlaybook,
    TickItem,
    AnswerQuestion,
    RateObjective,
    OpenLine,
    SettleLine,
    SettleLines,
    ConfirmDeed,
    ConfirmFalse,
    TellCall,
    TellVendor,
)
"""Their labels are the playbook's, the quiz's or the scenario's own words."""


BOARD = WhereWeStand()


def label(clinic: Clinic, command: Command, message: Message = BOARD, who: str = "nurse") -> str:
    """Give the label of a command's button for somebody, in the newest run."""
    scene = Renderer(clinic.engine).scene(Owed("", message, clinic.run().id), clinic.id(who), clinic.clock.now())
    return label_of(scene, command)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_button_has_a_label(clinic: Clinic, language: Language) -> None:
    """Each command that a button can carry, in both languages, in at most 64 characters."""
    await clinic.incident()
    clinic.orders(ChangeMember(FACILITY, clinic.id("nurse"), {"language": language}), "nurse")
    track = next(iter(clinic.run().tracks))
    values: dict[str, Any] = {
        "run": clinic.run().id,
        "of": 1,
        "member": "m1",
        "track": track,
        "verdict": "yes",
        "question": "well",
        "seen": "yes",
        "decision": "publish",
        "choice": "yes",
        "named": "no",
        "give_up": "",
        "where": "here",
    }
    for command in VERBS.values():
        if not issubclass(command, LABELLED_ELSEWHERE):
            hints = {n: h for n, h in get_type_hints(command).items() if h in (str, int)}
            needed: dict[str, Any] = {n: values.get(n, 1 if h is int else "word") for n, h in hints.items()}
            assert 0 < len(label(clinic, command(**needed))) <= 64, command


async def test_taking_command_is_called_by_what_it_is(clinic: Clinic) -> None:
    """Nobody has it: take charge; somebody has it: take it back."""
    run = await clinic.incident()
    take = TakeCommand(run.id)
    assert label(clinic, take, BOARD, "deputy") == "対応の責任者になる"

    clinic.orders(take, "deputy")
    assert label(clinic, take, BOARD, "director") == "責任者に戻る"


async def test_calling_off_a_drill_is_not_a_false_alarm(clinic: Clinic) -> None:
    """The same button is called what it does."""
    await clinic.incident()
    assert label(clinic, CallOff(clinic.run().id)) == "誤報だった"

    await clinic.drill()
    assert label(clinic, CallOff(clinic.run().id)) == "訓練を途中で中止する"


async def test_decisions_and_people_by_name(clinic: Clinic) -> None:
    """Each decision has its own words; a colleague is called by name, somebody gone by a question mark."""
    run = (await clinic.incident()).id
    assert len({label(clinic, Decide(run, d)) for d in DECISIONS}) == len(DECISIONS)
    assert label(clinic, TellByMouth(run, clinic.id("deputy"))) == "田中さんに口頭で伝えた"
    assert label(clinic, TellByMouth(run, "m99")) == "?さんに口頭で伝えた"
