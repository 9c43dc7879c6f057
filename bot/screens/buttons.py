"""Buttons and the commands behind them: 64 bytes that survive a restart, a resend and a stale screen."""

from __future__ import annotations

from dataclasses import fields
from typing import get_type_hints

from flows import commands as cmd

MOST_BYTES = 64
"""What Telegram allows for the data of a button, in UTF-8."""

VERBS: dict[str, type[cmd.Command]] = {
    "ack": cmd.Acknowledge,
    "ans": cmd.AnswerStep,
    "cag": cmd.CallAgain,
    "clm": cmd.Claim,
    "bak": cmd.EndExcuse,
    "cls": cmd.Close,
    "dec": cmd.Decide,
    "drp": cmd.DropQuestion,
    "end": cmd.CallOff,
    "exc": cmd.Excuse,
    "fee": cmd.AskFeedback,
    "fil": cmd.FileReport,
    "fix": cmd.AskTime,
    "hld": cmd.HoldInject,
    "inj": cmd.SendInject,
    "kep": cmd.KeepPromise,
    "kno": cmd.MoveKnownAt,
    "led": cmd.LeadExercise,
    "ltr": cmd.WriteLater,
    "mem": cmd.KeepAsNote,
    "now": cmd.ShowAgain,
    "opn": cmd.Reopen,
    "own": cmd.AskInject,
    "pau": cmd.PauseExercise,
    "pbk": cmd.ChoosePlaybook,
    "per": cmd.AskPersons,
    "qui": cmd.AnswerQuestion,
    "ptm": cmd.AskPromisedTime,
    "rat": cmd.Ratify,
    "ref": cmd.RefuseReport,
    "rel": cmd.ReleaseFeedback,
    "res": cmd.ResumeExercise,
    "rte": cmd.RateObjective,
    "shr": cmd.ShareNote,
    "sgn": cmd.SignOff,
    "ski": cmd.SkipInject,
    "skp": cmd.SkipQuestion,
    "tel": cmd.TellByMouth,
    "tik": cmd.TickItem,
    "tke": cmd.TakeCommand,
    "wav": cmd.Waive,
}
"""The commands a button can carry; a verb is never given to another command, old screens still hold it."""

MENU = "menu"
"""The verb of buttons that ask the bot itself for something (``menu|language|en``)."""

USUAL = "+"
"""Chosen instead of a time: the one that the sessions leave free."""

_VERB_OF = {command: verb for verb, command in VERBS.items()}
_SHORT_FIELDS = {
    command: [f.name for f in fields(command) if get_type_hints(command)[f.name] in (str, int)]
    for command in VERBS.values()
}


def data_of(command: cmd.Command) -> str:
    """Give the data of the button that orders ``command``; ValueError if it doesn't fit."""
    names = _SHORT_FIELDS[type(command)]
    data = "|".join([_VERB_OF[type(command)], *(str(getattr(command, name)) for name in names)])
    if len(data.encode()) > MOST_BYTES:
        raise ValueError(f"the data of a button is at most {MOST_BYTES} bytes: {data}")
    return data


def menu(*words: str | int) -> str:
    """Give the data of a button that asks the bot itself."""
    return "|".join([MENU, *(str(w) for w in words)])


def command_of(data: str) -> cmd.Command | None:
    """Read a button's data back; None for what no button of ours ever carried."""
    verb, *values = data.split("|")
    command = VERBS.get(verb)
    if command is None or len(values) != len(_SHORT_FIELDS[command]):
        return None
    types = get_type_hints(command)
    try:
        return command(**{name: types[name](value) for name, value in zip(_SHORT_FIELDS[command], values, strict=True)})
    except ValueError:
        return None
