"""A board shows who can be reached, also when that changes between two steps of a run."""

from __future__ import annotations

from bot.screens.boards import boards_now
from tests.clinic import Clinic


async def test_each_follower_of_each_open_run_gets_an_edit(clinic: Clinic) -> None:
    """Those who have a board have it renewed silently; whoever has none gets none."""
    assert boards_now(clinic.engine, clinic.clock.now()) == []
    run = await clinic.incident()
    await clinic.says("nurse", "確認しました")

    owed = boards_now(clinic.engine, clinic.clock.now())
    assert [(o.to, o.run, o.edits, o.silent) for o in owed] == [
        (clinic.id(who), run.id, True, True) for who in ("reception", "nurse")
    ]


async def test_somebody_who_leaves_is_named_at_once(clinic: Clinic) -> None:
    """A blocked bot shows on the boards of the others, and so does the return."""
    run = await clinic.incident()
    board = f"board:{run.id}"

    def text_owed() -> str:
        last = clinic.book.last_delivered("terminal:m3", board)
        assert last is not None
        return clinic.stage.lamp.outbox._renderer.render(last.owed, clinic.id("reception"), clinic.clock.now()).text

    count = len(clinic.book.of_run(run.id))
    await clinic.does("nurse", left=True)
    assert "📵 連絡がつきません: 鈴木さん" in text_owed()
    assert len(clinic.book.of_run(run.id)) > count

    count = len(clinic.book.of_run(run.id))
    await clinic.says("nurse", "/help")
    assert "📵" not in text_owed()
    assert len(clinic.book.of_run(run.id)) > count
