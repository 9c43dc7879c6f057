"""What people write and hand in during a run, and what the bot was waiting to be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from flows.commands.clock import NoteOutage
from flows.commands.people import (
    AnswerStep,
    AskTime,
    Correct,
    Decide,
    DropQuestion,
    HandIn,
    KeepAsNote,
    KeepEvidence,
    LoseEvidence,
    Ratify,
    SettleLine,
    ShareNote,
    TellOfPhotos,
    Write,
    WriteLater,
)
from flows.events.telling import (
    OVER,
    Corrected,
    Decided,
    EvidenceKept,
    EvidenceLost,
    EvidenceReceived,
    LineWasAway,
    NoteShared,
    NoteTaken,
    PhotosLookedAt,
    PleaHeard,
    Ratified,
)
from flows.events.working import (
    AnswerTakenBack,
    Asked,
    AskingDropped,
    FactsLearned,
    LineSettled,
    StepAnswered,
    StepReleased,
)
from flows.messages.helping import WhichLine
from flows.messages.notes import (
    AnswerAwaited,
    DecisionTold,
    Dropped,
    EvidenceArrived,
    EvidenceGone,
    NoteKept,
    NoteOfAnother,
    PhotosAsked,
    PhotosShowNobody,
    PhotosShowPatients,
    RatifiedBy,
    RatifyAsk,
    Righted,
    VoiceArrived,
)
from flows.record.journal import AT_ONCE, LATER, SOON, Owed
from flows.refusals import Refused
from flows.response.alarm.roll_call import came_back
from flows.response.asking import TAKERS, order, take_note, takes
from flows.response.audience import Circumstances, everybody, followers, tells, which_key
from flows.response.lines import asks_of_photo, photo_line, photo_lines, settle_line
from flows.response.steps import answer, assign, find_open, show
from flows.scene.hands import photo_to_come
from flows.state.run import Asking, Run
from flows.state.work import Work, decides
from flows.written.taking import TAKING, Given, answered_time, own_words, read, with_more
from flows.written.times import told_time
from playbooks.model import DECISIONS
from playbooks.step_types import Takes, is_step_type

LONGEST_TEXT = 4000
"""Characters of one text that are kept; longer ones are refused, so that nothing is cut silently."""


@decides
def write(work: Work, command: Write) -> None:
    """Take a text: as what the bot was waiting for, as the answer of a step, or as a note of the run."""
    asking = work.run.asking.get(work.context.actor)
    if asking is None and not work.run.live and command.shown is not None:
        raise Refused("ended", state=work.run.state)
    if len(command.text) > LONGEST_TEXT:
        raise Refused("too_long", most=LONGEST_TEXT, length=len(command.text))
    if asking is not None:
        taker = TAKERS.get(asking.what)
        if taker is None:
            raise Refused("stale")
        taker(work, asking.about, command.text)
    elif command.shown is not None:
        shown = find_open(work.run, command.shown)
        here = work.run.at_hand(shown)
        given = _given(work, here.takes, command.text)
        if here is work.run.step(shown):
            answer(work, shown.turn, "done", given, None)
        else:
            settle_line(work, shown, shown.line, "done", given)
        assign(work)
    else:
        take_note(work, command.text, answered=command.answered)
    came_back(work)


@decides
def write_later(work: Work, _: WriteLater) -> None:
    """Wait for what the actor wants to add."""
    work.add(Asked(work.context.actor, "later_note"))


@takes("later_note")
def _later_note(work: Work, _: Mapping[str, Any], text: str) -> None:
    work.add(AskingDropped(work.context.actor))
    take_note(work, text)


@decides
def drop_question(work: Work, _: DropQuestion) -> None:
    """Wait no longer for what the actor was asked; what they had written before they were asked for more stands."""
    asking = work.run.asking.get(work.context.actor)
    if asking is not None and is_step_type(asking.what) and asks_more(asking):
        order(work, _answering(work, asking.about, _with_more(work, asking.what, asking.about["given"], "")))
    elif asking is not None:
        work.add(AskingDropped(work.context.actor))


def asks_more(asking: Asking) -> bool:
    """Say whether something is asked for beside what was written already."""
    return asking.what in TAKING and "given" in asking.about


@tells
def _asked(run: Run, event: Asked, _: Circumstances) -> Iterator[Owed]:
    yield Owed(event.member, AnswerAwaited(event.what), run.id, key=f"asking:{run.id}", priority=AT_ONCE)


@tells
def _asking_dropped(run: Run, event: AskingDropped, how: Circumstances) -> Iterator[Owed]:
    if len(how.together) == 1:
        yield Owed(event.member, Dropped(), run.id, priority=SOON)


# ── notes ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _given(work: Work, takes: Takes, text: str) -> Given:
    return read(takes, text, work.context.roster.facility.local(work.context.now))


def _with_more(work: Work, takes: Takes, given: Mapping[str, Any], text: str) -> Given:
    return with_more(takes, given, text, work.context.roster.facility.local(work.context.now))


@takes("reason")
def _reason(work: Work, about: Mapping[str, Any], text: str) -> None:
    order(work, _answering(work, about, about.get("given", {}), text))


def _answering(
    work: Work, about: Mapping[str, Any], given: Mapping[str, Any], reason: str | None = None
) -> AnswerStep | SettleLine:
    """Give the order by which the step, or the line of a card, that something was asked for has it now."""
    run, shown, move = work.run.id, about["shown"], about["answer"]
    if "line" in about:
        return SettleLine(run, shown, about["line"], move, given=given, reason=reason)
    return AnswerStep(run, shown, move, given, reason)


def _takes_for_a_step(what: Takes) -> None:
    """Let a step that takes something from its owner's next text have it."""

    @takes(what)
    def _take(work: Work, about: Mapping[str, Any], text: str) -> None:
        before = about.get("given")
        given = _with_more(work, what, before, text) if before else _given(work, what, text)
        order(work, _answering(work, about, given))


