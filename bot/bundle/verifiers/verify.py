"""Verify an evidence bundle of Tomoshibi with nothing but Python's own library, 3.8 or newer.

    python verify.py BUNDLE.zip [--language ja|en] [--tsa-ca FILE]     (or the folder into which it was unpacked; without: this folder)

Recomputes the chain of entries, the seals, the hashes of all files and the signature on their list; checks time stamps
(RFC 3161), and with --tsa-ca (PEM or DER) who vouches for them. Written apart from Tomoshibi's own code, Ed25519, RSA and
ECDSA included, so that each checks the other. Exit: 0 whole, 3 altered, 2 misuse.
"""

from __future__ import annotations

import argparse
import locale
import re
import struct
import sys
import zipfile
import zlib
from binascii import a2b_base64
from collections import Counter
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Callable, Dict  # noqa: UP035 - Python 3.8 is enough for whoever checks a bundle

from bot.bundle.verifiers.ed25519 import signed
from bot.bundle.verifiers.tokens import Certificate
from bot.bundle.verifiers.walk import Finding, Walk, fingerprint, parsed, unhex

Files = Dict[str, Callable[[], IO[bytes]]]  # noqa: UP006 - Python 3.8 evaluates this
"""The files of a bundle by name, each to be opened."""

WORDS: Dict[str, Dict[str, str]] = {}  # noqa: UP006 - filled in where the verifier is put together
"""What it says and what each kind of finding is called, by language."""

TEXTS = frozenset({"manifest.json", "manifest.sig", "journal.jsonl", "seals.jsonl", "people.jsonl", "seal.pub"})
"""The files that are read whole."""

JUNK = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What systems leave behind in folders; inside a ZIP file it counts as foreign."""


def binary(path: Path) -> IO[bytes]:
    """Open a file to read its bytes."""
    return path.open("rb")


def opened(path: Path) -> tuple[Files, list[Finding]]:
    """List the files of a ZIP file or a folder."""
    if path.is_dir():
        here = [one for one in path.rglob("*") if one.is_file() and one.name not in JUNK]
        return {one.relative_to(path).as_posix(): partial(binary, one) for one in here}, []
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        return {}, [("zip", None, str(error))]
    heavy = [one.filename for one in archive.infolist() if is_heavy(one)]
    size = path.stat().st_size
    packed = [one.compress_size for one in archive.infolist()]
    if heavy or sum(packed) > size >= max(packed):
        return {}, [("zip_size", None, heavy[0] if heavy else "…")]
    more = beside(archive, path, size)
    count = Counter(name for name in archive.namelist() if not name.endswith("/"))
    twice: list[Finding] = [("file_extra", None, name) for name in count if count[name] > 1]
    foreign: list[Finding] = [("zip_more", None, str(more))] if more else []
    return {name: partial(archive.open, name) for name in count}, foreign + twice


def is_heavy(one: zipfile.ZipInfo) -> bool:
    """Say whether a file would grow beyond all measure, or is a text too long to be read whole."""
    grows = one.file_size > max(1 << 20, 100 * one.compress_size)
    return grows or (one.filename in TEXTS and one.file_size > 32 << 20)


def beside(archive: zipfile.ZipFile, path: Path, size: int) -> int:
    """Count the bytes that belong to no file of the ZIP file, nor to its list."""
    ours = 22
    with path.open("rb") as file:
        for one in archive.infolist():
            file.seek(one.header_offset + 26)
            lengths = file.read(4)
            if len(lengths) < 4:
                return 0
            inside = 30 + sum(struct.unpack("<HH", lengths)) + one.compress_size
            if one.flag_bits & 8:
                file.seek(one.header_offset + inside)
                inside += 16 if file.read(4) == b"PK\7\x08" else 12
            name = one.orig_filename.encode("utf-8" if one.flag_bits & 0x800 else "cp437", "replace")
            ours += inside + 46 + len(name) + len(one.extra) + len(one.comment)
    return max(0, size - ours)


def measured(files: Files, findings: list[Finding], progress: Callable[[float], None]) -> dict[str, tuple[int, str]]:
    """Give size and SHA-256 of every file; one that can't be read is a finding."""
    found: dict[str, tuple[int, str]] = {}
    for done, (name, opening) in enumerate(sorted(files.items())):
        progress(done / len(files))
        digest, size = sha256(), 0
        try:
            with opening() as file:
                for block in iter(lambda: file.read(1 << 20), b""):
                    digest.update(block)
                    size += len(block)
        except (OSError, EOFError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error):
            digest, size = sha256(), -1
        found[name] = size, digest.hexdigest()
    return found


