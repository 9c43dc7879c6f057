"""What every way of reaching people has in common."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol, runtime_checkable

from playbooks.frozen import frozen

AttachmentKind = Literal["photo", "file", "voice", "other"]


@frozen
class Attachment:
    """Something that came with a message; ``reference`` is how the channel finds its bytes again (a Telegram file id).

    ``what`` names a thing that can't be kept (``sticker``, ``location`` …) when ``kind`` is ``other``.
    """

    kind: AttachmentKind
    reference: str
    file_name: str | None = None
    size: int | None = None
    what: str = ""


@frozen
class Heard:
    """One thing a person did: wrote, tapped, edited, sent or left; already free of the channel's own types.

    ``address`` is ``channel:id`` (``telegram:1234``, ``terminal:m2``); ``cause`` is unique to this act for ever, so
    that a redelivery changes nothing. ``replied_to`` and ``edited`` are message ids as the channel gave them.
    """

    address: str
    cause: str
    at: datetime
    text: str | None = None
    button: str | None = None
    message_id: str | None = None
    replied_to: str | None = None
    edited: str | None = None
    attachment: Attachment | None = None
    album: str | None = None
    display_name: str = ""
    place: Literal["private", "group"] = "private"
    left: bool = False
    """The person blocked the bot or deleted the chat."""
    callback: str | None = None
    """What :meth:`Channel.answer` needs to answer a tap."""


@frozen
class Button:
    """A button: its label and what comes back when it is tapped (at most 64 bytes of UTF-8)."""

    label: str
    data: str
    url: str | None = None


@frozen
class RenderedMessage:
    """Words for one person, ready to show. ``text`` is Telegram's HTML subset (b, i, u, s, code, pre, a, blockquote).

    ``rows`` are the buttons; ``replaces`` is the id of a message to change in place. ``contact`` asks for a native
    contact card (name, number in E.164) after the text. ``document`` and ``picture`` are (file name, bytes).
    """

    address: str
    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    replaces: str | None = None
    silent: bool = False
    document: tuple[str, bytes] | None = None
    picture: tuple[str, bytes] | None = None
    contact: tuple[str, str] | None = None
    wants_text: bool = False
    """The next thing written is the answer: a bare number is then a number, not the number of a button."""
    asks_anew: bool = False
    """What stands in place of an older message is not that message changed, but the next thing that is asked."""


@frozen
class Rate:
    """At most ``most`` in any ``seconds``, wherever that stretch of time begins."""

    most: int
    seconds: float


@frozen
class Rates:
    """What a channel takes: ``overall``, in the chat of an address, and how many of its own messages one of ours becomes.

    ``quiet`` is how many seconds a chat has been silent before something is changed there that nobody waits for.
    """

    overall: Rate
    chat: Callable[[str], tuple[Rate, ...]]
    size: Callable[[RenderedMessage], int]
    quiet: float


@frozen
class Traits:
    """What a channel can do; nothing else knows its limits. What is None has none.

    ``edits``: a message can be changed after it was delivered. ``rings``: it calls whoever it reaches; one that doesn't shows
    what stands to whoever looks. ``at_once``: so many messages are delivered together, all of them or none. ``buttons`` stand
    under a message at most, each with a label of at most ``label`` characters; ``text`` is how many characters a message
    shows. ``files``: it takes pictures and documents. ``toasts``: a tap has a short answer of its own.

    ``free_for``: deliveries are counted, but for one that answers an act within so many seconds. ``repeats``: it would show
    again what comes again under the same key; False: it gives the receipt that it gave, and nothing is said twice.
    """

    edits: bool = True
    rings: bool = True
    at_once: int = 1
    buttons: int | None = None
    label: int | None = None
    text: int | None = None
    files: bool = True
    toasts: bool = True
    free_for: float | None = None
    repeats: bool = True
    rates: Rates | None = None
    """How fast it takes messages; None: as they come."""


@frozen
class DeliveryReceipt:
    """The ids that the channel gave to what was delivered, in the order of the messages."""

    message_ids: tuple[str, ...]

    @property
    def message_id(self) -> str:
        """The id of the last, or of the only one."""
        return self.message_ids[-1]


@dataclass(eq=False)  # equal by value would make it unhashable, and an exception must be hashable
class Undelivered(Exception):
    """A message did not get through.

    ``busy``: the channel answered, and asks to wait; ``network``: it was not reached. ``retry_after`` is seconds to wait
    before trying again, or None when trying again is useless (``gone``: the person blocked the bot or deleted the chat;
    ``refused``: the channel will never take this message). Of channels that count: ``quota``, no more than answers are taken
    before ``retry_after``; ``late``, the act can't be answered any more. ``reason`` is for the log; what a person reads is
    chosen from ``why``.
    """

    why: Literal["busy", "network", "gone", "refused", "edit_lost", "quota", "late"]
    reason: str
    retry_after: float | None = None

    def __str__(self) -> str:
        return f"{self.why}: {self.reason}"


class Hear(Protocol):
    """Takes in acts that wait, in their order: all of them are on disk when it comes back, or none when it raises."""

    def __call__(self, *heard: Heard) -> Awaitable[None]:
        """Take them in; raises StorageTrouble."""
        ...


@runtime_checkable
class Named(Protocol):
    """A channel on which the bot has a name that only the channel knows; ``on_name`` is told it as soon as it is known."""

    on_name: Callable[[str | None], object]


@runtime_checkable
class MayBeOdd(Protocol):
    """A channel that may bring what it can't understand; ``on_odd`` keeps its cause, the raw text and the reason.

    It may raise StorageTrouble, and then it is brought again with the acts beside it.
    """

    on_odd: Callable[[str, str, str], object]


@runtime_checkable
class MayRetract(Protocol):
    """A channel on which the bot may take away what somebody wrote to it."""

    async def retract(self, heard: Heard) -> None:
        """Take the message of an act away, for its writer as well; raises Undelivered."""
        ...


@runtime_checkable
class Holding(Protocol):
    """A channel that itself holds what people sent until it is kept elsewhere."""

    def let_go(self, reference: str) -> None:
        """Forget the bytes of an attachment: they are kept, or never will be."""
        ...


@runtime_checkable
class Served(Protocol):
    """A channel of this machine: nobody's other side, and well as long as it is served here."""

    @property
    def is_served(self) -> bool:
        """Whether what people do there is heard."""
        ...


