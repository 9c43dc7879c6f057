"""What the bot answers by itself: numbers, who decides, whom to ask for what it doesn't hold, and that nothing goes on."""

from __future__ import annotations

from bot.screens.cards import PEOPLE, card
from bot.screens.runs.first_words import FIRST_CALLED, called_lines, deciders
from bot.screens.scene import Scene, SceneOf, Screen, in_language, lines, shows
from flows.messages.hearing import AnswerTold, KnownTold
from playbooks.wants.answers import answers


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
    if message.what == "deadlines":
        return Screen(words.say("known.deadlines", laws=_laws(here, message.reference.split(","))))
    if message.what == "lead_now" and scene.run is not None:
        return Screen(_leads_now(here, chain))
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


def _leads_now(scene: Scene, chain: list[str]) -> str:
    """Say who leads what goes on, since when, and who would next; before anybody does, who is asked to."""
    run = scene.run
    since = run.commanders[-1][1] if run is not None and run.commanders else None
    leads = run.commander if run is not None else None
    return scene.words.say(
        "known.lead_now",
        leads=scene.words.people([leads]) if leads else "",
        yours=leads == scene.reader,
        since=f"{scene.context.roster.facility.local(since):%H:%M}" if leads and since else "",
        others=scene.words.people([m for m in chain if m != leads]),
    )


def _laws(scene: Scene, duties: list[str]) -> list[tuple[str, str, str]]:
    """Give of some reports what each is, to whom it goes, and what the law says of its time."""
    known, language = scene.engine.handbook.duties, scene.words.language
    found = (known.duties[name] for name in duties if known is not None and name in known.duties)
    return [(d.what.in_language(language), d.to.in_language(language), d.law.in_language(language)) for d in found]


@shows
def answered(scene: SceneOf[AnswerTold]) -> Screen:
    """Answer what is asked by everybody, in the language in which it was asked."""
    here, found = in_language(scene, scene.message.language), answers().answers.get(scene.message.what)
    if found is None:  # a later version dropped it
        return Screen(here.words.say("known.trouble"))
    attacked = found.attacked if scene.run is not None and scene.run.as_attacked else None
    said = here.words.filled((attacked or found.says).in_language(here.words.language))
    return Screen(here.words.say("answer", says=said, quiet=scene.message.quiet))
