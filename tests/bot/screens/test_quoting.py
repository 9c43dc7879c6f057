"""Words about somebody aren't quoted to them, by whatever shows them; what is said to them by name is."""

from __future__ import annotations

import pytest

from bot.screens.renderer import Renderer
from bot.screens.scene import shorten
from flows.commands.papers import BlackOut
from flows.commands.people import Report, Write
from flows.messages.calling import RunsListed
from flows.record.journal import FACILITY, Owed
from tests.clinic import Clinic


def listed(clinic: Clinic, reader: str) -> str:
    """Give the list of runs, its buttons with it, as somebody reads it."""
    owed = Owed(clinic.id(reader), RunsListed(), FACILITY)
    screen = Renderer(clinic.engine).render(owed, clinic.id(reader), clinic.clock.now())
    return "\n".join([screen.text, *(button.label for row in screen.rows for button in row)])


ABOUT = (
    ("nurse", "佐藤さんがFAX間違えて隠してる"),
    ("nurse", "佐藤さんが薬間違えて渡したのごまかしてる"),
    ("director", "佐藤に証拠消されたら困るからUSB預かって"),
    ("nurse", "さとうさんがFAX間違えて隠してる"),
    ("nurse", "Sato-san sent the fax to the wrong number and says nothing"),
    ("nurse", "受付の人がFAX間違えて隠してる"),
)


@pytest.mark.parametrize(("writer", "text"), ABOUT)
async def test_words_about_a_reader_stay_away_from_them(clinic: Clinic, writer: str, text: str) -> None:
    """They read that something was reported, in the alarm and when it is repeated; others read the words."""
    await clinic.says(writer, text)
    await clinic.passes(5)
    await clinic.passes(6)

    read = clinic.read("reception")
    assert "報告しました" in read
    assert text not in read
    assert "文面は省略" in read
    assert text in clinic.read("deputy")


@pytest.mark.parametrize(
    ("text", "reader"),
    [
        ("院長、パソコンに英語の脅迫文が出てます", "director"),
        ("受付のパソコンに英語の脅迫文が出てます", "reception"),
        ("高橋先生、FAXを違う病院に送ってしまいました。どうすればいいですか？", "director"),
    ],
)
async def test_what_calls_somebody_by_name_goes_to_them_as_it_is(clinic: Clinic, text: str, reader: str) -> None:
    """A call, a question and a place that is named after them are no words about them."""
    await clinic.says("nurse", text)
    await clinic.passes(5)

    assert text in clinic.read(reader)


async def test_words_that_only_name_a_reader_are_read_by_them(clinic: Clinic) -> None:
    """Nothing in them finds fault with anybody."""
    await clinic.says("nurse", "受付の佐藤さんの端末に英語の画面が出ています")
    await clinic.passes(5)

    assert "佐藤さんの端末に英語の画面" in clinic.read("reception")


async def test_a_call_for_help_keeps_nothing_from_anybody(clinic: Clinic) -> None:
    """Whoever it names is in the same house."""
    await clinic.says("nurse", "佐藤さんが患者さんに殴られてます")
    await clinic.passes(1)

    assert "佐藤さんが患者さんに殴られてます" in clinic.read("reception")


async def test_words_that_were_blacked_out_are_forgotten(clinic: Clinic) -> None:
    """What a run's texts are known by is read again without them."""
    run = clinic.orders(Report("", "画面に英語が出ています", playbook="ransomware"), "nurse").run
    words = "佐藤さんがわざと線を抜きました"
    clinic.orders(Write(run, words), "nurse")
    renderer = Renderer(clinic.engine)
    reader, now = clinic.id("reception"), clinic.clock.now()
    before = renderer.look(reader, now, run).words.kept_away(words)
    clinic.orders(BlackOut(run, max(clinic.run(run).notes)))

    assert before
    assert not renderer.look(reader, now, run).words.kept_away(words)


async def test_a_report_that_nobody_has_classed_is_named_without_its_words(clinic: Clinic) -> None:
    """Whoever is asked which of two it is reads when it came and what it seems to be; its writer knows it by their words."""
    clinic.orders(Report("", "変な音がする気がします", near=("ransomware",)), "nurse")

    theirs = listed(clinic, "reception")
    own = listed(clinic, "nurse")

    assert "変な音" not in theirs
    assert "まだ分類前の報告（" in theirs
    assert "08:50" in theirs
    assert "変な音" in own


async def test_words_are_kept_away_where_they_are_cut_before_the_name(clinic: Clinic) -> None:
    """A button, or a line that is cut, tells of its reader though their name stands behind the cut."""
    run = clinic.orders(Report("", "画面に英語が出ています", playbook="ransomware"), "nurse").run
    about = "線を抜いていないのに抜いたと言っている人がいて、それは受付の佐藤さんです"
    clinic.orders(Write(run, about), "nurse")
    kept_away = Renderer(clinic.engine).look(clinic.id("reception"), clinic.clock.now(), run).words.kept_away

    assert kept_away(shorten(about, 12))
    assert not kept_away("線を抜いていな…と書いた紙")


async def test_an_order_about_somebody_is_none_to_them(clinic: Clinic) -> None:
    """What others are to do with them doesn't go to them; what they are to do with a thing does."""
    await clinic.says("nurse", "なんか画面がおかしい")
    before = len(clinic.of("reception"))
    await clinic.says("director", "佐藤さんは今日から外してください。パスワードは教えないで")
    about = clinic.of("reception")[before:]
    await clinic.says("director", "佐藤さんはLANケーブルを外してください")

    assert about == []
    assert "佐藤さんはLANケーブルを外してください" in clinic.read("reception")
