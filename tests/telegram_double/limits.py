"""The limits that Telegram keeps for what a bot sends, counted as its calls are answered."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field

OVERALL = ((30, 1.0),)
CHAT = ((5, 1.0), (40, 30.0))
GROUP = (*CHAT, (20, 60.0))
"""At most so many in so many seconds. Telegram says one a second to a chat and allows a short burst: 5, and 40 in half a minute."""

NOT_SENDING = frozenset(
    {"getme", "getupdates", "getfile", "file", "setmycommands", "deletewebhook", "answercallbackquery"}
)


@dataclass
class Limits:
    """Counts; ``exceeded`` names what went beyond, and ``most`` is the most there were in any second."""

    exceeded: list[str] = field(default_factory=list)
    most: int = 0
    _times: dict[int | None, list[float]] = field(default_factory=lambda: defaultdict(list))

    def count(self, method: str, chat: int | None) -> None:
        """Count one call."""
        if method.lower() in NOT_SENDING:
            return
        now = asyncio.get_running_loop().time()
        for who, limits in ((None, OVERALL), (chat, GROUP if (chat or 0) < 0 else CHAT)):
            times = self._times[who]
            times.append(now)
            for most, seconds in limits:
                found = sum(now - time < seconds for time in times[-most - 1 :])
                if found > most:
                    self.exceeded.append(f"{found} in {seconds} s at {now:.3f}" + (f" to {who}" if who else ""))
        self.most = max(self.most, sum(now - time < 1 for time in self._times[None][-100:]))
