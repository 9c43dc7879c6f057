"""From the first message to everybody knowing: report, playbook, alarm, roll call, and who decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from flows.commands.clock import (
    CallIn,
    DropReport,
    LapseCommand,
    NudgeReport,
    PassCommandOn,
    ReleaseStep,
    RepeatAlarm,
    TakePosture,
)
from flows.commands.people import (
    Acknowledge,
    ChoosePlaybook,
    Join,
    Report,
    SettleCircle,
    TakeCommand,
    TellByMouth,
    TellPresence,
)
from flows.events.calling import (
    Acknowledged,
    Alarmed,
    AlarmRepeated,
    CircleAsked,
    CircleSettled,
    CommandAsked,
    CommandHandedOn,
    CommandLapsed,
    CommandOffered,
    CommandTaken,
    Declared,
    PresenceTold,
    Reported,
    ReportedAgain,
    ReportNudged,
    Returned,
    VoiceCallAsked,
)
from flows.events.ending import FalseAlarm
from flows.events.working import FactsLearned, StepReleased
from flows.messages.calling import (
    Alarm,
    AlarmAgain,
    AlarmConfirmed,
    AnotherReport,
    AskPlaybook,
    CommandAsk,
    CommandIs,
    CommandOpen,
    CommandWanted,
    CommandYours,
    FirstWordsTold,
    Joined,
    LeadersOffered,
    LeavingHeard,
    ResponseBegun,
    WelcomeBack,
    WhereNow,
    WhoMayKnow,
)
from flows.messages.drilling import DrillCall, DrillCallAgain
from flows.powers import CHAIN, may
from flows.record.journal import AT_ONCE, LATER, NEXT, SOON, URGENT, Owed
from flows.refusals import Refused
from flows.response.audience import Circumstances, calls_over, everybody, followers, tells, where_key
from flows.response.placing import family_at_hand
from flows.response.steps import assign, hand_over, start_tracks
from flows.scene.circle import delicate, may_be_left_out
from flows.scene.grades import attack_near, concerned
from flows.scene.hands import decides as decides_alone
from flows.scene.passing import successors
from flows.scene.presence import LEFT, PLACES, asks_presence, has_no_hands, where_is
from flows.scene.voice import call_wanted
from flows.state.run import COMMAND_ROLES, Run
from flows.state.work import Context, Work, decides

MOST_ASKED = 2
"""So many may be silent one after the other while it is urgent; then everybody is asked to decide."""

POSTURE = "posture"
"""The fact that says as if which kind of event people act while nobody knows (``attack``)."""


def posture_of(run: Run, context: Context) -> str:
    """Give the posture that the worst near candidate asks for; empty where none of them is an attack, or it is plain what it is."""
    return "attack" if attack_near(run, context) and not run.plain else ""


# ── report and alarm ────────────────────────────────────────────────────────────────────────────────────────────────


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


def raise_alarm(work: Work, ring: Sequence[str], quiet: Sequence[str] = ()) -> None:
    """Call members; those in ``quiet`` without a sound."""
    work.add(Alarmed(tuple(ring), tuple(quiet)))


def not_called(run: Run, context: Context) -> list[str]:
    """Give those whom the alarm concerns and never reached: they have enrolled since, or the matter has become louder."""
    begun = run.playbook is not None and not run.circle_asked and run.state != "reviewing"
    if not begun or run.declared_at is None or run.exercise is not None:
        return []
    since = run.declared_at
    ring, quiet = concerned(run, context)
    return [
        m
        for m in (*ring, *quiet)
        if m not in run.acknowledged
        and m in context.house.enrolled
        and (
            m not in {*run.ring, *run.quiet}
            or context.house.enrolled[m] > max(run.quiet.get(m, since), run.ring.get(m, since))
        )
    ]


@decides
def call_in(work: Work, command: CallIn) -> None:
    """Call somebody who has enrolled since."""
    member = command.member
    if member not in not_called(work.run, work.context):
        raise Refused("stale")
    ring, quiet = concerned(work.run, work.context)
    raise_alarm(work, [m for m in ring if m == member], [m for m in quiet if m == member])


def asked_next(run: Run, context: Context) -> str | None:
    """Give who is asked to decide if those who were asked stay silent; None: everybody, after two where it is urgent."""
    never_led = set(run.asked_to_command) - {member for member, _ in run.commanders}
    if run.grade == "urgent" and len(never_led) >= MOST_ASKED:
        return None
    return next((m.id for m in context.chain() if m.id not in run.asked_to_command and context.can_act(m.id)), None)


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
def _alarmed(run: Run, event: Alarmed, _: Circumstances) -> Iterator[Owed]:
    if run.exercise is not None and run.exercise.questions:
        return  # the first question is the call
    call = Alarm() if run.exercise is None else DrillCall()
    for m in (*event.ring, *event.quiet):
        yield Owed(m, call, run.id, key=f"alarm:{run.id}", priority=URGENT, silent=m in event.quiet)


@tells
def _repeated(run: Run, event: AlarmRepeated, _: Circumstances) -> Iterator[Owed]:
    again = AlarmAgain(event.count) if run.exercise is None else DrillCallAgain(event.count)
    yield Owed(event.member, again, run.id, key=f"alarm:{run.id}", priority=URGENT)


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


# ── roll call ───────────────────────────────────────────────────────────────────────────────────────────────────────


@decides
def acknowledge(work: Work, _: Acknowledge) -> None:
    """Record that the actor knows."""
    knows(work, work.context.actor)
    assign(work)


@decides
def tell_presence(work: Work, command: TellPresence) -> None:
    """Record where the actor is, and that they know; who is asked to decide and has no hands is passed over at once."""
    run, context, actor = work.run, work.context, work.context.actor
    stays = command.where == "here" and where_is(run, context, actor) == LEFT
    asked = asks_presence(run) or stays
    if command.where not in (*PLACES, "") or (command.where and not asked) or run.playbook is None:
        raise Refused("stale")
    again = actor in run.acknowledged
    news = command.until is not None or command.lasting
    if again and not news and where_is(run, context, actor) == (command.where or None):
        raise Refused("already_confirmed", member=actor, at=run.acknowledged[actor].isoformat())
    if not again:
        work.add(Acknowledged(actor))
        came_back(work)
    if command.where:
        until = command.until.isoformat() if command.until is not None else ""
        work.add(PresenceTold(actor, command.where, until, lasting=command.lasting))
        if run.commander is None and next(reversed(run.asked_to_command), None) == actor:
            pass_over_those_without_hands(work)
    assign(work)  # a lead that waits comes before the call
    call_by_voice(work)


def gone(work: Work) -> None:
    """Let the actor be gone for the day, and others have at once what they had."""
    work.add(PresenceTold(work.context.actor, LEFT))
    assign(work)


def call_by_voice(work: Work, by: str = "") -> None:
    """Ask whoever is free in the house, first ``by``, to call who decides and hasn't answered, before they get anything else."""
    wanted = call_wanted(work.run, work.context, by)
    if wanted is not None:
        work.add(VoiceCallAsked(*wanted))


