"""The timeline: every entry of a run, both times, corrections and late entries visible, and a broken journal named."""

from __future__ import annotations

from bot.documents.kinds import make
from bot.documents.records.timeline_record import broken_at, timeline_record
from bot.documents.source import Source
from flows.commands.people import Correct, Write
from tests.bot.documents.sources import PlayedYear, source_of, text_of
from tests.clinic import Clinic
from tests.journals import home_file


def test_no_entry_is_left_out(whole: Source) -> None:
    """Each entry of the run has its row, in Markdown and on paper."""
    said = timeline_record(whole).markdown
    assert [e.seq for e in whole.entries if f"\n| {e.seq} | " not in said] == []

    paper = text_of(make(whole, "timeline", "pdf"))
    assert [e.seq for e in whole.entries if e.digest.hex()[:8] not in paper] == []


async def test_late_entries_and_corrections_show(clinic: Clinic) -> None:
    """A note entered later has both times and says so; a corrected one shows what it said and what it says now."""
    run = await clinic.incident()
    await clinic.passes(30)
    clinic.orders(Write(run.id, "9:05 <b>社</b>に電話した"), "nurse")
    (note,) = clinic.run().notes
    clinic.orders(Correct(run.id, note, text="A社でなくB社"), "nurse")
    rows = [line for line in timeline_record(source_of(clinic, run.id)).markdown.splitlines() if "電話した" in line]

    assert any("04-01 09:05 | 09:20:00" in row and "あとから記録" in row and "B社" in row for row in rows)
    assert "\\<b\\>" in rows[0]


async def test_an_open_run_says_so(clinic: Clinic) -> None:
    """The page of an open run says that it is unfinished."""
    run = await clinic.incident()

    assert "この記録は途中です" in timeline_record(source_of(clinic, run.id)).markdown


async def test_an_altered_journal_is_named(clinic: Clinic) -> None:
    """The page names the first entry that can't be trusted; one that ends before it does not."""
    run = await clinic.incident()
    assert broken_at(source_of(clinic, run.id)) is None
    last = clinic.home.journal.head().seq
    database = home_file(clinic.home.journal).here
    for (name,) in database.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        database.execute(f'drop trigger "{name}"')
    database.execute("update journal set digest = zeroblob(32) where seq = ?", [last - 1])

    source = source_of(clinic, run.id)
    assert broken_at(source) == last - 1
    assert f"{last - 1}番から先は、書き換えられたおそれ" in timeline_record(source).markdown
    assert broken_at(source_of(clinic, run.id, until=last - 2)) is None


def test_answers_to_a_quiz_are_nobodys(played_year: PlayedYear) -> None:
    """A quiz answer shows that there was one, and not which."""
    clinic = played_year.clinic
    said = timeline_record(source_of(clinic, played_year.quiz)).markdown
    question = clinic.run(played_year.quiz).exercise.questions[0]  # type: ignore[union-attr]

    assert question.ask.ja in said
    assert not any(option.ja in said for option in question.options.values())
