"""Transcripts, played in the terminal and on Telegram: people see just what is written, and the same on both."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.store.verifying import verify_home
from tests.dialogue_player import Play, play, word_for_word
from tests.dialogue_script import SILENT_TOASTS, Expected, Seen, compare, read

HERE = Path(__file__).parent
DIALOGUES = sorted(path.stem for path in (HERE / "dialogues").glob("*.txt"))
A_FEW = frozenset({"readme", "nobody_answers", "drill"})
"""Played in the terminal, too, in each run of the tests; `make test-long` does so with all."""

README = HERE.parent / "README.md"


@dataclass
class Plays:
    """Each dialogue on each channel, played once for all tests here."""

    folder: Path
    played: dict[tuple[str, str], Play] = field(default_factory=dict)

    async def of(self, name: str, channel: str) -> Play:
        """Give a play, and play it if nobody has asked for it yet."""
        if (name, channel) not in self.played:
            path = HERE / "dialogues" / f"{name}.txt"
            self.played[name, channel] = await play(path, channel, self.folder / name)
        return self.played[name, channel]


@pytest.fixture(scope="module")
def plays(tmp_path_factory: pytest.TempPathFactory) -> Plays:
    """The plays of all tests here."""
    return Plays(tmp_path_factory.mktemp("dialogues"))


@pytest.mark.parametrize("name", DIALOGUES)
async def test_it_reads_as_it_is_written(name: str, plays: Plays) -> None:
    """Each person sees on Telegram, word for word, what the transcript says."""
    assert (await plays.of(name, "telegram")).seen


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=() if one in A_FEW else pytest.mark.long) for one in DIALOGUES]
)
async def test_it_reads_the_same_on_both_channels(name: str, plays: Plays) -> None:
    """In the terminal as on Telegram."""
    on_terminals = await plays.of(name, "terminal")
    on_telegram = await plays.of(name, "telegram")

    assert word_for_word(on_telegram) == word_for_word(on_terminals)


async def test_the_story_leaves_a_sealed_record_that_is_whole(plays: Plays) -> None:
    """After the whole story, on Telegram, the chain and the seal are whole, and the photos are kept under their hashes."""
    await plays.of("story", "telegram")

    report = verify_home(plays.folder / "story" / "home-telegram")
    assert report.findings == ()
    assert report.seals == 1
    assert report.evidence > 0


async def test_nothing_of_a_drill_looks_real(plays: Plays) -> None:
    """Every message of an exercise begins with 【訓練】, to everybody, from the first question to the seal."""
    played = await plays.of("drill", "telegram")

    seen = [one for _, messages in played.seen for one in messages if not one.text.startswith("(")]
    assert len(seen) > 30
    assert [str(one) for one in seen if not one.text.startswith("【訓練】")] == []


def test_the_readme_opens_with_a_dialogue_that_was_played() -> None:
    """The first code block of README.md is tests/dialogues/readme.txt, sign for sign."""
    block = re.search(r"^```\w*\n(.*?)^```", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    if block is None:
        pytest.skip("README.md has no code block yet")

    assert block[1] == (HERE / "dialogues" / "readme.txt").read_text(encoding="utf-8")


# The player itself


def written(tmp_path: Path, text: str) -> Path:
    """Put a transcript into a file."""
    path = tmp_path / "made_up.txt"
    path.write_text(text, encoding="utf-8")
    return path


SMALL = """\
（登場: 院長の高橋、受付の佐藤）
09:00  佐藤   > /status
       佐藤   < いま対応中のものはありません。…
"""


@pytest.mark.parametrize("channel", ["terminal", "telegram"])
async def test_another_word_is_noticed(channel: str, tmp_path: Path) -> None:
    """A transcript that differs in one sign fails, and the failure shows what was seen."""
    await play(written(tmp_path, SMALL), channel, tmp_path / "right")
    with pytest.raises(AssertionError, match=r"line 2: 佐藤 sees something else[\s\S]*いま対応中"):
        await play(written(tmp_path, SMALL.replace("いま", "今")), channel, tmp_path / "wrong")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (SMALL + "       高橋   < おはようございます\n", "高橋 sees something else"),
        (SMALL.rpartition("       ")[0], "佐藤 sees something else"),
        (SMALL + "       佐藤   > [確認しました]\n", r"no button \[確認しました\]"),
    ],
    ids=["a message nobody sent", "a message left out", "a button that isn't there"],
)
async def test_what_is_missing_or_too_much_is_noticed(text: str, why: str, tmp_path: Path) -> None:
    """Every message is a line, every line a message, and only what is on the screen can be tapped."""
    with pytest.raises(AssertionError, match=why):
        await play(written(tmp_path, text), "telegram", tmp_path)


def test_a_line_that_is_nothing_is_named(tmp_path: Path) -> None:
    """What is neither an act nor something seen is named by file and line."""
    with pytest.raises(ValueError, match=r"made_up\.txt:2: "):
        read(written(tmp_path, "09:00  佐藤   > はい\n佐藤さんは困っています\n"))


@pytest.mark.parametrize(
    ("line", "matches"),
    [
        ("はい", False),
        ("はい…", True),
        ("はい…  [一] [二]", True),
        ("はい…。  [一] [二]", True),
        ("はい…  [一]", False),
        ("はい…  […] [二]", True),
        ("はい、どうぞ。", False),
        ("はい、どうぞ。  [一] [二]", True),
    ],
)
def test_the_rest_of_a_line_may_be_left_out(line: str, *, matches: bool) -> None:
    """``…`` stands for any rest; buttons are left out only with the rest of the text."""
    assert Expected(("佐藤",), [line]).matches(Seen("佐藤", "はい、どうぞ。", ("一", "二"))) is matches


def test_the_plain_answer_to_a_tap_is_no_line(tmp_path: Path) -> None:
    """「記録しました」 needs no line, any other short answer does."""
    act = read(written(tmp_path, SMALL)).acts[0]
    act.expected.clear()

    assert all(compare(act, [Seen("佐藤", toast)], ["佐藤"]) == "" for toast in SILENT_TOASTS)
    assert compare(act, [Seen("佐藤", "(もう記録してあります)")], ["佐藤"]) != ""
