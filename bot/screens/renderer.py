"""The one place where a message gets its words: what is owed, in the reader's language, with the legal moves as buttons."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace
from datetime import datetime

from bot.screens import drills, house, runs
from bot.screens.cards import pretended
from bot.screens.drills.running import real_alarm
from bot.screens.quoting import Quotes
from bot.screens.scene import VIEWS, Scene, SceneOf, Screen
from bot.screens.tongues import Tongues
from bot.store.evidence import Photos, no_photos
from bot.words.words import Words
from flows.engine import Engine
from flows.messages.ending import RunAborted
from flows.messages.hearing import DangerAlarm, DangerCameLate, DangerNews
from flows.messages.message import Message, Plain
from flows.record.journal import FACILITY, Owed


def _load_views() -> None:
    """Import every module of the rooms of views: each registers how its messages are said."""
    for room in (drills, house, runs):
        for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            importlib.import_module(module.name)


_load_views()


CALLS_FOR_HELP = (DangerAlarm, DangerNews, DangerCameLate)
"""Messages that say who is in danger and whom they need: nothing in them is kept from anybody."""


class Renderer:
    """Turns what is owed into screens; the drill banner, and the way out of the drill, are put on here."""

    def __init__(self, engine: Engine, photos: Photos = no_photos, tongues: Tongues | None = None) -> None:
        """Take the engine whose runs and roster the messages are about; ``photos`` finds the facility's own.

        ``tongues`` knows in which language people write; without it each is spoken to in the one that is entered for them.
        """
        self.engine, self._photos, self._quotes, self._tongues = engine, photos, Quotes(engine), tongues

    def look(self, reader: str, now: datetime, run_id: str = FACILITY, *, calls_for_help: bool = False) -> Scene:
        """Set up what somebody may look at; people nobody knows are spoken to in the facility's language."""
        run = self.engine.run(run_id) if run_id != FACILITY else None
        context = self.engine.context(now, reader, run_id)
        member = context.roster.member(reader)
        kept_away = _nothing if member is None or calls_for_help else self._quotes.about(member, run_id)
        language = member.language if member else context.roster.facility.language
        if member and self._tongues:
            language = self._tongues.of(member)
        words = Words(language, context.roster, kept_away)
        return Scene(reader, run_id, run, context, words, self.engine, photos=self._photos)

    def scene(self, owed: Owed, reader: str, now: datetime) -> SceneOf[Message]:
        """Set up what the view of a message needs."""
        here = self.look(reader, now, owed.run, calls_for_help=isinstance(owed.message, CALLS_FOR_HELP))
        return SceneOf(
            reader, owed.run, here.run, here.context, here.words, self.engine, owed.message, photos=self._photos
        )

    def render(self, owed: Owed, reader: str, now: datetime) -> Screen:
        """Give the screen of a message; LookupError for one that can't be said."""
        scene = self.scene(owed, reader, now)
        screen = _plain(scene) if isinstance(owed.message, Plain) else VIEWS[type(owed.message)](scene)
        if scene.run is not None and scene.run.drill and not isinstance(owed.message, RunAborted):
            banner = scene.words.say("banner.drill")
            real = ((real_alarm(scene),),) if scene.run.live else ()
            contact = None if pretended(scene) else screen.contact
            return replace(screen, text=f"{banner}{screen.text}", contact=contact, rows=(*screen.rows, *real))
        return screen


def _nothing(_: str) -> bool:
    return False


def _plain(scene: SceneOf[Message]) -> Screen:
    return Screen(scene.words.say(scene.message.kept_as, **scene.message.facts))
