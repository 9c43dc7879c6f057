"""What somebody's text wants: who has it, who is asked next, and what comes back.

No text settles, ends or lifts anything by itself: to its writer it brings numbers and offers, to whoever leads it tells
what they must know, and what nobody answers goes on to the next. Who says plainly that they go home is believed: what
they had would lie there; one tap says that they are still there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from flows.commands.clock import PassPleaOn
from flows.commands.people import (
    AnswerPlea,
    CallOff,
    ConfirmDeed,
    GiveStep,
    Plead,
    RaiseNote,
    SeePlea,
    TakeCommand,
    TakeScene,
)
from flows.commands.reporting import FileReport
from flows.events.calling import ArrivalTold, PresenceTold
from flows.events.telling import DeedConfirmed, NoteTaken, PleaAnswered, PleaHeard, PleaPassedOn
from flows.events.working import Asked
from flows.listening.lost import HANDLED, saying, searching
from flows.messages.calling import FirstWordsTold, LeadersOffered, LeadOffered, LeavingAsked
from flows.messages.helping import CannotHeard
from flows.messages.notes import (
    Advised,
    BusyHeard,
    ComingTold,
    DeedAsked,
    DeedTold,
    DoneOffered,
    FalseAlarmOffered,
    FilingOffered,
    ForbiddenTold,
    FoundTold,
    NoteKept,
    NowYours,
    NumberTold,
    OrderHeard,
    PlaceTold,
    PleaKept,
    PleaRaised,
    PleaSettled,
    StandingTold,
    ThingShown,
)
from flows.messages.steps import TakersOffered, UndoOffered, UndoRefused, WhyStep
from flows.powers import CHAIN, may
from flows.record.journal import AT_ONCE, LATER, SOON, URGENT, Owed
from flows.refusals import Refused
from flows.response.alarm.charge import ask_next, command_due
from flows.response.alarm.roll_call import came_back, gone
from flows.response.asking import take_note, takes
from flows.response.audience import Circumstances, tells
from flows.response.placing import words_on_top
from flows.scene.circle import sees, unchosen
from flows.scene.passing import can_give, successors
from flows.scene.presence import LEFT, where_is
from flows.scene.undoing import stands, undoing
from flows.state.run import ATTACK_SIGN, TAKE_LEAD, Answered, Plea, Run
from flows.state.work import Context, Work, decides
from flows.written.times import later_time

QUESTION = "question"

UNCLEAR = "unclear"
"""It may want something: its writer is asked, and where they don't say that it is a note (``may_ask``), whoever leads reads it."""

LEAK_FEARED = "leak_feared"
"""Somebody thinks that what is kept of patients may have got out."""

NOT_DONE = "not_done"
"""What stands as done isn't: ``answered`` is the turn at which it was said to be. Whoever said so may take it back with one tap."""

LEAVING = "leaving"
"""Somebody goes home, or is gone."""

FILED = "filed"
"""A report is said to be made (``duties``): whoever answers for it confirms it; nobody else's word ends its reminders."""

ARRIVING = "arriving"
"""Somebody is on their way; a time in their text is a promise."""

CANNOT = "cannot"
"""What is before somebody (``shown``) can't be done by them, whatever the reason: they choose what it is about."""

KEPT = "kept"
"""Where things of a kind (``kept``) lie that are kept for an emergency."""

STANDING = "standing"
"""How steps stand (``places``): the run knows it."""

ADVISED = "advised"
"""Somebody asks whether they may do what does ``harm`` here: they read at once that they must not, or what whoever leads has said of it
(``permitted``: the note that says so). Of what can't be made good (``IRREPARABLE``) whoever leads learns, and need not answer."""

IRREPARABLE = frozenset({"power", "on", "delete", "restore", "back_in", "copy", "pay"})
"""Harm that nobody can make good, by its name in ``plea.advice``."""

FORBIDDEN = "forbidden"
"""Somebody asks whether they may do what a step (``place``) forbids, by the number of what it forbids (``never``)."""

COMING = "coming"
"""When it works again or somebody comes: what people wrote of it (``notes``) and firms promised (``promises``) is known."""

STUCK = "stuck"
"""A lead doesn't come out, or its clip is broken."""

FALSE_ALARM = "false_alarm"
"""It was no incident, somebody says: who decides is offered to call it off, in their own way."""

