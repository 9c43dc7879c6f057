"""What happened, as the journal keeps it; every shape here lives for ever (see tests/histories).

Fields hold only what JSON holds; lists are tuples. A new field needs a default, so that old journals still replay.
``member`` is whom an event is about; the entry's ``actor`` is who did it, which differs when somebody acts on behalf.
"""

from __future__ import annotations

from flows.events import (
    calling,
    drilling,
    drills,
    ending,
    explaining,
    facility,
    helping,
    papers,
    photos,
    promising,
    reporting,
    setting_up,
    telling,
    upkeep,
    working,
)

TOPICS = (
    calling,
    drilling,
    drills,
    ending,
    explaining,
    facility,
    helping,
    papers,
    photos,
    promising,
    reporting,
    setting_up,
    telling,
    upkeep,
    working,
)
"""Whichever event is imported first, all of them are known: the journal may hold any (see flows.events.event.KINDS)."""
