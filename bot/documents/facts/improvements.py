"""Improvements as documents list them: what, who, until when, how far; and which of the earlier ones a drill verified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.documents.source import Source
from bot.words.tasks import task_text
from flows.events.upkeep import TaskVerified
from flows.record import codec
from flows.record.journal import FACILITY
from flows.state.house import Task

Row = tuple[object, ...]


def of_runs(source: Source, runs: Iterable[str]) -> list[Task]:
    """Give the tasks that came of some runs, in the order in which they were opened."""
    wanted = set(runs)
    return [task for task in source.house.tasks.values() if task.about.get("run") in wanted]


def rows(source: Source, tasks: Iterable[Task]) -> Iterator[Row]:
    """Give tasks as rows: number, what, owner, until when, how far, what was said."""
    words = source.words
    for task in tasks:
        state = words.say(f"paper.task.{task.state}")
        yield (
            task.id,
            task_text(words, task),
            words.who(task.owner).unescape(),
            f"{task.due:%Y-%m-%d}",
            state,
            task.said,
        )


def verified_in(source: Source, run: str) -> dict[int, bool]:
    """Give the tasks that a drill looked at again, and whether what was done holds."""
    found: dict[int, bool] = {}
    for entry in source.engine.journal.entries(run=FACILITY):
        event = codec.decode(entry.kind, entry.body) if entry.seq <= source.seq else None
        if isinstance(event, TaskVerified) and event.by == run:
            found[event.task] = event.holds
    return found
