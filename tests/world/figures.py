"""What many mornings come to: medians and nine in ten, beside the yardstick, as a table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from math import ceil, inf
from pathlib import Path
from typing import Any

from tests.world.person import PARTS
from tests.world.play import Morning, one
from tests.world.truth import MILESTONES, SEEN

YARDSTICK = Path(__file__).with_name("yardstick.json")
"""The figures of a1988d0, made once by ``stage_a1988d0.py.txt``; it says how."""

FIRST = (10, 15)
COUNTED = ("messages", "characters", "screens", "acts")

Figures = dict[str, Any]


def played(seeds: Sequence[int], jobs: int = 1) -> list[Morning]:
    """Play a morning for each seed."""
    if jobs == 1:
        return [one(seed) for seed in seeds]
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(one, seeds))


def at_rank(values: Sequence[float], share: float) -> float:
    """Give the value that ``share`` of all don't exceed."""
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]


def figures(mornings: Sequence[Morning]) -> Figures:
    """Give median, nine in ten and how often never, by what is measured; and what half of each part's people had to deal with."""
    times = {what: [m.came.get(what, inf) for m in mornings] for what in SEEN}
    return {
        "mornings": len(mornings),
        "times": {
            what: {
                "median": minutes(at_rank(came, 0.5)),
                "p90": minutes(at_rank(came, 0.9)),
                "never": sum(at == inf for at in came),
            }
            for what, came in times.items()
        },
        "people": {
            part: {
                str(first): {
                    what: {
                        "median": at_rank([m.people[part][first][what] for m in mornings], 0.5),
                        "p90": at_rank([m.people[part][first][what] for m in mornings], 0.9),
                    }
                    for what in COUNTED
                }
                for first in FIRST
            }
            for part in PARTS
        },
        "unanswered": sum(len(m.unanswered) for m in mornings),
    }


def minutes(at: float) -> float | None:
    """Round a time; None is never."""
    return None if at == inf else round(at, 1)


def met(found: Figures) -> dict[str, bool]:
    """Say which goals are met: half in time, nine in ten in twice that."""
    times = found["times"]
    return {
        what: all(
            at is not None and at <= goal * factor
            for at, factor in ((times[what]["median"], 1), (times[what]["p90"], 2))
        )
        for what, goal in MILESTONES.items()
    }


def yardstick() -> Figures:
    """Read the figures of a1988d0."""
    found: Figures = json.loads(YARDSTICK.read_text(encoding="utf-8"))
    return found


def table(found: Figures, beside: Figures | None) -> Iterator[str]:
    """Say the figures in lines, the yardstick's behind a bar."""
    other = beside or {}
    yield f"{found['mornings']} mornings" + (f" | a1988d0: {other['mornings']}" if other else "")
    yield f"{'minutes since the report':26}{'goal':>6}{'median':>8}{'p90':>8}{'never':>7}" + (
        f" |{'median':>8}{'p90':>8}{'never':>7}" if other else ""
    )
    for what in SEEN:
        goal = MILESTONES.get(what)
        line = f"{what:26}{'' if goal is None else f'{goal:g}':>6}{_time(found['times'][what])}"
        yield line + (f" |{_time(other['times'][what])}" if other else "")
    for first in FIRST:
        yield ""
        yield f"{f'first {first} minutes':26}" + "".join(f"{what:>20}" for what in COUNTED)
        for part in PARTS:
            cells = (_count(found, other, part, first, what) for what in COUNTED)
            yield f"{part:26}" + "".join(f"{cell:>20}" for cell in cells)
    yield f"\n{found['unanswered']} acts brought their person nothing" + (f" | {other['unanswered']}" if other else "")


def _time(row: Figures) -> str:
    said = ["—" if row[what] is None else f"{row[what]:.1f}" for what in ("median", "p90")]
    return f"{said[0]:>8}{said[1]:>8}{row['never']:>7}"


def _count(found: Figures, other: Figures, part: str, first: int, what: str) -> str:
    here = found["people"][part][str(first)][what]
    there = f" | {other['people'][part][str(first)][what]['median']}" if other else ""
    return f"{here['median']}–{here['p90']}{there}"
