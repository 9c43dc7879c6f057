"""Whose time is over, who is asked, and that nothing goes that nobody decided on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from flows.commands.papers import DisposeEvidence, ExtendRetention, NoteErased
from flows.commands.people import CallOff, HandIn, KeepEvidence, Reopen
from flows.powers import CONSOLE
from flows.record.journal import FACILITY
from flows.refusals import Refused
from flows.retention.due import Holding, due, holding, is_retention, retention_matters
from flows.state.house import House
from flows.state.work import Context
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, TROUBLE, Clinic, playbook_of

PHOTO = "aa" * 32


def ended(clinic: Clinic, photo: str = PHOTO) -> str:
    """Let an incident with a photo end; gives its run."""
    run = clinic.reports(SATO).id
    clinic.act(SUZUKI, HandIn(run, "telegram:1", "photo", "a.jpg"))
    clinic.act(CONSOLE, KeepEvidence(run, max(clinic.run.evidence), photo, 1000))
    clinic.act(TAKAHASHI, CallOff(run, "直った"))
    return run


def context(clinic: Clinic, days: int = 0, years: int | None = 5) -> Context:
    """Look at it so many days later."""
    now = clinic.now + timedelta(days=days)
    here = clinic.engine.context(now, TAKAHASHI)
    return replace(here, handbook=replace(here.handbook, retention_years=years))


def held(clinic: Clinic, **at: int) -> Holding:
    """Give what is kept of the last run."""
    found = holding(clinic.run, context(clinic, **at))
    assert found is not None
    return found


@pytest.fixture
def clinic() -> Clinic:
    """A clinic with one small playbook."""
    return Clinic(playbook_of(TROUBLE)).found()


def test_after_so_many_years_whoever_decides_is_asked(clinic: Clinic) -> None:
    """Neither a day earlier nor anybody else; without years it is a year, and it is said that nobody has said."""
    ended(clinic)
    five = (date(2032, 4, 1) - date(2027, 4, 1)).days

    assert held(clinic).until == date(2032, 4, 1)
    assert due(context(clinic, five - 1), TAKAHASHI) == []
    assert [one.bytes for one in due(context(clinic, five), TAKAHASHI)] == [1000]
    assert due(context(clinic, five), TANAKA) == []
    [(member, reminder)] = retention_matters(House(), context(clinic, five))
    assert (member, is_retention(reminder.id)) == (TAKAHASHI, True)
    assert list(retention_matters(House(), context(clinic, 300, None))) == []
    assert [one.until for one in due(context(clinic, 367), TAKAHASHI)] == []
    nobody_said = context(clinic, 367)
    nobody_said = replace(nobody_said, handbook=replace(nobody_said.handbook, retention_years=None))
    assert [one.until for one in due(nobody_said, TAKAHASHI)] == [None]


def test_it_is_said_that_nobody_has_said_only_where_nobody_has(clinic: Clinic) -> None:
    """Of two runs one is to be kept so long: then there is something that somebody said."""
    first = ended(clinic)
    clinic.now += timedelta(days=1)
    ended(clinic, "bb" * 32)
    later = context(clinic, 367, None)
    [(_, unsaid)] = retention_matters(House(), later)
    clinic.act(TANAKA, ExtendRetention(first, (clinic.now + timedelta(days=300)).date()))
    [(_, said)] = retention_matters(House(), context(clinic, 367, None))

    assert len(due(context(clinic, 367, None), TAKAHASHI)) == 2
    assert unsaid.text != said.text


def test_it_is_brought_up_once_a_month(clinic: Clinic) -> None:
    """The same matter within a month, another one in the next."""
    ended(clinic)
    names = [next(iter(retention_matters(House(), context(clinic, 1900 + days))))[1].id for days in (0, 1, 31)]

    assert names[0] == names[1] != names[2]


def test_a_restored_home_asks_anew(clinic: Clinic) -> None:
    """What had been removed after the backup is here again: another matter, with another text."""
    ended(clinic)
    later = context(clinic, 1900)
    house = House()
    house.backups.restored_at = later.now

    [(_, before)] = retention_matters(House(), later)
    [(_, after)] = retention_matters(house, later)
    assert before.id != after.id
    assert before.text != after.text


def test_kept_longer_it_is_asked_later(clinic: Clinic) -> None:
    """Until the day that somebody named; a day that is over, or the same one again, is refused."""
    run = ended(clinic)
    clinic.act(TANAKA, ExtendRetention(run, date(2040, 4, 1)))

    assert held(clinic).until == date(2040, 4, 1)
    for again in (date(2040, 4, 1), date(2027, 4, 1)):
        with pytest.raises(Refused):
            clinic.act(TANAKA, ExtendRetention(run, again))


def test_removed_with_an_entry_and_once(clinic: Clinic) -> None:
    """The entry names the digests and counts the texts; nobody who doesn't decide may; the second time there is nothing."""
    run = ended(clinic)
    mark = held(clinic).mark
    with pytest.raises(Refused, match="chain_only"):
        clinic.act(SUZUKI, DisposeEvidence(run, mark))
    with pytest.raises(Refused, match="retention_changed"):
        clinic.act(TAKAHASHI, DisposeEvidence(run, "00000000"))
    clinic.act(TAKAHASHI, DisposeEvidence(run, mark))

    [(turn, disposal)] = clinic.run.disposals.items()
    assert (disposal.files, disposal.bytes, disposal.by) == ((PHOTO,), 1000, TAKAHASHI)
    assert not any(one.held for one in clinic.run.evidence.values())
    with pytest.raises(Refused, match="retention_nothing"):
        clinic.act(TAKAHASHI, DisposeEvidence(run, mark))
    clinic.act(CONSOLE, NoteErased(run, turn, 1))
    with pytest.raises(Refused):
        clinic.act(CONSOLE, NoteErased(run, turn, 1))


