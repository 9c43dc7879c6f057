"""What buttons ask about what was masked."""

from __future__ import annotations

from bot.screens.requests.request import Request


class PickWords(Request, kept="blackout|{run}|{turn}"):
    """Show what was written at ``turn`` of ``run`` (or of the facility), to be blacked out."""

    run: str
    turn: int


class OlderTexts(Request, kept="older_texts|{page}", label="button.older_texts"):
    """Offer what was written before, so many pages back."""

    page: int


class BlackWordsOut(Request, kept="blackout|{run}|{turn}|now", label="button.black_out"):
    """Black it out, for ever."""

    run: str
    turn: int


class KeepWhole(Request, kept="whole|{turn}", label="button.keep_whole"):
    """Keep what I wrote, masked at ``turn``, as I wrote it."""

    turn: int