def content(files: Files, name: str) -> bytes:
    """Read a file; nothing where there is none or it can't be read."""
    try:
        with files[name]() as file:
            return file.read()
    except (KeyError, OSError, EOFError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return b""


def verified(
    path: Path, progress: Callable[[float], None] = lambda _: None, cas: list[bytes] | None = None
) -> tuple[dict[str, Any], list[Finding]]:
    """Verify a bundle: its list (empty if it can't be read) and everything that is wrong; ``cas`` are CA certificates (DER)."""
    files, findings = opened(path)
    if findings and not files:
        return {}, findings
    found = measured(files, findings, progress)
    manifest = content(files, "manifest.json")
    try:
        said = parsed(manifest.decode("utf-8"))
        listed = {name: (told["bytes"], told["sha256"]) for name, told in said["files"].items()}
        keys, key, evidence = list(said["keys"]), said["key"], said["evidence"]
        head = said["head"]["seq"], said["head"]["digest"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return {}, [*findings, ("manifest", None, repr(error))]
    findings += [("file_missing", None, name) for name in sorted(listed) if name not in files]
    findings += [("file_altered", None, n) for n in sorted(listed) if n in files and found[n] != listed[n]]
    own = ("manifest.json", "manifest.sig")
    findings += [("file_extra", None, name) for name in sorted(files) if name not in listed and name not in own]
    findings += signature_findings(manifest, key, content(files, "seal.pub"), content(files, "manifest.sig"))
    kept = {name.split("/")[-1].split(".")[0]: found[name] for name in files if name.startswith("evidence/")}
    walk = Walk(keys, kept if evidence else None, cas or [])
    lines = content(files, "journal.jsonl").split(b"\n")
    for number, line in enumerate(lines[:-1] if lines[-1] == b"" else lines, 1):
        walk.line(number, line)
    walk.files()
    for line in content(files, "seals.jsonl").splitlines():
        try:
            walk.seal(parsed(line.decode("utf-8")), None)
        except ValueError as error:
            walk.find("seal", None, str(error))
    for number, line in enumerate(content(files, "people.jsonl").splitlines(), 1):
        walk.person(number, line)
    if walk.names:
        walk.sheet(content(files, "timeline.csv"))
    if (walk.seq, walk.digest.hex()) != head:
        walk.find("head", walk.seq)
    seen = {
        "_entries": len(walk.digests),
        "_seals": len(walk.seals),
        "_stamps": walk.stamps,
        "_disposed": list(walk.disposed.values()),
    }
    return {**said, **seen}, findings + walk.findings


def signature_findings(manifest: bytes, key: str, public: bytes, signature: bytes) -> list[Finding]:
    """Check the signature on the list, and that key and fingerprint belong together."""
    try:
        key_bytes = unhex(public.decode("ascii")[:-1], 32)
        if public[-1:] != b"\n" or fingerprint(key_bytes) != key:
            return [("key", None, "seal.pub")]
    except ValueError:
        return [("key", None, "seal.pub")]
    text = f"tomoshibi bundle 1\nmanifest: {sha256(manifest).hexdigest()}\nkey: {key}\n"
    try:
        if signature[-1:] == b"\n" and signed(key_bytes, unhex(signature.decode("ascii")[:-1], 64), text.encode()):
            return []
    except ValueError:
        pass
    return [("signature", None, "manifest.json, manifest.sig")]


def say(line: str) -> None:
    """Print a line, whatever signs the terminal lacks."""
    harmless = "".join(sign if sign.isprintable() or sign == "\u3000" else "\ufffd" for sign in line)
    sys.stdout.buffer.write((harmless + "\n").encode(sys.stdout.encoding or "utf-8", "replace"))


def report(said: dict[str, Any], findings: list[Finding], words: dict[str, str]) -> None:
    """Say what was found."""
    for kind, seq, detail in findings:
        where = "" if seq is None else words["of_entry"].format(seq=seq)
        say(f"✗ [{kind}] {where}{words[kind]}{f' ({detail})' if detail else ''}")
    if said:
        say(f"{said.get('facility')}  {said.get('run')} → {said.get('recipient')}")
        if said.get("open"):
            say(words["open"])
        say(words["looked"].format(entries=said["_entries"], seals=said["_seals"]))
        for seq, count in said["_disposed"]:
            say(words["disposed"].format(seq=seq, count=count))
        for seq, stamp in said["_stamps"][-1:]:
            facts = {
                "count": len(said["_stamps"]),
                "seq": seq,
                "at": f"{stamp.at:%Y-%m-%d %H:%M:%S}",
                "signer": stamp.signer,
            }
            say(words["stamped"].format(**facts))
            vouched = "vouched" if stamp.vouched else "not_vouched"
            say(words[vouched].format(ca=stamp.vouched, fingerprint=stamp.fingerprint))
        key = " ".join(said["key"][i : i + 4] for i in range(0, len(said["key"]), 4))
        say(words["fingerprint"].format(key=key))
        say(words["compare"])
    say(words["found_altered" if findings else "found_whole"])


def certificates(path: Path) -> list[bytes]:
    """Read CA certificates, in PEM or one in DER; ValueError if there is none."""
    data = path.read_bytes()
    blocks = re.findall(b"-----BEGIN CERTIFICATE-----([^-]+)-----END", data)
    found = [a2b_base64(block) for block in blocks] or [data]
    for one in found:
        Certificate(one)
    return found


def main() -> int:
    """Verify what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    spoken = str(locale.getlocale()[0]).lower()
    speaks = next((language for language in WORDS if spoken.startswith(language)), "en")
    parser.add_argument("--language", choices=tuple(WORDS), default=speaks)
    parser.add_argument("--tsa-ca", action="append", type=Path, default=[], metavar="FILE")
    given = parser.parse_args()
    try:
        cas = [one for path in given.tsa_ca for one in certificates(path)]
    except (OSError, ValueError, IndexError) as error:
        parser.error(f"--tsa-ca: {error}")
    if not given.path.exists():
        parser.error(f"{given.path}: {' / '.join(words['not_there'] for words in WORDS.values())}")
    bar = sys.stderr.isatty()

    def progress(done: float) -> None:
        if bar:
            sys.stderr.write(f"\r{100 * done:3.0f} %")

    said, findings = verified(given.path, progress, cas)
    if bar:
        sys.stderr.write("\r     \r")
    report(said, findings, WORDS[given.language])
    return 3 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