UNFILED = "unfiled"
"""What somebody said, or recorded, as reported (``duties``) isn't, they say now."""

ORDER = "order"
"""Colleagues (``for``) are told to do something: they read it as it was said; for nobody by name, its writer may tell everybody."""

CORRECTED = "corrected"
"""What was told before was something else, and nothing of it can be taken back: whoever has read it has to know."""

IN_USE = "in_use"
"""What was attacked works again, somebody says, and they use it."""

ALONE = "alone"
"""Nobody else is there: they are told what one can do alone, and those who decide hear of it at once."""

THEIR_WORD = "their_word"
"""What a firm says, or whoever has what was sent or lost: whoever leads hears of it."""

VENDOR_INSIDE = "vendor_inside"
"""A firm is in the machines from outside, where somebody else may be, too."""

GRAVE = frozenset(
    {
        "care_device",
        "wrong_lead",
        "damaged",
        "put_back",
        "stick_in",
        "powered_off",
        "attackers_spoke",
        "press",
        "pressed",
        "secret_given",
        "remote_hands",
        "money_paid",
        "worse",
        IN_USE,
    }
)
"""What may do harm while nobody hears of it."""

HARMFUL = GRAVE | {"warned", ADVISED, FORBIDDEN}
"""Wants of what does harm: nobody is told to do it."""

TOLD = GRAVE | {
    LEAK_FEARED,
    NOT_DONE,
    FILED,
    ATTACK_SIGN,
    CANNOT,
    VENDOR_INSIDE,
    STUCK,
    FALSE_ALARM,
    UNFILED,
    ORDER,
    THEIR_WORD,
    CORRECTED,
    ALONE,
    "warned",
    "asked_of_leak",
    "authority",
    "hand_over",
    "undo",
    "second_machine",
    "found",
    HANDLED,
    "solved",
    "nobody_reached",
    "other_thing",
}
"""What whoever leads must know, and has read when they say so; the others hear of it after one tap."""

NEWS = frozenset({THEIR_WORD, ADVISED})
"""What only lets know, and asks nobody to say or do anything: read by whoever leads, and chased with nobody else."""

RAISED = TOLD | {QUESTION, ADVISED}
"""What others have to answer, or to know; the rest is for the writer alone."""


@decides
def plead(work: Work, command: Plead) -> None:
    """Keep what was written, answer its writer, and give it to whoever has to know or to say."""
    of = work.run.turns + 1
    take_note(work, command.text)
    hear(work, of, command.wants, command.about)
    if LEAVING in command.wants and command.about.get("plain") and may_leave(work.run, work.context):
        gone(work)
    if ARRIVING in command.wants:
        until = later_time(command.text, work.context.roster.facility.local(work.context.now))
        work.add(ArrivalTold(work.context.actor, until.isoformat() if until else ""))
    came_back(work)


@decides
def raise_note(work: Work, command: RaiseNote) -> None:
    """Take a note for the question that it is."""
    heard = work.run.pleas.get(command.of)
    if command.of not in work.run.notes or (heard is not None and not (RAISED - {ADVISED}).isdisjoint(heard.wants)):
        raise Refused("stale")
    hear(work, command.of, (QUESTION,), {})


def hear(work: Work, of: int, wants: tuple[str, ...], about: Mapping[str, Any], *, by: str = "") -> None:
    """Give what a note wants to whoever has to know or to say; ``by`` is who wants it, where they don't act themselves."""
    run, context = work.run, work.context
    rungs = list(ladder(run, context, by))
    if (before := _said_before(run, wants, about, context)) is not None:
        work.add(PleaHeard(of, wants, about={**about, "again": before.of}))
        return
    if not rungs or unchosen(run, context):
        about = {name: what for name, what in about.items() if name != "may_ask"}  # nobody could read it
    raised = _raises(run, wants, about, context)
    silent = {str(m) for m in about.get("silent", ())}
    told = tuple(m for m in about.get("for", ()) if context.can_act(m) and sees(run, context, m))
    first = [told] if told else _at_once(run, rungs, wants, about) if raised else []
    work.add(PleaHeard(of, wants, tuple(m for rung in first for m in rung), dict(about)))
    if raised and not first:
        work.add(PleaPassedOn(of))
    if "nobody_reached" in wants:
        _pass_over(work, silent, any_of_them=not silent and str(about.get("reference", "")).startswith("role:"))


