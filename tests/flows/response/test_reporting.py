"""The reports that a run owes, from the first suspicion to the filing, long after the run has ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from flows.commands.people import CallOff, LearnFacts, Plead, SignOff, Waive
from flows.commands.reporting import FileReport, MoveKnownAt, RefuseReport, WithdrawReport
from flows.listening.pleas import FILED
from flows.response.reporting import DutyNow, contradictions, duties_now, reminded_on, reminders_due
from playbooks.duties.reading import load_duties
from playbooks.duties.shape import Duties
from tests.flows.clinic import (
    MORNING,
    SATO,
    SUZUKI,
    TAKAHASHI,
    TANAKA,
    TOKYO,
    Clinic,
    happened,
    one_step,
    replayed,
    state_of,
)
from tests.flows.response.test_closing import reviewed

LAW = load_duties()
LEAK = {"leak": "suspected", "sensitive": "yes", "malicious": "yes"}


@pytest.fixture
def suspected(clinic: Clinic) -> Clinic:
    """The clinic with the law at hand, in the middle of a suspected leak; the director decides."""
    assert isinstance(LAW, Duties)
    clinic.engine.handbook = replace(clinic.handbook, duties=LAW)
    clinic.reports(SATO)
    clinic.confirms(TAKAHASHI)
    clinic.act(TAKAHASHI, LearnFacts(clinic.run.id, LEAK))
    return clinic


def duty(clinic: Clinic, name: str) -> DutyNow:
    """Give how one duty stands."""
    today = clinic.now.astimezone(TOKYO).date()
    return next(d for d in duties_now(clinic.run, today) if d.id == name)


def test_the_clock_starts_with_the_first_report(suspected: Clinic) -> None:
    """Day 1 is the day on which somebody here reported, not the day on which the director read it."""
    owed = duty(suspected, "ppc_preliminary").owed
    assert owed is not None
    assert owed.last_day == date(2027, 4, 5)
    assert duty(suspected, "ppc_preliminary").state == "owed"


def test_what_is_unknown_is_owed_until_it_is_ruled_out(suspected: Clinic) -> None:
    """A legal report rests on unknown facts and is owed all the same; advice waits until it is known to apply."""
    assert duty(suspected, "my_number_preliminary").state == "owed"
    assert duty(suspected, "police").state == "to_assess"

    suspected.act(TAKAHASHI, LearnFacts(suspected.run.id, {"my_number": "no"}))

    assert duty(suspected, "my_number_preliminary").state == "not_owed"


def test_anybody_moves_the_known_time_earlier(suspected: Clinic) -> None:
    """Whoever saw it first says so, and every deadline follows."""
    suspected.act(SUZUKI, MoveKnownAt(suspected.run.id))
    suspected.writes(SUZUKI, "3/31 17:40")

    assert datetime(2027, 3, 31, 17, 40, tzinfo=TOKYO) == suspected.run.known_at
    owed = duty(suspected, "ppc_preliminary").owed
    assert owed is not None
    assert owed.last_day == date(2027, 4, 4)


def test_only_the_director_moves_it_later_and_says_why(suspected: Clinic) -> None:
    """A later time lengthens deadlines: a nurse is refused, the director is asked for a reason."""
    suspected.now += timedelta(hours=1)
    later = "9:30"

    assert suspected.refused(SUZUKI, MoveKnownAt(suspected.run.id, later)).name == "only_earlier"

    suspected.act(TAKAHASHI, MoveKnownAt(suspected.run.id, later))
    assert suspected.run.known_at == MORNING
    suspected.writes(TAKAHASHI, "報告は点検の話だった")
    assert datetime(2027, 4, 1, 9, 30, tzinfo=TOKYO) == suspected.run.known_at


def test_a_filed_report_keeps_when_who_and_its_receipt(suspected: Clinic) -> None:
    """The bot asks for the receipt; what was known then is kept with it."""
    suspected.act(TANAKA, FileReport(suspected.run.id, "ppc_preliminary"))
    assert suspected.told_to(TANAKA) == ["asking"]
    suspected.writes(TANAKA, "受付 R-7")

    filed = suspected.run.filed["ppc_preliminary"]
    assert (filed.by, filed.words, filed.facts["leak"]) == (TANAKA, "受付 R-7", "suspected")
    assert duty(suspected, "ppc_preliminary").state == "filed"


def test_a_report_that_no_law_knows_is_not_filed(suspected: Clinic) -> None:
    """An old button of a law that has changed since is over."""
    assert suspected.refused(TANAKA, FileReport(suspected.run.id, "no_such_report", "R-7")).name == "stale"


def test_who_learns_something_by_a_step_reads_it_once() -> None:
    """That their answer was taken is said; that it is known is not said once more. Who says it by itself reads that."""
    clinic = Clinic(one_step("answers: {done: {sets: {leak: confirmed}}}")).found()
    clinic.reports(SATO)
    clinic.answers(SATO)
    assert "facts_noted" not in clinic.told_to(SATO)
    clinic.act(SATO, LearnFacts(clinic.run.id, {"leak": "ruled_out"}))
    assert "facts_noted" in clinic.told_to(SATO)


def test_a_later_fact_wants_a_supplement(suspected: Clinic) -> None:
    """When the leak is confirmed after filing, a supplement is owed; the final report ends that."""
    suspected.act(TANAKA, FileReport(suspected.run.id, "ppc_preliminary", "R-7"))

    suspected.act(TAKAHASHI, LearnFacts(suspected.run.id, {"leak": "confirmed"}))
    assert duty(suspected, "ppc_preliminary").state == "supplement_owed"

    suspected.act(TANAKA, FileReport(suspected.run.id, "ppc_final", "R-8"))
    assert duty(suspected, "ppc_preliminary").state == "filed"


def test_a_supplement_is_spoken_of_the_next_day_and_then_each_week(suspected: Clinic) -> None:
    """Once a day at most, to whoever decides, until it is filed; a bot that was off says it once."""
    run = suspected.run.id
    suspected.act(TANAKA, FileReport(run, "ppc_preliminary", "R-7"))
    suspected.act(TAKAHASHI, LearnFacts(run, {"leak": "confirmed"}))
    for days in (1, 3, 8, 17):
        suspected.now = MORNING + timedelta(days=days)
        suspected.tick()

    assert {r for r in suspected.run.duty_reminders if r.startswith("ppc_preliminary:supplement")} == {
        f"ppc_preliminary:supplement:2027-04-{day:02}" for day in (2, 9, 16)
    }
    suspected.act(TANAKA, FileReport(run, "ppc_preliminary", "R-9"))
    suspected.now = MORNING + timedelta(days=24)
    suspected.tick()
    assert not [r for r in suspected.run.duty_reminders if r.startswith("ppc_preliminary:supplement:2027-04-2")]


def test_not_owed_needs_the_director_and_a_reason(suspected: Clinic) -> None:
    """Reception can't decide it; the director is asked why; new facts open the question again."""
    assert suspected.refused(SATO, RefuseReport(suspected.run.id, "police")).name == "chain_only"

    suspected.act(TAKAHASHI, RefuseReport(suspected.run.id, "ppc_preliminary"))
    assert duty(suspected, "ppc_preliminary").state == "owed"
    suspected.writes(TAKAHASHI, "暗号化を専門家が確認した")
    assert duty(suspected, "ppc_preliminary").state == "not_owed"
    assert [d.decision for d in suspected.run.decisions.values()] == ["not_report"]

    suspected.act(TAKAHASHI, LearnFacts(suspected.run.id, {"leak": "confirmed"}))
    assert duty(suspected, "ppc_preliminary").state == "owed"


