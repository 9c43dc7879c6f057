"""A step on the screen: one action, what not to do, whom to call, and exactly the legal moves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.demo.play import picture
from bot.screens.renderer import Renderer
from flows.commands.people import AnswerStep, SettleLine, TellPresence, TickItem
from flows.messages.helping import LinesOffered
from flows.messages.message import Message
from flows.messages.steps import StepDone, StepOpen, StepTaken
from flows.record.journal import Owed
from flows.response.audience import step_key
from flows.response.lines import line_moves, open_lines
from flows.response.steps import moves
from flows.state.run import Run, Shown
from playbooks.model import Step
from tests.clinic import Clinic, Played
from tests.library import shipped_catalogue


async def first(clinic: Clinic, who: str = "reception") -> tuple[Run, Shown, Step]:
    """Open an incident and give somebody's first step: reception's is a card, the deputy's isn't."""
    run = await clinic.incident()
    if who != "reception":
        await clinic.says(who, "院内にいます")
    shown = clinic.run(run.id).open_step_of(clinic.id(who))
    assert shown is not None
    return clinic.run(run.id), shown, clinic.run(run.id).step(shown)


async def until(clinic: Clinic, wanted: Callable[[Step], bool]) -> tuple[Run, Shown, Step]:
    """Answer steps until somebody has one on the screen that is wanted; gives it."""
    run = await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    await clinic.says("director", "外にいます")
    for _ in range(120):
        now = clinic.run(run.id)
        for shown in now.open_steps():
            if wanted(now.step(shown)):
                return now, shown, now.step(shown)
        if not now.open_steps():  # the first quarter of an hour is for what is most urgent
            await clinic.passes(5)
            continue
        shown = now.open_steps()[0]
        step = now.step(shown)
        if step.lines:
            settles(clinic, now, shown)
            continue
        legal = moves(now, shown)
        move = next((m for m in legal if m.startswith("choice:")), "done")
        value: object = clinic.clock.now().isoformat() if step.takes == "time" else 0
        given = {"ticked": list(step.choices)} if step.takes == "checklist" else {"text": "x", "value": value}
        clinic.orders(AnswerStep(run.id, shown.turn, move, given, "理由"), shown.member)
    raise AssertionError("no such step")


def settles(clinic: Clinic, run: Run, shown: Shown) -> None:
    """Settle all lines of a card, whatever they take."""
    given = {"text": "x", "promised": "x", "until": None, "value": clinic.clock.now().isoformat()}
    while (now := clinic.run(run.id)).shown[shown.turn].open:
        context = clinic.engine.context(clinic.clock.now(), shown.member, run.id)
        name, line = next(iter(open_lines(now, context, shown.track, shown.step).items()))
        move = next(
            (m for m in line_moves(line) if m.startswith("choice:")), "cannot" if line.takes == "photo" else "done"
        )
        taken = given if line.takes in ("text", "contact", "time") and move == "done" else {}
        taken = {"value": "0"} if line.takes == "number" else taken
        clinic.orders(SettleLine(run.id, shown.turn, name, move, given=taken, reason="理由"), shown.member)


async def test_one_action_with_its_moves(clinic: Clinic) -> None:
    """Track, action and what not to do; the buttons are the legal moves, 「わからない」 among them, and why folded behind one."""
    run, shown, step = await first(clinic, "deputy")
    text = next(seen for seen in clinic.of("deputy") if "してはいけないこと" in seen)

    assert step.ask.ja in text
    assert "\n".join(["⚠️ してはいけないこと", *(f"✕ {never}" for never in step.never.ja)]) in text
    labels = [part.split("]")[0].split(" ", 1)[1] for part in text.split("[")[1:] if part[0].isdigit()]
    wanted = [
        step.answers[m].label.ja if m in step.answers else step.choices[m.removeprefix("choice:")].label.ja
        for m in moves(run, shown)
    ]
    assert sorted(labels) == sorted([*wanted, "なぜ？"])
    assert step.why is not None
    assert step.why.ja not in text
    assert step.why.ja in await clinic.does("deputy", button=f"menu|why|{run.id}|{shown.turn}")
    assert "わからない" in labels


async def test_not_sure_leads_to_a_person(clinic: Clinic) -> None:
    """「わからない」 names somebody, keeps the step, and offers its answers again beside somebody who comes."""
    run, shown, _ = await until(clinic, lambda step: not step.lines and step.answers["unsure"].to is None)
    who = next(w for w, m in clinic.cast.members.items() if m == shown.member)
    said = await clinic.does(who, button=f"ans|{run.id}|{shown.turn}|unsure")

    assert "👤" in said or "📞" in said
    assert "人に来てもらう]" in said
    assert "わからない]" not in said
    assert clinic.run(run.id).shown[shown.turn].open


async def test_a_done_step_says_by_whom_and_when(clinic: Clinic) -> None:
    """Its message is changed into what came of it, without its buttons; whoever answered can take it back, nobody else."""
    run, shown, step = await first(clinic, "deputy")
    clinic.orders(AnswerStep(run.id, shown.turn, "done"), "deputy")
    screen = Renderer(clinic.engine).render(
        Owed("", StepDone(turn=shown.turn), run.id), clinic.id("deputy"), clinic.clock.now()
    )

    assert screen.text.startswith(f"{step.ask.ja}\n✅ できました")  # as it stood, so that nobody reads it again
    assert "—" not in screen.text  # whoever did it knows who it was, and when
    assert [b.label for row in screen.rows for b in row] == ["戻す"]
    other = Renderer(clinic.engine).render(
        Owed("", StepDone(turn=shown.turn), run.id), clinic.id("nurse"), clinic.clock.now()
    )
    assert other.rows == ()
    assert "田中さん（代行者） 08:50" in other.text


async def test_which_line_is_meant_is_asked_of_those_that_are_left(clinic: Clinic, tmp_path: Path) -> None:
    """Where it was asked, a line that was done since isn't offered any more."""
    await first(clinic)
    await clinic.says("reception", "できない・わからない")
    await clinic.says("reception", "☐ ③")
    (tmp_path / "a.png").write_bytes(picture())
    await clinic.says("reception", f"写真 {tmp_path / 'a.png'}")
    run = clinic.run()
    shown = run.open_steps()[0]
    screen = Renderer(clinic.engine).render(
        Owed("", LinesOffered(shown.turn), run.id), clinic.id("reception"), clinic.clock.now()
    )

    assert [b.label for row in screen.rows for b in row] == [
        "LANの線を抜く（電源はそのまま）",
        "抜いた線をたどり、その機械の線か見る",
    ]
    sent = [d.owed for d in clinic.home.journal.deliveries.of_run(run.id) if d.state == "sent"]
    assert [one.edits for one in sent if one.message == LinesOffered(shown.turn)] == [False, True, True]
    await clinic.says("reception", "全部できました")
    done = Renderer(clinic.engine).render(
        Owed("", LinesOffered(shown.turn), run.id), clinic.id("reception"), clinic.clock.now()
    )
    assert (done.text, done.rows) == ("残りはありません。", ())