for _name, _taking in TAKING.items():
    if _taking.done_without == "asks":
        _takes_for_a_step(_name)


def _takes_as_fact(fact: str) -> None:
    """Let a number that was asked for outside any step be what is known of a fact."""

    @takes(fact)
    def _take(work: Work, _: Mapping[str, Any], text: str) -> None:
        number = _given(work, "number", text)["value"]
        work.add(AskingDropped(work.context.actor))
        work.add(FactsLearned({fact: str(number)}))


for _fact in ("persons", "my_number_persons"):
    _takes_as_fact(_fact)


@decides
def ask_time(work: Work, command: AskTime) -> None:
    """Wait for the actor to write when something happened."""
    if not 0 < command.of <= work.run.turns:
        raise Refused("stale")
    work.add(Asked(work.context.actor, "happened_at", {"of": command.of}))


@takes("happened_at")
def _happened_at(work: Work, about: Mapping[str, Any], text: str) -> None:
    """Correct when an entry happened by what a person writes; Refused(``needs_time``) for a time that is not sure."""
    now = work.context.roster.facility.local(work.context.said_at)
    if told_time(text, now) is None:  # nothing that is said is lost, and nobody has to guess what is waited for
        work.add(AskingDropped(work.context.actor))
        take_note(work, text)
        return
    happened = answered_time(text, now)
    work.add(AskingDropped(work.context.actor))
    work.add(Corrected(about["of"], occurred_at=happened.isoformat()))


@decides
def keep_as_note(work: Work, command: KeepAsNote) -> None:
    """Take back a text that answered a step: it becomes a note, the step is open again."""
    run = work.run
    found = next((key for key, done in run.answered.items() if done.turn == command.of), None)
    if found is None:
        raise Refused("stale")
    (track, step), done = found, run.answered[found]
    if run.playbook is not None and track not in run.playbook.tracks:
        raise Refused("gone_on", track=track)
    card = run.answered.get((track, step.partition("/")[0]))
    if run.tracks[track].step not in {done.to, card.to if card else done.to} or run.state == "reviewing":
        raise Refused("gone_on", track=track)
    for shown in run.open_steps():
        if shown.track == track and shown.turn != done.shown:
            work.add(StepReleased(shown.turn, "taken_back"))
    work.add(AnswerTakenBack(command.of, track, step))
    take_note(work, own_words(done.given) or done.reason or "")
    assign(work)


