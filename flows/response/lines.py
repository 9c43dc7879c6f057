"""Cards: several small things for one person, each settled by itself and in any order, the plain ones by one tap together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contacts.written.signs import straight
from flows.commands.people import OpenLine, SettleLine, SettleLines
from flows.events.working import Asked, HelpGiven, LineOpened, LineSettled, StepAnswered, StepShown
from flows.messages.helping import LineOpen, LinesLeft, LinesOffered, StaysUndone, WhichLine
from flows.messages.notes import PhotosAsked
from flows.messages.promising import PromiseTaken
from flows.messages.steps import LineTaken, PhotoTaken, StepOpen, TextTaken
from flows.record.journal import AT_ONCE, LATER, NEXT, SOON, Owed
from flows.refusals import Refused
from flows.response.audience import (
    Circumstances,
    leaders,
    line_key,
    next_key,
    offered_key,
    screen_key,
    tells,
    undone_key,
    which_key,
)
from flows.response.reporting import to_confirm
from flows.response.steps import (
    Settled,
    applies,
    assign,
    chosen_by,
    facts_set,
    find_open,
    follow,
    handed_by,
    left_undone,
    missing,
    settle,
)
from flows.state.machines import in_order
from flows.state.run import Run, Shown
from flows.state.work import Context, Work, decides
from flows.written.taking import TAKING, lacks, read
from playbooks.conditions import Condition
from playbooks.model import Step
from playbooks.step_types import Takes


def open_lines(run: Run, context: Context, track: str, card: str) -> dict[str, Step]:
    """Give the lines of a card that concern this case and that nobody has answered since the card was reached last."""
    return {
        name: line
        for name, line in run.text_of(track, card).lines.items()
        if run.line_answer(track, card, name) is None and applies(line, run, context)
    }


def owed_lines(run: Run, context: Context, shown: Shown) -> list[str]:
    """Give the lines that keep a card open."""
    return [n for n, line in open_lines(run, context, shown.track, shown.step).items() if not line.optional]


def lines_on(run: Run, context: Context, shown: Shown) -> dict[str, Step]:
    """Give the lines that stand on the screen of whoever has a card: those open, and those already answered."""
    waiting = open_lines(run, context, shown.track, shown.step)
    return {
        name: line
        for name, line in run.step(shown).lines.items()
        if name in waiting or (shown.track, f"{shown.step}/{name}") in run.answered
    }


def left(run: Run, context: Context, shown: Shown) -> dict[str, Step]:
    """Give the lines of a card that somebody may still settle: nobody answered them, or the answer did not settle them."""
    waiting = open_lines(run, context, shown.track, shown.step) if shown.open else {}
    answers = {name: run.answered.get((shown.track, f"{shown.step}/{name}")) for name in run.step(shown).lines}
    return {
        name: line
        for name, line in run.step(shown).lines.items()
        if name in waiting or ((answer := answers[name]) is not None and not answer.settles)
    }


def in_bulk(run: Run, context: Context, shown: Shown) -> list[str]:
    """Give the lines that one tap settles together: open ones that take a tap alone, and from which nothing follows."""
    return [name for name, line in open_lines(run, context, shown.track, shown.step).items() if line.in_bulk]


def can_finish(run: Run, context: Context, shown: Shown) -> bool:
    """Say whether [all done] has something to do: it settles a line, or the card, when none is open any more."""
    return bool(in_bulk(run, context, shown)) or not _holding_up(run, context, shown)


def _holding_up(run: Run, context: Context, shown: Shown) -> bool:
    return bool(owed_lines(run, context, shown))


def line_told(run: Run, context: Context, shown: Shown, text: str) -> str:
    """Give the one open line of a card that a text is just the answer of, a number or a time; empty otherwise.

    A figure alone that could be the line's own number is no answer.
    """
    lines = open_lines(run, context, shown.track, shown.step)
    plain = straight(text).strip()
    if plain.isdecimal() and 1 <= int(plain) <= len(run.step(shown).lines):
        return ""
    told = [name for name, line in lines.items() if _is_just(line.takes, text, context)]
    return told[0] if len(told) == 1 else ""


def _is_just(takes: Takes, text: str, context: Context) -> bool:
    if not TAKING[takes].strictly:
        return False
    try:
        read(takes, text, context.roster.facility.local(context.now))
    except Refused:
        return False
    return True


def numbered(run: Run, context: Context, shown: Shown) -> list[str]:
    """Give the lines of a card in the order of their numbers, among those for this kind of facility.

    Those that concerned the case when it was shown come first, so that no number is missing; what comes in later takes the
    next, and no other line's changes.
    """
    kind, then = context.roster.facility.kind, run.facts_before(shown.turn)
    lines = {name: line for name, line in run.step(shown).lines.items() if kind in line.facilities}
    return sorted(lines, key=lambda n: (when := lines[n].when) is not None and Condition.of(when).holds(then) is False)


def line_moves(line: Step) -> tuple[str, ...]:
    """Give the answers that are legal on a line, in the order of the buttons."""
    choosing = line.type.wants == "choice"
    refused = lacks(line, "done", {}) and TAKING[line.takes].done_without == "is_refused"
    return tuple(
        move
        for move in in_order(line)
        if (choosing or not move.startswith("choice:")) and not (move == "done" and (choosing or refused))
    )


# ── what people do with them ────────────────────────────────────────────────────────────────────────────────────────


@decides
def open_line(work: Work, command: OpenLine) -> None:
    """Show a line by itself; what the actor sends next belongs to it."""
    shown = _card(work, command.shown, command.line)
    work.add(LineOpened(shown.turn, command.line))


@decides
def settle_one(work: Work, command: SettleLine) -> None:
    """Answer a line, and see who does what waits now."""
    shown = _card(work, command.shown, command.line)
    given: Mapping[str, Any] = command.given
    if command.evidence:
        if command.evidence not in work.run.evidence:
            raise Refused("stale")
        given = {"evidence": command.evidence, "text": ""}
    settle_line(work, shown, command.line, command.answer, given, command.reason)
    assign(work)


@decides
def settle_all(work: Work, command: SettleLines) -> None:
    """Settle what one tap may; what takes something stays open, and keeps the card on the screen."""
    shown = find_open(work.run, command.shown)
    names = in_bulk(work.run, work.context, shown)
    if not names and _holding_up(work.run, work.context, shown):
        raise Refused("lines_open", shown=shown.turn)
    for name in names:
        line = work.run.step(shown).lines[name]
        _settled(work, shown, name, line, Settled("done", "", line.answers["done"], {}, None), together=True)
    _finish(work, shown)
    assign(work)


def photo_lines(run: Run, context: Context, shown: Shown) -> list[str]:
    """Give the lines of a card that still take a photo."""
    return [name for name, line in left(run, context, shown).items() if line.type.wants == "photo"]


def photo_line(work: Work, shown: Shown) -> str | None:
    """Give the line that a photo belongs to: the one tapped last if it takes one, else the only one; None if that is not plain."""
    taking = photo_lines(work.run, work.context, shown)
    return shown.line if shown.line in taking else taking[0] if len(taking) == 1 else None


def settle_line(
    work: Work, shown: Shown, name: str, move: str, given: Mapping[str, Any], reason: str | None = None
) -> None:
    """Answer a line of a card: ask for what is missing, give help, or settle it; the last one settles the card."""
    line = work.run.step(shown).lines[name]
    if move not in (*line_moves(line), "done" if given else ""):
        raise Refused("not_now", state=name, move=move)
    chosen = chosen_by(line, move)
    if move == "unsure" and (line.picture or not chosen.settles):  # how it goes on from there: flows.helping
        if shown.line != name:
            work.add(LineOpened(shown.turn, name))
        work.add(HelpGiven(shown.turn, chosen.call or "role:commander"))
        return
    given = handed_by(move, given, frozenset())
    lacking = missing(line, move, chosen, given, reason, shown)
    if lacking is not None:
        about = {"shown": shown.turn, "line": name, "answer": move, **({"given": dict(given)} if given else {})}
        work.add(Asked(work.context.actor, lacking, about))
        return
    _settled(work, shown, name, line, Settled(move, "", chosen, given, reason))
    _finish(work, shown)


def leave_line(work: Work, shown: Shown, name: str) -> None:
    """Let a line that somebody doesn't know stay undone by name, and its card go on."""
    line = work.run.step(shown).lines[name]
    _settled(work, shown, name, line, Settled("unsure", "", line.answers["unsure"], {}, None))
    _finish(work, shown)


