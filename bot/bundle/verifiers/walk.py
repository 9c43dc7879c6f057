"""The walk along a bundle's journal: chain, seals and evidence, computed anew with Python's own library."""

from __future__ import annotations

import binascii
import csv
import io
import json
import re
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Optional, Sequence, Tuple  # noqa: UP035 - Python 3.8 is enough for whoever checks a bundle
from unicodedata import category

from bot.bundle.verifiers.ed25519 import signed
from bot.bundle.verifiers.tokens import BadToken, Stamped, stamped

Finding = Tuple[str, Optional[int], str]  # noqa: UP006, UP045 - Python 3.8 evaluates this
"""A kind, the entry that it is about if it is about one, and a name or reason."""


def unhex(text: Any, size: int) -> bytes:
    """Read bytes from lower-case hexadecimal; ValueError for anything else."""
    if not isinstance(text, str) or not re.fullmatch(f"[0-9a-f]{{{2 * size}}}", text):
        raise ValueError(f"no {size} bytes in hexadecimal")
    return bytes.fromhex(text)


def parsed(text: str) -> Any:
    """Read JSON; ValueError also for what is nested too deeply."""
    try:
        return json.loads(text)
    except RecursionError as deep:
        raise ValueError("nested too deeply") from deep


SHAPE = {
    "seq": int,
    "run": str,
    "turn": int,
    "recorded_at": str,
    "occurred_at": str,
    "actor": str,
    "cause": str,
    "part": int,
    "kind": str,
}


def envelope_of(text: str) -> dict[str, Any]:
    """Read an envelope; ValueError if it isn't one."""
    said = parsed(text)
    if not isinstance(said, dict) or {name: type(value) for name, value in said.items()} != SHAPE:
        raise ValueError("no envelope")
    if any(datetime.fromisoformat(said[name]).utcoffset() != timedelta(0) for name in ("recorded_at", "occurred_at")):
        raise ValueError("not in UTC")
    return said


