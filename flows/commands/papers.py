"""What is ordered about documents that are handed to others."""

from __future__ import annotations

from dataclasses import dataclass

from flows.commands.command import Command


@dataclass(frozen=True)
class ApproveDocument(Command):
    """I stand behind this document, as it reads with the journal up to and with entry ``until``."""

    kind: str
    language: str
    sha256: str
    until: int
