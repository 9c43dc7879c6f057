"""The course of a drill: each inject as it was planned and as it came, times against targets, and what was found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.documents.facts.drill_results import FAULTS
from bot.documents.paper.markdown import strong
from bot.documents.records.after_action import answer_of
from bot.documents.source import Source
from flows.response.measuring import roll_call, taken
from flows.state.exercise import Exercise, Happened
from flows.state.run import Run
from playbooks.drills.shape import EVERYBODY, Inject

Row = tuple[object, ...]


def injects(source: Source) -> Iterator[Row]:
    """Give each inject: planned, sent, what happened, for whom, who got it, entry; those that the facilitator made up, too."""
    run, words, exercise = source.run, source.words, source.run.exercise
    if exercise is None:
        return
    for inject in exercise.injects:
        turn = next((turn for turn, sent in exercise.happened.items() if sent.inject == inject.id), None)
        what = inject.text.in_language(words.language)
        yield (
            _planned(source, inject),
            _came(source, run, exercise, inject, turn),
            what,
            _meant_for(source, inject),
            _got(source, exercise.happened.get(turn or 0)),
            source.seq_of(turn) if turn else "",
        )
    for turn, sent in exercise.happened.items():
        if not sent.inject:
            added = words.say("paper.drill.added").unescape()
            yield added, _at(source, exercise, sent), sent.text, "—", _got(source, sent), source.seq_of(turn)


def _planned(source: Source, inject: Inject) -> str:
    words = source.words
    if inject.at is not None:
        return words.say("paper.drill.planned_at", minutes=inject.at).unescape()
    return words.say("paper.drill.planned_after", minutes=inject.delay).unescape()


def _came(source: Source, run: Run, exercise: Exercise, inject: Inject, turn: int | None) -> str:
    if turn is not None:
        return _at(source, exercise, exercise.happened[turn])
    state = (
        "skipped"
        if inject.id in exercise.skipped
        else "waiting"
        if run.state in ("declared", "responding")
        else "not_sent"
    )
    return source.words.say(f"paper.drill.inject.{state}").unescape()


def _at(source: Source, exercise: Exercise, sent: Happened) -> str:
    minutes = exercise.running_since(sent.at) // timedelta(minutes=1)
    clock = f"{source.roster.facility.local(sent.at):%H:%M}"
    return source.words.say("paper.drill.sent_at", clock=clock, minutes=minutes).unescape()


def _meant_for(source: Source, inject: Inject) -> str:
    words = source.words
    if inject.to in (EVERYBODY, "commander", "reporter"):
        return words.say(f"inject.{inject.to}").unescape()
    return words.role(inject.to)


def _got(source: Source, sent: Happened | None) -> str:
    return source.words.people(sent.to).unescape() if sent is not None else ""


def times(source: Source, before: Run | None) -> Iterator[Row]:
    """Give each measure: what, target, minutes, how it went, and the minutes of the drill before it."""
    words = source.words
    earlier = {one.measure.id: one.minutes for one in taken(before)} if before is not None else {}
    for one in taken(source.run):
        yield (
            one.measure.title.in_language(words.language),
            _minutes(source, one.measure.target_minutes),
            _minutes(source, one.minutes),
            words.say(f"rating.{one.rating}"),
            _minutes(source, earlier.get(one.measure.id)),
        )


def calls(source: Source, before: Run | None) -> list[Row]:
    """Give the roll call beside the drill before it and the published yardstick: rate, median, as text in rows."""
    words, now = source.words, roll_call(source.run)
    then = roll_call(before) if before is not None else None
    if now.rate is None:
        return []
    confirmed, called = len(now.minutes), len(now.minutes) + len(now.silent)
    rate = words.say("paper.drill.rate_of", rate=f"{now.rate:.0f}", confirmed=confirmed, called=called).unescape()
    return [
        ("rate", rate, f"{then.rate:.0f} %" if then is not None and then.rate is not None else "—"),
        ("median", _minutes(source, now.median), _minutes(source, then.median if then else None)),
    ]


def _minutes(source: Source, minutes: float | None) -> str:
    if minutes is None:
        return "—"
    return source.words.say("paper.drill.minutes", minutes=f"{minutes:.1f}".removesuffix(".0")).unescape()


def findings(source: Source) -> Iterator[Row]:
    """Give what the drill found out, question by question: all answers where it is a drill's own playbook, else figures."""
    run, language = source.run, source.words.language
    own = run.exercise is not None and run.exercise.kind.playbook is not None
    for (track, name), answered in sorted(run.answered.items(), key=lambda item: item[1].turn):
        step = run.text_of(track, name)
        if not own and step.value not in FAULTS:
            continue
        said = answer_of(source, track, name, answered)
        wrong = step.value in FAULTS and run.facts.get(str(step.value), "0") not in ("0", "unknown")
        yield step.ask.in_language(language), strong(said) if wrong else said, source.seq_of(answered.turn)
