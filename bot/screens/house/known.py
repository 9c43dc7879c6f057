"""What the bot answers by itself: numbers, who decides, whom to ask for what it doesn't hold, and that nothing goes on."""

from __future__ import annotations

from bot.screens.cards import PEOPLE, card
from bot.screens.runs.first_words import FIRST_CALLED, called_lines, deciders
from bot.screens.scene import SceneOf, Screen, in_language, lines, shows
from flows.messages.hearing import KnownTold


@shows
def known(scene: SceneOf[KnownTold]) -> Screen:
    """Answer at once, in the language in which it was asked."""
    message = scene.message
    here = in_language(scene, message.language)
    words = here.words
    keeps = [m.id for m in scene.context.roster.owners("safety_manager", scene.context.today)]
    chain = [m.id for m in scene.context.chain()]
    if message.what == "number":
        found = card(here, message.reference)
        nobodys = message.reference.partition(":")[0] in PEOPLE and found.native is None
        missing = [words.say("contact.no_person_number")] if nobodys else []
        return Screen(lines([found.text, *missing]), contact=found.native)
    text = words.say(
        f"known.{message.what}",
        keeps=words.people([m for m in keeps or chain if m != scene.reader]),
        leads=words.people(chain[:1]),
        others=words.people(chain[1:]),
        yours=chain[:1] == [scene.reader],
        called=called_lines(here, list(deciders(here))[:FIRST_CALLED]),
        police=message.reference.startswith("authority:police"),
    )
    if message.reference:
        found = card(here, message.reference)
        return Screen(lines([text, found.text]), contact=found.native)
    return Screen(text)
