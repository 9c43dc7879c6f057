"""What is told of the lines of a card by their numbers is read strictly; a bare yes or no is told from all else."""

from __future__ import annotations

import pytest

from playbooks.wants.lines import lines_told

TOLD = {
    "②できました": {2: "done"},
    "②抜きましたよ": {2: "done"},
    "①撮った！②抜いた": {1: "done", 2: "done"},
    "②③できました": {2: "done", 3: "done"},
    "①と②できました。③は無理": {1: "done", 2: "done", 3: "cannot"},
    "2番できました": {2: "done"},
    "2つ目できたで": {2: "done"},
    "1できた": {1: "done"},
    "①完了": {1: "done"},
    "line 2 is done": {2: "done"},
    "Done with 2 and 3": {2: "done", 3: "done"},
    "②": {2: "bare"},
    "①と②": {1: "bare", 2: "bare"},
    "1と2": {1: "bare", 2: "bare"},
    "②の線が抜けません": {2: "cannot"},
    "②できませんでした": {2: "cannot"},
    "③は患者さんの機械なので無理です": {3: "cannot"},
    "I can't do 3": {3: "cannot"},
    "②がわからない": {2: "unsure"},
    "③の意味がわかりません": {3: "unsure"},
    "3: I don't understand": {3: "unsure"},
    "②はどれですか？": {2: "asks"},
    "②って？": {2: "asks"},
    "what is 2?": {2: "asks"},
    "②はまだです": {2: "open"},
    "②を忘れました": {2: "open"},
}
NOTHING_TOLD = [
    "全部できました",
    "受付の②番のパソコンが変です",
    "2台です",
    "9:10",
    "12",
    "3人です",
    "2時に終わりました",
    "1番の患者さんが来ました",
    "3番診察室です",
    "2階のパソコンです",
    "1回目です",
    "3つ終わりました",
    "②を佐藤さんがやりました",
    "②をやってもいいですか",
    "②をしようとしたら画面が消えました",
    "The 2 o'clock patient is here",
    "3 patients are done",
]
YES_OR_NO = {
    "yes": ["はい", "あります", "ありました", "はい、あります", "うん", "yes", "Yeah", "there is"],
    "no": ["いいえ", "ありません", "ないです", "どれもありません", "なし", "いません", "no", "Nothing", "none"],
    "": [
        "大丈夫です",
        "はい、見ました",
        "ありませんか？",
        "時間がありません",
        "紙はあります",
        "no idea",
        "いいです",
        "ないと困ります",
    ],
}


@pytest.mark.parametrize(("text", "told"), TOLD.items())
def test_lines_by_their_numbers(text: str, told: dict[int, str]) -> None:
    """Each line that is named, and what is said of it."""
    assert {n: one.how for one in lines_told().lines(text) for n in one.numbers} == told


@pytest.mark.parametrize("text", NOTHING_TOLD)
def test_other_numbers(text: str) -> None:
    """Rooms, times, patients, how many, a colleague's deed: no line is told of."""
    assert lines_told().lines(text) == ()


def test_a_reason_is_told_apart() -> None:
    """Whoever only says that it can't be done is asked why, as by the tap."""
    assert [
        lines_told().lines(text)[0].why for text in ("③は無理", "③は無線がないので無理", "②が固くて抜けません")
    ] == [
        False,
        True,
        True,
    ]


def test_a_bare_yes_or_no() -> None:
    """Nothing else stands beside it."""
    heard = {text: lines_told().yes_or_no(text) for texts in YES_OR_NO.values() for text in texts}
    assert heard == {text: word for word, texts in YES_OR_NO.items() for text in texts}


@pytest.mark.parametrize(
    ("said", "label", "same"),
    [
        ("残りない", "残りはない", True),
        ("残りはない", "残りはない", False),
        ("残り", "残りはない", False),
        ("代わり", "代わりは不要", False),
    ],
)
def test_a_label_may_be_typed_without_its_particles(said: str, label: str, same: bool) -> None:
    """Nothing else may lack."""
    assert lines_told().leaves_out(said, label) is same
