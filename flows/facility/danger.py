"""Danger to people, inside a run and outside: whoever wrote of it is told whom to call, then everybody is rung."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from flows.commands.clock import Due
from flows.commands.danger import VOICELESS, RingDanger, SeeDanger, TakeDangerBack, TellDangerLate, TellOfDanger
from flows.events.facility import DangerLate, DangerRung, DangerSeen, DangerTakenBack, DangerTold
from flows.facility.settling import Matter, Settlement, settles
from flows.messages.hearing import (
    DangerAlarm,
    DangerAsked,
    DangerCameLate,
    DangerNews,
    DangerNewsKept,
    DangerOver,
    DangerStands,
    DangerWords,
)
from flows.messages.message import Message
from flows.record.journal import AT_ONCE, FACILITY, URGENT, Owed
from flows.refusals import Refused
from flows.state.house import House, SeenDanger
from flows.state.work import Context
from playbooks.triage.speech import fold

RINGS_AFTER = timedelta(seconds=30)
"""So long whoever wrote of a plain danger may take it back; then everybody is rung without them."""

TOO_LATE = timedelta(minutes=30)
"""A bot that was off for longer rings nobody any more by itself: whoever was there has acted, or it was none. Who wrote and those
who decide are told so, and may ring everybody. One that was on rings whatever its clock says: it went forward."""

SAME = {"person": timedelta(minutes=3), "fire": timedelta(minutes=30), "violence": timedelta(minutes=30)}
"""So long another text of the same kind tells of the same danger: a second person may collapse, a house burns once."""

DISCREET = frozenset({"despair", "own_despair"})
"""Dangers of which others read only that somebody needs them: no words, no news, and each stands for itself."""

FRESH = timedelta(minutes=60)
"""So long something may be told of what became of a danger."""

IN_DRILL = timedelta(minutes=15)
"""So long 「本物の障害です」 means the danger that somebody wrote of in the drill."""


@settles
def see(matter: Matter, command: SeeDanger) -> Settlement:
    """Tell the writer whom to call, before anything else; what comes of it for others they are told after that.

    What joins a danger that is known rings nobody once more; those who were rung read it. Who must not be heard reads all of it
    without a sound.
    """
    turn, actor, hidden = matter.house.turns + 1, matter.actor, command.theme == VOICELESS
    known = _known(matter.house, command, matter.now)
    seen = DangerSeen(
        actor,
        command.danger,
        command.text,
        command.plain,
        command.drill,
        command.helped,
        known.turn if known else 0,
        command.unplayed,
    )
    asked = Owed(actor, DangerAsked(turn), key=_key(turn), priority=AT_ONCE)
    if command.written is not None:
        late, owed = _late(matter, turn, actor, command.written)
        return Settlement([seen, late], owed=owed)
    words = DangerWords(command.danger, command.helped, theme=command.theme, also=command.also)
    had_words = known is not None and any(
        d.member == actor and d.danger == command.danger for d in _of(matter.house, known)
    )
    told = list(_told_again(matter, command, known))
    if hidden and known is None:
        told.append(DangerTold(actor, turn, VOICELESS, command.text))
    owed = [
        *([Owed(actor, words, priority=URGENT)] if hidden or not had_words else []),
        *(Owed(m, _call(known, event), priority=URGENT) for event in told for m in event.to),
        asked,
    ]
    return Settlement([seen, *told], owed=_hushed(owed, {actor} if hidden else set()))


def _told_again(matter: Matter, command: SeeDanger, known: SeenDanger | None) -> Iterator[DangerTold]:
    """Let those who know of a danger read what somebody else, or the same, writes of it."""
    if known is not None:
        news = VOICELESS if command.theme == VOICELESS else "called" if command.helped else "again"
        to = tuple(m for m in dict.fromkeys((*known.rung, known.member)) if m != matter.actor)
        yield DangerTold(matter.actor, known.turn, news, command.text, to)


def _known(house: House, command: SeeDanger, now: datetime) -> SeenDanger | None:
    """Give the danger that was seen before, if it is the same and everybody is or will be rung for it."""
    same = (
        d
        for d in house.dangers.values()
        if not d.joins
        and d.late is command.written is None
        and command.danger not in DISCREET
        and (d.danger, d.drill) == (command.danger, command.drill)
        and (d.state == "rung" or (d.state == "seen" and (d.plain or not command.plain)))
        and not d.eased
        and now - d.at <= SAME.get(d.danger, FRESH)
        and d.turn not in command.apart
    )
    return max(same, key=lambda d: d.turn, default=None)


def seen_by(house: House, root: SeenDanger) -> set[str]:
    """Give all who wrote of the same danger."""
    return {seen.member for seen in _of(house, root)}


def _of(house: House, root: SeenDanger) -> Iterator[SeenDanger]:
    return (d for d in house.dangers.values() if root.turn in (d.turn, d.joins))


@settles
def tell(matter: Matter, command: TellOfDanger) -> Settlement:
    """Pass on what became of a danger to all who were rung, and to whoever leads; nothing ends by it.

    What was only asked is answered, and goes to nobody. Who must not be heard reads it without a sound.
    """
    seen = matter.house.dangers.get(command.of)
    to = () if command.quiet else _who_reads(matter, command, seen)
    event = DangerTold(matter.actor, command.of, command.news, command.text, to)
    call = _call(seen, event)
    told = replace(call, place=place_of(command.text, matter.here) if command.news == "looked_for" else "")
    owed = [
        *(Owed(m, told, priority=URGENT) for m in to),
        Owed(matter.actor, _kept(told, event, seen, command.theme), priority=AT_ONCE),
    ]
    hush = {*(seen.voiceless if seen is not None else ()), *([matter.actor] if command.news == "voiceless" else [])}
    return Settlement([event], owed=_hushed([*owed, *([_changed(seen)] if seen is not None else [])], hush))


def _who_reads(matter: Matter, command: TellOfDanger, seen: SeenDanger | None) -> tuple[str, ...]:
    here = matter.here
    leads = [run.commander for run in here.runs.values() if run.live and not run.drill and run.commander]
    known = (*seen.rung, seen.member) if seen is not None else ()
    told = dict.fromkeys((*known, *(leads or [m.id for m in here.chain()])))
    if command.news == "coming" and seen is not None:
        told = dict.fromkeys(sorted(seen_by(matter.house, seen)))  # who waits there; the others come themselves
    return tuple(m for m in told if m != matter.actor)


def _kept(told: DangerNews, event: DangerTold, seen: SeenDanger | None, theme: str) -> Message:
    if event.news == "asks_state" and seen is not None:
        return DangerStands(seen.turn, event.to)
    if event.news == "asks_doing" and seen is not None:
        return DangerWords(seen.danger, seen.helped, theme=theme)
    silent = seen is not None and event.member in seen.voiceless
    return DangerNewsKept(event.news, event.to, told.danger, told.called_by, told.called_at, told.place, silent)


def place_of(text: str, context: Context) -> str:
    """Give where a thing is kept that a text names, as it stands among the equipment; empty where nobody entered it."""
    said = fold(text)
    named = ((fold(re.split(r"[\s(（・/]", one.name)[0]), one.place) for one in context.roster.equipment)
    return next((place for name, place in named if name and place and name in said), "")


def _hushed(owed: list[Owed], members: Container[str]) -> list[Owed]:
    """Let nothing make a sound on the phone of whoever hides."""
    return [replace(one, silent=True) if one.to in members else one for one in owed]


OF_THE_CALL = frozenset({"asks_called", "uncalled", "asks_whose", "asks_care", "cannot_call", "voiceless"})
"""News in which it matters whether somebody said that help was called."""


def _call(seen: SeenDanger | None, event: DangerTold) -> DangerNews:
    """Say the news, with who said that help was called where that is asked, denied or wanted of others."""
    news = DangerNews(event.news, event.member, event.text, seen.danger if seen is not None else "")
    if seen is None or event.news not in OF_THE_CALL or not seen.helped:
        return news
    if seen.takes_call_back(event.news, event.member):
        return replace(news, took_back=True)
    return replace(news, called_by=seen.helped_by, called_at=seen.helped_at.isoformat() if seen.helped_at else "")


@settles
def ring(matter: Matter, command: RingDanger) -> Settlement:
    """Ring everybody who is not away today, but whoever saw it."""
    seen = _open(matter.house, command.of)
    called = tuple(m.id for m in matter.here.roster.present(matter.here.today) if m.id != seen.member)
    owed = [Owed(m, DangerAlarm(command.of), key=_key(command.of), priority=URGENT) for m in called]
    return Settlement([DangerRung(command.of, called)], owed=[*owed, _changed(seen)])


@settles
def tell_late(matter: Matter, command: TellDangerLate) -> Settlement:
    """Tell who wrote of it, and those who decide, that nobody was rung."""
    seen = _open(matter.house, command.of)
    late, owed = _late(matter, seen.turn, seen.member, seen.at)
    return Settlement([late], owed=owed)


def _late(matter: Matter, turn: int, writer: str, written: datetime) -> tuple[DangerLate, list[Owed]]:
    to = tuple(m.id for m in matter.here.chain() if m.id != writer)
    told = [Owed(m, DangerCameLate(turn), key=f"{_key(turn)}:late", priority=URGENT) for m in to]
    # a message of its own, and not the one of then in other words: that makes no sound
    return DangerLate(turn, written.isoformat(), to), [Owed(writer, DangerAsked(turn), priority=URGENT), *told]


@settles
def take_back(matter: Matter, command: TakeDangerBack) -> Settlement:
    """Ring nobody, or tell those who were rung."""
    seen = matter.house.dangers.get(command.of)
    if seen is None or seen.state == "none":
        raise Refused("stale")
    known = dict.fromkeys((*seen.rung, *sorted(seen_by(matter.house, seen) - {seen.member, matter.actor})))
    owed = [Owed(m, DangerOver(command.of), priority=URGENT) for m in known]
    return Settlement([DangerTakenBack(command.of)], owed=[*owed, _changed(seen)])


def going_on(house: House, now: datetime) -> list[SeenDanger]:
    """Give the dangers of which somebody may still tell what became, the newest first; none of a drill."""
    dangers = (d for d in house.dangers.values() if not d.joins and d.state != "none" and now - d.at <= FRESH)
    real = (d for d in dangers if (not d.drill or d.state == "rung") and d.danger not in DISCREET)
    return sorted(real, key=lambda d: -d.turn)


def told_in(house: House, drill: str, now: datetime) -> SeenDanger | None:
    """Give the danger that somebody wrote of in a drill just now, the newest."""
    lately = (d for d in house.dangers.values() if d.drill == drill and d.state != "none" and now - d.at <= IN_DRILL)
    told = (d for d in lately if d.danger not in DISCREET)
    return max(told, key=lambda d: (not d.joins, d.turn), default=None)


def dangers_due(house: House, context: Context, on_since: int = 0) -> Iterator[Due]:
    """Give the dangers for which nobody has been rung yet and time is up; the bot is on since the turn ``on_since``.

    Where it was off for too long, that is told, and nobody rung.
    """
    for seen in house.dangers.values():
        since = seen.at + RINGS_AFTER
        late = context.now >= since + TOO_LATE and seen.turn <= on_since
        if seen.rings_by_itself and since <= context.now:
            order = (TellDangerLate if late else RingDanger)(FACILITY, seen.turn)
            yield Due(since, f"clock:danger:{seen.turn}{':late' if late else ''}", order)


def _open(house: House, turn: int) -> SeenDanger:
    seen = house.dangers.get(turn)
    if seen is None or seen.state != "seen":
        raise Refused("stale")
    return seen


def _changed(seen: SeenDanger) -> Owed:
    return Owed(seen.member, DangerAsked(seen.turn), key=_key(seen.turn), priority=AT_ONCE, edits=True)


def _key(turn: int) -> str:
    return f"danger:{turn}"
