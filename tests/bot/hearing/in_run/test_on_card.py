"""What is typed of what stands before its writer is the tap that it stands for: a line's number, a label, a bare yes or no."""

from __future__ import annotations

import json

import pytest

from flows.commands.people import Report
from tests.clinic import Clinic


def _settled(clinic: Clinic) -> dict[str, str]:
    said = [json.loads(e.body) for e in clinic.entries("line_settled")]
    return {one["line"]: one["answer"] for one in said}


async def _begun(clinic: Clinic, playbook: str) -> None:
    clinic.orders(Report("", "動かない", playbook=playbook), "reception")
    await clinic.stage.settle()


LINES = {
    "②できました": {"unplug": "done"},
    "②と④は済みました": {"unplug": "done", "traced": "done"},
    "2番できた": {"unplug": "done"},
    "line 2 is done": {"unplug": "done"},
    "③は無線がないので無理": {"wireless": "cannot"},
    "②できました。③は線だけなので無理": {"unplug": "done", "wireless": "cannot"},
    "②④ done": {"unplug": "done", "traced": "done"},
    "I can't do 3": {"wireless": "cannot"},
}


@pytest.mark.parametrize(("text", "settled"), LINES.items())
async def test_lines_by_their_numbers_are_settled(clinic: Clinic, text: str, settled: dict[str, str]) -> None:
    """As by their buttons; what is left of the card stands below, and nothing is asked."""
    await clinic.incident()
    names = list(clinic.run().step(clinic.run().open_steps()[0]).lines)
    by_number = dict(zip(("photograph", "unplug", "wireless", "traced"), names, strict=True))
    shown = await clinic.says("reception", text)

    assert _settled(clinic) == {by_number[name]: answer for name, answer in settled.items()}
    assert "残り" in shown
    assert "記録しました" not in shown


@pytest.mark.parametrize("text", ["①撮りました", "①できた", "①", "photo is done"])
async def test_what_takes_more_is_opened(clinic: Clinic, text: str) -> None:
    """The photo is asked for: no word of it settles it."""
    await clinic.incident()
    shown = await clinic.says("reception", text)

    assert _settled(clinic) == {}
    assert ("撮って、ここに送ってください" in shown) == (text != "photo is done")


async def test_lines_that_are_only_named_are_offered(clinic: Clinic) -> None:
    """One is opened by itself; of several there is a button each, which settles."""
    await clinic.incident()
    assert "[1 できました]" in await clinic.says("reception", "②")
    shown = await clinic.says("reception", "②と④")
    assert "できたものを、押してください" in shown
    assert _settled(clinic) == {}
    await clinic.says("reception", shown.split("[1 ")[1].split("]")[0])

    assert list(_settled(clinic).values()) == ["done"]


async def test_nobody_elses_lines_are_meant(clinic: Clinic) -> None:
    """The director has no card: it is for the record."""
    await clinic.incident()
    await clinic.says("director", "②できました")

    assert _settled(clinic) == {}


ANSWERS = {
    "ehr_outage": {"いいえ": "no", "ありません": "no", "ないです": "no", "はい": "yes", "あります": "yes", "no": "no"},
    "unknown": {"ありません": "no", "危険はない": "no", "はい、あります": "yes", "nothing": "no"},
    "one_device": {"1台だけ・変な表示なし": "one", "ほかの機械も": "many", "はい": "", "いいえ": ""},
}


@pytest.mark.parametrize(
    ("playbook", "text", "move"), [(p, text, move) for p, texts in ANSWERS.items() for text, move in texts.items()]
)
async def test_a_label_or_a_bare_yes_or_no_answers_the_question(
    clinic: Clinic, playbook: str, text: str, move: str
) -> None:
    """Where the question has such an answer; else it is shown once more, with its buttons. A no is no undo."""
    await _begun(clinic, playbook)
    shown = await clinic.says("reception", text)

    assert [json.loads(e.body)["answer"] for e in clinic.entries("step_answered")] == ([move] if move else [])
    assert "戻せる答え" not in shown
    if not move:
        assert "1台だけ・変な表示なし]" in shown


NOTHING_THERE = {
    "残りない": True,
    "残りはない": True,
    "Nothing left to send": True,
    "残りない？": False,
    "残り2つ": False,
    "用紙の残りない": False,
    "残りできない": False,
}


@pytest.mark.parametrize("text", NOTHING_THERE)
async def test_that_there_is_nothing_is_an_answer_too(clinic: Clinic, text: str) -> None:
    """In the words of its own that a step has for it; a question, a count, or words about another thing settle nothing."""
    await _begun(clinic, "mis_sent")
    await clinic.says("reception", text)

    settled = [json.loads(e.body)["answer"] for e in clinic.entries("step_answered")]
    assert settled == (["not_applicable"] if NOTHING_THERE[text] else [])


async def test_words_that_two_lines_share_settle_neither(clinic: Clinic) -> None:
    """「線がありません」 may be said of the lead that is to be pulled, and of the one that is to be followed."""
    await clinic.incident()
    await clinic.says("reception", "線がありません")
    await clinic.says("reception", "無線ではありません")

    assert _settled(clinic) == {"machine_wifi": "not_applicable"}