def test_nobody_is_reminded_of_papers_in_the_first_two_hours(suspected: Clinic) -> None:
    """Patients and containment come first; then the draft is spoken of, once, to whoever decides."""
    assert "duty_reminder" not in [o.name for o in suspected.wait(119)]

    suspected.wait(1)

    assert set(suspected.got("duty_reminder")) == {TAKAHASHI}
    assert ("ppc_preliminary", "draft") in reminded_on(suspected.run, "2027-04-01")
    assert "duty_reminder" not in [o.name for o in suspected.wait(30)]


def test_a_bot_that_was_off_for_days_says_only_what_still_counts(suspected: Clinic) -> None:
    """Three days off: of the reminders missed, only the newest of each report comes, once."""
    suspected.now = MORNING + timedelta(days=3)
    suspected.tick()

    said = [what for d, what in reminded_on(suspected.run, "2027-04-03") if d == "ppc_preliminary"]
    assert said == ["send"]
    assert "ppc_preliminary" not in dict(reminded_on(suspected.run, "2027-04-01"))


def test_overdue_goes_to_the_deputy_too_once_a_day(suspected: Clinic) -> None:
    """After the last day the whole chain is told, every morning, until it is filed."""
    suspected.now = datetime(2027, 4, 6, 9, 0, tzinfo=TOKYO)
    suspected.tick()
    assert {TAKAHASHI, TANAKA} <= set(suspected.got("duty_reminder"))
    assert duty(suspected, "ppc_preliminary").overdue
    assert [d.id for d in suspected.board(TANAKA).duties if d.overdue]

    suspected.now += timedelta(hours=1)
    suspected.tick()
    assert suspected.got("duty_reminder") == []

    suspected.now = datetime(2027, 4, 7, 9, 0, tzinfo=TOKYO)
    suspected.tick()
    assert "overdue" in dict(reminded_on(suspected.run, "2027-04-07")).values()

    for name in ("ppc_preliminary", "my_number_preliminary"):
        suspected.act(TANAKA, FileReport(suspected.run.id, name, "R-7"))
    suspected.now = datetime(2027, 4, 8, 9, 0, tzinfo=TOKYO)
    suspected.tick()
    assert "overdue" not in dict(reminded_on(suspected.run, "2027-04-08")).values()


