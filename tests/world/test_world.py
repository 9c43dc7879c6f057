"""The slow human in a world: it reads what is shown, the world is what it acts on, and its goals hold for today's code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from pathlib import Path

import pytest

from bot.channels.channel import Button, RenderedMessage
from playbooks.model import Step
from tests.library import shipped_catalogue
from tests.world.figures import figures, met, played, table, yardstick
from tests.world.nature import Dice
from tests.world.phone import Phone
from tests.world.play import NATURE, morning
from tests.world.truth import MACHINE, MACHINE_WIFI, MILESTONES, NAS, USB, World
from tests.world.words import ACTS, LABELS, PASSES_ON, TAKES_BACK, WORK, act_of, meaning

CAREFUL = replace(NATURE, unsure=0, ticks_undone=0, wrong_lead=0)
"""People who know their leads, and do what they say they did."""


async def test_a_morning(tmp_path: Path) -> None:
    """Among slow people who make no mistake the machine is off the net, somebody leads, and no act is met by silence."""
    seen = await morning(1, tmp_path, minutes=18, nature=CAREFUL)

    assert not seen.connected & {MACHINE, MACHINE_WIFI}
    assert {"off_net", "leads", "vendor_called"} <= seen.came.keys()
    assert seen.unanswered == ()


NOT_YET = {"off_net": 5.5, "backups": 8.0}
"""Minutes that half of all take to what misses its goal as yet: no longer than this, and whoever makes it shorter lowers it."""


@pytest.mark.long
def test_two_hundred_mornings() -> None:
    """Half of all reach each goal in its time and nine in ten in twice that, but for what stands in NOT_YET."""
    found = figures(played(range(1, 201), 2))
    reached = {what for what, well in met(found).items() if well}

    assert reached >= MILESTONES.keys() - NOT_YET.keys()
    assert all((found["times"][what]["median"] or inf) <= most for what, most in NOT_YET.items())


def all_steps(playbook: str) -> list[Step]:
    """Give the steps of a playbook's tracks, and where a step is a card its lines."""
    steps = [step for track in shipped_catalogue().playbooks[playbook].tracks.values() for step in track.steps.values()]
    return [line for step in steps for line in (getattr(step, "lines", {}).values() or [step])]


def test_reader_knows_todays_words() -> None:
    """In an attack everything that the world measures is asked for in words that the player understands, leads pulled in few places."""
    asked = [act_of(step.ask.ja) or WORK for step in all_steps("ransomware")]
    found = {act.name for act in asked}

    assert {act.name for _, act in ACTS if act.cuts} | {"vendor", "phone_wifi", "call_out", "photograph"} <= found
    assert sum(bool(act.cuts) for act in asked) <= 8


@dataclass
class Timepiece:
    """A clock that stands."""

    at: float = 0.0

    def __call__(self) -> float:
        """Give the second."""
        return self.at


def message(text: str, *labels: str, replaces: str | None = None) -> RenderedMessage:
    """Render a message."""
    return RenderedMessage("telegram:1001", text, tuple((Button(label, label),) for label in labels), replaces)


def test_an_edit_is_read_only_where_it_changed() -> None:
    """Characters count as people read: words and buttons once, of an edit what is new, and no markup."""
    phone = Phone(Timepiece())
    phone.receive(message("<b>線を抜いて</b>\n電源はそのまま", "できました"), "1")
    phone.receive(message("<b>線を抜いて</b>\n済みました", "できました", replaces="1"), "1")

    assert phone.figures(10) == {"messages": 1, "characters": 5 + 7 + 5 + 5, "screens": 1, "acts": 0}


def test_what_an_edit_took_away_is_never_read() -> None:
    """Of a message that changed before its reader came to it, only what stands there now is read."""
    phone = Phone(Timepiece())
    phone.receive(message("線を抜いて", "できました"), "1")
    phone.receive(message("別の手順です", "できました", replaces="1"), "1")

    assert phone.messages["1"].unread == 6 + 5
    assert phone.figures(10)["characters"] == 5 + 5 + 6


def test_off_the_net_means_cable_and_wifi() -> None:
    """A machine whose cable is out goes on over the air until its Wi-Fi is off; the first moment counts."""
    clock = Timepiece(60)
    world = World(clock)
    world.connected.add(MACHINE_WIFI)
    world.disconnect(MACHINE)
    assert "off_net" not in world.came
    clock.at = 120
    world.disconnect(MACHINE_WIFI)
    clock.at = 180
    world.disconnect(NAS)
    world.disconnect(USB, MACHINE)

    assert world.came == {"off_net": 120, "backups": 180}


def test_what_others_do_changes_nobodys_dice() -> None:
    """The same seed gives the same people, whatever code they play with."""
    assert [Dice("1:nurse").random() for _ in range(2)] == [Dice("1:nurse").random()] * 2


async def test_people_pass_on_and_take_back(tmp_path: Path) -> None:
    """Whoever passes each step on and takes back each answer goes by buttons that are there, and each tap is met by something."""
    said: list[str] = []
    changeful = replace(CAREFUL, passes_on=1, takes_back=1)
    seen = await morning(4, tmp_path, minutes=14, nature=changeful, watch=said.append)

    assert {PASSES_ON, TAKES_BACK} <= {line.partition("> [")[2].rstrip("]") for line in said}
    assert seen.unanswered == ()


@pytest.mark.parametrize(
    "label", ["できました", "わからない", "行きます", "対応の責任者になる", "☐ ②", "引き受ける: システム会社への連絡"]
)
def test_buttons_mean_something(label: str) -> None:
    """A button is read by its words; one that nobody knows is one of several answers."""
    assert meaning(label) in LABELS
    assert meaning("レントゲンの部屋") == "answer"


def test_yardstick_stands_beside() -> None:
    """The figures of a1988d0 are there, for each goal, and the table says both."""
    kept = yardstick()
    said = "\n".join(table(kept, kept))

    assert all(kept["times"][what]["median"] is None or kept["times"][what]["median"] > 0 for what in MILESTONES)
    assert "a1988d0" in said
    assert kept["unanswered"] == 0