async def test_a_line_that_takes_a_photo(clinic: Clinic, tmp_path: Path) -> None:
    """Says where to send it, offers no 「できました」, and is answered by the photo itself; only what is next is said below.

    The rest stands on the card, which is changed in place: nobody reads it anew.
    """
    run, shown, step = await first(clinic)
    name = next(name for name, line in step.lines.items() if line.takes == "photo")
    assert "📷 撮って" in await clinic.says("reception", "📷 ①")
    assert "done" not in line_moves(step.lines[name])
    (tmp_path / "a.png").write_bytes(picture())
    seen = await clinic.says("reception", f"写真 {tmp_path / 'a.png'}")

    assert clinic.run(run.id).answered[shown.track, f"{shown.step}/{name}"].answer == "done"
    assert f"残り{len(step.lines) - 1}つ" in seen
    following, *others = (line for one, line in step.lines.items() if one != name)
    assert f"次は、上の ② {following.ask.ja}（残り{len(others) + 1}つ）" in seen
    assert [line.ask.ja for line in (step.lines[name], *others) if line.ask.ja in seen] == []
    cards = [d for d in clinic.book.of_run(run.id) if d.owed.key == step_key(run.id, shown.turn) and d.sent_at]
    assert [d.owed.edits for d in cards] == [False, True]


