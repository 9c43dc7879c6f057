"""What people ask for in a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Any

from flows.commands.command import Command, LateCommand
from playbooks.frozen import frozen


@frozen
class Report(Command):
    """Something is wrong. ``run`` is empty: the engine gives the new run its id.

    ``candidates`` come from triage, the likeliest first; ``sure`` says that the first is so likely that the response
    begins with it by itself when the reporter has no time to answer. ``near`` are those between which nobody can tell yet.
    ``by`` is who wrote it, where the actor only says that it is another thing. ``named`` are members whom the words name.
    What is most likely ``everyday`` talk never begins by itself. ``plain``: the first candidate is what it is, and nothing worse
    is acted on in its place.
    """

    text: str
    candidates: tuple[str, ...] = ()
    mode: str = "incident"
    playbook: str | None = None
    sure: bool = False
    near: tuple[str, ...] = ()
    by: str = ""
    named: tuple[str, ...] = ()
    everyday: bool = False
    plain: bool = False


@frozen
class ChoosePlaybook(Command):
    """This is what it looks like; begins the response (``playbook`` empty: none of the proposals fits)."""

    playbook: str


@frozen
class Join(Command):
    """The same thing as an open run, reported by another person; ``near`` are the playbooks that their words come near to.

    ``named`` are the members of whom it is told in confidence.
    """

    text: str
    near: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@frozen
class Acknowledge(Command):
    """I know; from whoever was asked to decide it means, as old buttons said, that they do."""


@frozen
class TellPresence(Command):
    """I know, and I am ``here`` with free hands, ``with_patient`` or ``away``; empty where nobody is asked.

    ``until`` is the time that I named; ``lasting``, that I can't say otherwise for long (in theatre).
    """

    where: str
    until: datetime | None = None
    lasting: bool = False


@frozen
class Leave(Command):
    """I am gone for the day: what I have goes to others."""


@frozen
class TakeScene(Command):
    """I see to it that things are done here, until somebody leads."""


@frozen
class TellByMouth(Command):
    """I told ``member`` in person."""

    member: str


@frozen
class TellCall(Command):
    """I spoke with whom I was asked to call at turn ``of`` (``yes``), or they didn't answer (``no``)."""

    of: int
    reached: str


@frozen
class TakeCommand(Command):
    """I decide from here on."""


@frozen
class SettleCircle(Command):
    """Those who would be told of this may be, but for ``left_out`` (empty: all of them; several with + between them)."""

    left_out: str = ""


@frozen
class RaiseGrade(Command):
    """It is something bigger: from here on it is as loud as ``to`` says."""

    to: str


@frozen
class LowerGrade(Command):
    """It needn't be as loud as it is, but only as ``to`` says; without a reason the bot asks for one."""

    to: str
    reason: str | None = None


@frozen
class Claim(Command):
    """I do the step that is waiting in ``track``."""

    track: str


@frozen
class GiveStep(Command):
    """Let ``to`` have the step of a track that was shown at turn ``shown`` (0: nobody has it); empty: whoever is free."""

    track: str
    shown: int
    to: str = ""


@frozen
class HandCommand(Command):
    """I decide, or am asked to, and want ``to`` to do so from here on; nobody named: whoever is next."""

    to: str = ""


@frozen
class Undo(Command):
    """Take back my answer at turn ``of``."""

    of: int


@frozen
class AnswerStep(Command):
    """An answer to the step shown at turn ``shown``; ``given`` is what was handed over, ``reason`` why.

    ``on_screen``: it was tapped under the very message that shows the step, so that its reader's eyes are there.
    """

    shown: int
    answer: str
    given: Mapping[str, Any] = field(default_factory=dict)
    reason: str | None = None
    on_screen: bool = False


@frozen
class TickItem(Command):
    """Tick or untick ``item`` of the checklist shown at turn ``shown``."""

    shown: int
    item: str


@frozen
class OpenLine(Command):
    """Let me see a line of the card shown at turn ``shown`` by itself, to hand over what it takes, or say that I can't."""

    shown: int
    line: str


@frozen
class SettleLine(Command):
    """An answer to a line of the card shown at turn ``shown``; ``evidence`` is the turn of a photo already sent."""

    shown: int
    line: str
    answer: str
    evidence: int = 0
    given: Mapping[str, Any] = field(default_factory=dict)
    reason: str | None = None


@frozen
class SettleLines(Command):
    """All that the card shown at turn ``shown`` asks is done: settles what takes nothing, and no more."""

    shown: int


