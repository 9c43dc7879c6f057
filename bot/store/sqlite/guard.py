"""What guards a home's file: its triggers, the journal's definition, and pages that hold together."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from bot.store.sqlite.database import NO_JOURNAL, HomeFile, journal_definition, our_errors, tables, wrong_triggers
from bot.store.sqlite.schema import MIGRATIONS
from bot.store.storage import Finding


def guard_signs(file: HomeFile) -> list[Finding]:
    """Say what shows that something else than the bot wrote to a file: triggers, messages owed after its last entry."""
    with our_errors():
        found = [Finding("trigger", None, name) for name in wrong_triggers(file.here)]
        if {"journal", "deliveries"} <= tables(file.here):
            [[cut]] = file.here.execute(
                "SELECT max(seq) FROM deliveries HAVING max(seq) > (SELECT coalesce(max(seq), 0) FROM journal)"
            ).fetchall() or [[None]]
            found += [Finding("cut", None, str(cut))] if cut else []
        return found


def guard_findings(file: HomeFile) -> list[Finding]:
    """Say what is wrong with a file beside its entries: its signs, the table's definition, damaged pages."""
    with our_errors():
        found = guard_signs(file)
        definition = journal_definition(file.here)
        if not definition:
            return [*found, Finding("definition", None, NO_JOURNAL)]
        if definition != _fresh_definition():
            found.append(Finding("definition"))
        checks = file.here.execute("PRAGMA integrity_check(20)").fetchall()
        return found + [Finding("file", None, str(said)) for (said,) in checks if said != "ok"]


def _fresh_definition() -> list[tuple[str, str]]:
    """Give the journal's definition as a new file has it."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        for migration in MIGRATIONS:
            migration(fresh)
        return journal_definition(fresh)