@pytest.mark.parametrize("text", ["いいえ", "いいえ、ちがいます", "no"])
async def test_a_no_to_nothing_is_a_note(clinic: Clinic, text: str) -> None:
    """Nothing is said to be taken back."""
    await clinic.incident()
    assert "戻せる答え" not in await clinic.says("reception", text)


async def test_a_colleagues_question_may_be_meant(clinic: Clinic) -> None:
    """Somebody asked them since: a bare 「ありません」 settles nothing, the question of the step is shown once more."""
    await _begun(clinic, "ehr_outage")
    await clinic.says("director", "私が指揮をとります")
    await clinic.says("director", "佐藤さんが写真を撮りました")
    await clinic.says("reception", "ありません")

    assert not clinic.entries("step_answered")


@pytest.mark.parametrize("asks", ["鈴木さんに代わって", "帰ります"])
async def test_a_bare_no_belongs_to_the_last_question(clinic: Clinic, asks: str) -> None:
    """Whoever was asked to whom it goes, or whether they go, doesn't say of their step; shown it once more, they do."""
    await _begun(clinic, "ehr_outage")
    await clinic.says("reception", asks)
    shown = await clinic.says("reception", "いいえ")

    assert not clinic.entries("step_answered")
    if "[1 いいえ、ありません]" in shown:
        await clinic.says("reception", "いいえ")
        assert [json.loads(e.body)["answer"] for e in clinic.entries("step_answered")] == ["no"]


async def test_who_takes_a_line_back_names_it_by_its_number(clinic: Clinic) -> None:
    """It is that line of which whoever decides reads that it is still to do, not the newest one."""
    await clinic.incident()
    await clinic.says("reception", "②も③も④もできました")
    for number, line in (("③", "無線（Wi-Fi）なら"), ("②", "LANの線を抜く")):
        await clinic.says("reception", f"やっぱり{number}はまだ")
        assert f"済みの「{line}" in clinic.of("director")[-1]


async def test_who_taps_all_done_reads_what_is_not(clinic: Clinic) -> None:
    """At once, in one line, with its button; nothing else is said of it until its time is over."""
    await clinic.incident()
    before = len(clinic.of("reception"))
    await clinic.says("reception", "[全部できました]")
    told = [text for text in clinic.of("reception")[before:] if "残りは、" in text]

    assert [text.split("\n")[0] for text in told] == ["残りは、① 画面か紙を撮って送る（お名前は写さない） です。"]
    assert "[1 📷 ①]" in told[0]


async def test_who_taps_all_done_of_plain_lines_reads_the_next_step(clinic: Clinic) -> None:
    """Nothing is left to be named."""
    await clinic.incident()
    await clinic.says("nurse", "[全部できました]")
    assert "残りは" not in clinic.read("nurse")


@pytest.mark.parametrize(
    "text",
    [
        "②できません",
        "②はまだです",
        "②はやっぱりできてません",
        "②は間違いでした",
        "2 is not done after all",
        "I can't do 2",
    ],
)
async def test_a_line_that_was_told_done_and_is_not(clinic: Clinic, text: str) -> None:
    """Nobody reads 「受け取りました」 while it stands as done: one tap takes it back, and whoever leads reads of it."""
    await clinic.incident()
    await clinic.says("reception", "②は済みました")
    shown = await clinic.says("reception", text)

    assert "受け取りました" not in shown
    assert "戻すときは" in shown
    assert "まだのようです" in clinic.read("director")


@pytest.mark.parametrize("text", ["②はまだです", "②と④はまだです", "2 is still open", "②は途中です"])
async def test_a_line_that_still_waits(clinic: Clinic, text: str) -> None:
    """What is next on the card is said, and nobody is troubled."""
    await clinic.incident()
    before = len(clinic.of("director"))
    shown = await clinic.says("reception", text)

    assert "残り4つ" in shown
    assert len(clinic.of("director")) == before
    assert _settled(clinic) == {}


@pytest.mark.parametrize("text", ["はい", "いいえ", "no", "真ん中の", "7番", "下の"])
async def test_a_bare_yes_or_a_place_of_none_is_no_answer_to_what_it_looks_like(clinic: Clinic, text: str) -> None:
    """The buttons are shown once more, and it isn't kept as if it said something."""
    await clinic.says("reception", "カルテ動かない")
    shown = await clinic.says("reception", text)

    assert "どれに近いですか" in shown
    assert "記録しました" not in shown


async def test_a_line_of_no_card_is_no_word_of_the_lead(clinic: Clinic) -> None:
    """Who has no lines before them reads what is theirs; nobody is asked to take over the lead."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    for told in ("②できません", "③は無理です"):
        assert "責任者を代わって" not in await clinic.says("director", told) + clinic.read("deputy")


async def test_a_line_with_the_reason_behind_it(clinic: Clinic) -> None:
    """「②できません 手が足りない」 settles the line with its reason, and is no other report."""
    await clinic.incident()
    shown = await clinic.says("nurse", "②できません 手が足りない")

    assert shown.startswith("受け取りました。")
    assert "できない（②できません 手が足りない）" in clinic.read("director")
