"""The one place where a message gets its words; a drill says so first, in every message it sends."""

from __future__ import annotations

from typing import Any

import pytest
from markupsafe import Markup

from bot.screens.buttons import MOST_BYTES
from bot.screens.renderer import Renderer
from bot.screens.scene import VIEWS, Screen
from contacts.references import REFERENCES
from flows.commands.facility import ChangeMember
from flows.commands.people import Acknowledge, AnswerStep, CallOff, Decide, HandIn, Join, Report, TakeCommand, Write
from flows.events.event import KINDS
from flows.record.journal import FACILITY, Owed
from flows.state.run import Run
from playbooks.texts import LANGUAGES, Language
from tests.clinic import Clinic, Played

BANNER = {"ja": "【訓練】", "en": "[DRILL]"}


async def full(clinic: Clinic, mode: str) -> Run:
    """Open a run and let one of everything happen in it that a message can be about."""
    opened = clinic.orders(Report("", "画面に<英語>", mode=mode, playbook="ransomware"), "reception")
    run = opened.run
    clinic.orders(Acknowledge(run), "nurse")
    clinic.orders(Join(run, "こちらの端末も<同じ>です"), "nurse")
    clinic.orders(Write(run, "9:10 <ベンダー>に電話した"), "nurse")
    clinic.orders(HandIn(run, "terminal:x", "photo", caption="<写真>"), "nurse")
    for _ in range(3):
        clinic.clock.advance(minutes=10)
        clinic.engine.tick(clinic.clock.now())
    clinic.orders(TakeCommand(run), "nurse")
    clinic.orders(Decide(run, "publish", reason="<理由>"), "nurse")
    shown = next(s for s in clinic.run(run).open_steps() if "done" in clinic.run(run).step(s).answers)
    clinic.orders(AnswerStep(run, shown.turn, "done", {"text": "<済>", "evidence": 1}, "<理由>"), shown.member)
    await clinic.stage.settle()
    return clinic.run(run)


def examples(run: Run) -> dict[str, list[dict[str, Any]]]:
    """Give facts for every message that a run can owe, by name: the message is rendered once with each."""
    note, evidence, decision = (next(iter(found)) for found in (run.notes, run.evidence, run.decisions))
    answered = next(a for a in run.answered.values())
    released = next(s for s in run.shown.values() if s.released)
    shown = {"turn": run.open_steps()[-1].turn}
    member = run.reporter
    obstacles = [
        {"kind": "step", "track": s.track, "step": s.step, "count": 0} for s in list(run.shown.values()) * 5
    ] + [{"kind": "sheets", "count": 5}, {"kind": "ratify", "count": 1}]
    asked = [{"what": w} for w in ("reason", "text", "number", "time", "contact", "review", "decision", "waive",
                                   "call_off", "reopen", "objection", "happened_at", "later_note")]  # fmt: skip
    return {
        "question": [{}, {"again": True}],
        "alarm_again": [{"count": 2}],
        "reported_again": [{"turn": note}],
        "command_ask": [{"after": member}],
        "command_taken": [{"member": member}],
        "step": [shown], "step_reminder": [shown], "step_waiting": [shown],
        "step_done": [{"turn": answered.shown}, {"turn": released.turn}],
        "step_released": [{"turn": released.turn, "why": w} for w in
                          ("overdue", "left", "unreachable", "away", "silent", "command", "closing", "handed_over")],
        "help": [shown | {"call": call} for call in sorted(REFERENCES)],
        "text_taken": [{"turn": answered.turn}], "photo_taken": [{"turn": answered.turn}],
        "note_kept": [{"turn": note}], "note_shared": [{"turn": note}],
        "corrected": [{"turn": note}], "evidence_received": [{"turn": evidence}], "evidence_lost": [{"turn": evidence}],
        "decided": [{"turn": decision}], "ratify_ask": [{"turn": decision}], "ratified": [{"turn": decision, "by": member}],
        "asking": asked,
        "refused.close": [{"obstacles": obstacles}, {"obstacles": []}],
        "refused": [{"why": "not_yours", "data": {"member": member}}, {"why": "needs_text", "data": {}}],
        **{f"run_{end}": [{"by": member}] for end in ("closed", "reopened", "false_alarm", "broken_off", "aborted")},
    }  # fmt: skip


OF_THE_FACILITY = {
    "welcome", "enrolled", "suspended", "invited", "ask_invite_role", "ask_invite_name", "people", "person_menu",
    "language.choose", "help.commands", "runs.list", "ask_same_or_new", "ask_report_or_not", "ask_which_run",
    "cannot_keep", "seal", "journal_broken", "ask_drill_or_real", "ask_answer_or_report", "leaving", "has_left",
}  # fmt: skip
"""Views of messages that belong to no run; test_facility_views.py renders them."""

