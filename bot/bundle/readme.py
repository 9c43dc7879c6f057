"""The bundle's README: what this is, how to check it, what it proves; in both languages, the reader's own first."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from string import Template
from typing import Final

from bot.bundle.findings import finding_line
from bot.bundle.manifest import Counts
from bot.bundle.redaction import View
from bot.bundle.snapshot import Snapshot
from bot.store.storage import Finding
from playbooks.texts import LANGUAGES, Language, Text

STILL_OPEN: Final = Text(
    ja="【対応中】この記録はまだ終わっていません。このあとも続きます。",
    en="STILL OPEN: this record has not ended; it goes on after this.",
)
_DRILL: Final = Text(ja="【訓練】", en="  (DRILL)")
_FOUND: Final = Text(ja="\n■ 作成のときに見つかったこと", en="\nFOUND WHEN THIS BUNDLE WAS MADE")


def grouped(fingerprint: str) -> str:
    """Write a fingerprint as people compare it: four signs at a time."""
    return " ".join(fingerprint[place : place + 4] for place in range(0, len(fingerprint), 4))


def readme(snapshot: Snapshot, view: View, counts: Counts, findings: Iterable[Finding], fingerprint: str) -> bytes:
    """Write the README as text for any editor: UTF-8 with a mark, CRLF."""
    found = tuple(findings)
    first: Language = view.language
    pages = [
        _page(language, snapshot, view, counts, found, fingerprint)
        for language in sorted(LANGUAGES, key=lambda x: x != first)
    ]
    text = f"\n{'=' * 72}\n\n".join(pages)
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode("utf-8", "replace")


def _page(
    language: Language, snapshot: Snapshot, view: View, counts: Counts, findings: tuple[Finding, ...], fingerprint: str
) -> str:
    template = Template(Path(__file__).with_name(f"readme.{language}.txt").read_text(encoding="utf-8"))
    lines = [_FOUND.in_language(language), *(f"- {finding_line(f, language)}" for f in findings)] if findings else []
    return template.substitute(
        vars(counts),
        facility=snapshot.roster.facility.name,
        run=snapshot.run,
        drill=_DRILL.in_language(language) if snapshot.mode == "drill" else "",
        recipient=view.recipient.title.in_language(language),
        open=STILL_OPEN.in_language(language) + "\n" if snapshot.live else "",
        until=snapshot.head.seq,
        at=f"{snapshot.roster.facility.local(snapshot.at):%Y-%m-%d %H:%M:%S}",
        fingerprint=grouped(fingerprint),
        findings="\n".join(lines),
    )
