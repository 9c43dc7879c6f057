"""The list of evidence: each piece is looked at, and what is missing or altered is named."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

from bot.documents.facts.evidence_list import evidence_rows, pieces
from bot.documents.source import Source
from bot.home import Home
from flows.commands.people import HandIn, LoseEvidence
from tests.bot.documents.sources import source_of
from tests.clinic import Clinic, Played


def test_whole_altered_missing(played: Played, tmp_path: Path) -> None:
    """The bytes are compared with the SHA-256 of the journal."""
    with closing(Home(shutil.copytree(played.clinic.home.path, tmp_path / "home"))) as home:
        there = Source.of(home.engine, played.run.id, "ja")
        assert {piece.found for piece in pieces(there)} == {"whole"}

        for file in [p for p in home.evidence.rglob("*") if p.is_file()]:
            file.write_bytes(file.read_bytes() + b"x")
        assert {piece.found for piece in pieces(there)} == {"altered"}
        assert "内容が変わっている" in str(evidence_rows(there))

        shutil.rmtree(home.evidence)
        assert {piece.found for piece in pieces(there)} == {"missing"}


async def test_what_has_not_come(clinic: Clinic) -> None:
    """A photo whose bytes are still to be fetched, or never came, is listed as that."""
    run = await clinic.incident()
    clinic.orders(HandIn(run.id, "gone:x", "photo"), "nurse")
    assert [p.found for p in pieces(source_of(clinic, run.id))] == ["awaited"]

    (turn,) = clinic.run().evidence
    clinic.orders(LoseEvidence(run.id, turn, "gone"), "clock")
    (piece,) = pieces(source_of(clinic, run.id))
    assert (piece.found, piece.number, piece.sha256) == ("lost", 1, None)
