"""What is handed to others: which document, in which very words, the director stands behind."""

from __future__ import annotations

from dataclasses import dataclass

from flows.events.event import RunEvent


@dataclass(frozen=True)
class DocumentApproved(RunEvent):
    """The director stands behind a document of a ``kind`` as made from the journal up to and with entry ``until``.

    ``sha256`` is the digest of what it says; a document with another one is a draft again.
    """

    kind: str
    language: str
    sha256: str
    until: int