async def test_the_next_question_stands_where_the_last_was_tapped(clinic: Clinic) -> None:
    """One message, in which the answer is said and can be taken back; a number to ring comes in a message of its own."""
    await clinic.says("reception", "インターネットがつながらない")
    await clinic.says("reception", "ネットや電話がつながらない")
    run = clinic.run()
    shown = clinic.run(run.id).open_step_of(clinic.id("reception"))
    assert shown is not None
    before, seen = step_key(run.id, shown.turn), await clinic.says("reception", "できました")
    following = clinic.run(run.id).open_step_of(clinic.id("reception"))
    assert following is not None

    assert "✅ できました\n" in seen
    assert "戻す]" in seen
    assert len({d.message_id for d in clinic.book.of_run(run.id) if d.owed.key == before and d.sent_at}) == 1
    assert following.screen == shown.turn
    assert "このスマホのWi-Fiを切り" in await clinic.says("reception", "戻す")


async def test_a_checklist_is_ticked_item_by_item(clinic: Clinic) -> None:
    """Each tick changes the message in place; one of the items done, the list can be handed in."""
    run, shown, step = await until(clinic, lambda step: step.takes == "checklist")
    item = next(iter(step.choices))
    owed = Owed("", StepOpen(turn=shown.turn), run.id)
    before = Renderer(clinic.engine).render(owed, shown.member, clinic.clock.now())
    clinic.orders(TickItem(run.id, shown.turn, item), shown.member)
    after = Renderer(clinic.engine).render(owed, shown.member, clinic.clock.now())

    assert before.rows[0][0].label == f"☐ {step.choices[item].label.ja}"
    assert after.rows[0][0].label == f"☑ {step.choices[item].label.ja}"


async def test_whoever_is_there_saves_the_backups_first(clinic: Clinic) -> None:
    """The nurse, alone there with free hands, puts her paper aside for a lead that can't wait; it comes back before anything new."""
    await clinic.incident()
    nurse = clinic.id("nurse")
    paper = clinic.run().open_step_of(nurse)
    await clinic.says("nurse", "院内にいます")
    assert clinic.run().open_step_of(nurse) == paper
    await clinic.passes(1)
    lead = clinic.run().open_step_of(nurse)

    assert paper
    assert lead
    assert (paper.step, lead.step) == ("patients_first", "protect_backups")
    put_aside = Owed("", StepTaken(turn=paper.turn, why="later"), clinic.run().id)
    assert "先に、下の手順を" in Renderer(clinic.engine).render(put_aside, nurse, clinic.clock.now()).text
    clinic.orders(AnswerStep(clinic.run().id, lead.turn, "done"), "nurse")
    again = clinic.run().open_step_of(nurse)
    assert again
    assert again.step == "patients_first"
    assert ("cutting_off", "outside_line") in clinic.run().waiting()


