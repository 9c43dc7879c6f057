"""What a row measures, and how it is shown: ours beside a peer's, round by round in the same run."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

HEAD = ("row", "what", "ours", "beside", "theirs", "ratio", "spread", "goal", "more")


@dataclass(frozen=True)
class Size:
    """How much is measured. ``entries`` is the length of a long journal, ``acts`` how much people do in a round."""

    rounds: int = 3
    entries: int = 100_000
    acts: int = 240
    small: bool = False

    @classmethod
    def smallest(cls) -> Size:
        """Give what shows that a row is wired, and nothing about speed."""
        return cls(rounds=1, entries=300, acts=10, small=True)


@dataclass(frozen=True)
class Figure:
    """One figure: a value a round of ours, and of what stands beside it (none: it stands alone)."""

    what: str
    unit: str
    ours: Sequence[float]
    beside: str = ""
    theirs: Sequence[float] = ()
    goal: str = ""
    more: str = ""

    @property
    def ratio(self) -> float | None:
        """Give ours as so many times the other's, in medians."""
        return median(self.ours) / median(self.theirs) if self.theirs and median(self.theirs) else None

    @property
    def spread(self) -> tuple[float, float] | None:
        """Give the least and the greatest ratio of a round."""
        ratios = [mine / other for mine, other in zip(self.ours, self.theirs, strict=bool(self.theirs)) if other]
        return (min(ratios), max(ratios)) if ratios else None

    def cells(self) -> tuple[str, ...]:
        """Give the cells of its line, the row's name aside."""
        spread = self.spread or (min(self.ours), max(self.ours))
        ratio = f"{_short(self.ratio)} ×" if self.ratio is not None else ""
        between = f"{_short(spread[0])}–{_short(spread[1])}"
        theirs = f"{_short(median(self.theirs))} {self.unit}" if self.theirs else ""
        return (
            self.what,
            f"{_short(median(self.ours))} {self.unit}",
            self.beside,
            theirs,
            ratio,
            between,
            self.goal,
            self.more,
        )

    def as_json(self) -> dict[str, Any]:
        """Give everything, the values of the rounds too."""
        return asdict(self) | {"ratio": self.ratio, "spread": self.spread}


def line(cells: Iterable[str]) -> str:
    """Give one line of a Markdown table."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def machine() -> dict[str, str]:
    """Say on what it was measured."""
    return {"python": platform.python_version(), "machine": platform.machine(), "system": platform.system()}


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
