"""What the guard finds: places in a text, and what seems to stand there."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from typing import Literal, get_args

from playbooks.frozen import frozen

Kind = Literal["secret", "my_number", "insurer", "insured", "chart", "birth", "phone", "mail", "address", "patient"]

KINDS: tuple[Kind, ...] = get_args(Kind)
"""All kinds; where two overlap, the one that stands first here is meant."""


@frozen
class Hit:
    """A place in a text, from ``start`` to before ``end``, and what seems to stand there."""

    start: int
    end: int
    kind: Kind


def apart(found: Iterable[Hit]) -> tuple[Hit, ...]:
    """Give those that don't overlap, in their order."""
    kept: list[Hit] = []
    there = (hit for hit in found if hit.start < hit.end)  # a pattern may find that nothing stands behind a word
    for hit in sorted(there, key=lambda one: (KINDS.index(one.kind), one.start - one.end)):
        place = bisect(kept, hit.start, key=lambda one: one.start)
        if all(hit.end <= other.start or other.end <= hit.start for other in kept[max(0, place - 1) : place + 1]):
            kept.insert(place, hit)
    return tuple(kept)
