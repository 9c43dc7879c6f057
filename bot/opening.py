"""How a home is opened: whole as it is, or, if its journal was altered, set aside with its live runs carried over."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import structlog

from bot.home import Home, NoHome
from bot.phrasing import in_all, phrase
from bot.store.kept import storage_of
from bot.store.seals import mend_key
from bot.store.set_aside import set_aside
from bot.store.storage import Finding
from bot.store.trouble import StorageTrouble
from bot.store.verifying import first_break_at_start, signs_at_start
from flows.commands.clock import ChangeSealKey, CloseUpRun, DoubtRecord
from flows.deeds import Attempt, Deed
from flows.events.facility import RecordDoubted
from flows.messages.upkeep import JournalBroken
from flows.naming import kept_name
from flows.record.chain import BrokenChain
from flows.record.codec import decode
from flows.record.journal import AT_ONCE, FACILITY, Entry, Owed
from flows.state.replay import replay
from flows.state.stamp import Stamp
from flows.state.work import CLOCK

_log = structlog.get_logger(__name__)


def open_home(path: Path, now: datetime) -> Home:
    """Open a home whose journal is whole; an altered one is set aside and the work goes on in a new one.

    Raises NoHome, or StorageTrouble while another process holds the file.
    """
    broken = first_break_at_start(path)
    if broken is None:
        signs = signs_at_start(path)
        home = _with_facility(Home(path), now)
        _enter_doubts(home, signs, now)
        _look_after_key(home, now)
        _close_up_unread(home, now)
        return home
    put = set_aside(path, broken, _open_runs(path), now=now)
    _log.error("journal.broken", first_bad=broken.first_bad, fault=broken.fault, set_aside=str(put.folder))
    home = _with_facility(Home(path), now)
    tell_of_break(home, broken, now)
    _look_after_key(home, now)
    return home


class Altered(Exception):
    """A home whose record was altered or is damaged: it is left as it was found; the text says what to do."""


def open_whole(path: Path, now: datetime) -> Home:
    """Open a home for a command at the machine; raises what :func:`open_home` does, and Altered where that would mend.

    Setting aside, repairs and doubts belong to the bot itself (:func:`open_home`): it tells those who decide. Whoever only
    looks, or backs up, must not be the one who clears the traces away.
    """
    broken = first_break_at_start(path)
    if broken is not None or any(sign.kind == "trigger" for sign in signs_at_start(path)):
        raise Altered(in_all(phrase("home.altered", path=path)))
    return _with_facility(Home(path), now)


def _enter_doubts(home: Home, findings: Sequence[Finding], now: datetime) -> None:
    """Enter what shows that something else wrote to the home; the guards are back by now, other signs stay and are told once."""
    told = [
        json.loads(e.body)["signs"] for e in home.journal.entries(run=FACILITY) if e.kind == kept_name(RecordDoubted)
    ]
    known = {sign for signs in told for sign in signs} - {"trigger", "cut"}
    found = dict.fromkeys(" ".join(filter(None, (f.kind, _row(f)))) for f in findings)
    signs = tuple(sign for sign in found if sign not in known)
    if signs:
        _log.error("record.doubted", signs=signs)
        cause = f"doubted:{home.journal.head().seq}"
        home.engine.do(Attempt(cause, now, lambda: Deed(DoubtRecord(FACILITY, signs), by=CLOCK)))


def _look_after_key(home: Home, now: datetime) -> None:
    """Make a new key for seals where the home's own is damaged or gone; where that fails, only seals wait for it."""
    try:
        changed = mend_key(home.path)
    except OSError as why:
        _log.error("seal_key.unusable", why=str(why))
        return
    if changed is not None:
        _log.error("seal_key.changed", why=changed.why, before=changed.before, now=changed.now)
        command = ChangeSealKey(FACILITY, changed.why, changed.before, changed.now)
        home.engine.do(Attempt(f"seal_key:{changed.now}", now, lambda: Deed(command, by=CLOCK)))


def _close_up_unread(home: Home, now: datetime) -> None:
    """Enter which runs this version can't open, each once."""
    for run, seq in home.engine.unread.items():
        _log.error("run.unread", run=run, seq=seq)
        command = CloseUpRun(FACILITY, run, seq)
        home.engine.do(Attempt(f"unread:{run}:{seq}", now, lambda command=command: Deed(command, by=CLOCK)))  # type: ignore[misc]


def _row(finding: Finding) -> str:
    """Say which member's row it is; an address is nobody's business, nor are the names of triggers."""
    return finding.detail if finding.kind == "registry" and finding.detail.startswith("member ") else ""


def _with_facility(home: Home, now: datetime) -> Home:
    """Give a home back if it knows whose it is; NoHome if nothing of its registry could be saved."""
    if home.engine.has_facility:
        home.engine.prove_registry(now)
        return home
    home.close()
    raise NoHome(in_all(phrase("home.emptied", path=home.path)))


def _open_runs(path: Path) -> frozenset[str]:
    """Give the runs of an altered journal that can be replayed, each by itself, and are live; the file is only read."""
    histories: dict[str, list[Entry]] = {}
    try:
        with storage_of(path).read() as store:
            for entry in store.stored():
                histories.setdefault(entry.run, []).append(entry)
    except (BrokenChain, StorageTrouble) as end:
        _log.error("journal.unreadable", why=str(end))
    return frozenset(run for run, entries in histories.items() if run != FACILITY and _is_live(run, entries))


def _is_live(run: str, entries: Sequence[Entry]) -> bool:
    try:
        return replay(
            run, [(decode(e.kind, e.body), Stamp(e.turn, e.recorded_at, e.occurred_at, e.actor)) for e in entries]
        ).live
    except Exception as why:  # noqa: BLE001  (an altered body can break anything, but not the start of the others)
        _log.error("journal.run_lost", run=run, why=repr(why))
        return False


def tell_of_break(home: Home, broken: BrokenChain, now: datetime) -> None:
    """Tell the director and the deputies that the journal was altered."""
    chain = home.engine.context(now, "").chain()
    home.engine.owe([Owed(member.id, JournalBroken(broken.first_bad), priority=AT_ONCE) for member in chain], now)
