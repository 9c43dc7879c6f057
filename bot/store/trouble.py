"""What goes wrong with a disk, in our own terms."""

from __future__ import annotations

from flows.record.journal import JournalFailed


class NewerStore(Exception):
    """A newer version has written here: it can be read, and is not to be written by this one."""


class StorageTrouble(JournalFailed):
    """What was heard could not be put on disk; the channel keeps it unconfirmed and brings it again."""
