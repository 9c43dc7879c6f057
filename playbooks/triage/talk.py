"""Mere talk beside what reports something here and now: what is over, heard of, planned, asked or denied."""

from __future__ import annotations

from playbooks.frozen import frozen
from playbooks.remembering import Plain
from playbooks.triage.speech import SENTENCE, pattern_of, plainly_folded


@frozen
class Talking(Plain):
    """Patterns over a sentence of folded text (`playbooks.triage.gate.GateLexicon`): ``mild`` is none where ``unless`` stands beside it."""

    talk: str
    mild: str
    unless: str


class Talk:
    """Leaves of a text what may tell of trouble here and now."""

    def __init__(self, known: Talking) -> None:
        self._talk, self._mild = pattern_of(known.talk), pattern_of(known.mild)
        self._unless = pattern_of(known.unless)

    def left_of(self, text: str) -> str:
        """Give the sentences of a text that are no mere talk; empty where all are."""
        return "".join(
            said for said in SENTENCE.split(text) if not self._is_talk(plainly_folded(said).strip(" 。.!\n"))
        )

    def _is_talk(self, said: str) -> bool:
        return bool(self._talk.search(said) or (self._mild.search(said) and not self._unless.search(said)))
