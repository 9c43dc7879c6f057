"""What the contacts say: keys of ``contacts/phrases``, one folder a language."""

from __future__ import annotations

from typing import Any

from playbooks.phrasing import Phrase


def say(key: str, /, **facts: Any) -> Phrase:
    """Choose a phrase of the contacts'; it is put into words where somebody reads it."""
    return Phrase("contacts", key, tuple(facts.items()))
