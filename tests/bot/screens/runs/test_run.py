"""The messages of a run as people read them: alarm, command, notes, decisions, board."""

from __future__ import annotations

from bot.screens.renderer import Renderer
from flows.commands.facility import ChangeMember
from flows.commands.people import CallOff, Decide
from flows.messages.calling import WhereWeStand
from flows.record.journal import FACILITY, Owed
from tests.clinic import Clinic


def board(clinic: Clinic, reader: str = "director") -> str:
    """Give the newest run's board as somebody sees it now, buttons below."""
    screen = Renderer(clinic.engine).render(
        Owed("", WhereWeStand(), clinic.run().id), clinic.id(reader), clinic.clock.now()
    )
    return screen.text + "\n" + " ".join(f"[{b.label}]" for row in screen.rows for b in row)


async def test_the_alarm(clinic: Clinic) -> None:
    """Who reported what and when, what to do now before all else, and where one is; who may decide has a button for that."""
    await clinic.incident()
    alarm = clinic.of("nurse")[0]

    assert alarm.startswith(
        "🚨 ランサムウェア・不正な侵入の疑い\n患者さんが先。パソコンにさわらない・電源を切らない。続きは紙。\n佐藤"
    )
    assert alarm.endswith("[1 院内にいます]  [2 患者さん対応中]  [3 外にいます]")
    assert clinic.of("director")[0].endswith("[3 外にいます]  [4 対応の責任者になる]")
    assert clinic.of("deputy")[0].endswith("[3 外にいます]  [4 対応の責任者になる]")


async def test_a_text_of_four_thousand_signs_in_the_alarm(clinic: Clinic) -> None:
    """Is cut there, so that the alarm fits on a screen; the journal has all of it."""
    await clinic.says("reception", "電子カルテが動かない、画面に英語" + "あ" * 3900)
    await clinic.says("reception", "1")

    assert len(clinic.of("nurse")[0]) < 600
    assert len(clinic.run().text) > 3900


async def test_the_silent_are_called_again(clinic: Clinic) -> None:
    """The second call says that it is one, and repeats the alarm."""
    await clinic.incident()
    clinic.seen.clear()
    await clinic.passes(5)

    assert clinic.of("nurse")[0].startswith("🔁 もう一度お知らせします。")
    assert "🚨" in clinic.of("nurse")[0]


async def test_the_board_at_a_glance(clinic: Clinic) -> None:
    """Who decides, how each track stands, who knows, who is silent, what comes next, and the legal moves."""
    await clinic.incident()
    early = board(clinic)
    assert "対応の責任者: 高橋さん（院長）に依頼中" in early
    assert "確認 1／4人" in early
    assert "返事待ち: 高橋さん" in early
    assert "▶️ " in early
    assert "佐藤さん（受付）（08:50から）" in early

    await clinic.says("nurse", "院内にいます")
    await clinic.passes(20)
    late = board(clinic)
    assert "対応の責任者: まだいません" in late
    assert "⚠️ 応答なし: 高橋さん（院長）、田中さん（代行者）" in late
    assert "[高橋さんに口頭で伝えた]" in board(clinic, "nurse")


async def test_the_board_of_those_who_work(clinic: Clinic) -> None:
    """Reception and the nurse read who leads and who is there: no tracks, no counts, no duties, and no step that stands on its own."""
    await clinic.incident()
    await clinic.says("nurse", "院内にいます")
    own = board(clinic, "reception")

    assert "高橋さんに依頼中\n現場の進行役: あなた\n院内にいる: 鈴木さん\n[院内にいます]" in own
    assert not [word for word in ("0／", "速報", "確認 ", "次の確認", "お願いします") if word in own]
    clinic.clock.advance(minutes=60)
    assert "速報: 要否を確認中" in board(clinic)


async def test_who_can_not_be_reached_is_named_apart(clinic: Clinic) -> None:
    """Not as silent: they never got the call; a colleague can tell them."""
    await clinic.incident()
    await clinic.does("nurse", left=True)

    assert "📵 連絡がつきません: 鈴木さん（看護師）" in board(clinic)
    assert "[鈴木さんに口頭で伝えた]" in board(clinic)


