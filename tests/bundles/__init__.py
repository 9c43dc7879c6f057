"""Bundles for tests: a small one, and a forger who changes each part of it, carelessly or with care."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.bundle.contents import Bundle, export
from bot.bundle.redaction import View
from bot.bundle.snapshot import Snapshot
from bot.tending.evidence import keep
from bot.tending.proof.sealing import Sealer
from flows.commands.people import CallOff, Report, Write
from flows.events.event import Event
from flows.events.telling import EvidenceKept, EvidenceReceived
from flows.record import codec
from flows.record.journal import Draft
from flows.state.run import Looked
from tests.clinic import Clinic, open_clinic

Files = dict[str, bytes]

PHOTO = b"a photo of a screen" * 4


def small_home(folder: Path) -> Clinic:
    """Make a home with a sealed incident (entries whole, in part and left out), a second one, and a note after the seal."""
    clinic = open_clinic(folder)
    clinic.orders(Report("", "画面に英語"), "reception")
    clinic.orders(Report("", "別の件の言葉"), "nurse")
    clinic.orders(Write("incident-1", "9:10 =会社に電話した"), "nurse")
    photo = keep(clinic.home.evidence, PHOTO)
    turn = clinic.run("incident-1").turns + 1
    received = EvidenceReceived("terminal:the-place", "photo", "screen.png", "赤い画面")
    happened: list[Event] = [received, EvidenceKept(turn, photo, len(PHOTO))]
    now = clinic.clock.now()
    with clinic.home.journal.writing() as writing:
        drafts = [Draft("incident-1", *codec.encode(event), clinic.id("nurse"), now) for event in happened]
        writing.append(drafts, cause="test:photo", recorded_at=now)
    clinic.engine.refresh()
    clinic.orders(CallOff("incident-1", "まちがい", "vendor"), "director")
    Sealer(clinic.home, clinic.clock).seal_due()
    clinic.engine.refresh()
    clinic.orders(Write("incident-1", "あとから書いたこと"), "reception")
    return clinic


def all_as_they_are(snapshot: Snapshot, view: View) -> dict[int, Looked]:
    """Let all that people wrote go out."""
    return {one.turn: Looked(keep=True) for one in view.free_texts(snapshot.entries)}


def made(clinic: Clinic, out: Path, recipient: str = "police", run: str = "incident-1", **more: object) -> Bundle:
    """Export a bundle in Japanese, of which all texts were looked at and kept."""
    as_usual = {"language": "ja", "decide": all_as_they_are}
    return export(clinic.home.path, run, out, recipient=recipient, **{**as_usual, **more})  # type: ignore[arg-type]


def unpacked(path: Path) -> Files:
    """Give every file of a ZIP file."""
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Files) -> bytes:
    """Pack files as a forger does: everything that belongs to the ZIP file itself fits."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name), content)
    return out.getvalue()


DEEP = b"[" * 100_000 + b"]" * 100_000


