"""Replay, decide and write, once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest

from flows.commands.facility import SeatAtTerminal
from flows.commands.people import Acknowledge, Claim, Report, TakeCommand
from flows.engine import Engine
from flows.messages.hearing import NotDone, Stranger
from flows.record.journal import FACILITY, Owed
from flows.record.memory_journal import MemoryJournal, MemoryWriting
from tests.flows.clinic import SATO, SUZUKI, TAKAHASHI, TANAKA, TROUBLE, Clinic, playbook_of, replayed, state_of


def test_the_same_cause_twice_is_once(clinic: Clinic) -> None:
    """A redelivered tap writes nothing, owes nothing, and gives what it wrote the first time."""
    clinic.reports(SATO)
    first = clinic.act(TAKAHASHI, Acknowledge(clinic.run.id), cause="telegram:1:77")
    head = clinic.journal.head()

    again = clinic.act(TAKAHASHI, Acknowledge(clinic.run.id), cause="telegram:1:77")

    assert (again.repeated, again.entries, clinic.told) == (True, first.entries, [])
    assert clinic.journal.head() == head


def test_a_second_report_of_one_message_opens_one_run(clinic: Clinic) -> None:
    """The redelivery of a first message names the run that it opened."""
    order = Report("", "動かない", playbook="trouble")
    first = clinic.act(SATO, order, cause="telegram:1:1")

    assert clinic.act(SATO, order, cause="telegram:1:1").run == first.run
    assert len(clinic.engine.runs()) == 1


def test_a_tick_twice_is_once(clinic: Clinic) -> None:
    """Whoever ticks and however often: reminders, calls and escalations happen a single time."""
    clinic.reports(SATO)
    clinic.now += timedelta(minutes=10)
    assert clinic.tick() != []
    head = clinic.journal.head()

    assert clinic.tick() == []
    assert Engine(clinic.journal, clinic.handbook).tick(clinic.now) == []
    assert clinic.journal.head() == head


def test_a_tick_sees_what_another_process_wrote(clinic: Clinic) -> None:
    """Somebody reports through another one: the clock of this one asks whoever stays silent."""
    Engine(clinic.journal, clinic.handbook).handle(
        Report("", "画面がおかしい", playbook="trouble"), actor=SATO, now=clinic.now, cause="elsewhere"
    )
    clinic.now += timedelta(minutes=10)

    assert "command_ask" in [owed.name for _ in clinic.tick() for owed in clinic.told]


def test_a_late_tick_makes_up_for_what_was_missed(clinic: Clinic) -> None:
    """After an hour of silence the first tick does what is due, each thing once and in its order."""
    clinic.reports(SATO)
    clinic.now += timedelta(hours=1)

    done = clinic.tick()

    assert "step_reminder" in [o.name for o in clinic.told]
    assert clinic.got("command_ask") == [TANAKA]
    assert len({outcome.entries[0].cause for outcome in done}) == len(done)


def test_a_fresh_engine_stands_where_the_old_one_stood(clinic: Clinic) -> None:
    """A restart in the middle loses nothing: the state is the replay of the entries."""
    clinic.reports(SATO)
    clinic.wait(12)
    clinic.confirms(TANAKA)
    clinic.photographs(SATO, to_step=False)
    clinic.answers(SUZUKI)

    fresh = replayed(clinic.journal).run(clinic.run.id)

    assert fresh is not None
    assert state_of(fresh) == state_of(clinic.run)


def test_two_engines_over_one_journal_agree(clinic: Clinic) -> None:
    """What another process wrote is taken in before anything is decided: the second claim is refused."""
    clinic.reports(SATO)
    other = Engine(clinic.journal, clinic.handbook)
    clinic.act(TANAKA, Claim(clinic.run.id, "vendors"))

    with pytest.raises(Exception, match="already_taken"):
        other.handle(Claim(clinic.run.id, "vendors"), actor=TAKAHASHI, now=clinic.now, cause="other:1")

    other.handle(Acknowledge(clinic.run.id), actor=TAKAHASHI, now=clinic.now, cause="other:2")
    clinic.engine.refresh()
    assert clinic.run.commander == TAKAHASHI


def test_a_refusal_writes_nothing(clinic: Clinic) -> None:
    """Neither an entry nor a message, and the next order goes through."""
    clinic.reports(SATO)
    assert clinic.refused(SUZUKI, TakeCommand(clinic.run.id)).name == "not_in_chain"

    assert clinic.confirms(SUZUKI).entries


def test_an_order_for_no_run_is_stale(clinic: Clinic) -> None:
    """A button of a run that isn't there."""
    assert clinic.refused(SATO, Acknowledge("incident-9")).name == "stale"


