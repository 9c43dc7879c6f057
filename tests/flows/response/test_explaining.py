"""Texts for patients: approved word for word before they count as used."""

from __future__ import annotations

from flows.commands.explaining import ApproveExplanation, UseExplanation
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, Clinic, happened

POSTER = "ただいまシステムの不具合により、紙で診療しております。"


def test_only_the_chain_approves_and_everybody_gets_the_text(clinic: Clinic) -> None:
    """Reception can't approve a text; the deputy can, and then all may use it."""
    clinic.reports(SATO)
    clinic.confirms(SUZUKI)
    order = ApproveExplanation(clinic.run.id, "poster", "ja", POSTER)

    assert clinic.refused(SATO, order).name == "chain_only"
    clinic.act(TANAKA, order)

    assert clinic.run.explanations["poster", "ja"].text == POSTER
    assert {SATO, SUZUKI} <= set(clinic.got("explanation_approved"))


def test_nothing_is_used_before_it_is_approved(clinic: Clinic) -> None:
    """A text that nobody stands behind can't be marked as used."""
    clinic.reports(SATO)

    assert clinic.refused(SATO, UseExplanation(clinic.run.id, "poster", "ja")).name == "not_approved"


def test_each_use_says_who_was_told(clinic: Clinic) -> None:
    """The bot asks who, where and how many; that stands in the log, and the text counts its uses."""
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, ApproveExplanation(clinic.run.id, "phone", "ja", POSTER))

    clinic.act(SATO, UseExplanation(clinic.run.id, "phone", "ja"))
    assert clinic.run.asking[SATO].what == "explained"
    kinds = happened(clinic.writes(SATO, "午前の電話6件"))

    assert "explanation_used" in kinds
    assert clinic.run.explanations["phone", "ja"].uses == 1
    assert SATO not in clinic.run.asking


def test_new_words_need_a_new_approval(clinic: Clinic) -> None:
    """The same words can't be approved twice; other words replace them and start without a use."""
    clinic.reports(SATO)
    clinic.act(TAKAHASHI, ApproveExplanation(clinic.run.id, "web", "ja", POSTER))
    clinic.act(SATO, UseExplanation(clinic.run.id, "web", "ja", "ホームページ"))

    assert clinic.refused(TAKAHASHI, ApproveExplanation(clinic.run.id, "web", "ja", POSTER)).name == "already_approved"
    clinic.act(TAKAHASHI, ApproveExplanation(clinic.run.id, "web", "ja", POSTER + "原因は調査中です。"))

    assert clinic.run.explanations["web", "ja"].uses == 0
