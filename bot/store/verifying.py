"""Verifying: is a journal what it was when it was written? Looks at everything, changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.store.seals import SEALED, Seal, known_keys
from bot.store.sqlite.database import NO_JOURNAL, HomeFile, journal_definition, our_errors, wrong_triggers
from bot.store.sqlite.journal import JOURNAL_FILE, PAGE
from flows.record.chain import BrokenChain, Fault, Verification, proven, restore, unreadable
from flows.record.journal import Entry, Head
from flows.record.lines import part_of
from flows.record.withholding import LeftOut, Part, Withheld

EVIDENCE_FOLDER = "evidence"
EVIDENCE_KEPT = "evidence_kept"

Evidence = Callable[[str], tuple[int, str] | None]
"""Looks for a file by its name, a SHA-256 (hex): gives its size and true SHA-256, or None where there is none."""


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be: a kind, the entry's number if it is about one, and a name or reason.

    Kinds: those of :data:`flows.record.chain.FaultKind`; ``trigger`` (missing or changed), ``definition`` (the journal's
    table was rebuilt), ``file`` (damaged or not there), ``line`` (of an export); ``seal`` (can't be read, or wasn't
    signed so), ``seal_key`` (signed, but with a key that is not this home's), ``seal_digest`` (the journal stood
    otherwise when it was sealed), ``seal_cut`` (it seals an entry that isn't there); ``evidence_missing`` and
    ``evidence_altered``.
    """

    kind: str
    seq: int | None = None
    detail: str = ""


_NO_TABLE = Finding("definition", None, NO_JOURNAL)


@dataclass(frozen=True)
class Report:
    """What a verification saw: all findings, and how much it looked at. ``keys`` are those that signed seals."""

    findings: tuple[Finding, ...]
    entries: int = 0
    head: Head = field(default_factory=Head)
    seals: int = 0
    evidence: int = 0
    keys: frozenset[str] = frozenset()


def verify_home(home: Path, seals: Sequence[Seal] = ()) -> Report:
    """Verify a home's journal, also while the bot runs; ``seals`` are such as were kept elsewhere.

    Only those can show a cut tail or a whole rewrite.
    """
    path = home / JOURNAL_FILE
    if not path.is_file():
        return Report((Finding("file", None, f"{JOURNAL_FILE} is not there"),))
    log = path.with_name(path.name + "-wal")
    quiet, before = not log.exists(), path.stat()  # nobody has it open: then it can be read without a trace
    report = _verify_file(home, path, seals, still=quiet)
    after = path.stat()
    if quiet and (log.exists() or (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size)):
        report = _verify_file(home, path, seals, still=False)  # the bot was started meanwhile
    return report


def verify_lines(path: Path, seals: Sequence[Seal] = (), keys: Collection[str] = ()) -> Report:
    """Verify an export of a journal, line by line; with ``keys`` (fingerprints), seals of others don't count."""
    walk = Walk(seals, keys, None)
    with path.open("rb") as file:
        walk.along(walk.read(file))
    return walk.report()


def stored_entries(file: HomeFile) -> Iterator[Entry]:
    """Give all entries as they are stored, also what nobody could have written; BrokenChain where pages are damaged."""
    with our_errors():
        if not file.here["journal"].exists():
            raise BrokenChain(0, Head(), NO_JOURNAL)
    last = -(2**63)
    while True:
        with our_errors(), _texts_as_stored(file):
            rows = file.here.execute(
                "SELECT seq, envelope, body, nonces, previous, digest FROM journal WHERE seq > ? ORDER BY seq LIMIT ?",
                [last, PAGE],
            ).fetchall()
        if not rows:
            return
        last = rows[-1][0]
        for row in rows:
            try:
                yield restore(*row)
            except ValueError:
                yield unreadable(*row)


def first_break(file: HomeFile, after: Head | None = None) -> BrokenChain | None:
    """Say where a file's chain breaks first, None if nowhere; ``after`` is a head that was found whole before."""
    after = after or Head()
    try:
        proven((entry for entry in stored_entries(file) if entry.seq > after.seq), after)
    except BrokenChain as broken:
        return broken
    return None


def first_break_at_start(home: Path) -> BrokenChain | None:
    """Say where a home's chain breaks before anything opens the journal to write (which would repair triggers)."""
    path = home / JOURNAL_FILE
    if not path.exists():
        return None
    file = HomeFile(path, "read")
    try:
        return first_break(file)
    except BrokenChain as broken:  # not even opened
        return broken
    finally:
        file.close()


@contextmanager
def _texts_as_stored(file: HomeFile) -> Iterator[None]:
    """Read texts that are no UTF-8 as well; only for a moment, since a replay on this connection must refuse them."""
    connection = file.here.conn
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = str


def _verify_file(home: Path, path: Path, seals: Sequence[Seal], *, still: bool) -> Report:
    file = HomeFile(path, "still" if still else "read")
    found: list[Finding] = []
    walk = Walk(seals, known_keys(home), evidence_in(home / EVIDENCE_FOLDER))
    try:
        found += guard_findings(file)
        if _NO_TABLE in found:
            return walk.report(found)
        walk.along(stored_entries(file))
    except BrokenChain as broken:
        found.append(Finding("file", None, broken.fault))
    finally:
        file.close()
    return walk.report(found)


