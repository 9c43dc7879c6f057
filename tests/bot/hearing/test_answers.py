"""Who was asked for words gives words: they are the answer, and nobody asks back; what asks or can't is heard all the same."""

from __future__ import annotations

import pytest

from bot.hearing.in_run.listening import Wish, is_pressing
from flows.commands.people import OpenLine
from flows.messages.notes import PleaRaised
from flows.state.run import Shown
from playbooks.phrasing import LANGUAGES, ROOT, Language, read
from playbooks.wants.hearing import heard_in
from tests.bot.screens.runs.test_step import until
from tests.clinic import Clinic

ASKED_BACK = "これは、どちらですか"

WRITTEN = (
    "VPN装置の古い版の弱点から入られた（会社の説明）",
    "職員がメールの添付を開いたことが原因と思われる",
    "電源装置の故障。交換した",
    "宛先の番号を1つ押し間違えた",
    "パスワードを全員分変え、二段階認証にする",
    "来月から、送る前に2人で番号を読み合わせる",
    "バックアップのディスクは、夜は外しておく",
    "受付の機械に赤い画面が出ていたので、さわらずに線を抜いた",
    "会社の佐々木さんが、記録を保存してくれた",
    "警察の担当の方に、画面の写真を見せた",
    "玄関の棚の上。昨日の夜までは、あった",
    "人の作業の間違い。二人で見る決まりがなかった",
    "An old version of the VPN device let them in, the vendor says",
    "Somebody opened an attachment",
    "The fax number was mistyped by one digit",
    "From next month two people read the number to each other",
    "We keep the backup disk unplugged at night",
    "Last seen on the shelf by the front door",
)
"""What people write where a cause, traces, a measure or what they saw is asked for, beside what those of a play do."""

PLEAS = (
    "院長の電話番号を教えてください",
    "カルテの会社の番号は？",
    "だれか代わってください",
    "次は何をすればいいですか",
    "電源切っていい？",
    "再起動してみます",
    "手が離せません",
    "さっきの取り消したい",
    "だれも電話に出ません",
    "what's the director's number?",
    "can somebody take over please",
    "should I restart it?",
)
"""What is no answer to anything that a step asks."""


def wish(text: str) -> Wish:
    """Give what a text wants, by itself."""
    return Wish(tuple(heard_in(text)))


