"""What was done, told, decided and kept in a run, as statements of a form, each with its time and its entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.documents.facts.form import Statement
from bot.documents.facts.knowledge import Done, Told
from bot.documents.facts.pen import Pen
from bot.words.decisions import decision_as_sentence
from bot.words.step_types import SAID
from flows.events.calling import Declared, Reported
from flows.events.ending import Closed, FalseAlarm
from playbooks.duties.shape import Duty
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
    "erase",
    "stop_line",
)
"""Steps that keep damage from spreading or traces from being lost, and have words of their own in a form."""

RESTORING = ("evidence", "restore_done", "passwords", "work_check", "reconnect")
"""Steps on the way back that have words of their own in a form."""

QUIET = (
    "mobile_line",
    "other_phone",
    "copy_words",
    "call_out",
    "alone",
    "adviser_says",
    "this_guide",
    "right_lead",
    "next_visits",
    "other_way",
    "notice",
)
"""Steps that only make the guidance itself go on; no report asks for them."""

OUR_OWN_ADVISERS = frozenset({"adviser:insurer", "adviser:lawyer"})
"""Whom we speak to in confidence; no paper for an office tells of it."""

TURNED = ("found", "back", "taken", "all_back", "given_back", "turned_up")
"""Facts by which an incident turns: what was missing is found, what went out is back; in the order in which they stand."""

MINUTE = len("2027-04-01 08:50")
"""The signs of a timed statement that say when."""


def contained(pen: Pen, *, named: bool = False) -> tuple[Statement, ...]:
    """State what was done against the spread; a step without words of its own is quoted, unless only the ``named`` count."""
    return tuple(
        one
        for done in pen.known.done()
        if done.name in CONTAINING or (_is_first_aid(done) and not (named and not _has_words(pen, done)))
        for one in _did(pen, done)
    )


def _has_words(pen: Pen, done: Done) -> bool:
    return pen.source.words.has(f"form.did.{done.name}")


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
    answer = done.answer
    ticked = [label for _, label in pen.known.ticked(done.name)]
    if answer.answer != "done" or (done.step.type.wants == "ticks" and not ticked):
        return ()
    key = f"form.did.{done.name}"
    what = pen.say(key) if _has_words(pen, done) else pen.say("form.quoted", what=_asked(pen, done))
    if ticked:
        what = pen.say("form.with", what=what, items=pen.source.words.joined(ticked).unescape())
    return pen.timed(answer.turn, what)


def _asked(pen: Pen, done: Done) -> str:
    """Give what was asked for; a line of a card says little without its card."""
    card = pen.run.text_of(done.track, done.card).ask.in_language(pen.source.language) if done.card else ""
    asked = done.step.ask.in_language(pen.source.language)
    return pen.say("form.quoted.line", card=card, line=asked) if card else asked


def told(pen: Pen, *, in_short: bool = False) -> tuple[Statement, ...]:
    """State whom we called and what they said; a call that was a report stands among those (:func:`filed`)."""
    reports = {done.answer.turn for done in pen.known.done() if done.step.files in pen.run.filed}
    return tuple(
        one
        for call in pen.known.told()
        if call.turns[0] not in reports and call.reference not in OUR_OWN_ADVISERS
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


def filed(pen: Pen, *, in_short: bool = False) -> tuple[Statement, ...]:
    """State which reports were made, with their receipts; whom we told in confidence is nobody else's business."""
    duties = pen.known.duties.duties
    return tuple(
        one
        for name, made in pen.run.filed.items()
        if name in duties and duties[name].contact not in OUR_OWN_ADVISERS
        for one in pen.timed(
            made.turn,
            pen.say(
                "form.filed",
                made=_made(pen, name, duties[name]),
                receipt=made.words if made.words != "—" and not in_short else "",
            ),
        )
    )


def _made(pen: Pen, name: str, duty: Duty) -> str:
    key, language = f"form.filed.{name}", pen.source.language
    if pen.source.words.has(key):
        return pen.say(key)
    return pen.say("form.filed.other", to=duty.to.in_language(language), what=duty.what.in_language(language))


def turned(pen: Pen) -> tuple[Statement, ...]:
    """State that what was missing was found, what went out came back, and in what state, each with its time."""
    return tuple(one for fact in TURNED for one in pen.fact(fact, timed=True))


def decided(pen: Pen, *decisions: str, in_short: bool = False) -> tuple[Statement, ...]:
    """State decisions with who took them and why; all where none is named."""
    return tuple(
        one
        for made in pen.run.decisions.values()
        if not decisions or made.decision in decisions
        for one in pen.timed(
            made.turn,
            pen.say(
                "form.decided",
                what=decision_as_sentence(pen.source.words, pen.run, made),
                who=pen.role(made.by),
                why="" if in_short else made.reason,
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
    """State the main events on one page, in the order of time, for the account of what happened (事実経過).

    What was done within a minute stands on one line, and all calls to vendors and others on another.
    """
    said = [
        *_begun(pen),
        *contained(pen, named=True),
        *turned(pen),
        *_called(pen),
        *decided(pen, in_short=True),
        *filed(pen, in_short=True),
        *restored(pen),
        *_ended(pen),
    ]
    return tuple(_by_the_minute(pen, _in_order(said)))


def whole_course(pen: Pen) -> tuple[Statement, ...]:
    """State everything that belongs to the account, each with its words: the record behind :func:`course`."""
    said = [
        *_begun(pen),
        *contained(pen),
        *turned(pen),
        *told(pen),
        *decided(pen),
        *filed(pen),
        *restored(pen),
        *_ended(pen),
    ]
    return _in_order(said)


def _in_order(said: Sequence[Statement]) -> tuple[Statement, ...]:
    return tuple(sorted(dict.fromkeys(said), key=lambda one: (one.text[:MINUTE], one.entries)))


def _by_the_minute(pen: Pen, said: Sequence[Statement]) -> Iterator[Statement]:
    for minute, some in groupby(said, key=lambda one: one.text[:MINUTE]):
        together = tuple(some)
        what = pen.source.words.joined(one.text[MINUTE:].strip() for one in together).unescape()
        entries = tuple(sorted({seq for one in together for seq in one.entries}))
        yield Statement(f"{minute} {what}", entries)


def _called(pen: Pen) -> tuple[Statement, ...]:
    """State whom we reached in all, each desk reached later with its own time, so that none stands as called before it was."""
    reports = {done.answer.turn for done in pen.known.done() if done.step.files in pen.run.filed}
    calls = [
        call
        for call in pen.known.told()
        if call.reached and call.turns[0] not in reports and call.reference not in OUR_OWN_ADVISERS
    ]
    if not calls:
        return ()
    calls.sort(key=lambda call: pen.known.at(call.turns[0]))
    began = pen.moment(pen.known.at(calls[0].turns[0]))
    desks: dict[str, str] = {}
    for call in calls:
        desks.setdefault(pen.say(f"service.{call.reference}"), pen.moment(pen.known.at(call.turns[0])))
    names = pen.source.words.joined(
        pen.say("form.told.desk", name=name, time=_later(at, began)) for name, at in desks.items()
    ).unescape()
    turns = [turn for call in calls for turn in call.turns]
    return pen.timed(turns[0], pen.say("form.told.all", names=names), *turns[1:])


def _later(at: str, began: str) -> str:
    """Give a time beside the one with which a line begins: nothing if it is the same, without the day if that is."""
    return "" if at == began else at.removeprefix(began[: len("2027-04-01 ")])


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
