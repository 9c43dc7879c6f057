"""The tables of a home's file, as migrations in the order in which they came; SQL and nothing else.

A migration that has been released is never edited: a new one is added at the end. Times are TEXT in UTC with
microseconds, so that they sort; ``seq`` points at entries of the journal and never constrains, since a journal that
had to be replaced leaves it pointing below 1, into the file set aside.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Executes(Protocol):
    """What a migration needs of a database."""

    def execute(self, sql: str, /) -> object:
        """Run one statement."""
        ...


def journal_that_only_grows(database: Executes) -> None:
    """Entries: two texts, three digests, and columns that can't disagree with the envelope as they are read from it."""
    database.execute("""
        CREATE TABLE journal (
            seq INTEGER PRIMARY KEY,
            envelope TEXT NOT NULL CHECK (json_valid(envelope)),
            body TEXT NOT NULL CHECK (json_valid(body)),
            nonces BLOB NOT NULL CHECK (length(nonces) = 64),
            previous BLOB NOT NULL CHECK (length(previous) = 32),
            digest BLOB NOT NULL CHECK (length(digest) = 32),
            run TEXT NOT NULL GENERATED ALWAYS AS (json_extract(envelope, '$.run')) VIRTUAL,
            turn INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(envelope, '$.turn')) VIRTUAL,
            recorded_at TEXT NOT NULL GENERATED ALWAYS AS (json_extract(envelope, '$.recorded_at')) VIRTUAL,
            occurred_at TEXT NOT NULL GENERATED ALWAYS AS (json_extract(envelope, '$.occurred_at')) VIRTUAL,
            actor TEXT NOT NULL GENERATED ALWAYS AS (json_extract(envelope, '$.actor')) VIRTUAL,
            cause TEXT NOT NULL GENERATED ALWAYS AS (json_extract(envelope, '$.cause')) VIRTUAL,
            part INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(envelope, '$.part')) VIRTUAL,
            kind TEXT NOT NULL GENERATED ALWAYS AS (json_extract(envelope, '$.kind')) VIRTUAL,
            CHECK (seq = json_extract(envelope, '$.seq'))
        ) STRICT""")
    database.execute("CREATE UNIQUE INDEX journal_by_turn ON journal (run, turn)")
    database.execute("CREATE UNIQUE INDEX journal_by_cause ON journal (cause, part)")


def registry_with_its_past(database: Executes) -> None:
    """What is so now, and what was so before: a value held from entry ``seq`` until before entry ``until``."""
    database.execute("""
        CREATE TABLE registry (
            place INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, seq INTEGER NOT NULL,
            UNIQUE (kind, key)
        ) STRICT""")
    database.execute("""
        CREATE TABLE registry_history (
            id INTEGER PRIMARY KEY, place INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
            seq INTEGER NOT NULL, until INTEGER NOT NULL
        ) STRICT""")
    database.execute("CREATE INDEX registry_history_by_kind ON registry_history (kind, seq)")


def deliveries_owed_until_delivered(database: Executes) -> None:
    """Messages to people, from owed to sent; ``seq`` is the journal's head when the message came to be owed."""
    database.execute("""
        CREATE TABLE deliveries (
            id INTEGER PRIMARY KEY,
            recipient TEXT NOT NULL,
            run TEXT NOT NULL,
            name TEXT NOT NULL,
            data TEXT NOT NULL CHECK (json_valid(data)),
            key TEXT,
            priority INTEGER NOT NULL,
            silent INTEGER NOT NULL CHECK (silent IN (0, 1)),
            edits INTEGER NOT NULL CHECK (edits IN (0, 1)),
            state TEXT NOT NULL DEFAULT 'owed' CHECK (state IN ('owed', 'sending', 'sent', 'superseded', 'failed')),
            attempts INTEGER NOT NULL DEFAULT 0,
            not_before TEXT,
            last_error TEXT,
            owed_at TEXT NOT NULL,
            sent_at TEXT,
            address TEXT,
            message_id TEXT,
            seq INTEGER NOT NULL
        ) STRICT""")
    database.execute("CREATE INDEX deliveries_in_line ON deliveries (state, priority, id)")
    database.execute("CREATE INDEX deliveries_by_message ON deliveries (address, message_id)")
    database.execute("CREATE INDEX deliveries_by_key ON deliveries (recipient, key, state)")


def unhandled_kept(database: Executes) -> None:
    """What was heard while our own code failed: the raw act and the trace."""
    database.execute("""
        CREATE TABLE unhandled (
            id INTEGER PRIMARY KEY, at TEXT NOT NULL, cause TEXT NOT NULL, raw TEXT NOT NULL, trace TEXT NOT NULL
        ) STRICT""")