def guard_findings(file: HomeFile) -> list[Finding]:
    """Say what is wrong with a file beside its entries: triggers, the table's definition, damaged pages."""
    with our_errors():
        found = [Finding("trigger", None, name) for name in wrong_triggers(file.here)]
        definition = journal_definition(file.here)
        if not definition:
            return [*found, _NO_TABLE]
        if definition != _fresh_definition():
            found.append(Finding("definition"))
        checks = file.here.execute("PRAGMA integrity_check(20)").fetchall()
        return found + [Finding("file", None, str(said)) for (said,) in checks if said != "ok"]


def _fresh_definition() -> list[tuple[str, str]]:
    """Give the journal's definition as a new file has it."""
    with TemporaryDirectory() as folder:
        file = HomeFile(Path(folder, JOURNAL_FILE))
        try:
            return journal_definition(file.here)
        finally:
            file.close()


def evidence_in(folder: Path) -> Evidence:
    """Find the evidence by hash: each file is named by its SHA-256, whatever its suffix or folder."""
    files = {path.stem: path for path in folder.rglob("*") if path.is_file()}

    def look(name: str) -> tuple[int, str] | None:
        if name not in files:
            return None
        with files[name].open("rb") as file:
            return files[name].stat().st_size, file_digest(file, "sha256").hexdigest()

    return look


class Walk:
    """One walk along a journal, looking at chain, seals and evidence at once.

    ``seals`` are such as lie elsewhere, ``keys`` the fingerprints that count (all if there are none); without
    ``evidence`` no file is looked for.
    """

    def __init__(self, seals: Sequence[Seal], keys: Collection[str], evidence: Evidence | None) -> None:
        self._elsewhere = seals
        self._own_keys = keys
        self._evidence = evidence
        self._chain = Verification()
        self._digests: dict[int, bytes] = {}
        self._findings: list[Finding] = []
        self._keys: set[str] = set()
        self._seen: set[Seal] = set()
        self._seals = 0
        self._files = 0

    def read(self, lines: Iterable[bytes]) -> Iterator[Part]:
        """Read the lines of an export; one that can't be read is a finding."""
        for number, line in enumerate(lines, start=1):
            try:
                yield part_of(line.decode())
            except ValueError as error:
                self._findings.append(Finding("line", None, f"{number}: {error}"))

    def along(self, parts: Iterable[Part]) -> None:
        """Walk to the end; what a part withholds is not looked into."""
        for part in parts:
            if isinstance(part, LeftOut):
                for seq, digest in enumerate(part.digests, start=part.seq):
                    self._found(self._chain.pass_over(seq, digest))
                    self._digests[seq] = self._chain.head.digest
            elif isinstance(part, Withheld):
                self._found(self._chain.faults(part.entry, part.body_half))
                self._digests[part.entry.seq] = part.entry.digest
            else:
                self._found(self._chain.faults(part))
                self._look_into(part)
                self._digests[part.seq] = part.digest
        for seal in self._elsewhere:
            if seal not in self._seen:
                self._findings += self._seal(seal, None)

    def report(self, more: Sequence[Finding] = ()) -> Report:
        """Say what was seen; ``more`` are findings from elsewhere."""
        findings = (*more, *self._findings)
        keys = frozenset(self._keys)
        return Report(findings, len(self._digests), self._chain.head, self._seals, self._files, keys)

    def _found(self, faults: Iterable[Fault]) -> None:
        self._findings += [Finding(fault.kind, fault.seq) for fault in faults]

    def _look_into(self, entry: Entry) -> None:
        if entry.kind == SEALED:
            self._findings += self._sealed(entry)
        elif entry.kind == EVIDENCE_KEPT and self._evidence is not None:
            self._findings += self._kept(entry, self._evidence)

    def _sealed(self, entry: Entry) -> Iterator[Finding]:
        try:
            seal = Seal.from_body(entry.body)
        except ValueError as error:
            yield Finding("seal", entry.seq, str(error))
        else:
            self._seen.add(seal)
            yield from self._seal(seal, entry.seq)

    def _seal(self, seal: Seal, at: int | None) -> Iterator[Finding]:
        """Check a seal against the entries so far; ``at`` is the entry that holds it."""
        self._seals += 1
        self._keys.add(seal.key_fingerprint)
        if not seal.holds():
            yield Finding("seal", at, "the signature does not fit")
        elif self._own_keys and seal.key_fingerprint not in self._own_keys:
            yield Finding("seal_key", at, seal.key_fingerprint)
        if seal.seq not in self._digests:
            yield Finding("seal_cut", at, str(seal.seq))
        elif self._digests[seal.seq] != seal.digest:
            yield Finding("seal_digest", at, str(seal.seq))

    def _kept(self, entry: Entry, evidence: Evidence) -> Iterator[Finding]:
        try:
            said = json.loads(entry.body)
            name, size = str(said["sha256"]), said["bytes"]
        except (ValueError, TypeError, KeyError) as error:
            yield Finding("evidence_missing", entry.seq, f"the entry names no file: {error}")
            return
        self._files += 1
        found = evidence(name)
        if found is None:
            yield Finding("evidence_missing", entry.seq, name)
        elif found != (size, name):
            yield Finding("evidence_altered", entry.seq, name)
