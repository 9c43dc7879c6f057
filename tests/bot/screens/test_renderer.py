"""The one place where a message gets its words; a drill says so first, in every message it sends."""

from __future__ import annotations

from dataclasses import MISSING, fields

import pytest
from markupsafe import Markup

from bot.screens.buttons import MOST_BYTES
from bot.screens.renderer import Renderer
from bot.screens.scene import Screen
from contacts.references import REFERENCES
from flows.commands.facility import ChangeMember
from flows.commands.people import (
    Acknowledge,
    CallOff,
    Decide,
    HandIn,
    Join,
    Plead,
    Report,
    SettleLine,
    TakeCommand,
    TellPresence,
    Write,
)
from flows.events.event import KINDS
from flows.messages import calling, ending, notes, steps
from flows.messages.hearing import NotDone, Stranger
from flows.messages.message import MESSAGES, Message
from flows.record.journal import FACILITY, Owed
from flows.response.lines import open_lines
from flows.scene.grades import WHYS
from flows.scene.undoing import STANDS
from flows.state.run import Run
from playbooks.texts import LANGUAGES, Language
from tests.clinic import Clinic, Played

BANNER = {"ja": "【訓練】", "en": "[DRILL]"}


async def full(clinic: Clinic, mode: str) -> Run:
    """Open a run and let one of everything happen in it that a message can be about."""
    opened = clinic.orders(Report("", "画面に<英語>", mode=mode, playbook="ransomware"), "reception")
    run = opened.run
    clinic.orders(Acknowledge(run), "nurse")
    clinic.orders(TellPresence(run, "here"), "nurse")
    clinic.orders(TellPresence(run, "here"), "reception")
    clinic.orders(Join(run, "こちらの端末も<同じ>です"), "nurse")
    clinic.orders(Write(run, "9:10 <ベンダー>に電話した"), "nurse")
    clinic.orders(HandIn(run, "terminal:x", "photo", caption="<写真>"), "nurse")
    for _ in range(3):
        clinic.clock.advance(minutes=10)
        clinic.engine.tick(clinic.clock.now())
    clinic.orders(TakeCommand(run), "nurse")
    about = {"who": clinic.id("deputy")}
    clinic.orders(Plead(run, "<線>はどれですか", ("question",), about), "nurse")
    clinic.orders(Decide(run, "publish", reason="<理由>"), "nurse")
    card = clinic.run(run).open_steps()[0]
    context = clinic.engine.context(clinic.clock.now(), card.member)
    line, text = next(iter(open_lines(clinic.run(run), context, card.track, card.step).items()))
    photo = next(iter(clinic.run(run).evidence)) if text.takes == "photo" else 0
    clinic.orders(SettleLine(run, card.turn, line, "done", photo, {"text": "<済>"}, "<理由>"), card.member)
    await clinic.stage.settle()
    return clinic.run(run)


OF_A_RUN = {m for m in MESSAGES.values() if m.__module__ in {t.__name__ for t in (calling, ending, notes, steps)}}
"""Messages that belong to a run of any kind; those of other topics are rendered by the tests of their views."""


