"""What a text may be about: the playbooks that it may mean, as the desks and the bot's ears are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Likely:
    """The playbooks that a text may mean, the likeliest first; empty for what sounds like no incident."""

    playbooks: tuple[str, ...] = ()
    sure: bool = False


Triage = Callable[[str], Likely]
