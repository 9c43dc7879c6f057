"""How calls by voice are said, and what whoever takes charge reads."""

from __future__ import annotations

import json

from bot.screens.renderer import Renderer
from flows.commands.facility import PutRegistry, RegistryRow
from flows.commands.people import AnswerStep, TellPresence
from flows.messages.calling import VoiceCallWanted
from flows.messages.message import Message
from flows.messages.steps import StepDone
from flows.record.journal import FACILITY, Owed
from tests.clinic import Clinic


def number(clinic: Clinic, who: str, telephone: str) -> None:
    """Enter somebody's number."""
    before = clinic.home.journal.registry("member")[clinic.id(who)]
    after = json.dumps(json.loads(before) | {"telephone": telephone}, ensure_ascii=False)
    clinic.orders(PutRegistry(FACILITY, (RegistryRow("member", clinic.id(who), after, before),)))


def screen(clinic: Clinic, message: Message) -> str:
    """Give a message as the nurse would see it now."""
    owed = Owed("", message, clinic.run().id)
    return Renderer(clinic.engine).render(owed, clinic.id("nurse"), clinic.clock.now()).text


async def test_the_call_is_ready_to_dial(clinic: Clinic) -> None:
    """The nurse, who is there, reads whom to call, what to say and the number; the next one's, which nobody knows, is missing."""
    number(clinic, "director", "090-1234-5670")
    await clinic.incident()
    asked = await clinic.says("nurse", "院内にいます")

    assert "📞 先に、この電話をお願いします。\n高橋さん（院長）に電話してください。" in asked
    assert "📞 090-1234-5670" in asked
    following = await clinic.says("nurse", "出ない")
    first, second = clinic.run().voice_calls
    assert "高橋さん（院長）は出ない" in screen(clinic, VoiceCallWanted(first))
    assert "田中さん（代行者）に電話してください" in following
    assert "番号は登録されていません" in following
    await clinic.says("nurse", "話せた")
    assert "鈴木さん（看護師）から「08:50 に電話で話した」" in clinic.of("deputy")[-1]
    assert "対応の責任者になる]" in clinic.of("deputy")[-1]
    await clinic.says("deputy", "対応の責任者になる")
    assert "話せた" in screen(clinic, VoiceCallWanted(second))


async def test_in_a_drill_nobody_dials(clinic: Clinic) -> None:
    """It says that the call is pretended."""
    number(clinic, "director", "090-1234-5670")
    run = await clinic.drill()
    clinic.orders(TellPresence(run.id, "here"), "nurse")
    await clinic.stage.settle()

    assert "（訓練：かけるまねだけ。実際にはかけません）" in clinic.read("nurse")


async def test_who_takes_charge_reads_three_lines(clinic: Clinic) -> None:
    """What is done, what is not, by name, and the next call."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    read = next(text for text in clinic.of("director") if "あなたが対応の責任者です" in text)

    assert "できたこと: まだありません" in read
    assert "まだのこと: LANの線を抜く" in read
    assert "次の電話:" in read


async def test_who_reported_reads_that_they_run_the_scene(clinic: Clinic) -> None:
    """And all the others read it in the alarm."""
    await clinic.incident()

    assert "責任者が決まるまで、あなたが現場の進行役です。" in clinic.read("reception")
    assert "現場の進行役: 佐藤さん（受付）" in clinic.read("nurse")


async def test_a_step_goes_to_somebody_else(clinic: Clinic) -> None:
    """Who runs the scene asks on the board which step, then whom; the deputy has it, the others read who runs the scene."""
    await clinic.incident()
    await clinic.says("reception", "/status")
    await clinic.says("reception", "だれかに頼む")
    which = await clinic.says("reception", "1")
    assert "だれにお願いしますか？" in which
    await clinic.says("reception", "田中さん")
    assert "電子カルテの会社に電話し" in clinic.of("deputy")[-1]


async def test_the_last_answer_is_taken_back(clinic: Clinic) -> None:
    """What was done by hand stays done: only the record goes back, and it says not to plug the lead in again."""
    await clinic.incident()
    await clinic.says("deputy", "院内にいます")
    shown = clinic.run().open_step_of(clinic.id("deputy"))
    assert shown is not None
    assert clinic.run().step(shown).hands
    clinic.orders(AnswerStep(clinic.run().id, shown.turn, "done"), "deputy")
    owed = Owed("", StepDone(shown.turn), clinic.run().id)
    mark = Renderer(clinic.engine).render(owed, clinic.id("deputy"), clinic.clock.now())
    assert [b.label for row in mark.rows for b in row] == ["戻す"]
    said = await clinic.says("deputy", "今のなし、押しまちがえました")
    assert "最後の答えは、これです。" in said
    assert "抜いた線は差さないでください" in await clinic.says("deputy", "戻す")


async def test_charge_is_handed_over(clinic: Clinic) -> None:
    """The director asks the deputy on the board; the deputy reads three lines and accepts with one tap."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    await clinic.says("director", "責任者を代わってもらう")
    assert "引き受けるまでは、あなたが責任者です。" in await clinic.says("director", "田中さん")
    assert "次の電話" in clinic.of("deputy")[-1]
    await clinic.says("deputy", "対応の責任者になる")
    assert clinic.run().commander == clinic.id("deputy")


async def test_the_card_after_a_quarter_of_an_hour(clinic: Clinic) -> None:
    """Ten lines at most, the same each time, with what to do about what is not done; the others read one."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    await clinic.passes(15)
    card = next(text for text in clinic.of("director") if "15分たちました" in text)
    text = card.split("\n[")[0]

    assert len(text.splitlines()) <= 11
    for line in (
        "責任者: 高橋さん（院長）",
        "機械の線: まだ",
        "バックアップ: まだ",
        "外の線: まだ",
        "危険: 知らせはありません",
        "次の電話: ",
    ):
        assert line in text
    assert "頼む: " in card
    assert "🕒 15分。責任者は 高橋さん（院長）です。" in clinic.read("reception")


async def test_papers_are_not_on_the_board_in_the_first_hour(clinic: Clinic) -> None:
    """Whoever leads reads of reports when the first hour is over."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    assert "速報" not in await clinic.says("director", "/status")
    await clinic.passes(61)
    assert "速報" in await clinic.says("director", "/status")
