"""Redaction: what one recipient sees of a journal."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any

import pytest

from bot.bundle.redaction import View
from bot.bundle.table import RECIPIENTS, shipped_table
from bot.store.seals import SEALED
from flows.events.event import KINDS
from flows.events.telling import NoteTaken
from flows.events.working import StepAnswered
from flows.naming import kept_name
from flows.record.journal import Draft, Entry
from flows.record.memory_journal import MemoryJournal
from flows.record.withholding import LeftOut, Withheld
from tests.journals import NOON, write

CANARY = "黄色い鳥"


def view(recipient: str, run: str = "r1") -> View:
    """Look through the eyes of a recipient."""
    return View(shipped_table(), recipient, run, "ja")


def entry(kind: str, body: str, run: str = "r1") -> Entry:
    """Write one entry."""
    return write(MemoryJournal(), Draft(run, kind, body, "m1", NOON), cause="c")[0]


def test_a_new_kind_of_event_is_left_out() -> None:
    """Whoever adds an event and forgets the table shows it to nobody, not even in the timeline."""

    @dataclass(frozen=True)
    class BrandNew:
        text: str = CANARY

    written = entry(kept_name(BrandNew), json.dumps({"text": CANARY}))

    assert all(isinstance(view(r).part(written), LeftOut) for r in RECIPIENTS)
    assert all(view(r).event(written, BrandNew()) is None for r in RECIPIENTS)  # type: ignore[arg-type]


def test_a_new_field_is_withheld() -> None:
    """The rest of the body is shown beside its digest."""
    part = view("internal").part(entry("note_taken", json.dumps({"text": "a", "timed": False, "mood": CANARY})))

    assert isinstance(part, Withheld)
    assert part.shown == {"text": "a", "timed": False}


@pytest.mark.parametrize("recipient", RECIPIENTS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_withheld_field_is_nowhere(kind: str, recipient: str) -> None:
    """Field by field of each kind: what the table doesn't allow stands neither in the part nor in what the timeline says."""
    table = shipped_table()
    for field in fields(KINDS[kind]):
        if table.sees(recipient, kind, field.name):
            continue
        one = entry(kind, json.dumps({field.name: CANARY}))
        assert CANARY not in repr(view(recipient).part(one))
        event: Any = object.__new__(KINDS[kind])
        event.__dict__.update({f.name: None for f in fields(event)} | {field.name: CANARY})
        assert CANARY not in repr(view(recipient).event(one, event))


def test_other_runs_and_bodies_that_are_none() -> None:
    """Stand as digests: entries of another run, of the facility, and what can't be read."""
    bodies = [("r2", "{}"), ("facility", "{}"), ("r1", "[]")]

    assert all(isinstance(view("internal").part(entry("closed", body, run)), LeftOut) for run, body in bodies)


@pytest.mark.parametrize(("run", "goes_along"), [("r1", True), ("facility", True), ("r2", False)])
def test_seals_go_along(run: str, goes_along: bool) -> None:
    """Those of the run and the daily ones; not one that would tell of another run."""
    part = view("ppc").part(entry(SEALED, json.dumps({"run": run, "seq": 1}), "facility"))

    assert isinstance(part, Entry) == goes_along


def test_what_the_timeline_may_say() -> None:
    """Texts are marked, what words depend on silences the whole entry, and nothing of an unknown one is said."""
    ppc = view("ppc")
    answered = StepAnswered(1, "t", "s", "done", "m1", "end", True, given={"text": CANARY}, reason=CANARY)
    said = ppc.event(entry("step_answered", json.dumps(vars(answered))), answered)

    assert isinstance(said, StepAnswered)
    assert (said.given, said.reason, said.answer) == ({"text": "［非開示］"}, "［非開示］", "done")
    assert ppc.event(entry("note_taken", json.dumps({"text": CANARY})), NoteTaken(CANARY)) is None
    assert view("police").sees_corrections()
    assert not ppc.sees_corrections()