def grown(manifest: bytes) -> bytes:
    """Pack a list so that a few bytes of it become many."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", manifest)
    return out.getvalue()


@dataclass(frozen=True)
class Forgery:
    """A forged bundle: how it was forged, its bytes, and a finding (kind, entry) that has to be made."""

    name: str
    content: bytes
    finding: tuple[str, int | None]
    alike: bool = True  # whether all verifiers find the very same


def flipped(content: bytes, place: int | None = None) -> bytes:
    """Flip one bit."""
    at = len(content) // 2 if place is None else place
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def relisted(files: Files) -> Files:
    """Put the files' true hashes into the list, as a careful forger does; the signature he can't make."""
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = {
        name: {"bytes": len(content), "sha256": sha256(content).hexdigest()}
        for name, content in files.items()
        if not name.startswith("manifest.")
    }
    return {**files, "manifest.json": json.dumps(manifest, ensure_ascii=False).encode()}


def forgeries(files: Files) -> Iterator[Forgery]:
    """Forge each part of a bundle in turn."""
    kinds = {"manifest.json": "signature", "manifest.sig": "signature"}
    for name, content in files.items():
        if name == "manifest.json":
            place = content.index(b'"recipient": "') + 15
            yield Forgery(f"flip {name}", packed({**files, name: flipped(content, place)}), ("signature", None))
        else:
            forged = packed({**files, name: flipped(content)})
            yield Forgery(f"flip {name}", forged, (kinds.get(name, "file_altered"), None))
        missing = packed({n: c for n, c in files.items() if n != name})
        yield Forgery(f"without {name}", missing, (_MISSING.get(name, "file_missing"), None))
    yield Forgery("another file", packed({**files, "documents/more.pdf": b"%PDF"}), ("file_extra", None))
    own_name = packed({**files, "constructor": b""})  # which every object of JavaScript has
    yield Forgery("another file of an odd name", own_name, ("file_extra", None))
    whole = packed(files)
    inside = whole.index("会社に電話した".encode())
    yield Forgery("a bad disk", flipped(whole, inside), ("file_altered", None), alike=False)
    yield Forgery("more at the end", whole + b"more than our bytes", ("zip_more", None))
    yield Forgery("more in front", b"MZ a program" + whole, ("zip_more", None))
    yield Forgery("a list that grows beyond all measure", grown(b"0" * (8 << 20)), ("zip_size", None))
    yield Forgery(
        "a list nested a hundred thousand times", packed({**files, "manifest.json": DEEP}), ("manifest", None)
    )
    yield Forgery("a record nested so", packed(relisted({**files, "journal.jsonl": DEEP + b"\n"})), ("line", None))
    yield Forgery("cut in the middle", whole[: len(whole) // 2], ("zip", None))
    yield from _with_care(files)


_MISSING = {"manifest.json": "manifest", "manifest.sig": "signature"}


def _with_care(files: Files) -> Iterator[Forgery]:
    """Forge the journal and the seals and put what then fits into the list."""

    def forgery(name: str, finding: tuple[str, int | None], **changed: bytes) -> Forgery:
        contents = {key.replace("__", "."): content for key, content in changed.items()}
        return Forgery(f"careful: {name}", packed(relisted({**files, **contents})), finding)

    lines = files["journal.jsonl"].splitlines(keepends=True)
    said = [json.loads(line) for line in lines]

    def line(index: int, change: Callable[[dict[str, object]], dict[str, object]]) -> bytes:
        new = json.dumps({**said[index], **change(said[index])}, ensure_ascii=False).encode() + b"\n"
        return b"".join([*lines[:index], new, *lines[index + 1 :]])

    def other(text: object) -> str:
        return f"{'1' if str(text)[0] == '0' else '0'}{str(text)[1:]}"

    whole = next(i for i, one in enumerate(said) if "まちがい" in str(one.get("body")))
    part = next(i for i, one in enumerate(said) if "body_digest" in one)
    out = next(i for i, one in enumerate(said) if "left_out" in one and i > 0)
    seq = {i: int(said[i]["seq"]) for i in (whole, part, out)}
    after_out = int(said[out + 1]["seq"])
    seal = next(i for i, one in enumerate(said) if '"kind":"sealed"' in str(one.get("envelope")))

    def journal(
        name: str, index: int, change: Callable[[dict[str, object]], dict[str, object]], found: object
    ) -> Forgery:
        return forgery(name, found, journal__jsonl=line(index, change))  # type: ignore[arg-type]

    altered = ("altered", seq[whole])
    yield journal("body", whole, lambda e: {"body": str(e["body"]).replace("まちがい", "まちがえ")}, altered)
    yield journal("envelope", whole, lambda e: {"envelope": str(e["envelope"]).replace('"m1"', '"m2"')}, altered)
    yield journal("nonces", whole, lambda e: {"nonces": other(e["nonces"])}, altered)
    yield journal("digest", whole, lambda e: {"digest": other(e["digest"])}, altered)
    yield journal("previous", whole, lambda e: {"previous": other(e["previous"])}, ("previous", seq[whole]))
    yield journal("number", whole, lambda e: {"seq": 999}, ("columns", 999))
    yield journal("no JSON", whole, lambda e: {"nonces": 1}, ("line", None))
    yield journal("withheld digest", part, lambda e: {"body_digest": other(e["body_digest"])}, ("altered", seq[part]))
    yield journal("withheld nonce", part, lambda e: {"nonce": other(e["nonce"])}, ("altered", seq[part]))
    yield journal("shown extract", part, lambda e: {"shown": {"media": "nothing"}}, ("signature", None))
    digests = list(said[out]["left_out"])
    yield journal("left out", out, lambda e: {"left_out": [other(digests[0]), *digests[1:]]}, ("previous", after_out))
    yield journal("fewer left out", out, lambda e: {"left_out": digests[1:]}, ("gap", seq[out] + len(digests) - 1))
    removed = b"".join(lines[:whole] + lines[whole + 1 :])
    yield forgery("a line removed", ("gap", seq[whole]), journal__jsonl=removed)
    swapped = b"".join([*lines[:whole], lines[whole + 1], lines[whole], *lines[whole + 2 :]])
    yield forgery("lines swapped", ("order", seq[whole]), journal__jsonl=swapped)
    last = int(json.loads(said[seal]["body"])["seq"])
    cut = [line for line, one in zip(lines, said, strict=True) if int(one["seq"]) < last]
    yield forgery("the tail cut", ("seal_cut", None), journal__jsonl=b"".join(cut))
    seals = json.loads(files["seals.jsonl"])
    signature = {**seals, "signature": other(seals["signature"])}
    yield forgery("a seal's signature", ("seal", None), seals__jsonl=json.dumps(signature).encode())
    yield forgery("no seal at all", ("seal", None), seals__jsonl=b"nothing\n")
    wrong: dict[str, object] = {"body": str(said[seal]["body"]).replace(seals["signature"], other(seals["signature"]))}
    yield journal("the sealed entry", seal, lambda _: wrong, ("seal", int(said[seal]["seq"])))
    public = files["seal.pub"]
    yield forgery("the key", ("key", None), seal__pub=other(public.decode()).encode())
    yield forgery("the key in capitals", ("key", None), seal__pub=public.upper())
    photo = next(name for name in files if name.startswith("evidence/"))
    kept = next(int(e["seq"]) for e in said if '"kind":"evidence_kept"' in str(e.get("envelope")))
    forged = relisted({**files, photo: flipped(files[photo])})
    yield Forgery("careful: evidence", packed(forged), ("evidence_altered", kept))
    if "people.jsonl" in files:
        table = files["timeline.csv"].decode()
        row, name = next(
            (int(r[0]), n)
            for r in list(csv.reader(io.StringIO(table)))[1:]
            for n in ("佐藤", "鈴木", "高橋")
            if n in r[3]
        )
        forged = relisted({**files, "timeline.csv": table.replace(name, "田辺").encode()})
        yield Forgery("careful: a name in the table", packed(forged), ("sheet_name", row))
    forged = relisted({name: content for name, content in files.items() if name != photo})
    yield Forgery("careful: no evidence", packed(forged), ("evidence_missing", kept))
