"""「わからない」 on the screen: the thing itself with its three marks, who comes, and what holds if nobody can."""

from __future__ import annotations

from bot.screens.buttons import data_of
from bot.screens.renderer import Renderer
from bot.screens.scene import Screen
from flows.commands.facility import Suspend
from flows.commands.helping import CallHelp
from flows.commands.people import SettleLine, TellPresence
from flows.commands.photos import KeepPhoto, TakePhoto
from flows.messages.helping import GoThere, HelpWanted, MinuteWanted, StaysUndone
from flows.messages.message import Message
from flows.messages.steps import StepHelp
from flows.powers import CONSOLE
from flows.record.journal import FACILITY, Owed
from flows.state.run import Shown
from playbooks.pictures import drawing, pictures
from tests.clinic import Clinic

CABLE = pictures()["lan_plug"]


LEAD = "unplug_machine"


async def at_the_cable(clinic: Clinic) -> tuple[str, Shown]:
    """Bring reception to the cable that is to be pulled; gives the run and the card on which it is a line."""
    run = (await clinic.incident()).id
    shown = clinic.run(run).open_step_of(clinic.id("reception"))
    assert shown is not None
    assert clinic.run(run).step(shown).lines[LEAD].picture == "lan_plug"
    return run, shown


def screen(clinic: Clinic, run: str, message: Message, who: str) -> Screen:
    """Give a message as somebody would see it now."""
    return Renderer(clinic.engine).render(Owed("", message, run), clinic.id(who), clinic.clock.now())


async def test_from_not_knowing_to_somebody_who_comes(clinic: Clinic) -> None:
    """The cable is shown, somebody is asked to come, the first who taps goes and sees the cable, too; the rest are spared."""
    run, shown = await at_the_cable(clinic)
    said = await clinic.does("reception", button=data_of(SettleLine(run, shown.turn, LEAD, "unsure")))

    assert CABLE.title.ja in said
    assert all(mark in said for mark in CABLE.marks.ja)
    assert "lan_plug.png" in said
    assert "[わからない]" not in said

    again = await clinic.does("reception", button=data_of(SettleLine(run, shown.turn, LEAD, "unsure")))
    assert "lan_plug.png" not in again  # it didn't help the first time
    assert "近くの人に来てもらえます" in again
    assert "人に来てもらう]" in again

    shows = screen(clinic, run, StepHelp(shown.turn, "vendor:network"), "reception").picture
    assert shows is not None
    assert shows() == ("lan_plug.png", drawing("lan_plug"))

    await clinic.says("reception", "人に来てもらう")
    assert "声も出して" in clinic.read("reception")
    assert "[1 行きます]" in clinic.read("nurse")

    await clinic.says("nurse", "行きます")
    assert "が来ます" in clinic.read("reception")
    assert CABLE.marks.ja[0] in clinic.read("nurse")
    (call,) = clinic.run(run).help_calls.values()
    told = screen(clinic, run, HelpWanted(call.turn), "deputy")
    assert ("鈴木" in told.text, told.rows) == (True, ())
    assert screen(clinic, run, GoThere(call.turn), "nurse").picture is not None


async def test_a_minute_of_somebody_with_a_patient(clinic: Clinic) -> None:
    """One line that names the lead, with [行きます]; whoever else was asked reads who goes, and all of them when it is over."""
    run, _ = await at_the_cable(clinic)
    for who in ("reception", "nurse"):
        clinic.orders(TellPresence(run, "with_patient"), who)
    await clinic.passes(4)
    assert f"🙋 1分だけ、「{CABLE.title.ja}」を抜ける方？" in clinic.read("nurse")
    (minute,) = clinic.run(run).minutes.values()

    await clinic.says("nurse", "行きます")
    (minute,) = clinic.run(run).minutes.values()
    told = screen(clinic, run, MinuteWanted(minute.turn), "reception")
    assert ("鈴木" in told.text, told.rows) == (True, ())


async def test_nobody_comes(clinic: Clinic) -> None:
    """The machine stays as it is, with a sign; whoever leads reads which step, and, once the card is through, can say that it was done."""
    run, shown = await at_the_cable(clinic)
    await clinic.does("reception", button=data_of(SettleLine(run, shown.turn, LEAD, "unsure")))
    await clinic.says("reception", "人に来てもらう")
    said = await clinic.says("reception", "さわらずに、先へ進む")

    assert "紙を貼って" in said
    assert "番号" in said
    line = clinic.run(run).step(shown).lines[LEAD]
    answer = clinic.run(run).answered[shown.track, f"{shown.step}/{LEAD}"]
    told = screen(clinic, run, StaysUndone(answer.turn), "director")
    assert "まだできていません" in told.text
    assert line.ask.ja in told.text
    assert told.rows == ()
    for name in clinic.run(run).step(shown).lines:
        if name != LEAD:
            clinic.orders(SettleLine(run, shown.turn, name, "cannot"), "reception")
    told = screen(clinic, run, StaysUndone(answer.turn), "director")
    assert [b.label for row in told.rows for b in row] == ["できました"]

    await clinic.does("director", button=told.rows[0][0].data)
    answer = clinic.run(run).answered[shown.track, f"{shown.step}/{LEAD}"]
    assert screen(clinic, run, StaysUndone(answer.turn), "director").text.startswith(f"✅ {line.ask.ja}")


async def test_a_colleague_who_is_alone_is_not_told_of_others(clinic: Clinic) -> None:
    """With nobody else here, the way on is offered at once, and nobody is called."""
    run, shown = await at_the_cable(clinic)
    for who in ("director", "deputy", "nurse"):
        clinic.orders(Suspend(FACILITY, clinic.id(who)), CONSOLE)
    clinic.orders(SettleLine(run, shown.turn, LEAD, "unsure"), "reception")
    labels = [
        b.label for row in screen(clinic, run, StepHelp(shown.turn, "vendor:network"), "reception").rows for b in row
    ]

    assert "人に来てもらう" not in labels
    assert "さわらずに、先へ進む" in labels


async def test_the_facilitys_own_photo_is_shown(clinic: Clinic) -> None:
    """Where there is one, it goes along instead of the drawing, to whoever asks and to whoever comes."""
    clinic.orders(TakePhoto(FACILITY, "lan_plug", "terminal:1"), "reception")
    (of,) = clinic.engine.house.photos_coming
    clinic.orders(KeepPhoto(FACILITY, of, "ab" * 32), CONSOLE)
    run, shown = await at_the_cable(clinic)
    clinic.orders(SettleLine(run, shown.turn, LEAD, "unsure"), "reception")
    told = screen(clinic, run, StepHelp(shown.turn, "vendor:network"), "reception")

    assert told.photo == "ab" * 32
    assert told.picture is not None


async def test_help_for_a_card_of_which_no_line_is_open(clinic: Clinic) -> None:
    """Whoever calls somebody to a card as a whole reads that the others know; the message could not be said at all."""
    run = await clinic.incident()
    shown = run.open_step_of(clinic.id("reception"))
    assert shown is not None
    assert (bool(run.step(shown).lines), shown.line) == (True, "")
    told = await clinic.does("reception", button=f"{data_of(CallHelp(run.id, shown.turn))}")

    assert "院内の方に知らせました" in told
    assert [d for d in clinic.book.of_run(run.id) if d.state == "failed"] == []
