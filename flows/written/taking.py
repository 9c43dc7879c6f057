"""How what a step takes is taken: how a text is read as its answer, and what a tap on [done] does before it is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal

from contacts.written.signs import in_digits, straight
from flows.refusals import Refused
from flows.written.times import later_time, names_hour, told_time
from flows.written.when import how_fine
from playbooks.counting import NoCount, counted
from playbooks.frozen import frozen
from playbooks.model import Step
from playbooks.step_types import Takes

Given = dict[str, Any]
"""What an answer hands over, as the journal keeps it: ``text`` and the ``value`` read from it, ``promised`` and ``until``,
``evidence`` (a turn), ``ticked`` or ``choice``."""

Reading = Callable[[str, datetime], Given]
"""Reads a text at a time (aware, in the facility's zone); Refused where it isn't what is expected."""


_SAYS_SO = re.compile(
    r"\s*(?:最初に|はじめて|初めて)?\s*(?:(?:気づ|気付|きづ|発見|見つ|わか|分か|判明|知|聞|連絡|報告|確認|発生|起き|起こ|始ま|止ま)[ぁ-ん]{0,8}?)?"
    r"(?:こと|時|とき)?(?:です|でした|だった|だと思います|と思います|のことです)?[。.!]?\s*"
    r"|\s*(?:it |we |i )?(?:first )?(?:noticed|seen|saw|found|began|started|happened|stopped|called)?(?: it)?\.?\s*",
    re.IGNORECASE,
)
"""What may stand behind a time that was asked for: that it is one, or what happened then; no more."""


@frozen
class Taking:
    """How one type is taken; without ``reads``, no text is its answer."""

    done_without: Literal["settles", "asks", "is_refused"]
    reads: Reading | None = None
    strictly: bool = False
    """Whether only a text that is this and nothing else is read: then it needs no tap that says what it is for."""
    wants_more: Callable[[str, datetime], bool] = lambda _text, _now: False
    """Whether words that were taken lack something that is asked for once, and may be left out."""


def _text(text: str, now: datetime) -> Given:
    return {"value": text, "text": text}


def _moment(text: str, now: datetime) -> Given:
    return {"value": how_fine(text, now), "text": text}


def _number(text: str, now: datetime) -> Given:
    try:
        return {"value": counted(in_digits(straight(text)).strip()), "text": text}
    except NoCount as no_count:
        raise Refused("needs_number", text=text, sign=no_count.sign) from None


def answered_time(text: str, now: datetime) -> datetime:
    """Read a text that is a time and no more than says so; Refused(``needs_time``) names the sign, or what is not sure of it."""
    told = told_time(text, now)
    if told is None:
        raise Refused("needs_time", text=text, sign=text.strip(), doubt="")
    if not _SAYS_SO.fullmatch(told.rest):
        raise Refused("needs_time", text=text, sign=told.rest.strip(), doubt="")
    if told.at is None:
        raise Refused("needs_time", text=text, sign=told.sign, doubt=told.doubt)
    return told.at


def _time(text: str, now: datetime) -> Given:
    return {"value": answered_time(text, now).isoformat(), "text": text}


def _call(text: str, now: datetime) -> Given:
    until = later_time(text, now)
    return {"promised": text, "until": until.isoformat() if until else None}


def _is_a_day_alone(text: str, now: datetime) -> bool:
    """Say whether a text names the day of something, and no time of it: of a week or a month nobody is asked for the hour."""
    return how_fine(text, now) == "day" and not names_hour(text)


TAKING: Mapping[Takes, Taking] = {
    "nothing": Taking("settles"),
    "photo": Taking("is_refused"),
    "text": Taking("asks", _text),
    "moment": Taking("asks", _moment, wants_more=_is_a_day_alone),
    "number": Taking("asks", _number, strictly=True),
    "time": Taking("asks", _time, strictly=True),
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


def wants_more(step: Step, given: Mapping[str, Any], now: datetime) -> bool:
    """Say whether something is to be asked for once beside what was written for a step."""
    return "text" in given and not given.get("asked") and TAKING[step.takes].wants_more(str(given["text"]), now)


def with_more(takes: Takes, given: Mapping[str, Any], text: str, now: datetime) -> Given:
    """Read what was written for a step with what was written when asked for more, if anything; it isn't asked for again."""
    return {**read(takes, " ".join(filter(None, [str(given["text"]), text.strip()])), now), "asked": True}


def own_words(given: Mapping[str, Any]) -> str:
    """Give what a person wrote as an answer, or wrote down of a call; empty where nothing was written."""
    return str(given.get("text") or given.get("promised") or "")