def _settled(work: Work, shown: Shown, name: str, line: Step, it: Settled, *, together: bool = False) -> None:
    sets = facts_set(line, it)
    settles, given = it.chosen.settles, dict(it.given)
    work.add(
        LineSettled(
            shown.turn,
            shown.track,
            shown.step,
            name,
            it.move,
            shown.member,
            settles,
            given,
            it.reason,
            sets,
            in_bulk=together,
        )
    )
    follow(work, line, it)


def _finish(work: Work, shown: Shown) -> None:
    """Settle the card when no line is open any more."""
    here = work.run.shown[shown.turn]
    if here.open and not _holding_up(work.run, work.context, here):
        card = work.run.step(here)
        to = work.run.machine(here.track).after(here.step, "done")
        settle(work, here, card, Settled("done", to, card.answers["done"], {}, None))


def _card(work: Work, turn: int, name: str) -> Shown:
    """Give the card whose line somebody means; Refused where the line is no more to be settled."""
    run = work.run
    shown = run.shown.get(turn)
    if shown is None or not run.live or name not in run.step(shown).lines:
        raise Refused("stale")
    if shown.released:
        find_open(run, turn)  # says who has it now
    if name not in left(run, work.context, shown):
        done = run.answered.get((shown.track, f"{shown.step}/{name}"))
        if done is None:
            raise Refused("stale")
        raise Refused("already_done", member=done.by, at=done.at.isoformat(), answer=done.answer)
    return shown


