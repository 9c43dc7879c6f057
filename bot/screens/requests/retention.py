"""What buttons ask about how long what is kept beside the record stays."""

from __future__ import annotations

from typing import Annotated

from bot.screens.requests.request import Request

YEARS = (1, 3, 5)
"""For so many years more what is kept of a run may be kept by a tap."""


class ShowRetention(Request, kept="retention", label="button.retention"):
    """List what is kept of runs that are over."""


class ShowKept(Request, kept="retention|{run}"):
    """Show what is kept of one run."""

    run: str


class KeepYears(Request, kept="retention|{run}|keep|{years}", label="button.retention.keep"):
    """Keep it for so many years more."""

    run: str
    years: Annotated[int, YEARS]


class AskDisposal(Request, kept="retention|{run}|remove", label="button.retention.remove"):
    """Show once more what would be removed, and what it comes to."""

    run: str


class Dispose(Request, kept="retention|{run}|remove|{seen}", label="button.retention.now"):
    """Remove it, for ever; ``seen`` is the mark of what was shown."""

    run: str
    seen: str
