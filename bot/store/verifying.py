"""Verifying: is a journal what it was when it was written? Looks at everything, changes nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import field, replace
from pathlib import Path
from unicodedata import category

from bot.store.evidence import (
    EVIDENCE_DISPOSED,
    EVIDENCE_ERASED,
    EVIDENCE_FOLDER,
    EVIDENCE_KEPT,
    EVIDENCE_RECEIVED,
    Evidence,
    evidence_in,
    files_in,
    is_whole,
)
from bot.store.kept import storage_of
from bot.store.seals import KEY_FILE, SEALED, Seal, is_sound, known_keys
from bot.store.set_aside import JOURNAL_BROKEN
from bot.store.storage import Finding, Store
from bot.store.time_stamps import MAY_DIFFER, STAMPED, Authority, KeptToken, NoStamp, TimeStamp, shown_by
from flows.events.facility import RecordDoubted
from flows.naming import kept_name
from flows.record.chain import BrokenChain, Fault, Verification, parsed, proven
from flows.record.journal import FACILITY, Entry, Head, Journal
from flows.record.lines import part_of
from flows.record.proving import KINDS_OF_PROOF, Mismatch, RegistryProof
from flows.record.rows import Row, digest_of_shown
from flows.record.withholding import LeftOut, Part, Withheld
from playbooks.frozen import frozen

_TOLD = {JOURNAL_BROKEN: "set_aside", kept_name(RecordDoubted): "doubted"}
"""Entries that tell of an alteration which was found before them, and the kind of finding as which that is said."""


@frozen
class VerificationReport:
    """What a verification saw: all findings, and how much it looked at. ``keys`` are those that signed seals.

    ``people_since`` is the entry from which on people and contacts are proved (None: nothing proves them), ``erased``
    are the entries by which something of them was erased. ``earlier`` is what entries tell of alterations that were found
    before: the record that was set aside, or a guard that was put back. What stands here now may be whole all the same.
    ``stamps`` are the time stamps that hold, in their order. ``disposed`` are the entries by which evidence was removed, as
    whoever decided had it, each with how many files that were: what lies nowhere because of them is no finding.
    """

    findings: tuple[Finding, ...]
    entries: int = 0
    head: Head = field(default_factory=Head)
    seals: int = 0
    evidence: int = 0
    people_since: int | None = None
    erased: tuple[int, ...] = ()
    keys: frozenset[str] = frozenset()
    earlier: tuple[Finding, ...] = ()
    stamps: tuple[TimeStamp, ...] = ()
    disposed: tuple[tuple[int, int], ...] = ()


def verify_home(
    home: Path, seals: Sequence[Seal] = (), heads: Sequence[Head] = (), cas: Sequence[Authority] = ()
) -> VerificationReport:
    """Verify a home's journal, also while the bot runs; ``seals`` and ``heads`` are such as were kept elsewhere.

    Only those can show a cut tail or a whole rewrite to be sure. The seals that the bot has posted itself are held
    against it, too, so a forger has to think of those. ``cas`` are CA certificates, of which one has to lead to whoever
    stamped the time.
    """
    storage = storage_of(home)
    if not storage.exists():
        return VerificationReport((Finding("file", None, storage.name),))
    return storage.look(lambda store: _verify(store, home, seals, heads, cas))


def verify_lines(
    path: Path,
    seals: Sequence[Seal] = (),
    keys: Collection[str] = (),
    heads: Sequence[Head] = (),
    cas: Sequence[Authority] = (),
) -> VerificationReport:
    """Verify an export of a journal, line by line; with ``keys`` (fingerprints), seals of others don't count."""
    walk = ChainWalk(seals, keys, None, heads, cas)
    with path.open("rb") as file:
        walk.along(walk.read(file))
    return walk.report()


def signs_at_start(home: Path) -> tuple[Finding, ...]:
    """Say what shows that something else than the bot wrote to a home, beside a broken chain; before anything opens it.

    Opening it to write puts the triggers right. Damaged pages are not looked for.
    """
    storage = storage_of(home)
    if not storage.exists():
        return ()
    return storage.look(_signs)


