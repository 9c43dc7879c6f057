"""How a promise is said that somebody outside gave on the telephone: taken, missed, settled, and the call again."""

from __future__ import annotations

from bot.screens.cards import Card, card, service_name
from bot.screens.labels import button
from bot.screens.scene import Scene, SceneOf, Screen, rows, shorten, shows
from flows.commands.promising import AskPromisedTime, CallAgain, KeepPromise
from flows.messages.promising import PromiseMissed, PromiseSettled, PromiseTaken
from flows.response.promises import escalated_to
from flows.state.run import Promise


def reference_of(scene: Scene, promise: Promise) -> str | None:
    """Give the contact that the step calls whose answer holds a promise."""
    run = scene.here()
    step = run.step(run.shown[promise.shown])
    return (step.lines[promise.line] if promise.line else step).contact


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
    who = scene.words.who(promise.by) if promise.by != scene.reader else ""
    return scene.words.say("board.promise", who=who, **facts)


LONGEST = 200


def _promise(scene: SceneOf[PromiseTaken | PromiseMissed | PromiseSettled]) -> Promise | None:
    return scene.here().promises.get(scene.message.turn)


@shows
def taken(scene: SceneOf[PromiseTaken]) -> Screen:
    """Echo a promise and until when it holds; the time can be put right."""
    promise = _promise(scene)
    if promise is None:
        return Screen(scene.words.say("photo_taken"))
    until, text = promised_until(scene, promise), shorten(promise.text, LONGEST)
    text = scene.words.say("promise_taken", name=whose(scene, promise), text=text, until=until)
    return Screen(text, rows(button(scene, AskPromisedTime(scene.here().id, promise.turn))))


@shows
def missed(scene: SceneOf[PromiseMissed]) -> Screen:
    """Remind of a promise whose time has passed; after the second time whoever decides is asked to go another way."""
    promise, run = _promise(scene), scene.here()
    assert promise is not None  # noqa: S101  (what is no longer true is not sent)
    text = scene.words.say(
        "promise_missed",
        name=whose(scene, promise),
        who=scene.words.who(promise.by) if promise.by != scene.reader else "",
        text=shorten(promise.text, LONGEST),
        until=promised_until(scene, promise),
        count=promise.missed,
        escalates=scene.reader == escalated_to(promise, run, scene.context),
    )
    orders = (KeepPromise(run.id, promise.turn), CallAgain(run.id, promise.turn))
    return Screen(text, rows(*(button(scene, order) for order in orders), width=2))


@shows
def settled(scene: SceneOf[PromiseSettled]) -> Screen:
    """Change a reminder into what has come of it: they called, or promise something new."""
    promise = _promise(scene)
    if promise is None:
        return Screen(scene.words.say("photo_taken"))
    name = whose(scene, promise)
    if promise.kept is not None:
        who, at = promise.kept
        return Screen(
            scene.words.say("promise.kept", name=name, who=scene.words.who(who), time=scene.words.clock_time(at))
        )
    return Screen(scene.words.say("promise.renewed", name=name, until=promised_until(scene, promise)))


def to_call_again(scene: Scene, of: int) -> Card | None:
    """Give the card of whoever is to be called again, in the order for this hour."""
    promise = scene.here().promises.get(of)
    reference = reference_of(scene, promise) if promise else None
    return card(scene, reference) if reference else None
