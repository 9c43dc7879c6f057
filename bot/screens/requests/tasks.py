"""What buttons ask about tasks."""

from __future__ import annotations

from datetime import date

from bot.screens.requests.request import Request


class OfTask(Request):
    """Something about a task."""

    task: int


class ShowTask(OfTask, kept="task|{task}"):
    """Show a task."""


class TickTask(OfTask, kept="task_done|{task}", label="button.task_done"):
    """Say that a task is done."""


class AskTaskOwner(OfTask, kept="task_to|{task}", label="button.task_to"):
    """Ask to whom a task is handed on."""


class HandTaskOn(OfTask, kept="task_to|{task}|{member}"):
    """Hand a task on."""

    member: str


class AskTaskDay(OfTask, kept="task_later|{task}", label="button.task_later"):
    """Ask until when a task is put off."""


class PutTaskOff(OfTask, kept="task_later|{task}|{day}", label="task.until"):
    """Put a task off."""

    day: date


class AskTaskReason(OfTask, kept="task_drop|{task}", label="button.task_drop"):
    """Ask why a task is dropped."""
