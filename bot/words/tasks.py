"""What a task is about, in the reader's words: what somebody typed stays as typed, what the program asks is said by key."""

from __future__ import annotations

from collections.abc import Iterable

from bot.words.words import Words
from flows.powers import NUMBER_WRONG
from flows.state.house import Task
from flows.state.run import Run
from flows.written.taking import own_words

MEASURES_STEP = "prevention"
"""The step of the playbooks in which measures against a repeat are written down."""


def task_text(words: Words, task: Task) -> str:
    """Say what a task is about; a wrong number by the name that its contact has now. Older entries hold words."""
    if "text" in task.about:
        return str(task.about["text"])
    if task.what == NUMBER_WRONG:
        contact = words.roster.contact(str(task.about.get("contact", "")))
        return words.label("task.number_wrong", name=contact.name if contact else words.say("task.gone"))
    if "todo" in task.about:
        return words.say(f"task.todo.{task.about['todo']}", name=task.about["name"]).unescape()
    return task.what


def measures_without_owner(run: Run, tasks: Iterable[Task]) -> list[str]:
    """Give the measures that people wrote in a run, a line each, of which no task was made yet.

    They stand in the step about measures and in the review's last answer; a correction counts instead of what it corrects.
    """
    written = [
        run.corrections.get(answer.turn, (None, None))[0] or own_words(answer.given)
        for (_, name), answer in run.answered.items()
        if name.rpartition("/")[2] == MEASURES_STEP
    ]
    lines = (line.strip(" ・-　") for text in (*written, run.review.get("change") or "") for line in text.splitlines())
    taken = {task.about.get("text") for task in tasks if task.about.get("run") == run.id}
    return [line for line in dict.fromkeys(filter(None, lines)) if line not in taken]