async def test_whoever_is_slow_is_reminded_and_then_relieved(clinic: Clinic) -> None:
    """The reminder has the buttons; later the message says that somebody else was asked, or, as nobody is free, they again."""
    run, shown, _ = await first(clinic)
    await clinic.says("nurse", "院内にいます")
    clinic.seen.clear()
    await clinic.passes(step_minutes(run, shown))
    read = clinic.read("reception")
    assert "⏰ これは終わりましたか？" in read
    assert "まだ: ① 画面か紙を撮って送る（お名前は写さない）、② LANの線を抜く（電源はそのまま）" in read
    assert "、ほか1件" in read
    await clinic.passes(6)

    screen = Renderer(clinic.engine).render(
        Owed("", StepTaken(turn=shown.turn, why="overdue"), run.id),
        clinic.id("reception"),
        clinic.clock.now(),
    )
    assert "ほかに手の空いた人がいないので、もう一度お願いします" in screen.text


async def test_whoever_is_with_a_patient_reads_who_has_it_now(clinic: Clinic) -> None:
    """And whoever has it reads from whom it is."""
    run, had, _ = await first(clinic)
    clinic.orders(TellPresence(run.id, "with_patient"), "reception")
    clinic.orders(TellPresence(run.id, "here"), "deputy")
    now = clinic.run(run.id).open_step_of(clinic.id("deputy"))
    assert now is not None

    def read(message: Message, who: str) -> str:
        return Renderer(clinic.engine).render(Owed("", message, run.id), clinic.id(who), clinic.clock.now()).text

    assert "田中さん（代行者）に引き継ぎました" in read(StepTaken(had.turn, "no_hands"), "reception")
    assert "佐藤さん（受付）から引き継ぎました" in read(StepOpen(now.turn), "deputy")


def step_minutes(run: Run, shown: Shown) -> float:
    """Give the time allowed for a step, in minutes."""
    return run.step(shown).within / 60 + 1


async def test_a_text_can_be_made_a_note(clinic: Clinic) -> None:
    """What answered a step by mistake becomes a note with one tap, and the step is there again."""
    run, shown, _ = await until(clinic, lambda step: step.takes == "number")
    shown_text = await clinic.says(next(w for w, m in clinic.cast.members.items() if m == shown.member), "12")
    assert "答えとして記録しました:「12 枚」\n[1 メモにする]" in shown_text
    await clinic.says(next(w for w, m in clinic.cast.members.items() if m == shown.member), "メモにする")

    assert "12" in [n.text for n in clinic.run(run.id).notes.values()]
    assert (shown.track, shown.step) not in clinic.run(run.id).answered


def test_every_step_of_every_playbook_can_be_shown(played: Played) -> None:
    """In both languages no step and no line is empty, and each has its 「わからない」; of a card each line."""
    for playbook in shipped_catalogue().playbooks.values():
        for track in playbook.tracks.values():
            for step in track.steps.values():
                for one in (step, *step.lines.values()):
                    assert one.ask.ja
                    assert one.ask.en
                    assert step.lines or "unsure" in one.answers
                    assert one is step or "unsure" in one.answers
    assert played.run.answered


async def test_another_pair_of_eyes_looks_at_the_backups(clinic: Clinic) -> None:
    """Somebody else who is there, in one line of a message that comes anyway; neither who pulled them nor who can't be there."""
    await clinic.incident()
    await clinic.says("deputy", "院内にいます")
    await clinic.says("nurse", "院内にいます")
    clinic.seen.clear()
    await clinic.says("deputy", "できました")
    asked = [part for part in ("director", "deputy", "reception", "nurse") if "もう一人の目で" in clinic.read(part)]

    assert asked == ["nurse"]
    assert clinic.read("nurse").count("本当に抜けていますか") == 1


async def test_nobody_is_asked_to_look_again_while_hands_are_short(clinic: Clinic) -> None:
    """Whoever pulled them is alone there: nobody is asked, and the others leave the Wi-Fi as always."""
    await clinic.incident()
    await clinic.says("deputy", "院内にいます")
    clinic.seen.clear()
    await clinic.says("deputy", "できました")

    assert "まもなく回線を切ります" in clinic.read("reception")
    assert "もう一人の目で" not in "".join(map(clinic.read, ("director", "deputy", "reception", "nurse")))