def test_a_closed_run_still_owes_its_final_report(suspected: Clinic) -> None:
    """The run is closed on day 1; in the weeks after it the final report is still spoken of, and taken."""
    for name in ("ppc_preliminary", "my_number_preliminary"):
        suspected.act(TANAKA, FileReport(suspected.run.id, name, "R-7"))
    suspected.act(TAKAHASHI, Waive(suspected.run.id, "試験のため"))
    reviewed(suspected)
    suspected.act(TAKAHASHI, SignOff(suspected.run.id))
    assert suspected.run.state == "closed"

    owed = duty(suspected, "ppc_final").owed
    assert owed is not None
    assert owed.last_day is not None
    suspected.now = datetime.combine(owed.last_day, MORNING.timetz()) + timedelta(hours=1)
    suspected.tick()
    assert "ppc_final" in dict(reminded_on(suspected.run, str(owed.reminders[-1][0])))

    suspected.act(TANAKA, FileReport(suspected.run.id, "ppc_final", "R-9"))
    assert duty(suspected, "ppc_final").state == "filed"


def test_what_was_reportable_stays_to_be_decided_when_it_is_ruled_out_late(suspected: Clinic) -> None:
    """An expert's word on day 7 does not undo that a report was owed by day 5: it stands, with the day, until somebody decides."""
    suspected.act(TAKAHASHI, LearnFacts(suspected.run.id, {"my_number": "no"}))
    suspected.now = MORNING + timedelta(days=6)
    suspected.act(TAKAHASHI, LearnFacts(suspected.run.id, {"leak": "none"}))

    stands = duty(suspected, "ppc_preliminary")
    assert (stands.state, stands.until, stands.wanted) == ("was_owed", date(2027, 4, 7), True)
    assert duty(suspected, "ppc_final").state == "not_owed"
    assert duty(suspected, "my_number_preliminary").state == "not_owed"
    suspected.now += timedelta(days=1)
    suspected.tick()
    assert ("ppc_preliminary", "overdue") in reminded_on(suspected.run, str(suspected.now.date()))

    suspected.act(TAKAHASHI, RefuseReport(suspected.run.id, "ppc_preliminary", "委員会に確かめた"))
    assert duty(suspected, "ppc_preliminary").state == "not_owed"


def test_what_is_ruled_out_in_time_is_not_owed(suspected: Clinic) -> None:
    """Ruled out on day 5 nothing was late; after a first report the commission still has to hear how it ended."""
    suspected.now = MORNING + timedelta(days=4)
    suspected.act(TAKAHASHI, LearnFacts(suspected.run.id, {"leak": "none"}))
    assert duty(suspected, "ppc_preliminary").state == "not_owed"

    suspected.act(TAKAHASHI, LearnFacts(suspected.run.id, {"leak": "suspected"}))
    suspected.act(TANAKA, FileReport(suspected.run.id, "ppc_preliminary", "R-7"))
    suspected.act(TAKAHASHI, LearnFacts(suspected.run.id, {"leak": "none"}))
    assert duty(suspected, "ppc_final").state == "was_owed"


def test_what_is_long_overdue_is_spoken_of_once_a_week(suspected: Clinic) -> None:
    """Two weeks of mornings, then each week: what the law asks for is never forgotten in silence, the run closed or not."""
    said = []
    for day in range(5, 34):
        suspected.now = datetime(2027, 4, 1, 9, 0, tzinfo=TOKYO) + timedelta(days=day)
        suspected.tick()
        if ("ppc_preliminary", "overdue") in reminded_on(suspected.run, str(suspected.now.date())):
            said.append(day - 4)
    assert said == [*range(1, 15), 21, 28]


