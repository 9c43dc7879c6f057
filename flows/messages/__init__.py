"""What can be owed to people, a class a message. Which words say it is no business of flows."""

from __future__ import annotations

from flows.messages import (
    calling,
    contacts,
    drilling,
    drills,
    ending,
    hearing,
    helping,
    members,
    notes,
    photos,
    promising,
    reporting,
    setting_up,
    steps,
    upkeep,
)

TOPICS = (
    calling,
    contacts,
    drilling,
    drills,
    ending,
    hearing,
    helping,
    members,
    notes,
    photos,
    promising,
    reporting,
    setting_up,
    steps,
    upkeep,
)
"""Whichever message is imported first, all of them are known: the book may hold any (see flows.messages.message)."""
