"""The upkeep desk: each matter is settled by a tap or a short text, and nobody overwrites what they haven't seen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.desks.upkeep import LONGEST, minutes_in
from bot.home import Home
from bot.screens.buttons import MOST_BYTES, data_of
from bot.screens.house.due import DueMatter, mark_of, matter
from bot.screens.requests.upkeep import SettleMatter, ShowMatter, ShowNumber, StandIn, TickEnd, WayToSettle
from contacts.model import Contact, Contract, Equipment, System
from contacts.readiness.freshness import reminders
from contacts.readiness.questions import END_STEPS
from contacts.registry import SHAPES
from flows.commands.facility import ChangeMember, PutRegistry, RegistryRow
from flows.commands.people import CallOff
from flows.commands.upkeep import GiveTask, OpenTask
from flows.record.journal import FACILITY
from flows.refusals import Refused
from playbooks.texts import Data
from tests.clinic import Clinic

VENDOR = Contact(
    id="v", kind="vendor", services=("ehr",), name="カルテ社", number="03-3210-0001", verified_on=date(2027, 3, 1)
)
SYSTEM = System(id="s", name="電子カルテ", vendor="v")
CONTRACT = Contract(
    id="k", name="保守契約", vendor="v", systems=("s",), end=date(2026, 6, 30), auto_renewal=True, notice_days=30
)
"""Renews itself: the term of 1 April 2027 ends on 30 June, notice is given until 31 May."""
ENDED = Contract(id="e", name="古い契約", end=date(2027, 3, 1), auto_renewal=False)
ROUTER = Equipment(id="r", name="ルーター", place="受付の引き出し")


def enter(clinic: Clinic, kind: str, row: Data) -> None:
    """Enter a row past the chat."""
    key = str(getattr(row, "id", ""))
    before = clinic.engine.journal.registry(kind).get(key)
    order = PutRegistry(FACILITY, (RegistryRow(kind, key, row.model_dump_json(), before),))
    clinic.orders(order)


def held(clinic: Clinic, kind: str, key: str) -> Any:
    """Give a row as the registry holds it."""
    return SHAPES[kind].model_validate_json(clinic.engine.journal.registry(kind)[key])


async def opened(clinic: Clinic, subject: str, who: str = "director") -> str:
    """Let somebody open the card of a matter."""
    return await clinic.does(who, button=data_of(ShowMatter(mark_of(subject))))


def due(clinic: Clinic) -> set[str]:
    """Give the subjects of all that is due."""
    context = clinic.engine.context(clinic.clock.now(), "")
    return {r.subject for r in reminders(context.roster, context.today)}


async def test_a_vendor_is_asked_once_a_year(clinic: Clinic) -> None:
    """The questions to read out, then the answer in a few words: kept with today's date, and the matter is settled."""
    enter(clinic, "contact", VENDOR)
    card = await opened(clinic, "vendor_questionnaire:v")
    assert "カルテ社 ご担当者様" in card
    assert "遠隔保守" in card
    assert "短くまとめて" in await clinic.says("director", "回答をもらった")

    assert "ありがとうございます" in await clinic.says("director", "平日は2時間で来てくれる")
    kept = held(clinic, "contact", "v")
    assert (kept.emergency_help, kept.asked_on) == ("平日は2時間で来てくれる", date(2027, 4, 1))
    assert kept.verified_on == VENDOR.verified_on
    assert "vendor_questionnaire:v" not in due(clinic)


async def test_an_answer_that_sounds_like_an_incident(clinic: Clinic) -> None:
    """The bot asks which it is: an answer is kept as one, and a report is never swallowed by a form."""
    enter(clinic, "contact", VENDOR)
    for choice in ("いま起きている（報告）", "回答です"):
        await opened(clinic, "vendor_questionnaire:v")
        await clinic.says("director", "回答をもらった")
        assert "いま起きていることですか" in await clinic.says("director", "電子カルテが動かないときは2時間で来院")
        await clinic.says("director", choice)
        if choice.startswith("いま"):
            clinic.orders(CallOff(clinic.run().id, "まちがい"))
            await clinic.stage.settle()

    assert held(clinic, "contact", "v").emergency_help == "電子カルテが動かないときは2時間で来院"
    assert len(clinic.engine.runs()) == 1


