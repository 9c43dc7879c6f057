"""The reports a run owes: which, by when, filed or not; computed from facts, known time and what was recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flows.commands.reporting import (
    AskMyNumberPersons,
    AskPersons,
    FileReport,
    MoveKnownAt,
    RefuseReport,
    RemindDuty,
    WithdrawReport,
)
from flows.events.reporting import DutyFiled, DutyRefused, DutyReminded, DutyWithdrawn, KnownAtMoved
from flows.events.telling import Decided, PleaAnswered
from flows.events.working import Asked, FactsLearned, LineSettled, StepAnswered
from flows.messages.reporting import DutiesDue, DutyDone, DutyHeard, DutyTakenBack, FactsNoted
from flows.powers import CHAIN, may
from flows.record.journal import AT_ONCE, SOON, Owed
from flows.refusals import Refused
from flows.response.asking import ask_once_more, order, takes
from flows.response.audience import Circumstances, everybody, leaders, tells
from flows.response.papers import handed_in
from flows.state.run import Filed, Run
from flows.state.work import Context, Work, decides
from flows.written.taking import answered_time, own_words
from flows.written.witness import names_receipt
from playbooks.duties.assessment import OwedDuty, assess
from playbooks.duties.shape import Duties
from playbooks.frozen import frozen
from playbooks.model import Step
from playbooks.texts import Wording

SPEAK_UP = time(9, 0)
"""The local time of day from which reminders are given."""

SUPPLEMENT = "supplement"
"""What is said of a report to which something is to be added."""

SETTLING = timedelta(hours=2)
"""After somebody knew, nobody is reminded of papers: the first hours belong to patients and containment."""

OVERDUE_DAYS = 14
"""How many days after the last day somebody is reminded once a day; then once a week, until it is filed or found not owed."""


@frozen
class DutyNow:
    """One duty as it stands: ``to_assess``, ``owed``, ``not_owed``, ``filed``, ``supplement_owed`` or ``was_owed``.

    ``owed`` is the assessment behind it (None where the facts exclude it); ``overdue`` is computed for a local day. What
    ``was_owed`` until it was ruled out on the day ``until``, too late or after a first report, is still to be decided.
    """

    id: str
    state: str
    owed: OwedDuty | None
    filed: Filed | None = None
    reason: str = ""
    overdue: bool = False
    until: date | None = None

    @property
    def wanted(self) -> bool:
        """Whether something has to be done."""
        return self.state in ("owed", "supplement_owed", "was_owed")


def duties_now(run: Run, today: date) -> tuple[DutyNow, ...]:
    """Give all duties of a run, in the order of its file; empty before a playbook is declared."""
    if run.duties is None or run.known_at is None or run.state == "false_alarm":
        return ()
    assessment = assess(run.duties, run.facts, run.known_at)
    owed = {one.id: one for one in assessment.owed}
    return tuple(_now(run, run.duties, name, owed.get(name), today) for name in run.duties.duties)


def _now(run: Run, duties: Duties, name: str, owed: OwedDuty | None, today: date) -> DutyNow:
    filed, refused = run.filed.get(name), run.refused.get(name)
    overdue = owed is not None and owed.overdue_on(today)
    if filed is not None:
        supersedes = name.replace("_preliminary", "_final")
        later = supersedes != name and supersedes in run.filed
        changed = owed is not None and owed.duty.grounds is not None and filed.facts != known_facts(run, duties)
        return DutyNow(name, "supplement_owed" if changed and not later else "filed", owed, filed)
    if refused is not None and refused.facts == known_facts(run, duties):
        return DutyNow(name, "not_owed", owed, reason=refused.words)
    if owed is None:
        return _ruled_out(run, duties, name) or DutyNow(name, "not_owed", None)
    if owed.certain or owed.duty.basis == "law":
        return DutyNow(name, "owed", owed, overdue=overdue)
    return DutyNow(name, "to_assess", owed)


def _ruled_out(run: Run, duties: Duties, name: str) -> DutyNow | None:
    """Give a report that was reportable when it was known, and was ruled out only after its last day or a first report."""
    if duties.duties[name].basis != "law" or run.known_at is None:
        return None
    begun = name.replace("_final", "_preliminary") in run.filed
    for turn in sorted(run.learnt_at, reverse=True):
        day = run.learnt_at[turn].astimezone(ZoneInfo(duties.zone)).date()
        before = assess(duties, run.facts_before(turn), run.known_at).owed
        was = next((one for one in before if one.id == name and one.last_day is not None), None)
        if was is not None:
            return DutyNow(name, "was_owed", was, until=day) if begun or was.overdue_on(day) else None
    return None


def contradictions(run: Run) -> tuple[Wording, ...]:
    """Give the sentences on what people said of a run that can't all be true."""
    if run.duties is None or run.known_at is None:
        return ()
    return assess(run.duties, run.facts, run.known_at).contradictions


