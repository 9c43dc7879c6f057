"""How the promises of people outside stand on the board, and what they are called."""

from __future__ import annotations

from bot.screens.cards import service_name
from bot.screens.scene import Scene
from flows.state.run import Promise


def reference_of(scene: Scene, promise: Promise) -> str | None:
    """Give the contact that the step calls whose answer holds a promise."""
    run = scene.here()
    return run.step(run.shown[promise.shown]).contact


def whose(scene: Scene, promise: Promise) -> str:
    """Name whoever gave a promise."""
    reference = reference_of(scene, promise)
    if reference is None:
        return scene.words.say("promise.somebody")
    found = scene.context.roster.contacts_for(reference)
    return found[0].name if found else service_name(scene, reference)


def promised_until(scene: Scene, promise: Promise) -> str:
    """Give the time promised, with its day if that is another; empty if none was named."""
    return scene.words.clock_time(promise.until, scene.context.today) if promise.until else ""


def promise_line(scene: Scene, promise: Promise) -> str:
    """Say on the board what is waited for, and whether its time has passed."""
    late = promise.until is not None and promise.until <= scene.context.now
    facts = {"name": whose(scene, promise), "until": promised_until(scene, promise), "late": late}
    return scene.words.say("board.promise", who=scene.words.who(promise.by), **facts)
