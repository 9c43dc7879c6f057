"""An entry as one line of JSON: the form of exports and of the recorded histories; its texts stay byte for byte.

An export that withholds something has lines of two more forms: without a body (``body_digest`` stands for it, and
``shown`` holds the fields that may be seen, which nothing proves), and of entries left out (``left_out``, their digests
from ``seq`` on).
"""

from __future__ import annotations

import json
from typing import Any

from flows.record.chain import parsed, restore, unreadable
from flows.record.journal import Entry
from flows.record.withholding import LeftOut, Part, Withheld, withheld


def line_of(part: Part) -> str:
    """Write an entry as one line (no newline at its end): envelope and body as texts, bytes in hexadecimal."""
    if isinstance(part, LeftOut):
        return _compact({"seq": part.seq, "left_out": [digest.hex() for digest in part.digests]})
    if isinstance(part, Entry) and part.body_half is not None:
        part = withheld(part, {})
    entry = part.entry if isinstance(part, Withheld) else part
    end = {"previous": entry.previous.hex(), "digest": entry.digest.hex()}
    if isinstance(part, Withheld):
        begin = {"seq": entry.seq, "envelope": entry.envelope, "nonce": entry.nonces.hex()}
        extract = {"shown": dict(part.shown)} if part.shown else {}
        return _compact({**begin, "body_digest": part.body_half.hex(), **end, **extract})
    begin = {"seq": entry.seq, "envelope": entry.envelope, "body": entry.body}
    return _compact({**begin, "nonces": entry.nonces.hex(), **end})


def _compact(fields: dict[str, object]) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def entry_of(line: str) -> Entry:
    """Read a line of a whole entry back; ValueError when it isn't such a line. What it says is not verified."""
    part = part_of(line)
    if not isinstance(part, Entry):
        raise ValueError("something of the entry is withheld")  # noqa: TRY004 - every bad line is a ValueError to its reader
    return part


def part_of(line: str) -> Part:
    """Read a line of any form back; ValueError when it isn't one. What it says is not verified.

    An envelope that can't be read gives an entry without run or turn, so that a verification can name it.
    """
    said: Any = parsed(line)
    if not isinstance(said, dict):
        raise ValueError("the line is no JSON object")  # noqa: TRY004 - as above
    try:
        if "left_out" in said:
            return LeftOut(_number(said["seq"]), tuple(_bytes(digest, 32) for digest in said["left_out"]))
        if "body_digest" in said:
            shown = said.get("shown", {})
            if not isinstance(shown, dict):
                raise ValueError("what is shown must be an object")
            return Withheld(_entry(said, "", said["nonce"]), _bytes(said["body_digest"], 32), shown)
        return _entry(said, said["body"], said["nonces"])
    except (KeyError, TypeError) as error:
        raise ValueError(f"the line lacks something: {error}") from error


def _entry(said: dict[str, Any], body: Any, nonces: Any) -> Entry:
    seq, envelope = _number(said["seq"]), said["envelope"]
    if type(envelope) is not str or type(body) is not str:
        raise ValueError("envelope and body must be texts")
    stored = seq, envelope, body, bytes.fromhex(nonces), bytes.fromhex(said["previous"]), bytes.fromhex(said["digest"])
    try:
        return restore(*stored)
    except ValueError:
        return unreadable(*stored)


def _number(said: Any) -> int:
    if type(said) is not int:
        raise ValueError("seq must be a number")
    return said


def _bytes(said: str, length: int) -> bytes:
    found = bytes.fromhex(said)
    if len(found) != length:
        raise ValueError(f"a digest has {length} bytes")
    return found