@frozen
class Write(LateCommand):
    """Somebody wrote ``text``; where it belongs was found by :mod:`flows.response.placing`. ``shown`` answers that step with it."""

    text: str
    shown: int | None = None
    answered: bool = False
    """What the words did is told: that they were kept needs no message of its own."""


@frozen
class Plead(Command):
    """Somebody wrote ``text`` and wants something; ``wants`` are its names, the first to be answered at the front.

    ``about`` is what it means, as far as it was read: ``reference`` (a number), ``shown`` (the step that it says is done),
    ``who`` (the member who is said to have done it), ``candidates`` (playbooks).
    """

    text: str
    wants: tuple[str, ...]
    about: Mapping[str, Any] = field(default_factory=dict)


@frozen
class RaiseNote(Command):
    """My note at turn ``of`` is a question."""

    of: int


@frozen
class AnswerPlea(Command):
    """Answer what the note at turn ``of`` wants; without a text the bot asks for one."""

    of: int
    text: str | None = None


@frozen
class SeePlea(Command):
    """I have read what the note at turn ``of`` tells, and see to it."""

    of: int


@frozen
class ConfirmDeed(Command):
    """I did what the note at turn ``of`` says of me (``yes``; the bot asks which thing), or did not (``no``)."""

    of: int
    verdict: str


@frozen
class HandIn(LateCommand):
    """A photo or file came in, for the step shown at turn ``shown`` or for the run."""

    reference: str
    media: str
    file_name: str | None = None
    caption: str | None = None
    shown: int | None = None


@frozen
class TellOfPhotos(LateCommand):
    """Patients, their names or charts are to be seen on my photo ``of``, or another of mine (``yes``), or not (``no``)."""

    of: int
    seen: str


@frozen
class ShareNote(LateCommand):
    """Send the note at turn ``of`` to everybody."""

    of: int


@frozen
class AskTime(LateCommand):
    """Let me put right when the entry at turn ``of`` happened."""

    of: int


@frozen
class Correct(LateCommand):
    """The entry at turn ``of`` should read ``text``."""

    of: int
    text: str


@frozen
class KeepAsNote(Command):
    """The text that answered the step at turn ``shown`` was meant as a note: the step is open again."""

    of: int


@frozen
class KeepEvidence(LateCommand):
    """The bytes of evidence ``of`` are on disk."""

    of: int
    sha256: str
    bytes: int


@frozen
class LoseEvidence(LateCommand):
    """The bytes of evidence ``of`` will never come."""

    of: int
    why: str


@frozen
class Decide(Command):
    """Record a decision; without a reason the bot asks for one."""

    decision: str
    choice: str = "yes"
    reason: str | None = None


@frozen
class Ratify(LateCommand):
    """Stand behind the provisional decision ``of`` (``yes``) or object to it (``no``, with a reason)."""

    of: int
    verdict: str
    reason: str | None = None


@frozen
class Waive(Command):
    """Let everything that stands in the way of closing go undone; without a reason the bot asks for one."""

    reason: str | None = None


@frozen
class Close(Command):
    """End the run: refused with reasons, or the review begins."""


@frozen
class SkipQuestion(Command):
    """Nothing to say to this review question."""

    question: str


@frozen
class SignOff(Command):
    """I stand behind this record; the run is closed."""


@frozen
class Reopen(LateCommand):
    """The run has to go on."""

    reason: str | None = None


@frozen
class CallOff(Command):
    """It was a false alarm (in a drill: break it off); without a reason the bot asks for one.

    Where an attack is feared, ``source`` is who has made sure of it (``vendor``, ``expert``), and ``reason`` who and when.
    """

    reason: str | None = None
    source: str | None = None


@frozen
class ConfirmFalse(Command):
    """Somebody who knows (``source``: ``vendor``, ``expert``) has made sure that it was nothing; the bot asks who and when."""

    source: str


@frozen
class SwitchPlaybook(Command):
    """It is no attack but what was proposed (``playbook``): go on with that; ``source`` has made sure, ``reason`` is who and when.

    Or it is the attack that somebody saw a sign of.
    """

    playbook: str
    reason: str | None = None
    source: str | None = None


@frozen
class LearnFacts(LateCommand):
    """Facts became known outside a step."""

    sets: Mapping[str, str]


@frozen
class DropQuestion(LateCommand):
    """I won't answer what the bot is waiting for."""


@frozen
class WriteLater(LateCommand):
    """Let me add something to a run that has ended."""


@frozen
class ShowAgain(LateCommand):
    """Where do we stand? Sends the board and the open step anew."""
