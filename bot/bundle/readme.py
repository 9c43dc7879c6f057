"""The bundle's README: what this is, how to check it, what it proves; in both languages, the reader's own first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.bundle.findings import finding_in_words
from bot.bundle.manifest import Counts
from bot.bundle.redaction import View
from bot.bundle.snapshot import Snapshot
from bot.phrasing import phrase
from bot.store.evidence import EVIDENCE_DISPOSED
from bot.store.storage import Finding
from playbooks.texts import LANGUAGES, Language

STILL_OPEN: Final = phrase("readme.open")


def grouped(fingerprint: str) -> str:
    """Write a fingerprint as people compare it: four signs at a time."""
    return " ".join(fingerprint[place : place + 4] for place in range(0, len(fingerprint), 4))


def readme(
    snapshot: Snapshot, view: View, counts: Counts, texts: int, findings: Iterable[Finding], fingerprint: str
) -> bytes:
    """Write the README as text for any editor (UTF-8 with a mark, CRLF); ``texts`` are so many whose words are withheld."""
    found = tuple(findings)
    first: Language = view.language
    pages = [
        _page(language, snapshot, view, counts, texts, found, fingerprint)
        for language in sorted(LANGUAGES, key=lambda x: x != first)
    ]
    text = f"\n{'=' * 72}\n\n".join(pages)
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode("utf-8", "replace")


def _page(
    language: Language,
    snapshot: Snapshot,
    view: View,
    counts: Counts,
    texts: int,
    findings: tuple[Finding, ...],
    fingerprint: str,
) -> str:
    withheld = [phrase("readme.texts", texts=texts)] if texts else []
    removed = [entry for entry in snapshot.of_run() if entry.kind == EVIDENCE_DISPOSED]
    said = [*withheld, *(phrase("readme.removed", seq=entry.seq) for entry in removed)]
    lines = [f"\n{phrase('readme.found').in_language(language)}"] if findings else []
    lines += [f"- {finding_in_words(finding).in_language(language)}" for finding in findings]
    return phrase(
        "readme.page",
        **vars(counts),
        texts="".join(f"{one.in_language(language)}\n" for one in said),
        facility=snapshot.roster.facility.name,
        run=snapshot.run,
        drill=phrase("readme.drill") if snapshot.mode == "drill" else "",
        recipient=view.recipient.title,
        open=STILL_OPEN.in_language(language) + "\n" if snapshot.live else "",
        until=snapshot.head.seq,
        at=f"{snapshot.roster.facility.local(snapshot.at):%Y-%m-%d %H:%M:%S}",
        fingerprint=grouped(fingerprint),
        findings="\n".join(lines),
    ).in_language(language)