def _at_once(
    run: Run, rungs: list[tuple[str, ...]], wants: tuple[str, ...], about: Mapping[str, Any]
) -> list[tuple[str, ...]]:
    """Give who is asked in the same moment; who can't be reached isn't alone asked for help: down to the first who isn't silent.

    That somebody is about to pay two hear of: the first may be just who is. So they do of what a patient hangs on, of whoever is
    alone, of what may do harm where it is said of the first (``of``), and of news while nobody leads, which waits for no answer. Who
    was asked to lead in the place of somebody who doesn't answer is asked beside them.
    """
    if wants == (ADVISED,):
        return rungs[:1]
    if "nobody_reached" in wants:
        silent = {str(m) for m in about.get("silent", ())}
        heard = next((n for n, rung in enumerate(rungs, 1) if not silent.issuperset(rung)), len(rungs))
        return rungs[: max(2, heard)]
    first, told_of = {m for rung in rungs[:1] for m in rung}, {str(m) for m in about.get("of", ())}
    vital = not {"care_device", ALONE}.isdisjoint(wants) or about.get("harm") == "pay" or not first.isdisjoint(told_of)
    if run.commander is not None:
        return rungs[: 2 if vital else 1]
    asked = next(reversed(run.asked_to_command), None)
    to_lead = next((n for n, rung in enumerate(rungs, 1) if asked in rung), 1)
    return rungs[: max(to_lead, 2 if vital or NEWS.issuperset(wants) else 1)]


def _pass_over(work: Work, silent: set[str], *, any_of_them: bool) -> None:
    """Ask the next to lead in the place of who can't be reached; when nobody is left, everybody."""
    run, context = work.run, work.context
    while command_due(run, context) is not None:
        if not any_of_them and next(reversed(run.asked_to_command)) not in silent:
            return
        ask_next(work)
        if any_of_them:
            return


def _said_before(run: Run, wants: tuple[str, ...], about: Mapping[str, Any], context: Context) -> Plea | None:
    """Give what the same person told of the same one's silence, as long as others are asked for it: they aren't asked anew."""
    mine = (p for p in run.pleas.values() if p.by == context.actor and passes_at(p, context) is not None)
    same = (p for p in mine if p.about.get("reference") == about.get("reference"))
    return next((p for p in same if {"nobody_reached"} == set(wants) == set(p.wants)), None)


def may_leave(run: Run, context: Context) -> bool:
    """Say whether somebody's going home changes anything: they aren't gone yet."""
    return run.live and where_is(run, context, context.actor) != LEFT


def _raises(run: Run, wants: tuple[str, ...], about: Mapping[str, Any], context: Context) -> bool:
    raised = RAISED.intersection(wants)
    if unchosen(run, context):
        return False  # nobody is to hear of it, nor be said to have heard
    if TAKE_LEAD in wants and run.commander not in (None, context.actor) and may(CHAIN, context):
        return not may(TakeCommand(run.id), context, run)  # whoever leads has to say
    if raised == {"undo"} and stands(run, context, context.actor) in (None, "nothing_to_undo"):
        return False  # its writer can do it with one tap, or there is nothing that anybody could
    if raised == {ORDER} and not about.get("for"):
        return False
    if raised == {ADVISED}:
        leads = run.commander not in (None, context.actor)
        return leads and not about.keys() & {"permitted", "asks_why"} and about.get("harm") in IRREPARABLE
    if raised == {CANNOT} and run.small:
        return False
    if raised == {FILED} and may_file(run, context, about):
        return False
    if raised == {FALSE_ALARM} and may(CallOff(run.id), context, run):
        return False
    return ("number" in wants and is_gap(about, context)) or not RAISED.isdisjoint(wants)


def doubted(run: Run) -> frozenset[int]:
    """Give the turns of answers of which somebody says that they aren't so, and nobody has said otherwise since."""
    open_still = (p for p in run.pleas.values() if NOT_DONE in p.wants and not (p.answered and p.answered[2]))
    return frozenset(int(p.about.get("answered", 0)) for p in open_still)


def may_file(run: Run, context: Context, about: Mapping[str, Any]) -> bool:
    """Say whether whoever says that reports are made may record it themselves."""
    return all(may(FileReport(run.id, duty), context, run) for duty in about.get("duties", ()))


