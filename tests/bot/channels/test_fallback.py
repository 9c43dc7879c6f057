"""By mail, over a real SMTP server: alarms that don't get through, which tell nothing, and seals for whoever keeps them outside."""

from __future__ import annotations

import asyncio
import email
import os
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from email import policy
from typing import Literal

import pytest
from pydantic import SecretStr

from bot.channels.channel import DeliveryReceipt, RenderedMessage, Traits, Undelivered
from bot.channels.fallback import Fallback, Keeper, allowed, is_installed
from bot.channels.terminal import plain
from bot.command_line.checks import check_home
from bot.lamp import Lamp
from bot.settings import SETTINGS_FILE, Secrets, fallback_urls, keeper_urls, read_settings
from bot.store.seals import SEALED, Seal, head_posted
from bot.store.verifying import verify_home
from bot.wiring import light
from contacts.model import Contact
from flows.commands.facility import PutRegistry, RegistryRow
from flows.commands.people import CallOff, Report
from flows.powers import CONSOLE
from flows.record.journal import FACILITY
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
async def post(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Post]:
    """A server that runs, and is as near as can be: nothing waits between two mails."""
    if is_installed():
        from apprise.plugins.base import NotifyBase

        monkeypatch.setattr(NotifyBase, "request_rate_per_sec", 0)  # seconds of this machine
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
    traits = Traits()

    def __init__(self) -> None:
        self.away = True

    async def deliver(self, *messages: RenderedMessage, key: str = "", answers: str | None = None) -> DeliveryReceipt:
        """Fail, or take it."""
        if self.away:
            raise Undelivered("network", "no route", 1.0)
        return DeliveryReceipt(("1",))

    async def listen(self, hear: object) -> None:
        """Hear nothing."""

    async def answer(self, heard: object, toast: str) -> None:
        """Nothing is tapped."""

    async def fetch(self, attachment: object) -> bytes:
        """Nothing is fetched."""
        raise AssertionError(attachment)


class Reading(Silent):
    """A line on which everybody reads what they are sent."""

    def __init__(self, clinic: Clinic) -> None:
        super().__init__()
        self._clinic = clinic

    async def deliver(self, *messages: RenderedMessage, key: str = "", answers: str | None = None) -> DeliveryReceipt:
        """Show it."""
        [message] = messages
        self._clinic.show(message.address.partition(":")[2], plain(message.text))
        return DeliveryReceipt((str(len(self._clinic.seen)),))


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


async def seals(
    clinic: Clinic, lamp: Lamp, *, contact: bool = True, mode: Literal["incident", "drill"] = "incident"
) -> None:
    """Let an incident (or drill) be called off and sealed, with a lawyer named as keeper or with nobody."""
    if contact:
        lawyer = Contact(
            id="yamamoto", kind="adviser", services=("lawyer", "seals"), name="山本弁護士", number="03-1111-2222"
        )
        row = RegistryRow("contact", lawyer.id, lawyer.model_dump_json())
        clinic.orders(PutRegistry(FACILITY, (row,)), "director")
    run = clinic.orders(
        Report("", "患者の山田さんのカルテが動かない", mode=mode, playbook="ehr_outage"), "reception"
    ).run
    clinic.orders(CallOff(run, "直りました"), "director")
    await ticks(lamp)


async def ticks(lamp: Lamp) -> None:
    """Let the lamp seal, send, and look what became of it."""
    lamp.sealer.seal_due()
    await lamp.outbox.flush()
    await lamp.handing_on.look_due()