@runtime_checkable
class Answering(Protocol):
    """A channel whose other side answers all the time, by which one sees that the line works, and what time it is there."""

    def silent_for(self) -> float:
        """Give for how many seconds the other side has answered nothing; infinite before its first answer."""
        ...

    def ahead(self) -> timedelta | None:
        """Give how far our clock is ahead of the other side's (behind: negative); None where it doesn't tell."""
        ...


class Channel(Protocol):
    """A way to reach people and to hear them."""

    name: str

    @property
    def reaches(self) -> str:
        """Whom it delivers to: everybody with an address of its name, or one address alone."""
        ...

    @property
    def traits(self) -> Traits:
        """What it can do."""
        ...

    async def listen(self, hear: Hear) -> None:
        """Hear until cancelled; acts count as heard only when ``hear`` came back without an exception.

        After :class:`StorageTrouble` the same acts are brought again, after a pause; any other exception of ``hear`` ends
        the listening with those acts unheard.
        """
        ...

    async def deliver(self, *messages: RenderedMessage, key: str = "", answers: str | None = None) -> DeliveryReceipt:
        """Show messages at one address, in their order, all of them or none, or change one in place; raises Undelivered.

        They are no more than the traits allow. ``key`` is the same for all tries of one delivery, and for no other.
        ``answers`` is the cause of an act from there that nothing has answered so far.
        """
        ...

    async def answer(self, heard: Heard, toast: str) -> None:
        """Give a tap its own short answer (at most 200 characters); raises Undelivered."""
        ...

    async def fetch(self, attachment: Attachment) -> bytes:
        """Bring an attachment's bytes; raises Undelivered when they can't be had now (or ever: retry_after None)."""
        ...
