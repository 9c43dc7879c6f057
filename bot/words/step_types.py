"""How what a step takes is said: the hint under its question, and its answer in the timeline and in documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.words.words import Words
from flows.written.taking import own_words
from playbooks.frozen import frozen
from playbooks.model import Step
from playbooks.step_types import Takes

Quote = Callable[[Words, Step, Mapping[str, Any]], str]
"""Says in plain text what an answer handed over; empty where that is nothing."""


def _own_words(words: Words, step: Step, given: Mapping[str, Any]) -> str:
    return own_words(given)


def _amount(words: Words, step: Step, given: Mapping[str, Any]) -> str:
    if "value" not in given:
        return own_words(given)
    return f"{given['value']} {step.unit.in_language(words.language)}" if step.unit else str(given["value"])


def _moment(words: Words, step: Step, given: Mapping[str, Any]) -> str:
    """Say the day and the time that were read; an old entry keeps none."""
    if "value" not in given:
        return own_words(given)
    return f"{words.roster.facility.local(datetime.fromisoformat(str(given['value']))):%Y-%m-%d %H:%M}"


def _read_moment(words: Words, step: Step, given: Mapping[str, Any]) -> str:
    return words.day_and_time(datetime.fromisoformat(str(given["value"]))) if "value" in given else ""


def _nothing(words: Words, step: Step, given: Mapping[str, Any]) -> str:
    return ""


def _ticked(words: Words, step: Step, given: Mapping[str, Any]) -> str:
    ticked = (step.choices[item] for item in given.get("ticked", ()) if item in step.choices)
    return words.joined(choice.label.in_language(words.language) for choice in ticked).unescape()


@frozen
class Said:
    """How one type is said. ``hint`` says that the phrase ``hint.<type>`` tells how to hand it over.

    ``is_deed`` lets reports state a first step of this type as done; what was told, chosen or written stands elsewhere. ``read_back`` is
    what was read out of the words, for whoever wrote them to see.
    """

    hint: bool = True
    is_deed: bool = False
    in_timeline: Quote = _own_words
    in_documents: Quote = _own_words
    read_back: Quote = _nothing


SAID: Mapping[Takes, Said] = {
    "nothing": Said(hint=False, is_deed=True),
    "photo": Said(is_deed=True),
    "text": Said(),
    "moment": Said(),
    "number": Said(in_documents=_amount, read_back=_amount),
    "time": Said(in_documents=_moment, read_back=_read_moment),
    "choice": Said(hint=False),
    "checklist": Said(is_deed=True, in_timeline=_ticked, in_documents=_ticked),
    "contact": Said(),
    "sign_off": Said(hint=False),
    "card": Said(hint=False),
}
"""Every type of step by its name."""
