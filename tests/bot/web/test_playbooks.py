"""The playbooks as pages: what is followed here, drawn track by track, for all members and nobody else."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

from playbooks.kinds import worded
from tests.bot.web.house import housed
from tests.clinic import Clinic


async def test_every_member_reads_them(clinic: Clinic) -> None:
    """From the desk to the list, from there to each; every title on a page is one of its playbook's, in the reader's language."""
    async with housed(clinic) as house, house.inside("nurse") as window:
        assert '<a href="/playbooks">' in (await window.gets("/desk")).text
        listed = re.findall(r'href="/playbooks/(\w+)"', (await window.gets("/playbooks")).text)
        books = clinic.engine.handbook.playbooks
        assert sorted(listed) == sorted(name for name, book in books.items() if "clinic" in book.facilities)
        for name in listed:
            page = await window.reads(f"/playbooks/{name}")
            book = worded(books[name], "clinic")
            assert all(track.title.ja in page for track in book.tracks.values())
        assert "LANの線を抜く" in await window.reads("/playbooks/ransomware")


async def test_nobody_else_does(clinic: Clinic) -> None:
    """A stranger is told how members come in; a playbook that there isn't is not found."""
    async with housed(clinic) as house, house.window() as stranger, house.inside("nurse") as window:
        for path in ("/playbooks", "/playbooks/ransomware"):
            assert "ランサム" not in await stranger.reads(path)
        assert (await window.gets("/playbooks/nothing")).status_code == 404


async def test_a_homes_own_playbook_stands_there(clinic: Clinic) -> None:
    """As it is followed, escaped like all that people wrote: words that look like markup are words, and the drawing is whole."""
    books = clinic.engine.handbook.playbooks
    [(name, track), *_] = books["ransomware"].tracks.items()
    first = track.begin
    ask = track.steps[first].ask.model_copy(update={"ja": "<script>alert(1)</script> & 線を抜く"})
    steps = {**track.steps, first: track.steps[first].model_copy(update={"ask": ask})}
    tracks = {**books["ransomware"].tracks, name: track.model_copy(update={"steps": steps})}
    own = books["ransomware"].model_copy(update={"tracks": tracks})
    clinic.engine.handbook = replace(clinic.engine.handbook, playbooks={**books, "ransomware": own})
    async with housed(clinic) as house, house.inside("nurse") as window:
        page = (await window.gets("/playbooks/ransomware")).text

    assert "<script>alert" not in page
    drawn = [ET.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", page, re.DOTALL)]  # noqa: S314  (our own)
    assert len(drawn) == len(own.tracks)
    assert "<script>alert(1)</script> & 線を抜く" in "".join(drawn[0].itertext())
