"""The readiness desk: the figure for those who keep the registry, each next thing a tap away, the chart for everybody."""

from __future__ import annotations

import pytest

from bot.desks.readiness import SCREENS, TOPICS
from bot.screens.buttons import MOST_BYTES, data_of
from bot.screens.requests.upkeep import ShowItem, ShowReadiness
from contacts.readiness.requirements import items
from flows.commands.facility import ChangeMember
from flows.record.journal import FACILITY
from tests.bot.desks.test_upkeep import SYSTEM, VENDOR, enter
from tests.clinic import Clinic


async def test_the_three_next_things(clinic: Clinic) -> None:
    """Named in plain words above one figure; all of them are one tap further."""
    shown = await clinic.says("director", "/readiness")
    head, _, below = shown.partition("備えの点数")

    assert head.startswith("次にすること\n1. 医療情報システム安全管理責任者を決める")
    assert head.count("\n") == 5
    assert "／100点" in below
    assert "全部見る" in below
    whole = await clinic.says("director", "全部見る")
    assert "§" not in whole
    assert whole.index("⬜") < whole.index("✅")


async def test_a_tap_leads_to_where_it_is_done(clinic: Clinic) -> None:
    """A deputy is chosen on the card, a safety manager is invited, a vendor is asked; the rest names its sheet."""
    enter(clinic, "contact", VENDOR)
    enter(clinic, "system", SYSTEM)
    for item, words in {
        "deputy:safety_manager": "その間の対応が止まってしまいます",
        "safety_manager": "どなたを招待しますか",
        "vendor_asked": "ご担当者様",
        "restore_test": "上書きしないでください",
        "on_paper": "「システム」シート",
        "outside:authority:ppc": "「連絡先」シート",
        "deputy:director": "ありがとうございます",
    }.items():
        assert words in await clinic.does("director", button=data_of(ShowItem(item))), item
    assert "もう終わっています" in await clinic.does("director", button=data_of(ShowItem("nothing")))


@pytest.mark.parametrize("who", ["reception", "nurse"])
async def test_it_is_not_everybodys(clinic: Clinic, who: str) -> None:
    """Others are told whose it is, and where the contacts are."""
    for shown in (
        await clinic.says(who, "/readiness"),
        await clinic.does(who, button=data_of(ShowReadiness())),
        await clinic.does(who, button=data_of(ShowItem("systems"))),
    ):
        assert "その代行者が見ます" in shown
        assert "／100点" not in shown


async def test_the_safety_manager_sees_it(clinic: Clinic) -> None:
    """Also without a say in incidents; and so does whoever stands in."""
    clinic.orders(ChangeMember(FACILITY, clinic.id("nurse"), {"roles": ["nurse", "safety_manager"]}))

    assert "／100点" in await clinic.says("nurse", "/readiness")
    assert "／100点" in await clinic.says("deputy", "/readiness")


async def test_the_chart_is_for_everybody(clinic: Clinic) -> None:
    """Who decides, who stands in, which numbers; what is typed stays text."""
    enter(clinic, "contact", VENDOR.model_copy(update={"name": "<b>カルテ社"}))
    enter(clinic, "system", SYSTEM.model_copy(update={"needs": ("net",)}))
    enter(clinic, "system", SYSTEM.model_copy(update={"id": "net", "name": "院内LAN", "restore_order": 1}))
    shown = await clinic.says("nurse", "/chart")

    for words in (
        "院長 — 担当: 高橋、代行者: 田中",
        "<b>カルテ社",
        "電話: 03-3210-0001",
        "電子カルテ（先に: 院内LAN）",
        "電話: 110",
    ):
        assert words in shown


def test_every_item_fits_a_button(clinic: Clinic) -> None:
    """And whatever leads somewhere is an item that there is."""
    known = {item.id for item in items(clinic.engine.roster(), clinic.clock.now().date())}

    assert all(len(data_of(ShowItem(item)).encode()) <= MOST_BYTES for item in known)
    assert TOPICS.keys() | SCREENS.keys() <= known
