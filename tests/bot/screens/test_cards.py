"""Whom to call: never an empty card, and never a made-up number."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.screens.cards import Card, card, service_name
from bot.screens.renderer import Renderer
from contacts.model import Contact
from contacts.references import REFERENCES
from contacts.shapes.hours import Hours, Session
from flows.commands.contacts import DoubtNumber
from flows.commands.drilling import BeginExercise
from flows.commands.facility import Suspend
from flows.commands.people import CallOff
from flows.messages.steps import StepOpen
from flows.record.journal import Owed
from tests.clinic import Clinic
from tests.flows.clinic import entering

WEEKDAYS: Hours = {day: (Session(start=time(9), until=time(18)),) for day in ("mon", "tue", "wed", "thu", "fri")}
VENDOR = Contact(
    id="ehr",
    kind="vendor",
    services=("ehr",),
    name="カルテ<社>",
    number="03-1234-5678",
    night_number="090-1234-5678",
    hours="平日 9–18時",
    open_hours=WEEKDAYS,
)


def seen(clinic: Clinic, reference: str, reader: str = "reception") -> Card:
    """Give a card as somebody sees it in the newest run, if there is one."""
    run = clinic.engine.runs()[-1].id if clinic.engine.runs() else "facility"
    scene = Renderer(clinic.engine).scene(
        Owed(clinic.id(reader), StepOpen(7), run), clinic.id(reader), clinic.clock.now()
    )
    return card(scene, reference)


def enter(clinic: Clinic, contact: Contact) -> None:
    """Let the director enter a contact."""
    clinic.orders(entering(contact))


def test_a_contact_that_nobody_entered(clinic: Clinic) -> None:
    """The card says so and where the number may be found; there is no contact to tap."""
    shown = seen(clinic, "vendor:ehr")

    assert "電子カルテの会社" in shown.text
    assert "電話番号がまだ登録されていません" in shown.text
    assert shown.native is None


def test_a_contact_without_a_number(clinic: Clinic) -> None:
    """A name alone is no card either."""
    enter(clinic, VENDOR.model_copy(update={"number": None, "night_number": None}))
    shown = seen(clinic, "vendor:ehr")

    assert "電話番号がまだ登録されていません" in shown.text
    assert shown.native is None


def test_a_number_that_nobody_has_verified(clinic: Clinic) -> None:
    """It is shown with its hours and the night's number, and says that it was not verified; the phone really dials it."""
    enter(clinic, VENDOR)
    clinic.clock.advance(minutes=30)
    shown = seen(clinic, "vendor:ehr")

    for part in (
        "03-1234-5678（いま受付時間内です）",
        "平日 9–18時",
        "090-1234-5678（夜間・休日",
        "まだ確かめていません",
    ):
        assert part in shown.text
    assert shown.native == ("カルテ<社>", "+81312345678")


async def test_the_hour_decides_which_number_comes_first(clinic: Clinic) -> None:
    """While they are closed the night's number is first, in a run as elsewhere, on a national holiday, too."""
    enter(clinic, VENDOR)
    assert seen(clinic, "vendor:ehr").native == ("カルテ<社>", "+819012345678")  # 8:50
    await clinic.incident()
    clinic.clock.advance(minutes=30)
    assert seen(clinic, "vendor:ehr").native == ("カルテ<社>", "+81312345678")
    clinic.clock.advance(hours=24 * 28)
    shown = seen(clinic, "vendor:ehr")

    assert f"{clinic.clock.now():%m-%d}" == "04-29"
    assert shown.native == ("カルテ<社>", "+819012345678")
    assert shown.text.index("090-") < shown.text.index("03-")


def test_a_doubted_number_stays_to_be_seen(clinic: Clinic) -> None:
    """With its warning and behind the others; the next number is the one to dial."""
    enter(clinic, VENDOR)
    clinic.orders(DoubtNumber("facility", "ehr", "night_number"), "nurse")
    shown = seen(clinic, "vendor:ehr")

    assert shown.text.index("03-") < shown.text.index("090-1234-5678（⚠️")
    assert "違うという知らせがあります（2027-04-01）" in shown.text
    assert shown.native == ("カルテ<社>", "+81312345678")


