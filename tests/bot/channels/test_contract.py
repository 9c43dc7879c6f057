"""What every channel keeps, whatever its traits: Telegram, the terminal, the page, and one that counts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.channels.channel import Attachment, Button, Channel, Heard, RenderedMessage, Undelivered
from bot.channels.fitting import Said, fitted
from bot.channels.page import Page
from bot.channels.telegram.telegram import Telegram
from bot.channels.terminal import Terminal, plain
from bot.clock import MovableClock
from tests.clinic import MORNING, ended
from tests.metered import Metered
from tests.telegram_double import TelegramDouble

SAID = Said("まだあります", "ここでは見られません")
PHOTO = b"\x89PNG\r\n\x1a\n a photo"


@dataclass
class Side:
    """One person at the other side of a channel: what they do is heard, ``sees`` gives what stands there, the newest last."""

    channel: Channel
    address: str
    writes: Callable[[str], Awaitable[object]]
    taps: Callable[[str], Awaitable[object]]
    sends: Callable[[bytes], Awaitable[object]]
    sees: Callable[[], list[str]]
    toasts: Callable[[], list[str]]
    heard: list[Heard] = field(default_factory=list)
    keys: int = 0

    async def hear(self, *acts: Heard) -> None:
        """Hear acts."""
        self.heard += acts

    async def shows(self, *messages: RenderedMessage, key: str = "") -> tuple[str, ...]:
        """Deliver messages together; gives their ids."""
        self.keys += 1
        return (await self.channel.deliver(*messages, key=key or f"key-{self.keys}")).message_ids

    def message(self, text: str, *labels: str, replaces: str | None = None) -> RenderedMessage:
        """Make a message with buttons, each of which holds how its label begins."""
        return RenderedMessage(self.address, text, tuple((Button(one, f"d|{one[:9]}"),) for one in labels), replaces)


@asynccontextmanager
async def on_telegram(_: Path) -> AsyncIterator[Side]:
    """Open Telegram, over real HTTP."""
    async with TelegramDouble() as double:
        double.now = lambda: MORNING
        phone = double.person(1234, "佐藤", started=True)
        channel = Telegram(double.token, now=lambda: MORNING, api_url=double.url, poll_for=30)

        async def does(act: object) -> None:
            await double.settled()

        made = Side(
            channel,
            "telegram:1234",
            lambda text: does(phone.writes(text)),
            lambda label: does(phone.taps(label)),
            lambda photo: does(phone.sends_photo(photo)),
            lambda: [one.text for one in phone.from_bot()],
            lambda: phone.toasts,
        )
        listening = asyncio.create_task(channel.listen(made.hear))
        await double.settled()
        yield made
        await ended(listening)
        await channel.close()


@asynccontextmanager
async def at_terminal(folder: Path) -> AsyncIterator[Side]:
    """Sit down at a terminal."""
    seen, lines, waits = list[str](), asyncio.Queue[str](), asyncio.Event()

    async def reads() -> str:
        waits.set()  # what was typed before is heard
        return await lines.get()

    terminal = Terminal("terminal:m1", MovableClock(MORNING), seen.append, reads, "s")
    photo = folder / "photo.png"

    async def types(line: str) -> None:
        await waits.wait()
        waits.clear()
        lines.put_nowait(line)
        await waits.wait()

    async def sends(content: bytes) -> None:
        photo.write_bytes(content)
        await types(f"写真 {photo}")

    made = Side(
        terminal,
        "terminal:m1",
        types,
        lambda label: types(f"[{label}]"),
        sends,
        lambda: [text.partition("\n[")[0] for text in seen if not text.startswith("(")],
        lambda: [text.strip("()") for text in seen if text.startswith("(")],
    )
    listening = asyncio.create_task(terminal.listen(made.hear))
    yield made
    await ended(listening)


@asynccontextmanager
async def on_page(folder: Path) -> AsyncIterator[Side]:
    """Open the page as its server does."""
    page, at = Page(MovableClock(MORNING), "s", folder), "page:m1"
    keys = iter(range(100))

    def shown() -> list[tuple[str, RenderedMessage]]:
        return [(one.number, one.message) for one in page.thread(at).shown.values() if not one.own]

    async def taps(label: str) -> None:
        found = [(n, b.data) for n, one in shown() for row in one.rows for b in row if b.label == label]
        await page.taps(at, f"k{next(keys)}", *found[-1])

    made = Side(
        page,
        at,
        lambda text: page.writes(at, f"k{next(keys)}", text),
        taps,
        lambda photo: page.sends(at, f"k{next(keys)}", "photo.png", photo, picture=True),
        lambda: [plain(one.text) for _, one in shown()],
        lambda: [page.thread(at).toast],
    )
    with page.heard_by(made.hear):
        yield made


@asynccontextmanager
async def on_metered(_: Path) -> AsyncIterator[Side]:
    """Open the channel that counts."""
    channel, at = Metered(lambda: MORNING), "metered:m1"
    made = Side(
        channel,
        at,
        lambda text: channel.brings(at, text=text),
        lambda label: channel.brings(at, label=label),
        lambda photo: channel.brings(at, photo=photo),
        lambda: [plain(one.text) for one in channel.to(at)],
        list,
    )
    listening = asyncio.create_task(channel.listen(made.hear))
    await asyncio.sleep(0)
    yield made
    await ended(listening)


@pytest.fixture(params=[on_telegram, at_terminal, on_page, on_metered], ids=lambda way: way.__name__)
async def side(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Side]:
    """Each channel, with somebody at its other side."""
    async with request.param(tmp_path) as made:
        yield made


async def test_what_is_written_is_heard(side: Side) -> None:
    """With its words, from its address, each time under a cause of its own."""
    await side.writes("電子カルテが動かない")
    await side.writes("電子カルテが動かない")

    assert [(act.text, act.button, act.address) for act in side.heard] == [
        ("電子カルテが動かない", None, side.address)
    ] * 2
    assert len({act.cause for act in side.heard}) == 2
    assert all(act.at == MORNING for act in side.heard)


async def test_what_goes_together_arrives_in_its_order(side: Side) -> None:
    """As many as the channel takes at once, each under an id of its own."""
    texts = [f"{number}番目です" for number in range(side.channel.traits.at_once)]
    ids = await side.shows(*map(side.message, texts))
    (last,) = await side.shows(side.message("終わりです"))

    assert side.sees() == [*texts, "終わりです"]
    assert len({*ids, last}) == len(texts) + 1


async def test_a_tap_brings_what_its_button_holds(side: Side) -> None:
    """Under as many buttons, with as long labels, as the channel takes: any may be tapped, and each tap can be told from a text."""
    traits = side.channel.traits
    labels = [f"{number:02}{'あ' * ((traits.label or 30) - 2)}" for number in range(traits.buttons or 30)]
    await side.shows(side.message("どれですか", *labels))
    for label in (labels[0], labels[-1]):
        await side.taps(label)

    assert [act.button for act in side.heard] == [f"d|{labels[0][:9]}", f"d|{labels[-1][:9]}"]
    assert all(act.text is None and act.callback is not None for act in side.heard)


async def test_what_stands_is_changed_in_its_place(side: Side) -> None:
    """It keeps its id, and its buttons are the new ones; a channel on which nothing can be changed says so, and shows nothing."""
    (number,) = await side.shows(side.message("まだです", "済み"))
    change = side.message("できました", "戻す", replaces=number)
    if side.channel.traits.edits:
        assert await side.shows(change) == (number,)
        await side.taps("戻す")
        assert [act.button for act in side.heard] == ["d|戻す"]
    else:
        with pytest.raises(Undelivered, match="edit_lost") as failed:
            await side.shows(change)
        assert failed.value.retry_after is None
    assert len(side.sees()) == 1


async def test_a_tap_has_its_answer(side: Side) -> None:
    """A short one of its own, where the channel has such."""
    await side.shows(side.message("?", "はい"))
    await side.taps("はい")
    if side.channel.traits.toasts:
        await side.channel.answer(side.heard[-1], "記録しました")

    assert side.toasts() == (["記録しました"] if side.channel.traits.toasts else [])


async def test_a_photo_comes_as_it_was_sent(side: Side) -> None:
    """Byte for byte; one that the channel doesn't have is refused for good."""
    await side.sends(PHOTO)
    photo = side.heard[0].attachment
    assert photo is not None
    assert (photo.kind, await side.channel.fetch(photo)) == ("photo", PHOTO)
    with pytest.raises(Undelivered) as never:
        await side.channel.fetch(Attachment("photo", "nowhere"))

    assert never.value.retry_after is None