def test_a_clock_that_went_back_brings_nothing_back(clinic: Clinic) -> None:
    """Removed is removed, though the machine's clock says that the run ends only later."""
    run = ended(clinic)
    mark = held(clinic).mark
    clinic.now -= timedelta(days=100)
    clinic.act(TAKAHASHI, DisposeEvidence(run, mark))

    assert holding(clinic.run, context(clinic)) is None


def test_never_while_anything_goes_on(clinic: Clinic) -> None:
    """Neither amid another incident nor amid a drill, and never of a run that was reopened."""
    run = ended(clinic)
    mark = held(clinic).mark
    drill = clinic.reports(SATO, mode="drill").id
    with pytest.raises(Refused, match="retention_busy"):
        clinic.act(TAKAHASHI, DisposeEvidence(run, mark))
    clinic.act(TAKAHASHI, CallOff(drill, "ここまで"))
    clinic.act(TAKAHASHI, Reopen(run, "まだある"))
    with pytest.raises(Refused, match="retention_busy"):
        clinic.act(TAKAHASHI, DisposeEvidence(run, mark))


def test_what_comes_after_a_removal_is_kept_anew(clinic: Clinic) -> None:
    """Reopened and ended again, the run is asked about again, with the new photo alone."""
    run = ended(clinic)
    clinic.act(TAKAHASHI, DisposeEvidence(run, held(clinic).mark))
    assert holding(clinic.run, context(clinic)) is None
    clinic.act(TAKAHASHI, Reopen(run, "まだある"))
    clinic.act(SUZUKI, HandIn(run, "telegram:2", "photo", "b.jpg"))
    clinic.act(CONSOLE, KeepEvidence(run, max(clinic.run.evidence), "bb" * 32, 7))
    clinic.act(TAKAHASHI, CallOff(run, "直った"))

    assert held(clinic).files == {"bb" * 32: 7}


def test_nothing_of_the_facilitys_own(clinic: Clinic) -> None:
    """Its messages are no run's: they are let be."""
    ended(clinic)
    before = [one.owed.message for one in clinic.journal.deliveries.of_run(FACILITY)]
    clinic.act(TAKAHASHI, DisposeEvidence(clinic.run.id, held(clinic).mark))

    assert [one.owed.message for one in clinic.journal.deliveries.of_run(FACILITY)][: len(before)] == before