def known_facts(run: Run, duties: Duties) -> dict[str, str]:
    """Give the facts that duties ask for, as far as the run knows them."""
    return {name: run.facts[name] for name in duties.facts if run.facts.get(name, "unknown") != "unknown"}


# ── what people say of them ─────────────────────────────────────────────────────────────────────────────────────────


@decides
def file_report(work: Work, command: FileReport) -> None:
    """Record that a report was made, by the word of somebody who answers for it."""
    run, duty, receipt = work.run, command.duty, command.receipt
    if run.duties is None or duty not in run.duties.duties:
        raise Refused("stale")
    if not receipt:
        work.add(Asked(work.context.actor, "receipt", {"duty": duty}))
        return
    work.add(DutyFiled(duty, receipt, known_facts(run, run.duties), handed_in(run, duty)))
    for plea in [p for p in run.pleas.values() if p.waits and p.about.get("duties")]:
        if all(told in work.run.filed for told in plea.about["duties"]):
            work.add(PleaAnswered(plea.of, receipt))  # somebody said so, and it is confirmed


def said_filed(run: Run, step: Step, answer: str) -> str | None:
    """Give the report that somebody says they made by an answer to a step."""
    return step.files if answer == "done" and run.duties is not None and step.files in run.duties.duties else None


def filed_by_step(work: Work, duty: str, receipt: str) -> None:
    """Take a step that was done for the filing of its report, where whoever did it may file; else it is to be confirmed."""
    filing = FileReport(work.run.id, duty, receipt)
    if not may(filing, work.context, work.run):
        return
    if receipt and not names_receipt(receipt):
        work.add(Asked(work.context.actor, "receipt", {"duty": duty}))
    else:
        file_report(work, replace(filing, receipt=receipt or "—"))


def to_confirm(
    run: Run, track: str, step: str, event: StepAnswered | LineSettled, how: Circumstances
) -> Iterator[Owed]:
    """Let whoever leads make sure of a report that somebody says in a step they made, and file it."""
    duty = said_filed(run, run.text_of(track, step), event.answer)
    if duty is not None and not may(FileReport(run.id, duty), how.context, run):
        heard = DutyHeard(duty, how.actor, own_words(event.given))
        yield from (Owed(member, heard, run.id, priority=SOON) for member in leaders(run, how.context))


@takes("receipt")
def _filed(work: Work, about: Mapping[str, Any], text: str) -> None:
    """File it with a number, or by the name of whoever took it; 「済み」 alone is neither."""
    if names_receipt(text):
        order(work, FileReport(work.run.id, about["duty"], text))
    else:
        ask_once_more(work, "receipt", about, text)


@decides
def withdraw_report(work: Work, command: WithdrawReport) -> None:
    """Take back that a report was made, with a reason: it is owed again, and its reminders go on."""
    run, duty, reason = work.run, command.duty, command.reason
    if duty not in run.filed:
        raise Refused("stale")
    if not reason:
        work.add(Asked(work.context.actor, "withdrawn", {"duty": duty}))
        return
    work.add(DutyWithdrawn(duty, reason, run.filed[duty].words))


