"""What is said about what was heard: where it belongs, that it can't be done or kept, and to strangers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from flows.messages.members import PhoneReplaced
from flows.messages.message import Message, Plain
from flows.messages.upkeep import SealToKeeper
from playbooks.frozen import frozen


@frozen
class Stranger(Plain):
    """This is for members only."""


@frozen
class Greeted(Plain):
    """A greeting is answered, and nothing asked."""


@frozen
class KnownTold(Message, name="known"):
    """What somebody asks or says can be answered without anybody else: ``what`` names the answer, ``reference`` whose number.

    ``language``: it was asked in this one; empty for the reader's own.
    """

    what: str
    reference: str = ""
    language: str = ""


@frozen
class MaskedTold(Message, name="masked"):
    """What you wrote is kept without what seems to be a patient's; the message in the chat ``goes``, or ``stays``."""

    turn: int
    kinds: tuple[str, ...]
    chat: str = ""


@frozen
class MaskedNameless(Plain, name="masked.nameless"):
    """The same of what you said without your name."""


@frozen
class KeptWhole(Plain, name="masked.whole"):
    """It is kept as you wrote it."""


@frozen
class MaskStood(Plain, name="masked.stands"):
    """The bot was started anew, and what you wrote is gone: it stands masked."""


@frozen
class StillInChat(Plain, name="masked.in_chat"):
    """Your message could not be taken away from the chat."""


@frozen
class AnswerTold(Message, name="answer"):
    """What somebody asks is answered the same whoever asks (``what``); ``quiet``, where nothing is known to go on.

    ``language``: it was asked in this one; empty for the reader's own.
    """

    what: str
    quiet: bool = False
    language: str = ""


@frozen
class Group(Plain):
    """Groups are no place for this."""


@frozen
class CodeUnknown(Plain, name="refused.code_unknown"):
    """No invitation has this code."""


@frozen
class CodeUsed(Plain, name="refused.code_used"):
    """The invitation was used already."""


@frozen
class CodeExpired(Plain, name="refused.code_expired"):
    """The invitation has expired."""


@frozen
class AlreadyEnrolled(Plain, name="refused.already_enrolled"):
    """This address belongs to somebody already."""


@frozen
class NotDone(Message, name="refused"):
    """What you asked for may not be, and ``why``."""

    why: str
    data: Mapping[str, Any] = field(default_factory=dict)


@frozen
class OldScreen(Plain):
    """The button that was tapped was on an old screen; what comes next is how things are now."""


@frozen
class CannotKeep(Message):
    """Such a thing can't be kept."""

    what: str


@frozen
class AskSameOrNew(Message):
    """Is it the same thing as ``run``?"""

    turn: int
    run: str
    text: str


@frozen
class AskDrillOrReal(Message):
    """Does it belong to the drill?"""

    turn: int
    text: str


@frozen
class AskReportOrNot(Message):
    """Is it a report?"""

    turn: int
    text: str


@frozen
class HintTold(Message, name="hint"):
    """What must not be done, or is to be done now, whatever it is that goes on; ``advice`` names it."""

    advice: str


@frozen
class HintUnanswered(Message):
    """A colleague wrote what sounds like trouble, at turn ``turn``, and doesn't answer; to the colleague: who was told."""

    turn: int


@frozen
class AskAnswerOrReport(Message):
    """Is it the answer to our question?"""

    turn: int
    text: str


@frozen
class AskAnswerOrPlea(Message):
    """Is it the answer that was waited for, or do you want something (or report something)?"""

    turn: int
    text: str
    candidates: tuple[str, ...] = ()


@frozen
class AskWhichRun(Message):
    """To which of the runs does it belong?"""

    turn: int
    runs: tuple[str, ...]


@frozen
class ReportOrNotDropped(Plain, name="report_or_not.dropped"):
    """It is no report, and was not kept."""


@frozen
class AdviceOffered(Message):
    """Nothing has happened; these are whom you may ask."""


@frozen
class DangerWords(Message):
    """Whom to call and what to do, at once: nothing to answer. Who has ``helped`` needn't be told to call for help.

    ``supposed``: they only asked what to do if it happens.
    ``theme`` has words of its own; ``also`` is the language it was written in, where that is sure.
    """

    danger: str
    helped: bool = False
    supposed: bool = False
    theme: str = ""
    also: str = ""


@frozen
class StrangerInDanger(Message):
    """The same, for whoever nobody enrolled; others are not rung."""

    danger: str


@frozen
class DangerAsked(Message):
    """Everybody will be rung, or may be; say so if it is none."""

    turn: int


@frozen
class DangerCameLate(Message):
    """A colleague wrote of a danger while the bot was off, and nobody was rung: see whether it is still so."""

    turn: int


@frozen
class DangerAlarm(Message):
    """Somebody here is in danger: come."""

    turn: int


@frozen
class DangerNews(Message):
    """What became of a danger, or who has seen it, too: ``text`` of ``member``.

    ``danger`` is its kind, ``place`` where the thing is kept that is looked for (empty: not known).
    Where it is about the call for help: ``called_by`` said at ``called_at`` (ISO) that they called, and
    ``took_back`` that it isn't so.
    """

    news: str
    member: str
    text: str
    danger: str = ""
    called_by: str = ""
    called_at: str = ""
    took_back: bool = False
    place: str = ""


@frozen
class DangerNewsKept(Message):
    """What you wrote of a danger was passed on to ``to``; the rest as in :class:`DangerNews`. ``silent``: you must not be heard."""

    news: str
    to: tuple[str, ...] = ()
    danger: str = ""
    called_by: str = ""
    called_at: str = ""
    place: str = ""
    silent: bool = False


@frozen
class DangerStands(Message):
    """How the danger of ``turn`` stands, for whoever asked; what they wrote beside was passed on to ``to``."""

    turn: int
    to: tuple[str, ...] = ()


@frozen
class DangerKnown(Message):
    """Whom you don't want told of the danger of ``turn`` knows of it already, or will (``members``)."""

    turn: int
    members: tuple[str, ...]


@frozen
class DistressHeard(Message):
    """You wrote that you can't go on; ``to`` know that you need somebody, and not what you wrote."""

    to: tuple[str, ...] = ()


@frozen
class DistressNews(Message):
    """``member`` needs a kind word, and somebody to take over."""

    member: str


@frozen
class DangerOver(Message):
    """The danger of which you were told is none."""

    turn: int


@frozen
class SeeBot(Message):
    """Something waits in the bot that did not get through: for a way round that is to tell nothing else."""


FOR_STRANGERS = (
    Stranger,
    StrangerInDanger,
    Group,
    CodeUnknown,
    CodeUsed,
    CodeExpired,
    AlreadyEnrolled,
    PhoneReplaced,
    SeeBot,
    SealToKeeper,
)
"""Messages that may go to an address nobody enrolled from."""
