"""The one place where a message gets its words: what is owed, in the reader's language, with the legal moves as buttons."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace
from datetime import datetime

from bot.screens import drills, house, runs
from bot.screens.cards import pretended
from bot.screens.drills.running import real_alarm
from bot.screens.scene import VIEWS, Scene, Screen
from bot.words.words import Words
from flows.engine import Engine
from flows.record.journal import FACILITY, Owed


def _load_views() -> None:
    """Import every module of the rooms of views: each registers how its messages are said."""
    for room in (drills, house, runs):
        for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            importlib.import_module(module.name)


_load_views()


class Renderer:
    """Turns what is owed into screens; the drill banner, and the way out of the drill, are put on here."""

    def __init__(self, engine: Engine) -> None:
        """Take the engine whose runs and roster the messages are about."""
        self.engine = engine

    def scene(self, owed: Owed, reader: str, now: datetime) -> Scene:
        """Set up what a view needs; people nobody knows are spoken to in the facility's language."""
        run = self.engine.run(owed.run) if owed.run != FACILITY else None
        context = self.engine.context(now, reader, owed.run)
        member = context.roster.member(reader)
        words = Words(member.language if member else context.roster.facility.language, context.roster)
        return Scene(owed, reader, run, context, words, self.engine)

    def render(self, owed: Owed, reader: str, now: datetime) -> Screen:
        """Give the screen of a message; a name without a view is said by the phrase of that name."""
        scene = self.scene(owed, reader, now)
        screen = VIEWS.get(owed.name, _plain)(scene)
        if scene.run is not None and scene.run.drill:
            banner = scene.words.say("banner.drill")
            real = ((real_alarm(scene),),) if scene.run.live else ()
            contact = None if pretended(scene) else screen.contact
            return replace(screen, text=f"{banner}{screen.text}", contact=contact, rows=(*screen.rows, *real))
        return screen


def _plain(scene: Scene) -> Screen:
    return Screen(scene.words.say(scene.owed.name, **{k: v for k, v in scene.owed.data.items() if k != "turn"}))
