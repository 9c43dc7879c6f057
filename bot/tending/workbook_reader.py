"""Reading the workbooks that people send: fetched over the channel, read beside everything else, answered with what was found."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.channels.channel import Attachment, Channel, Undelivered
from bot.clock import Clock
from bot.tending.fetching import fetched
from bot.tending.reading_apart import read_apart
from contacts.registry import Held, held
from contacts.rows.differences import described, names_in
from contacts.rows.proposal import Proposal, notes_with, propose
from flows.commands.setting_up import MoveWorkbook
from flows.engine import Engine
from flows.powers import CONSOLE
from flows.record.journal import FACILITY
from flows.refusals import Refused
from flows.state.house import SentWorkbook
from playbooks.texts import Language

MOST_BYTES = 20 * 1024 * 1024
"""What a bot may fetch, and what a workbook may be."""

MOST_LINES = 400
"""Lines kept of what was found; nobody reads more in a chat."""

PAUSE = timedelta(seconds=10)
"""At least so long between two tries to fetch a file."""

GIVES_UP = timedelta(minutes=10)
"""After so long without a file its sender is told; until then the network may come back."""

_log = structlog.get_logger(__name__)


@dataclass
class Proposals:
    """What the newest workbook of each member would change, until they confirm it. A restart forgets it.

    Then, or when another one came since, the sender is asked to send it again: nothing was changed, and nobody confirms
    what they did not see.
    """

    _of: dict[str, tuple[int, Proposal]] = field(default_factory=dict)

    def keep(self, sent: SentWorkbook, proposal: Proposal) -> None:
        """Keep what a workbook proposes, instead of what its sender proposed before."""
        self._of[sent.member] = (sent.id, proposal)

    def of(self, member: str, workbook: int) -> Proposal | None:
        """Give what a workbook proposes; None if it is not known (any more)."""
        found = self._of.get(member)
        return found[1] if found is not None and found[0] == workbook else None

    def forget(self, member: str, workbook: int) -> None:
        """Forget what a workbook proposes, once that is settled."""
        if self.of(member, workbook) is not None:
            del self._of[member]


class WorkbookReader:
    """Reads what was received; which workbooks wait is read from the house, so a restart forgets none of them."""

    def __init__(
        self,
        engine: Engine,
        proposals: Proposals,
        channels: Mapping[str, Channel],
        clock: Clock,
        patients_in: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """Fetch over ``channels`` (by name) and leave what is proposed in ``proposals``; ``patients_in`` guards the notes."""
        self._patients_in = patients_in
        self._engine, self._proposals, self._channels, self._clock = engine, proposals, channels, clock
        self._since: dict[int, datetime] = {}
        self._not_before: dict[int, datetime] = {}

    async def read_due(self) -> int:
        """Read all that wait, one after the other; gives how many were answered."""
        waiting = [sent for sent in self._engine.house.workbooks.values() if sent.state == "received"]
        return sum([await self._read(sent) for sent in waiting])

    async def _read(self, sent: SentWorkbook) -> bool:
        name, _, reference = sent.reference.partition(":")
        channel, now = self._channels.get(name), self._clock.now()
        if channel is None or self._not_before.get(sent.id, now) > now:
            return False
        try:
            content = await fetched(channel, Attachment("file", reference, sent.file_name))
        except Undelivered as failure:
            return self._not_fetched(sent, failure, now)
        registry = held(self._engine.journal.registry)
        today = self._engine.roster().facility.local(now).date()
        proposal = await asyncio.to_thread(propose, await read_apart(content), registry, today)
        proposal = replace(proposal, advice=(*proposal.advice, *notes_with(self._patients_in, proposal.changes)))
        self._answer(sent, proposal, registry)
        return True

    def _not_fetched(self, sent: SentWorkbook, failure: Undelivered, now: datetime) -> bool:
        first = self._since.setdefault(sent.id, now)
        _log.warning("workbook.not_fetched", workbook=sent.id, why=failure.why, reason=failure.reason)
        if failure.retry_after is not None and now - first < GIVES_UP:
            self._not_before[sent.id] = now + max(PAUSE, timedelta(seconds=failure.retry_after))
            return False
        self._move(sent, "lost")
        return True

    def _answer(self, sent: SentWorkbook, proposal: Proposal, registry: Held) -> None:
        member = self._engine.roster().member(sent.member)
        language: Language = member.language if member is not None else "ja"
        if proposal.mistakes:
            lines = [mistake.in_language(language) for mistake in proposal.mistakes[:MOST_LINES]]
            self._move(sent, "mistaken", count=len(proposal.mistakes), lines=lines)
        elif not proposal.changes:
            self._move(sent, "unchanged")
        else:
            naming = names_in(registry, proposal.changes)
            lines = [described(change, naming, language) for change in proposal.changes[:MOST_LINES]]
            counts = {how: sum(c.how == how for c in proposal.changes) for how in ("added", "changed", "removed")}
            advice = [text.in_language(language) for text in proposal.advice]
            self._proposals.keep(sent, proposal)
            self._move(sent, "offered", count=len(proposal.changes), lines=lines, advice=advice, **counts)

    def _move(self, sent: SentWorkbook, state: str, **told: object) -> None:
        order = MoveWorkbook(FACILITY, sent.id, state, told)
        cause = f"workbook:{sent.id}:{state}"
        try:
            self._engine.handle(order, actor=CONSOLE, now=self._clock.now(), cause=cause)
        except Refused:  # another process of this home was quicker
            _log.info("workbook.read_elsewhere", workbook=sent.id)