def _signs(store: Store) -> tuple[Finding, ...]:
    proof, (until, rows) = RegistryProof(), store.rows()
    for entry in store.entries(run=FACILITY):
        if entry.seq <= until:
            with suppress(ValueError, TypeError, KeyError, AttributeError):  # another version's says nothing here
                proof.take(entry)
    return (*store.signs(), *map(_mismatched, proof.mismatches(rows)))


def first_break(journal: Journal, after: Head | None = None) -> BrokenChain | None:
    """Say where a journal's chain breaks first, None if nowhere; ``after`` is a head that was found whole before."""
    after = after or Head()
    try:
        proven((entry for entry in journal.stored() if entry.seq > after.seq), after)
    except BrokenChain as broken:
        return broken
    return None


def first_break_at_start(home: Path) -> BrokenChain | None:
    """Say where a home's chain breaks before anything opens the journal to write (which would repair triggers)."""
    storage = storage_of(home)
    if not storage.exists():
        return None
    return storage.look(first_break)


def _verify(
    store: Store, home: Path, seals: Sequence[Seal], heads: Sequence[Head], cas: Sequence[Authority]
) -> VerificationReport:
    found: list[Finding] = []
    there = files_in(home / EVIDENCE_FOLDER)  # before the walk: whatever lies there by now has its entry, or is awaited
    walk = ChainWalk(seals, known_keys(home), evidence_in(home / EVIDENCE_FOLDER), cas=cas)
    if known_keys(home) and not is_sound(home):
        found.append(Finding("seal_key_lost", None, str(KEY_FILE)))
    with _as_far_as_it_reads(found):
        found += store.findings()
    with _as_far_as_it_reads(found):
        walk.compares(*store.rows())
    with _as_far_as_it_reads(found):
        walk.along(store.stored())
        walk.stood_at([*heads, *store.posted_heads()])
        found += walk.foreign(there)
    return walk.report(found)


@contextmanager
def _as_far_as_it_reads(found: list[Finding]) -> Iterator[None]:
    try:
        yield
    except BrokenChain as broken:
        if broken.fault not in {finding.detail for finding in found}:
            found.append(Finding("file", None, broken.fault))


