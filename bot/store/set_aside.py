"""Setting a broken journal aside: the altered file is kept, a new one goes on with what is still needed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from bot.store.kept import storage_of
from bot.store.seals import SEALED
from bot.store.storage import Held, Nonces, chance
from bot.store.time_stamps import STAMPED
from bot.store.trouble import StorageTrouble
from flows.record.chain import BrokenChain
from flows.record.journal import FACILITY, Draft, Entry, Writing
from playbooks.frozen import frozen

FOLDER = "set-aside"
JOURNAL_BROKEN = "journal_broken"
RUN_CARRIED = "run_carried"

_ABOUT_THE_FILE = frozenset({SEALED, STAMPED, JOURNAL_BROKEN, RUN_CARRIED})
"""Kinds that speak about the file they stand in, so they are not carried into another."""


@frozen
class SetAside:
    """Where the broken file lies now, the first entry of the new journal, and the runs that were carried over."""

    folder: Path
    first: Entry
    carried: tuple[str, ...]


def set_aside(
    home: Path,
    broken: BrokenChain,
    open_runs: Collection[str],
    *,
    now: datetime,
    nonces: Nonces = chance,
) -> SetAside:
    """Keep the broken journal under ``set-aside/`` and put a new one in its place; the caller has closed its own.

    The new one opens with ``journal_broken``; then come the entries of each open run, turn by turn as they were, with
    their old recorded_at so that nothing waits anew, after a ``run_carried`` that names those from the break on, which
    nothing proves. Registry, deliveries and unhandled acts are copied; their numbers of entries become 0 and less,
    which reads as: before the first. StorageTrouble while another process has the journal open, or when the disk
    fails; then everything is as it was.
    """
    with _disk_errors(), storage_of(home).held() as old:
        folder = _folder(home / FOLDER, now)
        where = f"{FOLDER}/{folder.name}"
        try:
            saved, unreadable = _save(old)
            last = max((entry.seq for entry in saved), default=0)
            with old.successor(last, nonces) as writing:
                first = _name_the_break(writing, broken, unreadable, where, now)
                carried = tuple(_carry(writing, saved, broken.first_bad, open_runs, where, now))
            old.keep_in(folder)
        except BaseException:
            with suppress(OSError):
                shutil.rmtree(folder)
            raise
        old.give_way()
    return SetAside(folder, first, carried)


@contextmanager
def _disk_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageTrouble(str(error)) from error


def _folder(parent: Path, now: datetime) -> Path:
    """Make a new folder named by the time in UTC."""
    name = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    parent.mkdir(exist_ok=True)
    taken = {path.name for path in parent.iterdir()}
    folder = parent / next(n for n in (name, *(f"{name}-{again}" for again in range(2, 1000))) if n not in taken)
    folder.mkdir()
    return folder


def _save(old: Held) -> tuple[list[Entry], list[int]]:
    """Give the entries that can be carried, and the numbers of those that say nothing; before damaged pages, if any."""
    entries: list[Entry] = []
    unreadable: list[int] = []
    with suppress(BrokenChain):
        for entry in old.stored():
            if _is_writable(entry):
                entries.append(entry)
            else:
                unreadable.append(entry.seq)
    return entries, unreadable


def _is_writable(entry: Entry) -> bool:
    """Say whether an entry could be one of ours: its envelope was read, its body is JSON, its texts are Unicode."""
    try:
        json.loads(entry.body)
        f"{entry.run}{entry.kind}{entry.actor}{entry.body}".encode()
    except ValueError:
        return False
    return entry.turn > 0


def _name_the_break(writing: Writing, broken: BrokenChain, unreadable: list[int], where: str, now: datetime) -> Entry:
    body = {
        "set_aside": where,
        "first_bad_seq": broken.first_bad,
        "last_good_seq": broken.last_good.seq,
        "last_good_digest": broken.last_good.digest.hex(),
        "fault": broken.fault,
        "unreadable": unreadable,
    }
    return _note(writing, JOURNAL_BROKEN, body, f"{JOURNAL_BROKEN}:{where}", now)


def _note(writing: Writing, kind: str, body: dict[str, object], cause: str, now: datetime) -> Entry:
    draft = Draft(FACILITY, kind, json.dumps(body, ensure_ascii=False), "clock", now)
    return writing.append([draft], cause=cause, recorded_at=now)[0]


def _carry(
    writing: Writing, saved: list[Entry], first_bad: int, open_runs: Collection[str], where: str, now: datetime
) -> Iterator[str]:
    """Write the open runs again, in the order in which they began; yields each that had entries."""
    seen: set[bytes] = set()
    carried = [e for e in saved if e.run in open_runs and e.kind not in _ABOUT_THE_FILE]
    for run in dict.fromkeys(entry.run for entry in carried):
        entries = [entry for entry in carried if entry.run == run]
        body: dict[str, object] = {
            "run": run,
            "from_seq": entries[0].seq,
            "to_seq": entries[-1].seq,
            "unproven": [entry.seq for entry in entries if entry.seq >= first_bad],
        }
        # of the facility, not of the run: entries of a run point at each other by turn
        _note(writing, RUN_CARRIED, body, f"{RUN_CARRIED}:{where}:{run}", now)
        for entry in entries:
            again = f":{entry.seq}" if entry.digest in seen else ""  # a forger may have copied a digest
            seen.add(entry.digest)
            draft = Draft(run, entry.kind, entry.body, entry.actor, entry.occurred_at)
            writing.append([draft], cause=f"carried:{entry.digest.hex()}{again}", recorded_at=entry.recorded_at)
        yield run
