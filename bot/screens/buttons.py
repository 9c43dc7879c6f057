"""Buttons and the commands behind them: 64 bytes that survive a restart, a resend and a stale screen."""

from __future__ import annotations

from dataclasses import fields
from typing import get_type_hints

from bot.screens.requests.request import Request
from flows.commands.command import Command
from flows.commands.drilling import (
    AnswerQuestion,
    AskFeedback,
    AskInject,
    AskVendorLesson,
    EndExcuse,
    Excuse,
    HoldInject,
    LeadExercise,
    PauseExercise,
    RateObjective,
    ReleaseFeedback,
    ResumeExercise,
    SendInject,
    SkipInject,
    TellVendor,
)
from flows.commands.helping import CallHelp, GoHelp, LeaveUndone, MakeUp, SpareMinute
from flows.commands.people import (
    Acknowledge,
    AnswerPlea,
    AnswerStep,
    AskTime,
    CallOff,
    ChoosePlaybook,
    Claim,
    Close,
    ConfirmDeed,
    ConfirmFalse,
    Decide,
    DropQuestion,
    GiveStep,
    HandCommand,
    KeepAsNote,
    Leave,
    LowerGrade,
    OpenLine,
    RaiseGrade,
    RaiseNote,
    Ratify,
    Reopen,
    SeePlea,
    SettleCircle,
    SettleLine,
    SettleLines,
    ShareNote,
    ShowAgain,
    SignOff,
    SkipQuestion,
    SwitchPlaybook,
    TakeCommand,
    TakeScene,
    TellByMouth,
    TellCall,
    TellOfPhotos,
    TellPresence,
    TickItem,
    Undo,
    Waive,
    WriteLater,
)
from flows.commands.promising import AskPromisedTime, CallAgain, KeepPromise
from flows.commands.reporting import (
    AskMyNumberPersons,
    AskPersons,
    FileReport,
    MoveKnownAt,
    RefuseReport,
    WithdrawReport,
)

MOST_BYTES = 64
"""What Telegram allows for the data of a button, in UTF-8."""

VERBS: dict[str, type[Command]] = {
    "ack": Acknowledge,
    "ans": AnswerStep,
    "cag": CallAgain,
    "cir": SettleCircle,
    "clm": Claim,
    "bak": EndExcuse,
    "cls": Close,
    "dec": Decide,
    "did": ConfirmDeed,
    "drp": DropQuestion,
    "end": CallOff,
    "exc": Excuse,
    "fee": AskFeedback,
    "fal": ConfirmFalse,
    "fil": FileReport,
    "fix": AskTime,
    "giv": GiveStep,
    "hcm": HandCommand,
    "hgo": GoHelp,
    "hlp": CallHelp,
    "hld": HoldInject,
    "inj": SendInject,
    "kep": KeepPromise,
    "kno": MoveKnownAt,
    "all": SettleLines,
    "led": LeadExercise,
    "lea": Leave,
    "lev": LeaveUndone,
    "lin": SettleLine,
    "lno": OpenLine,
    "low": LowerGrade,
    "ltr": WriteLater,
    "mad": MakeUp,
    "mem": KeepAsNote,
    "min": SpareMinute,
    "myn": AskMyNumberPersons,
    "now": ShowAgain,
    "opn": Reopen,
    "own": AskInject,
    "pau": PauseExercise,
    "pbk": ChoosePlaybook,
    "per": AskPersons,
    "qst": RaiseNote,
    "qui": AnswerQuestion,
    "ptm": AskPromisedTime,
    "rat": Ratify,
    "ref": RefuseReport,
    "big": RaiseGrade,
    "rel": ReleaseFeedback,
    "rpl": AnswerPlea,
    "res": ResumeExercise,
    "rte": RateObjective,
    "see": SeePlea,
    "shr": ShareNote,
    "sgn": SignOff,
    "ski": SkipInject,
    "skp": SkipQuestion,
    "spo": TellCall,
    "swi": SwitchPlaybook,
    "pho": TellOfPhotos,
    "tel": TellByMouth,
    "tik": TickItem,
    "tke": TakeCommand,
    "tsc": TakeScene,
    "und": Undo,
    "ven": TellVendor,
    "vle": AskVendorLesson,
    "wav": Waive,
    "wdr": WithdrawReport,
    "whe": TellPresence,
}
"""The commands a button can carry; a verb is never given to another command, old screens still hold it."""

_VERB_OF = {command: verb for verb, command in VERBS.items()}
_SHORT_FIELDS = {
    command: [f.name for f in fields(command) if get_type_hints(command)[f.name] in (str, int)]
    for command in VERBS.values()
}


def data_of(asked: Command | Request) -> str:
    """Give the data of the button that orders a command or asks the bot itself; ValueError if it doesn't fit."""
    data = asked.data if isinstance(asked, Request) else _data_of(asked)
    if len(data.encode()) > MOST_BYTES:
        raise ValueError(f"the data of a button is at most {MOST_BYTES} bytes: {data}")
    return data


def _data_of(command: Command) -> str:
    names = _SHORT_FIELDS[type(command)]
    return "|".join([_VERB_OF[type(command)], *(str(getattr(command, name)) for name in names)])


def command_of(data: str) -> Command | None:
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
