"""The text for the door in the first hour: as the facility approved it, else the fixed one."""

from __future__ import annotations

from bot.words.words import Words
from contacts.roster import Roster
from playbooks.texts import Language


def first_poster(roster: Roster, language: Language | None = None) -> str:
    """Give the fixed text in a language, the facility's own unless it is said: true whatever has happened."""
    facility = roster.facility
    return Words(language or facility.language, roster).say(f"first_poster.{facility.kind}").unescape()
