"""What the registry knows stands beside the action that it changes, and nothing that nobody has answered."""

from __future__ import annotations

import pytest

from bot.screens.known import known
from bot.screens.renderer import Renderer
from playbooks.model import Step
from tests.clinic import Clinic


def line(clinic: Clinic, track: str, card: str, name: str = "") -> Step:
    """Give a step of the ransomware playbook, or a line of a card."""
    step = clinic.engine.handbook.playbooks["ransomware"].tracks[track].steps[card]
    return step.lines[name] if name else step


def beside(clinic: Clinic, step: Step, *, whole: bool = False) -> list[str]:
    """Give what the nurse reads beside it."""
    scene = Renderer(clinic.engine).look(clinic.id("nurse"), clinic.clock.now())
    return [said.unescape() for said in known(scene, step, whole=whole)]


def test_before_the_router_is_cut(clinic: Clinic) -> None:
    """That the desk phones and devices at homes go with the line, only where that is so."""
    router = line(clinic, "cutting_off", "outside_line", "cut_outside")
    assert beside(clinic, router) == []
    clinic.registers(phones_on_line=False, home_devices=True)
    assert ["患者さん宅" in said for said in beside(clinic, router)] == [True]
    clinic.registers(phones_on_line=True)

    assert "切ると固定電話も使えません" in beside(clinic, router)[0]


@pytest.mark.parametrize(
    ("track", "card", "name"), [("cutting_off", "outside_line", "day_and_night"), ("vendors", "ehr", "")]
)
def test_the_phone_that_takes_over(clinic: Clinic, track: str, card: str, name: str) -> None:
    """Stands where calls are moved to it, and where a vendor is told where to call back."""
    clinic.registers(fallback_phone="佐藤 090-0000-0000")

    assert beside(clinic, line(clinic, track, card, name)) == ["📱 代わりの電話: 佐藤 090-0000-0000"]


@pytest.mark.parametrize("kind", ["clinic", "dental", "pharmacy", "visiting_nurse"])
def test_the_first_poster_says_whether_it_is_approved(clinic: Clinic, kind: str) -> None:
    """Its text is there at once, with a mark while nobody who decides has seen it; it says nothing of what happened."""
    clinic.registers(kind=kind)
    poster = line(clinic, "patients_and_paper", "desk", "poster")
    assert beside(clinic, poster) == []
    [fixed] = beside(clinic, poster, whole=True)
    assert "は未確認）" in fixed
    assert "紙で" in fixed
    assert not any(word in fixed for word in ("攻撃", "もれ", "漏"))
    clinic.registers(poster="紙で受付しています <少し> お待ちください")

    assert "［なぜ？］" in beside(clinic, poster)[0]
    assert "確認済み" in beside(clinic, poster, whole=True)[0]
    assert "「紙で受付しています <少し> お待ちください」" in beside(clinic, poster, whole=True)[0]
