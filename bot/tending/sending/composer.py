"""What an owed message says by the time it goes out: as things stand now, or nothing if it is no longer true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.channels.channel import RenderedMessage, Traits
from bot.channels.fitting import Said, fitted, is_bounded
from bot.clock import Clock
from bot.documents.orders import Order
from bot.screens.renderer import Renderer
from bot.store.evidence import Photos, no_photos
from contacts.registry import member_at
from flows.engine import Engine
from flows.messages.calling import WhereWeStand
from flows.messages.hearing import FOR_STRANGERS
from flows.messages.steps import StepOpen
from flows.notifications import still_true
from flows.record.deliveries import Deliveries, Delivery
from flows.record.journal import FACILITY, Owed
from flows.state.run import Run
from playbooks.frozen import frozen

BOARD_AGAIN = timedelta(minutes=10)
"""So long a board stands where it can't be changed, before how things stand then is shown once more."""


@frozen
class Composed:
    """A delivery in words, in the messages that its channel can show, and the files that are still to be made for the first.

    ``reads`` is how it reads, for comparison.
    """

    messages: tuple[RenderedMessage, ...]
    reads: object
    document: Order | None = None
    chart: Order | None = None


class Composer:
    """Puts what is owed into words."""

    def __init__(
        self,
        engine: Engine,
        book: Deliveries,
        renderer: Renderer,
        clock: Clock,
        traits: Callable[[str], Traits],
        photos: Photos = no_photos,
    ) -> None:
        """``traits`` gives what the channel of an address can do, ``photos`` finds the facility's own."""
        self._engine, self._book, self._renderer, self._clock, self._photos = engine, book, renderer, clock, photos
        self._traits = traits
        self._standing: dict[tuple[str, str], tuple[str, object, datetime]] = {}

    def compose(self, delivery: Delivery) -> Composed | None:
        """Give the message as it should read now; None when it is no longer true, or would change nothing."""
        owed = delivery.owed
        reader = member_at(self._engine.journal.registry, owed.to)
        if reader is None and not isinstance(owed.message, FOR_STRANGERS):
            return None
        run = self._engine.run(owed.run) if owed.run != FACILITY else None
        if run is not None and not still_true(owed, run, reader or ""):
            return None
        traits = self._traits(owed.to)
        replaces = self._replaced(owed) if owed.edits and traits.edits else None
        if owed.edits and replaces is None and not is_shown_anew(owed):
            return None
        if owed.edits and not traits.edits and run is not None and not run.live:
            return None
        screen = self._renderer.render(owed, reader or "", self._clock.now())
        stands, reads, _ = self._standing.get(_place(owed), ("", None, None))
        if owed.edits and reads == (screen.text, screen.rows) and (stands == replaces or not traits.edits):
            return None
        own = self._photos(screen.photo) if screen.photo else None
        drawing = screen.picture() if screen.picture is not None else None
        message = RenderedMessage(
            owed.to,
            screen.text,
            screen.rows,
            replaces,
            owed.silent,
            picture=("photo.jpg", own) if own is not None else drawing,
            contact=screen.contact,
            wants_text=screen.wants_text,
            asks_anew=replaces is not None and self._asks_anew(owed, run),
        )
        reads = screen.text, screen.rows
        if not is_bounded(traits):
            return Composed((message,), reads, screen.document, screen.chart)
        words = self._renderer.look(reader or "", self._clock.now(), owed.run).words
        said = Said(words.say("more_buttons"), words.say("no_file_here"))
        ordered = (screen.document or screen.chart) is not None
        messages = fitted(message, traits, said, with_file=ordered)
        return Composed(messages, reads, *((screen.document, screen.chart) if traits.files else ()))

    def only_marks(self, delivery: Delivery) -> bool:
        """Say whether it would only change what stands, where nothing can be changed: it goes along with what goes anyway."""
        owed = delivery.owed
        if not owed.edits or self._traits(owed.to).edits:
            return False
        run = self._engine.run(owed.run) if owed.run != FACILITY else None
        return (run is None or run.live) and not self._asks_anew(owed, run)

    def rests(self, delivery: Delivery) -> bool:
        """Say whether somebody's board was shown so lately, where it can't be changed, that it needn't be shown again."""
        owed, (*_, at) = delivery.owed, self._standing.get(_place(delivery.owed), (None,))
        if at is None or not is_board(owed) or not self.only_marks(delivery):
            return False
        return timedelta() <= self._clock.now() - at < BOARD_AGAIN

    def _asks_anew(self, owed: Owed, run: Run | None) -> bool:
        """Say whether the step that is shown is another than the one that stood in its message until now."""
        if run is None or not isinstance(owed.message, StepOpen):
            return False
        last = self._book.last_delivered(owed.to, owed.key or "")
        return last is not None and last.owed.message != owed.message and bool(run.shown[owed.message.turn].in_place_of)

    def _replaced(self, owed: Owed) -> str | None:
        last = self._book.last_delivered(owed.to, owed.key or "")
        return last.message_id if last is not None else None

    def stands(self, owed: Owed, reads: object, message_id: str) -> None:
        """Remember how somebody's board reads (where nothing can be changed: their step, too): what would read the same is left alone."""
        if is_board(owed) or (is_shown_anew(owed) and not self._traits(owed.to).edits):
            self._standing[_place(owed)] = (message_id, reads, self._clock.now())


def is_board(owed: Owed) -> bool:
    """Say whether it shows how things stand: of all messages the one that can wait, and is always shown anew."""
    return isinstance(owed.message, WhereWeStand)


def is_shown_anew(owed: Owed) -> bool:
    """Say whether it is sent as a new message where there is none to change: a board, and a step that is still to be done."""
    return is_board(owed) or isinstance(owed.message, StepOpen)


def _place(owed: Owed) -> tuple[str, str]:
    return owed.to, owed.key or ""