def is_gap(about: Mapping[str, Any], context: Context) -> bool:
    """Say whether a number is asked for that nobody has entered: whoever leads is to see the gap."""
    reference = str(about.get("reference", ""))
    return bool(reference) and not context.roster.knows_number(reference)


def ladder(run: Run, context: Context, by: str = "") -> Iterator[tuple[str, ...]]:
    """Give who is asked, first to last: whoever leads, each deputy, everybody else; a delicate matter stays in the chain.

    ``by`` is who wants it, where they don't act themselves.
    """
    asked = {context.actor} if not by else {by}
    deciding = [m.id for m in context.chain()]
    for member in (*([run.commander] if run.commander else []), *deciding):
        if member not in asked and context.can_act(member) and sees(run, context, member):
            asked.add(member)
            yield (member,)
    here = [m.id for m in context.roster.active() if m.id not in asked and context.can_act(m.id)]
    others = tuple(m for m in here if where_is(run, context, m) != LEFT and sees(run, context, m))
    if others and run.calls_everybody:
        yield others


def passes_at(plea: Plea, context: Context) -> datetime | None:
    """Give when the next one is asked, if nobody answers; None where nothing is waited for, or nobody is left."""
    if not (plea.waits or plea.may_ask) or plea.to_all or plea.wants == (TAKE_LEAD,) or NEWS.issuperset(plea.wants):
        return None
    if plea.wants == (UNCLEAR,) and plea.to:
        return None  # whoever leads has read it, and was told that it may be nothing
    return plea.passed + timedelta(minutes=context.handbook.pace.reply)


def came_true(run: Run, plea: Plea) -> bool:
    """Say whether an answer says by now what the text told alone, that something was found: nobody else has to hear of it."""
    return set(plea.wants) == {"found"} and run.facts.get("found") == "yes"


def is_found(run: Run) -> bool:
    """Say whether what was lost is said to be found: nobody is called anew to look for it."""
    return run.seeks and (run.facts["found"] == "yes" or any("found" in plea.wants for plea in run.pleas.values()))


def asked_next(run: Run, plea: Plea, context: Context) -> tuple[str, ...]:
    """Give who is asked next; nobody where all were, or where one was told by name what to do: whoever said so has to know."""
    if ORDER in plea.wants and plea.about.get("for"):
        return ()
    rungs = ladder(run, context, plea.by)
    return next((rest for rung in rungs if (rest := tuple(m for m in rung if m not in (*plea.to, plea.by)))), ())


@decides
def pass_on(work: Work, command: PassPleaOn) -> None:
    """Ask the next, since nobody has answered."""
    plea = _open(work.run, command.of)
    work.add(PleaPassedOn(plea.of, asked_next(work.run, plea, work.context)))


def _open(run: Run, of: int) -> Plea:
    plea = run.pleas.get(of)
    if plea is None:
        raise Refused("stale")
    if plea.answered is not None:
        who, at, _ = plea.answered
        raise Refused("plea_answered", member=who, at=at.isoformat())
    return plea


@decides
def answer(work: Work, command: AnswerPlea) -> None:
    """Let the writer have the answer; without one, wait for it."""
    plea = _open(work.run, command.of)
    if command.text:
        work.add(PleaAnswered(plea.of, command.text))
    else:
        work.add(Asked(work.context.actor, "plea", {"of": plea.of}))


@takes("plea")
def _answered(work: Work, about: Mapping[str, Any], text: str) -> None:
    work.add(PleaAnswered(_open(work.run, about["of"]).of, text))


@decides
def see(work: Work, command: SeePlea) -> None:
    """Let the writer know that it was read."""
    work.add(PleaAnswered(_open(work.run, command.of).of))


@decides
def confirm(work: Work, command: ConfirmDeed) -> None:
    """Say whether one did what a colleague said; who did is asked which thing it was."""
    plea = work.run.pleas.get(command.of)
    if plea is None:
        raise Refused("stale")
    if command.verdict == "yes":
        work.add(Asked(work.context.actor, "deed", {"of": plea.of}))
    else:
        work.add(DeedConfirmed(plea.of, did=False))


@takes("deed")
def _did(work: Work, about: Mapping[str, Any], text: str) -> None:
    work.add(DeedConfirmed(about["of"], did=True, text=text))


