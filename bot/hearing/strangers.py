"""People nobody knows: told politely that this is not for them, told nothing else, and not too often."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import datetime, timedelta
from functools import partial

from bot.alphabet import ALPHABET
from bot.channels.channel import Heard
from bot.clock import Clock
from bot.invitations import LENGTH, code_digest
from flows.commands.facility import Enrol
from flows.deeds import Deed
from flows.messages.hearing import Group, Stranger, StrangerInDanger
from flows.record.journal import BACKGROUND, FACILITY, URGENT, Owed
from flows.refusals import Refused
from playbooks.triage.danger import danger_ears

WINDOW = timedelta(hours=1)
ANSWERS = 3
"""Answers to one address within the window; after that, silence."""

CODES = 5
"""Codes that one address may try within the window."""

ALL_ANSWERS = 60
"""Answers to all strangers together within the window, so that a flood costs nobody else a message."""

REMEMBERED = 1_000
"""Addresses that are remembered at most; then those of an hour ago are forgotten, or the first that came."""

_START = re.compile(
    rf"/start\s+(?P<code>\S.*)|(?:start\s+)?(?P<alone>[{ALPHABET}]{{{LENGTH}}})", re.IGNORECASE | re.DOTALL
)
"""What brings a code: the command with anything behind it, or a whole code with or without the word, however it is typed."""


def is_start_with_code(text: str) -> bool:
    """Say whether a text brings an invitation's code; people type full-width signs, capitals, spaces and new lines."""
    return bool(_code(text))


def without_code(heard: Heard, text: str) -> str:
    """Give a text about an act (its raw form, a trace) so that it may be kept: of a code that it brought only the digest."""
    code = _typed(heard.text or "")
    typed = {code, unicodedata.normalize("NFKC", code), json.dumps(code, ensure_ascii=False)[1:-1], *code.split()[:1]}
    long_enough = [re.escape(form) for form in sorted(typed, key=len, reverse=True) if len(form) >= LENGTH]
    return re.sub("|".join(long_enough), code_digest(code), text, flags=re.IGNORECASE) if long_enough else text


def _code(text: str) -> str:
    found = _START.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return (found["code"] or found["alone"]).strip() if found else ""


def _typed(text: str) -> str:
    """Give a code as it stands in a text, full-width signs and all."""
    return re.sub(r"^\S+\s+", "", text.strip(), count=1) if _code(text) else ""


def _in_danger(heard: Heard) -> list[Owed]:
    """Tell whoever writes of a plain danger whom to call; nobody can be rung for somebody who isn't known."""
    danger = danger_ears().hear(heard.text or "")
    return (
        [Owed(heard.address, StrangerInDanger(danger.kind), priority=URGENT)]
        if danger is not None and danger.plain
        else []
    )


class Strangers:
    """Answers addresses that belong to no member; what it counts is forgotten with the process.

    It counts acts, not tries: one that comes again because it could not be put on disk is counted once.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._answered: dict[str, dict[str, datetime]] = {}
        self._warned: dict[str, dict[str, datetime]] = {}
        self._tried: dict[str, dict[str, datetime]] = {}

    def answer(self, heard: Heard) -> Deed:
        """Say once in a while that this is for members only, and whom to call in a danger; nothing of what they wrote is kept."""
        danger = _in_danger(heard)
        counted = self._warned if danger else self._answered
        if (
            not heard.left
            and self._may(counted, heard.address, ANSWERS, heard)
            and self._may(counted, "", ALL_ANSWERS, heard)
        ):
            return Deed(*danger, Owed(heard.address, Stranger(), priority=BACKGROUND))
        return Deed()

    def in_group(self, heard: Heard) -> Deed:
        """Say once in a while that groups are no place for this; the talk there is left alone."""
        danger = _in_danger(heard)
        most = ANSWERS if danger else 1
        counted = self._warned if danger else self._answered
        told = self._may(counted, heard.address, most, heard) and self._may(counted, "", ALL_ANSWERS, heard)
        return Deed(*danger, Owed(heard.address, Group(), priority=BACKGROUND)) if told else Deed()

    def enrol(self, heard: Heard) -> Deed:
        """Take an invitation's code; Refused when it is unknown, used or expired, silence after too many tries."""
        code = _code(heard.text or "")
        if not self._may(self._tried, heard.address, CODES, heard):
            return Deed()
        forget = partial(self._tried.pop, heard.address, None)
        enrols = Deed(Enrol(FACILITY, code_digest(code), heard.address), afterwards=forget)
        return Deed(enrols, or_else=lambda refusal: self._refused(refusal, heard))

    def _refused(self, refusal: Refused, heard: Heard) -> Deed:
        """Say that a code opens nothing, as long as not everybody is trying some: a right one is let in all the same."""
        return Deed(refusal) if self._may(self._answered, "", ALL_ANSWERS, heard) else Deed()

    def _may(self, counted: dict[str, dict[str, datetime]], address: str, most: int, heard: Heard) -> bool:
        """Count an act of an address, if there were fewer than ``most`` within the window before it."""
        now = self._clock.now()
        if len(counted) > REMEMBERED:
            old = [at for at, acts in counted.items() if all(then <= now - WINDOW for then in acts.values())]
            for forgotten in old or list(counted)[: REMEMBERED // 2]:
                del counted[forgotten]
        acts = {cause: at for cause, at in counted.get(address, {}).items() if at > now - WINDOW}
        counted[address] = acts
        if heard.cause in acts:
            return True
        if len(acts) >= most:
            return False
        acts[heard.cause] = now
        return True
