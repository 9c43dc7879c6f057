"""Whether somebody can always take over: nobody stands in for themselves, and no two only for each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from contacts.labels import ROLE
from contacts.phrasing import say
from contacts.roles import DEPUTISED
from contacts.shapes.people import Member
from playbooks.frozen import frozen
from playbooks.phrasing import Phrase
from playbooks.texts import Text


@frozen
class Flaw:
    """Something wrong with who stands in for whom; ``members`` are the ids of those whom it is about."""

    what: Phrase
    members: tuple[str, ...] = ()


def flaws(members: Iterable[Member]) -> tuple[Flaw, ...]:
    """Give what must not be: deputies of themselves, deputies in a circle, nobody left to direct."""
    active = [m for m in members if m.status == "active"]
    return (*_of_themselves(active), *_circles(active), *_no_director(active))


def without_deputy(members: Iterable[Member]) -> tuple[str, ...]:
    """Give the roles of :data:`DEPUTISED` for which no active member stands in."""
    active = [m for m in members if m.status == "active"]
    return tuple(role for role in DEPUTISED if not any(deputises(m, role) for m in active))


def deputises(member: Member, role: str) -> bool:
    """Say whether a member stands in for others in a role; whoever holds it does not."""
    return role in member.stands_in_for and role not in member.roles


def candidates(members: tuple[Member, ...], role: str) -> list[Member]:
    """Give who could stand in for a role: whoever neither holds it nor does so already, and makes no circle of deputies."""
    known = set(flaws(members))
    return [
        m
        for m in members
        if m.status == "active"
        and role not in m.roles
        and not deputises(m, role)
        and set(flaws(_with(members, m, role))) <= known
    ]


Gap = Literal["nobody", "no_director", "no_deputy"]


def left_open_by(members: Iterable[Member], leaver: str) -> Gap | None:
    """Give what would be missing if a member left: nobody to decide, no director, or nobody to stand in for one."""
    active = [m for m in members if m.status == "active"]
    stay = [m for m in active if m.id != leaver]
    directs = [m for m in active if "director" in m.roles]
    deputies = [m for m in active if deputises(m, "director")]
    if not any(m in stay for m in (*directs, *deputies)):
        return "nobody"
    if directs and not any(m in stay for m in directs):
        return "no_director"
    return "no_deputy" if deputies and not any(m in stay for m in deputies) else None


def _of_themselves(active: list[Member]) -> Iterator[Flaw]:
    for member in active:
        for role in member.stands_in_for:
            if role in member.roles:
                label = ROLE[role] if role in ROLE else Text(ja=role, en=role)
                yield Flaw(
                    say("deputies.own_deputy", name=member.name, label=label),
                    (member.id,),
                )


def _circles(active: list[Member]) -> Iterator[Flaw]:
    """Find those who only stand in for each other: were all of them away, nobody would be left.

    Looked at for the roles that need a deputy alone: a nurse and a receptionist may well help each other out.
    """
    deputies = {role: [d for d in active if deputises(d, role)] for role in DEPUTISED}
    behind = {m.id: [d for role in DEPUTISED if role in m.roles for d in deputies[role]] for m in active}
    told: set[frozenset[str]] = set()
    for member in active:
        reached: dict[str, Member] = {}
        waiting = [member]
        while waiting:
            fresh = [d for d in behind[waiting.pop().id] if d.id not in reached]
            reached.update((d.id, d) for d in fresh)
            waiting += fresh
        circle = frozenset(reached)
        if member.id in reached and circle not in told and all(behind[m] for m in reached):
            told.add(circle)
            names = " → ".join([member.name, *(m.name for m in reached.values() if m.id != member.id), member.name])
            yield Flaw(
                say("deputies.circle", names=names),
                tuple(reached),
            )


def _no_director(active: list[Member]) -> Iterator[Flaw]:
    if not any("director" in m.roles for m in active):
        yield Flaw(say("deputies.no_director"))


def _with(members: tuple[Member, ...], chosen: Member, role: str) -> list[Member]:
    standing = chosen.model_copy(update={"stands_in_for": (*chosen.stands_in_for, role)})
    return [standing if m.id == chosen.id else m for m in members]