# ── who is told ─────────────────────────────────────────────────────────────────────────────────────────────────────


@tells
def _heard(run: Run, event: PleaHeard, how: Circumstances) -> Iterator[Owed]:
    """Answer each want, to the writer at once, to others what they have to know or to say; a writer never reads nothing."""
    by = run.notes[event.of].by
    owed = list(_answers(run, event, by, how.context))
    yield from owed
    passed = any(isinstance(e, PleaPassedOn | ArrivalTold | PresenceTold) for e in how.together)
    answered = any(one.to == by for one in owed) and UNCLEAR not in event.wants
    if not passed and not answered and not how.context.told_of_danger(by, run.notes[event.of].text):
        timed = any(isinstance(e, NoteTaken) and e.timed for e in how.together)
        yield Owed(by, NoteKept(event.of, timed), run.id, priority=SOON)


def _answers(run: Run, event: PleaHeard, by: str, context: Context) -> Iterator[Owed]:
    shown, near = run.shown.get(event.about.get("shown", 0)), tuple(event.about.get("near", ()))
    if (
        not run.drill
        and not event.about.get("told")
        and (on_top := words_on_top(run, near, run.notes[event.of].text, context.handbook))
    ):
        yield Owed(by, FirstWordsTold(on_top), run.id, priority=URGENT)
    if again := event.about.get("again"):
        yield Owed(by, PleaKept(int(again)), run.id, key=f"plea:{run.id}:{again}", priority=AT_ONCE)
    if why := event.about.get("why"):
        yield Owed(by, WhyStep(int(why)), run.id, priority=AT_ONCE)
    if "number" in event.wants:
        yield Owed(by, NumberTold(event.of, str(event.about.get("reference", ""))), run.id, priority=AT_ONCE)
    if "which" in event.wants:
        yield Owed(
            by,
            ThingShown(event.of, str(event.about["picture"]), str(event.about.get("language", ""))),
            run.id,
            priority=AT_ONCE,
        )
    own = run.open_step_of(by)
    found = "found" in event.wants and own is not None
    handled = HANDLED in event.wants and own is not None and any(saying(run, context, own, HANDLED))
    if found or handled or {"what_now", ALONE}.intersection(event.wants):
        now = NowYours(found, over=bool(event.about.get("over")), handled=handled)
        yield Owed(by, now, run.id, priority=AT_ONCE)
    if "found" in event.wants:
        others = (shown for shown in searching(run, context) if shown.member not in (by, *event.to))
        yield from (Owed(shown.member, FoundTold(event.of, shown.turn), run.id, priority=AT_ONCE) for shown in others)
    if KEPT in event.wants:
        yield Owed(by, PlaceTold(str(event.about["kept"])), run.id, priority=AT_ONCE)
    if STANDING in event.wants:
        told = StandingTold(
            event.of,
            tuple(event.about.get("places", ())),
            tuple(event.about.get("people", ())),
            advised=bool(event.about.get("advised")),
        )
        yield Owed(by, told, run.id, priority=AT_ONCE)
    if COMING in event.wants:
        known = ComingTold(event.of, tuple(event.about.get("notes", ())), tuple(event.about.get("promises", ())))
        yield Owed(by, known, run.id, priority=AT_ONCE)
    if ADVISED in event.wants:
        yield Owed(by, Advised(event.of), run.id, priority=AT_ONCE)
    if FORBIDDEN in event.wants:
        forbids = ForbiddenTold(event.of, str(event.about["place"]), int(event.about["never"]))
        yield Owed(by, forbids, run.id, priority=AT_ONCE)
    if CANNOT in event.wants:
        yield Owed(by, CannotHeard(int(event.about["cannot"])), run.id, priority=AT_ONCE)
    if "cannot_now" in event.wants:
        yield Owed(by, BusyHeard(), run.id, priority=AT_ONCE)
    done = _not_so(run, event)
    if done is not None and undoing(run, context, done.by, done.turn) is not None:
        offered = UndoOffered(done.turn, because=0 if done.by == by else event.of)
        yield Owed(done.by, offered, run.id, priority=AT_ONCE)
    elif "undo" in event.wants:
        last = undoing(run, context, by)
        said = UndoOffered(last.of) if last else UndoRefused(stands(run, context, by) or "gone_on")
        yield Owed(by, said, run.id, priority=AT_ONCE)
    if LEAVING in event.wants and not event.about.get("plain"):
        yield Owed(by, LeavingAsked(), run.id, priority=AT_ONCE)
    if TAKE_LEAD in event.wants and not event.to:
        yield Owed(by, LeadOffered(), run.id, priority=AT_ONCE)
    if FILED in event.wants and may_file(run, context, event.about):
        yield Owed(by, FilingOffered(event.of), run.id, priority=AT_ONCE)
    if FALSE_ALARM in event.wants and may(CallOff(run.id), context, run):
        yield Owed(by, FalseAlarmOffered(), run.id, priority=AT_ONCE)
    if ORDER in event.wants and not event.about.get("for"):
        yield Owed(by, OrderHeard(event.of), run.id, priority=AT_ONCE)
    if "hand_over" in event.wants:
        yield from _passing_on(run, by, event.about, context)
    if "done" in event.wants and shown is not None and shown.open:
        yield Owed(
            shown.member, DoneOffered(event.of, shown.turn, str(event.about.get("line", ""))), run.id, priority=AT_ONCE
        )
    if who := event.about.get("who"):
        yield Owed(str(who), DeedAsked(event.of), run.id, priority=AT_ONCE)
    yield from _raised(run, event.of, event.to, silent=event.wants == (ADVISED,))
    if event.to and event.wants != (ADVISED,):
        yield Owed(by, PleaKept(event.of), run.id, key=f"plea:{run.id}:{event.of}", priority=AT_ONCE)


