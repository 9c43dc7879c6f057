"""The terminal: one person at the keyboard, the same words as on the phone, buttons as numbers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.channel import Attachment, Button, Heard, RenderedMessage, Undelivered
from bot.channels.terminal import Terminal, plain
from bot.clock import MovableClock
from bot.lamp import Lamp
from bot.wiring import light
from tests.clinic import Clinic

NOON = datetime(2027, 4, 1, 3, 0, tzinfo=UTC)
HERE = "terminal:m1"


class Keyboard:
    """Somebody who types these lines, and what they see."""

    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)
        self.seen: list[str] = []
        self.terminal = Terminal(HERE, MovableClock(NOON), self.seen.append, self.read, "s1")

    async def read(self) -> str | None:
        """Give the next line."""
        return self.lines.pop(0) if self.lines else None

    async def shown(self, text: str, *labels: str, replaces: str | None = None, board: bool = False) -> str:
        """Show a message with buttons that carry their own label, or a board, which comes by itself; gives its id."""
        rows = tuple((Button(label, f"data:{label}"),) for label in labels)
        return (await self.terminal.deliver(RenderedMessage(HERE, text, rows, replaces, silent=board))).message_id


async def test_lines_are_heard_until_the_input_ends() -> None:
    """Each with a cause of its own; empty lines are nothing."""
    keyboard, heard = Keyboard("こんにちは", "  ", " /help "), list[Heard]()

    async def hear(*acts: Heard) -> None:
        heard.extend(acts)

    await keyboard.terminal.listen(hear)
    assert [(h.text, h.address, h.at) for h in heard] == [("こんにちは", HERE, NOON), ("/help", HERE, NOON)]
    assert len({h.cause for h in heard}) == 2
    assert all(h.cause.startswith("terminal:s1:") for h in heard)


async def test_what_is_shown_has_no_markup() -> None:
    """Tags are left out, what people typed is as they typed it, buttons are numbered."""
    keyboard = Keyboard()
    await keyboard.shown("<b>警告</b> &lt;b&gt; &amp; <a href='x'>y</a> 1 < 2", "はい", "いいえ")

    assert keyboard.seen == ["警告 <b> & y 1 < 2\n[1 はい]  [2 いいえ]"]
    assert plain("<code>/start</code>") == "/start"


@pytest.mark.parametrize("line", ["2", "いいえ", "[いいえ]", "［いいえ］"])
async def test_a_button_by_number_or_by_label(line: str) -> None:
    """All mean the same tap, with a callback to answer."""
    keyboard = Keyboard()
    await keyboard.shown("?", "はい", "いいえ")
    act = keyboard.terminal.heard(line)

    assert (act.button, act.text, act.callback) == ("data:いいえ", None, act.cause)


@pytest.mark.parametrize("line", ["0", "3", "２", "はいはい", "12"])
async def test_everything_else_is_text(line: str) -> None:
    """A number that no button has is a number."""
    keyboard = Keyboard()
    await keyboard.shown("?", "はい", "いいえ")

    assert (keyboard.terminal.heard(line).text, keyboard.terminal.heard(line).button) == (line, None)


async def test_a_number_means_the_newest_message_a_label_any() -> None:
    """The last one with buttons; an older one is still there by its words, the newest first."""
    keyboard = Keyboard()
    await keyboard.shown("a", "はい", "古い")
    await keyboard.shown("b", "新しい", "はい")
    await keyboard.shown("c")

    assert keyboard.terminal.heard("1").button == "data:新しい"
    assert keyboard.terminal.heard("古い").button == "data:古い"


async def test_a_board_takes_no_number_from_what_is_asked() -> None:
    """It comes below a step by itself: its buttons are tapped by their words, and by numbers where nothing else is asked."""
    keyboard = Keyboard()
    await keyboard.shown("状況", "院内にいます", board=True)
    assert keyboard.terminal.heard("1").button == "data:院内にいます"
    step = await keyboard.shown("手順", "済み", "できない")
    await keyboard.shown("状況", "外にいます", "患者さん対応中", "院内にいます", board=True)

    assert keyboard.seen[-1] == "状況\n[外にいます] [患者さん対応中] [院内にいます]"
    assert (keyboard.terminal.heard("2").button, keyboard.terminal.heard("3").text) == ("data:できない", "3")
    assert keyboard.terminal.heard("外にいます").button == "data:外にいます"
    await keyboard.shown("手順", "済み", "戻す", replaces=step)
    assert keyboard.terminal.heard("2").button == "data:戻す"


async def test_an_edit_says_nothing_but_changes_the_buttons() -> None:
    """A message changed in place is not shown again; its old buttons are gone."""
    keyboard = Keyboard()
    first = await keyboard.shown("a", "はい")
    assert await keyboard.shown("済み", replaces=first) == first

    assert keyboard.seen == ["a\n[1 はい]"]
    assert keyboard.terminal.heard("はい").text == "はい"
    await keyboard.shown("済み", "もう一度", replaces=first)
    assert keyboard.terminal.heard("1").button == "data:もう一度"


async def test_a_toast_is_shown_in_parentheses() -> None:
    """As short as on the phone."""
    keyboard = Keyboard()
    await keyboard.terminal.answer(keyboard.terminal.heard("x"), "記録しました")

    assert keyboard.seen == ["(記録しました)"]


@pytest.mark.parametrize("word", ["写真", "photo"])
async def test_a_picture_by_its_path(tmp_path: Path, word: str) -> None:
    """A file that is there is an attachment whose bytes can be fetched; any other path is text."""
    (tmp_path / "a b.png").write_bytes(b"bytes")
    keyboard = Keyboard()
    act = keyboard.terminal.heard(f"{word} {tmp_path / 'a b.png'}")
    assert act.attachment is not None
    assert (act.attachment.kind, act.attachment.file_name, act.attachment.size) == ("photo", "a b.png", 5)
    assert await keyboard.terminal.fetch(act.attachment) == b"bytes"

    assert keyboard.terminal.heard(f"{word} nowhere.png").text == f"{word} nowhere.png"


async def test_a_picture_that_is_gone(tmp_path: Path) -> None:
    """Will never come."""
    with pytest.raises(Undelivered) as told:
        await Keyboard().terminal.fetch(Attachment("photo", str(tmp_path / "gone.png")))
    assert told.value.retry_after is None


async def test_where_a_number_is_asked_for_a_number_is_a_number() -> None:
    """「3」 answers "how many?" with three; the button with that place is tapped by its label."""
    terminal = Keyboard().terminal
    rows = ((Button("できました", "a"), Button("できません", "b"), Button("わからない", "c")),)
    await terminal.deliver(RenderedMessage(terminal.address, "何枚ですか。", rows, wants_text=True))

    assert terminal.heard("3").text == "3"
    assert terminal.heard("[わからない]").button == "c"

    await terminal.deliver(RenderedMessage(terminal.address, "選んでください。", rows))
    assert terminal.heard("3").button == "c"


async def test_a_file_for_the_person(tmp_path: Path) -> None:
    """It is saved beside those of its name, readable by nobody else; without a folder it is only named."""
    keyboard = Keyboard()
    await keyboard.terminal.deliver(RenderedMessage(HERE, "どうぞ", document=("名簿.xlsx", b"1")))
    keyboard.terminal._folder = tmp_path / "received"
    for content in (b"1", b"2"):
        await keyboard.terminal.deliver(RenderedMessage(HERE, "どうぞ", document=("../名簿.xlsx", content)))

    first, second = tmp_path / "received" / "名簿.xlsx", tmp_path / "received" / "名簿 2.xlsx"
    assert keyboard.seen == ["どうぞ\n📎 名簿.xlsx", f"どうぞ\n📎 {first}", f"どうぞ\n📎 {second}"]
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")
    assert first.stat().st_mode & 0o077 == 0


async def test_a_folder_that_can_not_be_written(tmp_path: Path) -> None:
    """Is a message that did not get through."""
    (tmp_path / "in the way").write_bytes(b"")
    keyboard = Keyboard()
    keyboard.terminal._folder = tmp_path / "in the way"
    with pytest.raises(Undelivered):
        await keyboard.terminal.deliver(RenderedMessage(HERE, "どうぞ", document=("名簿.xlsx", b"1")))


async def test_a_line_that_sends_a_file(tmp_path: Path) -> None:
    """As a file, not as a photo."""
    path = tmp_path / "名簿.xlsx"
    path.write_bytes(b"PK")
    heard = Keyboard().terminal.heard(f"ファイル {path}")

    assert heard.attachment is not None
    assert (heard.attachment.kind, heard.attachment.file_name) == ("file", "名簿.xlsx")


def sat_down(clinic: Clinic, shown: list[str], session: str) -> tuple[Terminal, Lamp]:
    """Let the nurse sit down at a terminal of a new process."""
    terminal = Terminal(f"terminal:{clinic.id('nurse')}", clinic.clock, shown.append, Keyboard().read, session)
    lamp = light(clinic.home, clinic.clock, terminal)
    for number, message, _ in lamp.outbox.still_shown(terminal.address):
        terminal.recall(number, message)
    return terminal, lamp


@pytest.mark.parametrize("line", ["はい、いま", "[はい、いま]", "1"])
async def test_what_was_shown_before_a_restart_is_tapped(clinic: Clinic, line: str) -> None:
    """Labels and numbers of what stands on the screen still tap, though another process has shown it; what is over doesn't."""
    shown: list[str] = []
    terminal, lamp = sat_down(clinic, shown, "s1")
    await lamp.hear_and_answer(terminal.heard("なんだか相談したいことがあるような気がします"))
    assert "はい、いま" in shown[-1]
    terminal, lamp = sat_down(clinic, shown, "s2")

    heard = terminal.heard(line)
    assert heard.button is not None
    await lamp.hear_and_answer(heard)
    assert clinic.entries("reported")
    assert lamp.home.journal.unhandled.all() == []


async def test_two_panes_show_each_person_their_own(clinic: Clinic) -> None:
    """Two sit over the same home, each at a pane of their own: whoever's looks first takes nothing of the other's."""
    seen: dict[str, list[str]] = {"reception": [], "director": []}
    panes = {}
    for who, shown in seen.items():
        terminal = Terminal(f"terminal:{clinic.id(who)}", clinic.clock, shown.append, Keyboard().read, who)
        panes[who] = terminal, light(clinic.home, clinic.clock, terminal)
    terminal, lamp = panes["reception"]
    for line in ("電子カルテが動かない、画面に英語が出てる", "画面に脅し文・読めない英語が出た"):
        await lamp.hear_and_answer(terminal.heard(line))

    assert seen["director"] == []
    assert "として始めます" in "\n".join(seen["reception"])
    assert "対応の責任者になる" not in "\n".join(seen["reception"])

    await panes["director"][1].outbox.flush()
    assert "対応の責任者になる" in "\n".join(seen["director"])
    assert "として始めます" not in "\n".join(seen["director"])