def test_an_old_verification_is_a_warning(clinic: Clinic) -> None:
    """After half a year the card says that the number may have changed."""
    enter(clinic, VENDOR.model_copy(update={"verified_on": date(2026, 9, 1), "verified_by": "高橋"}))

    assert "最後に確かめたのは 2026-09-01" in seen(clinic, "vendor:ehr").text


def test_a_verified_number_says_since_when(clinic: Clinic) -> None:
    """The day stands on the card, and the verified one comes before the other."""
    enter(clinic, VENDOR)
    enter(
        clinic,
        VENDOR.model_copy(
            update={"id": "ehr2", "name": "確かな社", "verified_on": date(2027, 3, 1), "verified_by": "田中"}
        ),
    )
    shown = seen(clinic, "vendor:ehr")

    assert "（2027-03-01 田中が確認）" in shown.text
    assert shown.text.index("確かな社") < shown.text.index("カルテ")
    assert shown.native == ("確かな社", "+819012345678")


def test_a_name_can_not_become_markup(clinic: Clinic) -> None:
    """What somebody entered stays text."""
    enter(clinic, VENDOR)

    assert "カルテ&lt;社&gt;" in seen(clinic, "vendor:ehr").text


async def test_nobody_is_called_in_a_drill(clinic: Clinic) -> None:
    """The number is shown, but not as something to tap, and the card says to pretend."""
    enter(clinic, VENDOR)
    await clinic.drill()
    shown = seen(clinic, "vendor:ehr")

    assert "電話をかけるふり" in shown.text
    assert shown.native is None


async def test_every_reference_gives_a_card(clinic: Clinic) -> None:
    """Whatever a playbook may name leads to a person or to a sentence about a number, in words and not in ids."""
    await clinic.incident()
    cards = {reference: seen(clinic, reference).text for reference in sorted(REFERENCES)}

    assert [r for r, text in cards.items() if len(text) < 6 or r.partition(":")[2] in text] == []


async def test_whoever_asks_is_never_sent_to_themselves(clinic: Clinic) -> None:
    """The commander who doesn't know is led to another of the chain."""
    await clinic.incident()
    await clinic.says("director", "対応の責任者になる")

    assert "高橋" in seen(clinic, "role:commander", "nurse").text
    assert "田中" in seen(clinic, "role:commander", "director").text


def test_without_anybody_to_ask(clinic: Clinic) -> None:
    """When nobody of the chain is left but the reader, the card says that there is no number."""
    clinic.orders(Suspend("facility", clinic.id("deputy")))
    shown = seen(clinic, "role:doctor", "director")

    assert "電話番号がまだ登録されていません" in shown.text


def test_a_service_without_a_word_keeps_its_name(clinic: Clinic) -> None:
    """A service that a facility's own playbook invents is shown as it is written."""
    scene = Renderer(clinic.engine).scene(Owed("m1", StepOpen(7)), "m1", clinic.clock.now())

    assert service_name(scene, "vendor:coffee") == "coffee"


def test_a_drill_about_the_numbers_shows_them_as_they_are(clinic: Clinic) -> None:
    """In a tabletop the call is pretended and nothing can be tapped; in the contact drill the number is there to be called."""
    enter(clinic, VENDOR)
    clinic.orders(BeginExercise("", "tabletop"))
    shown = seen(clinic, "vendor:ehr")
    assert ("かけるふり" in shown.text, shown.native) == (True, None)

    clinic.orders(CallOff(clinic.run().id, "x"))
    clinic.orders(BeginExercise("", "contact"))
    shown = seen(clinic, "vendor:ehr")
    assert "かけるふり" not in shown.text
    assert shown.native is not None


@pytest.mark.parametrize(("desk", "where"), [("first_response", "MIST"), ("ipa", "IPA"), ("jpcert", "JPCERT/CC")])
def test_a_public_desk_that_nobody_has_verified_has_no_number(clinic: Clinic, desk: str, where: str) -> None:
    """It is named, with where to look; no number is made up for it."""
    shown = seen(clinic, f"adviser:{desk}")

    assert where in shown.text
    assert shown.native is None
    assert not any(sign.isdigit() for sign in shown.text)