def asks_of_photo(run: Run, photo: int) -> bool:
    """Say whether it is asked of a photo if patients are to be seen on it: of the first of a run, and in no drill."""
    return not run.drill and all(turn == photo for turn, one in run.evidence.items() if one.media == "photo")


def _said_before(run: Run, context: Context, shown: Shown) -> bool:
    """Say whether it was already said of the line that is next that it is: something was sent for the card since it is."""
    lines, owed = list(run.step(shown).lines), owed_lines(run, context, shown)
    answers = {name: run.answered.get((shown.track, f"{shown.step}/{name}")) for name in lines}
    there = {name: answer for name, answer in answers.items() if answer is not None}
    before = [a.turn for name, a in there.items() if owed and lines.index(name) < lines.index(owed[0])]
    sent = [
        a.turn for a in there.values() if {"text", "evidence"} & a.given.keys() and a.turn >= max(before, default=0)
    ]
    return bool(owed) and len(sent) > 1


# ── what is told of them ────────────────────────────────────────────────────────────────────────────────────────────


@tells
def _opened(run: Run, event: LineOpened, how: Circumstances) -> Iterator[Owed]:
    yield Owed(
        how.actor,
        LineOpen(event.shown, event.line),
        run.id,
        key=line_key(run.id, event.shown, event.line),
        priority=AT_ONCE,
    )


@tells
def _told(run: Run, event: LineSettled, how: Circumstances) -> Iterator[Owed]:
    """Mark the line and change the card where it stands; below what was sent for it, only what is next is said."""
    key = line_key(run.id, event.shown, event.line)
    yield Owed(how.actor, LineOpen(event.shown, event.line), run.id, key=key, priority=LATER, edits=True)
    offered = offered_key(run.id, event.shown)  # where it was asked which is meant, only those that are left are
    yield Owed(event.member, LinesOffered(event.shown), run.id, key=offered, priority=LATER, edits=True)
    place = f"{event.step}/{event.line}"
    line = run.text_of(event.track, place)
    if event.answer in ("cannot", "unsure") and not event.settles and not line.optional:
        yield from left_undone(run, event.track, place, event.answer, how)
    if event.settles and run.shown[event.shown].helped:
        for member in dict.fromkeys([*leaders(run, how.context), how.actor]):
            undone = undone_key(run.id, event.track, place)
            yield Owed(member, StaysUndone(how.turn), run.id, key=undone, priority=SOON, edits=True)
    if "promised" in event.given:
        yield Owed(how.actor, PromiseTaken(how.turn), run.id, priority=AT_ONCE)
    if "evidence" in event.given:  # of which photo somebody was asked whose it is, they are asked no more, or less
        for asked in [e.turn for e in run.evidence.values() if e.turn > event.shown]:
            edit = WhichLine(event.shown, asked)
            yield Owed(how.actor, edit, run.id, key=which_key(run.id, asked), priority=LATER, edits=True)
    yield from to_confirm(run, event.track, place, event, how)
    later = how.together[[e is event for e in how.together].index(True) + 1 :]
    if any(isinstance(e, StepAnswered) and e.shown == event.shown for e in later):
        goes_on = any(isinstance(e, StepShown) and e.member == how.actor for e in later)
        if "evidence" in event.given:
            yield from () if goes_on else (Owed(how.actor, PhotoTaken(how.turn), run.id, priority=AT_ONCE),)
        elif "text" in event.given:
            yield Owed(how.actor, TextTaken(how.turn), run.id, priority=AT_ONCE)
    elif not any(isinstance(e, LineSettled) for e in later):
        key = screen_key(run, event.shown)
        yield Owed(event.member, StepOpen(event.shown), run.id, key=key, priority=NEXT, edits=True)
        photo = event.given.get("evidence")
        if {"text", "evidence"} & event.given.keys() and not _said_before(run, how.context, run.shown[event.shown]):
            of_card = PhotosAsked(photo) if photo and asks_of_photo(run, photo) else LineTaken(event.shown)
            yield Owed(how.actor, of_card, run.id, key=next_key(run.id, event.shown), priority=NEXT)
        if event.in_bulk:  # who tapped [all done] reads at once what is not
            yield Owed(how.actor, LinesLeft(event.shown), run.id, priority=AT_ONCE)
