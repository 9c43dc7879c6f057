"""The journal's head is signed and posted to the director: at each end aloud, once a day in silence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.home import Home
from bot.store.seals import Seal
from bot.store.sqlite.journal import JOURNAL_FILE
from bot.store.verifying import verify_home
from bot.tending.proof.sealing import Sealer
from flows.commands.facility import ChangeMember, Suspend
from flows.commands.people import CallOff, Reopen, Report, SettleCircle
from flows.record.chain import BrokenChain
from flows.record.journal import FACILITY
from tests.clinic import Clinic
from tests.journals import forge


def seals(clinic: Clinic) -> list[Seal]:
    """List the seals of the journal."""
    return [Seal.from_body(e.body) for e in clinic.entries("sealed")]


async def call_off(clinic: Clinic, by: str = "director") -> str:
    """Report and call off; gives the run."""
    run = clinic.orders(Report("", "ネットが切れた", playbook="network_outage"), "reception").run
    clinic.orders(CallOff(run, "まちがい"), by)
    await clinic.stage.settle()
    return run


async def test_the_end_of_a_run_is_sealed(clinic: Clinic) -> None:
    """The seal holds, names the run and the head, and stands in the director's chat with a ping, in the deputy's without, and in nobody else's."""
    run = await call_off(clinic)

    (seal,) = seals(clinic)
    assert seal.holds()
    assert (seal.run, seal.seq) == (run, clinic.home.journal.head().seq - 1)
    assert seal.digest.hex() in clinic.read("director")
    assert seal.signature.hex() in clinic.read("director")
    assert [d.owed.silent for d in clinic.book.of_run(run) if d.owed.name == "seal"] == [False, True]
    assert seal.digest.hex() in clinic.read("deputy")
    assert "🔏" not in clinic.read("reception") + clinic.read("nurse")
    assert verify_home(clinic.home.path, [seal]).findings == ()


async def test_one_end_one_seal(clinic: Clinic) -> None:
    """Ticks that follow make no second one."""
    await call_off(clinic)
    await clinic.passes(30)

    assert len(seals(clinic)) == 1


async def test_once_a_day_without_a_sound(clinic: Clinic) -> None:
    """If anything was written; not while the day isn't over, and not again when nothing came."""
    sealer = Sealer(clinic.home, clinic.clock)
    assert sealer.seal_due() is None
    clinic.clock.advance(hours=23, minutes=59)
    assert sealer.seal_due() is None
    clinic.clock.advance(minutes=1)
    made = sealer.seal_due()
    assert made is not None
    assert made.run == "facility"
    assert [d.owed.silent for d in clinic.book.unsent() if d.owed.name == "seal"] == [True]

    clinic.clock.advance(days=3)
    assert sealer.seal_due() is None
    clinic.orders(ChangeMember("facility", "m1", {"language": "en"}))
    assert sealer.seal_due() is not None


async def test_a_restart_forgets_no_seal(clinic: Clinic) -> None:
    """What is due is read from the journal: a run that ended just before a crash is sealed by the next process."""
    run = clinic.orders(Report("", "ネットが切れた", playbook="network_outage"), "reception").run
    clinic.orders(CallOff(run, "まちがい"), "director")
    home = Home(clinic.home.path)
    made = Sealer(home, clinic.clock).seal_due()
    assert made is not None
    assert made.run == run

    assert Sealer(home, clinic.clock).seal_due() is None
    home.close()


async def test_a_reopened_run_is_sealed_again_at_its_next_end(clinic: Clinic) -> None:
    """Each close has its seal."""
    run = await call_off(clinic)
    clinic.orders(Reopen(run, "やはり続ける"), "director")
    await clinic.stage.settle()
    assert len(seals(clinic)) == 1
    clinic.orders(CallOff(run, "今度こそ"), "director")
    await clinic.stage.settle()

    assert [s.run for s in seals(clinic)] == [run, run]


