"""What is said when something is reported: the alarm, who decides, and where a run stands."""

from __future__ import annotations

from flows.messages.message import Message, Plain, secret
from playbooks.frozen import frozen


@frozen
class AskPlaybook(Message, name="question"):
    """What does it look like? ``again`` when nobody has answered for a while; ``more``, that what was told since is taken in.

    ``everybody``: its reader is about to tell all, and reads first whom it names.
    """

    again: bool = False
    more: bool = False
    everybody: bool = False


@frozen
class ReportOver(Message):
    """You reported something, and write at ``turn`` that it was nothing, or is over: is it taken back?"""

    turn: int


@frozen
class FirstWordsTold(Message, name="first_words"):
    """What to do at once, before any question: the words that were ``chosen``; ``supposed``, that nothing has happened."""

    chosen: str
    supposed: bool = False


@frozen
class ResponseBegun(Message, name="opened"):
    """The response to what you reported has begun."""


@frozen
class Alarm(Message):
    """Something has happened; confirm that you know."""


@frozen
class AlarmAgain(Message):
    """You have not confirmed yet; ``count`` says for the record how often that was told."""

    count: int


@frozen
class LouderNow(Message):
    """It is as loud as ``grade`` says, because of ``why``; where somebody said so, it was ``by``."""

    grade: str
    why: str
    by: str = ""


@frozen
class QuieterNow(Message):
    """It is only as loud as ``grade`` says: ``by`` has lowered it, for a ``reason``."""

    grade: str
    by: str
    reason: str


@frozen
class WhoMayKnow(Message):
    """Before anybody is told: is there somebody who isn't to know? ``wanted`` are those of whom its reader wrote that they are."""

    wanted: tuple[str, ...] = ()


@frozen
class AlarmConfirmed(Message):
    """The alarm that you have confirmed."""


@frozen
class VoiceCallWanted(Message):
    """Call somebody by voice, before anything else, as you were asked at ``turn``; later what came of it."""

    turn: int


@frozen
class SpokenWith(Message):
    """A colleague says that they spoke with you, as asked at ``turn``: will you lead?"""

    turn: int


@frozen
class Joined(Plain):
    """What you reported is going on already; it stands there now."""


@frozen
class AnotherReport(Message, name="reported_again"):
    """Somebody reported the same thing: the note at ``turn``."""

    turn: int


@frozen
class CommandAsk(Message):
    """You are asked to decide, since ``after`` did not answer."""

    after: str


@frozen
class CommandOpen(Message):
    """Whoever can is asked to decide."""


@frozen
class CommandYours(Message):
    """You decide now."""

    member: str = ""


@frozen
class LeadersOffered(Message):
    """Who is to decide from here on?"""


@frozen
class CommandWanted(Message):
    """``by`` wants you to decide from here on; with ``you`` False: they were asked, and you decide until they accept."""

    by: str
    you: bool = True


@frozen
class LeadOffered(Message):
    """You want to take charge: with one tap, if you may; else who has it, or is asked, and what you may do instead."""


@frozen
class SceneIs(Message):
    """``member`` runs the scene now."""

    member: str


@frozen
class LeavingAsked(Message):
    """You seem to be about to go: are you?"""


@frozen
class LeavingHeard(Message):
    """You are gone for the day; what you had is seen to."""


@frozen
class CommandIs(Message, name="command_taken"):
    """Somebody decides now."""

    member: str


@frozen
class WelcomeBack(Message):
    """You can be reached again."""


@frozen
class WhereNow(Message):
    """Where are you now? What you said of it no longer holds, or you said you would be here by now."""


@frozen
class ArrivalIs(Message):
    """``member`` is on their way, and when they will be here."""

    member: str


@frozen
class BriefingCard(Message):
    """How all of it stands, in the same ten lines each time, for those who lead."""


@frozen
class BriefingLine(Message):
    """How it stands, in one line."""


@frozen
class DowntimeNear(Message):
    """These systems (by their ids) may not stand still much longer, or have too long already."""

    near: tuple[str, ...]
    over: tuple[str, ...] = ()


@frozen
class WhereWeStand(Message, name="board"):
    """A run at a glance."""


@frozen
class BoardLink(Message):
    """The link to the board of its run, for a room; ``here``: on the bot's own machine alone. ``texts``: with what people wrote."""

    until: str
    here: bool
    texts: bool = False
    link: str = secret()


@frozen
class NothingGoesOn(Plain, name="board.nothing"):
    """Nothing is going on."""


@frozen
class DecisionsOffered(Message, name="decide"):
    """Which decision do you want to record?"""


@frozen
class ChooseRun(Message):
    """Which of the runs is the command ``word`` about?"""

    word: str
    runs: tuple[str, ...]


@frozen
class RunsListed(Message, name="runs.list"):
    """What went on here, the newest first."""
