"""What the registry knows beside an action: of the line to the outside, and of the systems that stand still."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from bot.screens.ledger import SAYINGS, of_systems
from bot.screens.scene import Scene
from bot.words.first_poster import first_poster
from playbooks.model import Step

IN_FULL = "poster"
"""Too long to stand in a card: there it is only named, and read behind the button that asks why."""


def known(scene: Scene, step: Step, *, whole: bool = False) -> list[Markup]:
    """Say what is known; nothing is said of what nobody has answered. ``whole`` gives the texts, and all systems, too."""
    return [said for name in step.known for said in _said(scene, name, whole=whole)]


def _said(scene: Scene, name: str, *, whole: bool) -> Iterator[Markup]:
    facility, words = scene.context.roster.facility, scene.words
    if name in SAYINGS:
        yield from of_systems(scene, name, whole=whole)
    elif name == IN_FULL:
        if whole:
            text = facility.poster or first_poster(scene.context.roster)
            yield words.say("known.poster.whole", text=text, approved=facility.poster is not None)
        elif facility.poster is not None:
            yield words.say("known.poster")
    elif value := getattr(facility, name):
        yield words.say(f"known.{name}", value=value)
