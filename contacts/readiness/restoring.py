"""In which order systems come back: nothing before what it needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contacts.phrasing import say
from contacts.shapes.systems import System
from playbooks.frozen import frozen
from playbooks.phrasing import Phrase


@frozen
class OrderFlaw:
    """Something wrong with what needs what; ``systems`` are the ids of those whom it is about, the one to change first."""

    what: Phrase
    systems: tuple[str, ...]


def order_flaws(systems: Iterable[System]) -> tuple[OrderFlaw, ...]:
    """Give what can't be: systems that need each other in a circle, and systems restored before what they need.

    A system without a place in the order is passed over; another item of readiness asks for it.
    """
    known = {system.id: system for system in systems}
    return (*_circles(known), *_too_early(known))


def _circles(known: dict[str, System]) -> Iterator[OrderFlaw]:
    told: set[frozenset[str]] = set()
    for system in known.values():
        behind = _behind(system, known)
        circle = frozenset(key for key in behind if system.id in _behind(known[key], known))
        if system.id in behind and circle not in told:
            told.add(circle)
            names = "・".join(known[key].name for key in sorted(circle))
            text = say("restoring.circle", names=names)
            yield OrderFlaw(text, tuple(sorted(circle)))


def _behind(system: System, known: dict[str, System]) -> set[str]:
    """Give everything that has to run before a system can, at however many removes."""
    found: set[str] = set()
    waiting = [need for need in system.needs if need in known]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += [need for need in known[key].needs if need in known]
    return found


def _too_early(known: dict[str, System]) -> Iterator[OrderFlaw]:
    for system in known.values():
        for need in (known[key] for key in system.needs if key in known and key != system.id):
            if system.restore_order and need.restore_order and system.restore_order < need.restore_order:
                text = say(
                    "restoring.too_early",
                    name=system.name,
                    place=system.restore_order,
                    need=need.name,
                    need_place=need.restore_order,
                )
                yield OrderFlaw(text, (system.id, need.id))
