"""A deed: all that one act asks for, done whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias

from flows.commands.command import Command
from flows.events.event import Event
from flows.record.journal import Owed
from flows.refusals import Refused
from playbooks.frozen import frozen


@frozen
class Voice:
    """What somebody says about a drill without their name: laid aside, and no entry tells that it was said."""

    run: str
    text: str


class Deed:
    """What an act asks for, in its order.

    A part is a command; a message to owe; a voice; another deed; a function that gives a deed, called when all before it
    is done, so that it sees what that came to; or a refusal, which is told to whoever acts and ends the act, while what
    stands before it stays done.

    ``answers``: the question that waits for whoever acts as the deed begins is answered by it. ``once`` is a cause of
    its own for what may be done a single time, by whichever act. ``or_else`` gives what is done instead when a part is
    refused; without it, the whole act is. ``by`` is who acts. ``said`` is when it was said, where that was
    before the act.
    ``afterwards`` is called when all is on disk, for what is remembered outside the journal.
    """

    __slots__ = ("afterwards", "answers", "by", "once", "or_else", "parts", "said")

    def __init__(
        self,
        *parts: Part,
        answers: bool = False,
        once: str = "",
        or_else: Callable[[Refused], Deed] | None = None,
        by: str = "",
        said: datetime | None = None,
        afterwards: Callable[[], object] | None = None,
    ) -> None:
        self.parts = parts
        self.answers = answers
        self.once = once
        self.or_else = or_else
        self.by = by
        self.said = said
        self.afterwards = afterwards


Part: TypeAlias = Command | Owed | Voice | Refused | Deed | Callable[[], Deed]


@frozen
class Attempt:
    """An act that waits to be done: its cause, its time, and how its deed is made once all before it is done.

    ``known_as`` are other causes under which an older version may have written it. ``tells`` gives what a refusal owes
    to people. ``said`` is when it was written, where that is known: it may have waited for the bot for hours.

    ``cover`` masks what must not be kept of what was written: it is decided on the text as it is, and whatever comes to
    disk (entries, messages, voices) is covered. ``covered`` gives what is done then, with the events in which something
    was; none where it was said without a name.
    """

    cause: str
    now: datetime
    deed: Callable[[], Deed]
    known_as: tuple[str, ...] = ()
    tells: Callable[[Refused], Sequence[Owed]] = lambda _: ()
    cover: Callable[[str], str] | None = None
    covered: Callable[[Sequence[Event]], Deed] = lambda _: Deed()
    said: datetime | None = None
