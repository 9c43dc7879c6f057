"""What somebody may take back for a quarter of an hour, while nobody has built on it: their own last answer.

Of a card, whose lines stand side by side, it is each line that they settled.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Literal, get_args

from flows.state.run import Answered, Run
from flows.state.work import Context
from playbooks.conditions import Condition
from playbooks.frozen import frozen

FOR = timedelta(minutes=15)
"""So long an answer may be taken back."""


@frozen
class Undoing:
    """What taking back an answer comes to: the steps that open again, facts as they were, and tracks that had begun by it."""

    of: int
    track: str
    steps: tuple[str, ...]
    restores: dict[str, str]
    forgets: tuple[str, ...]
    ends: tuple[str, ...]


def last_answer(run: Run, member: str) -> Answered | None:
    """Give what somebody answered last in a run."""
    return max((a for a in run.answered.values() if a.by == member), key=lambda a: a.turn, default=None)


Stands = Literal["nothing_to_undo", "newer_first", "too_late", "answer_stands", "gone_on"]
STANDS: tuple[Stands, ...] = get_args(Stands)
"""Why an answer isn't taken back: there is none, there is a newer one of one's own, a quarter of an hour has passed, it is never
taken back (a decision, a report, a photo), or somebody has gone on from it."""


def undoing(run: Run, context: Context, member: str, of: int = 0) -> Undoing | None:
    """Give what taking back somebody's answer at a turn (0: the last) comes to; None where it stands."""
    found = _look(run, context, member, of)
    return found if isinstance(found, Undoing) else None


def stands(run: Run, context: Context, member: str, of: int = 0) -> Stands | None:
    """Give why somebody's answer at a turn (0: the last) isn't taken back; None where it can be."""
    found = _look(run, context, member, of)
    return None if isinstance(found, Undoing) else found


def _look(run: Run, context: Context, member: str, of: int) -> Undoing | Stands:
    last = last_answer(run, member)
    if last is None:
        return "nothing_to_undo"
    older = of not in (0, last.turn)
    if older:
        place = next((place for place, a in run.answered.items() if (a.turn, a.by) == (of, member)), None)
        if place is None or "/" not in place[1]:
            return "newer_first"
        last = run.answered[place]
    if context.now > last.at + FOR:
        return "too_late"
    if not run.live or run.state == "reviewing":
        return "gone_on"
    (track, step) = next(place for place, a in run.answered.items() if a is last)
    if run.playbook is not None and track not in run.playbook.tracks:
        return "gone_on"  # another playbook has taken the place of the one that it is of
    together = ({step: last} if older else dict(_together(run, track, step, last))) | _card_since(
        run, track, step, last
    )
    first = min(a.turn for a in together.values())
    if track not in run.tracks or any(_stands(run, track, name, a) for name, a in together.items()):
        return "answer_stands"
    learnt = dict(_learnt(run, first, last.turn))
    ends = tuple(
        name
        for name, there in run.tracks.items()
        if name != track and there.turn > last.turn and _begun_by(run, name, learnt, together, track)
    )
    if _built_on(run, track, step.partition("/")[0], first, last, ends, frozenset(learnt)):
        return "gone_on"
    return Undoing(
        last.turn,
        track,
        tuple(together),
        {fact: before for fact, before in learnt.items() if before is not None},
        tuple(fact for fact, before in learnt.items() if before is None),
        ends,
    )


def _learnt(run: Run, first: int, last: int) -> Iterator[tuple[str, str | None]]:
    """Give the facts that the entries of some turns were the last to tell, with what each was before."""
    for fact, learnt in run.learnt.items():
        here = [before for turn, before in learnt if first <= turn <= last]
        if here and learnt[-1][0] <= last:
            yield fact, here[0]


