"""How it is said that patients' data were not kept."""

from __future__ import annotations

from bot.screens.labels import button
from bot.screens.requests.privacy import KeepWhole
from bot.screens.scene import SceneOf, Screen, rows, shows
from flows.messages.hearing import MaskedTold


@shows
def masked(scene: SceneOf[MaskedTold]) -> Screen:
    """Say what was masked and what becomes of the message; for a while it may be kept as it was written."""
    told, words = scene.message, scene.words
    kinds = words.joined(words.say(f"mask.{kind}") for kind in told.kinds)
    return Screen(words.say("masked", kinds=kinds, chat=told.chat), rows(button(scene, KeepWhole(told.turn))))