def played(language: Language) -> list[str]:
    """Give all that the people of a play write, in a language."""
    return list(read(ROOT / "bot" / "phrases" / language / "played.yaml").values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_of_a_play_write_is_taken(language: Language) -> None:
    """No cause, trace, measure or report that a play knows is asked back."""
    written = played(language)

    assert len(written) > 40
    assert [text for text in written if is_pressing(wish(text), "text", text)] == []


def test_plain_words_are_taken() -> None:
    """Nor what others write there."""
    assert [text for text in WRITTEN if is_pressing(wish(text), "text", text)] == []


@pytest.mark.parametrize("text", PLEAS)
def test_a_plea_is_no_answer(text: str) -> None:
    """Who asks, or can't, is asked which it is, and what they want isn't filed as the answer."""
    assert is_pressing(wish(text), "text", text)


async def asked_for_words(clinic: Clinic) -> tuple[str, Shown]:
    """Let an attack go on until whoever reported is asked in words what they saw and did: the bot waits for that line."""
    run, shown, _ = await until(clinic, lambda step: "write_down" in step.lines)
    clinic.orders(OpenLine(run.id, shown.turn, "write_down"), shown.member)
    await clinic.stage.settle()
    clinic.seen.clear()
    return next(part for part, member in clinic.cast.members.items() if member == shown.member), shown


def answered(clinic: Clinic, shown: Shown) -> str:
    """Give what stands as the answer; empty if nothing does."""
    done = clinic.run().answered.get((shown.track, f"{shown.step}/write_down"))
    return str(done.given["text"]) if done is not None else ""


async def test_words_that_were_asked_for_are_the_answer(clinic: Clinic) -> None:
    """Nothing is asked, nobody else is bothered, and the step has it."""
    who, shown = await asked_for_words(clinic)
    said = "共有のメールで、会社の電話番号を名のる知らせを見た"
    told = await clinic.says(who, said)

    assert ASKED_BACK not in told
    assert answered(clinic, shown) == said


async def test_what_an_answer_tells_beside_reaches_whoever_leads(clinic: Clinic) -> None:
    """That money was paid is the answer, and whoever could lead reads it at once: nothing is asked back, nothing lost."""
    who, shown = await asked_for_words(clinic)
    told = await clinic.says(who, "カードの番号を入れて、お金を払ってしまいました")

    assert ASKED_BACK not in told
    assert answered(clinic, shown)
    assert "お金やカードの番号を渡した" in clinic.read("director") + clinic.read("deputy")


async def test_a_plea_in_the_place_of_words_is_asked_about(clinic: Clinic) -> None:
    """A number that is asked for is no answer, and the step stays open."""
    who, shown = await asked_for_words(clinic)
    told = await clinic.says(who, "院長の電話番号を教えてください")

    assert ASKED_BACK in told
    assert not answered(clinic, shown)


async def test_danger_comes_before_the_answer(clinic: Clinic) -> None:
    """Somebody who collapsed is heard as that, whatever was asked."""
    who, shown = await asked_for_words(clinic)
    told = await clinic.says(who, "患者さんが倒れて息をしていません")

    assert "119" in told
    assert not answered(clinic, shown)


ASKED = "患者さんを帰していいですか"


@pytest.mark.parametrize("text", ["だめ", "はい、お願いします", "お薬だけ渡して", "no, keep them here"])
async def test_who_was_asked_a_question_answers_it_by_writing(clinic: Clinic, text: str) -> None:
    """No button is needed: whoever asked reads it beside their question, and who wrote it reads that it was passed on."""
    await clinic.incident()
    await clinic.says("reception", ASKED)

    assert "答えとして伝えました" in await clinic.says("director", text)
    assert f"「{ASKED}」\n高橋さん（院長）: {text}" in clinic.read("reception")


@pytest.mark.parametrize("text", ["鈴木さんは待合を見てください", "9:05 警察に電話した", "OK"])
async def test_what_answers_no_question(clinic: Clinic, text: str) -> None:
    """An order to somebody, what is for the record and a mere 「OK」 to where something is go where they belong."""
    await clinic.incident()
    await clinic.says("reception", "保険証の箱の鍵はどこですか")

    assert "答えとして伝えました" not in await clinic.says("director", text)


async def test_where_something_is_answers_where_it_is(clinic: Clinic) -> None:
    """In as few words as it takes."""
    await clinic.incident()
    await clinic.says("reception", "保険証の箱の鍵はどこですか")

    assert "答えとして伝えました" in await clinic.says("director", "引き出しの中")


@pytest.mark.parametrize("text", ["了解", "じゃあ私が", "終わりにしたい", "間違い、まだ終わってない", "着いた。代わる"])
async def test_what_is_of_something_else_is_no_answer(clinic: Clinic, text: str) -> None:
    """Words of the lead, of an end or of where one is, and that something was read, go to nobody as an answer."""
    await clinic.incident()
    await clinic.says("reception", ASKED)
    await clinic.says("director", text)

    assert f"高橋さん（院長）: {text}" not in clinic.read("reception")


async def test_only_what_somebody_read_last_is_answered_so(clinic: Clinic) -> None:
    """A yes to what the bot said since is for that, and never for the question before it."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    await clinic.says("nurse", "インスリンを打っていいですか")
    await clinic.says("director", "終わりにして")
    await clinic.says("director", "はい")

    assert "高橋さん（院長）: はい" not in clinic.read("nurse")


async def test_of_several_questions_only_a_new_one_is_answered_so(clinic: Clinic) -> None:
    """After two minutes nobody can tell which of them a text answers: it is kept, and each has its button."""
    await clinic.incident()
    await clinic.says("reception", ASKED)
    await clinic.says("nurse", "待合の電気は消していいですか")
    await clinic.passes(2.5)

    assert "答えとして伝えました" not in await clinic.says("director", "だめ")


async def test_a_reply_to_the_question_itself_is_its_answer(clinic: Clinic) -> None:
    """However many wait, and however long."""
    await clinic.incident()
    await clinic.says("reception", ASKED)
    await clinic.says("nurse", "待合の電気は消していいですか")
    sent = clinic.book.of_run(clinic.run().id)
    asked = next(d for d in sent if isinstance(d.owed.message, PleaRaised))
    await clinic.passes(4)
    await clinic.does("director", text="だめ", replied_to=asked.message_id)

    assert f"「{ASKED}」\n高橋さん（院長）: だめ" in clinic.read("reception")


async def test_whoever_was_on_their_way_says_that_they_are_here(clinic: Clinic) -> None:
    """In words; of somebody who was here all along 「戻りました」 may be about a line."""
    await clinic.incident()
    await clinic.says("director", "出先です 30分で戻る")

    assert "院内にいます" in await clinic.says("director", "戻りました")
    assert "院内にいます" in await clinic.says("deputy", "いま着きました")
    assert "✅ 院内にいます" not in await clinic.says("nurse", "戻りました")
