"""Blacking out: what people wrote goes for ever, what happened stays, and so does the proof of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.commands.papers import BlackOut, BlackOutHere
from flows.commands.people import Write
from flows.record.chain import breaks
from flows.record.journal import FACILITY, Entry
from flows.record.memory_journal import MemoryJournal
from flows.refusals import Refused
from flows.state.replayed import Replayed
from flows.written.free_text import BLACK
from tests.flows.clinic import SATO, TAKAHASHI, TROUBLE, Clinic, playbook_of


def states(entries: Iterable[Entry]) -> str:
    """Give all that entries come to, as text."""
    replayed = Replayed()
    replayed.read(entries)
    return repr([{run.id: vars(run) for run in replayed.runs.values()}, vars(replayed.house)])


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["memo", "question", "photo"]), min_size=1, max_size=5), st.data())
def test_the_state_is_the_same_but_for_the_words(acts: list[str], data: st.DataObject) -> None:
    """Whatever was written and whichever entry is blacked out: replay comes to the same state with marks for its words."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    clinic.reports(SATO)
    for number, act in enumerate(acts):
        clinic.act(SATO, Write(clinic.run.id, f"秘密{number}の{act}"))
    notes = list(clinic.run.notes)
    of = data.draw(st.sampled_from(notes))
    words = clinic.run.notes[of].text
    entries = list(clinic.journal.entries())
    before = states(entries)

    clinic.act(TAKAHASHI, BlackOut(clinic.run.id, of))

    assert states(list(clinic.journal.entries())[: len(entries)]) == before.replace(words, BLACK)
    assert words not in repr(vars(clinic.run))
    assert list(breaks(clinic.journal.entries())) == []


def test_what_holds_no_words_is_not_blacked_out() -> None:
    """Nor what was blacked out before, nor an entry that isn't there."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    clinic.reports(SATO)
    clinic.act(SATO, Write(clinic.run.id, "秘密"))
    note = max(clinic.run.notes)
    clinic.act(TAKAHASHI, BlackOut(clinic.run.id, note))

    for of in (note, clinic.run.turns, clinic.run.turns + 5):
        assert clinic.refused(TAKAHASHI, BlackOut(clinic.run.id, of)).name in ("nothing_written", "stale")
    assert clinic.refused(SATO, BlackOut(clinic.run.id, note)).name == "chain_only"
    with pytest.raises(Refused):
        clinic.engine.handle(BlackOutHere(FACILITY, 1), actor=TAKAHASHI, now=clinic.now, cause="x")


def test_only_the_last_entry_may_say_so() -> None:
    """A journal blacks out what its last entry names, and nothing else."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    clinic.reports(SATO)
    entry = next(iter(clinic.journal.entries(run=clinic.run.id)))
    assert isinstance(clinic.journal, MemoryJournal)

    with clinic.journal.writing() as writing, pytest.raises(ValueError, match="doesn't black"):
        writing.black_out(entry, "{}", ())


def test_a_twin_that_was_changed_is_found() -> None:
    """The twin stands in an entry of its own, which the chain covers."""
    clinic = Clinic(playbook_of(TROUBLE)).found()
    clinic.reports(SATO)
    clinic.act(SATO, Write(clinic.run.id, "秘密"))
    clinic.act(TAKAHASHI, BlackOut(clinic.run.id, max(clinic.run.notes)))
    entries = list(clinic.journal.entries())
    last = max(i for i, e in enumerate(entries) if e.kind == "blacked_out")
    forged = [replace(e, body=e.body.replace(BLACK, "別")) if i == last else e for i, e in enumerate(entries)]

    assert [fault.seq for fault in breaks(forged)][:1] == [entries[last].seq]
