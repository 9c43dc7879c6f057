"""Documents that are handed to others: approved by their digest."""

from __future__ import annotations

from flows.commands.papers import ApproveDocument
from tests.flows.clinic import SATO, TAKAHASHI, TANAKA, Clinic


def test_only_the_chain_stands_behind_a_document(clinic: Clinic) -> None:
    """Reception can't; the deputy can, and the run keeps who, what and as of which entry."""
    clinic.reports(SATO)
    order = ApproveDocument(clinic.run.id, "mhlw", "ja", "ab" * 32, 7)

    assert clinic.refused(SATO, order).name == "chain_only"
    clinic.act(TANAKA, order)
    approved = clinic.run.documents["mhlw", "ja"]

    assert (approved.by, approved.sha256, approved.until) == (TANAKA, "ab" * 32, 7)


def test_the_same_words_are_approved_once(clinic: Clinic) -> None:
    """Twice is refused; other words replace the approval."""
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, ApproveDocument(clinic.run.id, "mhlw", "ja", "ab" * 32, 7))
    again = ApproveDocument(clinic.run.id, "mhlw", "ja", "ab" * 32, 9)

    assert clinic.refused(TAKAHASHI, again).name == "already_approved"
    clinic.act(TAKAHASHI, ApproveDocument(clinic.run.id, "mhlw", "ja", "cd" * 32, 9))
    assert clinic.run.documents["mhlw", "ja"].until == 9