IN_MODULES_OF_THEIR_OWN = {
    "house.contacts", "drills.menus", "drills.results", "drills.running", "drills.trend", "drills.calendar", "runs.duty",
    "runs.explanation", "house.matters", "runs.paper", "runs.promise", "house.readiness", "runs.report", "house.setup",
    "house.tasks", "house.upkeep", "house.workbook",
}  # fmt: skip
"""Modules whose views are rendered by their own tests, drill banner included."""


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_message_of_a_drill_says_so_first(clinic: Clinic, language: Language) -> None:
    """Whatever a drill sends, to anybody, in either language: the banner comes first, and nobody is called for real."""
    run = await full(clinic, "drill")
    told = examples(run)
    views = {n for n, v in VIEWS.items() if v.__module__.removeprefix("bot.screens.") not in IN_MODULES_OF_THEIR_OWN}
    renderer = Renderer(clinic.engine)
    for who in ("director", "deputy", "reception", "nurse"):
        clinic.orders(ChangeMember(FACILITY, clinic.id(who), {"language": language}), who)
    for name in views - OF_THE_FACILITY:
        for data in told.get(name, [{}]):
            for reader in ("reception", "nurse"):
                if name == "alarm_confirmed" and clinic.id(reader) not in run.acknowledged:
                    continue
                screen = renderer.render(
                    Owed(clinic.id(reader), name, run.id, data), clinic.id(reader), clinic.clock.now()
                )
                assert screen.text.startswith(BANNER[language]), name
                assert screen.contact is None, name


async def test_what_a_drill_really_sent(clinic: Clinic) -> None:
    """Played with its clock: not one message of it, to nobody, lacked the banner; toasts are no messages."""
    await clinic.drill()
    await clinic.says("director", "確認しました")
    await clinic.says("nurse", "9:10 ベンダーに電話した")
    await clinic.says("director", "/decide")
    await clinic.says("director", "公表する")
    await clinic.says("director", "訓練の理由")
    await clinic.says("deputy", "/status")
    await clinic.says("nurse", "電子カルテの画面に英語が出て動かない")
    await clinic.passes(40)
    await clinic.says("director", "/close")

    sent = [text for _, text in clinic.seen if not text.startswith("(")]
    assert len(sent) > 30
    assert [text for text in sent if not text.startswith("【訓練】")] == []


async def test_the_seal_of_a_drill_says_so_too(clinic: Clinic) -> None:
    """What stands in the director's chat for years can't be taken for a real incident."""
    run = await clinic.drill()
    clinic.orders(CallOff(run.id, "ここまで"), "director")
    await clinic.stage.settle()

    (seal,) = [text for text in clinic.of("director") if "🔏" in text]
    assert seal.startswith("【訓練】")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_message_of_an_incident_can_be_said(clinic: Clinic, language: Language) -> None:
    """Without the banner; its text is ours with people's words escaped, its buttons fit, and it is not too long."""
    run = await full(clinic, "incident")
    told = examples(run)
    for who in ("reception", "nurse"):
        clinic.orders(ChangeMember(FACILITY, clinic.id(who), {"language": language}), who)
    renderer = Renderer(clinic.engine)
    for name in VIEWS.keys() - OF_THE_FACILITY:
        if VIEWS[name].__module__.removeprefix("bot.screens.") in IN_MODULES_OF_THEIR_OWN:
            continue
        for data in told.get(name, [{}]):
            if name != "alarm_confirmed":
                check(renderer.render(Owed("", name, run.id, data), clinic.id("nurse"), clinic.clock.now()), name)
            check(renderer.render(Owed("", name, run.id, data), clinic.id("reception"), clinic.clock.now()), name)


def check(screen: Screen, name: str) -> None:
    """See that a screen can be sent as it is."""
    assert not screen.text.startswith(tuple(BANNER.values())), name
    assert 0 < len(screen.text) < 4096, name
    for raw in ("<英語>", "<同じ>", "<ベンダー>", "<理由>", "<済>", "<写真>"):
        assert raw not in screen.text, name
    for row in screen.rows:
        for button in row:
            assert 0 < len(button.label) <= 64, name
            assert len(button.data.encode()) <= MOST_BYTES, name


def test_a_played_incident_showed_nearly_everything(played: Played) -> None:
    """The story that plays by itself met most of the messages there are, and each was really sent."""
    names = {d.owed.name for d in played.clinic.book.of_run(played.run.id) if d.state == "sent"}

    assert len(names) > 20
    assert {d.state for d in played.clinic.book.of_run(played.run.id)} <= {"sent", "superseded"}


def test_whoever_is_unknown_is_spoken_to_in_the_facilitys_language(clinic: Clinic) -> None:
    """A message without a view is said by the phrase of its name."""
    screen = Renderer(clinic.engine).render(Owed("telegram:9", "stranger"), "", clinic.clock.now())

    assert screen.text.startswith("こちらは関係者専用です")
    assert screen.rows == ()
    assert isinstance(screen.text, Markup)


def test_events_and_views_do_not_drift_apart() -> None:
    """Each way a run can end has its message."""
    ends = [e for e in KINDS.values() if e.__module__.endswith("ending")]

    assert len(ends) == 7