def test_a_known_time_moved_over_a_month_moves_every_day(suspected: Clinic) -> None:
    """Known on March 2 instead of April 1: the first report is overdue at once, the final one due in April, not May."""
    suspected.act(SUZUKI, MoveKnownAt(suspected.run.id, "3/2 9:00"))

    now = {name: duty(suspected, name) for name in ("ppc_preliminary", "ppc_final")}
    assert now["ppc_preliminary"].overdue
    assert [one.owed.last_day for one in now.values() if one.owed] == [date(2027, 3, 6), date(2027, 4, 30)]


def test_what_people_said_that_cannot_be_is_told(suspected: Clinic) -> None:
    """Facts that contradict each other stand as they were said, and a sentence says so."""
    assert contradictions(suspected.run) == ()
    suspected.act(TAKAHASHI, LearnFacts(suspected.run.id, {"public_on_net": "yes", "leak": "none"}))
    (told,) = contradictions(suspected.run)
    assert "だれでも見られる" in told.ja


def test_a_drill_reminds_nobody_of_the_law(clinic: Clinic) -> None:
    """In a drill the clocks are practice: no reminder ever goes out."""
    assert isinstance(LAW, Duties)
    clinic.engine.handbook = replace(clinic.handbook, duties=LAW)
    clinic.reports(SATO, mode="drill")
    clinic.confirms(TAKAHASHI)
    clinic.act(TAKAHASHI, LearnFacts(clinic.run.id, LEAK))

    assert "duty_reminder" not in [o.name for o in clinic.wait(200)]


def test_an_old_run_keeps_its_law(suspected: Clinic) -> None:
    """The law stands in the run's own entries: a restart with another law, or none, changes nothing."""
    again = replayed(suspected.journal)
    assert again.handbook.duties is None

    run = again.run(suspected.run.id)
    assert run is not None
    assert state_of(run) == state_of(suspected.run)
    assert run.duties == LAW


def test_a_false_alarm_owes_nothing(suspected: Clinic) -> None:
    """Nothing happened, so nothing is owed."""
    suspected.act(TAKAHASHI, CallOff(suspected.run.id, "点検だった"))

    assert duties_now(suspected.run, date(2027, 4, 1)) == ()


CALL_POLICE = "takes: contact\ncontact: authority:police_cyber\nfiles: police"


def test_a_step_can_fulfil_a_report() -> None:
    """The step in which a deputy calls the police files that report, with what was promised as its receipt."""
    clinic = Clinic(one_step(CALL_POLICE), duties=LAW).found()
    clinic.reports(TANAKA)
    clinic.answers(TANAKA)
    clinic.writes(TANAKA, "生活安全課の山本さん、受付 12")

    assert clinic.run.filed["police"].words == "生活安全課の山本さん、受付 12"
    assert clinic.got("duty_heard") == []


def test_what_others_say_they_sent_is_to_be_confirmed() -> None:
    """Reception does the step: it is done, the report is not; whoever decides hears of it and files it."""
    clinic = Clinic(one_step(CALL_POLICE), duties=LAW).found()
    clinic.reports(SATO)
    clinic.answers(SATO)
    clinic.writes(SATO, "田中さんに渡しました")

    assert clinic.run.answered["only", "it"].settles
    assert clinic.run.filed == {}
    assert clinic.got("duty_heard") == [TAKAHASHI, TANAKA]

    clinic.act(TANAKA, FileReport(clinic.run.id, "police", "受付 12"))
    assert clinic.run.filed["police"].by == TANAKA


def test_only_those_who_answer_for_reports_file_them(suspected: Clinic) -> None:
    """Not reception, nor that nothing leaked; once responsible for the response, they may."""
    run = suspected.run.id
    for order in (
        FileReport(run, "ppc_preliminary"),
        FileReport(run, "police", "渡した"),
        LearnFacts(run, {"leak": "none"}),
    ):
        assert suspected.refused(SATO, order).name == "filers_only"

    suspected.run.commander = SATO
    suspected.act(SATO, FileReport(run, "police", "受付 12"))
    assert "police" in suspected.run.filed


