"""Bringing a home's tables up to date: loaded for a new home and after an update alone, since sqlite-utils loads NumPy wherever it is installed."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from bot.store.sqlite.schema import MIGRATIONS


def migrate(connection: sqlite3.Connection) -> None:
    """Do what a file has not behind it yet, each together with the note that it was done."""
    migrations = Migrations("home")
    for migration in MIGRATIONS:
        migrations(name=migration.__name__)(migration)
    migrations.apply(Database(connection, execute_plugins=False))
