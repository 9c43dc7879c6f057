"""A row of the registry is proved by a digest that tells nothing of it, and one field can be shown without the others."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from flows.record.journal import Draft
from flows.record.memory_journal import MemoryJournal
from flows.record.proving import (
    REGISTRY_BASELINE,
    REGISTRY_ERASED,
    REGISTRY_PROVED,
    Mismatch,
    RegistryProof,
    baseline_of,
    proof_of,
)
from flows.record.rows import Change, Row, digest_of_shown, shown

NOON = datetime(2026, 4, 1, 3, tzinfo=UTC)
ROW = Row("member", "m1", json.dumps({"name": "佐藤", "phone": "090", "roles": ["director"]}), b"s" * 32, 3)


def test_the_salt_hides_it() -> None:
    """The same row with another salt has another digest, in each of its fields."""
    other = replace(ROW, salt=b"t" * 32)

    assert ROW.digest() != other.digest()
    assert all(ROW.fields()[name] != other.fields()[name] for name in ROW.fields())


@pytest.mark.parametrize("change", [{"kind": "contact"}, {"key": "m2"}, {"value": '{"name": "田辺"}'}])
def test_any_change_changes_it(change: Any) -> None:
    """Whatever a row says, and of whom, is in its digest."""
    assert replace(ROW, **change).digest() != ROW.digest()


def test_a_field_is_shown_alone() -> None:
    """The digest can be computed from a name and the digests of what is not shown; the number is nowhere."""
    told = json.dumps(shown(ROW, {"", "name"}), ensure_ascii=False)

    assert digest_of_shown(json.loads(told)) == ROW.digest()
    assert "佐藤" in told
    assert "090" not in told
    assert digest_of_shown(json.loads(told.replace("佐藤", "田辺"))) != ROW.digest()
    with pytest.raises(ValueError, match="another row"):
        digest_of_shown(json.loads(told) | {"key": "m2"})


def proved(*bodies: tuple[str, dict[str, object]]) -> RegistryProof:
    """Take in entries of these kinds and bodies."""
    journal, proof = MemoryJournal(), RegistryProof()
    with journal.writing() as writing:
        drafts = [Draft("facility", kind, json.dumps(body), "clock", NOON) for kind, body in bodies]
        for entry in writing.append(drafts, cause="c", recorded_at=NOON):
            proof.take(entry)
    return proof


def test_nothing_is_held_against_what_nothing_proves() -> None:
    """A home of an older version has rows and no proof yet."""
    assert list(RegistryProof().mismatches([ROW])) == []


def test_what_is_proved_and_what_is_not() -> None:
    """A row that changed, came or went without an entry, or holds from another entry on, is named."""
    proof = proved((REGISTRY_PROVED, proof_of([Change(3, ROW.digest(), None)])))
    forged = replace(ROW, value='{"name": "田辺"}')

    assert list(proof.mismatches([ROW])) == []
    assert list(proof.mismatches([forged])) == [Mismatch(forged), Mismatch(seq=1)]
    assert list(proof.mismatches([])) == [Mismatch(seq=1)]
    assert list(proof.mismatches([replace(ROW, since=2)])) == [Mismatch(replace(ROW, since=2))]
    assert list(proof.mismatches([ROW, forged])) == [Mismatch(forged)]


def test_the_past_is_proved() -> None:
    """What a row was before stays provable, with when it began and ended, until it is erased by an entry."""
    old, new = replace(ROW, until=7), replace(ROW, value='{"name": "田辺"}', since=7)
    changed = (
        (REGISTRY_BASELINE, baseline_of([ROW])),
        (REGISTRY_PROVED, proof_of([Change(7, new.digest(), old.digest())])),
    )
    proof = proved(*changed)

    assert list(proof.mismatches([old, new])) == []
    assert list(proof.mismatches([replace(old, until=5), new])) == [Mismatch(replace(old, until=5))]
    assert list(proof.mismatches([new])) == [Mismatch(seq=2)]
    erased = proved(*changed, (REGISTRY_ERASED, {"rows": [old.digest()]}))
    assert list(erased.mismatches([new])) == []
    assert erased.erased == [3]
