"""The way round: alarms that don't get through are told of by mail, over a real SMTP server, and tell nothing."""

from __future__ import annotations

import asyncio
import email
import os
from collections.abc import AsyncIterator
from contextlib import suppress
from email import policy

import pytest
from pydantic import SecretStr

from bot.channels.channel import DeliveryReceipt, RenderedMessage, Undelivered
from bot.channels.fallback import Fallback, allowed, is_installed
from bot.command_line.checks import check_home
from bot.settings import SETTINGS_FILE, Secrets, fallback_urls, read_settings
from bot.wiring import light
from flows.commands.people import Report
from tests.clinic import Clinic

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # Apprise's, on Python 3.11


class Post:
    """An SMTP server (RFC 5321) on loopback: ``mails`` are what it took; ``refuses`` makes it take none."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.refuses = False
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talk to one client until it goes."""

        async def says(line: str) -> None:
            writer.write(f"{line}\r\n".encode())
            await writer.drain()

        await says("220 here")
        with suppress(ConnectionError):
            while line := (await reader.readline()).decode().strip().upper():
                if line == "DATA":
                    await says("354 go on")
                    mail = await reader.readuntil(b"\r\n.\r\n")
                    self.mails.append(mail)
                refused = self.refuses and line.startswith("RCPT")
                await says("221 bye" if line == "QUIT" else "451 not now" if refused else "250 well")
        writer.close()


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    """A server that runs."""
    post = Post()
    server = await asyncio.start_server(post.serve, "127.0.0.1")
    port = server.sockets[0].getsockname()[1]
    post.url = f"mailto://127.0.0.1:{port}?from=bot@example.org&to=takahashi@example.org&mode=insecure"
    yield post
    server.close()


def needs_apprise() -> None:
    """Skip a test where Apprise is not installed, but fail where CI is set."""
    reason = "no Apprise here to send a mail by (make fallback)"
    if not is_installed() and os.environ.get("CI"):
        pytest.fail(reason)
    if not is_installed():
        pytest.skip(reason)


class Silent:
    """A line that takes nothing for as long as it is away."""

    name = reaches = "terminal"
    rates = None

    def __init__(self) -> None:
        self.away = True

    async def deliver(self, message: RenderedMessage) -> DeliveryReceipt:
        """Fail, or take it."""
        if self.away:
            raise Undelivered("network", "no route", 1.0)
        return DeliveryReceipt("1")

    async def listen(self, hear: object) -> None:
        """Hear nothing."""

    async def answer(self, heard: object, toast: str) -> None:
        """Nothing is tapped."""

    async def fetch(self, attachment: object) -> bytes:
        """Nothing is fetched."""
        raise AssertionError(attachment)


async def test_an_alarm_that_does_not_get_through(clinic: Clinic, post: Post) -> None:
    """Not before it is late; then one mail, whose every word is the facility's name and where to look; again after half an hour."""
    needs_apprise()
    way, line = Fallback([post.url]), Silent()
    lamp = light(clinic.home, clinic.clock, line, way)
    clinic.orders(Report("", "患者の山田さんのカルテが暗号化された 090-1234-5678", playbook="ransomware"), "reception")
    sent = []
    for minutes in (4, 2, 10, 10, 10, 5):
        clinic.clock.advance(minutes=minutes)
        await lamp.way_round.look_due()
        await lamp.outbox.flush()
        sent.append(len(post.mails))

    assert sent == [0, 1, 1, 1, 2, 2]
    mail = email.message_from_bytes(post.mails[0], policy=policy.default)
    texts = [part.get_content().strip() for part in mail.walk() if part.get_content_type() == "text/plain"]
    assert [mail["Subject"], *texts] == ["【あかり診療所（架空）】ボットを見てください。"] * 2
    # By chance the mail's own identifier and the seam between its parts may hold any digits.
    told = [value for name, value in mail.items() if name not in {"Message-ID", "Content-Type"}]
    assert not any(word in value for word in ("山田", "090", "高橋", "incident") for value in told)


async def test_what_got_through_or_is_a_drill(clinic: Clinic, post: Post) -> None:
    """Nobody is written to: neither of an alarm that came late nor of a drill, whatever its line does."""
    needs_apprise()
    line = Silent()
    lamp = light(clinic.home, clinic.clock, line, Fallback([post.url]))
    clinic.orders(Report("", "訓練です", mode="drill", playbook="ransomware"), "nurse")
    clinic.clock.advance(minutes=20)
    await lamp.way_round.look_due()
    line.away = False
    clinic.orders(Report("", "画面に英語", playbook="ransomware"), "reception")
    await lamp.outbox.flush()
    clinic.clock.advance(minutes=20)
    await lamp.way_round.look_due()
    await lamp.outbox.flush()

    assert post.mails == []


async def test_a_server_that_takes_nothing(post: Post) -> None:
    """It is tried again; an address that is set no more is not, and no reason tells a password."""
    needs_apprise()
    way, post.refuses = Fallback([post.url]), True
    with pytest.raises(Undelivered) as later:
        await way.deliver(RenderedMessage("fallback:0", "ボットを見てください。"))
    with pytest.raises(Undelivered) as never:
        await way.deliver(RenderedMessage("fallback:1", "ボットを見てください。"))

    assert (later.value.retry_after, never.value.retry_after) == (60.0, None)
    assert "127.0.0.1" not in str(later.value) + str(never.value)


@pytest.mark.parametrize("url", ["mailto://a:b@example.org", "json://example.org", "exec:///bin/sh", "dbus://", "x"])
def test_what_may_not_be_used(url: str) -> None:
    """Only services that send something to a person, over TLS; the refusal holds no password."""
    with pytest.raises(ValueError, match="mailtos") as refused:
        allowed(url)
    assert "example.org" not in str(refused.value)


async def test_what_is_set(clinic: Clinic) -> None:
    """The environment's come before those of the settings; what can't be used is said by `check`."""
    (clinic.home.path / SETTINGS_FILE).write_text("[fallback]\nurls = ['ntfys://a/b']\n", encoding="utf-8")
    settings, problems = read_settings(clinic.home.path)
    told = Secrets(tomoshibi_fallback_urls=SecretStr("mailtos://a:b@x.jp pover://u@t"))
    assert (fallback_urls(settings, Secrets()), problems) == (("ntfys://a/b",), [])
    assert fallback_urls(settings, told) == ("mailtos://a:b@x.jp", "pover://u@t")

    wrong = Secrets(tomoshibi_fallback_urls=SecretStr("json://a:geheim@x.jp"))
    said = [f.what for f in await check_home(clinic.home, wrong, clinic.clock.now()) if "FALLBACK" in f.what]
    assert len(said) == 1
    assert "geheim" not in said[0]
