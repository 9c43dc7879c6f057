"""The contents of an evidence bundle: everything one recipient may see of a run, and what proves it, in one ZIP file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from bot.bundle.manifest import (
    EVIDENCE,
    JOURNAL,
    KEY,
    MANIFEST,
    SEALS,
    SIGNATURE,
    TIMELINE,
    Counts,
    manifest_of,
    measured,
    signed_text,
)
from bot.bundle.people import PEOPLE, people
from bot.bundle.readme import readme
from bot.bundle.redaction import View
from bot.bundle.sheet import sheet
from bot.bundle.snapshot import Snapshot, Watch, take
from bot.bundle.table import shipped_table
from bot.bundle.verifiers.assembling import verify_html, verify_py
from bot.bundle.zipping import Content, is_safe, write_zip
from bot.store.evidence import EVIDENCE_DISPOSED, EVIDENCE_FOLDER, EVIDENCE_KEPT, handed_on
from bot.store.kept import storage_of
from bot.store.seals import SEALED, Seal, SealingKey
from bot.store.storage import Finding
from bot.words.free_texts import let_go
from flows.events.telling import EvidenceReceived
from flows.record import codec
from flows.record.chain import BrokenChain
from flows.record.journal import Entry
from flows.record.lines import line_of
from flows.record.withholding import LeftOut, Part, Withheld, joined
from flows.state.run import Looked
from playbooks.frozen import frozen
from playbooks.texts import Language

README, DOCUMENTS = "README.txt", "documents/"

Documents = Callable[[Snapshot, View], Iterable[tuple[str, bytes]]]
"""Makes the documents that go along, as name and bytes; it obeys the same table."""


Decide = Callable[[Snapshot, View], Mapping[int, Looked]]
"""Gives what was decided of the words people wrote, by the run's turns; it is asked once, of the snapshot that is exported."""


def as_the_run_says(snapshot: Snapshot, view: View) -> Mapping[int, Looked]:
    """Give what was decided in the chat, as far as it holds for the recipient."""
    return let_go(snapshot.of_run(), snapshot.looked_at, (view.name,))


@frozen
class Texts:
    """How many entries hold words of people's own that the recipient may have: ``shown``, or ``withheld``.

    ``unseen`` are those among the withheld that nobody has looked at.
    """

    shown: int
    withheld: int
    unseen: int


class RemovedSince(Exception):
    """Evidence was removed after the entry at which the bundle was to stop; the number is the entry that says so."""


def no_documents(_: Snapshot, __: View) -> Iterable[tuple[str, bytes]]:
    """Give none."""
    return ()


@frozen
class Bundle:
    """A bundle that lies on disk: what it was made of and what was found wrong with that."""

    path: Path
    snapshot: Snapshot
    view: View
    counts: Counts
    texts: Texts
    findings: tuple[Finding, ...]
    fingerprint: str
    files: int


def export(
    home: Path,
    run: str,
    out: Path,
    *,
    recipient: str,
    language: Language,
    until: int | None = None,
    decide: Decide = as_the_run_says,
    documents: Documents = no_documents,
    watch: Watch = lambda _: None,
) -> Bundle:
    """Write the bundle of a run (or of the facility) for one recipient, as of entry ``until``.

    What is wrong with journal or evidence is named and exported all the same. Raises NoSuchRun, NoSuchEntry,
    StorageTrouble, and OSError or ValueError when the key can't be read or the file can't be written; then there is no
    new file, and one that lay there before is as it was. Raises RemovedSince where evidence that stood at ``until`` was
    removed by a later entry: a bundle that stops before it couldn't say so.
    """
    with handed_on(home):
        return _export(home, run, out, recipient, language, until, decide, documents, watch)


def _export(
    home: Path,
    run: str,
    out: Path,
    recipient: str,
    language: Language,
    until: int | None,
    decide: Decide,
    documents: Documents,
    watch: Watch,
) -> Bundle:
    key = SealingKey.of(home)
    snapshot = take(home, run, until, lambda done: watch(done / 2))
    blind = View(shipped_table(), recipient, run, language)
    view = replace(blind, looked_at=decide(snapshot, blind))
    parts = list(map(view.part, snapshot.entries))
    shown = [part for part in parts if isinstance(part, Entry)]
    seals = [Seal.from_body(entry.body) for entry in shown if entry.kind == SEALED and _is_seal(entry)]
    evidence, found = _evidence(snapshot, view, shown)
    findings = (*snapshot.findings, *found)
    counts, texts = _counts(parts), texts_of(snapshot, view)
    files: dict[str, Content] = {
        JOURNAL: "".join(f"{line_of(part)}\n" for part in joined(parts)).encode("utf-8", "surrogateescape"),
        TIMELINE: sheet(snapshot, view, parts, {entry: name for name, (entry, _) in evidence.items()}),
        SEALS: "".join(f"{seal.body()}\n" for seal in seals).encode(),
        KEY: f"{key.public.hex()}\n".encode(),
        README: readme(snapshot, view, counts, texts.withheld, findings, key.fingerprint),
        **{name: content for name, (_, content) in evidence.items()},
        "verify.html": verify_html(),
        "verify.py": verify_py(),
        **{f"{DOCUMENTS}{name}": content for name, content in documents(snapshot, view)},
    }
    if (named := people(snapshot, view)) is not None:
        files[PEOPLE] = named
    if wrong := [name for name in files if not is_safe(name)]:
        raise ValueError(f"no file of a bundle may be called {', '.join(wrong)}")
    manifest = manifest_of(snapshot, view, counts, vars(texts), seals, findings, key.fingerprint, files)
    files[MANIFEST] = manifest
    files[SIGNATURE] = f"{key.sign(signed_text(manifest, key.fingerprint)).hex()}\n".encode()
    write_zip(out, files, snapshot.roster.facility.local(snapshot.at), lambda done: watch(0.5 + done / 2))
    watch(1)
    return Bundle(out, snapshot, view, counts, texts, findings, key.fingerprint, len(files))


