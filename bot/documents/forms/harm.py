"""What an incident did: to data, to persons, to machines and to care, as fields that several forms share."""

from __future__ import annotations

from typing import TypeGuard

from bot.documents.facts.form import Field, Statement
from bot.documents.facts.knowledge import KnownValue
from bot.documents.facts.pen import Pen
from bot.documents.forms import deeds
from flows.events.calling import Reported
from flows.written.when import UNKNOWN, When, when_told

_WEEK = 7


def found(pen: Pen) -> Field:
    """Say since when it is known here."""
    return pen.field(
        "form.found_at", pen.state(pen.moment(pen.run.known_at), *pen.known.since()) if pen.run.known_at else ()
    )


def happened(pen: Pen) -> Field:
    """Say when it began by the calendar, no finer than it was told; open until somebody names a day, or says that nobody can."""
    said = pen.known.said("occurred_at")
    if said is None or UNKNOWN.search(said.value) or said.value in pen.known.marks.values():
        return pen.field("form.occurred_at", pen.told(said))
    when = when_told(said.value, pen.source.roster.facility.local(pen.known.at(said.turns[0])))
    if when is None:
        return Field(pen.say("form.occurred_at"), pen.told(said, "form.occurred_at.undated"), "investigating")
    words = "" if when.whole else said.value
    dated = pen.say("form.when", day=_by_the_calendar(pen, when), about=when.about, words=words)
    return pen.field("form.occurred_at", pen.state(dated, *said.turns))


def _by_the_calendar(pen: Pen, when: When) -> str:
    if when.at is not None:
        return pen.moment(when.at)
    if when.start == when.end:
        return pen.day(when.start)
    if when.start.year < when.end.year or (when.end - when.start).days < _WEEK:
        return pen.say("form.when.span", start=pen.day(when.start), end=pen.day(when.end))
    month = when.start.month if when.start.month == when.end.month else 0
    return pen.say("form.when.month", year=when.start.year, month=month)


def since_then(pen: Pen) -> tuple[Field, ...]:
    """Say what has turned since: that what was missing was found, and whether anybody had handled it; nothing where none has."""
    said = deeds.turned(pen)
    return (pen.field("form.since_then", said),) if said else ()


def symptoms(pen: Pen) -> Field:
    """Say what was seen, in the words of those who saw it."""
    reported = next(iter(pen.known.turns(Reported)), None)
    first = pen.known.worded(reported, pen.source.words.reported(pen.run.text)) if reported else None
    seen = [pen.known.said(step) for step in ("copy_words", "write_down")]
    return pen.field("form.symptoms", *(pen.told(known, "form.said") for known in (first, *seen)))


def data(pen: Pen) -> tuple[Field, Field, Field]:
    """Say whether data got out, was lost, was damaged: a field each, so that none is silently left open."""
    told, checked = pen.known.fact("leak"), pen.known.fact("leak_checked")
    if told and checked and (told.value, checked.value) == ("none", "yes"):
        # Only what somebody has checked is said to be so; a person's own view stands as that.
        found = pen.state(pen.say("form.leak.ruled_out"), *told.turns, *checked.turns)
    else:
        found = pen.fact("leak")
    return (
        pen.field("form.leak", found),
        pen.field("form.loss", pen.fact("loss") or _nothing_shown(pen, "loss")),
        pen.field("form.damage_done", pen.fact("damage") or _nothing_shown(pen, "damage")),
    )


def _nothing_shown(pen: Pen, fact: str) -> tuple[Statement, ...]:
    """State, once the run is over, that nothing in it speaks for a loss or damage; until then that is being investigated."""
    if pen.run.live or pen.run.facts.get(fact) != "none":
        return ()
    return pen.state(pen.say("form.nothing_shown"), source=pen.say("form.by_record"))


def kinds(pen: Pen) -> tuple[Statement, ...]:
    """State the kinds of data that were ticked."""
    done = pen.known.answer("what_data")
    ticked = pen.known.ticked("what_data")
    return tuple(one for _, label in ticked for one in pen.state(label, done.answer.turn)) if done else ()


def persons(pen: Pen) -> Field:
    """Say how many persons may be concerned, always as the most there can be."""
    return _counted(pen, "persons")


def my_number_persons(pen: Pen) -> Field:
    """Say of how many a My Number may be concerned; the number of all persons says nothing of it."""
    return _counted(pen, "my_number_persons")


def _counted(pen: Pen, fact: str) -> Field:
    known = pen.known.fact(fact)
    said = pen.state(pen.say("form.at_most", count=f"{int(known.value):,}"), *known.turns) if _is_number(known) else ()
    return pen.field(f"form.{fact}", said, note="" if said else "form.persons.note")


def machines(pen: Pen) -> Field:
    """Say how many machines show the signs."""
    known = pen.known.fact("machines_affected")
    said = pen.state(pen.say("form.machines.count", count=known.value), *known.turns) if _is_number(known) else ()
    return pen.field("form.machines", said)


def systems(pen: Pen) -> Field:
    """Say which systems stand still or are being looked at: by the decision to stop them, and by whose makers were called.

    Which of them are damaged is not for us to guess; whoever fills the form in corrects the list.
    """
    stopped = pen.known.fact("systems")
    names = pen.source.words.joined(system.name for system in pen.source.roster.systems).unescape()
    said: tuple[Statement, ...] = ()
    if stopped and names and stopped.value in ("stopped", "partly"):
        said = pen.timed(stopped.turns[0], pen.say(f"form.systems.{stopped.value}", names=names), *stopped.turns[1:])
        said = (*said, *pen.fact("reopened", timed=True))  # what stood still then may be running again
    calls = [call for call in pen.known.told() if call.reference.startswith("vendor:")]
    keys = dict.fromkeys(f"form.system.{call.reference.removeprefix('vendor:')}" for call in calls)
    asked = pen.source.words.joined(pen.say(key) for key in keys if pen.source.words.has(key)).unescape()
    if asked:
        turns = [turn for call in calls for turn in call.turns]
        said = (*said, *pen.state(pen.say("form.systems.asked", names=asked), *turns))
    registered = pen.registered(pen.say("form.systems.known", names=names) if names else None)
    return pen.by_hand("form.systems", said or registered, note="form.systems.note" if said else "")


def care(pen: Pen) -> Field:
    """Say how care goes on."""
    # Stopped and resumed may both have been said; each stands with its time.
    facts = ("care_affected", "service", "systems", "reopened")
    return pen.field("form.care", *(pen.fact(fact, timed=True) for fact in facts))


def cause(pen: Pen) -> Field:
    """Give the cause: as established, as assumed, or under investigation with what the vendors think."""
    state, text = pen.known.fact("cause_known"), pen.known.said("cause_text")
    if state and text and state.value in ("confirmed", "assumed"):
        wording = "form.plain" if state.value == "confirmed" else "form.assumed"
        return pen.field("form.cause", pen.state(pen.say(wording, what=text.value), *text.turns, *state.turns))
    views = pen.told(pen.known.said("findings"), "form.findings")
    return Field(pen.say("form.cause"), views, "investigating")


def _is_number(known: KnownValue | None) -> TypeGuard[KnownValue]:
    return known is not None and known.value.isascii() and known.value.isdecimal()
