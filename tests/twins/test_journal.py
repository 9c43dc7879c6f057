"""One contract for all journals: the one in memory and the one on disk can't be told apart."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, timedelta, timezone
from pathlib import Path

import pytest

from bot.store.sqlite.journal import SqliteJournal
from bot.store.verifying import first_break
from flows.messages.calling import Alarm, AlarmAgain, ChooseRun, WhereWeStand
from flows.messages.hearing import NotDone
from flows.messages.steps import StepDone, StepOpen
from flows.messages.upkeep import SealPosted
from flows.record.chain import breaks
from flows.record.journal import Draft, Entry, Head, Journal, Owed
from flows.record.memory_journal import MemoryJournal, counted_nonces
from tests.journals import NOON, Twin, draft, unsent, write


class PowerCut(Exception):
    """Something went wrong in the middle."""


def cut_off(journal: Twin) -> None:
    """Write all sorts of things in a transaction that fails at its end."""
    with journal.writing() as writing:
        writing.append([draft(), draft("r2")], cause="lost", recorded_at=NOON)
        writing.owe([Owed("m1", WhereWeStand(), key="b"), Owed("m2", Alarm())], at=NOON)
        writing.put("member", "m1", None)
        writing.put("member", "m2", '"鈴木"')
        raise PowerCut


def test_both_are_journals(journal: Journal) -> None:
    """The type checker takes both for what the engine asks for; a new one is empty."""
    assert Head() == journal.head()
    assert list(journal.entries()) == []
    assert journal.registry("member") == {}


def test_the_twins_write_the_same_bytes(tmp_path: Path) -> None:
    """With the same nonces, both give the same entries with the same digests."""
    drafts = [draft(), draft("r2", body='{"text":"🚨 \\u0000"}', minutes=3), draft("r1", kind="closed", minutes=4)]
    memory = write(MemoryJournal(), *drafts, cause="c")
    with SqliteJournal(tmp_path / "journal.db", nonces=counted_nonces()) as file:
        assert memory == write(file, *drafts, cause="c") == tuple(file.entries())


def test_a_body_is_blacked_out_alike(journal: Twin) -> None:
    """The twin is read in its place, the chain holds, and a transaction that fails brings the words back."""
    (entry,) = write(journal, draft(body='{"text":"秘密"}'), cause="c")
    twin = '{"text":"■■■"}'
    said = draft(kind="blacked_out", body=json.dumps({"of": 1, "seq": entry.seq, "body": twin}))
    with suppress(PowerCut), journal.writing() as writing:
        writing.append([said], cause="black", recorded_at=NOON)
        writing.black_out(entry, twin, ("秘密",))
        raise PowerCut
    assert next(iter(journal.entries())) == entry

    with journal.writing() as writing:
        writing.append([said], cause="black", recorded_at=NOON)
        writing.black_out(entry, twin, ("秘密",))

    first = next(iter(journal.entries()))
    assert (first.body, first.digest, first.nonces[32:]) == (twin, entry.digest, first.body_half)
    assert journal.caused("c") == (first,)
    assert list(breaks(journal.entries())) == []
    with pytest.raises(ValueError, match="doesn't black"), journal.writing() as writing:
        writing.black_out(first, twin, ())


def test_texts_of_a_run_are_forgotten_alike(journal: Twin) -> None:
    """Of what won't go out any more, but for seals and other runs; a transaction that fails brings them back."""
    seal = SealPosted("r1", 7, "ab", "cd")
    with journal.writing() as writing:
        owed = [Owed("a:1", NotDone("stale"), "r1"), Owed("a:1", seal, "r1"), Owed("a:1", NotDone("stale"), "r2")]
        writing.owe([*owed, Owed("a:2", NotDone("stale"), "r1")], at=NOON)
    for one in journal.deliveries.unsent()[:3]:
        journal.deliveries.mark_sent(one.id, "a:1", str(one.id), NOON)

    def facts() -> list[dict[str, object]]:
        return [d.owed.message.facts for run in ("r1", "r2") for d in journal.deliveries.of_run(run)]

    before = facts()
    with suppress(PowerCut), journal.writing() as writing:
        assert writing.forget_texts("r1") == 1
        raise PowerCut
    assert facts() == before
    with journal.writing() as writing:
        assert writing.forget_texts("r1") == 1
        assert writing.forget_texts("r1") == 0

    first, *rest = facts()
    assert first == {"was": NotDone.kept_as, "told": {}}
    assert rest == before[1:]


