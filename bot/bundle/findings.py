"""What can be wrong with a bundle, in words; the two verifiers that are shipped in it say the same."""

from __future__ import annotations

from typing import Final

from bot.store.storage import Finding
from playbooks.texts import Language, Text

_OF_ENTRY: Final = Text(ja="{seq}番の記録: ", en="entry {seq}: ")

FINDINGS: Final[dict[str, Text]] = {
    "altered": Text(ja="記録が書き換えられています", en="the entry was altered"),
    "envelope": Text(ja="記録の見出しを読めません", en="the entry's envelope can't be read"),
    "columns": Text(ja="記録の番号などが見出しと合いません", en="the entry disagrees with its envelope"),
    "gap": Text(ja="ここから記録が抜けています", en="entries are missing from here"),
    "order": Text(ja="記録の順番がちがいます", en="the entry is out of order"),
    "previous": Text(ja="前の記録とつながりません", en="the entry doesn't follow the one before"),
    "turn": Text(ja="この件の通し番号が合いません", en="the count within the run is off"),
    "trigger": Text(ja="書き換えを防ぐしくみが外されていました", en="a guard against changes was removed"),
    "definition": Text(ja="記録のファイルが作り直されています", en="the journal's table was rebuilt"),
    "file": Text(ja="ファイルが壊れているか、ありません", en="the file is damaged or not there"),
    "line": Text(ja="記録の行を読めません", en="a line of the record can't be read"),
    "seal": Text(ja="封印の署名が合いません", en="a seal's signature doesn't fit"),
    "seal_key": Text(ja="封印が別の鍵で作られています", en="a seal was made with another key"),
    "seal_digest": Text(ja="封印したときの記録とちがいます", en="the record is not what was sealed"),
    "seal_cut": Text(ja="封印した記録がありません（終わりが切られています）", en="what was sealed is missing: the end was cut off"),
    "evidence_missing": Text(ja="証拠のファイルがありません", en="the evidence's file is missing"),
    "evidence_altered": Text(ja="証拠のファイルが書き換えられています", en="the evidence's file was altered"),
    "zip": Text(ja="ZIP ファイルとして読めません", en="this can't be read as a ZIP file"),
    "manifest": Text(ja="一覧（manifest.json）を読めません", en="the list (manifest.json) can't be read"),
    "signature": Text(ja="一覧への署名が合いません", en="the signature on the list doesn't fit"),
    "key": Text(ja="公開鍵が一覧の指紋と合いません", en="the public key doesn't fit the list's fingerprint"),
    "file_missing": Text(ja="一覧にあるファイルがありません", en="a file of the list is missing"),
    "file_altered": Text(ja="ファイルが書き換えられています", en="the file was altered"),
    "file_extra": Text(ja="一覧にないファイルがあります", en="there is a file that the list doesn't name"),
    "head": Text(ja="記録の終わりが一覧とちがいます", en="the record ends elsewhere than the list says"),
}  # fmt: skip
"""Every kind of finding in words; the two shipped verifiers say the same ones."""


def finding_line(finding: Finding, language: Language) -> str:
    """Say one finding, with the entry or file that it is about."""
    where = _OF_ENTRY.in_language(language).format(seq=finding.seq) if finding.seq is not None else ""
    detail = f" ({finding.detail})" if finding.detail else ""
    return f"{where}{FINDINGS[finding.kind].in_language(language)}{detail}"
