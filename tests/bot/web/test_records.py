"""A run's page: its timeline as a picture and its photos, small, for those who decide; photos on their own board, and on no other."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from PIL import Image

from flows.commands.people import TellOfPhotos
from tests.bot.web.house import House, Window, housed
from tests.clinic import Clinic

REPORT = "電子カルテが動かない、画面に英語が出てる"
ATTACK = "画面に脅し文・読めない英語が出た"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00" + bytes(range(256))
CUT = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


def jpeg() -> bytes:
    """Give a photo as a phone makes it: it lies on its side and says so, and where it was taken."""
    exif, out = Image.Exif(), BytesIO()
    exif[0x0112], exif[0x010E] = 6, "35.6N 139.7E"
    Image.new("RGB", (800, 600), "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
async def house(clinic: Clinic) -> AsyncIterator[House]:
    """The page of the clinic, amid an incident of which the receptionist has sent a photo, one of another kind, and one that broke."""
    async with housed(clinic) as made:
        async with made.inside("reception") as desk:
            await desk.writes(REPORT)
            await desk.taps(ATTACK)
            for number, content in enumerate((jpeg(), HEIC, CUT)):
                await desk.sends(f"IMG_{number}.JPG", content, key=f"f{number}")
            await made.settles()
        yield made


async def pictures(window: Window, path: str) -> list[str]:
    """Give the addresses of the pictures on a page."""
    return re.findall(r'<img src="([^"]+)"', (await window.gets(path)).text)


async def test_whoever_decides_sees_timeline_and_photos(house: House) -> None:
    """From the desk; each photo is upright, small and says nothing of where it was taken; what can't be drawn is named, or leaves its words."""
    run = house.clinic.run()
    photo, heic, cut = run.evidence
    async with house.inside("director") as window:
        assert f'<a href="/run/{run.id}">' in (await window.gets("/desk")).text
        path = f"/run/{run.id}"
        timeline, *photos = await pictures(window, path)
        drawn = await window.gets(timeline)
        assert (drawn.headers["content-type"], drawn.content[:4]) == ("image/png", b"\x89PNG")
        assert photos == [f"{path}/photo/{turn}.png" for turn in (photo, cut)]
        small = await window.gets(photos[0])
        with Image.open(BytesIO(small.content)) as image:
            assert (image.format, image.size) == ("PNG", (240, 320))
            assert not image.getexif()
        assert b"35.6N" not in small.content
        assert (await window.gets(photos[1])).status_code == 404
        assert (await window.gets(f"{path}/photo/{heic}.png")).status_code == 404
        assert "ここには出しません" in await window.reads(path)


async def test_others_get_none_of_it(house: House) -> None:
    """Neither the page nor a picture by its address; a stranger is told how members come in."""
    run = house.clinic.run()
    paths = [f"/run/{run.id}{part}" for part in ("", "/timeline.png", f"/photo/{next(iter(run.evidence))}.png")]
    async with house.inside("nurse") as nurse, house.inside("director") as director, house.window() as stranger:
        assert [(await nurse.gets(path)).status_code for path in paths] == [404] * 3
        assert [(await stranger.gets(path)).status_code for path in paths] == [403] * 3
        assert (await director.gets("/run/incident-9")).status_code == 404
        assert "/run/" not in (await nurse.gets("/desk")).text


async def test_photos_stand_on_the_board_of_whoever_may_see_them(house: House) -> None:
    """Of the director, in their own browser; not before a room, and not of others."""
    run = house.clinic.run()
    await house.clinic.says("director", "/board")
    link = str(re.findall(r"/board/in/(\S+)", house.clinic.read("director"))[-1])
    board = f"/board/{run.id}"
    async with house.inside("director") as director, house.inside("nurse") as nurse, house.window() as room:
        await room.posts("/board/in", token=link)
        assert len(await pictures(director, board)) == 2
        assert await pictures(nurse, board) == await pictures(room, board) == []


async def test_who_said_that_patients_are_on_it_is_believed(house: House) -> None:
    """Of somebody who said so of one photo, none is shown any more."""
    run = house.clinic.run()
    first = next(iter(run.evidence))
    house.clinic.orders(TellOfPhotos(run.id, first, "yes"), "reception")
    async with house.inside("director") as window:
        assert await pictures(window, f"/board/{run.id}") == []
        assert (await window.gets(f"/run/{run.id}/photo/{first}.png")).status_code == 404