@decides
def tell_by_mouth(work: Work, command: TellByMouth) -> None:
    """Record that somebody was told by the actor."""
    knows(work, command.member)


def knows(work: Work, member: str) -> None:
    """Record that a member knows; for whoever was asked to decide this means taking command."""
    run, context = work.run, work.context
    person = context.roster.member(member)
    if person is None:
        raise Refused("stale")
    if member in run.acknowledged:
        raise Refused(
            "already_confirmed", member=run.told_by.get(member, member), at=run.acknowledged[member].isoformat()
        )
    work.add(Acknowledged(member))
    asked = member == context.actor and run.commander is None and member in run.asked_to_command
    if asked and may(TakeCommand(run.id), context, run):
        command_taken(work)
    came_back(work)


def shows_life(work: Work) -> None:
    """Take whoever works at a run for told of it: they aren't called again. Where they are is still asked."""
    if work.run.live and work.run.playbook is not None and work.context.actor in work.run.unconfirmed():
        work.add(Acknowledged(work.context.actor))
        came_back(work)


def came_back(work: Work) -> None:
    """Note that somebody who was passed over is back, once, so that they get one summary."""
    run, context = work.run, work.context
    leads = run.exercise is not None and run.exercise.facilitator == context.actor
    if context.actor in run.returned or run.playbook is None or run.commander == context.actor or leads:
        return
    never_had_it = context.actor in run.asked_to_command and context.actor not in {m for m, _ in run.commanders}
    passed_over = run.commander is not None and (never_had_it or context.actor in run.lapsed)
    silent = run.repeats.get(context.actor, (0, context.now))[0] >= context.handbook.pace.alarm_repeats
    if passed_over or silent:
        work.add(Returned(context.actor))


def ringing(run: Run, context: Context) -> list[str]:
    """Give the silent members who may be called with a sound now."""
    open_now = context.roster.facility.in_session(context.now)
    active = {m.id: m for m in context.roster.active()}
    let_be = {*run.ring, *run.quiet}.difference(*concerned(run, context)) if run.lowered else set()
    return [
        m
        for m in run.unconfirmed()
        if m in active and m not in let_be and (m in run.ring or (open_now and not active[m].absent_on(context.today)))
    ]


