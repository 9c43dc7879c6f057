"""Before anybody said what it is: harm that was done, a choice that is typed, a report that was none."""

from __future__ import annotations

import pytest

from tests.clinic import Clinic

REPORT = "電子カルテが動かない、画面に英語が出てる"
QUESTION = "どれに近いですか"


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("再起動しちゃった", "再起動も、しません"),
        ("電源切っちゃった", "電源を入れるのも"),
        ("患者さんの情報漏れたかも", "まだ外では言いません"),
        ("やっぱ抜いたの電話の線", "差し戻さず"),
        ("メールの添付開いちゃった", "LANの線を抜いて"),
        ("お金払うって言っちゃった", "払わないで"),
        ("USBさしちゃった", "抜かずにそのまま"),
        ("さっきウイルススキャンかけました", "何も消さないで"),
        ("パスワード入れちゃいました", "すぐ変えて"),
    ],
)
async def test_harm_is_answered_and_told_before_anybody_says_what_it_is(clinic: Clinic, text: str, now: str) -> None:
    """Whoever wrote it reads what to do now, then the question once more; whoever decides reads it at once; nobody is rung."""
    await clinic.says("reception", REPORT)
    shown = await clinic.says("reception", text)

    assert now in shown
    assert QUESTION in shown
    assert text in clinic.read("director")
    assert clinic.run().state == "reported"


async def test_an_attack_that_is_plain_begins_whatever_was_done_beside_it(clinic: Clinic) -> None:
    """Only what its writer let in doesn't say what it is."""
    await clinic.says("reception", "変な画面が出てる")
    await clinic.says("reception", "英語で Your files are encrypted って。再起動しちゃった")
    opened = clinic.run().playbook

    assert opened is not None
    assert opened.playbook == "ransomware"


@pytest.mark.parametrize("text", ["電源落としていい？", "バックアップつないでいい？", "can I restart it?"])
async def test_who_asks_whether_to_do_harm_is_told_not_to(clinic: Clinic, text: str) -> None:
    """At once, and nobody else is troubled."""
    await clinic.says("reception", REPORT)
    shown = await clinic.says("reception", text)

    assert "ないでください" in shown or "Don't" in shown or "Do not" in shown or "Leave" in shown
    assert clinic.of("director") == []


@pytest.mark.parametrize(
    ("text", "playbook"),
    [
        ("一番", "ransomware"),
        ("１", "ransomware"),
        ("1番です", "ransomware"),
        ("①", "ransomware"),
        ("いちばん", "ransomware"),
        ("上の", "ransomware"),
        ("the first one", "ransomware"),
        ("2つ目", "ehr_outage"),
        ("２", "ehr_outage"),
        ("上から二番目のやつ", "ehr_outage"),
        ("option 2", "ehr_outage"),
        ("3番目", "unknown"),
    ],
)
async def test_a_choice_may_be_typed_by_its_place(clinic: Clinic, text: str, playbook: str) -> None:
    """Full width or not, in words or signs, as it stands on the newest screen of its writer."""
    await clinic.says("reception", REPORT)
    await clinic.says("reception", text)
    opened = clinic.run().playbook

    assert opened is not None
    assert opened.playbook == playbook


async def test_a_place_means_nothing_once_something_else_was_said(clinic: Clinic) -> None:
    """The newest message of all is meant; [it was a mistake] is tapped."""
    await clinic.says("reception", REPORT)
    assert QUESTION in await clinic.says("reception", "４")
    assert clinic.run().state == "reported"
    await clinic.says("nurse", "２")
    assert clinic.run().state == "reported"

    await clinic.says("reception", "１")
    mark = dict(clinic.run().answered)
    await clinic.says("reception", "1番")
    assert clinic.run().answered == mark


async def test_what_a_step_asks_is_chosen_by_its_place(clinic: Clinic) -> None:
    """Is it the one patient, or others, too? The choices of a step count, its [done] and [not sure] don't."""
    await clinic.says("reception", "マイナ保険証の読み取りができない")
    await clinic.says("reception", "１")
    shown = await clinic.says("reception", "２番")

    assert "いちばん近いもの" in shown
    assert len(clinic.run().answered) == 1


@pytest.mark.parametrize(
    "text",
    [
        "間違いでした。",
        "resolved",
        "やっぱり大丈夫でした",
        "直りました",
        "勘違いでした、すみません",
        "it works now",
        "もう動いてます",
    ],
)
async def test_a_report_that_was_none_is_asked_about(clinic: Clinic, text: str) -> None:
    """It is no more of the report; one tap takes it back, another goes on."""
    await clinic.says("reception", REPORT)
    shown = await clinic.says("reception", text)
    assert "やめる" in shown
    assert "続ける" in shown
    assert "加えました" not in shown
    assert QUESTION in await clinic.says("reception", "[続ける]")
    assert clinic.of("director") == []

    await clinic.says("reception", text)
    await clinic.says("reception", "[やめる]")
    assert not clinic.run().live


@pytest.mark.parametrize(
    "text", ["直ったけどまた英語が出た", "大丈夫ですか", "直りましたか？", "再起動したら直りました！", "直らないです"]
)
async def test_what_does_not_end_a_report_is_no_end(clinic: Clinic, text: str) -> None:
    """A question, what came back, and what was done to it."""
    await clinic.says("reception", REPORT)

    assert "やめる" not in await clinic.says("reception", text)