@takes("withdrawn")
def _withdrawn(work: Work, about: Mapping[str, Any], text: str) -> None:
    order(work, WithdrawReport(work.run.id, about["duty"], text))


@tells
def _taken_back(run: Run, event: DutyWithdrawn, how: Circumstances) -> Iterator[Owed]:
    managers = [m.id for m in how.context.roster.owners("safety_manager", how.context.today)]
    told = DutyTakenBack(event.duty, how.actor, event.reason, event.receipt)
    chain = [member.id for member in how.context.chain()]
    for member in dict.fromkeys([*([run.commander] if run.commander else []), *chain, *managers]):
        yield Owed(member, told, run.id, priority=SOON)


@decides
def refuse_report(work: Work, command: RefuseReport) -> None:
    """Record that a report is not owed: a decision (``not_report``) of the director or a deputy, with a reason."""
    run, context, duty, reason = work.run, work.context, command.duty, command.reason
    if run.duties is None or duty not in run.duties.duties:
        raise Refused("stale")
    if not reason:
        work.add(Asked(context.actor, "not_owed", {"duty": duty}))
        return
    work.add(Decided("not_report", duty, reason))
    work.add(DutyRefused(duty, reason, known_facts(run, run.duties)))


@takes("not_owed")
def _refused(work: Work, about: Mapping[str, Any], text: str) -> None:
    order(work, RefuseReport(work.run.id, about["duty"], text))


@decides
def move_known_at(work: Work, command: MoveKnownAt) -> None:
    """Put right since when it is known: earlier by anybody, later only by the director or a deputy, with a reason."""
    run, context, text, reason = work.run, work.context, command.text, command.reason
    if not text:
        work.add(Asked(context.actor, "known_at"))
        return
    known = answered_time(text, context.roster.facility.local(context.now))
    if run.known_at is not None and known > run.known_at:
        if not may(CHAIN, context):
            raise Refused("only_earlier")
        if not reason:
            work.add(Asked(context.actor, "known_at_reason", {"text": text}))
            return
    work.add(KnownAtMoved(known.isoformat(), reason or ""))


@takes("known_at")
def _known_at(work: Work, _: Mapping[str, Any], text: str) -> None:
    move_known_at(work, MoveKnownAt(work.run.id, text))


@takes("known_at_reason")
def _known_at_for(work: Work, about: Mapping[str, Any], text: str) -> None:
    move_known_at(work, MoveKnownAt(work.run.id, about["text"], text))


@decides
def ask_persons(work: Work, _: AskPersons) -> None:
    """Wait for the actor to write how many people it concerns."""
    work.add(Asked(work.context.actor, "persons"))


@decides
def ask_my_number_persons(work: Work, _: AskMyNumberPersons) -> None:
    """Wait for the actor to write of how many of them a My Number may be concerned."""
    work.add(Asked(work.context.actor, "my_number_persons"))


def knew_at(work: Work, when: str) -> None:
    """Let an answer in a step (「気づいた時刻」) move the known time earlier; a later one moves nothing."""
    moment = datetime.fromisoformat(when)
    if work.run.known_at is None or moment < work.run.known_at:
        work.add(KnownAtMoved(moment.isoformat()))


@tells
def _noted(run: Run, event: KnownAtMoved | FactsLearned, how: Circumstances) -> Iterator[Owed]:
    answers = any(
        isinstance(e, LineSettled | StepAnswered) for e in how.together
    )  # then they read that it was received
    if not answers and len(how.together) <= 2 and how.actor in everybody(how.context):
        known = run.known_at.isoformat() if isinstance(event, KnownAtMoved) and run.known_at else ""
        yield Owed(how.actor, FactsNoted(known), run.id, priority=SOON)


@tells
def _told(run: Run, event: DutyFiled, how: Circumstances) -> Iterator[Owed]:
    if run.commander and run.commander != how.actor:
        yield Owed(run.commander, DutyDone(event.duty), run.id, priority=SOON)


