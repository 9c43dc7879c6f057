"""Where people are, as they said themselves: an answer doesn't hold for ever, and who said nothing is neither in nor out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

from flows.scene.gate import gate_open
from flows.state.run import Run
from flows.state.work import Context

Where = Literal["here", "with_patient", "away", "left"]
PLACES: tuple[Where, ...] = ("here", "with_patient", "away")
"""In the house with free hands, in the house with a patient, or outside."""

LEFT: Where = "left"
"""Gone for the day, as they said: they are asked for nothing any more, until they say that they are there again."""

HOLDS = {
    "here": timedelta(minutes=30),
    "with_patient": timedelta(minutes=10),
    "away": timedelta(hours=12),
    LEFT: timedelta(hours=12),
}
"""So long an answer is believed; people move, and a patient goes home. Nobody comes back from outside without saying so."""

WORKS_FOR = timedelta(minutes=10)
"""So long after their first act people who work and never said where they are aren't asked for it."""

LASTS = timedelta(hours=12)
"""So long is believed who is in theatre: nobody says otherwise from there."""

ASKED_AFTER = {**HOLDS, "away": timedelta(minutes=30)}
"""After so long people are asked again; who is outside, or in theatre, is believed to be there until they answer."""


def asks_presence(run: Run) -> bool:
    """Say whether people are asked where they are; in a drill, in a circle of those who decide, and of something small nobody is."""
    return run.playbook is not None and run.calls_everybody and run.exercise is None and not run.small


def where_is(run: Run, context: Context, member: str) -> Where | None:
    """Give where somebody is, None if they never said or it no longer holds."""
    return _told(run, context, member, HOLDS, LASTS)


def _told(run: Run, context: Context, member: str, holds: Mapping[str, timedelta], lasts: timedelta) -> Where | None:
    """Give what somebody said of where they are, as long as it ``holds``: until closing at most, or the time they named."""
    told = run.presence.get(member)
    if told is None:
        return None
    where, at = told
    facility = context.roster.facility
    over = where != LEFT and facility.in_session(at) and not facility.in_session(context.now)
    over = over or (where == "away" and member in _back_by_now(run, context))
    ends = run.presence_until.get(member, at + (lasts if member in run.presence_lasts else holds[where]))
    return next((p for p in (*PLACES, LEFT) if p == where and context.now < ends and not over), None)


def _back_by_now(run: Run, context: Context) -> dict[str, datetime]:
    """Give who named a time at which they would be here that has passed, and the time."""
    return {m: it.until for m, it in run.arrivals.items() if it.until is not None and it.until <= context.now}


def has_no_hands(run: Run, context: Context, member: str) -> bool:
    """Say whether somebody said that they are with a patient, outside or gone for the day."""
    return where_is(run, context, member) in ("with_patient", "away", LEFT)


def is_gone(run: Run, context: Context, member: str) -> bool:
    """Say whether somebody is gone for the day, as they said here, or as the roster has it."""
    person = context.roster.member(member)
    return where_is(run, context, member) == LEFT or (person is not None and person.absent_on(context.today))


def to_ask_again(run: Run, context: Context) -> list[str]:
    """Give who is asked again where they are, once: their answer no longer holds, or the time has passed at which they would be here.

    So is who was called and works without having said it.

    Answers lapse unasked once the first hour is over, or the spread is stopped.
    """
    if not asks_presence(run) or run.grade != "urgent" or not run.live or run.state == "reviewing":
        return []
    lapsed = {
        m: at for m, (_, at) in run.presence.items() if _told(run, context, m, ASKED_AFTER, ASKED_AFTER["away"]) is None
    }
    unsaid = {
        m: at + WORKS_FOR
        for m, at in run.acknowledged.items()
        if m in run.ring and m not in {*run.presence, *run.told_by, *run.arrivals}
    }
    lapsed |= {m: at for m, at in unsaid.items() if at <= context.now and m != run.commander}
    since = {**({} if gate_open(run, context) else lapsed), **_back_by_now(run, context)}
    asked = run.presence_asked
    return [m for m, at in since.items() if context.can_act(m) and (m not in asked or asked[m] < at)]


def is_free(run: Run, context: Context, member: str) -> bool:
    """Say whether somebody has nothing else on the screen, in this run or another."""
    return run.open_step_of(member) is None and member not in context.busy