class Walk:
    """One walk along the entries: chain, seals and evidence."""

    def __init__(self, keys: list[str], evidence: dict[str, tuple[int, str]] | None, cas: Sequence[bytes] = ()) -> None:
        self.keys, self.evidence, self.cas = keys, evidence, cas
        self.stamps: list[tuple[int, Stamped]] = []
        self.recorded_at = ""
        self.place: tuple[str, int] = ("", 0)
        self.held: list[tuple[int, str, Any, Any]] = []
        self.gone: list[tuple[str, tuple[str, int]]] = []
        self.disposed: dict[tuple[str, int], tuple[int, int]] = {}
        self.erased: set[tuple[str, Any]] = set()
        self.findings: list[Finding] = []
        self.seq, self.digest = 0, bytes(32)
        self.digests: dict[int, bytes] = {}
        self.turns: dict[str, tuple[int, int]] = {}
        self.from_start, self.left_out = True, 0
        self.seals: list[str] = []
        self.proven: set[str] = set()
        self.actors: dict[int, str] = {}
        self.names: dict[str, str] = {}

    def line(self, number: int, line: bytes) -> None:
        """Take the next line in."""
        try:
            said = parsed(line.decode("utf-8"))
            seq = said["seq"]
            if type(seq) is not int:
                raise ValueError("no number")
            if "left_out" in said:
                for place, half in enumerate([unhex(h, 32) for h in said["left_out"]]):
                    self.number(seq + place)
                    self.digest = sha256(self.digest + half).digest()
                    self.left_out += 1
                    self.digests[seq + place] = self.digest
                return
            envelope, previous, digest = said["envelope"], unhex(said["previous"], 32), unhex(said["digest"], 32)
            if "body_digest" in said:
                nonce, body, body_half = unhex(said["nonce"], 32), None, unhex(said["body_digest"], 32)
            else:
                nonces, body = unhex(said["nonces"], 64), said["body"]
                nonce, body_half = nonces[:32], sha256(nonces[32:] + body.encode()).digest()
            half = sha256(sha256(nonce + envelope.encode()).digest() + body_half).digest()
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            self.find("line", None, f"{number}: {error}")
            return
        kind = self.entry(seq, envelope, previous, digest, sha256(previous + half).digest())
        if body is not None and kind is not None:
            self.look_into(seq, kind, body)

    def number(self, seq: int) -> None:
        """Look at the number alone."""
        if seq > self.seq + 1:
            self.find("gap", self.seq + 1)
            self.lose_count()
        elif seq <= self.seq:
            self.find("order", seq)
        self.seq = max(self.seq, seq)

    def entry(self, seq: int, envelope: str, previous: bytes, digest: bytes, computed: bytes) -> str | None:
        """Look at an entry whose envelope is given; gives its kind, if the envelope can be read."""
        self.number(seq)
        if computed != digest:
            self.find("altered", seq)
        if previous != self.digest:
            self.find("previous", seq)
        self.digest = self.digests[seq] = digest
        try:
            said = envelope_of(envelope)
        except ValueError:
            self.find("envelope", seq)
            self.lose_count()
            return None
        if said["seq"] != seq:
            self.find("columns", seq)
        self.actors[seq], self.recorded_at = said["actor"], said["recorded_at"]
        turn = said["turn"]
        self.place = said["run"], turn
        last, before = self.turns.get(said["run"], (0, 0) if self.from_start else (turn - 1, self.left_out))
        self.turns[said["run"]] = turn, self.left_out
        if not last < turn <= last + 1 + self.left_out - before:
            self.find("turn", seq)
        return str(said["kind"])

    def look_into(self, seq: int, kind: str, body: str) -> None:
        """Look at what an entry says if it is a seal, evidence or a proof of people."""
        try:
            said = parsed(body)
            if kind == "sealed":
                self.seal(said, seq)
            elif kind == "seal_stamped":
                self.stamp(said, seq)
            elif kind in ("registry_baseline", "registry_proved"):
                listed = said["held"] + (said["past"] if kind == "registry_baseline" else [])
                self.proven.update(one if kind == "registry_proved" else one[0] for one in listed)
            elif kind == "registry_erased":
                self.proven.difference_update(said["rows"])
            elif kind == "evidence_kept" and self.evidence is not None:
                self.held.append((seq, self.place[0], said["sha256"], said["bytes"]))
            elif kind == "evidence_disposed":
                names = set(said["files"])
                self.disposed[self.place] = seq, len(names)
                went = [one for one in self.held if one[1] == self.place[0] and one[2] in names]
                self.gone += [(one[2], self.place) for one in went]
                self.held = [one for one in self.held if one not in went]
            elif kind == "evidence_erased":
                self.erased.add((self.place[0], said["of"]))
        except (ValueError, KeyError, TypeError) as error:
            self.find("altered", seq, repr(error))

    def files(self) -> None:
        """Hold the files that lie there against those that were kept; what no run holds any more must not lie there once it was erased."""
        if self.evidence is None:
            return
        for seq, _, name, size in self.held:
            found = self.evidence.get(name)
            if found != (size, name):
                self.find("evidence_altered" if found else "evidence_missing", seq, name)
        still = {one[2] for one in self.held}
        for name, place in self.gone:
            if name in self.evidence and name not in still and place in self.erased:
                still.add(name)
                self.find("evidence_back", self.disposed[place][0], name)

    def seal(self, said: Any, at: int | None) -> None:
        """Check a seal; ``at`` is the entry that holds it. One that was seen already is not checked again."""
        text = json.dumps(said, sort_keys=True)
        if text in self.seals:
            return
        self.seals.append(text)
        try:
            key, digest = unhex(said["public_key"], 32), unhex(said["digest"], 32)
            name, seq, at_time = json.dumps(said["run"]), said["seq"], said["at"]
            lines = f"tomoshibi seal 1\nrun: {name}\nentry: {seq}\ndigest: {said['digest']}\nat: {at_time}\n"
            lines += f"key: {said['key_fingerprint']}\n"
            if said["key_fingerprint"] != fingerprint(key) or not signed(
                key, unhex(said["signature"], 64), lines.encode()
            ):
                self.find("seal", at)
            elif said["key_fingerprint"] not in self.keys:
                self.find("seal_key", at, said["key_fingerprint"])
            if said["seq"] not in self.digests:
                self.find("seal_cut", at, str(said["seq"]))
            elif self.digests[said["seq"]] != digest:
                self.find("seal_digest", at, str(said["seq"]))
        except (ValueError, KeyError, TypeError) as error:
            self.find("seal", at, str(error))

    def stamp(self, said: Any, at: int) -> None:
        """Check a time stamp of a sealed head against the entries so far."""
        try:
            of, token = said["seq"], binascii.a2b_base64(said["token"])
            digest = self.digests.get(of)
            if digest is None or said["digest"] != digest.hex():
                raise BadToken("stamp_other", str(of))
            shown = stamped(token, digest, self.cas)
            if shown.at > datetime.fromisoformat(self.recorded_at) + timedelta(minutes=5):
                raise BadToken("stamp_time", f"{shown.at:%Y-%m-%dT%H:%M:%SZ}")
            self.stamps.append((of, shown))
        except BadToken as bad:
            self.find(bad.kind, at, str(bad))
        except (ValueError, KeyError, TypeError) as error:
            self.find("stamp", at, str(error))

    def person(self, number: int, line: bytes) -> None:
        """Compute the digest of a person's row from what is shown of it; an entry must prove it."""
        try:
            said = parsed(line.decode("utf-8"))
            who, fields = "{} {}".format(said["kind"], said["key"]), said["fields"]
            if parsed(fields[0]["text"]) != ["", [said["kind"], said["key"]]]:
                raise ValueError("it is another row")
            row = sha256(b"tomoshibi registry 1\n")
            for one in fields:
                row.update(
                    unhex(one["leaf"], 32)
                    if "leaf" in one
                    else sha256(unhex(one["salt"], 32) + one["text"].encode()).digest()
                )
            if row.hexdigest() not in self.proven:
                self.find("registry", None, who)
            elif said["kind"] == "member":
                told = (json.loads(one["text"]) for one in fields if "text" in one)
                self.names[said["key"]] = next(str(value) for name, value in told if name == "name")
        except (ValueError, KeyError, TypeError, IndexError, AttributeError, StopIteration, RecursionError) as error:
            self.find("registry", None, f"{number}: {error}")

    def sheet(self, content: bytes) -> None:
        """Hold who did what by the timeline's table against the names that were proved; signs that can't be seen count for nothing."""
        try:
            rows = [(int(row[0]), row[3]) for row in list(csv.reader(io.StringIO(content.decode("utf-8"))))[1:]]
        except (ValueError, IndexError, csv.Error) as error:
            self.find("sheet_name", None, str(error))
            return
        for seq, who in rows:
            name = self.names.get(self.actors.get(seq, ""), "")
            if name not in who and not any(category(sign).startswith("C") for sign in name):
                self.find("sheet_name", seq, who)

    def lose_count(self) -> None:
        """Whose entry is missing, nobody knows: take each run's next turn on trust."""
        self.from_start = False
        self.turns.clear()

    def find(self, kind: str, seq: int | None, detail: str = "") -> None:
        """Keep a finding."""
        self.findings.append((kind, seq, detail))


def fingerprint(key: bytes) -> str:
    """Give the short name of a public key."""
    return sha256(key).hexdigest()[:32]