async def test_everybody_reads_a_task_in_their_own_language(clinic: Clinic) -> None:
    """The journal keeps what is to be done by key: opened by an English reader, it is Japanese to a Japanese one."""
    enter(clinic, "contact", VENDOR)
    clinic.orders(ChangeMember(FACILITY, clinic.id("director"), {"language": "en"}))
    await opened(clinic, "vendor_questionnaire:v")
    await clinic.says("director", "Not yet")
    (task,) = clinic.engine.house.open_tasks()
    assert task.about == {"todo": "ask", "name": "カルテ社", "matter": "vendor_questionnaire:v"}

    assert "ask カルテ社 what they do in an emergency" in await clinic.says("director", "/tasks")
    clinic.orders(GiveTask(FACILITY, task.id, clinic.id("nurse")))
    assert "カルテ社に、非常時の対応を聞く" in await clinic.says("nurse", "/tasks")


async def test_a_task_of_an_older_entry_keeps_its_words(clinic: Clinic) -> None:
    """It was written in the language of whoever tapped, and is shown so to everybody."""
    older = OpenTask(FACILITY, "renewal", {"text": "新しい終了日を登録する / enter the new end"}, clinic.id("nurse"))
    clinic.orders(older)

    assert "新しい終了日を登録する / enter the new end" in await clinic.says("nurse", "/tasks")


async def test_not_yet(clinic: Clinic) -> None:
    """「まだ」 opens one task, however often; it is done by itself once the answer is there."""
    enter(clinic, "contact", VENDOR)
    for _ in range(2):
        await opened(clinic, "vendor_questionnaire:v")
        assert "用事として残しました" in await clinic.says("director", "まだ")
    (task,) = clinic.engine.house.open_tasks()
    assert (task.owner, task.about["matter"]) == (clinic.id("director"), "vendor_questionnaire:v")

    await opened(clinic, "vendor_questionnaire:v")
    await clinic.says("director", "回答をもらった")
    await clinic.says("director", "電話で対応")
    assert list(clinic.engine.house.open_tasks()) == []


async def test_a_contract_goes_on(clinic: Clinic) -> None:
    """One tap: checked for the term that runs now; the card said who, what, and what to look at."""
    enter(clinic, "contact", VENDOR)
    enter(clinic, "system", SYSTEM)
    enter(clinic, "contract", CONTRACT)
    card = await opened(clinic, "renewal:k")
    for words in ("システム会社: カルテ社", "対象: 電子カルテ", "非常時の取り決め: 未登録", "料金は変わりませんか"):
        assert words in card
    await clinic.says("director", "変わりなし・続ける")

    assert held(clinic, "contract", "k").checked_for == date(2027, 6, 30)
    assert "renewal:k" not in due(clinic)


async def test_what_has_changed_in_a_contract(clinic: Clinic) -> None:
    """Is kept in the notes behind what stands there; too much for them is refused and nothing is lost."""
    enter(clinic, "contract", CONTRACT.model_copy(update={"note": "書庫2段目"}))
    await opened(clinic, "renewal:k")
    await clinic.says("director", "変わった点を書く")
    assert "文字が多すぎます" in await clinic.says("director", "あ" * LONGEST)
    await clinic.says("director", "料金が2万円に")

    kept = held(clinic, "contract", "k")
    assert (kept.note, kept.checked_for) == ("書庫2段目 / 2027-04-01 更新の確認: 料金が2万円に", date(2027, 6, 30))


async def test_ending_a_contract(clinic: Clinic) -> None:
    """A task until the last day of notice; when notice was given, the contract ends with its term."""
    enter(clinic, "contract", CONTRACT)
    await opened(clinic, "renewal:k")
    await clinic.says("director", "やめる（解約を申し出る）")
    (task,) = clinic.engine.house.open_tasks()
    assert task.due == date(2027, 5, 31)
    assert held(clinic, "contract", "k") == CONTRACT

    await opened(clinic, "renewal:k")
    await clinic.says("director", "解約を申し出た")
    kept = held(clinic, "contract", "k")
    assert (kept.auto_renewal, kept.end) == (False, date(2027, 6, 30))
    assert list(clinic.engine.house.open_tasks()) == []


async def test_a_contract_that_does_not_renew_itself(clinic: Clinic) -> None:
    """Going on means a new end to be entered, which is a task; letting it end is one tap."""
    enter(clinic, "contract", CONTRACT.model_copy(update={"auto_renewal": False, "end": date(2027, 6, 30)}))
    await opened(clinic, "renewal:k")
    await clinic.says("director", "変わりなし・続ける")

    (task,) = clinic.engine.house.open_tasks()
    assert (task.what, task.due) == ("renewal", date(2027, 6, 30))


