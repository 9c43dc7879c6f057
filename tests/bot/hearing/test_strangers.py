"""People nobody knows are answered politely, told nothing, and can't flood anybody."""

from __future__ import annotations

import pytest

from bot.hearing.strangers import ALL_ANSWERS, ANSWERS, CODES
from bot.invitations import Invitation
from flows.commands.facility import Suspend
from flows.powers import CONSOLE
from tests.bot.test_invitations import invite
from tests.clinic import Clinic


async def write(clinic: Clinic, text: str, address: str = "x9") -> list[str]:
    """Let a stranger write; gives all they have been shown so far."""
    await clinic.does(address, text=text)
    return clinic.of(address)


async def test_a_stranger_learns_nothing(clinic: Clinic) -> None:
    """One sentence, without the facility's name or anybody's; the journal doesn't grow and keeps no word of it."""
    await clinic.incident()
    head = clinic.home.journal.head().seq
    (said,) = await write(clinic, "そちらの電子カルテ、止まっていますか")

    assert "関係者専用" in said
    assert not any(word in said for word in ("あかり", "高橋", "佐藤", "ランサム"))
    assert clinic.home.journal.head().seq == head


async def test_a_stranger_is_not_answered_for_ever(clinic: Clinic) -> None:
    """Three answers an hour, then silence; after the hour they are answered again. Others are not held up."""
    for _ in range(10):
        await write(clinic, "もしもし")
    assert len(clinic.of("x9")) == ANSWERS

    assert len(await write(clinic, "もしもし", "x10")) == 1
    clinic.clock.advance(hours=1)
    assert len(await write(clinic, "もしもし")) == ANSWERS + 1


async def test_a_flood_of_strangers_is_bounded(clinic: Clinic) -> None:
    """A hundred addresses get sixty answers in an hour together."""
    for n in range(100):
        await clinic.stage.lamp.hear(clinic.act(f"x{n}", text="hello"))

    assert len([d for d in clinic.book.unsent() if d.owed.name == "stranger"]) == 60


async def test_a_tap_of_a_stranger_is_answered(clinic: Clinic) -> None:
    """Its spinner ends, whatever was tapped; nothing happens."""
    run = await clinic.incident()
    await clinic.does("x9", button=f"ack|{run.id}")

    assert any(text.startswith("(こちらは関係者専用") for text in clinic.of("x9"))
    assert "x9" not in clinic.run(run.id).acknowledged


async def test_a_good_code_enrols(clinic: Clinic) -> None:
    """The newcomer is welcomed by name, facility and role."""
    code = invite(clinic).code
    (said,) = await write(clinic, f"/start {code}")

    assert said.startswith("山田さん、登録できました（あかり診療所（架空）・看護師）。")


@pytest.mark.parametrize(
    "line",
    [
        "/start　{code}",
        "/start  {lower} ",
        "/start\n{code}",
        "／start {code}",
        "/Start {code}",
        "start {code}",
        "{lower}",
    ],
)
async def test_a_code_typed_as_people_type(clinic: Clinic, line: str) -> None:
    """A full-width space or slash, a new line, small letters, no slash, the code alone: all the same."""
    code = invite(clinic).code
    (said,) = await write(clinic, line.format(code=code, lower=code.lower()))

    assert "登録できました" in said


async def test_bad_codes_are_told_apart_only_as_far_as_it_helps(clinic: Clinic) -> None:
    """Unknown, used and expired each get one sentence with what to do."""
    code, late = invite(clinic).code, invite(clinic, "遅い人").code
    await write(clinic, f"/start {code}", "x1")

    assert "このコードは使えません" in (await write(clinic, "/start ABCDEFGHJKLM", "x2"))[-1]
    assert "もう使われています" in (await write(clinic, f"/start {code}", "x3"))[-1]
    clinic.clock.advance(days=8)
    assert "期限が切れています" in (await write(clinic, f"/start {late}", "x4"))[-1]


