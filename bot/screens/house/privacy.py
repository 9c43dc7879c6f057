"""How it is said that patients' data were not kept."""

from __future__ import annotations

import json

from bot.channels.channel import Button
from bot.screens.buttons import data_of
from bot.screens.labels import button
from bot.screens.requests.privacy import BlackWordsOut, KeepWhole, OlderTexts, PickWords
from bot.screens.scene import Scene, SceneOf, Screen, rows, shorten, shows
from flows.facility.masking import KNOWN_FOR
from flows.messages.hearing import MaskedTold
from flows.messages.reporting import BlackOutAsked, BlackOutOffered
from flows.record.journal import FACILITY, Entry
from flows.scene.circle import seen
from flows.written.free_text import FREE_TEXT, written

OPENS_ACCOUNTS = "secret"
"""What opens a device or an account: it is kept whole at nobody's wish."""

OFFERED = 8
"""So many texts are offered at once to be blacked out."""


@shows
def masked(scene: SceneOf[MaskedTold]) -> Screen:
    """Say what was masked and what becomes of the message; as long as it is known here it may be kept as it was written."""
    told, words = scene.message, scene.words
    kinds = words.joined(words.say(f"mask.{kind}") for kind in told.kinds if kind != OPENS_ACCOUNTS)
    entered = scene.engine.house.masked.get(told.turn)
    known = (
        OPENS_ACCOUNTS not in told.kinds
        and entered is not None
        and entered.waits
        and scene.context.now <= entered.at + KNOWN_FOR
    )
    said = words.say("masked", kinds=kinds, chat=told.chat, known=known, secret=OPENS_ACCOUNTS in told.kinds)
    return Screen(said, rows(button(scene, KeepWhole(told.turn))) if known else ())


@shows
def blackout_offered(scene: SceneOf[BlackOutOffered]) -> Screen:
    """Offer texts that people wrote, the newest first, as far as the reader may know of them, and what is older behind a button."""
    known = {FACILITY, *(run.id for run in seen(scene.engine.runs(), scene.context, scene.reader))}
    texts = [entry for entry in scene.engine.journal.entries() if entry.run in known and words_of(entry)][::-1]
    begin, end = scene.message.page * OFFERED, (scene.message.page + 1) * OFFERED
    said = [Button(_label(scene, entry), data_of(PickWords(entry.run, entry.turn))) for entry in texts[begin:end]]
    older = button(scene, OlderTexts(scene.message.page + 1)) if texts[end:] else None
    return Screen(scene.words.say("blackout.offered" if said else "blackout.none"), rows(*said, older))


@shows
def blackout_asked(scene: SceneOf[BlackOutAsked]) -> Screen:
    """Show the words once more, and what blacking them out comes to."""
    told = scene.message
    entry = next((e for e in scene.engine.journal.entries(run=told.run) if e.turn == told.turn), None)
    said = words_of(entry) if entry is not None else ""
    if entry is None or not said:
        return Screen(scene.words.say("blackout.none"))
    facts = {
        "text": shorten(said, 300),
        "who": scene.words.who(entry.actor),
        "time": scene.words.day_and_time(entry.occurred_at),
    }
    return Screen(scene.words.say("blackout.asked", **facts), rows(button(scene, BlackWordsOut(told.run, told.turn))))


def words_of(entry: Entry) -> str:
    """Give what people wrote in an entry that may still be blacked out; empty for nothing."""
    if entry.kind not in FREE_TEXT or entry.body_half is not None:
        return ""
    return "\n".join(written(entry.kind, json.loads(entry.body)).values())


def _label(scene: Scene, entry: Entry) -> str:
    return f"{scene.words.clock_time(entry.occurred_at, scene.context.today)} {shorten(words_of(entry), 24)}"