async def test_the_end_of_a_contract(clinic: Clinic) -> None:
    """Item by item, kept over a restart; only when all are ticked the place of the proof is asked for, and is required."""
    enter(clinic, "contract", ENDED)
    card = await opened(clinic, "contract_ended:e")
    assert "[1 ☐ 返却されたデータを受け取った]" in card
    assert "保管場所を書いて終える" not in card
    for step in list(END_STEPS)[:3]:
        await tick(clinic, step)

    again = Home(clinic.home.path)
    kept = Contract.model_validate_json(again.journal.registry("contract")["e"])
    assert kept.end_steps == tuple(END_STEPS)[:3]
    again.close()
    assert "あと3件" in await opened(clinic, "contract_ended:e")
    for step in list(END_STEPS)[3:]:
        await tick(clinic, step)
    await opened(clinic, "contract_ended:e")
    await clinic.says("director", "保管場所を書いて終える")
    await clinic.says("director", "書庫2段目の青い封筒")

    kept = held(clinic, "contract", "e")
    assert (kept.proof, kept.data_returned_on) == ("書庫2段目の青い封筒", date(2027, 4, 1))
    assert "contract_ended:e" not in due(clinic)


async def tick(clinic: Clinic, step: str) -> None:
    """Tap one item of the end of a contract, as the card offers it now."""
    await clinic.does("director", button=ticking(clinic, "contract_ended:e", step))


def ticking(clinic: Clinic, subject: str, step: str) -> str:
    """Give the button that ticks one item of the end of a contract."""
    found = seen(clinic, subject)
    return data_of(TickEnd(found.mark, found.seen, step))


def settle(clinic: Clinic, way: WayToSettle, subject: str) -> str:
    """Give the button of a card as it stands now."""
    found = seen(clinic, subject)
    return data_of(SettleMatter(way, found.mark, found.seen))


def seen(clinic: Clinic, subject: str) -> DueMatter:
    """Give a matter as it stands now."""
    context = clinic.engine.context(clinic.clock.now(), "")
    found = matter(mark_of(subject), context.roster, clinic.engine.journal.registry, context.today)
    assert found is not None
    return found


async def test_no_proof_before_all_is_ticked(clinic: Clinic) -> None:
    """A forged button is refused, and so is an item that nobody offered."""
    enter(clinic, "contract", ENDED)
    head = clinic.home.journal.head().seq

    assert "印を付けて" in await clinic.does("director", button=settle(clinic, "proof", "contract_ended:e"))
    await clinic.does("director", button=ticking(clinic, "contract_ended:e", "nothing"))
    assert clinic.home.journal.head().seq == head


async def test_a_tick_can_be_taken_back(clinic: Clinic) -> None:
    """A second tap on the same item takes it away again."""
    enter(clinic, "contract", ENDED)
    await tick(clinic, "cut")
    assert held(clinic, "contract", "e").end_steps == ("cut",)
    await tick(clinic, "cut")
    assert held(clinic, "contract", "e").end_steps == ()


async def test_equipment(clinic: Clinic) -> None:
    """With its place; what does not work becomes a task, and is checked again on the same card."""
    enter(clinic, "equipment", ROUTER)
    assert "置き場所: 受付の引き出し" in await opened(clinic, "equipment:r")
    await clinic.says("director", "使えなかった")
    assert held(clinic, "equipment", "r").works is False
    assert [t.about["todo"] for t in clinic.engine.house.open_tasks()] == ["mend"]

    await opened(clinic, "equipment:r")
    await clinic.says("director", "点検した・使えた")
    kept = held(clinic, "equipment", "r")
    assert (kept.works, kept.checked_on, kept.checked_by) == (True, date(2027, 4, 1), "高橋")
    assert list(clinic.engine.house.open_tasks()) == []


async def test_a_restore_that_worked(clinic: Clinic) -> None:
    """Kept at once; how long it took is asked for, and may be left."""
    enter(clinic, "system", SYSTEM)
    await opened(clinic, "restore_test:s")
    assert "どれくらいかかりましたか" in await clinic.says("director", "試した・戻せた")
    assert held(clinic, "system", "s").restore_tested_on == date(2027, 4, 1)

    assert "読み取れませんでした" in await clinic.says("director", "けっこう")
    await clinic.says("director", "1時間30分")
    assert held(clinic, "system", "s").restore_minutes == 90


async def test_a_restore_that_failed(clinic: Clinic) -> None:
    """Is no restore: a task is opened, and the day of the last one that worked stays."""
    enter(clinic, "system", SYSTEM)
    await opened(clinic, "restore_test:s")
    await clinic.says("director", "戻せなかった")

    assert held(clinic, "system", "s").restore_tested_on is None
    assert [t.about["matter"] for t in clinic.engine.house.open_tasks()] == ["restore_test:s"]


