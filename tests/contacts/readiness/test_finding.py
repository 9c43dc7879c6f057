"""Finding somebody by a word or two."""

from __future__ import annotations

import pytest

from contacts.defaults import SHIPPED_CONTACTS
from contacts.model import Contact, Facility, System
from contacts.readiness.finding import READINGS, alike, find
from contacts.references import SERVICES
from contacts.roster import Roster

CLINIC = Roster(
    Facility(name="あかり", kind="clinic"),
    contacts=(
        *SHIPPED_CONTACTS,
        Contact(id="v", kind="vendor", services=("ehr",), name="株式会社カルテック"),
        Contact(id="h", kind="authority", services=("health_centre",), name="中央保健所"),
        Contact(id="l", kind="adviser", services=("lawyer",), name="田中法律事務所"),
    ),
    systems=(System(id="s", name="スマート薬歴", vendor="v"),),
)


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("警察", "police_emergency"),
        ("けいさつ", "police_emergency"),
        ("ケイサツ", "police_emergency"),
        ("110", "police_emergency"),
        ("保健所", "h"),
        ("ほけんじょ", "h"),
        ("カルテ", "v"),
        ("でんしかるて", "v"),
        ("スマート薬歴", "v"),
        ("すまーと", "v"),
        ("弁護士", "l"),
        ("べんごし", "l"),
        ("lawyer", "l"),
        ("弁護氏さん", None),
        ("カルテッ", "v"),
        ("けいさつしょ", "police_emergency"),
        ("存在しない会社", None),
        ("", None),
        ("　", None),
    ],
)
def test_a_word_leads_to_whom_it_means(written: str, first: str | None) -> None:
    """By name, by what for, by system; in kana, with a slip of the finger; and to nobody where nobody is meant."""
    found = find(CLINIC, written)

    assert (found[0].id if found else None) == first


def test_a_report_finds_nobody() -> None:
    """What somebody sees is no word to search, though it names a system."""
    assert find(CLINIC, "電子カルテが動かない、画面に英語が出てる") == ()
    assert alike("ランサム", "ランサムウェアの疑い")
    assert not alike("", "ランサムウェアの疑い")


def test_every_service_can_be_said_aloud() -> None:
    """Each has a reading."""
    assert READINGS.keys() == {service for services in SERVICES.values() for service in services}
