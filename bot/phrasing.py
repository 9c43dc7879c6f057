"""What the bot says outside the chat: keys of ``bot/phrases``, one folder a language."""

from __future__ import annotations

from typing import Any

from playbooks.phrasing import Phrase, Wording, everywhere


def phrase(key: str, /, **facts: Any) -> Phrase:
    """Choose a phrase of the bot's; it is put into words where somebody reads it."""
    return Phrase("bot", key, tuple(facts.items()))


def in_all(said: Wording) -> str:
    """Say something side by side in every language there is, to whoever reads it: nobody knows yet which is theirs."""
    return " / ".join(dict.fromkeys(everywhere(said).values()))
