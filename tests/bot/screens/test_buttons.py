"""What a button carries fits in Telegram's 64 bytes and comes back as the very command."""

from __future__ import annotations

from typing import Any, get_type_hints

import pytest

from bot.screens.buttons import MOST_BYTES, VERBS, command_of, data_of
from flows.commands.command import Command
from flows.commands.people import AnswerStep, ChoosePlaybook, Claim, TickItem
from tests.library import shipped_catalogue

PLAYBOOKS = shipped_catalogue().playbooks
LONGEST_RUN, LATE_TURN = "incident-9999", 99_999


def filled(command: type[Command]) -> Command:
    """Make a command with something in each field that a button carries."""
    values: dict[str, Any] = {
        name: 7 if hint is int else "incident-1" if name == "run" else "word"
        for name, hint in get_type_hints(command).items()
        if hint in (str, int)
    }
    return command(**values)


@pytest.mark.parametrize("verb", VERBS)
def test_every_command_comes_back_as_it_went(verb: str) -> None:
    """Written into a button and read back, a command is the same, and its verb is the one it has always had."""
    command = filled(VERBS[verb])
    data = data_of(command)

    assert data.split("|")[0] == verb
    assert command_of(data) == command


def test_the_verbs_of_old_screens_still_mean_the_same() -> None:
    """A message from years ago still holds its buttons: no verb is ever given away."""
    meant = {
        "ack": "Acknowledge",
        "ans": "AnswerStep",
        "clm": "Claim",
        "cls": "Close",
        "dec": "Decide",
        "drp": "DropQuestion",
        "end": "CallOff",
        "fil": "FileReport",
        "fix": "AskTime",
        "kno": "MoveKnownAt",
        "ltr": "WriteLater",
        "mem": "KeepAsNote",
        "now": "ShowAgain",
        "opn": "Reopen",
        "pbk": "ChoosePlaybook",
        "per": "AskPersons",
        "rat": "Ratify",
        "ref": "RefuseReport",
        "shr": "ShareNote",
        "sgn": "SignOff",
        "skp": "SkipQuestion",
        "tel": "TellByMouth",
        "tik": "TickItem",
        "tke": "TakeCommand",
        "wav": "Waive",
        "wdr": "WithdrawReport",
    }

    assert {verb: VERBS[verb].__name__ for verb in meant} == meant


@pytest.mark.parametrize("playbook", PLAYBOOKS)
def test_every_button_of_every_playbook_fits(playbook: str) -> None:
    """Also in the ten-thousandth incident, and late in it."""
    book = PLAYBOOKS[playbook]
    wanted: list[Command] = [ChoosePlaybook(LONGEST_RUN, playbook)]
    for name, track in book.tracks.items():
        wanted.append(Claim(LONGEST_RUN, name))
        for step in track.steps.values():
            answers = [*step.answers, *(f"choice:{c}" for c in step.choices)]
            wanted += [AnswerStep(LONGEST_RUN, LATE_TURN, answer) for answer in answers]
            wanted += [TickItem(LONGEST_RUN, LATE_TURN, item) for item in step.choices]

    assert max(len(data_of(command).encode()) for command in wanted) <= MOST_BYTES


def test_what_does_not_fit_is_never_made() -> None:
    """A button of 65 bytes would be refused by Telegram with the whole message, so it is a mistake here already."""
    with pytest.raises(ValueError, match="at most 64 bytes"):
        data_of(Claim("incident-1", "あ" * 20))


@pytest.mark.parametrize(
    "data",
    [
        "",
        "ack",
        "ack|incident-1|more",
        "xyz|incident-1",
        "ans|incident-1|seven|done",
        "menu|language|en",
        "|",
        "ans|r|²|a",
    ],
)
def test_what_no_button_of_ours_carried_is_nothing(data: str) -> None:
    """Made-up data is no command, and no mistake of ours either."""
    assert command_of(data) is None
