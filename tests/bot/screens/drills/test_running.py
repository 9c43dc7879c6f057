"""How a running drill is said: whatever it sends says first that it is a drill, and each message leads out of it."""

from __future__ import annotations

import pytest

from flows.commands.drilling import (
    AskFeedback,
    AskInject,
    BeginExercise,
    EndExcuse,
    Excuse,
    PauseExercise,
    ReleaseFeedback,
    ResumeExercise,
)
from flows.commands.facility import ChangeMember
from flows.commands.people import Close
from flows.record.journal import FACILITY
from playbooks.texts import LANGUAGES, Language
from tests.clinic import Clinic

BANNER = {"ja": "【訓練】", "en": "[DRILL]"}


async def begun(clinic: Clinic, kind: str = "tabletop", **more: str) -> None:
    """Begin a drill in the director's name."""
    clinic.orders(BeginExercise("", kind, **more))
    await clinic.stage.settle()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_tabletop_from_call_to_feedback(clinic: Clinic, language: Language) -> None:
    """Call, injects, pause, excuse, own inject, feedback, result: each has its words in both languages, and the banner."""
    for who in ("director", "deputy", "reception", "nurse"):
        clinic.orders(ChangeMember(FACILITY, clinic.id(who), {"language": language}), who)
    await begun(clinic, scenario="partner_ransomware", facilitator=clinic.id("deputy"))
    run = clinic.run().id
    clinic.orders(Excuse(run), "nurse")
    clinic.orders(EndExcuse(run), "nurse")
    clinic.orders(AskInject(run), "deputy")
    await clinic.says("deputy", "停電しました <b>")
    await clinic.passes(12)
    clinic.orders(PauseExercise(run), "nurse")
    clinic.orders(ResumeExercise(run), "nurse")
    clinic.orders(Close(run), "director")
    clinic.orders(AskFeedback(run), "nurse")
    await clinic.says("nurse", "ひとこと yes")
    await clinic.does("nurse", button=f"menu|nameless|{run}")
    await clinic.says("nurse", "ひとこと no")
    clinic.orders(ReleaseFeedback(run))
    await clinic.stage.settle()

    sent = [text for _, text in clinic.seen if not text.startswith("(")]
    assert [text for text in sent if not text.startswith("【訓練】" if language == "ja" else "[")] == []
    assert "停電しました <b>" in clinic.read("reception")
    assert "ひとこと no" in clinic.read("director")
    assert [t for t in sent if "🚨" not in t] == []


async def test_the_story_is_told_to_all_and_what_is_seen_to_one(clinic: Clinic) -> None:
    """The situation reaches everybody; only whoever sits at the desk sees the screen."""
    await begun(clinic, scenario="partner_ransomware")

    assert "待合室には患者さんが14人います" in clinic.read("nurse")
    assert "あなたが見たもの" in clinic.read("reception")
    assert "あなたが見たもの" not in clinic.read("nurse")


async def test_the_facilitator_alone_sees_what_to_listen_for(clinic: Clinic) -> None:
    """Players get the event; who leads gets the hint and the hand on what comes next."""
    await begun(clinic, scenario="partner_ransomware", facilitator=clinic.id("deputy"))
    await clinic.passes(3)

    assert "確認したい点" in clinic.read("deputy")
    assert "いま出す" in clinic.read("deputy")
    assert "確認したい点" not in clinic.read("reception") + clinic.read("director")
    assert "英語の紙" in clinic.read("reception")


async def test_the_quiz_on_the_phone(clinic: Clinic) -> None:
    """Three questions by button; each answer is explained at once, right or wrong."""
    await begun(clinic, "quiz")
    for question in clinic.run().exercise.questions:  # type: ignore[union-attr]
        wrong = next(text.ja for option, text in question.options.items() if option != question.right)
        await clinic.says("nurse", wrong)

    assert clinic.read("nurse").count("❌") == 3
    assert "3問中0問が正解" in clinic.read("nurse")
