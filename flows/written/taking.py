"""How what a step takes is taken: how a text is read as its answer, and what a tap on [done] does before it is there."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from flows.refusals import Refused
from flows.written.times import later_time, leading_time
from playbooks.model import Step
from playbooks.step_types import Takes

Given = dict[str, Any]
"""What an answer hands over, as the journal keeps it: ``text`` and the ``value`` read from it, ``promised`` and ``until``,
``evidence`` (a turn), ``ticked`` or ``choice``."""

Reading = Callable[[str, datetime], Given]
"""Reads a text at a time (aware, in the facility's zone); Refused where it isn't what is expected."""


@dataclass(frozen=True)
class Taking:
    """How one type is taken; without ``reads``, no text is its answer."""

    done_without: Literal["settles", "asks", "is_refused"]
    reads: Reading | None = None


def _text(text: str, now: datetime) -> Given:
    return {"value": text, "text": text}


def _number(text: str, now: datetime) -> Given:
    digits = unicodedata.normalize("NFKC", text).replace(",", "").strip().rstrip("枚人件台個名通 ")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise Refused("needs_number", text=text)
    return {"value": int(digits), "text": text}


def _time(text: str, now: datetime) -> Given:
    read = leading_time(text, now)
    if read is None:
        raise Refused("needs_time", text=text)
    return {"value": read[0].isoformat(), "text": text}


def _call(text: str, now: datetime) -> Given:
    until = later_time(text, now)
    return {"promised": text, "until": until.isoformat() if until else None}


TAKING: Mapping[Takes, Taking] = {
    "nothing": Taking("settles"),
    "photo": Taking("is_refused"),
    "text": Taking("asks", _text),
    "number": Taking("asks", _number),
    "time": Taking("asks", _time),
    "choice": Taking("settles"),
    "checklist": Taking("is_refused"),
    "contact": Taking("asks", _call),
    "sign_off": Taking("settles"),
    "card": Taking("settles"),
}
"""Every type of step by its name."""


def read(takes: Takes, text: str, now: datetime) -> Given:
    """Read what a step takes out of a text; Refused(``needs_…``) says what is expected instead."""
    taking = TAKING[takes]
    if taking.reads is not None:
        return taking.reads(text, now)
    if taking.done_without == "is_refused":
        raise Refused(f"needs_{takes}")
    raise Refused("not_now", state=takes, move="write")


def lacks(step: Step, move: str, given: Mapping[str, Any]) -> bool:
    """Say whether something has to be handed over before ``move`` is done."""
    required = step.evidence == "required" and TAKING[step.takes].done_without != "settles"
    return move == "done" and required and not given


def own_words(given: Mapping[str, Any]) -> str:
    """Give what a person wrote as an answer, or wrote down of a call; empty where nothing was written."""
    return str(given.get("text") or given.get("promised") or "")
