"""How first words are said: what to do at once, and whom to call, ready to dial."""

from __future__ import annotations

from collections.abc import Iterator

from bot.screens.scene import Scene, SceneOf, Screen, shows
from contacts.shapes.people import Member
from contacts.written.phone import dialled
from flows.messages.calling import FirstWordsTold
from flows.messages.hearing import AdviceOffered

FIRST_CALLED = 2
"""So many are named beside first words: the director and whoever stands in."""


@shows
def first_words(scene: SceneOf[FirstWordsTold]) -> Screen:
    """Say what to do at once; the phone's own card carries the first number."""
    said = scene.engine.handbook.first_words
    if said is None:
        raise LookupError("no first words came along")
    text = said.words(scene.message.chosen, scene.engine.handbook.playbooks).in_language(scene.words.language)
    family = said.families.get(scene.message.chosen)
    called = list(deciders(scene))[: family.calls if family else FIRST_CALLED]
    said_here = scene.words.filled(text)
    return Screen(
        scene.words.say(
            "first_words", words=said_here, called=called_lines(scene, called), supposed=scene.message.supposed
        ),
        contact=_native(called),
    )


@shows
def advice(scene: SceneOf[AdviceOffered]) -> Screen:
    """Say whom to ask where nothing has happened."""
    called = list(deciders(scene))[:FIRST_CALLED]
    return Screen(scene.words.say("advice_offered", called=called_lines(scene, called)), contact=_native(called))


def deciders(scene: Scene) -> Iterator[Member]:
    """Give who decides today, first to last, but whoever reads this."""
    return (m for m in scene.context.chain() if m.id != scene.reader)


def called_lines(scene: Scene, called: list[Member]) -> list[tuple[str, str]]:
    """Give who is to be called, with the number of each, empty where none is known."""
    return [(scene.words.who(m.id), m.telephone or "") for m in called]


def _native(called: list[Member]) -> tuple[str, str] | None:
    return next(((m.name, number) for m in called if m.telephone and (number := dialled(m.telephone))), None)
