"""What the ledger holds stands beside the step that needs it; of what nobody entered nothing is said."""

from __future__ import annotations

import pytest

from bot.screens.known import known
from bot.screens.ledger import agreed
from bot.screens.renderer import Renderer
from flows.messages.calling import DowntimeNear
from flows.messages.steps import StepOpen
from flows.record.journal import FACILITY, Owed
from playbooks.model import Step
from tests.clinic import Clinic
from tests.ledger import enter


def beside(clinic: Clinic, step: Step, run: str = FACILITY, *, whole: bool = False) -> list[str]:
    """Give what reception reads beside a step, what is agreed with whom it calls among it."""
    reader = clinic.id("reception")
    scene = Renderer(clinic.engine).scene(Owed(reader, StepOpen(1), run), reader, clinic.clock.now())
    return [said.unescape() for said in (*known(scene, step, whole=whole), *agreed(scene, step))]


STEPS = {
    ("patients_and_paper", "desk", "paper_kit"): ["🔁 電子カルテの代わり: 紙カルテ（青い箱）"],
    ("finding_out", "what_stopped", "hosting"): ["📋 登録: 電子カルテは「施設内」"],
    ("finding_out", "stop_systems", ""): [
        "⏱ 電子カルテ: 止まってよいのは4時間（13:20まで）。代わり: 紙カルテ（青い箱）"
    ],
    ("recovery", "before_restore", "backup_checked"): ["💾 電子カルテのバックアップ: 金庫のディスク"],
    ("recovery", "before_restore", "restore_order"): ["📋 登録の順: 1 院内の線 → 2 電子カルテ"],
    ("repair", "first_calls", "ehr"): [
        "🤝 非常時にしてくれること: 2時間で来院",
        "📄 契約「カルテ保守」: 第8条: 2時間で着手",
        "📄 知らせる取り決め（カルテ保守）: 第9条: すぐに電話",
        "👤 非常時の分担: 電子カルテの復旧は両方（当施設が頼む）",
    ],
}


async def test_beside_each_step_of_an_outage(clinic: Clinic) -> None:
    """Nothing while nobody entered it; then what replaces it, until when, where its copies are, and who answers for what."""
    await clinic.passes(30)
    run = await clinic.incident("ehr_outage")
    assert run.playbook is not None
    cards = {place: run.playbook.tracks[place[0]].steps[place[1]] for place in STEPS}
    steps = {place: card.lines[place[2]] if place[2] else card for place, card in cards.items()}
    assert {place: beside(clinic, step, run.id) for place, step in steps.items()} == {place: [] for place in STEPS}
    enter(clinic)

    assert {place: beside(clinic, step, run.id) for place, step in steps.items()} == STEPS


@pytest.mark.parametrize(
    ("over", "says"),
    [((), "⏱ <b>止まってよい時間が、もうすぐ終わります"), (("charts",), "⏰ <b>止まってよい時間を過ぎました")],
)
async def test_the_reminder_names_what_to_do_instead_and_whom_to_ask(
    clinic: Clinic, over: tuple[str, ...], says: str
) -> None:
    """System, time and substitute, and the number to dial; of a system taken out meanwhile nothing."""
    enter(clinic)
    run = await clinic.incident("ehr_outage")
    director = clinic.id("director")
    near = DowntimeNear(("gone",) if over else ("charts", "gone"), over)
    screen = Renderer(clinic.engine).render(Owed(director, near, run.id), director, clinic.clock.now())

    assert says in screen.text
    assert "・電子カルテ: 4時間（12:50まで）。代わり: 紙カルテ（青い箱）" in screen.text
    assert "カルテ&lt;社&gt;" in screen.text
    assert screen.contact == ("カルテ<社>", "+81312345678")
