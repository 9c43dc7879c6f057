"""What is said about notes, evidence, decisions and questions of a run."""

from __future__ import annotations

from flows.messages.message import Message, Plain
from playbooks.frozen import frozen


@frozen
class AnswerAwaited(Message, name="asking"):
    """The next thing that you write is taken as the answer to ``what``."""

    what: str


@frozen
class Dropped(Plain):
    """Nothing is waited for any more."""


@frozen
class NoteKept(Message):
    """Your note was kept."""

    turn: int
    timed: bool = False


@frozen
class PleaKept(Message):
    """Who has what your note at ``turn`` wants."""

    turn: int


@frozen
class PleaRaised(Message):
    """A colleague wants to know something, or tells you what you must know: the note at ``turn``."""

    turn: int


@frozen
class PleaSettled(Message):
    """What the note at ``turn`` wanted has its answer."""

    turn: int


@frozen
class NumberTold(Message):
    """The number that you asked for in the note at ``turn``; ``reference`` is whose."""

    turn: int
    reference: str = ""


@frozen
class ThingShown(Message):
    """What you asked about in the note at ``turn``, in ``language`` (empty: your own), looks like this ``picture``."""

    turn: int
    picture: str
    language: str = ""


@frozen
class NowYours(Message):
    """The one thing that is yours now, and what patients may be told.

    ``found``, that you found what you look for; ``over``, that what was small is over, as you say; ``handled``, that somebody
    may have looked into what was lost.
    """

    found: bool = False
    over: bool = False
    handled: bool = False


@frozen
class FoundTold(Message):
    """The note at ``turn`` says that what you look for, in the step shown at ``shown``, was found."""

    turn: int
    shown: int


@frozen
class PlaceTold(Message):
    """Where things of a ``kind`` lie that are kept for an emergency."""

    kind: str


@frozen
class StandingTold(Message):
    """How the steps and lines (``track/step/line``) stand that you asked about in the note at ``turn``."""

    turn: int
    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    """Members of whom it was asked whether they know."""
    advised: bool = False
    """It was asked whether they are to be done: they are."""


@frozen
class KeptFrom(Message):
    """Of whom you want to keep it, ``people``: whether they have been told of it already."""

    people: tuple[str, ...]


@frozen
class HowFar(Message):
    """How far it is: what is done, what isn't, by name, and whom to call next."""


@frozen
class Advised(Message):
    """What you ask about in the note at ``turn`` must not be done here."""

    turn: int


@frozen
class ForbiddenTold(Message):
    """What you ask about in the note at ``turn`` is what a step (``track/step/line``) forbids, its ``number``-th."""

    turn: int
    place: str
    number: int


@frozen
class ComingTold(Message):
    """What is known of what you ask in the note at ``turn`` when it comes: others' ``notes``, and what a firm promised."""

    turn: int
    notes: tuple[int, ...] = ()
    promises: tuple[int, ...] = ()


@frozen
class DrillOrNot(Message):
    """Whether what goes on is a drill."""


@frozen
class BusyHeard(Message):
    """You can't now; say so with one tap, and others are asked."""


@frozen
class DoneOffered(Message):
    """The note at ``turn`` says that the step shown at ``shown`` is done, or that ``line`` of it; is it?"""

    turn: int
    shown: int
    line: str = ""


@frozen
class FilingOffered(Message):
    """The note at ``turn`` says that reports are made: record it, with when and the receipt."""

    turn: int


@frozen
class FalseAlarmOffered(Message):
    """You say that it was no incident, and it is yours to call it off."""


@frozen
class OrderHeard(Message):
    """What you order at ``turn`` is for nobody by name, and nobody has read it yet."""

    turn: int


@frozen
class DeedAsked(Message):
    """A colleague says in the note at ``turn`` that you did something; did you?"""

    turn: int


@frozen
class DeedTold(Message):
    """What whoever was said to have done something says to it."""

    turn: int
    by: str
    did: bool
    text: str = ""


@frozen
class NoteOfAnother(Message, name="note_shared"):
    """A note that everybody is to read."""

    turn: int


@frozen
class Righted(Plain, name="corrected"):
    """What you put right stands so."""

    turn: int = 0


@frozen
class EvidenceArrived(Plain, name="evidence_received"):
    """What you sent is kept."""

    turn: int = 0


@frozen
class VoiceArrived(Plain, name="evidence_received.voice"):
    """What you spoke is kept; in words it is asked for once more."""

    turn: int = 0


@frozen
class PhotosAsked(Message):
    """Are patients, their names or charts to be seen on the photo at ``turn``? Asked once a run."""

    turn: int


@frozen
class PhotosShowPatients(Plain):
    """What to do with photos on which patients are to be seen."""


@frozen
class PhotosShowNobody(Plain):
    """Good, and so with the next ones."""


@frozen
class EvidenceGone(Plain, name="evidence_lost"):
    """What you sent could not be fetched; send it again. ``over`` says which bound it went over, if it did."""

    turn: int = 0
    over: str = ""


@frozen
class DecisionTold(Message, name="decided"):
    """A decision was made."""

    turn: int


@frozen
class RatifyAsk(Message):
    """A provisional decision waits for you to stand behind it."""

    turn: int


@frozen
class RatifiedBy(Message, name="ratified"):
    """Somebody stands behind a decision, or objects to it."""

    turn: int
    by: str
