"""A channel's line: whom it lets through now, how fast, and how long it is left alone after a failure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from math import inf

from bot.channels.channel import Rates, Undelivered
from bot.channels.pace import Pace


class Line:
    """What one channel bears. All times are seconds of a clock that never goes back.

    A failure that one chat meets is that chat's: it waits, and nobody else does. It is tried again at once the first time,
    since a connection that the other side had closed is no line that is away. What two chats meet with no success in
    between is the line's: one message is tried now and then, and the first success, wherever, opens it for all. So it is
    with being told to wait: the Bot API doesn't say whether it means the chat or everybody.
    """

    def __init__(self, rates: Rates | None, time: Callable[[], float]) -> None:
        """``rates`` of None: as fast as it goes."""
        self._rates, self._time = rates, time
        self._overall = Pace(rates.overall) if rates is not None else None
        self._chats: dict[str, _Chat] = {}
        self._told: dict[str, float] = {}
        self._lost: dict[str, float] = {}
        self._failing: dict[str, float] = {}
        self._next_try = self._pause = 0.0

    # ── what may go ─────────────────────────────────────────────────────────────────────────────────────────────────

    def is_open(self, size: int = 1) -> bool:
        """Say whether a message that becomes ``size`` of the channel's own may be begun now."""
        now = self._time()
        return self._opens_at(now, size) <= now

    def waiting(self) -> set[str]:
        """Give the addresses to which nothing may be begun now."""
        now = self._time()
        slowed = (address for address, chat in self._chats.items() if chat.free_at(now) > now)
        return {*slowed, *_ahead(self._told, now), *_ahead(self._lost, now)}

    def is_quiet(self, address: str) -> bool:
        """Say whether a chat has been silent for so long that something may be changed there that nobody waits for."""
        return address not in self._chats or self._chats[address].quiet_at <= self._time()

    @property
    def is_away(self) -> bool:
        """Whether two chats met a failure and nobody a success since."""
        return len(self._failing) > 1

    def least_tried(self, addresses: Iterable[str]) -> str:
        """Give the address whose last failure is longest ago: what fails whatever the line does must not be all that is tried."""
        return min(addresses, key=lambda address: self._failing.get(address, -inf))

    def opens_in(self) -> float:
        """Give in how many seconds something may go that has to wait now; ``inf`` if only an end or something new helps."""
        now = self._time()
        chats = (time for chat in self._chats.values() for time in (chat.free_at(now), chat.quiet_at))
        times = (self._opens_at(now), *chats, *self._told.values(), *self._lost.values())
        return min((time - now for time in times if time > now), default=inf)

    def _opens_at(self, now: float, size: int = 1) -> float:
        told = [*_ahead(self._told, now).values()]
        return max(
            self._overall.free_at(now, size) if self._overall is not None else now,
            min(told) if len(told) > 1 else now,
            self._next_try if self.is_away else now,
        )

    # ── what became of it ───────────────────────────────────────────────────────────────────────────────────────────

    def begin(self, address: str, size: int = 1) -> None:
        """Count a message that is sent now."""
        for pace in self._paces(address):
            pace.begin(size)
        self._put_off()

    def end(self, address: str, size: int = 1) -> None:
        """Note that it has arrived, or never will."""
        now = self._time()
        for pace in self._paces(address):
            pace.end(now, size)
        if self._rates is not None:
            self._chats[address].quiet_at = now + self._rates.quiet
            self._chats = {at: chat for at, chat in self._chats.items() if not chat.is_idle(now)}

    def reached(self, address: str) -> None:
        """Note a success: what waited for the line waits no longer."""
        if self.is_away:
            self._lost.clear()
        self._lost.pop(address, None)
        self._failing.clear()

    def failed(self, address: str, failure: Undelivered) -> None:
        """Note a failure after which it is to be tried again."""
        now, pause = self._time(), failure.retry_after or 0.0
        if failure.why == "busy":
            self._told = _ahead(self._told, now) | {address: now + pause}
            return
        self._lost[address] = now + pause if address in self._lost else now
        self._failing[address] = now
        self._pause = pause
        self._put_off()

    def hold(self, address: str, seconds: float) -> None:
        """Leave a chat alone for so long."""
        self._told[address] = self._time() + seconds

    def _put_off(self) -> None:
        if self.is_away:
            self._next_try = self._time() + self._pause

    def _paces(self, address: str) -> Iterator[Pace]:
        if self._rates is None or self._overall is None:
            return
        yield self._overall
        if address not in self._chats:
            self._chats[address] = _Chat([Pace(rate) for rate in self._rates.chat(address)])
        yield from self._chats[address].paces


class _Chat:
    """How fast one chat is written to, and until when it is not silent."""

    def __init__(self, paces: list[Pace]) -> None:
        self.paces = paces
        self.quiet_at = 0.0

    def free_at(self, now: float) -> float:
        return max(pace.free_at(now) for pace in self.paces)

    def is_idle(self, now: float) -> bool:
        return self.quiet_at <= now and all(pace.is_idle(now) for pace in self.paces)


def _ahead(times: dict[str, float], now: float) -> dict[str, float]:
    return {address: time for address, time in times.items() if time > now}