@pytest.mark.parametrize(
    ("written", "minutes"), [("90", 90), ("９０分", 90), ("2時間", 120), ("1日", 1440), ("45 min", 45)]
)
def test_lengths(written: str, minutes: int) -> None:
    """As people write them."""
    assert minutes_in(written) == minutes


@pytest.mark.parametrize("written", ["", "すぐ", "-5", "123456"])
def test_what_is_no_length(written: str) -> None:
    """Is refused with an example."""
    with pytest.raises(Refused, match="needs_length"):
        minutes_in(written)


async def test_choosing_a_deputy(clinic: Clinic) -> None:
    """One tap on a name; whoever would only close a circle of deputies is not offered."""
    assert "その間の対応が止まってしまいます" in await opened(clinic, "deputy_missing:safety_manager")
    await clinic.says("director", "鈴木さんにする")

    assert "safety_manager" in held(clinic, "member", clinic.id("nurse")).stands_in_for
    assert "deputy_missing:safety_manager" not in due(clinic)


async def test_before_a_long_holiday(clinic: Clinic) -> None:
    """Who is on call, whose hours nobody knows, and the way through the numbers."""
    enter(clinic, "contact", VENDOR)
    clinic.clock.advance(days=18)
    card = await opened(clinic, "long_holiday:golden_week")

    for words in ("当番: ⚠️ 決まっていません", "受付時間がわからない会社: カルテ社", "📞 カルテ社"):
        assert words in card
    shown = await clinic.says("director", "📞 カルテ社")
    assert "03-3210-0001" in shown
    assert "今日確認した" in shown


async def test_what_was_changed_meanwhile(clinic: Clinic) -> None:
    """An old card writes nothing: it is shown anew with a kind word, and the newer entry stays."""
    enter(clinic, "equipment", ROUTER)
    old = settle(clinic, "works", "equipment:r")
    enter(clinic, "equipment", ROUTER.model_copy(update={"place": "金庫"}))
    shown = await clinic.does("director", button=old)

    assert "先に変わっていました" in shown
    assert "金庫" in shown
    assert held(clinic, "equipment", "r").works is None


async def test_a_text_for_a_card_that_changed(clinic: Clinic) -> None:
    """Does not overwrite either; the card comes again and the next text is an ordinary one."""
    enter(clinic, "contact", VENDOR)
    await opened(clinic, "vendor_questionnaire:v")
    await clinic.says("director", "回答をもらった")
    enter(clinic, "contact", VENDOR.model_copy(update={"emergency_help": "夜も来る"}))

    assert "先に変わっていました" in await clinic.says("director", "昼だけ")
    assert held(clinic, "contact", "v").emergency_help == "夜も来る"
    assert clinic.id("director") not in clinic.engine.house.waiting_for


async def test_what_is_settled_already(clinic: Clinic) -> None:
    """Is said to be, on any old button."""
    enter(clinic, "equipment", ROUTER)
    old = settle(clinic, "works", "equipment:r")
    await clinic.does("director", button=old)

    assert "ありがとうございます" in await clinic.does("director", button=old)
    assert "ありがとうございます" in await opened(clinic, "equipment:r")


@pytest.mark.parametrize("who", ["reception", "nurse"])
async def test_only_those_who_keep_the_registry(clinic: Clinic, who: str) -> None:
    """A forged button of anybody else is refused, and nothing has changed."""
    enter(clinic, "equipment", ROUTER)
    head = clinic.home.journal.head().seq
    missing = mark_of("deputy_missing:safety_manager")
    asked = ShowMatter(mark_of("equipment:r")), ShowNumber("x"), StandIn(missing, clinic.id("nurse"))

    for button in (settle(clinic, "works", "equipment:r"), *map(data_of, asked)):
        assert "だけができます" in await clinic.does(who, button=button)
    assert clinic.home.journal.head().seq == head


@pytest.mark.parametrize("words", ["matter", "settle", "settle|x|y|z", "stand|x", "number", "settle|works"])
async def test_what_no_card_offers(clinic: Clinic, words: str) -> None:
    """Is refused politely."""
    assert "もう終わっています" in await clinic.does("director", button=f"menu|{words}")


def test_every_button_fits(clinic: Clinic) -> None:
    """However long an id is."""
    longest = max(END_STEPS, key=len)
    enter(clinic, "contract", ENDED.model_copy(update={"id": "x" * 60}))

    assert len(ticking(clinic, f"contract_ended:{'x' * 60}", longest).encode()) <= MOST_BYTES
