"""What people ask in the middle of things, and what answers it whoever asks: how it is done at the desk, what a word means.

The words are data (``library/answers.yaml``).
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from playbooks.authoring.folders import LIBRARY
from playbooks.authoring.shipped import shipped
from playbooks.texts import Data, Text
from playbooks.triage.speech import pattern_of, plainly_folded

LEXICON = LIBRARY / "answers.yaml"

COMMON = "@"
"""What stands for the common ``how`` in an answer's own."""

_LONGEST = 60
"""Who writes more tells more than they ask."""


class Answer(Data):
    """One answer: what it is asked by (``topic`` with ``how``, none of ``unless``), and what it says.

    ``facilities`` are the kinds for which it holds, ``playbooks`` those in which it does; none are named where it holds for all.
    ``no_report``: who asks for it tells of nothing that went wrong here, whatever it sounds like (「保険証がない患者さんは？」).
    ``whatever``: it is so plain that it doesn't matter what else the text sounds like. ``attacked`` is said in its place where
    somebody may be in the machines.
    ``tells`` is the want as which whoever leads hears of it as well: nobody asks, something is told that is no incident of a
    playbook. Where ``calms`` fits, it is said in the place of a mere suspicion of danger; its words name when it is one.
    """

    topic: str
    how: str | None = None
    unless: str = "(?!)"
    facilities: tuple[str, ...] = ()
    playbooks: tuple[str, ...] = ()
    no_report: bool = False
    whatever: bool = False
    says: Text
    attacked: Text | None = None
    tells: Literal["", "question", "other_thing"] = ""
    calms: str = "(?!)"
    source: str


class AnswersLexicon(Data):
    """``library/answers.yaml`` in this shape: patterns over folded text."""

    how: str
    answers: dict[str, Answer]


class Answers:
    """Says which answer a text asks for."""

    def __init__(self, lexicon: AnswersLexicon) -> None:
        """Compile the lexicon's patterns."""
        self.answers = lexicon.answers
        self._asked = {
            name: (
                pattern_of(one.topic),
                pattern_of((one.how or lexicon.how).replace(COMMON, lexicon.how)),
                pattern_of(one.unless),
            )
            for name, one in lexicon.answers.items()
        }

    def asked_in(self, text: str, facility: str, playbook: str = "", *, told: bool = False) -> str:
        """Name the answer that a text asks for in a facility of a kind, the first in the lexicon's order; empty for none.

        ``playbook`` is what goes on; empty for nothing that is known. ``told``: the one that answers what it tells.
        """
        said = plainly_folded(text).strip(" 。.!\n")
        if len(said) > _LONGEST:
            return ""
        found = (
            name
            for name, (topic, how, unless) in self._asked.items()
            if bool(self.answers[name].tells) is told
            and topic.search(said)
            and how.search(said)
            and not unless.search(said)
            and facility in (self.answers[name].facilities or (facility,))
            and playbook in (self.answers[name].playbooks or (playbook,))
        )
        return next(found, "")

    def calms(self, name: str, text: str) -> bool:
        """Say whether an answer is to be given in the place of a suspicion of danger."""
        return bool(pattern_of(self.answers[name].calms).search(plainly_folded(text)))


@cache
def answers() -> Answers:
    """Give the answers with the lexicon that comes along."""
    return Answers(shipped(AnswersLexicon, LEXICON))