def examples(run: Run) -> list[Message]:
    """Give messages that such a run can owe, each class at least once; those that need no facts without a word here."""
    note, evidence, decision = (next(iter(found)) for found in (run.notes, run.evidence, run.decisions))
    answered = next(a for a in run.answered.values())
    released = next(s for s in run.shown.values() if s.released)
    turn, member, plea = run.open_steps()[-1].turn, run.reporter, next(iter(run.pleas))
    unsure = next(s.turn for s in run.shown.values() if "unsure" in run.step(s).answers)
    call = next(iter(run.voice_calls))
    obstacles = [
        {"kind": "step", "track": s.track, "step": s.step, "count": 0} for s in list(run.shown.values()) * 5
    ] + [{"kind": "sheets", "count": 5}, {"kind": "ratify", "count": 1}]
    why = (
        "overdue",
        "no_hands",
        "left",
        "unreachable",
        "away",
        "silent",
        "command",
        "closing",
        "handed_over",
        "gone",
        "reopened",
    )
    asked = ("reason", "text", "number", "time", "contact", "review", "decision", "waive", "call_off", "reopen")
    made: list[Message] = [
        calling.BoardLink("4/8 8:50", here=True, texts=True, link="http://127.0.0.1:8390/board/in/ABC"),
        calling.AskPlaybook(again=True),
        calling.ReportOver(note),
        calling.AlarmAgain(2),
        *(calling.LouderNow("urgent", why, member) for why in WHYS),
        calling.QuieterNow("firm", member, "1台だけ"),
        calling.AnotherReport(note),
        calling.CommandAsk(member),
        calling.CommandIs(member),
        calling.SceneIs(member),
        calling.VoiceCallWanted(call),
        calling.SpokenWith(call),
        calling.ArrivalIs(member),
        calling.CommandWanted(member),
        calling.CommandWanted(member, you=False),
        calling.ChooseRun("close", (run.id,)),
        calling.DowntimeNear(("gone",), ("gone",)),
        steps.StepOpen(turn),
        steps.WhyStep(turn),
        steps.StepReminder(turn),
        steps.StepWaiting(turn),
        steps.StepDone(answered.shown),
        steps.StepDone(released.turn),
        steps.LeftOpen(released.turn),
        *(steps.StepTaken(released.turn, reason) for reason in why),
        *(steps.StepHelp(unsure, call) for call in sorted(REFERENCES)),
        steps.TakersOffered(next(iter(run.tracks)), 0),
        steps.AnswerOpenAgain(released.track, released.step, hands=True, others=(released.step,)),
        steps.UndoOffered(answered.turn),
        *(steps.UndoRefused(why) for why in STANDS),
        steps.SwitchWanted("ehr_outage", member),
        steps.PlaybookChanged("<理由>", "vendor"),
        steps.TextTaken(answered.turn),
        steps.PhotoTaken(answered.turn),
        steps.LineTaken(unsure),
        *(steps.LineGoes(look) for look in (False, True)),
        *(notes.AnswerAwaited(what) for what in (*asked, "objection", "happened_at", "later_note")),
        notes.NoteKept(note),
        *(about(plea) for about in (notes.PleaKept, notes.PleaRaised, notes.PleaSettled, notes.DeedAsked)),
        notes.Advised(plea),
        notes.HowFar(),
        notes.KeptFrom((member,)),
        notes.ForbiddenTold(plea, _forbidding(run), 0),
        notes.NumberTold(plea, "authority:police"),
        notes.ThingShown(plea, "lan_plug"),
        notes.PlaceTold("paper_kit"),
        notes.StandingTold(note, (f"{released.track}/{released.step}",)),
        notes.ComingTold(note, (note,)),
        notes.DoneOffered(plea, turn),
        notes.FoundTold(plea, turn),
        notes.FilingOffered(plea),
        notes.FalseAlarmOffered(),
        notes.OrderHeard(note),
        notes.DeedTold(plea, member, did=True, text="<LAN>"),
        calling.FirstWordsTold("computers"),
        notes.NoteOfAnother(note),
        notes.Righted(note),
        notes.EvidenceArrived(evidence),
        notes.PhotosAsked(evidence),
        notes.EvidenceGone(evidence),
        notes.DecisionTold(decision),
        notes.RatifyAsk(decision),
        notes.RatifiedBy(decision, member),
        ending.CloseRefused(tuple(obstacles)),
        *(end(member) for end in (ending.RunClosed, ending.RunReopened, ending.RunFalseAlarm)),
        *(end(member) for end in (ending.RunBrokenOff, ending.RunAborted)),
        NotDone("not_yours", {"member": member}),
        NotDone("needs_text"),
    ]
    needs_facts = {m for m in OF_A_RUN if any(f.default is f.default_factory is MISSING for f in fields(m))}
    assert needs_facts - {type(message) for message in made} == set()
    return [*made, *(message() for message in OF_A_RUN - needs_facts)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_message_of_a_drill_says_so_first(clinic: Clinic, language: Language) -> None:
    """Whatever a drill sends, to anybody, in either language: the banner comes first, and nobody is called for real."""
    run = await full(clinic, "drill")
    told = examples(run)
    renderer = Renderer(clinic.engine)
    for who in ("director", "deputy", "reception", "nurse"):
        clinic.orders(ChangeMember(FACILITY, clinic.id(who), {"language": language}), who)
    for message in told:
        for reader in map(clinic.id, ("reception", "nurse")):
            if isinstance(message, calling.AlarmConfirmed) and reader not in run.acknowledged:
                continue
            screen = renderer.render(Owed(reader, message, run.id), reader, clinic.clock.now())
            real = isinstance(message, ending.RunAborted)  # it says that it is no drill any more
            assert screen.text.startswith(BANNER[language]) is not real, message
            assert screen.contact is None, message


async def test_what_a_drill_really_sent(clinic: Clinic) -> None:
    """Played with its clock: not one message of it, to nobody, lacked the banner; toasts are no messages."""
    await clinic.drill()
    await clinic.says("director", "対応の責任者になる")
    await clinic.says("nurse", "9:10 ベンダーに電話した")
    await clinic.says("director", "/decide")
    await clinic.says("director", "公表する")
    await clinic.says("director", "訓練の理由")
    await clinic.says("deputy", "/status")
    await clinic.says("nurse", "画面がいつもと少しちがう気がする")
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
    for message in told:
        for reader in map(clinic.id, ("reception", "nurse")):
            if isinstance(message, calling.AlarmConfirmed) and reader not in run.acknowledged:
                continue
            check(renderer.render(Owed("", message, run.id), reader, clinic.clock.now()), message)


def check(screen: Screen, message: Message) -> None:
    """See that a screen can be sent as it is."""
    assert not screen.text.startswith(tuple(BANNER.values())), message
    assert 0 < len(screen.text) < 4096, message
    for raw in ("<英語>", "<同じ>", "<ベンダー>", "<理由>", "<済>", "<写真>"):
        assert raw not in screen.text, message
    for row in screen.rows:
        for button in row:
            assert 0 < len(button.label) <= 64, message
            assert len(button.data.encode()) <= MOST_BYTES, message


def test_a_played_incident_showed_nearly_everything(played: Played) -> None:
    """The story that plays by itself met most of the messages there are, and each was really sent."""
    names = {d.owed.name for d in played.clinic.book.of_run(played.run.id) if d.state == "sent"}

    assert len(names) > 20
    assert {d.state for d in played.clinic.book.of_run(played.run.id)} <= {"sent", "superseded"}


def test_whoever_is_unknown_is_spoken_to_in_the_facilitys_language(clinic: Clinic) -> None:
    """A message without a view is said by the phrase of its name."""
    screen = Renderer(clinic.engine).render(Owed("telegram:9", Stranger()), "", clinic.clock.now())

    assert screen.text.startswith("こちらは関係者専用です")
    assert screen.rows == ()
    assert isinstance(screen.text, Markup)


def test_events_and_views_do_not_drift_apart() -> None:
    """Each way a run can end has its message."""
    ends = [e for e in KINDS.values() if e.__module__.endswith("ending")]

    assert len(ends) == 8


def _forbidding(run: Run) -> str:
    """Name a line of a card (or a step) that forbids something."""
    return next(
        f"{track}/{card}/{line}" if line else f"{track}/{card}"
        for track, steps in (run.playbook.tracks if run.playbook else {}).items()
        for card, step in steps.steps.items()
        for line, one in (("", step), *step.lines.items())
        if one.never.ja
    )