async def test_a_seal_reaches_its_keeper_by_itself(clinic: Clinic, post: Post) -> None:
    """One mail: the facility, the seal and what to do with it. It fits the record, it is entered, and nobody is asked to forward."""
    needs_apprise()
    lamp = light(clinic.home, clinic.clock, Reading(clinic), Keeper([post.url]))
    await seals(clinic, lamp)

    [mail] = post.mails
    read = email.message_from_bytes(mail, policy=policy.default)
    [body] = [part.get_content() for part in read.walk() if part.get_content_type() == "text/plain"]
    [seal] = [Seal.from_body(entry.body) for entry in clinic.entries(SEALED)]
    head = head_posted(body)
    assert (head.seq, head.digest) == (seal.seq, seal.digest)
    assert verify_home(clinic.home.path, heads=[head]).findings == ()
    assert read["Subject"] == "🔏 あかり診療所（架空）の、記録の封印です。"
    assert not re.search("山田|カルテ|高橋|佐藤|incident|山本|ehr", f"{body}{read['Subject']}")
    [entry] = clinic.entries("seal_handed_on")
    assert (entry.actor, clinic.engine.house.seal_outside) == (CONSOLE, seal.seq)
    assert "山本弁護士には、ひとりでに送ります" in clinic.read("director")
    assert "転送してください" not in clinic.read("director")


async def test_a_keeper_is_troubled_with_no_drill(clinic: Clinic, post: Post) -> None:
    """Nor with the seal of the day."""
    needs_apprise()
    lamp = light(clinic.home, clinic.clock, Reading(clinic), Keeper([post.url]))
    await seals(clinic, lamp, contact=False, mode="drill")
    clinic.clock.advance(days=2)
    clinic.orders(Report("", "電話が鳴らない"), "reception")
    await ticks(lamp)

    assert len(clinic.entries(SEALED)) == 2
    assert post.mails == []


@pytest.mark.parametrize("contact", [True, False])
async def test_a_seal_that_does_not_reach_its_keeper(clinic: Clinic, post: Post, contact: bool) -> None:
    """It is tried again; after a day the director has it to forward, once, whether or not a contact is named; a newer one takes its place."""
    needs_apprise()
    post.refuses = True
    lamp = light(clinic.home, clinic.clock, Reading(clinic), Keeper([post.url]))
    await seals(clinic, lamp, contact=contact)
    assert (post.mails, clinic.entries("seal_handed_on")) == ([], [])
    for _ in range(3):
        clinic.clock.advance(hours=13)
        await ticks(lamp)
    assert clinic.read("director").count("の、記録の封印です。") == 1
    post.refuses = False
    await seals(clinic, lamp, contact=False)
    clinic.clock.advance(hours=1)
    await ticks(lamp)

    assert len(post.mails) == len(clinic.entries("seal_handed_on")) == 1
    last = [Seal.from_body(entry.body) for entry in clinic.entries(SEALED)][-1]
    assert clinic.engine.house.seal_outside == last.seq


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
    """The environment's come before those of the settings, of both ways; what can't be used is said by `check`."""
    (clinic.home.path / SETTINGS_FILE).write_text(
        "[fallback]\nurls = ['ntfys://a/b']\n[seal_keeper]\nurls = ['pover://u@t']\n", encoding="utf-8"
    )
    settings, problems = read_settings(clinic.home.path)
    mails = SecretStr("mailtos://a:b@x.jp pover://u@t")
    told = Secrets(tomoshibi_fallback_urls=mails, tomoshibi_seal_keeper_urls=mails)
    assert problems == []
    assert (fallback_urls(settings, Secrets()), keeper_urls(settings, Secrets())) == (
        ("ntfys://a/b",),
        ("pover://u@t",),
    )
    assert fallback_urls(settings, told) == keeper_urls(settings, told) == ("mailtos://a:b@x.jp", "pover://u@t")

    bad = SecretStr("json://a:geheim@x.jp")
    wrong = Secrets(tomoshibi_fallback_urls=bad, tomoshibi_seal_keeper_urls=bad)
    found = [f.what for f in await check_home(clinic.home, wrong, clinic.clock.now())]
    for name in ("FALLBACK", "SEAL_KEEPER"):
        [said] = [what for what in found if name in what]
        assert "geheim" not in said
