"""A bundle verified by the same code that verifies a home: its list, every file, the chain, the seals."""

from __future__ import annotations

import io
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from pydantic import BaseModel, ValidationError

from bot.bundle.manifest import EVIDENCE, JOURNAL, KEY, MANIFEST, SEALS, SIGNATURE, TIMELINE, signed_text
from bot.bundle.people import PEOPLE
from bot.bundle.snapshot import Watch
from bot.bundle.zipping import beside, too_big
from bot.store.seals import Seal, fingerprint, is_signed
from bot.store.storage import Finding
from bot.store.time_stamps import Authority
from bot.store.verifying import ChainWalk, VerificationReport
from playbooks.frozen import frozen

_BLOCK: Final = 1 << 20
_DAMAGE: Final = (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, zlib.error)
"""What reading a damaged ZIP file may run into."""


TEXTS: Final = frozenset({MANIFEST, SIGNATURE, JOURNAL, SEALS, PEOPLE, KEY})
"""The files that are read whole."""


class _Listed(BaseModel):
    bytes: int
    sha256: str


class _Head(BaseModel):
    seq: int
    digest: str


class Manifest(BaseModel):
    """What the list of a bundle says; of the rest of it, nothing is proven but that it was signed."""

    facility: str = ""
    run: str = ""
    recipient: str = ""
    open: bool = False
    head: _Head
    key: str
    keys: tuple[str, ...]
    evidence: bool
    findings: list[dict[str, Any]] = []
    files: dict[str, _Listed]


@frozen
class OpenedBundle:
    """What a bundle says about itself (None if its list can't be read) and what a look at all of it found."""

    manifest: Manifest | None
    report: VerificationReport = field(default_factory=lambda: VerificationReport(()))


def verify_bundle(path: Path, watch: Watch = lambda _: None, cas: Sequence[Authority] = ()) -> OpenedBundle:
    """Verify a bundle; whatever its bytes are, that gives findings, never an error. OSError if it can't be opened.

    ``cas`` are CA certificates, of which one has to lead to whoever stamped the time.
    """
    try:
        archive = ZipFile(path)
    except (BadZipFile, NotImplementedError, ValueError):
        return OpenedBundle(None, VerificationReport((Finding("zip", None, path.name),)))
    with archive, path.open("rb") as file:
        size = path.stat().st_size
        if (heavy := too_big(archive, size, TEXTS)) is not None:
            return OpenedBundle(None, VerificationReport((Finding("zip_size", None, heavy),)))
        more = beside(archive, file, size)
        return _Look(archive, [Finding("zip_more", None, str(more))] if more else []).at_everything(watch, cas)


class _Look:
    """One look at an open ZIP file."""

    def __init__(self, archive: ZipFile, found: list[Finding]) -> None:
        self._archive = archive
        self._names = Counter(name for name in archive.namelist() if not name.endswith("/"))
        twice = (name for name, count in self._names.items() if count > 1)
        self._findings = [*found, *(Finding("file_extra", None, name) for name in twice)]

    def at_everything(self, watch: Watch, cas: Sequence[Authority]) -> OpenedBundle:
        written = self._content(MANIFEST)
        try:
            manifest = Manifest.model_validate_json(written)
        except ValidationError as error:
            return OpenedBundle(
                None, VerificationReport((*self._findings, Finding("manifest", None, str(error.errors()[0]["msg"]))))
            )
        found = dict(self._measured(watch))
        self._files(manifest, found)
        self._signature(manifest, written)
        kept = {name.rpartition("/")[2].partition(".")[0]: m for name, m in found.items() if name.startswith(EVIDENCE)}
        walk = ChainWalk(list(self._seals()), manifest.keys, kept.get if manifest.evidence else None, cas=cas)
        lines = io.BytesIO(self._content(JOURNAL))
        walk.along(walk.read(line.removesuffix(b"\n") for line in lines))
        walk.names(line.decode("utf-8", "replace") for line in self._content(PEOPLE).splitlines())
        walk.sheet(self._content(TIMELINE))
        report = walk.report(self._findings)
        if (report.head.seq, report.head.digest.hex()) != (manifest.head.seq, manifest.head.digest):
            report = walk.report([*self._findings, Finding("head", report.head.seq)])
        watch(1)
        return OpenedBundle(manifest, report)

    def _content(self, name: str) -> bytes:
        try:
            return self._archive.read(name)
        except (KeyError, *_DAMAGE):
            return b""

    def _measured(self, watch: Watch) -> Iterator[tuple[str, tuple[int, str]]]:
        """Give size and SHA-256 of every file; of one that can't be read, such as none has."""
        for done, name in enumerate(self._names):
            watch(done / len(self._names))
            digest, size = sha256(), 0
            try:
                with self._archive.open(name) as file:
                    while block := file.read(_BLOCK):
                        digest.update(block)
                        size += len(block)
                yield name, (size, digest.hexdigest())
            except _DAMAGE:
                yield name, (-1, "")

    def _files(self, manifest: Manifest, found: dict[str, tuple[int, str]]) -> None:
        for name, listed in manifest.files.items():
            if name not in found:
                self._findings.append(Finding("file_missing", None, name))
            elif found[name] != (listed.bytes, listed.sha256):
                self._findings.append(Finding("file_altered", None, name))
        foreign = found.keys() - manifest.files.keys() - {MANIFEST, SIGNATURE}
        self._findings += [Finding("file_extra", None, name) for name in sorted(foreign)]

    def _signature(self, manifest: Manifest, written: bytes) -> None:
        key, signature = self._in_hexadecimal(KEY), self._in_hexadecimal(SIGNATURE)
        if key is None or fingerprint(key) != manifest.key:
            self._findings.append(Finding("key", None, KEY))
        elif signature is None or not is_signed(key, signature, signed_text(written, manifest.key)):
            self._findings.append(Finding("signature", None, f"{MANIFEST}, {SIGNATURE}"))

    def _in_hexadecimal(self, name: str) -> bytes | None:
        """Read a line of hexadecimal digits, written as we write it and not otherwise."""
        try:
            text = self._content(name).decode("ascii")
            found = bytes.fromhex(text)
        except ValueError:
            return None
        return found if text == f"{found.hex()}\n" else None

    def _seals(self) -> Iterator[Seal]:
        for line in self._content(SEALS).splitlines():
            try:
                yield Seal.from_body(line.decode())
            except ValueError as error:
                self._findings.append(Finding("seal", None, str(error)))
