"""Every playbook, played from the first message to the seal by the people of a made-up facility."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.demo import Play, demo_start, open_demo
from bot.verifying import verify_home
from playbooks.catalogue import Catalogue
from playbooks.model import FACILITY_KINDS, FacilityKind
from tests.bot.conftest import MORNING

PLAYBOOKS = tuple(playbook.playbook for playbook in Catalogue.load().for_use("incident"))

THREE: tuple[tuple[str, FacilityKind], ...] = (
    ("lost_device", "visiting_nurse"), ("eligibility_outage", "pharmacy"), ("vendor_breach", "dental"),
)  # fmt: skip


async def plays_whole(folder: Path, playbook: str, kind: FacilityKind) -> None:
    """Play it; every message could be said, nothing is left on any screen, and nothing was altered."""
    cast = open_demo(folder, demo_start(MORNING), lambda _, __: None, kind)
    run = await Play(cast, folder, lambda _, __: None).play(playbook)
    home = cast.stage.home
    failed = [d.owed.name for d in home.journal.deliveries.of_run(run.id) if d.state == "failed"]
    home.close()

    assert run.state == "closed"
    assert (failed, run.open_steps(), home.journal.unhandled.all()) == ([], [], [])
    assert verify_home(home.path).findings == ()


@pytest.mark.parametrize(("playbook", "kind"), THREE)
async def test_three_plays(tmp_path: Path, playbook: str, kind: FacilityKind) -> None:
    """A visiting nurse's lost tablet, an eligibility outage at a pharmacy, a vendor's breach at a dentist's."""
    await plays_whole(tmp_path, playbook, kind)


@pytest.mark.long
@pytest.mark.parametrize("kind", FACILITY_KINDS)
@pytest.mark.parametrize("playbook", PLAYBOOKS)
async def test_every_play(tmp_path: Path, playbook: str, kind: FacilityKind) -> None:
    """All playbooks at all kinds of facility, where they are meant for it."""
    if kind not in Catalogue.load().playbooks[playbook].facilities:
        pytest.skip("not meant for this kind")
    await plays_whole(tmp_path, playbook, kind)