def next_repeat(run: Run, context: Context, member: str) -> datetime | None:
    """Give when a silent member is to be called again; None when they have been called often enough."""
    count, last = run.repeats.get(member, (0, run.ring.get(member) or run.quiet.get(member) or context.now))
    if count >= context.handbook.pace.alarm_repeats:
        return None
    if count == 0 and member in run.quiet and member not in run.ring:
        return last
    return last + timedelta(minutes=context.handbook.pace.alarm_repeat)


def silent(run: Run, context: Context) -> list[str]:
    """Give the members whom the board names: called often enough and still silent, or not to be reached in writing."""
    active = {m.id: m for m in context.roster.active()}
    return [
        m for m in run.unconfirmed() if m in active and (not active[m].channels or next_repeat(run, context, m) is None)
    ]


@decides
def repeat_alarm(work: Work, command: RepeatAlarm) -> None:
    """Call a silent member again."""
    member = command.member
    work.add(AlarmRepeated(member, work.run.repeats.get(member, (0, work.context.now))[0] + 1))


@tells
def _acknowledged(run: Run, event: Acknowledged, _: Circumstances) -> Iterator[Owed]:
    if run.exercise is None or not run.exercise.questions:
        yield Owed(event.member, AlarmConfirmed(), run.id, key=f"alarm:{run.id}", priority=LATER, edits=True)


@tells
def _presence_told(run: Run, event: PresenceTold, how: Circumstances) -> Iterator[Owed]:
    if event.where == LEFT:
        yield Owed(event.member, LeavingHeard(), run.id, priority=AT_ONCE)
        if run.commander == event.member:
            yield Owed(event.member, LeadersOffered(), run.id, priority=AT_ONCE)
        return
    if not any(isinstance(e, Acknowledged) for e in how.together):
        yield Owed(event.member, AlarmConfirmed(), run.id, key=f"alarm:{run.id}", priority=LATER, edits=True)
    if event.member in run.presence_asked:
        yield Owed(event.member, WhereNow(), run.id, key=where_key(run.id), priority=LATER, edits=True)


@tells
def _returned(run: Run, event: Returned, _: Circumstances) -> Iterator[Owed]:
    yield Owed(event.member, WelcomeBack(), run.id, priority=AT_ONCE)


# ── who decides ─────────────────────────────────────────────────────────────────────────────────────────────────────


def ask_for_command(work: Work) -> None:
    """Ask the first of the chain to decide; whoever reports and stands first in it decides from the start.

    So does whoever leads another incident and says that this is one, too: they have it in hand.
    """
    run, context = work.run, work.context
    chain = [m.id for m in context.chain() if context.can_act(m.id)]
    leads = context.actor in chain and any(r.live and r.commander == context.actor for r in context.others)
    if not chain:
        work.add(CommandOffered())
    elif leads or chain[0] == run.reporter or (run.exercise is not None and chain[0] == context.actor):
        member = context.actor if leads else chain[0]
        work.add(CommandAsked(member))
        work.add(CommandTaken(member))
    else:
        work.add(CommandAsked(chain[0]))


@decides
def pass_command_on(work: Work, _: PassCommandOn) -> None:
    """Ask the next of the chain to decide, since whoever was asked last is silent."""
    if handed_due(work.run, work.context) is None:
        ask_next(work)
    else:
        hand_on(work)


def hand_on(work: Work, to: str = "") -> None:
    """Ask somebody, else the next who could, to lead in the place of whoever does; when nobody is left, everybody."""
    run, context = work.run, work.context
    next_one = next((m for m in successors(run, context) if m not in (*run.handed_to, context.actor)), "")
    work.add(CommandHandedOn(to or next_one) if to or next_one else CommandOffered())


def handed_due(run: Run, context: Context) -> datetime | None:
    """Give when the next is asked to take over from whoever leads, if nobody accepts; None when nothing is waited for."""
    if run.commander is None or run.command_offered is not None or not run.handed_to:
        return None
    return max(run.handed_to.values()) + timedelta(minutes=context.handbook.pace.command_at(run.grade))


def ask_next(work: Work, silent_one: str | None = None) -> None:
    """Ask the next of the chain after ``silent_one`` (who was asked last), and when nobody is left offer it to all."""
    run, context = work.run, work.context
    if run.commander is not None:
        raise Refused("stale")
    member = asked_next(run, context)
    after = silent_one or next(reversed(run.asked_to_command), None)
    work.add(CommandAsked(member, after=after) if member else CommandOffered())
    pass_over_those_without_hands(work)


