"""In which language somebody is spoken to: the one that they chose, and English for as long as they write it."""

from __future__ import annotations

from contacts.model import Member
from playbooks.texts import Language
from playbooks.triage.speech import writes_english, writes_japanese


class Tongues:
    """Knows who wrote English last. In memory alone: after a start people are spoken to in their own language again."""

    def __init__(self) -> None:
        """Nobody has written anything yet."""
        self._english, self._chose = set[str](), set[str]()

    def chose(self, member: str) -> None:
        """Keep to the language that somebody has just chosen, whatever they write."""
        self._chose.add(member)
        self._english.discard(member)

    def heard(self, member: str, text: str) -> None:
        """Take in what somebody wrote; a name, a figure or a sign says nothing of their language, and neither does what was copied."""
        if member not in self._chose and writes_english(text):
            self._english.add(member)
        elif writes_japanese(text):
            self._english.discard(member)

    def of(self, member: Member) -> Language:
        """Give the language in which somebody is spoken to."""
        return "en" if member.id in self._english else member.language
