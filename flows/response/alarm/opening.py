"""From what somebody reports to a response: which playbook begins, with what is known, and who may know of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from flows.commands.clock import DropReport, NudgeReport, TakePosture
from flows.commands.people import ChoosePlaybook, Join, Report, SettleCircle
from flows.events.calling import CircleAsked, CircleSettled, Declared, Reported, ReportedAgain, ReportNudged
from flows.events.ending import FalseAlarm
from flows.events.working import FactsLearned
from flows.messages.calling import AnotherReport, AskPlaybook, FirstWordsTold, Joined, ResponseBegun, WhoMayKnow
from flows.record.journal import AT_ONCE, NEXT, SOON, URGENT, Owed
from flows.refusals import Refused
from flows.response.alarm.charge import ask_for_command
from flows.response.alarm.ringing import raise_alarm
from flows.response.alarm.roll_call import came_back
from flows.response.audience import Circumstances, tells
from flows.response.placing import family_at_hand
from flows.response.steps import assign, hand_over, start_tracks
from flows.scene.circle import delicate, may_be_left_out
from flows.scene.grades import attack_near, concerned
from flows.state.run import Run
from flows.state.work import Context, Work, decides

POSTURE = "posture"
"""The fact that says as if which kind of event people act while nobody knows (``attack``)."""


def posture_of(run: Run, context: Context) -> str:
    """Give the posture that the worst near candidate asks for; empty where none of them is an attack, or it is plain what it is."""
    return "attack" if attack_near(run, context) and not run.plain else ""


@decides
def report(work: Work, command: Report) -> None:
    """Open a run; with a playbook already named the response begins at once."""
    reporter = command.by or work.context.actor
    said = (command.text, command.candidates, command.mode, command.sure, command.near, command.named, command.everyday)
    work.add(Reported(reporter, *said, command.plain))
    if command.playbook:
        choose(work, ChoosePlaybook(work.run.id, command.playbook))


@decides
def choose(work: Work, command: ChoosePlaybook) -> None:
    """Begin the response with a playbook: call everybody and give the reporter the first action, without approval.

    Who names the attack only after silence took its posture isn't too late: it is gone on with as that attack.
    """
    if _names_the_attack(work, command.playbook):
        hand_over(work, command.playbook)
        assign(work)
    else:
        _begin(work, command.playbook)


def _names_the_attack(work: Work, named: str) -> bool:
    run, playbook = work.run, work.context.handbook.playbooks.get(named)
    postured = run.live and run.facts.get(POSTURE) == "attack"
    unnamed = postured and run.playbook is not None and run.playbook.playbook == "unknown"
    return unnamed and playbook is not None and playbook.event == "cyber_attack" and run.mode in playbook.use


@decides
def take_posture(work: Work, command: TakePosture) -> None:
    """Begin as if it were the worst that is near, without saying that it is: hands off, people called, one machine cut off.

    The outside line, other machines and what is owed for a crime or a leak wait for a person's word.
    """
    _begin(work, "unknown", {POSTURE: command.posture})


def _begin(work: Work, named: str, facts: Mapping[str, str] = MappingProxyType({})) -> None:
    run, context = work.run, work.context
    if run.state != "reported":
        raise Refused("already_open", playbook=run.playbook.playbook if run.playbook else "")
    wanted = named or "unknown"
    playbook = context.handbook.playbooks.get(wanted) or context.handbook.playbooks.get(next(iter(run.candidates), ""))
    if playbook is None or run.mode not in playbook.use:
        raise Refused("unknown_playbook", playbook=wanted)
    law = context.handbook.duties.model_dump(mode="json") if context.handbook.duties else None
    work.add(Declared(playbook.model_dump(mode="json"), law))
    if told := {**_facts_told(run, context), **facts}:
        work.add(FactsLearned(told))
    if delicate(run, context) and may_be_left_out(run, context):
        work.add(CircleAsked())
    else:
        _call(work)


def _call(work: Work) -> None:
    """Call those whom it concerns, and begin with the work; of something small nobody is called."""
    run, context = work.run, work.context
    if not run.small:
        raise_alarm(work, *concerned(run, context))
        if run.commander is None:
            ask_for_command(work)
    start_tracks(work)
    assign(work)


def _facts_told(run: Run, context: Context) -> Mapping[str, str]:
    """Give what the reporter's words alone settle, so that what comes first needn't wait for a question."""
    family = family_at_hand(run, context.handbook)
    return family.sets if family is not None else {}


@decides
def settle_circle(work: Work, command: SettleCircle) -> None:
    """Tell those who may know of a delicate matter, but for those whom whoever reported wants left out."""
    run, context = work.run, work.context
    others = may_be_left_out(run, context)
    settled = CircleSettled(command.left_out)
    if not run.circle_asked or not {*settled.members} <= {*others}:
        raise Refused("stale")
    work.add(settled)
    nobody_left = command.left_out and not any(m.id != run.reporter for m in context.chain())
    work.add(FactsLearned({"decider_involved": "yes" if nobody_left else "left_out" if command.left_out else "no"}))
    _call(work)


@decides
def nudge(work: Work, _: NudgeReport) -> None:
    """Ask again what it looks like."""
    work.add(ReportNudged())


@decides
def drop(work: Work, _: DropReport) -> None:
    """Put a report away that nobody classified."""
    work.add(FalseAlarm("", unanswered=True))


@decides
def join(work: Work, command: Join) -> None:
    """Take a second report of the same thing into the run."""
    early = work.run.state == "reported"
    work.add(ReportedAgain(work.context.actor, command.text, command.near, early, command.named))
    came_back(work)


@tells
def _reported(run: Run, event: Reported, how: Circumstances) -> Iterator[Owed]:
    words = how.context.handbook.first_words
    of_danger = any((d.member, d.text) == (event.reporter, event.text) for d in how.context.house.dangers.values())
    told = event.reporter != how.actor or of_danger
    if words is not None and not run.drill and not told:
        chosen = words.chosen(run.near or ("unknown",), event.text, how.context.handbook.playbooks)
        yield Owed(event.reporter, FirstWordsTold(chosen), run.id, priority=URGENT)
    if run.state == "reported":
        yield Owed(event.reporter, AskPlaybook(), run.id, key=f"question:{run.id}", priority=NEXT)


@tells
def _nudged(run: Run, _: ReportNudged, how: Circumstances) -> Iterator[Owed]:
    if run.circle_asked:
        yield Owed(run.reporter, WhoMayKnow(), run.id, key=f"circle:{run.id}", priority=AT_ONCE)
        return
    told = [] if delicate(run, how.context) else [m.id for m in how.context.chain()]
    for m in dict.fromkeys([run.reporter, *told]):
        yield Owed(m, AskPlaybook(again=True), run.id, key=f"question:{run.id}", priority=AT_ONCE)


@tells
def _declared(run: Run, _: Declared, __: Circumstances) -> Iterator[Owed]:
    if run.exercise is None and not run.circle_asked:
        yield Owed(run.reporter, ResponseBegun(), run.id, priority=AT_ONCE)


@tells
def _circle_asked(run: Run, _: CircleAsked, __: Circumstances) -> Iterator[Owed]:
    yield Owed(run.reporter, WhoMayKnow(), run.id, key=f"circle:{run.id}", priority=AT_ONCE)


@tells
def _circle_settled(run: Run, _: CircleSettled, __: Circumstances) -> Iterator[Owed]:
    yield Owed(run.reporter, ResponseBegun(), run.id, priority=AT_ONCE)


@tells
def _reported_again(run: Run, event: ReportedAgain, how: Circumstances) -> Iterator[Owed]:
    """Give whoever joins what nobody has opened yet its first words, unless they had them; its reporter is asked anew."""
    if not how.context.told_of_danger(event.member, event.text):
        if event.early and (chosen := _first_words_anew(run, event, how.turn, how.context)):
            yield Owed(event.member, FirstWordsTold(chosen), run.id, priority=URGENT)
        if run.circle_asked and event.member == run.reporter:
            yield Owed(event.member, WhoMayKnow(), run.id, key=f"circle:{run.id}", priority=AT_ONCE)
        elif not (event.early and event.member == run.reporter):
            yield Owed(event.member, Joined(), run.id, priority=SOON)
        elif run.state == "reported":
            yield Owed(event.member, AskPlaybook(more=True), run.id, key=f"question:{run.id}", priority=NEXT)
    if run.commander and run.commander != event.member:
        yield Owed(run.commander, AnotherReport(how.turn), run.id, priority=SOON)


def _first_words_anew(run: Run, event: ReportedAgain, turn: int, context: Context) -> str:
    words, books = context.handbook.first_words, context.handbook.playbooks
    if words is None or run.drill or delicate(run, context):
        return ""  # of a matter for a few they had the words that forbid what others ask for
    near = event.near or run.near or ("unknown",)
    had = event.member == run.reporter or any(n.by == event.member and n.turn != turn for n in run.notes.values())
    if not had:
        return words.chosen(near, event.text, books)
    before = tuple(name for name in run.near if name not in event.near) or run.near
    return words.on_top(near, event.text, words.chosen(before, run.text, books), books)