def pass_over_those_without_hands(work: Work) -> None:
    """Go on to the next as long as whoever was asked last is with a patient or outside and didn't take charge."""
    run, context = work.run, work.context
    if run.commander is None and run.command_offered is None:
        last = next(reversed(run.asked_to_command), None)
        if last is not None and has_no_hands(run, context, last):
            ask_next(work)


@decides
def lapse_command(work: Work, command: LapseCommand) -> None:
    """Take the decision, and the steps that belong to it, from somebody who is away."""
    lapse(work, command.why)
    for shown in work.run.open_steps():
        if work.run.step(shown).role in COMMAND_ROLES:
            work.add(StepReleased(shown.turn, command.why))


@decides
def release_step(work: Work, command: ReleaseStep) -> None:
    """Open a step to others; when it was for whoever decides, the decision itself goes to the next of the chain."""
    run = work.run
    shown = run.shown[command.shown]
    if not shown.open:
        raise Refused("stale")
    work.add(StepReleased(command.shown, command.why))
    if run.commander == shown.member and run.step(shown).role in COMMAND_ROLES:
        lapse(work, "silent" if command.why == "overdue" else command.why)
    assign(work)


def lapse(work: Work, why: str) -> None:
    """Take the decision from somebody who is silent or gone, and ask the next; they can take it back at any time."""
    had_it = work.run.commander
    if had_it is None:
        raise Refused("stale")
    work.add(CommandLapsed(had_it, why))
    ask_next(work, had_it)


def command_due(run: Run, context: Context) -> datetime | None:
    """Give when the command passes on if nobody answers; None when nothing is waited for."""
    if run.commander is not None or run.command_offered is not None or not run.asked_to_command:
        return None
    last = next(reversed(run.asked_to_command))
    return run.asked_to_command[last] + timedelta(minutes=context.handbook.pace.command_at(run.grade))


@decides
def take_command(work: Work, _: TakeCommand) -> None:
    """Let the actor decide, and have the steps that wait for whoever does."""
    command_taken(work)
    assign(work)


def command_taken(work: Work, member: str = "") -> None:
    """Let somebody, the actor if none is named, decide from here on.

    The director's own decisions wait for ratification if they aren't of the chain. Who has asked somebody to lead may keep it.
    """
    run, context = work.run, work.context
    actor = member or context.actor
    if run.commander == actor and not run.handed_to:
        raise Refused("already_command", member=actor)
    approves = (
        bool(context.chain()) or not run.left_out
    )  # where all who approve are kept from it, nothing waits for them
    work.add(CommandTaken(actor, reserved=approves and not may(CHAIN, replace(context, actor=actor))))
    for shown in run.open_steps():
        step = run.step(shown)
        if (
            step.role in COMMAND_ROLES and decides_alone(step) and shown.member != actor
        ):  # a call that is being made goes on
            work.add(StepReleased(shown.turn, "command"))


@tells
def _command_asked(run: Run, event: CommandAsked, how: Circumstances) -> Iterator[Owed]:
    """Ask somebody in the place of another, who reads whom where they said themselves that they can't."""
    in_words = all(isinstance(e, CommandAsked) for e in how.together)
    if event.after == how.actor and in_words:
        yield Owed(how.actor, CommandWanted(event.member, you=False), run.id, priority=SOON)
    if event.after is not None:
        asked = CommandAsk(event.after)
        yield Owed(event.member, asked, run.id, key=f"command:{run.id}", priority=URGENT)


@tells
def _command_offered(run: Run, _: CommandOffered, how: Circumstances) -> Iterator[Owed]:
    chain, everyone = {m.id for m in how.context.chain()}, everybody(how.context)
    free = [m for m in everyone if m in chain or not has_no_hands(run, how.context, m)]
    for m in free or everyone:
        yield Owed(m, CommandOpen(), run.id, key=f"command:{run.id}", priority=URGENT)


@tells
def _command_taken(run: Run, event: CommandTaken, how: Circumstances) -> Iterator[Owed]:
    if any(isinstance(e, Declared) for e in how.together):
        return
    yield from calls_over(run)
    known = (
        {m.id for m in how.context.chain()} if len(run.commanders) > 1 else None
    )  # others read on the board that it passed on
    for m in dict.fromkeys([*followers(run, how.context), event.member]):
        if known is not None and m not in {*known, event.member, *(led for led, _ in run.commanders)}:
            continue
        if m == event.member:
            yield Owed(m, CommandYours(m), run.id, priority=AT_ONCE)
        else:
            yield Owed(m, CommandIs(event.member), run.id, priority=SOON - 1)