def _together(run: Run, track: str, step: str, last: Answered) -> Iterator[tuple[str, Answered]]:
    """Give an answer with those that one tap gave together: the lines of a card, and the card that they completed.

    Two taps may have been taken in at the same moment: that they were one, only the lines themselves say.
    """
    card = step.partition("/")[0]
    there = {name: a for (other, name), a in run.answered.items() if other == track and name.partition("/")[0] == card}
    same = {n: a for n, a in there.items() if (a.by, a.at, a.shown) == (last.by, last.at, last.shown)}
    whole = step == card
    completed = max((a.turn for n, a in same.items() if n != card), default=0) if whole else 0
    bulk = last.in_bulk or (whole and any(a.in_bulk and a.turn == completed for a in same.values()))
    yield step, last
    for name, a in same.items():
        if name != step and ((bulk and a.in_bulk) or a.turn == completed):
            yield name, a


def _card_since(run: Run, track: str, step: str, last: Answered) -> dict[str, Answered]:
    """Give the card that was done since one of its lines was answered, if nothing follows from that: it opens again with the line."""
    card, _, line = step.partition("/")
    done = run.answered.get((track, card)) if line else None
    meant = run.text_of(track, card).answers.get(done.answer) if done is not None and done.turn > last.turn else None
    return {card: done} if done is not None and meant is not None and not (meant.sets or meant.starts) else {}


def _stands(run: Run, track: str, name: str, answered: Answered) -> bool:
    """Say whether an answer is never taken back: a decision, a report, a photo, the first knowledge, another playbook."""
    text = run.text_of(track, name)
    meant = text.answers.get(answered.answer)
    went = meant is not None and meant.hands_over is not None
    kept = run.promises.get(answered.turn)
    told = kept is not None and (kept.kept is not None or kept.missed > 0)
    return (
        text.decision is not None
        or text.files is not None
        or text.value == "found_at"
        or "evidence" in answered.given
        or went
        or told
    )


def _begun_by(run: Run, name: str, learnt: dict[str, str | None], together: dict[str, Answered], track: str) -> bool:
    """Say whether a track began by an answer: it starts it, or its condition looks at what was learnt by it."""
    for step, answered in together.items():
        text = run.text_of(track, step)
        choice = text.choices.get(answered.answer.removeprefix("choice:"))
        meant = (
            *(chosen.starts if (chosen := text.answers.get(answered.answer)) else ()),
            *(choice.starts if choice else ()),
        )
        done = text.answers.get("done") if choice else None
        if name in (*meant, *(done.starts if done else ())):
            return True
    when = run.playbook.tracks[name].when if run.playbook is not None else None
    return when is not None and not Condition.of(when).facts.isdisjoint(learnt)


def _built_on(
    run: Run, track: str, card: str, first: int, last: Answered, ends: tuple[str, ...], learnt: frozenset[str]
) -> bool:
    """Say whether somebody has built on an answer: worked in what it opened, used what it told, decided, approved or filed.

    The lines of a card stand side by side: what somebody else answered on another one doesn't rest on it.
    """
    opened = {track, *ends}
    worked = any(
        s.track in opened and s.turn > last.turn and (s.answered or s.ticked or s.claimed or s.line or s.helped)
        for s in run.shown.values()
    )
    later = [(place, a) for place, a in run.answered.items() if a.turn > last.turn]
    answered = any(
        place[0] in opened and (place[0] != track or place[1].partition("/")[0] != card) for place, _ in later
    )
    used = any(_looks_at(run, *place, learnt) for place, _ in later)
    passed = (turn for name, turn in run.passed.items() if name not in opened)
    moved = bool(learnt) and any(turn > last.turn for turn in passed)  # what it told made a step moot
    acts = (run.filed, run.withdrawn, run.refused, run.decisions, run.documents)
    decided = any(act.turn > first for found in acts for act in found.values())
    approved = any(text.at > last.at for text in run.explanations.values())
    return worked or answered or used or moved or decided or approved


def _looks_at(run: Run, track: str, step: str, learnt: frozenset[str]) -> bool:
    when = run.text_of(track, step).when
    return when is not None and not Condition.of(when).facts.isdisjoint(learnt)
