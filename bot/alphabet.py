"""The signs of what is read aloud and typed off a paper: invitations and recovery keys."""

from __future__ import annotations

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Signs that nobody mixes up when reading aloud; all are legal in a start link."""