async def test_a_delivery_that_comes_again(side: Side) -> None:
    """Under its key it is the same: a channel that says that it doesn't repeat shows it once, and gives the same receipt."""
    first = await side.shows(side.message("一度だけ"), key="k")
    again = await side.shows(side.message("一度だけ"), key="k")

    if not side.channel.traits.repeats:
        assert first == again
    assert len(side.sees()) == (2 if side.channel.traits.repeats else 1)


async def test_whatever_is_to_be_said_can_be_shown(side: Side) -> None:
    """Forty buttons with long labels that begin alike, a long text, a picture: fitted, all of it arrives, every button works."""
    labels = [f"電子カルテと会計の画面がどれも動かないとき {number}" for number in range(40)]
    whole = RenderedMessage(
        side.address,
        "<b>" + "見たままを書いてください。" * 500 + "</b>",
        tuple((Button(label, f"d|{number}"),) for number, label in enumerate(labels)),
        picture=("photo.png", PHOTO),
    )
    buttons = list[Button]()
    for message in fitted(whole, side.channel.traits, SAID):
        await side.shows(message)
        buttons += [button for row in message.rows for button in row]
    for button in buttons:
        await side.taps(button.label)

    assert [act.button for act in side.heard] == [f"d|{number}" for number in range(40)]
    seen = "".join(side.sees())
    assert seen.count("見たままを書いてください。") == 500
    assert side.channel.traits.label is None or all(label in seen for label in labels)
    assert (SAID.unshown in seen) == (not side.channel.traits.files)
