"""Journals of every release, replayed for ever: what was written once is read for as long as there is this bot.

Each ``tests/histories/VERSION-WHAT.jsonl`` is a whole journal, an entry a line; beside it stands, as ``.json``, the
state that its runs had when it was recorded. A release adds its own (``tomoshibi demo --play PLAYBOOK --out DIR``
leaves a ``journal.jsonl``); nobody ever changes one that is there.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.store.verifying import verify_lines
from flows.engine import Engine
from flows.handbook import Handbook
from flows.record.journal import Entry
from flows.record.lines import entry_of, line_of
from flows.record.memory_journal import MemoryJournal
from flows.state.run import Run

HISTORIES = Path(__file__).parent / "histories"
RECORDED = sorted(HISTORIES.glob("*.jsonl"))


def lines_of(history: Path) -> list[str]:
    """Read a history's lines as they were written; only a newline ends one."""
    return history.read_bytes().decode().removesuffix("\n").split("\n")


def entries_of(history: Path) -> list[Entry]:
    """Read a history's entries."""
    return [entry_of(line) for line in lines_of(history)]


class Recorded(MemoryJournal):
    """A journal that holds what was written long ago."""

    def __init__(self, entries: list[Entry]) -> None:
        super().__init__()
        self._entries = entries


def in_short(run: Run) -> dict[str, Any]:
    """Tell a run's state in names that outlive the code: what a reader of the log would want to know."""
    return {
        "state": run.state,
        "mode": run.mode,
        "playbook": run.playbook.playbook if run.playbook else None,
        "turns": run.turns,
        "reporter": run.reporter,
        "commanders": [member for member, _ in run.commanders],
        "acknowledged": {member: at.isoformat() for member, at in run.acknowledged.items()},
        "facts": dict(sorted(run.facts.items())),
        "tracks": {name: track.step for name, track in run.tracks.items()},
        "answered": {f"{track}/{step}": done.answer for (track, step), done in run.answered.items()},
        "waived": {f"{track}/{step}": reason for (track, step), reason in run.waived.items()},
        "decisions": [[d.decision, d.choice, d.by, d.reason] for d in run.decisions.values()],
        "notes": [[note.by, note.occurred_at.isoformat(), note.text] for note in run.notes.values()],
        "evidence": [piece.sha256 for piece in run.evidence.values()],
        "review": run.review,
        "screens": len(run.open_steps()),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
    }


def test_there_are_histories() -> None:
    """At least the first release stands here, and every journal has its state beside it."""
    assert [path.name for path in RECORDED] != []
    assert {path.stem for path in RECORDED} == {path.stem for path in HISTORIES.glob("*.json")}


@pytest.mark.parametrize("history", RECORDED, ids=lambda path: path.stem)
def test_a_history_is_whole(history: Path) -> None:
    """Its chain holds and its seals are true: nobody has touched it since, not even its line ends."""
    report = verify_lines(history)

    assert report.findings == ()
    assert report.seals > 0
    assert [line_of(entry) for entry in entries_of(history)] == lines_of(history)


@pytest.mark.parametrize("history", RECORDED, ids=lambda path: path.stem)
def test_a_history_still_means_what_it_meant(history: Path) -> None:
    """The runs come out of the replay as they stood when the journal was recorded; the sidecar says how."""
    engine = Engine(Recorded(entries_of(history)), Handbook())

    told = {run.id: in_short(run) for run in engine.runs()}

    assert told == json.loads(history.with_suffix(".json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("history", RECORDED, ids=lambda path: path.stem)
def test_a_history_can_go_on(history: Path) -> None:
    """At any place where a kill might have cut it, the journal so far replays; its end is where the whole one stands."""
    entries = entries_of(history)
    engine = Engine(Recorded([]), Handbook())
    for entry in entries:
        engine._kept.take([entry])

    whole = Engine(Recorded(entries), Handbook())
    assert [in_short(run) for run in engine.runs()] == [in_short(run) for run in whole.runs()]
