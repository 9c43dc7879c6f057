"""How the facility's own affairs are said, in both languages, with whatever people are called."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any

import pytest

from bot.channels.channel import Button
from bot.privacy.hits import KINDS
from bot.screens.house.people import refusal
from bot.screens.renderer import Renderer
from bot.screens.scene import Screen
from flows.commands.facility import AskMember, ChangeMember
from flows.commands.people import Report
from flows.messages import hearing, members
from flows.messages.calling import RunsListed
from flows.messages.hearing import NotDone
from flows.messages.message import MESSAGES, Message, message_of
from flows.messages.upkeep import JournalBroken, SealPosted
from flows.record.journal import FACILITY, Owed
from playbooks.texts import LANGUAGES, Language
from playbooks.triage.danger import OWN_WORDS
from playbooks.wants.answers import answers
from tests.bot.screens.test_renderer import check
from tests.clinic import Clinic


def said(clinic: Clinic, name: str, reader: str = "director", of: str = FACILITY, **data: Any) -> Screen:
    """Render a message for somebody."""
    return Renderer(clinic.engine).render(Owed("", message_of(name, data), of), clinic.id(reader), clinic.clock.now())


def labels(screen: Screen) -> list[str]:
    """List what stands on the buttons."""
    return [button.label for row in screen.rows for button in row]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_can_be_said(clinic: Clinic, language: Language) -> None:
    """Every message outside a run, with what it needs; its text is safe and its buttons fit."""
    run = await clinic.incident()
    clinic.orders(ChangeMember(FACILITY, clinic.id("director"), {"language": language}), "director")
    nurse = clinic.id("nurse")
    await clinic.says("reception", "患者さんが倒れて息をしていません")
    danger = clinic.entries("danger_seen")[-1].turn
    clinic.orders(AskMember(FACILITY, "report_or_not", {"text": "<変>" * 40, "hint": True}), "reception")
    hint = max(clinic.engine.house.hints)
    told: list[Message] = [
        *(about(nurse) for about in (members.Enrolled, members.Suspended, members.PersonMenu)),
        *(
            about(nurse)
            for about in (members.Losing, members.Leaving, members.NewPhone, members.HasLeft, members.TakenBack)
        ),
        members.InvitationMade(nurse, "4/8 8:50", code="ABC", link=None),
        members.PageLink("4/8 8:50", here=True, link="http://127.0.0.1:8390/in/ABC"),
        members.AskInviteName("nurse"),
        members.AskInviteSame(3, "nurse", "<変>" * 20),
        hearing.NotDone("not_yours", {"member": nurse}),
        hearing.AskSameOrNew(3, run.id, "<変>" * 40),
        hearing.AskReportOrNot(3, "<変>" * 40),
        hearing.HintTold("power"),
        hearing.HintTold("powered_off"),
        hearing.HintUnanswered(hint),
        hearing.AskDrillOrReal(3, "<変>" * 40),
        hearing.AskAnswerOrReport(3, "<変>" * 40),
        hearing.AskWhichRun(3, (run.id,)),
        hearing.AskAnswerOrPlea(3, "<変>" * 40),
        *(hearing.DangerWords(kind, helped) for kind in ("person", "fire", "violence") for helped in (False, True)),
        *(hearing.DangerWords(kind, theme=t, also="en") for kind, themes in OWN_WORDS.items() for t in themes),
        *(
            hearing.DangerNews(news, nurse, "<変>")
            for news in (
                "called",
                "arrived",
                "eased",
                "again",
                "coming",
                "looked_for",
                "waited_for",
                "asks_called",
                "uncalled",
                "asks_whose",
                "asks_state",
                "cannot_call",
                "voiceless",
                "said",
            )
        ),
        *(
            hearing.DangerNewsKept(news, (nurse,))
            for news in (
                "called",
                "arrived",
                "eased",
                "coming",
                "looked_for",
                "waited_for",
                "asks_called",
                "uncalled",
                "asks_whose",
                "asks_words",
                "asks_long",
                "cannot_call",
                "voiceless",
                "said",
            )
        ),
        hearing.DangerStands(danger, (nurse,)),
        hearing.DangerKnown(danger, (nurse,)),
        hearing.DistressHeard((nurse,)),
        hearing.DistressNews(nurse),
        *(
            about(danger)
            for about in (hearing.DangerAsked, hearing.DangerCameLate, hearing.DangerAlarm, hearing.DangerOver)
        ),
        hearing.StrangerInDanger("person"),
        hearing.CannotKeep("voice"),
        hearing.KnownTold("password"),
        *(hearing.MaskedTold(1, KINDS, chat) for chat in ("goes", "stays", "")),
        *(hearing.AnswerTold(name, quiet=True) for name in answers().answers),
        SealPosted(run.id, 7, "ab", "cd"),
        JournalBroken(7),
        RunsListed(),
    ]
    here = {m for m in MESSAGES.values() if m.__module__ in (members.__name__, hearing.__name__)}
    needs_facts = {m for m in here if any(f.default is f.default_factory is MISSING for f in fields(m))}
    assert needs_facts - {type(message) for message in told} == set()
    for message in [*told, *(message() for message in here - needs_facts)]:
        screen = said(clinic, message.kept_as, **message.facts)
        check(screen, message)
        assert "<変>" not in screen.text


def test_a_name_full_of_markup(clinic: Clinic) -> None:
    """A person may be called anything; in a text it is escaped, on a button it stands as it is."""
    clinic.orders(ChangeMember(FACILITY, clinic.id("nurse"), {"name": "<b>鈴&木</b>"}), "director")
    screen = said(clinic, "people")

    assert "&lt;b&gt;鈴&amp;木&lt;/b&gt;さん（看護師）" in screen.text
    assert "<b>鈴&木</b>" in labels(screen)


def test_an_invitation_with_and_without_a_link(clinic: Clinic) -> None:
    """The line to send always; the link once the bot has a name."""
    facts = {"member": clinic.id("nurse"), "code": "ABC", "until": "4/8 8:50"}

    assert "<code>/start ABC</code>" in said(clinic, "invited", **facts).text
    assert "https" not in said(clinic, "invited", **facts).text
    assert "https://t.me/x?start=ABC" in said(clinic, "invited", **facts, link="https://t.me/x?start=ABC").text


def test_the_daily_seal_names_the_facility(clinic: Clinic) -> None:
    """It belongs to no run; digest and signature are there to be compared."""
    text = said(clinic, "seal", run=FACILITY, seq=7, digest="ab12", signature="cd34").text

    assert "あかり診療所（架空）" in text
    assert "<code>ab12</code>" in text
    assert "<code>cd34</code>" in text


def test_a_language_is_offered_in_itself(clinic: Clinic) -> None:
    """Whoever can't read the one finds the other."""
    assert labels(said(clinic, "language.choose")) == ["日本語", "English"]