class ChainWalk:
    """One walk along a journal, looking at chain, seals and evidence at once.

    ``seals`` are such as lie elsewhere, ``heads`` those of which only number and digest were kept, ``keys`` the
    fingerprints that count (all if there are none); without ``evidence`` no file is looked for. ``cas`` as in
    :func:`verify_home`.
    """

    def __init__(
        self,
        seals: Sequence[Seal],
        keys: Collection[str],
        evidence: Evidence | None,
        heads: Sequence[Head] = (),
        cas: Sequence[Authority] = (),
    ) -> None:
        self._elsewhere, self._heads, self._cas = seals, heads, cas
        self._stamps: list[TimeStamp] = []
        self._own_keys = keys
        self._evidence = evidence
        self._chain = Verification()
        self._digests: dict[int, bytes] = {}
        self._findings: list[Finding] = []
        self._keys: set[str] = set()
        self._seen: set[Seal] = set()
        self._people = RegistryProof()
        self._actors: dict[int, str] = {}
        self._names: dict[str, str] = {}
        self._rows: tuple[int, Sequence[Row]] | None = None
        self._seals = 0
        self._files: list[str] = []
        self._held: list[_Kept] = []
        self._disposed: dict[tuple[str, int], tuple[int, int]] = {}
        self._erased: set[tuple[str, object]] = set()
        self._coming: set[tuple[str, object]] = set()
        self._earlier: list[Finding] = []

    def compares(self, until: int, rows: Sequence[Row]) -> None:
        """Take along the registry as it was after entry ``until``: what the entries up to there prove is held against it."""
        self._rows = until, rows

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
                self._actors[part.entry.seq] = part.entry.actor
            else:
                self._found(self._chain.faults(part))
                self._actors[part.seq] = part.actor
                self._look_into(part)
                self._digests[part.seq] = part.digest
        if self._evidence is not None:
            self._findings += self._lies_there(self._evidence)
        if self._rows is not None:
            self._findings += map(_mismatched, self._people.mismatches(self._rows[1]))
        for seal in self._elsewhere:
            if seal not in self._seen:
                self._findings += self._seal(seal, None)
        self.stood_at(self._heads)

    def stood_at(self, heads: Iterable[Head]) -> None:
        """Hold heads that were told elsewhere against what was walked along."""
        for head in dict.fromkeys(heads):
            self._findings += self._stands(head, None)

    def names(self, lines: Iterable[str]) -> None:
        """Hold rows that a bundle shows in part against what its entries prove."""
        for number, line in enumerate(lines, start=1):
            try:
                said = json.loads(line)
                who = f"{said['kind']} {said['key']}"
                if digest_of_shown(said) not in self._people.digests:
                    self._findings.append(Finding("registry", None, who))
                elif said["kind"] == "member":
                    told = (json.loads(one["text"]) for one in said["fields"] if "text" in one)
                    self._names[said["key"]] = next(str(value) for name, value in told if name == "name")
            except (ValueError, KeyError, TypeError, IndexError, StopIteration, RecursionError) as error:
                self._findings.append(Finding("registry", None, f"{number}: {error}"))

    def sheet(self, content: bytes) -> None:
        """Hold who did what by a bundle's table against the names that were proved; signs that can't be seen count for nothing."""
        if not self._names:
            return
        try:
            rows = [(int(row[0]), row[3]) for row in list(csv.reader(io.StringIO(content.decode())))[1:]]
        except (ValueError, IndexError, csv.Error) as error:
            self._findings.append(Finding("sheet_name", None, str(error)))
            return
        for seq, who in rows:
            name = self._names.get(self._actors.get(seq, ""), "")
            if name not in who and not any(category(sign).startswith("C") for sign in name):
                self._findings.append(Finding("sheet_name", seq, who))

    def report(self, more: Sequence[Finding] = ()) -> VerificationReport:
        """Say what was seen; ``more`` are findings from elsewhere."""
        findings = (*more, *self._findings)
        keys = frozenset(self._keys)
        counted = len(self._digests), self._chain.head, self._seals, len(self._files)
        people = self._people.since, tuple(self._people.erased)
        disposed = tuple(self._disposed.values())
        earlier, stamps = tuple(self._earlier), tuple(self._stamps)
        return VerificationReport(findings, *counted, *people, keys, earlier, stamps, disposed)

    def foreign(self, there: Iterable[Path]) -> Iterator[Finding]:
        """Find files among the evidence that no entry walked along has named.

        Whole ones are passed over while one may lie there whose entry is still to be written, and where an earlier record,
        which named them, was set aside.
        """
        excused = bool(self._coming) or any(finding.kind == "set_aside" for finding in self._earlier)
        for path in there:
            if path.stem not in self._files and not (excused and is_whole(path)):
                yield Finding("evidence_foreign", None, path.name)

    def _found(self, faults: Iterable[Fault]) -> None:
        self._findings += [Finding(fault.kind, fault.seq) for fault in faults]

    def _look_into(self, entry: Entry) -> None:
        if entry.kind == SEALED:
            self._findings += self._sealed(entry)
        elif entry.kind == STAMPED:
            self._stamped(entry)
        elif entry.kind == EVIDENCE_KEPT and self._evidence is not None:
            self._findings += self._kept(entry)
        elif entry.kind in (EVIDENCE_DISPOSED, EVIDENCE_ERASED):
            self._goes(entry)
        elif entry.kind == EVIDENCE_RECEIVED:
            self._coming.add((entry.run, entry.turn))
        elif entry.kind in _TOLD:
            self._earlier.append(_told(entry))
        elif entry.kind in KINDS_OF_PROOF and (self._rows is None or entry.seq <= self._rows[0]):
            try:
                self._people.take(entry)
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                self._findings.append(Finding("altered", entry.seq, repr(error)))

    def _stamped(self, entry: Entry) -> None:
        try:
            kept = KeptToken.from_body(entry.body)
            if self._digests.get(kept.seq) != kept.digest:
                raise NoStamp("stamp_other", str(kept.seq))
            stamp = shown_by(kept.token, kept.seq, kept.digest, self._cas)
            if stamp.at > entry.recorded_at + MAY_DIFFER:
                raise NoStamp("stamp_time", f"{stamp.at:%Y-%m-%dT%H:%M:%SZ}")
            self._stamps.append(stamp)
        except NoStamp as wrong:
            self._findings.append(Finding(wrong.kind, entry.seq, wrong.why))
        except ValueError as error:
            self._findings.append(Finding("stamp", entry.seq, str(error)))

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
            yield Finding("seal", at)
        elif self._own_keys and seal.key_fingerprint not in self._own_keys:
            yield Finding("seal_key", at, seal.key_fingerprint)
        yield from self._stands(Head(seal.seq, seal.digest), at)

    def _stands(self, head: Head, at: int | None) -> Iterator[Finding]:
        if head.seq not in self._digests:
            yield Finding("seal_cut", at, str(head.seq))
        elif self._digests[head.seq] != head.digest:
            yield Finding("seal_digest", at, str(head.seq))

    def _kept(self, entry: Entry) -> Iterator[Finding]:
        try:
            said = parsed(entry.body)
            kept = _Kept(entry.seq, entry.run, str(said["sha256"]), said["bytes"])
        except (ValueError, TypeError, KeyError) as error:
            yield Finding("evidence_missing", entry.seq, str(error))
            return
        self._files.append(kept.name)
        self._held.append(kept)
        self._coming.discard((entry.run, said.get("of")))

    def _goes(self, entry: Entry) -> None:
        """Take in that a run let go of files which it had kept so far, or that they are off the disk."""
        try:
            said = parsed(entry.body)
            if entry.kind == EVIDENCE_ERASED:
                self._erased.add((entry.run, said["of"]))
                return
            names = frozenset(map(str, said["files"]))
        except (ValueError, TypeError, KeyError) as error:
            self._findings.append(Finding("altered", entry.seq, repr(error)))
            return
        self._disposed[entry.run, entry.turn] = entry.seq, len(names)
        self._held = [
            replace(one, gone=(entry.run, entry.turn)) if one.run == entry.run and one.name in names else one
            for one in self._held
        ]

    def _lies_there(self, evidence: Evidence) -> Iterator[Finding]:
        """Hold what lies there against what was kept; what no run holds any more must not lie there once it was erased."""
        still = {one.name for one in self._held if one.gone is None}
        back: set[str] = set()
        for one in self._held:
            found = evidence(one.name)
            if one.gone is None:
                if found != (one.size, one.name):
                    yield Finding("evidence_altered" if found else "evidence_missing", one.seq, one.name)
            elif found is not None and one.name not in still | back and one.gone in self._erased:
                back.add(one.name)
                yield Finding("evidence_back", self._disposed[one.gone][0], one.name)


@frozen
class _Kept:
    """A file that an entry says was kept; ``gone`` is the run and the turn at which that run let go of it."""

    seq: int
    run: str
    name: str
    size: object
    gone: tuple[str, int] | None = None


def _told(entry: Entry) -> Finding:
    """Say what an entry tells of an alteration that was found before it."""
    where = ""
    with suppress(ValueError, TypeError, AttributeError):
        where = str(parsed(entry.body).get("set_aside", ""))
    return Finding(_TOLD[entry.kind], entry.seq, where)


def _mismatched(mismatch: Mismatch) -> Finding:
    if mismatch.row is None:
        return Finding("registry_gone", mismatch.seq)
    row = mismatch.row
    return Finding("registry", None, f"{row.kind} {row.key}", _name_in(row.value))


def _name_in(value: str) -> str:
    """Give the name that stands in a row as it is now; empty where there is none."""
    try:
        return str(json.loads(value)["name"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
