"""What a task is about, in the reader's words: what somebody typed stays as typed, what the program asks is said by key."""

from __future__ import annotations

from bot.words.words import Words
from flows.powers import NUMBER_WRONG
from flows.state.house import Task


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
