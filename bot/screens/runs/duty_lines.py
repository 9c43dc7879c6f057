"""How one report is named in a line: what, by when, and how it stands."""

from __future__ import annotations

from datetime import date

from bot.screens.scene import Scene
from flows.response.reporting import DutyNow
from playbooks.duties.assessment import Span

ON_THE_BOARD = 2
"""Reports shown on the board, those with the nearest legal day first; the others stand behind /duties."""


def name(scene: Scene, duty: str) -> str:
    """Name a report in a few words."""
    key = f"duty.{duty}"
    return scene.words.say(key) if scene.words.has(key) else duty


def when(scene: Scene, duty: DutyNow) -> str:
    """Say by when: the law's day or range, or our own target marked as ours."""
    owed, words = duty.owed, scene.words
    if owed is None:
        return ""
    if isinstance(owed.due, Span):
        return words.say("duties.span", start=_day(owed.due.start), until=_day(owed.due.until))
    if owed.due is not None:
        return words.say("duties.until", day=_day(owed.due), provisional=owed.provisional)
    return words.say("duties.target", day=_day(owed.target)) if owed.target else words.say("duties.promptly")


def _day(day: date) -> str:
    return f"{day:%m/%d}"


def _state(duty: DutyNow) -> str:
    unsure = duty.state == "owed" and duty.owed is not None and not duty.owed.certain
    return "owed_unless" if unsure else duty.state


def line(scene: Scene, duty: DutyNow) -> str:
    """Say how one report stands."""
    run = scene.run
    taken_back = run.withdrawn.get(duty.id) if run is not None else None
    return scene.words.say(
        "duties.line",
        name=name(scene, duty.id),
        state=scene.words.say(f"duties.state.{_state(duty)}", day=_day(duty.until) if duty.until else ""),
        when=when(scene, duty) if duty.state not in ("filed", "was_owed") else "",
        overdue=duty.overdue,
        confirm=duty.owed is not None and duty.owed.duty.confirm is not None and not duty.owed.certain,
        words=duty.filed.words if duty.filed else duty.reason,
        taken_back=taken_back.words if taken_back is not None else "",
    )


def board_lines(scene: Scene, duties: tuple[DutyNow, ...]) -> list[str]:
    """Give the reports with a legal day, what is overdue first, and how many others there are."""
    dated = [(d.owed.last_day, d) for d in duties if d.owed is not None and d.owed.last_day is not None]
    nearest = [d for _, d in sorted(dated, key=lambda pair: pair[0])]
    shown = [d for d in nearest if d.overdue] or nearest[:ON_THE_BOARD]
    lines = [line(scene, d) for d in shown]
    rest = len(duties) - len(shown)
    return [*lines, scene.words.say("duties.more" if lines else "duties.count", count=rest)] if rest else lines
