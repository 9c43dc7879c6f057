"""Every playbook, played from the first message to the seal by the people of a made-up facility."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.demo.play import Play, demo_start, open_demo
from bot.store.verifying import verify_home
from flows.commands.people import Acknowledge, Claim, TickItem
from flows.events.calling import Declared
from flows.events.working import Asked
from flows.record.codec import decode
from flows.response.steps import moves
from playbooks.model import FACILITY_KINDS, FacilityKind, Playbook
from playbooks.texts import Language
from tests.clinic import MORNING
from tests.flows.clinic import CLINIC, SATO, TAKAHASHI, Clinic
from tests.library import shipped_catalogue

PLAYBOOKS = tuple(playbook.playbook for playbook in shipped_catalogue().for_use("incident"))

ASKS_BACK = ("answer_or_plea", "answer_or_report")
"""What somebody is asked whose words were awaited and may be something else."""

THREE: tuple[tuple[str, FacilityKind], ...] = (
    ("lost_device", "visiting_nurse"),
    ("eligibility_outage", "pharmacy"),
    ("vendor_breach", "dental"),
)


async def plays_whole(folder: Path, playbook: str, kind: FacilityKind, language: Language = "ja") -> None:
    """Play it, begun as just that; every message could be said, no answer is asked back or taken for another matter, no screen is left, nothing altered."""
    cast = open_demo(folder, demo_start(MORNING), lambda _, __: None, kind, language)
    run = await Play(cast, folder, lambda _, __: None).play(playbook)
    home = cast.stage.home
    failed = [d.owed.name for d in home.journal.deliveries.of_run(run.id) if d.state == "failed"]
    said = [decode(entry.kind, entry.body) for entry in home.journal.entries()]
    asked_back = [one.about["text"] for one in said if isinstance(one, Asked) and one.what in ASKS_BACK]
    begun = [one.playbook["playbook"] for one in said if isinstance(one, Declared)]
    home.close()

    assert (run.state, begun) == ("closed", [playbook])
    assert asked_back == []
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
    if kind not in shipped_catalogue().playbooks[playbook].facilities:
        pytest.skip("not meant for this kind")
    await plays_whole(tmp_path, playbook, kind)


@pytest.mark.long
@pytest.mark.parametrize("playbook", PLAYBOOKS)
async def test_every_play_in_english(tmp_path: Path, playbook: str) -> None:
    """All playbooks in English, each at a facility that it is meant for."""
    await plays_whole(tmp_path, playbook, shipped_catalogue().playbooks[playbook].facilities[0], "en")


DRILLS = tuple(playbook for playbook in shipped_catalogue().for_use("drill") if "incident" not in playbook.use)
GIVEN = {"text": "確認して記録しました", "number": "2", "time": "9:05"}


def respond(clinic: Clinic, steps: int) -> list[tuple[str, str]]:
    """Let everybody answer what is on their screen, the first choice each; gives the steps that were answered."""
    answered = []
    for _ in range(steps):
        shown = next(iter(clinic.run.open_steps()), None)
        if shown is None:
            if not clinic.run.waiting():
                break
            clinic.act(SATO, Claim(clinic.run.id, clinic.run.waiting()[0][0]))
            continue
        answered.append((shown.track, shown.step))
        step = clinic.run.step(shown)
        if step.takes in GIVEN:
            clinic.writes(shown.member, GIVEN[step.takes], to_step=True)
            continue
        if step.type.wants == "ticks":
            for item in step.choices:
                clinic.act(shown.member, TickItem(clinic.run.id, shown.turn, item))
        legal = moves(clinic.run, clinic.screen(shown.member))
        chosen = next((move for move in legal if move.startswith("choice:")), legal[0])
        clinic.answers(shown.member, chosen)
    return answered


@pytest.mark.parametrize("kind", FACILITY_KINDS)
@pytest.mark.parametrize("playbook", DRILLS, ids=lambda playbook: playbook.playbook)
def test_every_drill_comes_to_its_end(playbook: Playbook, kind: FacilityKind) -> None:
    """Each playbook of a drill: every step meant for the facility is met, none twice, and none is left."""
    clinic = Clinic(playbook).found(CLINIC.model_copy(update={"kind": kind}))
    clinic.reports(SATO, "訓練を始めます", mode="drill")
    clinic.act(TAKAHASHI, Acknowledge(clinic.run.id))
    met = respond(clinic, steps=80)

    meant = {
        (track, name)
        for track, written in playbook.tracks.items()
        for name, step in written.steps.items()
        if kind in step.facilities
    }
    assert len(met) == len(set(met))
    assert set(met) == meant
    assert (clinic.run.open_steps(), clinic.run.waiting()) == ([], [])