async def test_runs_are_listed_newest_first_and_at_most_ten(clinic: Clinic) -> None:
    """With state and day; each is a button."""
    for n in range(12):
        clinic.clock.advance(minutes=1)
        clinic.orders(Report("", f"報告{n}", mode="drill"), "nurse")
    screen = said(clinic, "runs.list")

    assert len(labels(screen)) == 10
    assert labels(screen)[0] == "【訓練】まだ分類前の報告 09:02"


def test_a_refusal_holds_what_it_needs(clinic: Clinic) -> None:
    """Who, when and how long are said in words; what is missing is left out, not shown as a hole."""
    scene = Renderer(clinic.engine).scene(Owed("", NotDone("stale")), clinic.id("nurse"), clinic.clock.now())

    done = refusal(scene, "already_done", {"member": clinic.id("reception"), "at": "2027-03-31T23:50:00+00:00"})
    assert done == "この手順は 佐藤さん（受付）が 08:50 に済ませています。ありがとうございます。"
    assert refusal(scene, "commander_only", {"member": None}) == "これを決められるのは、対応の責任者だけです。"
    assert "&lt;b&gt;" in refusal(scene, "needs_number", {"text": "<b>"})


def test_menus_are_buttons_for_the_bot_itself(clinic: Clinic) -> None:
    """They carry the menu's verb, never a command of a run."""
    buttons = [b for row in said(clinic, "person_menu", member="m4").rows for b in row]

    assert buttons == [
        Button("スマホ紛失・停止", "menu|suspend|m4"),
        Button("招待し直す", "menu|again|m4"),
        Button("退職", "menu|left|m4"),
    ]
