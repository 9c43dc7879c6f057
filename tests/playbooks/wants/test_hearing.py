"""What texts want, measured on sentences that somebody who did not build this wrote and labelled, and what none may be taken for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import pytest

from playbooks.triage.danger import danger_ears
from playbooks.wants.hearing import ACTS, UNCLEAR, wants_of
from playbooks.wants.hearing import heard_in as kinds_in
from tests.playbooks.triage.sentences import right, rows

GRAVE = frozenset({"powered_off", "attackers_spoke", "press", "secret_given", "remote_hands"})
"""What the sentences' writer called ``grave`` in one word."""

CALLED = {"warned": "question", "which": "question", "not_done": "note", UNCLEAR: "note"}
"""What the sentences' writer had no name of their own for: what is answered at once is a question; what stands as done and isn't,
and what is kept and asked about, are kept."""


def heard_in(text: str) -> tuple[str, ...]:
    """Give what a text wants, in the words of the labels; danger is heard before all."""
    if danger_ears().hear(text) is not None:
        return ("danger",)
    wants = ("grave" if want in GRAVE else CALLED.get(want, want) for want in wants_of(text))
    return tuple(wants) or ("note",)


@cache
def unseen() -> tuple[tuple[str, tuple[str, ...], frozenset[str]], ...]:
    """Give the sentences that only measure: the text, what is heard in it, and all answers that are right."""
    return tuple((row["text"], heard_in(row["text"]), right(row, "wants")) for row in rows("unseen", "wants"))


def share(holds: Callable[[tuple[str, ...], frozenset[str]], bool]) -> float:
    """Give of how many of the unseen something holds; a failure shows the figure alone, never a sentence."""
    return sum(holds(heard, meant) for _, heard, meant in unseen()) / len(unseen())


def test_nine_of_ten_are_answered_right() -> None:
    """Of 260, 80 of them traps; patterns alone took 73 % of them right, and left 42 pleas as notes."""
    wrong = share(lambda heard, meant: heard[0] not in meant)
    lost = share(lambda heard, meant: heard == ("note",) and "note" not in meant)

    assert wrong <= 0.1
    assert lost <= 0.04


def test_hardly_any_plea_is_only_kept() -> None:
    """Of whoever wants something that isn't understood it is asked, and passed on where nothing is tapped; none of 250 is only kept."""
    only_kept = share(lambda heard, meant: heard == ("note",) and "note" not in meant)
    shown = sum(wants_of(text) == (UNCLEAR,) and "note" not in meant for text, _, meant in unseen())

    assert round(only_kept * len(unseen())) - shown == 0


def test_nothing_is_taken_for_a_deed() -> None:
    """Of what sounds as if it were done, found, working again or paid, none is heard as that; it would offer, and settle nothing."""
    taken = share(lambda heard, meant: bool(ACTS & set(heard) - meant))

    assert taken == 0


def test_notes_are_left_alone() -> None:
    """Who only notes something down is hardly bothered."""
    bothered = share(lambda heard, meant: meant == {"note"} and heard != ("note",))
    notes = share(lambda _, meant: meant == {"note"})

    assert bothered <= 0.05 * notes


def test_not_one_note_in_three_is_asked_about() -> None:
    """Whether it is a question: a tap says that it is none."""
    asked = sum(meant == {"note"} and wants_of(text) == (UNCLEAR,) for text, _, meant in unseen())

    assert asked <= sum(meant == {"note"} for _, _, meant in unseen()) / 3


