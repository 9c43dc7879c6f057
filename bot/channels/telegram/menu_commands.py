"""The commands that Telegram offers beside the text field, in every language."""

from __future__ import annotations

from bot.phrasing import phrase
from playbooks.texts import LANGUAGES, Language

OFFERED = (
    *("status", "decide", "duties", "explain", "contacts", "tasks", "drills", "runs", "chart", "report"),
    *("absent", "back", "language", "help"),
)
"""What is offered, in this order."""


def menu_commands() -> dict[Language, tuple[tuple[str, str], ...]]:
    """Give the commands with what they do, by language."""
    return {
        language: tuple((name, phrase(f"menu.{name}").in_language(language)) for name in OFFERED)
        for language in LANGUAGES
    }