def test_noticing_earlier_moves_the_clocks() -> None:
    """「気づいた時刻」 answered in a step counts as the time since when it is known, if it is earlier."""
    clinic = Clinic(one_step("takes: time\nvalue: found_at")).found()
    clinic.reports(SATO)
    clinic.writes(SATO, "8:10", to_step=True)

    assert datetime(2027, 4, 1, 8, 10, tzinfo=TOKYO) == clinic.run.known_at
    assert "facts_noted" not in clinic.told_to(SATO)


@pytest.mark.parametrize(("noticed", "moves"), [("8:59", True), ("9:00", False), ("9:01", False)])
def test_noticing_no_earlier_moves_nothing(noticed: str, moves: bool) -> None:
    """It was reported at nine: who noticed it then, or later, has told nothing that any deadline hangs on."""
    clinic = Clinic(one_step("takes: time\nvalue: found_at")).found()
    clinic.reports(SATO)
    clinic.now += timedelta(minutes=5)

    assert ("known_at_moved" in happened(clinic.writes(SATO, noticed, to_step=True))) is moves


def test_the_same_time_again_is_no_later_one(suspected: Clinic) -> None:
    """A nurse may say what is known already; nobody has to give a reason for it."""
    suspected.act(SUZUKI, MoveKnownAt(suspected.run.id, "9:00"))

    assert suspected.run.known_at == MORNING


def test_what_somebody_said_was_reported_is_answered_once_all_of_it_is_filed(suspected: Clinic) -> None:
    """Reception says that police and insurer know: one of the two filed leaves it open, the other answers it."""
    suspected.act(SATO, Plead(suspected.run.id, "届けました", (FILED,), {"duties": ("police", "insurer")}))
    [plea] = suspected.run.pleas.values()
    suspected.act(TANAKA, FileReport(suspected.run.id, "police", "受付 12"))
    assert suspected.run.pleas[plea.of].waits
    suspected.act(TANAKA, FileReport(suspected.run.id, "insurer", "受付 3"))

    assert not suspected.run.pleas[plea.of].waits


def test_reports_never_stand_in_the_way_of_closing(suspected: Clinic) -> None:
    """A final report is due in weeks; the run can be closed before."""
    suspected.act(TAKAHASHI, Waive(suspected.run.id, "試験のため"))

    reviewed(suspected)

    assert suspected.run.state == "reviewing"


def test_a_receipt_is_a_number_or_a_name(suspected: Clinic) -> None:
    """「済み」 files nothing: it is asked for once more, and kept as a note; a number files it."""
    suspected.act(TANAKA, FileReport(suspected.run.id, "police"))
    suspected.writes(TANAKA, "済み")
    assert (suspected.run.filed, suspected.run.asking[TANAKA].about) == ({}, {"duty": "police", "again": True})
    suspected.writes(TANAKA, "受付 12")
    assert suspected.run.filed["police"].words == "受付 12"


def test_a_step_that_files_asks_for_the_receipt() -> None:
    """The deputy's 「はい」 settles the call, not the report."""
    clinic = Clinic(one_step(CALL_POLICE), duties=LAW).found()
    clinic.reports(TANAKA)
    clinic.answers(TANAKA)
    clinic.writes(TANAKA, "はい")
    assert (clinic.run.answered["only", "it"].settles, clinic.run.filed) == (True, {})
    clinic.writes(TANAKA, "山田さん")
    assert clinic.run.filed["police"].words == "山田さん"


def test_a_filing_is_taken_back_and_owed_again(suspected: Clinic) -> None:
    """With a reason; the old receipt stays, who decides hears of it, and reminders go on as if it had never been filed."""
    run, duty = suspected.run.id, "ppc_preliminary"
    suspected.act(TANAKA, FileReport(run, duty, "R-7"))
    assert suspected.refused(SATO, WithdrawReport(run, duty, "出していない")).name == "filers_only"

    suspected.act(TAKAHASHI, WithdrawReport(run, duty))
    assert duty in suspected.run.filed
    suspected.writes(TAKAHASHI, "送信できていなかった")
    now = {d.id: d.state for d in duties_now(suspected.run, suspected.now.astimezone(TOKYO).date())}

    assert now[duty] == "owed"
    assert suspected.run.withdrawn[duty].words == "R-7"
    assert TANAKA in suspected.got("duty_withdrawn")
    assert duty in {due.duty for due in reminders_due(suspected.run, suspected.context(TANAKA))}
    assert suspected.refused(TAKAHASHI, WithdrawReport(run, duty, "もう一度")).name == "stale"

    suspected.act(TANAKA, FileReport(run, duty, "R-8"))
    assert suspected.run.withdrawn == {}