DEEDS_THAT_ARE_NONE: Mapping[str, frozenset[str]] = {
    "抜いたほうがいいですか": frozenset({"question"}),
    "まだ抜いていません": frozenset(),
    "昼で抜けます": frozenset(),
    "患者さんがお金を払いました": frozenset(),
    "腰はなおりました": frozenset(),
    "抜いたら教えてください": frozenset(),
    "田中さんが抜いたらしいです": frozenset(),
    "直ったと思います": frozenset(),
}


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("LANを元に戻しました", "put_back"),
        ("Wi-Fiをまたオンにしました", "put_back"),
        ("機内モードを解除しました", "put_back"),
        ("電源切っちゃいました", "powered_off"),
        ("再起動してしまいました", "powered_off"),
        ("犯人から電話がありました", "attackers_spoke"),
        ("記者が来ています", "press"),
        ("パスワードを入力してしまいました", "secret_given"),
        ("遠隔操作のソフトを入れちゃいました", "remote_hands"),
        ("ギフトカードを買えと言われて買いました", "money_paid"),
        ("He told me to buy gift cards and I bought them", "money_paid"),
    ],
)
def test_what_does_harm_unheard_goes_to_whoever_leads(text: str, want: str) -> None:
    """A cable back in is no repair, a machine switched off no step done."""
    assert wants_of(text)[0] == want


@pytest.mark.parametrize(
    "text",
    [
        "電源は切っていません",
        "機内モードをオンにしました",
        "線を戻していいですか",
        "もう差していいですか",
        "まだ戻していません",
    ],
)
def test_what_was_left_alone_or_is_asked_does_no_harm(text: str) -> None:
    """Nor does flight mode that was switched on."""
    assert {"put_back", "powered_off"}.isdisjoint(wants_of(text))


@pytest.mark.parametrize("text", DEEDS_THAT_ARE_NONE)
def test_a_question_a_denial_a_condition_is_no_deed(text: str) -> None:
    """Nor is hearsay, what lies ahead, or what somebody else's body does."""
    assert ACTS.isdisjoint(wants_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "LANの線も抜いていませんでした",
        "まだ抜いとらんばい",
        "抜いたつもりやったけど抜けてへんかったわ",
        "写真撮り忘れました",
        "受付だけ抜いて診察室はまだです",
        "haven't pulled the cable yet",
    ],
)
def test_what_was_not_done_is_no_deed(text: str) -> None:
    """In whatever dialect."""
    assert wants_of(text) == ("not_done",)


@pytest.mark.parametrize(
    "text",
    [
        "点滴のポンプが変な音してるけど再起動していい？",
        "血圧の機械がエラー",
        "人工呼吸器の電源入れ直していいですか",
        "患者さんについてる機械も再起動するんですか",
        "the dental laser stopped during treatment",
    ],
)
def test_a_device_on_a_patient_is_no_computer(text: str) -> None:
    """Its own answer: look at the patient."""
    assert wants_of(text)[0] == "care_device"


@pytest.mark.parametrize("text", ["血圧は120の80でした", "AEDは玄関にあります", "心電図の紙はどこですか"])
def test_what_is_only_named_is_no_device_in_trouble(text: str) -> None:
    """A value, a place, a sheet."""
    assert "care_device" not in wants_of(text)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("パソコンがわやや、どないしたらええの", "what_now"),
        ("電カルがいかれてもうた、字ぃ読まれへん", "worse"),
        ("院長に知らせたほうがいいですか、レントゲンの機械も変な英語出てます", "second_machine"),
        ("だれも電話出えへん", "nobody_reached"),
    ],
)
def test_dialects_and_half_questions_are_heard(text: str, want: str) -> None:
    """As what they say, not as what their words are used for elsewhere."""
    assert want in wants_of(text)


def test_a_half_question_is_heard_beside_the_half_report() -> None:
    """Both are answered: the second machine, and what to do now."""
    assert wants_of("診察室のパソコンも同じ画面です。どうすればいいですか") == ("second_machine", "what_now")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("業者さんが来て電源切れって言うてはる", "power"),
        ("ベンダーに再起動しろと言われた", "power"),
        ("クレジットカード聞かれてます", "pay"),
        ("バックアップのUSBさしていいですか", "copy"),
        ("LAN抜こうとしてるけど届かない", ""),
        ("ウイルスバスター入れていい？", ""),
        ("火事のときって電源どうするん", ""),
    ],
)
def test_what_harms_is_warned_of_by_what_is_named(text: str, kind: str) -> None:
    """Whoever passes on that another wants the power off is warned; whoever does right, or asks of a fire, isn't of what they never said."""
    assert kinds_in(text).get("warned", ()) == ((kind,) if kind else ())
