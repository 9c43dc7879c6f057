"""The same seal goes to director, deputy and one outsider: what is forwarded names nobody, and that it was sent is entered."""

from __future__ import annotations

import re
from datetime import date

from bot.store.seals import SEALED, Seal, head_posted
from bot.store.verifying import verify_home
from contacts.model import Contact
from contacts.readiness.readiness import readiness
from contacts.roster import Roster
from contacts.setup.questions import SetupAnswer, question
from contacts.setup.things import outside
from flows.commands.facility import PutRegistry, RegistryRow
from flows.commands.people import CallOff, Report
from flows.messages.upkeep import SealForKeeper
from flows.record.journal import FACILITY, Owed
from tests.clinic import Clinic

LAWYER = Contact(id="yamamoto", kind="adviser", services=("lawyer", "seals"), name="山本弁護士", number="03-1111-2222")
SHOWN = "の、記録の封印です。"


async def ends(clinic: Clinic, *, keeper: Contact | None = LAWYER) -> None:
    """Name a keeper, and let an incident end."""
    if keeper is not None:
        clinic.orders(PutRegistry(FACILITY, (RegistryRow("contact", keeper.id, keeper.model_dump_json()),)), "director")
    run = clinic.orders(Report("", "画面に英語。高橋さんの席", playbook="network_outage"), "reception").run
    clinic.orders(CallOff(run, "まちがい"), "director")
    await clinic.stage.settle()


def forwarded(clinic: Clinic) -> str:
    """Give the message that is to be forwarded, as the director reads it."""
    [text] = [text for member, text in clinic.seen if member == "director" and SHOWN in text]
    return text


async def test_director_deputy_and_a_keeper_outside(clinic: Clinic) -> None:
    """Both who decide have the seal; the director also has it as it goes outside, and is told to whom."""
    await ends(clinic)
    [seal] = [Seal.from_body(entry.body) for entry in clinic.entries(SEALED)]

    assert seal.digest.hex() in clinic.read("deputy")
    assert "山本弁護士に転送してください" in clinic.read("director")
    assert "転送してください" not in clinic.read("deputy")
    assert SHOWN not in clinic.read("deputy") + clinic.read("reception")
    text = forwarded(clinic)
    head = head_posted(text)
    assert (head.seq, head.digest) == (seal.seq, seal.digest)
    assert verify_home(clinic.home.path, heads=[head]).findings == ()


async def test_what_is_forwarded_names_nobody(clinic: Clinic) -> None:
    """Facility, number and digest: neither what happened nor anybody who works here."""
    await ends(clinic)
    words = forwarded(clinic).partition("[")[0]
    names = [member.name for member in clinic.engine.roster().members]

    assert "あかり診療所" in words
    assert not any(name[:2] in words for name in names)
    assert not re.search("画面|英語|incident|まちがい", words)


async def test_that_it_was_sent_is_entered_once(clinic: Clinic) -> None:
    """One tap; then the button is gone, and a second tap of an old screen changes nothing."""
    await ends(clinic)
    [seal] = [Seal.from_body(entry.body) for entry in clinic.entries(SEALED)]
    answer = await clinic.says("director", "山本弁護士に送りました")
    await clinic.does("director", button=f"menu|seal_out|{seal.seq}|yamamoto")

    [entry] = clinic.entries("seal_handed_on")
    assert (entry.actor, entry.run) == (clinic.id("director"), FACILITY)
    assert clinic.engine.house.seal_outside == seal.seq
    assert "記録しました" in answer
    owed = Owed(clinic.id("director"), SealForKeeper(seal.seq, seal.digest.hex(), "yamamoto"))
    screen = clinic.stage.lamp.renderer.render(owed, clinic.id("director"), clinic.clock.now())
    assert ("✓ 山本弁護士に送りました" in screen.text, screen.rows) == (True, ())


async def test_with_nobody_named(clinic: Clinic) -> None:
    """The director is told to forward or print it, as ever."""
    await ends(clinic, keeper=None)

    assert "転送するか印刷" in clinic.read("director")
    assert SHOWN not in clinic.read("director")


async def test_a_keeper_without_a_name_is_forwarded_to_by_hand(clinic: Clinic) -> None:
    """What didn't reach an address without a contact has its button, too, and that it was sent is entered."""
    await ends(clinic, keeper=None)
    [seal] = [Seal.from_body(entry.body) for entry in clinic.entries(SEALED)]
    owed = Owed(clinic.id("director"), SealForKeeper(seal.seq, seal.digest.hex(), ""))
    screen = clinic.stage.lamp.renderer.render(owed, clinic.id("director"), clinic.clock.now())
    ((sent,),) = screen.rows
    await clinic.does("director", button=sent.data)

    assert sent.label == "封印の預け先に送りました"
    assert clinic.engine.house.seal_outside == seal.seq


async def test_not_after_a_drill(clinic: Clinic) -> None:
    """Nobody outside is troubled with drills."""
    clinic.orders(PutRegistry(FACILITY, (RegistryRow("contact", LAWYER.id, LAWYER.model_dump_json()),)), "director")
    run = (await clinic.drill()).id
    clinic.orders(CallOff(run, "ここまで"), "director")
    await clinic.passes(1)

    assert len(clinic.entries(SEALED)) == 1
    assert SHOWN not in clinic.read("director")


def test_setup_asks_and_readiness_says(clinic: Clinic) -> None:
    """Asked with the advisers, once; nobody needs one, so the figure stays as it is, and the list says that nobody is named."""
    roster, today = clinic.engine.roster(), date(2027, 4, 1)
    asked = question(roster, "outside:seals")
    ((kind, _, row),) = outside(SetupAnswer("seals", "山本弁護士 03-1111-2222", roster, today)).rows
    assert isinstance(row, Contact)
    named = Roster(roster.facility, contacts=(*roster.contacts, row))

    assert (kind, row.name, row.services) == ("contact", "山本弁護士", ("seals",))
    assert [one is not None and one.done for one in (asked, question(named, "outside:seals"))] == [False, True]
    assert [
        next(i for i in readiness(one, today).items if i.id == "outside:adviser:seals").complete
        for one in (roster, named)
    ] == [False, True]
    assert next(i.weight for i in readiness(roster, today).items if i.id == "outside:adviser:seals") == 0