async def test_the_deputy_steps_in_and_the_director_returns(clinic: Clinic) -> None:
    """Each gets where things stand; everybody is told who decides now."""
    await clinic.incident()
    await clinic.says("nurse", "院内にいます")
    await clinic.passes(3)
    assert "代わりに判断をお願いします。" in clinic.read("deputy")
    shown = await clinic.says("deputy", "対応の責任者になる")
    assert "あなたが対応の責任者です。" in shown
    assert "田中さん（代行者）が対応の責任者になりました。" in clinic.read("nurse")

    shown = await clinic.says("director", "院内にいます")
    assert "おかえりなさい。いまの状況です。" in shown
    assert "対応の責任者: 田中さん（代行者）" in shown
    assert "[1 責任者に戻る]" in shown
    assert shown.count("対応の責任者: 田中さん（代行者）") == 1  # the board would say it a second time
    await clinic.says("director", "責任者に戻る")
    assert clinic.run().commander == clinic.id("director")


async def test_anybody_may_take_command_when_the_chain_is_silent(clinic: Clinic) -> None:
    """What the director decides is then marked, and the director is asked to stand behind it, or not."""
    run = await clinic.incident()
    await clinic.passes(20)
    assert "どなたか、対応の責任者になってください" in clinic.read("nurse")
    shown = await clinic.says("nurse", "対応の責任者になる")
    assert "承認待ち" in shown
    clinic.orders(Decide(run.id, "stop_systems", reason="広がりを<止める>"), "nurse")
    await clinic.stage.settle()
    assert "（院長の承認待ち）" in clinic.read("nurse")
    assert "理由: 広がりを<止める>" in clinic.of("nurse")[-1] or "理由: 広がりを<止める>" in clinic.read("nurse")
    assert "⚖️ 承認待ち 1件" in board(clinic)

    shown = await clinic.says("director", "承認しない")
    assert "承認しない理由を" in shown
    await clinic.says("director", "外来が止まるため")
    assert "高橋さん（院長）は承認しませんでした" in clinic.read("reception")
    assert "⚖️" not in board(clinic)


async def test_a_note_and_its_time(clinic: Clinic) -> None:
    """Echoed with the time it is filed under; it can be shared with everybody, and its time put right."""
    await clinic.incident()
    clinic.clock.advance(hours=1)
    shown = await clinic.says("nurse", "9:10 ベンダーに電話した")
    assert "📝 04/01 09:10 のこととして記録しました。\n[1 全員に知らせる]  [2 時刻を直す]" in shown

    await clinic.says("nurse", "全員に知らせる")
    assert "📣 鈴木さん（看護師）から（09:10）\n9:10 ベンダーに電話した" in clinic.read("director")
    assert "正しい時刻を送ってください" in await clinic.says("nurse", "時刻を直す")
    assert "訂正を記録しました" in await clinic.says("nurse", "9時5分")


async def test_what_an_english_reader_sees(clinic: Clinic) -> None:
    """The whole board in their language, names and all."""
    clinic.orders(ChangeMember(FACILITY, clinic.id("nurse"), {"language": "en"}), "nurse")
    await clinic.incident()
    text = board(clinic, "nurse")

    assert "In charge: " in text
    assert "確認" not in text
    assert "責任者" not in text


async def test_after_the_end_the_board_says_so(clinic: Clinic) -> None:
    """With how it ended, and what can still be done: write later, and for those who decide, reopen."""
    run = await clinic.incident()
    clinic.orders(CallOff(run.id, "まちがい", "vendor"), "director")

    assert "（誤報）" in board(clinic)
    assert "[書き加える]" in board(clinic)
    assert "[もう一度始める]" not in board(clinic, "reception")
    assert "[もう一度始める]" in board(clinic, "director")


async def test_a_time_of_yesterday_says_so(clinic: Clinic) -> None:
    """The echo names the day: 「昨日の9:10」 was yesterday, and at ten to nine a bare 「9:10」 is still to come."""
    await clinic.incident()
    await clinic.says("nurse", "院内にいます")

    assert "03/31 09:10 のこととして" in await clinic.says("nurse", "昨日の9:10 ベンダーに電話した")
    assert "「9:10」はこれから" in await clinic.says("nurse", "9:10 ベンダーに電話した")
    assert "📝 04/01 08:30 のこととして" in await clinic.says("nurse", "8:30 紙を配った")