def said_without_a_name(database: Executes) -> None:
    """What people said about a drill without their name, until all of it is released; no order, no time, no writer."""
    database.execute("""
        CREATE TABLE laid_aside (
            place TEXT NOT NULL, text TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (place, text)
        ) STRICT, WITHOUT ROWID""")


def deliveries_that_know_their_cause(database: Executes) -> None:
    """What owed a message: an act that writes no entry is known by its messages when it is brought again."""
    database.execute("ALTER TABLE deliveries ADD COLUMN cause TEXT NOT NULL DEFAULT ''")
    database.execute("CREATE INDEX deliveries_by_cause ON deliveries (cause) WHERE cause <> ''")


def secrets_that_leave(database: Executes) -> None:
    """What must be nowhere once its message is sent stands apart, and what was sent already loses it.

    Until then an invitation's code stood among the facts, and what was heard stood as it was typed where we failed.
    """
    database.execute("""
        CREATE TABLE delivery_secrets (
            delivery INTEGER PRIMARY KEY, facts TEXT NOT NULL CHECK (json_valid(facts))
        ) STRICT""")
    secrets_apart(database)
    database.execute("""
        UPDATE unhandled SET trace = replace(trace, trim(substr(json_extract(raw, '$.text'), 7)), '…'),
                             raw = json_set(raw, '$.text', '/start …')
        WHERE json_valid(raw) AND json_extract(raw, '$.text') LIKE '/start_%'""")


def secrets_apart(database: Executes) -> None:
    """Set apart the secrets of invitations that stand among the facts, as older versions left them."""
    database.execute("""
        INSERT INTO delivery_secrets (delivery, facts)
        SELECT id, json_object('secret', json_object('code', json_extract(data, '$.code'), 'link', json_extract(data, '$.link')))
        FROM deliveries
        WHERE name = 'invited' AND state IN ('owed', 'sending') AND json_extract(data, '$.code') IS NOT NULL""")
    database.execute("""
        UPDATE deliveries SET data = json_remove(data, '$.code', '$.link')
        WHERE name = 'invited' AND json_extract(data, '$.code') IS NOT NULL""")


def registry_with_salts(database: Executes) -> None:
    """Rows of the registry carry a salt, so that the digests that prove them can't be guessed; older rows get theirs later."""
    database.execute("ALTER TABLE registry ADD COLUMN salt BLOB NOT NULL DEFAULT x''")
    database.execute("ALTER TABLE registry_history ADD COLUMN salt BLOB NOT NULL DEFAULT x''")


MIGRATIONS: tuple[Callable[[Executes], None], ...] = (
    journal_that_only_grows,
    registry_with_its_past,
    deliveries_owed_until_delivered,
    unhandled_kept,
    said_without_a_name,
    deliveries_that_know_their_cause,
    secrets_that_leave,
    registry_with_salts,
)

SWEPT = 1
"""The file's ``user_version`` once nothing lies about in it that was removed before it forgot securely."""

TRIGGERS = {
    # a body and its nonce may become their digest, and nothing else, while the last entry says so: where it is written
    "journal_refuses_update": """CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal
        WHEN NOT (
            NEW.seq IS OLD.seq AND NEW.envelope IS OLD.envelope AND NEW.previous IS OLD.previous AND NEW.digest IS OLD.digest
            AND NEW.body IS 'null' AND OLD.body IS NOT 'null' AND substr(NEW.nonces, 1, 32) IS substr(OLD.nonces, 1, 32)
            AND OLD.kind NOT IN ('blacked_out', 'house_blacked_out')
            AND EXISTS (
                SELECT 1 FROM journal AS last WHERE last.seq = (SELECT max(seq) FROM journal)
                AND last.kind IN ('blacked_out', 'house_blacked_out') AND json_extract(last.body, '$.seq') IS OLD.seq
            )
        )
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END""",
    "journal_refuses_delete": """CREATE TRIGGER journal_refuses_delete BEFORE DELETE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END""",
    # INSERT OR REPLACE passes the delete trigger where recursive_triggers is off, as it is in any other program
    "journal_grows_at_its_end": """CREATE TRIGGER journal_grows_at_its_end BEFORE INSERT ON journal
        WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal)
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END""",
}
"""Triggers that refuse whatever is no new last entry, by name. Rebuilding the table drops them, so every opening looks."""

FORMER_TRIGGERS = {
    "journal_refuses_update": """CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END""",
}
"""Those of older versions, which refuse more: they are right where they stand, and replaced without a word."""
