"""An entry as one line of JSON: the form of exports and of the recorded histories; its texts stay byte for byte."""

from __future__ import annotations

import json
from typing import Any

from flows.chain import restore, unreadable
from flows.journal import Entry


def line_of(entry: Entry) -> str:
    """Write an entry as one line (no newline at its end): envelope and body as texts, bytes in hexadecimal."""
    fields = {
        "seq": entry.seq,
        "envelope": entry.envelope,
        "body": entry.body,
        "nonces": entry.nonces.hex(),
        "previous": entry.previous.hex(),
        "digest": entry.digest.hex(),
    }
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def entry_of(line: str) -> Entry:
    """Read a line back; ValueError when it isn't such a line. What it says is not verified.

    An envelope that can't be read gives an entry without run or turn, so that a verification can name it.
    """
    said: Any = json.loads(line)
    if not isinstance(said, dict):
        raise ValueError("the line is no JSON object")  # noqa: TRY004 - every bad line is a ValueError to its reader
    try:
        seq, envelope, body = said["seq"], said["envelope"], said["body"]
        nonces, previous, digest = (bytes.fromhex(said[name]) for name in ("nonces", "previous", "digest"))
    except (KeyError, TypeError) as error:
        raise ValueError(f"the line lacks something: {error}") from error
    if type(seq) is not int or type(envelope) is not str or type(body) is not str:
        raise ValueError("seq must be a number, envelope and body must be texts")
    try:
        return restore(seq, envelope, body, nonces, previous, digest)
    except ValueError:
        return unreadable(seq, envelope, body, nonces, previous, digest)
