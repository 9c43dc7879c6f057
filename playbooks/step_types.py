"""What a step may take from a person, a type a row: what it wants, and what its author has to write with it.

What cannot be said here stands under the same name in one table a layer: ``flows.written.taking`` (how an answer is
read), ``bot.words.step_types`` (how it is said) and ``bot.demo.play`` (how the demo gives it).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeGuard

from playbooks.frozen import frozen

Takes = Literal[
    "nothing", "photo", "text", "moment", "number", "time", "choice", "checklist", "contact", "sign_off", "card"
]
"""What a person gives to complete a step, beside the tap itself."""

Wants = Literal["tap", "photo", "text", "choice", "ticks", "call", "lines"]
"""What a person does for it: tap [done] alone, send a photo, write, choose one of the choices (there is no [done] then),
tick them and tap [done], tap [done] after a call and write what was said, or settle the lines of a card, each by itself."""


@frozen
class Need:
    """A field without which a type makes no sense, and what the checks say where it is missing."""

    field: str
    missing: str
    cure: str


@frozen
class StepType:
    """One type: ``fills_value`` says that its answer can become a fact, ``names_people`` that it could hold a patient's name.

    ``done_has_its_words``: what [done] says stands under the type's name among the phrases of answers. Unless ``always_done``, [done] is only offered where the
    author wrote no other way to get the step done. ``may_be_line`` says that a card may hold it,
    ``only_tapped`` that nothing written counts as its answer.
    """

    wants: Wants
    needs: Need | None = None
    fills_value: bool = False
    names_people: bool = False
    done_has_its_words: bool = False
    always_done: bool = True
    may_be_line: bool = True
    only_tapped: bool = False

    @property
    def has_choices(self) -> bool:
        """Whether its choices are shown."""
        return self.wants in ("choice", "ticks")


_CHOICES = Need("choices", "the step `{step}` takes a {takes} but offers none", "add `choices:`")
_CONTACT = Need("contact", "the step `{step}` does not say whom to call", "add `contact: vendor:…`")
_LINES = Need("lines", "the card `{step}` has no lines", "add `lines:`")
_VALUE = Need("value", "the number of the step `{step}` goes nowhere", "add `value: <fact>`")

STEP_TYPES: Mapping[Takes, StepType] = {
    "nothing": StepType("tap", always_done=False),
    "photo": StepType("photo", names_people=True, done_has_its_words=True),
    "text": StepType("text", fills_value=True, names_people=True),
    "moment": StepType("text", fills_value=True),
    "number": StepType("text", needs=_VALUE, fills_value=True, names_people=True),
    "time": StepType("text", fills_value=True),
    "choice": StepType("choice", needs=_CHOICES),
    "checklist": StepType("ticks", needs=_CHOICES, may_be_line=False),
    "contact": StepType("call", needs=_CONTACT),
    "sign_off": StepType("tap", may_be_line=False, only_tapped=True),
    "card": StepType("lines", needs=_LINES, done_has_its_words=True, may_be_line=False),
}
"""Every type by the name that playbooks write after ``takes:``."""


def is_step_type(name: str) -> TypeGuard[Takes]:
    """Say whether a step may take this."""
    return name in STEP_TYPES