def test_incidents_and_drills_are_counted_apart(clinic: Clinic) -> None:
    """The second incident after a drill is incident-2."""
    ids = [clinic.reports(SATO, mode=mode).id for mode in ("incident", "drill", "incident")]

    assert ids == ["incident-1", "drill-1", "incident-2"]
    assert [run.id for run in clinic.engine.live_runs()] == ids


class FullDisk(MemoryJournal):
    """A journal whose disk may be full when the messages come, after the entries."""

    full = False

    @contextmanager
    def writing(self) -> Iterator[MemoryWriting]:
        """Open a transaction that fails at its first message while the disk is full."""
        with super().writing() as writing:
            yield FullWriting(self) if self.full else writing


class FullWriting(MemoryWriting):
    """A transaction on a full disk."""

    def owe(self, owed: Sequence[Owed], *, at: datetime, cause: str = "") -> None:
        """Fail."""
        raise OSError("no space left on device")


def test_entries_and_what_they_owe_are_one() -> None:
    """If owing fails nothing was written: no alarm is lost for ever behind a tap that counts as done."""
    disk = FullDisk()
    clinic = Clinic(playbook_of(TROUBLE), journal=disk).found()
    disk.full, head = True, disk.head()
    with pytest.raises(OSError, match="no space"):
        clinic.reports(SATO)
    assert (disk.head(), clinic.engine.runs()) == (head, [])

    disk.full = False
    clinic.reports(SATO)

    assert clinic.got("alarm") == [TAKAHASHI, TANAKA, SUZUKI]


def test_messages_go_to_every_phone_of_a_person(clinic: Clinic) -> None:
    """Somebody with a phone and a terminal gets each message on both; somebody with none gets none."""
    clinic.act("console", SeatAtTerminal(FACILITY, TAKAHASHI, "terminal:m1"))
    clinic.reports(SATO)

    assert [o.to for o in clinic.told if o.name == "alarm"][:2] == ["phone:m1", "terminal:m1"]


def test_a_message_without_an_entry_can_be_owed(clinic: Clinic) -> None:
    """A refusal's polite answer goes out and leaves no entry; an address is taken as it is."""
    head = clinic.journal.head()

    clinic.engine.owe([Owed(SATO, NotDone("stale")), Owed("phone:99", Stranger())], clinic.now)

    assert [o.to for o in clinic.journal.unsent()] == [f"phone:{SATO}", "phone:99"]
    assert clinic.journal.head() == head


def test_the_roster_follows_the_registry(clinic: Clinic) -> None:
    """A change of people counts from the next order on; what changes nobody costs no new reading of all contacts."""
    before = clinic.engine.roster()
    assert len(before.members) == 4
    clinic.reports(SATO)
    assert clinic.engine.roster() is before
    clinic.hire(name="伊藤", roles=("nurse",))

    assert len(clinic.engine.roster().members) == 5


def test_without_a_home_there_is_nobody() -> None:
    """Before the facility is made there is no roster to ask."""
    clinic = Clinic(playbook_of(TROUBLE))
    assert not clinic.engine.has_facility

    clinic.found()
    assert clinic.engine.has_facility


def test_a_run_keeps_the_playbook_it_was_opened_with(clinic: Clinic) -> None:
    """Editing a playbook never changes a run in progress, nor does its disappearance."""
    clinic.reports(SATO)

    fresh = replayed(clinic.journal).run(clinic.run.id)

    assert fresh is not None
    assert fresh.playbook == playbook_of(TROUBLE)


def test_everybody_with_a_step_in_another_run_is_busy(clinic: Clinic) -> None:
    """The context of a run names those who have something on the screen elsewhere."""
    clinic.reports(SATO)

    assert clinic.engine.context(clinic.now, SATO, "another").busy == {SATO, SUZUKI}
    assert clinic.context(SATO).busy == set()
