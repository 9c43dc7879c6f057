"""The bundle's README: what this is, how to check it, what it proves."""

from __future__ import annotations

from pathlib import Path

from bot.bundle.readme import grouped
from bot.store.seals import SealingKey
from tests.bundles import made, unpacked
from tests.clinic import Clinic


def test_both_languages(small: Clinic, tmp_path: Path) -> None:
    """The reader's own first; with the fingerprint, and no hole in any sentence."""
    texts = {
        lang: unpacked(made(small, tmp_path / "a.zip", language=lang).path)["README.txt"].decode("utf-8-sig")
        for lang in ("ja", "en")
    }
    fingerprint = grouped(SealingKey.of(small.home.path).fingerprint)

    assert texts["ja"].startswith("証拠一式")
    assert texts["en"].startswith("Evidence bundle")
    assert all(text.count(fingerprint) == 2 and "$" not in text and "\r\n" in text for text in texts.values())
    assert grouped("0123456789") == "0123 4567 89"


def test_a_drill_says_so(clinic: Clinic, tmp_path: Path) -> None:
    """And a record that goes on says that as well."""
    from flows.commands.people import Report

    clinic.orders(Report("", "訓練です", mode="drill", playbook="ransomware"), "nurse")
    text = unpacked(made(clinic, tmp_path / "a.zip", run="drill-1").path)["README.txt"].decode()

    assert "【訓練】" in text
    assert "STILL OPEN" in text
