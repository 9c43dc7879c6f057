"""What the views of messages have in common: the scene they look at, the screen they give, and who says what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace
from typing import Any, Generic, TypeVar, get_args, get_type_hints

from markupsafe import Markup

from bot.channels.channel import Button
from bot.documents.orders import Order
from bot.store.evidence import Photos, no_photos
from bot.words.words import Words
from flows.commands.command import Command
from flows.engine import Engine
from flows.messages.message import Message
from flows.powers import Power, may
from flows.state.run import Run
from flows.state.work import Context
from playbooks.frozen import frozen

Rows = tuple[tuple[Button, ...], ...]

Drawing = Callable[[], tuple[str, bytes]]
"""Reads the drawing of a thing (file name, bytes) when its message goes out."""


@frozen
class Screen:
    """What a person sees: text in Telegram's HTML subset, rows of buttons, and maybe a contact card (name, number).

    ``picture`` is a drawing of a thing to go with it; ``photo`` is the digest of the facility's own, which goes in its
    place if it is there. ``document`` and ``chart`` (a picture, too) are files that take their time and are made apart.
    ``wants_text`` says that the next thing written is the answer.
    """

    text: str
    rows: Rows = ()
    contact: tuple[str, str] | None = None
    wants_text: bool = False
    document: Order | None = None
    picture: Drawing | None = None
    chart: Order | None = None
    photo: str | None = None


@frozen
class Scene:
    """Everything that may be looked at for somebody: the run (None in the facility's own affairs) and the words.

    ``photos`` finds the facility's own.
    """

    reader: str
    run_id: str
    run: Run | None
    context: Context
    words: Words
    engine: Engine
    photos: Photos = field(default=no_photos, kw_only=True)

    def here(self) -> Run:
        """Give the run; the views of runs are only called with one."""
        if self.run is None:
            raise LookupError("this belongs to a run")
        return self.run

    def may(self, wanted: Command | Power) -> bool:
        """Say whether the reader may: only then its button is shown."""
        return may(wanted, self.context, self.run)


M_co = TypeVar("M_co", bound=Message, covariant=True)


@frozen
class SceneOf(Scene, Generic[M_co]):
    """What the view of a message looks at: the message, and all the rest."""

    message: M_co


View = Callable[[SceneOf[M_co]], Screen]
VIEWS: dict[type[Message], View[Any]] = {}
"""How each message is said, by its class; filled by the view modules."""


def shows(view: View[M_co]) -> View[M_co]:
    """Register a view, by the messages whose scene it takes (several as a union); TypeError if one has its view already."""
    (scene, *_) = get_type_hints(view).values()
    (messages,) = get_args(scene)
    for message in get_args(messages) or (messages,):
        if message in VIEWS:
            raise TypeError(f"{view.__qualname__}: {message.__name__} has a view already")
        VIEWS[message] = view
    return view


def rows(*buttons: Button | None, width: int = 1) -> Rows:
    """Lay buttons out in rows of ``width``, leaving out what is None."""
    there = [b for b in buttons if b is not None]
    return tuple(tuple(there[i : i + width]) for i in range(0, len(there), width))


CUT = "…"
"""What stands at the end of a text that was cut."""


def shorten(text: str, most: int) -> str:
    """Cut a text that is only shown to be recognised."""
    return text if len(text) <= most else text[: most - 1] + CUT


def in_language(scene: Scene, language: str) -> Scene:
    """Give a scene in the language in which its reader asked; empty for their own."""
    return replace(scene, words=Words("en", scene.context.roster, scene.words.kept_away)) if language == "en" else scene


def lines(texts: list[str]) -> Markup:
    """Join lines that are already safe."""
    return Markup("\n").join(texts)