@decides
def correct(work: Work, command: Correct) -> None:
    """Put right what an entry says; the entry itself stays."""
    if len(command.text) > LONGEST_TEXT:
        raise Refused("too_long", most=LONGEST_TEXT, length=len(command.text))
    if not 0 < command.of <= work.run.turns:
        raise Refused("stale")
    work.add(Corrected(command.of, text=command.text))


@decides
def share(work: Work, command: ShareNote) -> None:
    """Send a note to everybody, once."""
    if command.of not in work.run.notes or work.run.notes[command.of].shared:
        raise Refused("stale")
    work.add(NoteShared(command.of))


@tells
def _note_taken(run: Run, event: NoteTaken, how: Circumstances) -> Iterator[Owed]:
    pleads = any(isinstance(e, PleaHeard) and e.of == how.turn for e in how.together)
    told = pleads or event.answered or how.context.told_of_danger(how.actor, event.text)
    if not told:  # what they want, did, or are to do now, is said instead
        yield Owed(how.actor, NoteKept(how.turn, event.timed), run.id, priority=SOON)
    exercise = run.exercise
    if exercise is not None and exercise.scenario is not None and exercise.facilitator not in ("", how.actor):
        yield Owed(exercise.facilitator, NoteOfAnother(how.turn), run.id, priority=SOON)  # what is said to an inject


@tells
def _note_shared(run: Run, event: NoteShared, how: Circumstances) -> Iterator[Owed]:
    return _to_the_others(run, event.of, how)


@tells
def _corrected(run: Run, event: Corrected, how: Circumstances) -> Iterator[Owed]:
    """Whoever was sent the wrong words is sent the right ones."""
    yield Owed(how.actor, Righted(event.of), run.id, priority=SOON)
    if event.of in run.notes and run.notes[event.of].shared:
        yield from _to_the_others(run, event.of, how)


def _to_the_others(run: Run, note: int, how: Circumstances) -> Iterator[Owed]:
    others = (m for m in everybody(how.context) if m != how.actor)
    return (Owed(m, NoteOfAnother(note), run.id, priority=SOON) for m in others)


# ── evidence ────────────────────────────────────────────────────────────────────────────────────────────────────────


@decides
def hand_in(work: Work, command: HandIn) -> None:
    """Take a photo or file as evidence; it answers the step that takes one, and no other."""
    shown = find_open(work.run, command.shown) if command.shown is not None else None
    step = work.run.step(shown) if shown else None
    if step is not None and step.type.wants not in ("photo", "lines"):
        raise Refused("needs_text")
    if shown is not None and step is not None and step.lines and not photo_lines(work.run, work.context, shown):
        shown = None  # the card has the photos that it wants: one more is evidence of the run
    waits = work.run.live and shown is None and command.media == "photo"
    if waits and (aside := photo_to_come(work.run, work.context.actor)):
        show(work, aside.track, aside.step, work.context.actor)
        shown = next(s for s in reversed(work.run.open_steps()) if s.member == work.context.actor)
        step = work.run.step(shown)
    of = shown.turn if shown else None
    turn = work.add(EvidenceReceived(command.reference, command.media, command.file_name, command.caption, of))
    if shown is None or step is None:
        return
    given = {"evidence": turn, "text": command.caption or ""}
    if not step.lines:
        answer(work, shown.turn, "done", given, None)
    elif (line := photo_line(work, shown)) is not None:
        settle_line(work, shown, line, "done", given)
    assign(work)


@decides
def tell_of_photos(work: Work, command: TellOfPhotos) -> None:
    """Enter what whoever sent a photo says of it."""
    photo = work.run.evidence.get(command.of)
    if photo is None or photo.by != work.context.actor or command.seen not in ("yes", "no"):
        raise Refused("stale")
    work.add(PhotosLookedAt(command.of, command.seen == "yes"))


@decides
def note_outage(work: Work, command: NoteOutage) -> None:
    """Record since when nobody could be heard, before what waited for the end of that."""
    work.add(LineWasAway(command.since.isoformat()))


@decides
def keep_evidence(work: Work, command: KeepEvidence) -> None:
    """Record that the bytes of evidence lie in the home."""
    _only_known(work, command.of)
    work.add(EvidenceKept(command.of, command.sha256, command.bytes))


@decides
def lose_evidence(work: Work, command: LoseEvidence) -> None:
    """Record that the bytes of evidence could not be had."""
    _only_known(work, command.of)
    work.add(EvidenceLost(command.of, command.why))