# ── what time says of them ──────────────────────────────────────────────────────────────────────────────────────────


@frozen
class DutyReminder:
    """A reminder that is due since ``since``; ``day`` makes it unique."""

    since: datetime
    duty: str
    what: str
    day: date


def reminded_on(run: Run, day: str) -> list[tuple[str, str]]:
    """Give what was reminded of for a local day (ISO), as (duty, what), in the order of the duties."""
    found = [(duty, what) for duty, what, on in (r.split(":", 2) for r in run.duty_reminders) if on == day]
    order = list(run.duties.duties) if run.duties else []
    return sorted(found, key=lambda pair: order.index(pair[0]))


def still_to_do(run: Run, duty: str, what: str) -> bool:
    """Say whether what was reminded of hasn't been made since; a supplement is, once what is known was filed."""
    filed = run.filed.get(duty)
    if filed is None or run.duties is None:
        return True
    return what == SUPPLEMENT and filed.facts != known_facts(run, run.duties)


def reminders_due(run: Run, context: Context) -> Iterator[DutyReminder]:
    """Give the reminders of reports not yet made; a drill's clocks are practice and remind nobody."""
    if run.drill or run.duties is None or run.known_at is None:
        return
    zone = ZoneInfo(run.duties.zone)
    for duty in duties_now(run, context.today):
        if not duty.wanted or duty.owed is None:
            continue
        dated = list(_days_to_remind(run, duty, duty.owed, context.today))
        passed = [(day, what) for day, what in dated if day <= context.today]
        # Of several that were missed while the bot was off, only the newest still says something.
        for day, what in passed[-1:] + [d for d in dated if d[0] > context.today]:
            if f"{duty.id}:{what}:{day}" not in run.duty_reminders:
                since = max(datetime.combine(day, SPEAK_UP, zone), run.known_at + SETTLING)
                yield DutyReminder(since, duty.id, what, day)


def _days_to_remind(run: Run, duty: DutyNow, owed: OwedDuty, today: date) -> Iterator[tuple[date, str]]:
    """Give the days on which a report is spoken of, and as what; what was ruled out too late is still to be decided."""
    if duty.filed is not None:
        yield from ((day, SUPPLEMENT) for day in _supplement_days(run, duty.filed, today))
    elif owed.last_day is not None and today > owed.last_day:
        late = (today - owed.last_day).days
        late -= max(late - OVERDUE_DAYS, 0) % 7
        yield owed.last_day + timedelta(days=late), "overdue"
    else:
        yield from ((day, reminder.what) for day, reminder in owed.reminders)


def _supplement_days(run: Run, filed: Filed, today: date) -> Iterator[date]:
    """Give the day after something else became known than was filed, then one a week: no law names a day for a supplement."""
    zone = ZoneInfo(run.duties.zone if run.duties is not None else "UTC")
    learnt = min((at for turn, at in run.learnt_at.items() if turn > filed.turn), default=None)
    if learnt is not None:
        first = learnt.astimezone(zone).date() + timedelta(days=1)
        yield first + timedelta(days=max((today - first).days, 0) // 7 * 7)


@decides
def remind(work: Work, command: RemindDuty) -> None:
    """Remind people of a report."""
    work.add(DutyReminded(command.duty, command.what, command.day))


@tells
def _reminder(run: Run, event: DutyReminded, how: Circumstances) -> Iterator[Owed]:
    """Remind whoever decides and the safety manager; what is overdue is said to the whole chain."""
    context = how.context
    chain = [m.id for m in context.chain()]
    deciding = chain if event.what == "overdue" else [m for m in (run.commander, *chain) if m in chain][:1]
    managers = [m.id for m in context.roster.owners("safety_manager", context.today)]
    for member in dict.fromkeys([*deciding, *managers]):
        if member:
            key = f"duties:{run.id}:{event.day}"
            yield Owed(member, DutiesDue(event.day), run.id, key=key, priority=AT_ONCE)
