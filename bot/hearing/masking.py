"""Patients' data in what somebody writes: it is acted on as written, kept with marks, and whole only if its writer says so."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Literal

import structlog

from bot.channels.channel import Heard
from bot.clock import Clock
from bot.desks.desk import held_cause
from bot.privacy.covering import Cover
from bot.privacy.guard import Guard
from bot.privacy.hits import KINDS, Kind
from bot.privacy.withheld import Whole, Withheld
from bot.words.words import phrases
from contacts.roster import Roster
from flows.commands.facility import LetMaskStand, NoteMasked
from flows.deeds import Attempt, Deed
from flows.engine import Engine
from flows.events.event import Event
from flows.facility.masking import KNOWN_FOR
from flows.messages.hearing import MaskedNameless
from flows.record.journal import FACILITY, LATER, Owed
from flows.state.work import CLOCK
from playbooks.triage.speech import forget_texts, is_english

Chat = Literal["goes", "stays", ""]
"""What becomes of the message in its chat."""

_OF_OTHERS: frozenset[Kind] = frozenset({"phone", "chart"})
"""What a desk asks for, of vendors and contracts: numbers."""

_log = structlog.get_logger(__name__)


class Masking:
    """Covers what is heard of patients; what it covered is known for ten minutes, in this process alone."""

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        withheld: Withheld,
        charts: Sequence[re.Pattern[str]],
        retracting: Collection[str],
    ) -> None:
        """``charts`` are the facility's own numbers of charts, ``retracting`` the channels that may take a message away."""
        self.withheld = withheld
        self._engine, self._clock, self._charts, self._retracting = engine, clock, tuple(charts), frozenset(retracting)
        self._heard_some = False
        self._guard: tuple[Roster | None, Guard, Guard] = (None, *self._guards_of(None))

    def cover(self, heard: Heard, *, numbers_asked: bool = False) -> Cover | None:
        """Give what covers the text of an act; None where there is nothing to cover.

        Where a desk waits for an answer (``numbers_asked``), numbers of vendors and contracts are what it asks for.
        """
        if not heard.text:
            return None
        try:
            cover = self._covers(heard.text, _OF_OTHERS if numbers_asked else frozenset())
        except Exception:  # noqa: BLE001  (a mistake of the guard's must not keep anybody from being heard)
            _log.exception("guard.bug", cause=heard.cause)
            return None
        if not cover.kinds:
            return None
        self._heard_some = True
        return cover

    def patients_in(self, note: str) -> bool:
        """Say whether a note on a firm or a machine seems to hold a patient's data; their numbers are what it is for."""
        return bool(self._covers(note, _OF_OTHERS | {"secret"}).kinds)

    def numbers_in(self, text: str) -> tuple[str, ...]:
        """Give the numbers of others that may be kept as contacts."""
        return self._guards().to_keep(text)

    def forget(self) -> None:
        """Forget what nobody may ask for any more, and what ears remember of a text that was covered; called after each act."""
        self.withheld.forget_old(self._clock.now())
        if self._heard_some:
            forget_texts()
            self._heard_some = False

    def told(self, heard: Heard, member: str, cover: Cover, events: Sequence[Event]) -> Deed:
        """Enter that something was covered, tell its writer, and remember what they wrote; of a voice nothing is entered."""
        if not events:
            return Deed(Owed(member, MaskedNameless(), priority=LATER))
        noted = NoteMasked(FACILITY, cover.kinds, heard.address.partition(":")[0], self.chat(heard))
        return Deed(
            noted, lambda: Deed(afterwards=partial(self.withheld.keep, self._engine.house.turns, self._whole(heard)))
        )

    def chat(self, heard: Heard) -> Chat:
        """Say what becomes of the message in its chat: one with a photo stays, since the photo is still to be fetched."""
        if heard.address.partition(":")[0] not in self._retracting or heard.message_id is None:
            return ""
        return "stays" if heard.attachment is not None else "goes"

    def _whole(self, heard: Heard) -> Whole:
        return Whole((heard.text or "").strip(), (heard.cause, held_cause(heard)), self._clock.now())

    def lost(self, channels: Collection[str]) -> Iterator[Attempt]:
        """Give the acts that tell those who could still say so that the process that knew what they wrote is gone."""
        now = self._clock.now()
        for one in self._engine.house.masked.values():
            if one.waits and one.channel in channels and one.turn not in self.withheld and now <= one.at + KNOWN_FOR:
                stands = LetMaskStand(FACILITY, one.turn)
                yield Attempt(f"masked:{one.turn}:stands", now, partial(Deed, stands, by=CLOCK))

    def hidden(self, text: str, heard: Heard | None = None) -> str:
        """Cover what is kept where our own code fails, a trace or an act in JSON; what can't be covered is left out."""
        try:
            plain = self._covers(heard.text or "" if heard is not None else "", frozenset())
            return plain(text)
        except Exception:  # noqa: BLE001  (the same)
            return "…"

    def raw(self, heard: Heard) -> Heard:
        """Give an act as it is kept where our own code failed at it."""
        return replace(heard, text=self.hidden(heard.text, heard)) if heard.text else heard

    def odd(self, raw: str) -> str:
        """Give an update that can't be understood, in JSON, as it may be kept."""
        try:
            return json.dumps(_each(json.loads(raw), self.hidden), ensure_ascii=False)
        except ValueError:
            return self.hidden(raw)

    def _covers(self, text: str, but: frozenset[Kind]) -> Cover:
        language = "en" if is_english(text) else "ja"
        marks = {kind: phrases(language)[f"mask.{kind}"] for kind in KINDS}
        return Cover(self._guards(asked=bool(but)), text, marks, but=but)

    def _guards(self, *, asked: bool = False) -> Guard:
        roster = self._engine.roster() if self._engine.has_facility else None
        if roster is not self._guard[0]:
            self._guard = roster, *self._guards_of(roster)
        _, always, of_the_asked = self._guard
        return of_the_asked if asked else always

    def _guards_of(self, roster: Roster | None) -> tuple[Guard, Guard]:
        return Guard(roster, self._charts), Guard(roster, self._charts, asked=True)


def _each(value: Any, change: Any) -> Any:
    match value:
        case str():
            return change(value)
        case list():
            return [_each(one, change) for one in value]
        case dict():
            return {key: _each(one, change) for key, one in value.items()}
        case _:
            return value