def test_entries_get_their_places(journal: Twin) -> None:
    """``seq`` counts all, ``turn`` those of the run, ``part`` those of the cause; times come back aware and in UTC."""
    tokyo = NOON.astimezone(timezone(timedelta(hours=9)))
    write(journal, draft("r1"), Draft("r2", "k", "{}", "clock", tokyo), draft("r1"), cause="first")
    write(journal, draft("r1"), cause="second")

    places = [(e.seq, e.run, e.turn, e.cause, e.part) for e in journal.entries()]

    assert places == [
        (1, "r1", 1, "first", 0),
        (2, "r2", 1, "first", 1),
        (3, "r1", 2, "first", 2),
        (4, "r1", 3, "second", 0),
    ]
    assert {e.occurred_at.tzinfo for e in journal.entries()} == {UTC}
    assert list(breaks(journal.entries())) == []


def test_reading_after_and_of_a_run(journal: Twin) -> None:
    """Entries can be asked for after a number, of one run, and both."""
    write(journal, *(draft(f"r{n % 2}", minutes=n) for n in range(6)), cause="c")

    assert [e.seq for e in journal.entries(after=3)] == [4, 5, 6]
    assert [e.seq for e in journal.entries(run="r1")] == [2, 4, 6]
    assert [e.seq for e in journal.entries(after=3, run="r1")] == [4, 6]
    assert list(journal.entries(after=6, run="r1")) == []
    assert [e.seq for e in journal.entries(after=3, run="r1")] == [4, 6]
    assert list(journal.entries(run="nobody")) == []


def test_the_head_is_the_last_entry(journal: Twin) -> None:
    """Inside the transaction and after it."""
    with journal.writing() as writing:
        written = writing.append([draft(), draft()], cause="c", recorded_at=NOON)
        assert writing.head() == Head(2, written[-1].digest)
        assert list(written) == list(writing.entries())

    assert journal.head() == Head(2, written[-1].digest)


def test_a_cause_tells_what_it_has_written(journal: Twin) -> None:
    """A redelivered act finds its entries, so that it does nothing."""
    written = write(journal, draft(), draft(), cause="telegram:1:7")

    with journal.writing() as writing:
        assert written == writing.caused("telegram:1:7")
        assert writing.caused("telegram:1:8") == ()


def test_a_cause_writes_once(journal: Twin) -> None:
    """Who doesn't ask first is stopped, and nothing of the second attempt stays."""
    write(journal, draft(), cause="telegram:1:7")

    with pytest.raises(ValueError, match="telegram:1:7"):
        write(journal, draft(), cause="telegram:1:7")

    assert journal.head().seq == 1


def test_an_exception_takes_everything_back(journal: Twin) -> None:
    """Entries, messages and registry are as they were, and writing goes on where it stood."""
    with journal.writing() as writing:
        writing.append([draft()], cause="before", recorded_at=NOON)
        writing.owe([Owed("m1", WhereWeStand(), key="b")], at=NOON)
        writing.put("member", "m1", '"佐藤"')
    before = (journal.head(), unsent(journal), journal.registry("member"))

    with pytest.raises(PowerCut):
        cut_off(journal)

    assert before == (journal.head(), unsent(journal), journal.registry("member"))
    assert journal.registry("member") == {"m1": '"佐藤"'}
    (again,) = write(journal, draft("r2"), cause="lost")
    assert (again.seq, again.turn) == (2, 1)


def test_a_draft_that_can_not_be_kept_takes_its_siblings_back(journal: Twin) -> None:
    """Of one append, all is written or nothing, even when the caller carries on."""
    with journal.writing() as writing:
        with pytest.raises(ValueError, match="."):  # noqa: RUF043  (json's own words)
            writing.append([draft(), draft(body="no JSON")], cause="c", recorded_at=NOON)
        assert writing.head() == Head()

    assert journal.head() == Head()


def test_transactions_do_not_nest(journal: Twin) -> None:
    """A transaction within a transaction is a mistake of ours, and says so."""
    with journal.writing(), pytest.raises(RuntimeError), journal.writing():
        pass


def test_a_key_replaces_what_is_unsent(journal: Twin) -> None:
    """Of one board, the newest stands in line; other people's and other boards stay."""
    with journal.writing() as writing:
        old = Owed("m1", WhereWeStand(), key="b", silent=True)
        rest = (
            Owed("m2", WhereWeStand(), key="b"),
            Owed("m1", WhereWeStand(), key="c"),
            Owed("m1", AlarmAgain(1)),
            Owed("m1", AlarmAgain(1)),
        )
        writing.owe([old, *rest], at=NOON)
    with journal.writing() as writing:
        new = Owed("m1", ChooseRun("佐藤", ("a", "b")), key="b", silent=True)
        writing.owe([new], at=NOON)

    assert [*rest, new] == unsent(journal)


def test_an_edit_of_what_was_never_shown_shows_itself(journal: Twin) -> None:
    """A board asked for anew and changed before it was sent goes out as a message of its own, not as an edit of the old."""
    with journal.writing() as writing:
        writing.owe([Owed("m1", WhereWeStand(), key="b"), Owed("m1", StepOpen(7), key="s")], at=NOON)
    with journal.writing() as writing:
        writing.owe(
            [Owed("m1", WhereWeStand(), key="b", edits=True), Owed("m1", StepDone(7), key="s", edits=True)], at=NOON
        )

    assert [(o.name, o.edits) for o in unsent(journal)] == [("board", False), ("step_done", True)]