async def test_codes_can_not_be_guessed(clinic: Clinic) -> None:
    """Five tries an hour from one address; the sixth isn't even looked at, not even if it is right."""
    code = invite(clinic).code
    for n in range(5):
        await write(clinic, f"/start WRONG{n}")
    said = await write(clinic, f"/start {code}")

    assert CODES == len(said) == 5
    assert "登録できました" not in said[-1]
    clinic.clock.advance(hours=1)
    assert "登録できました" in (await write(clinic, f"/start {code}"))[-1]


async def test_a_suspended_phone_is_a_stranger(clinic: Clinic) -> None:
    """Whoever found it can do nothing with it, not even with its old buttons."""
    run = await clinic.incident()
    clinic.orders(Suspend("facility", clinic.id("nurse")))
    await clinic.does("nurse", button=f"ack|{run.id}")
    await clinic.does("nurse", text="何が起きていますか")

    assert clinic.id("nurse") not in clinic.run(run.id).acknowledged
    assert "関係者専用" in clinic.of("nurse")[-1]


async def test_a_member_with_anothers_code(clinic: Clinic) -> None:
    """A phone that belongs to somebody already can't become somebody else's."""
    code = invite(clinic).code
    shown = await clinic.says("nurse", f"/start {code}")

    assert "もう、登録されています" in shown or "もう登録" in shown or "登録されています" in shown
    assert clinic.engine.roster().members[-1].channels == ()


async def test_a_new_phone_takes_the_place_of_the_old(clinic: Clinic) -> None:
    """Invited anew, a member speaks from the new address only."""
    await clinic.says("director", "/people")
    await clinic.says("director", "鈴木")
    await clinic.says("director", "スマホ紛失・停止")
    shown = await clinic.says("director", "招待し直す")
    code = shown.split("/start ")[1].split()[0]
    await write(clinic, f"/start {code}", "new")

    nurse = clinic.engine.roster().member(clinic.id("nurse"))
    assert nurse is not None
    assert (nurse.status, nurse.name) == ("active", "鈴木")
    assert "鈴木さん、登録できました" in clinic.read("new")
    assert "関係者専用" in await clinic.does("nurse", text="こんにちは")


async def test_a_new_phone_is_told_to_the_old_one_and_to_who_decides(clinic: Clinic) -> None:
    """Whoever got hold of a code shuts out nobody in silence: the old phone says so, and the deputy can stop the new one."""
    director = clinic.engine.roster().member(clinic.id("director"))
    assert director is not None
    code = Invitation.make(
        clinic.engine, director, "director", actor=CONSOLE, now=clinic.clock.now(), days=7, cause="again"
    ).code
    await write(clinic, f"/start {code}", "new")

    assert "このスマホにはもう届きません" in clinic.of("director")[-1]
    told = clinic.of("deputy")[-1]
    assert "新しいスマホで登録し直しました" in told
    assert "登録できました" in clinic.read("new")


async def test_a_newer_invitation_makes_the_older_worthless(clinic: Clinic) -> None:
    """Of two that one member was given only the last opens the door."""
    first = invite(clinic).code
    member = clinic.engine.roster().members[-1]
    second = Invitation.make(
        clinic.engine, member, "nurse", actor=CONSOLE, now=clinic.clock.now(), days=7, cause="again"
    ).code

    assert "もう使われています" in (await write(clinic, f"/start {first}", "x1"))[-1]
    assert "登録できました" in (await write(clinic, f"/start {second}", "x2"))[-1]


async def test_wrong_codes_and_groups_are_bounded_together(clinic: Clinic) -> None:
    """However many addresses try, no more than sixty are answered in an hour; a right code is let in all the same."""
    code = invite(clinic).code
    answers = 0
    for n in range(ALL_ANSWERS + 20):
        answers += len(await write(clinic, f"/start WRONGCODE{n:03}", f"flood{n}"))

    assert answers == ALL_ANSWERS
    assert "登録できました" in (await write(clinic, f"/start {code}", "guest"))[-1]
