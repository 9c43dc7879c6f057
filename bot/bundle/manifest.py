"""The manifest: what lies in a bundle, file by file, and whose it is, signed with the home's key."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import file_digest, sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from bot.bundle.redaction import View
from bot.bundle.snapshot import Snapshot
from bot.bundle.zipping import Content
from bot.store.seals import Seal
from bot.store.storage import Finding
from flows.record.chain import moment_text
from playbooks.frozen import frozen

FORMAT: Final = "tomoshibi bundle 1"
MANIFEST, SIGNATURE, JOURNAL, SEALS, KEY = "manifest.json", "manifest.sig", "journal.jsonl", "seals.jsonl", "seal.pub"
EVIDENCE: Final = "evidence/"
TIMELINE: Final = "timeline.csv"


@frozen
class Counts:
    """How many entries stand in a bundle whole, without their body, and as digests alone."""

    whole: int
    withheld: int
    left_out: int


def signed_text(manifest: bytes, fingerprint: str) -> bytes:
    """Write what is signed: three lines that name the format, the manifest's SHA-256 and the key."""
    return f"{FORMAT}\nmanifest: {sha256(manifest).hexdigest()}\nkey: {fingerprint}\n".encode()


def measured(content: Content) -> dict[str, object]:
    """Give a file's size and SHA-256."""
    if isinstance(content, bytes):
        return {"bytes": len(content), "sha256": sha256(content).hexdigest()}
    with content.open("rb") as file:
        return {"bytes": content.stat().st_size, "sha256": file_digest(file, "sha256").hexdigest()}


def manifest_of(
    snapshot: Snapshot,
    view: View,
    counts: Counts,
    texts: Mapping[str, int],
    seals: Iterable[Seal],
    findings: Iterable[Finding],
    fingerprint: str,
    files: Mapping[str, Content],
) -> bytes:
    """Write the manifest of everything but itself and its signature."""
    said: dict[str, Any] = {
        "format": FORMAT,
        "version": _version(),
        "facility": snapshot.roster.facility.name,
        "run": snapshot.run,
        "mode": snapshot.mode,
        "state": snapshot.state,
        "open": snapshot.live,
        "recipient": view.name,
        "recipient_title": view.recipient.title.model_dump(),
        "language": view.language,
        "until": snapshot.head.seq,
        "until_recorded_at": moment_text(snapshot.at),
        "head": {"seq": snapshot.head.seq, "digest": snapshot.head.digest.hex()},
        "entries": vars(counts),
        "free_texts": dict(texts),
        "key": fingerprint,
        "keys": sorted({*snapshot.keys, fingerprint}),
        "seals": [{"run": s.run, "seq": s.seq, "digest": s.digest.hex(), "at": moment_text(s.at)} for s in seals],
        "evidence": view.recipient.evidence,
        "findings": [{"kind": f.kind, "seq": f.seq, "detail": f.detail} for f in findings],
        "files": {name: measured(content) for name, content in sorted(files.items())},
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _version() -> str:
    """Name this program's version; run from a folder, it has none."""
    try:
        return version("tomoshibi")
    except PackageNotFoundError:
        return "source"
