"""What the views of messages have in common: the scene they look at, the screen they give, and who says what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from bot.channels.channel import Button
from bot.words.words import Words
from flows.commands.command import Command
from flows.engine import Engine
from flows.powers import Power, may
from flows.record.journal import Owed
from flows.state.run import Run
from flows.state.work import Context

Rows = tuple[tuple[Button, ...], ...]

Making = Callable[[], tuple[str, bytes]]
"""Makes a file (name, bytes) when its message is about to go out. It runs in a thread: whatever it needs of the engine
and the journal is looked up before, in the view."""


@dataclass(frozen=True)
class Screen:
    """What a person sees: text in Telegram's HTML subset, rows of buttons, and maybe a contact card (name, number).

    ``document`` and ``picture`` are files to go with it (see :data:`Making`). ``wants_text`` says that the next thing
    written is the answer.
    """

    text: str
    rows: Rows = ()
    contact: tuple[str, str] | None = None
    wants_text: bool = False
    document: Making | None = None
    picture: Making | None = None


@dataclass(frozen=True)
class Scene:
    """Everything a view may look at: the message, its reader, the run (None in the facility's own affairs) and the words."""

    owed: Owed
    reader: str
    run: Run | None
    context: Context
    words: Words
    engine: Engine

    def here(self) -> Run:
        """Give the run; the views of runs are only called with one."""
        if self.run is None:
            raise LookupError(f"{self.owed.name} belongs to a run")
        return self.run

    def may(self, wanted: Command | Power) -> bool:
        """Say whether the reader may: only then its button is shown."""
        return may(wanted, self.context, self.run)


View = Callable[[Scene], Screen]
VIEWS: dict[str, View] = {}
"""How each message is said, by its name; filled by the view modules."""


def view(*names: str) -> Callable[[View], View]:
    """Register how the messages of these names are said."""

    def register(function: View) -> View:
        for name in names:
            VIEWS[name] = function
        return function

    return register


def rows(*buttons: Button | None, width: int = 1) -> Rows:
    """Lay buttons out in rows of ``width``, leaving out what is None."""
    there = [b for b in buttons if b is not None]
    return tuple(tuple(there[i : i + width]) for i in range(0, len(there), width))


def shorten(text: str, most: int) -> str:
    """Cut a text that is only shown to be recognised."""
    return text if len(text) <= most else text[: most - 1] + "…"


def lines(texts: list[str]) -> Markup:
    """Join lines that are already safe."""
    return Markup("\n").join(texts)
