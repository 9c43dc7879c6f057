"""How a promise is said: taken, missed, settled, and the card for the call again."""

from __future__ import annotations

import pytest

from bot.screens.renderer import Renderer
from bot.screens.runs.promise import promise_line, promised_until, reference_of, to_call_again, whose
from bot.screens.scene import Scene
from contacts.model import Contact
from flows.commands.facility import ChangeMember
from flows.commands.people import AnswerStep, Claim, Report, TakeCommand, Write
from flows.commands.promising import AskPromisedTime, KeepPromise
from flows.messages.message import message_of
from flows.record.journal import FACILITY, Owed
from flows.state.run import Promise, Run
from playbooks.texts import LANGUAGES, Language
from tests.clinic import Clinic
from tests.flows.clinic import entering

VENDOR = Contact(
    id="v",
    kind="vendor",
    services=("ehr", "network", "receipt"),
    name="カルテ<社>",
    number="03-1234-5678",
    night_number="090-1234-5678",
)


async def promised(clinic: Clinic, text: str = "<山田>さん、9:30までに折り返し", mode: str = "incident") -> Run:
    """Let whoever leads call the vendor in a run and write down what was promised; then the director leads."""
    clinic.orders(entering(VENDOR))
    opened = clinic.orders(Report("", "画面に英語", mode=mode, playbook="ransomware"), "reception").run
    clinic.orders(TakeCommand(opened), "deputy")
    if clinic.run(opened).open_step_of(clinic.id("deputy")) is None:  # it waits for where they are
        clinic.orders(Claim(opened, "vendors"), "deputy")
    shown = clinic.run(opened).open_step_of(clinic.id("deputy"))
    assert shown is not None
    clinic.orders(AnswerStep(opened, shown.turn, "done", {"promised": text, "until": None}), shown.member)
    clinic.orders(AskPromisedTime(opened, the(clinic.run(opened)).turn), "deputy")
    clinic.orders(Write(opened, "9:30"), "deputy")
    clinic.orders(TakeCommand(opened), "director")
    await clinic.stage.settle()
    return clinic.run(opened)


def the(run: Run) -> Promise:
    """Give the one promise."""
    (found,) = run.promises.values()
    return found


def scene(clinic: Clinic, run: Run, who: str) -> Scene:
    """Set up what somebody may look at in a run."""
    return Renderer(clinic.engine).look(clinic.id(who), clinic.clock.now(), run.id)


def said(clinic: Clinic, run: Run, who: str, name: str) -> str:
    """Render a message about the promise."""
    owed = Owed(clinic.id(who), message_of(name, {"turn": the(run).turn}), run.id)
    return Renderer(clinic.engine).render(owed, owed.to, clinic.clock.now()).text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_can_be_said(clinic: Clinic, language: Language) -> None:
    """In both languages; what people wrote stays text, and is not read again where its time was understood."""
    clinic.orders(ChangeMember(FACILITY, clinic.id("deputy"), {"language": language}))
    run = await promised(clinic)
    assert "&lt;山田&gt;" in said(clinic, run, "deputy", "promise_missed")
    taken = said(clinic, run, "deputy", "promise_taken")
    assert "09:30" in taken
    assert "山田" not in taken
    assert "09:30" in said(clinic, run, "deputy", "promise_settled")
    clinic.orders(KeepPromise(run.id, the(run).turn), "deputy")
    assert said(clinic, clinic.run(), "deputy", "promise_settled").startswith("✅ カルテ&lt;社&gt;")


async def test_from_the_reminder_to_a_new_promise(clinic: Clinic) -> None:
    """When the time has passed both hear it; the card for the second call comes with the number for this hour."""
    run = await promised(clinic)
    await clinic.passes(41)
    assert "約束した時刻（09:30）を過ぎました" in clinic.read("deputy")
    assert "電話をした人: 田中さん（代行者）" in clinic.read("director")

    asked = await clinic.does("deputy", button=f"cag|{run.id}|{the(run).turn}")
    assert "カルテ&lt;社&gt;" in asked or "カルテ<社>" in asked
    assert "約束したことを送って" in asked
    assert "10:00" in await clinic.says("deputy", "山田さん、10時に来院")
    await clinic.passes(31)
    assert "2回目です" in clinic.read("director")
    assert "2回目です" not in clinic.read("deputy")
    await clinic.does("director", button=f"kep|{run.id}|{the(run).turn}")
    assert "が 10:" in await clinic.does("deputy", button=f"kep|{run.id}|{the(run).turn}")


async def test_on_the_board(clinic: Clinic) -> None:
    """Whoever decides sees what is waited for, and whether its time has passed."""
    run = await promised(clinic)
    line = promise_line(scene(clinic, run, "director"), the(run))
    assert "カルテ&lt;社&gt;: 09:30 までの約束（田中さん（代行者））" in line
    assert "までの約束" in said(clinic, run, "director", "board")
    assert "までの約束" not in said(clinic, run, "reception", "board")
    clinic.clock.advance(hours=2)
    assert "時刻を過ぎました" in promise_line(scene(clinic, run, "director"), the(run))


async def test_who_promised(clinic: Clinic) -> None:
    """The contact that the step calls, by the name that it has now."""
    run = await promised(clinic)
    here = scene(clinic, run, "deputy")

    assert whose(here, the(run)) == "カルテ<社>"
    assert reference_of(here, the(run)) is not None
    assert promised_until(here, the(run)) == "09:30"
    again = to_call_again(here, the(run).turn)
    assert again is not None
    assert again.native is not None
    assert to_call_again(here, 999) is None


async def test_nobody_is_called_again_in_a_drill(clinic: Clinic) -> None:
    """The card says to pretend, and there is no number to tap."""
    run = await promised(clinic, mode="drill")
    again = to_call_again(scene(clinic, run, "deputy"), the(run).turn)

    assert again is not None
    assert again.native is None


async def test_another_day_is_named(clinic: Clinic) -> None:
    """A promise for tomorrow says so; one without a time says none."""
    run = await promised(clinic)
    here = scene(clinic, run, "director")
    assert promised_until(here, the(run)) == "09:30"
    clinic.clock.advance(days=-1)

    assert promised_until(scene(clinic, run, "director"), the(run)) == "04/01 09:30"
