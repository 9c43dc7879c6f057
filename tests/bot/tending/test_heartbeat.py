"""The heartbeat: an address elsewhere is asked while all is well, told nothing, and holds nothing up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.clock import MovableClock
from bot.command_line.checks import check_home
from bot.settings import SETTINGS_FILE, Secrets, heartbeat_url, public_https, read_settings
from bot.tending.heartbeat import Beats, Heartbeat, last_beats
from tests.clinic import MORNING, Clinic
from tests.telegram_double.wire import Wire

EVERY = timedelta(minutes=5)


class Service:
    """Somebody else's service: what it was asked, and what it answers."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str, bytes]] = []
        self.status = 200

    async def answers(self, request: Request) -> Response:
        """Answer, as told."""
        self.asked.append((request.method, request.url.path, request.url.query, await request.body()))
        return Response("x" * 1000, self.status, headers={"Location": "/elsewhere"})


@pytest.fixture
async def service() -> AsyncIterator[tuple[Service, str]]:
    """Serve one on loopback; gives its address, too."""
    service = Service()
    wire = Wire(Starlette(routes=[Route("/{path:path}", service.answers, methods=["GET", "POST", "HEAD"])]))
    await wire.start()
    yield service, f"{wire.url}/abc"
    await wire.stop()


async def test_it_beats_while_all_is_well(service: tuple[Service, str], tmp_path: Path) -> None:
    """An empty GET at its interval and no more; not while something stands still, and then no later than at the next look."""
    (there, url), clock = service, MovableClock(MORNING)
    heart = Heartbeat(url, EVERY, tmp_path, clock)
    beats = []
    for well in (True, True, False, False, True):
        await heart.beat_due(well=well)
        beats.append(len(there.asked))
        clock.advance(minutes=3)

    assert beats == [1, 1, 1, 1, 2]
    assert there.asked == [("GET", "/abc", "", b"")] * 2
    assert last_beats(tmp_path) == Beats((MORNING + timedelta(minutes=12)).isoformat(timespec="seconds"))


@pytest.mark.parametrize("status", [302, 404, 500])
async def test_what_fails_is_noted(service: tuple[Service, str], tmp_path: Path, status: int) -> None:
    """The last that arrived is kept; nothing is raised, and nobody is followed elsewhere."""
    (there, url), clock = service, MovableClock(MORNING)
    heart = Heartbeat(url, EVERY, tmp_path, clock)
    await heart.beat_due(well=True)
    there.status = status
    clock.advance(minutes=5)
    await heart.beat_due(well=True)

    assert last_beats(tmp_path) == Beats(MORNING.isoformat(timespec="seconds"), f"HTTP {status}")
    assert len(there.asked) == 2


async def test_nobody_there(tmp_path: Path) -> None:
    """A line that is away is noted without the address, which is half a secret."""
    await Heartbeat("http://127.0.0.1:9/abc", EVERY, tmp_path, MovableClock(MORNING)).beat_due(well=True)

    assert last_beats(tmp_path) == Beats("", "ConnectError")


@pytest.mark.parametrize(
    "url",
    ["http://hc-ping.com/a", "https://127.0.0.1/a", "https://localhost/a", "https://192.168.1.5/a", "https://[::1]/a",
     "https://printer.local/a", "https://intranet/a", "file:///etc/passwd", "https:///a", "hc-ping.com/a"],
)  # fmt: skip
def test_where_it_may_not_go(url: str) -> None:
    """Only https, and only to a service elsewhere: from the settings, and from the environment."""
    with pytest.raises(ValueError, match="https://"):
        public_https(url)


def test_where_it_goes(tmp_path: Path) -> None:
    """The environment's address comes before that of the settings; one that may not be there is a problem with its line."""
    assert public_https("https://hc-ping.com/abc") == "https://hc-ping.com/abc"
    (tmp_path / SETTINGS_FILE).write_text("[heartbeat]\nurl = 'https://hc-ping.com/abc'\n", encoding="utf-8")
    settings, problems = read_settings(tmp_path)
    assert (heartbeat_url(settings, Secrets()), problems) == ("https://hc-ping.com/abc", [])
    told = Secrets(tomoshibi_heartbeat_url=SecretStr("https://example.org/x"))
    assert heartbeat_url(settings, told) == "https://example.org/x"

    (tmp_path / SETTINGS_FILE).write_text("[heartbeat]\nurl = 'http://10.0.0.1/abc'\n", encoding="utf-8")
    _, problems = read_settings(tmp_path)
    assert [problem.line for problem in problems] == [2]


async def test_what_check_says(clinic: Clinic) -> None:
    """Never arrived, not for three intervals, and an address that may not be; nothing while it beats, or where none is wanted."""

    async def said(url: str) -> list[str]:
        secrets = Secrets(tomoshibi_heartbeat_url=SecretStr(url))
        found = await check_home(clinic.home, secrets, clinic.clock.now())
        return [f.what for f in found if "heartbeat has" in f.what or "heartbeat's" in f.what]

    url = "https://hc-ping.com/abc"
    assert await said("") == []
    assert "No heartbeat has arrived yet" in (await said(url))[0]
    heart = Heartbeat("http://127.0.0.1:9/abc", EVERY, clinic.home.path, clinic.clock, _arrives)
    await heart.beat_due(well=True)
    assert await said(url) == []
    clinic.clock.advance(minutes=16)
    assert "since 2027-04-01 08:50" in (await said(url))[0]
    assert "https://" in (await said("http://hc-ping.com/abc"))[0]


async def _arrives(_: str) -> str:
    return ""