def _counts(parts: Iterable[Part]) -> Counts:
    kinds = [type(part) for part in parts]
    return Counts(kinds.count(Entry), kinds.count(Withheld), kinds.count(LeftOut))


def texts_of(snapshot: Snapshot, view: View) -> Texts:
    """Count the entries that hold words of people's own which the recipient may have."""
    there = [one.turn for one in view.free_texts(snapshot.entries)]
    if view.recipient.inside:
        return Texts(len(there), 0, 0)
    looked = [view.looked_at.get(turn) for turn in there]
    kept = sum(one is not None and one.keep for one in looked)
    return Texts(kept, len(there) - kept, looked.count(None))


def _is_seal(entry: Entry) -> bool:
    try:
        Seal.from_body(entry.body)
    except ValueError:
        return False
    return True


def _evidence(
    snapshot: Snapshot, view: View, shown: list[Entry]
) -> tuple[dict[str, tuple[int, Path]], tuple[Finding, ...]]:
    """Find the files that go along, by name, each with the entry that kept it; and what is wrong with them."""
    files: dict[str, tuple[int, Path]] = {}
    findings: list[Finding] = []
    if not view.recipient.evidence:
        return files, ()
    suffixes = {entry.turn: suffix for entry in snapshot.of_run() if (suffix := _suffix(entry))}
    gone = _disposed(snapshot)
    there = {path.stem: path for path in (snapshot.home / EVIDENCE_FOLDER).rglob("*") if path.suffix != ".part"}
    for entry in shown:
        if entry.kind == EVIDENCE_KEPT:
            said = json.loads(entry.body)
            name = str(said.get("sha256"))
            path = there.get(name)
            if gone.get(name, 0) > entry.seq:
                continue
            if path is None or not path.is_file():
                if (removed := _disposed_later(snapshot).get(name)) is not None:
                    raise RemovedSince(removed)
                findings.append(Finding("evidence_missing", entry.seq, name))
                continue
            if measured(path) != {"bytes": said.get("bytes"), "sha256": name}:
                findings.append(Finding("evidence_altered", entry.seq, name))
            files.setdefault(f"{EVIDENCE}{name}{suffixes.get(said.get('of'), '')}", (entry.seq, path))
    return files, tuple(findings)


def _disposed(snapshot: Snapshot) -> dict[str, int]:
    """Give the files of which the run let go, with the last entry that says so."""
    return _removed_by(entry for entry in snapshot.of_run() if entry.kind == EVIDENCE_DISPOSED)


def _disposed_later(snapshot: Snapshot) -> dict[str, int]:
    """Give the files of which the run let go after the snapshot's last entry, as far as the journal can be read."""
    with suppress(BrokenChain):
        return storage_of(snapshot.home).look(
            lambda store: _removed_by(
                entry
                for entry in store.entries(after=snapshot.head.seq, run=snapshot.run)
                if entry.kind == EVIDENCE_DISPOSED
            )
        )
    return {}


def _removed_by(entries: Iterable[Entry]) -> dict[str, int]:
    removed: dict[str, int] = {}
    for entry in entries:
        with suppress(ValueError, TypeError, KeyError):  # what is altered removes nothing
            removed |= {str(name): entry.seq for name in json.loads(entry.body)["files"]}
    return removed


def _suffix(entry: Entry) -> str:
    """Give how a file that was received ended, so that the bundle's opens with a tap."""
    with suppress(ValueError, TypeError, AttributeError):
        event = codec.decode(entry.kind, entry.body) if entry.kind == "evidence_received" else None
        if isinstance(event, EvidenceReceived):
            found = re.search(r"\.[A-Za-z0-9]{1,5}$", event.file_name or "")
            return found[0].lower() if found else {"photo": ".jpg", "voice": ".ogg"}.get(event.media, "")
    return ""