def _only_known(work: Work, evidence: int) -> None:
    if evidence not in work.run.evidence:
        raise Refused("stale")


@tells
def _received(run: Run, event: EvidenceReceived, how: Circumstances) -> Iterator[Owed]:
    if event.media == "voice":
        yield Owed(how.actor, VoiceArrived(how.turn), run.id, key=f"voice:{run.id}", priority=AT_ONCE)
    elif event.shown is None:
        key = f"evidence:{run.id}"
        yield Owed(how.actor, EvidenceArrived(how.turn), run.id, key=key, priority=SOON)
    elif run.shown[event.shown].open and not any(isinstance(e, LineSettled) for e in how.together):
        which = WhichLine(event.shown, how.turn)
        yield Owed(how.actor, which, run.id, key=which_key(run.id, how.turn), priority=SOON)
    goes_on = any(isinstance(e, LineSettled) for e in how.together) and not any(
        isinstance(e, StepAnswered) for e in how.together
    )  # then what is next on the card stands with the question
    if event.media == "photo" and asks_of_photo(run, how.turn) and not goes_on:
        yield Owed(how.actor, PhotosAsked(how.turn), run.id, priority=LATER, silent=True)


@tells
def _photos_looked_at(run: Run, event: PhotosLookedAt, how: Circumstances) -> Iterator[Owed]:
    told = PhotosShowPatients() if event.patients else PhotosShowNobody()
    yield Owed(how.actor, told, run.id, key=f"photos:{run.id}", priority=SOON)


@tells
def _lost(run: Run, event: EvidenceLost, _: Circumstances) -> Iterator[Owed]:
    over = event.why.removeprefix(OVER) if event.why.startswith(OVER) else ""
    yield Owed(run.evidence[event.of].by, EvidenceGone(event.of, over), run.id, priority=AT_ONCE)


# ── decisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


@decides
def decide(work: Work, command: Decide) -> None:
    """Record one of the decisions, with who and why; only whoever commands may."""
    run, context = work.run, work.context
    if command.decision not in DECISIONS:
        raise Refused("not_now", state=run.state, move=command.decision)
    if not command.reason:
        work.add(Asked(context.actor, "decision", {"decision": command.decision, "choice": command.choice}))
        return
    work.add(Decided(command.decision, command.choice, command.reason, provisional=run.reserved))


@takes("decision")
def _decision(work: Work, about: Mapping[str, Any], text: str) -> None:
    order(work, Decide(work.run.id, about["decision"], about.get("choice", "yes"), text))


@decides
def ratify(work: Work, command: Ratify) -> None:
    """Stand behind a provisional decision, or object to it with a reason."""
    run = work.run
    made = run.decisions.get(command.of)
    if made is None or not made.provisional:
        raise Refused("stale")
    if made.ratified is not None:
        raise Refused("already_ratified")
    if command.verdict == "no" and not command.reason:
        work.add(Asked(work.context.actor, "objection", {"of": command.of}))
        return
    work.add(Ratified(command.of, command.verdict == "yes", command.reason))


@takes("objection")
def _objection(work: Work, about: Mapping[str, Any], text: str) -> None:
    order(work, Ratify(work.run.id, about["of"], "no", text))


@tells
def _decided(run: Run, event: Decided, how: Circumstances) -> Iterator[Owed]:
    for member in followers(run, how.context):
        yield Owed(member, DecisionTold(how.turn), run.id, priority=SOON - 1)
    if event.provisional:
        for deciding in how.context.chain():
            key = f"ratify:{run.id}:{how.turn}"
            yield Owed(deciding.id, RatifyAsk(how.turn), run.id, key=key, priority=AT_ONCE)


@tells
def _ratified(run: Run, event: Ratified, how: Circumstances) -> Iterator[Owed]:
    said = RatifiedBy(event.of, how.actor)
    return (Owed(m, said, run.id, priority=SOON) for m in followers(run, how.context))


def happened_at(run: Run, turn: int, fallback: datetime) -> datetime:
    """Give when the entry at ``turn`` happened, after corrections."""
    corrected = run.corrections.get(turn, (None, None))[1]
    return datetime.fromisoformat(corrected) if corrected else fallback
