"""What was done, told, decided and kept in a run, as statements of a form, each with its time and its entries."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.facts.form import Statement
from bot.documents.facts.knowledge import Done, Told
from bot.documents.facts.pen import Pen
from bot.words.decisions import name_decision
from bot.words.step_types import SAID
from flows.events.calling import Declared, Reported
from flows.events.ending import Closed, FalseAlarm
from playbooks.texts import wording

CONTAINING = (
    "photograph",
    "unplug_machine",
    "find_cable",
    "machine_wifi",
    "protect_backups",
    "cut_outside",
    "cut_others",
    "unplug_to_be_safe",
    "keep_power",
    "stop_jobs",
    "keep_logs",
)
"""Steps that keep damage from spreading or traces from being lost, and have words of their own in a form."""

RESTORING = ("evidence", "restore_done", "passwords", "work_check", "reconnect")
"""Steps on the way back that have words of their own in a form."""

QUIET = ("mobile_line", "other_phone", "copy_words", "call_out")
"""Steps that only make the guidance itself go on; no report asks for them."""


def contained(pen: Pen) -> tuple[Statement, ...]:
    """State what was done against the spread; a step without words of its own is quoted as it was asked."""
    return tuple(
        one for done in pen.known.done() if done.name in CONTAINING or _is_first_aid(done) for one in _did(pen, done)
    )


def restored(pen: Pen) -> tuple[Statement, ...]:
    """State what was done on the way back."""
    return tuple(one for done in pen.known.done() if done.name in RESTORING for one in _did(pen, done))


def did(pen: Pen, step: str) -> tuple[Statement, ...]:
    """State that one step was done, if it was."""
    done = pen.known.answer(step)
    return _did(pen, done) if done else ()


def _is_first_aid(done: Done) -> bool:
    return done.name not in QUIET and SAID[done.step.takes].is_deed and done.urgent


def _did(pen: Pen, done: Done) -> tuple[Statement, ...]:
    answer, language = done.answer, pen.source.language
    ticked = [label for _, label in pen.known.ticked(done.name)]
    if answer.answer != "done" or (done.step.type.wants == "ticks" and not ticked):
        return ()
    key = f"form.did.{done.name}"
    what = (
        pen.say(key) if pen.source.words.has(key) else pen.say("form.quoted", what=done.step.ask.in_language(language))
    )
    if ticked:
        what = pen.say("form.with", what=what, items=pen.source.words.joined(ticked).unescape())
    return pen.timed(answer.turn, what)


def told(pen: Pen, *, in_short: bool = False) -> tuple[Statement, ...]:
    """State whom we called and what they said; a call that was a report stands among those (:func:`filed`)."""
    reports = {done.answer.turn for done in pen.known.done() if done.step.files in pen.run.filed}
    return tuple(
        one
        for call in pen.known.told()
        if call.turns[0] not in reports
        for one in _told(pen, call, "" if in_short else call.words)
    )


def told_to(pen: Pen, *references: str) -> tuple[Statement, ...]:
    """State the calls to some references, and what was said."""
    return tuple(
        one for call in pen.known.told() if call.reference in references for one in _told(pen, call, call.words)
    )


def _told(pen: Pen, call: Told, words: str) -> tuple[Statement, ...]:
    text = pen.say("form.told", who=pen.service(call.reference), reached=call.reached, words=words)
    return pen.timed(call.turns[0], text, *call.turns[1:])


def filed(pen: Pen) -> tuple[Statement, ...]:
    """State which reports were made, with their receipts."""
    return tuple(
        one
        for duty, made in pen.run.filed.items()
        if duty in pen.known.duties.duties
        for one in pen.timed(
            made.turn,
            pen.say(
                "form.filed",
                to=pen.known.duties.duties[duty].to.in_language(pen.source.language),
                what=pen.known.duties.duties[duty].what.in_language(pen.source.language),
                receipt=made.words if made.words != "—" else "",
            ),
        )
    )


def decided(pen: Pen, *decisions: str) -> tuple[Statement, ...]:
    """State decisions with who took them and why; all where none is named."""
    return tuple(
        one
        for made in pen.run.decisions.values()
        if not decisions or made.decision in decisions
        for one in pen.timed(
            made.turn,
            pen.say(
                "form.decided",
                what=name_decision(pen.source.words, pen.run, made.decision, made.choice, made.shown),
                who=pen.role(made.by),
                why=made.reason,
                pending=made.provisional and made.ratified is None,
                objected=made.ratified is False,
            ),
        )
    )


def kept(pen: Pen) -> tuple[Statement, ...]:
    """State which photos and files are kept, with their digests; what was lost is named as lost."""
    said: list[Statement] = []
    for piece in pen.run.evidence.values():
        name = piece.file_name or pen.say("form.photo")
        text = pen.say("form.kept", name=name, who=pen.role(piece.by), sha256=piece.sha256 or "", lost=piece.lost or "")
        said += pen.timed(piece.turn, text)
    return tuple(said)


def notes(pen: Pen) -> tuple[Statement, ...]:
    """State what people noted down, in their own words."""
    said: list[Statement] = []
    for note in pen.run.notes.values():
        known = pen.known.worded(note.turn, pen.source.words.reported(note.text))
        said += pen.timed(note.turn, pen.say("form.said", what=known.value), *known.turns)
    return tuple(said)


def course(pen: Pen) -> tuple[Statement, ...]:
    """State the main events in the order of time, for the account of what happened (事実経過)."""
    said = [
        *_begun(pen),
        *contained(pen),
        *told(pen, in_short=True),
        *decided(pen),
        *filed(pen),
        *restored(pen),
        *_ended(pen),
    ]
    return tuple(sorted(dict.fromkeys(said), key=lambda one: (one.text[:16], one.entries)))


def _begun(pen: Pen) -> Iterator[Statement]:
    for turn, reported in pen.known.events(Reported):
        known = pen.known.worded(turn, pen.source.words.reported(reported.text))
        yield from pen.timed(
            turn, pen.say("form.reported", who=pen.role(reported.reporter), what=known.value), *known.turns
        )
    for turn, declared in pen.known.events(Declared):
        title = wording(declared.playbook["title"]).in_language(pen.source.language)
        yield from pen.timed(turn, pen.say("form.declared", title=title))


def _ended(pen: Pen) -> Iterator[Statement]:
    for turn in pen.known.turns(Closed):
        yield from pen.timed(turn, pen.say("form.closed"))
    for turn, ended in pen.known.events(FalseAlarm):
        yield from pen.timed(turn, pen.say("form.called_off", why=ended.reason))
