"""What a text in a run is heard for: its wants, and what they mean here: whose number, which step, who did it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.desks.likely import Likely
from contacts.roster import Roster
from flows.listening.pleas import ARRIVING, GRAVE
from flows.refusals import Refused
from flows.state.run import Run, Shown
from flows.written.taking import read
from flows.written.times import later_time, leading_time
from playbooks.step_types import Takes
from playbooks.texts import everywhere
from playbooks.wants.hearing import QUESTION, called_in, may_mean, wants_of

STRICT: dict[str, Takes] = {
    "number": "number",
    "persons": "number",
    "time": "time",
    "happened_at": "time",
    "known_at": "time",
}
"""What the bot waits for and reads by itself: a text that is all number or all time is it, whatever it sounds like."""

PLAUSIBLE = frozenset({"done", "found", "solved", "worse", "other_thing", QUESTION, ARRIVING})
"""Wants that an awaited text may well tell as its answer; nobody is asked about them."""

GIVEN_AS_REASONS = frozenset({"cannot_now", "hand_over", "nobody_reached", "undo"})
"""Wants that are as good a reason for something as any."""

SEEM_WANTED = frozenset({"undo", "hand_over", "done"})
"""What words about another matter may sound like (「保険証を別の人に返した」), and don't want."""

OF_THIS_MATTER = (GRAVE - {"worse"}) | {"cannot_now"}
"""What can only be told of the matter at hand, however much it sounds like another."""

TOLD_OF_WORK = frozenset({"text", "contact", "promise"})
"""What is awaited of a step or a call; all other words that are awaited are reasons."""


@dataclass(frozen=True)
class Wish:
    """The wants of a text, the first to be answered at the front, and what they are about; see ``Plead``."""

    wants: tuple[str, ...] = ()
    about: dict[str, Any] = field(default_factory=dict)


def wish_of(
    text: str, run: Run, member: str, roster: Roster, likely: Likely, now: datetime, *, another: bool = False
) -> Wish:
    """Give what a text of ``member`` wants in a run; nothing in a quiz, or where only the review is left.

    ``another`` says that it tells of another matter than the run's.
    """
    quiz = run.exercise is not None and bool(run.exercise.questions)
    if not run.live or run.state == "reviewing" or quiz:
        return Wish()
    wants, about = list(wants_of(text)), dict[str, Any]()
    if reference := called_in(text):
        about["reference"] = reference
    timed = leading_time(text, roster.facility.local(now))
    if timed is not None and timed[1].strip() and "done" in wants:
        wants.remove("done")  # 「9:05 …した」 is for the record
    if "done" in wants:
        about |= _done(text, run, member, roster)
        if not about.keys() & {"shown", "who"}:
            wants.remove("done")
    if run.open_step_of(member) is None:
        wants = [want for want in wants if want != "cannot_now"]
    if "found" in wants:
        wants = [want for want in wants if want != "other_thing"]  # where it lay is no other thing
    elif another and OF_THIS_MATTER.isdisjoint(wants) and (likely.sure or SEEM_WANTED.isdisjoint(wants)):
        wants = list(dict.fromkeys(["other_thing", *(want for want in wants if want not in SEEM_WANTED)]))
    if "other_thing" in wants:
        about |= {"candidates": list(likely.playbooks), "near": list(likely.near)}
    return Wish(tuple(wants), about)


def _done(text: str, run: Run, member: str, roster: Roster) -> dict[str, Any]:
    """Find the step that is said to be done, the writer's first, and the colleague who is said to have done it."""
    open_steps = sorted(run.open_steps(), key=lambda shown: shown.member != member)
    meant = next((shown for shown in open_steps if _means(text, run, shown)), None)
    named = next((m.id for m in roster.active() if m.id != member and m.name.split()[0] in text), None)
    found = {"shown": meant.turn if meant else None, "who": named}
    return {name: value for name, value in found.items() if value is not None}


def _means(text: str, run: Run, shown: Shown) -> bool:
    return may_mean(text, " ".join(everywhere(run.step(shown).ask).values()))


def is_answer(text: str, awaited: str, now: datetime) -> bool:
    """Say whether a text is all that a strict reader waits for, with every sign of it used."""
    if awaited == "promised_time":
        return later_time(text, now) is not None
    kind = STRICT.get(awaited)
    if kind == "time":
        found = leading_time(text, now)
        return found is not None and not found[1].strip()
    try:
        return kind is not None and bool(read(kind, text, now))
    except Refused:
        return False


def is_pressing(wish: Wish, awaited: str) -> bool:
    """Say whether a text wants something that it can hardly say as the answer that is awaited."""
    plausible = PLAUSIBLE | (frozenset() if awaited in TOLD_OF_WORK else GIVEN_AS_REASONS)
    return bool(wish.wants) and not plausible.issuperset(wish.wants)
