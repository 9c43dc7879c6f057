"""Evidence that somebody who decides had removed goes off the disk here, and nowhere else; nothing does by itself."""

from __future__ import annotations

import asyncio
import json

import structlog

from bot.backup.making import folder_of, made_before
from bot.clock import Clock
from bot.home import Home
from bot.store.evidence import EVIDENCE_KEPT, EVIDENCE_LOCK, erase
from bot.store.locking import locked
from flows.commands.papers import NoteErased
from flows.powers import CONSOLE
from flows.state.run import Run

_log = structlog.get_logger(__name__)


async def erase_due(home: Home, clock: Clock) -> int:
    """Erase what was disposed of and lies there still; gives how many files went.

    What waits for it is read from the entries, so a restart forgets nothing, and what came back later is let be. While a
    bundle or a backup is being made nothing is erased: it waits for the next look.
    """
    runs = home.engine.runs()
    waiting = [(run, turn) for run in runs for turn, one in run.disposals.items() if not one.erased]
    if not waiting:
        return 0
    with locked(home.path / EVIDENCE_LOCK) as mine:
        return sum([await _erase(home, clock, run, turn) for run, turn in waiting]) if mine else 0


async def _erase(home: Home, clock: Clock, run: Run, turn: int) -> int:
    """Erase the files of one disposal. Between files others are heard, and may send one of them anew: each is looked at by itself."""
    files, found, shared = run.disposals[turn].files, list[bool](), 0
    try:
        for name in files:
            if _wanted(home, name):
                shared += 1
            else:
                found.append(erase(home.evidence, name))
            await asyncio.sleep(0)
    except OSError as error:
        _log.error("evidence.not_erased", run=run.id, turn=turn, why=str(error))
        return 0
    now, folder = clock.now(), folder_of(home.path, home.settings.backup)
    backups = made_before(folder, now) if folder is not None else 0
    told = NoteErased(run.id, turn, found.count(True), shared, found.count(False), backups)
    home.engine.handle(told, actor=CONSOLE, now=now, cause=f"evidence:{run.id}:{turn}:erased")
    return found.count(True)


def _wanted(home: Home, name: str) -> bool:
    """Say whether any run holds a file, also one that this version can't read: what it kept counts as held."""
    engine = home.engine
    held = any(one.held and one.sha256 == name for run in engine.runs() for one in run.evidence.values())
    return held or any(
        entry.kind == EVIDENCE_KEPT and json.loads(entry.body).get("sha256") == name
        for run in engine.unread
        for entry in engine.journal.entries(run=run)
    )