async def test_without_a_director_in_the_chat(clinic: Clinic) -> None:
    """The seal is made all the same, and goes to whoever decides today."""
    clinic.orders(Suspend("facility", clinic.id("director")))
    await call_off(clinic, by="deputy")

    assert len(seals(clinic)) == 1
    assert "🔏" in clinic.read("deputy")


async def test_the_next_day_counts_from_the_last_seal(clinic: Clinic) -> None:
    """A close in the afternoon moves the daily seal."""
    await call_off(clinic)
    clinic.clock.advance(hours=12)
    clinic.orders(ChangeMember("facility", "m1", {"language": "en"}))
    await clinic.stage.settle()
    clinic.clock.advance(seconds=timedelta(hours=12).total_seconds())
    await clinic.stage.settle()

    assert [s.run for s in seals(clinic)] == ["incident-1", "facility"]


async def test_an_altered_chain_is_never_sealed(clinic: Clinic) -> None:
    """Before each seal the whole chain is looked at; an entry that somebody changed meanwhile is named instead."""
    await call_off(clinic)
    sealer = Sealer(clinic.home, clinic.clock)
    forge(
        clinic.home.path / JOURNAL_FILE, "UPDATE journal SET body = replace(body, 'まちがい', '何もない') WHERE seq > 8"
    )
    clinic.clock.advance(days=2)
    clinic.orders(Report("", "もう一度"), "reception")

    with pytest.raises(BrokenChain):
        sealer.seal_due()

    assert len(seals(clinic)) == 1


async def test_the_seal_of_a_delicate_matter_stays_in_its_circle(clinic: Clinic) -> None:
    """The director is left out of it: its end is sealed in the deputy's chat."""
    await clinic.says("reception", "職員が患者情報を持ち出した")
    await clinic.says("reception", "職員のしたことが心配（持ち出しなど）")
    run = clinic.run().id
    clinic.orders(SettleCircle(run, clinic.id("director")), "reception")
    clinic.orders(CallOff(run, "思い違いだった"), "deputy")
    await clinic.passes(1)

    assert "記録の封印" in clinic.read("deputy")
    assert "情報の取り扱いの確認" not in clinic.read("director")


async def test_the_seal_of_what_nobody_was_told_of_tells_nobody(clinic: Clinic) -> None:
    """Whoever confided something took it back: no seal goes to anybody then, and that of the day has no word of a matter."""
    await clinic.says("reception", "院長が患者情報を持ち出した")
    run = clinic.run().id
    assert "だれにも知らせずに閉じました" in await clinic.says("reception", "[だれにも知らせない]")
    await clinic.passes(5)
    assert "記録の封印" not in clinic.read("director")
    await clinic.passes(24 * 60)
    [posted, *_] = [d.owed for d in clinic.book.of_run(FACILITY) if d.owed.name == "seal"]

    assert posted.silent
    assert run not in str(posted)


async def test_a_seal_that_failed_is_made_by_the_next_tick(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that can't be read for a moment costs nobody the seal of an end."""
    run = clinic.orders(Report("", "ネットが切れた", playbook="network_outage"), "reception").run
    clinic.orders(CallOff(run, "まちがい"), "director")
    sealer, key = Sealer(clinic.home, clinic.clock), clinic.home.path / "keys"
    key.rename(key.with_name("away"))
    key.write_text("in the way", encoding="utf-8")
    with pytest.raises(OSError, match="keys"):
        sealer.seal_due()
    key.unlink()
    key.with_name("away").rename(key)
    sealer.seal_due()

    assert [seal.run for seal in seals(clinic)] == [run]


async def test_what_nobody_was_told_of_is_sealed_with_the_day(clinic: Clinic) -> None:
    """Its reporter called it off before it began: nobody reads of it for the first time by a seal, and that of the day holds it."""
    run = clinic.orders(Report("", "画面に英語"), "reception").run
    clinic.orders(CallOff(run, "まちがい"), "reception")
    await clinic.passes(30)
    assert (seals(clinic), "🔏" in clinic.read("director") + clinic.read("deputy")) == ([], False)

    await clinic.passes(24 * 60)
    (seal,) = seals(clinic)
    assert (seal.run, seal.holds()) == (FACILITY, True)