def test_what_is_urgent_goes_first(journal: Twin) -> None:
    """Lower priorities first, then in the order in which they came to be owed."""
    with journal.writing() as writing:
        writing.owe([Owed("m1", AlarmAgain(n), priority=p) for n, p in ((1, 5), (2, 0), (3, 9), (4, 0))], at=NOON)

    assert [owed.message for owed in unsent(journal)] == [AlarmAgain(n) for n in (2, 4, 1, 3)]


def test_data_that_is_no_json_is_refused(journal: Twin) -> None:
    """A message's facts are plain: what could not be read back is refused at once."""
    with pytest.raises(TypeError), journal.writing() as writing:
        writing.owe([Owed("m1", NotDone("why", {"at": NOON}))], at=NOON)


def test_the_registry_keeps_the_order_of_coming(journal: Twin) -> None:
    """A changed value keeps its key's place; a key that was removed comes back last; kinds are apart."""
    with journal.writing() as writing:
        for key in ("b", "a", "c"):
            writing.put("member", key, f'"{key}"')
        writing.put("contact", "a", "1")
        writing.put("member", "b", '"B"')
        writing.put("member", "a", None)
        writing.put("member", "nobody", None)
    assert list(journal.registry("member").items()) == [("b", '"B"'), ("c", '"c"')]

    with journal.writing() as writing:
        writing.put("member", "a", '"A"')
    assert list(journal.registry("member")) == ["b", "c", "a"]
    assert journal.registry("contact") == {"a": "1"}


def test_the_registry_refuses_what_is_no_json(journal: Twin) -> None:
    """A value is JSON text."""
    with pytest.raises(ValueError, match="."), journal.writing() as writing:  # noqa: RUF043  (json's own words)
        writing.put("member", "m1", "佐藤")

    assert journal.registry("member") == {}


def changed_by(journal: Twin, cause: str, **values: str | None) -> tuple[Entry, ...]:
    """Change members in one transaction with the entry that says so, one before and one after the entry."""
    with journal.writing() as writing:
        pairs = list(values.items())
        for key, value in pairs[:1]:
            writing.put("member", key, value)
        entries = writing.append([draft("facility")], cause=cause, recorded_at=NOON)
        for key, value in pairs[1:]:
            writing.put("member", key, value)
    return entries


def test_the_registry_as_it_was(journal: Twin) -> None:
    """As of any entry, the registry is what that entry's transaction left; a later change doesn't reach back."""
    changed_by(journal, "one", m1='"a"', m2='"b"')
    changed_by(journal, "two", m2='"c"', m1=None)
    changed_by(journal, "three", m3='"d"', m2='"e"')

    history = [journal.registry_as_of("member", seq) for seq in range(4)]

    assert history == [{}, {"m1": '"a"', "m2": '"b"'}, {"m2": '"c"'}, {"m2": '"e"', "m3": '"d"'}]
    assert history[-1] == journal.registry("member")


def test_what_was_held_before_is_erased(journal: Twin) -> None:
    """Nothing of it is left but its digest, to be entered; what holds now stays, and so do all others."""
    changed_by(journal, "one", m1='"a"', m2='"b"')
    before = {row.key: row.digest() for row in journal.rows()[1]}
    changed_by(journal, "two", m1='"—"')
    with journal.writing() as writing:
        gone = writing.erase("member", "m1")
        assert writing.erase("member", "m9") == ()

    assert gone == (before["m1"],)
    assert sorted((row.key, row.value) for row in journal.rows()[1]) == [("m1", '"—"'), ("m2", '"b"')]
    assert journal.registry_as_of("member", 1) == {"m2": '"b"'}


def test_a_place_that_is_cleared_holds_nothing(journal: Twin) -> None:
    """What is said without a name comes back by the alphabet, as often as it was said; taken back, it was never said."""
    with journal.writing() as writing:
        for text in ("b", "a", "b"):
            writing.lay_aside("drill-1", text)
        writing.lay_aside("drill-2", "c")
    assert journal.laid_aside("drill-1") == ("a", "b", "b")

    with journal.writing() as writing:
        writing.clear_aside("drill-1")
    assert (journal.laid_aside("drill-1"), journal.laid_aside("drill-2")) == ((), ("c",))


def test_what_is_stored_is_what_was_written(journal: Twin) -> None:
    """While nobody has altered anything, the entries as they lie there are the entries, and the chain is whole."""
    write(journal, draft(), draft("r2"), cause="c")

    assert list(journal.stored()) == list(journal.entries())
    assert first_break(journal) is None


def test_evidence_that_is_not_there(journal: Twin) -> None:
    """Of bytes that never came, nothing is said."""
    assert journal.evidence("0" * 64) is None
