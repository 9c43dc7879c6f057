"""What can be wrong with a bundle, in words; the two verifiers that are shipped in it say the same."""

from __future__ import annotations

from typing import Final

from bot.phrasing import phrase
from bot.store.storage import Finding
from playbooks.phrasing import Phrase, has_words

_KINDS: Final = (
    *("altered", "envelope", "columns", "gap", "order", "previous", "turn", "trigger", "definition", "file"),
    *(
        "line",
        "seal",
        "seal_key",
        "seal_digest",
        "seal_cut",
        "evidence_missing",
        "evidence_altered",
        "evidence_back",
        "zip",
    ),
    *("registry", "registry_gone", "cut", "seal_key_lost", "evidence_foreign", "set_aside", "doubted", "sheet_name"),
    *("zip_more", "zip_size", "stamp", "stamp_other", "stamp_time", "stamp_ca"),
    *("manifest", "signature", "key", "file_missing", "file_altered", "file_extra", "head"),
)

FINDINGS: Final = {kind: phrase(f"findings.{kind}") for kind in _KINDS}
"""Every kind of finding in words; the two shipped verifiers say the same ones."""


def finding_in_words(finding: Finding) -> Phrase:
    """Say one finding, with the entry or file that it is about."""
    where = phrase("findings.of_entry", seq=finding.seq) if finding.seq is not None else ""
    return phrase("findings.in_words", where=where, what=FINDINGS[finding.kind], detail=_detail(finding))


def _detail(finding: Finding) -> Phrase | str:
    """Say what a finding is about as a person calls it: a row by its name and what it is, all else as it is written."""
    kind, _, key = finding.detail.partition(" ")
    row = phrase(f"findings.row.{kind}")
    if finding.kind == "registry" and key and has_words(row):
        return phrase("findings.of_row", row=row, name=finding.name or key)
    return f" ({finding.detail})" if finding.detail else ""
