"""What an owed message says by the time it goes out: as things stand now, or nothing if it is no longer true."""

from __future__ import annotations

from bot.channels.channel import RenderedMessage
from bot.clock import Clock
from bot.documents.orders import Order
from bot.screens.renderer import Renderer
from bot.screens.scene import Rows
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


@frozen
class Composed:
    """A message in words, and the files that are still to be made for it."""

    message: RenderedMessage
    document: Order | None = None
    chart: Order | None = None


class Composer:
    """Puts what is owed into words."""

    def __init__(
        self, engine: Engine, book: Deliveries, renderer: Renderer, clock: Clock, photos: Photos = no_photos
    ) -> None:
        """``photos`` finds the facility's own."""
        self._engine, self._book, self._renderer, self._clock, self._photos = engine, book, renderer, clock, photos
        self._boards: dict[tuple[str, str], tuple[str, tuple[str, Rows]]] = {}

    def compose(self, delivery: Delivery) -> Composed | None:
        """Give the message as it should read now; None when it is no longer true, or would change nothing."""
        owed = delivery.owed
        reader = member_at(self._engine.journal.registry, owed.to)
        if reader is None and not isinstance(owed.message, FOR_STRANGERS):
            return None
        run = self._engine.run(owed.run) if owed.run != FACILITY else None
        if run is not None and not still_true(owed, run, reader or ""):
            return None
        replaces = self._replaced(owed) if owed.edits else None
        if owed.edits and replaces is None and not is_shown_anew(owed):
            return None
        screen = self._renderer.render(owed, reader or "", self._clock.now())
        if replaces is not None and self._boards.get(_place(owed)) == (replaces, (screen.text, screen.rows)):
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
        return Composed(message, screen.document, screen.chart)

    def _asks_anew(self, owed: Owed, run: Run | None) -> bool:
        """Say whether the step that is shown is another than the one that stood in its message until now."""
        if run is None or not isinstance(owed.message, StepOpen):
            return False
        last = self._book.last_delivered(owed.to, owed.key or "")
        return last is not None and last.owed.message != owed.message and bool(run.shown[owed.message.turn].in_place_of)

    def _replaced(self, owed: Owed) -> str | None:
        last = self._book.last_delivered(owed.to, owed.key or "")
        return last.message_id if last is not None else None

    def stands(self, owed: Owed, message: RenderedMessage, message_id: str) -> None:
        """Remember how somebody's board reads, so that one that would read the same is left alone."""
        if is_board(owed):
            self._boards[_place(owed)] = (message_id, (message.text, message.rows))


def is_board(owed: Owed) -> bool:
    """Say whether it shows how things stand: of all messages the one that can wait, and is always shown anew."""
    return isinstance(owed.message, WhereWeStand)


def is_shown_anew(owed: Owed) -> bool:
    """Say whether it is sent as a new message where there is none to change: a board, and a step that is still to be done."""
    return is_board(owed) or isinstance(owed.message, StepOpen)


def _place(owed: Owed) -> tuple[str, str]:
    return owed.to, owed.key or ""
