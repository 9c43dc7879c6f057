"""How the record stands to the three conditions of electronic keeping: what it does, what it can't, what stays our duty."""

from __future__ import annotations

import pytest

from bot.documents.house.conditions import CLAUSES, three_conditions
from bot.documents.source import Source
from flows.record.journal import FACILITY
from playbooks.texts import LANGUAGES
from tests.clinic import Clinic

CLAIMED_TOO_MUCH = ("証明します", "満たしています", "適合", "complies", "guarantee")


@pytest.mark.parametrize("kind", ["clinic", "pharmacy"])
def test_each_clause_says_what_is_done_what_not_and_whose_duty(clinic: Clinic, kind: str) -> None:
    """In both languages, from its source, by analogy only; no clause without its limit, and nothing is said to be met."""
    clinic.registers(kind=kind)
    for language in LANGUAGES:
        said = three_conditions(Source.of(clinic.engine, FACILITY, language)).markdown.replace("\\", "")
        clauses = sum(map(len, CLAUSES.values()))
        assert (said.count("○ "), said.count("× ")) == (clauses, clauses)
        assert ("3.1.1" in said, ("要確認" if language == "ja" else "to be confirmed") in said) == (True, True)
        assert [claim for claim in CLAIMED_TOO_MUCH if claim in said] == []
        assert ("院長" in said) == (language == "ja" and kind == "clinic")
        assert f"{clinic.engine.journal.head().seq}" in said