def _not_so(run: Run, event: PleaHeard) -> Answered | None:
    """Give what stands as done and isn't so, as is said now; None where nothing of the kind is said."""
    turn = event.about.get("answered", 0)
    return next((a for a in run.answered.values() if a.turn == turn), None)


def _passing_on(run: Run, by: str, about: Mapping[str, Any], context: Context) -> Iterator[Owed]:
    """Offer to whoever wants to be relieved who could take their step, or the one that they named whose it is.

    Who has none is offered who could lead in their place, or, since they relieve somebody, to lead themselves.
    """
    named, to = str(about.get("of", "")), str(about.get("to", ""))
    own = run.open_step_of(named or by)
    if own is not None and can_give(run, own.track) and may(GiveStep(run.id, own.track, own.turn), context, run):
        offered = TakersOffered(own.track, own.turn, to, str(about.get("unknown", "")))
        yield Owed(by, offered, run.id, priority=AT_ONCE)
    elif run.commander == by and successors(run, context):
        yield Owed(by, LeadersOffered(), run.id, priority=AT_ONCE)
    elif not to and not named and any(may(take, context, run) for take in (TakeCommand(run.id), TakeScene(run.id))):
        yield Owed(by, LeadOffered(), run.id, priority=AT_ONCE)


@tells
def _passed_on(run: Run, event: PleaPassedOn, _: Circumstances) -> Iterator[Owed]:
    yield from _raised(run, event.of, event.to)
    yield Owed(run.pleas[event.of].by, PleaKept(event.of), run.id, key=f"plea:{run.id}:{event.of}", priority=AT_ONCE)


def _raised(run: Run, of: int, to: tuple[str, ...], *, silent: bool = False) -> Iterator[Owed]:
    key = f"raised:{run.id}:{of}"
    return (Owed(m, PleaRaised(of), run.id, key=key, priority=AT_ONCE, silent=silent) for m in to)


@tells
def _settled(run: Run, event: PleaAnswered, how: Circumstances) -> Iterator[Owed]:
    plea = run.pleas[event.of]
    if how.actor == plea.by and not plea.to:
        return  # it was only a note, says its writer
    yield Owed(plea.by, PleaSettled(event.of), run.id, key=f"plea:{run.id}:{event.of}", priority=AT_ONCE)
    for member in plea.to:
        yield Owed(member, PleaSettled(event.of), run.id, key=f"raised:{run.id}:{event.of}", priority=LATER, edits=True)


@tells
def _confirmed(run: Run, event: DeedConfirmed, how: Circumstances) -> Iterator[Owed]:
    """Tell whoever said it; where a step stands open for it, its owner may settle it now."""
    plea = run.pleas[event.of]
    told = DeedTold(event.of, how.actor, event.did, event.text)
    yield Owed(plea.by, told, run.id, priority=AT_ONCE)
