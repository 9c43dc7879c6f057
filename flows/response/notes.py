"""What people write and hand in during a run, and what the bot was waiting to be told."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import Any

from flows import events as ev
from flows.commands import AnswerStep, Correct, Decide, HandIn, KeepAsNote, Ratify, Write
from flows.refusals import Refused
from flows.response import promises
from flows.response.steps import answer, assign, find_open
from flows.response.times import later_time, leading_time
from flows.state.run import Asking, Run
from flows.state.work import Work
from playbooks.model import DECISIONS

LONGEST_TEXT = 4000
"""Characters of one text that are kept; longer ones are refused, so that nothing is cut silently."""

TEXT_TAKES = ("text", "number", "time")
"""What a step takes from the next text of its owner; after a call (``contact``) the bot asks first."""


def write(work: Work, command: Write) -> None:
    """Take a text: as what the bot was waiting for, as the answer of a step, or as a note of the run."""
    if len(command.text) > LONGEST_TEXT:
        raise Refused("too_long", most=LONGEST_TEXT, length=len(command.text))
    asking = work.run.asking.get(work.context.actor)
    if asking is not None:
        _answer_asking(work, asking, command.text)
    elif command.shown is not None:
        given = _given(work, work.run.step(find_open(work.run, command.shown, work.context)).takes, command.text)
        answer(work, command.shown, "done", given, None)
        assign(work)
    else:
        take_note(work, command.text)


_CORRECTION = re.compile(r"^\s*(?:訂正|ていせい|correction)\s*[:\uff1a、,]?\s*", re.IGNORECASE)


def is_correction(text: str) -> bool:
    """Say whether a text puts right the one before it (「訂正 …」, "correction: …")."""
    return _CORRECTION.match(text) is not None


def take_note(work: Work, text: str) -> None:
    """Write a text down; a time at its start is when it happened, 「訂正」 makes it correct the writer's last note."""
    zone_now = work.context.roster.facility.local(work.context.now)
    found = _CORRECTION.match(text)
    last = max((n.turn for n in work.run.notes.values() if n.by == work.context.actor), default=None)
    if found and last is not None and text[found.end() :].strip():
        right = text[found.end() :]
        timed = leading_time(right, zone_now)
        work.add(ev.Corrected(last, text=right, occurred_at=timed[0].isoformat() if timed else None))
        return
    read = leading_time(text, zone_now)
    if read and read[1].strip():
        work.add(ev.NoteTaken(text, timed=True), occurred_at=read[0])
    else:
        work.add(ev.NoteTaken(text))


def _given(work: Work, takes: str, text: str) -> dict[str, Any]:
    """Read what a step takes out of a text; Refused(``needs_number`` or ``needs_time``) says what is expected."""
    now = work.context.roster.facility.local(work.context.now)
    if takes == "number":
        digits = unicodedata.normalize("NFKC", text).replace(",", "").strip().rstrip("枚人件台個名通 ")
        if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
            raise Refused("needs_number", text=text)
        return {"value": int(digits), "text": text}
    if takes == "time":
        read = leading_time(text, now)
        if read is None:
            raise Refused("needs_time", text=text)
        return {"value": read[0].isoformat(), "text": text}
    if takes in ("photo", "checklist"):
        raise Refused(f"needs_{takes}")
    if takes not in ("text", "contact"):
        raise Refused("not_now", state=takes, move="write")
    if takes == "contact":
        until = later_time(text, now)
        return {"promised": text, "until": until.isoformat() if until else None}
    return {"value": text, "text": text}


def _answer_asking(work: Work, asking: Asking, text: str) -> None:
    context, about = work.context, asking.about
    match asking.what:
        case "reason":
            answer(work, about["shown"], about["answer"], about.get("given", {}), text)
            assign(work)
        case "text" | "number" | "time" | "contact" if "shown" in about:
            answer(work, about["shown"], about["answer"], _given(work, asking.what, text), None)
            assign(work)
        case "persons":
            number = _given(work, "number", text)["value"]
            work.add(ev.AskingDropped(context.actor))
            work.add(ev.FactsLearned({"persons": str(number)}))
        case "decision":
            decide(work, Decide(work.run.id, about["decision"], about.get("choice", "yes"), text))
        case "objection":
            ratify(work, Ratify(work.run.id, about["of"], "no", text))
        case "happened_at":
            put_right_time(work, about["of"], text)
        case "promised_time":
            promises.move(work, about["of"], text)
        case "promise":
            promises.renew(work, about["of"], text)
        case "later_note":
            work.add(ev.AskingDropped(context.actor))
            take_note(work, text)
        case _:
            raise Refused("stale")


def put_right_time(work: Work, of: int, text: str) -> None:
    """Correct when an entry happened by what a person writes."""
    now = work.context.roster.facility.local(work.context.now)
    read = leading_time(text, now)
    if read is None:
        raise Refused("needs_time", text=text)
    work.add(ev.AskingDropped(work.context.actor))
    work.add(ev.Corrected(of, occurred_at=read[0].isoformat()))


def keep_as_note(work: Work, command: KeepAsNote) -> None:
    """Take back a text that answered a step: it becomes a note, the step is open again."""
    run = work.run
    found = next((key for key, done in run.answered.items() if done.turn == command.of), None)
    if found is None or run.answered[found].by != work.context.actor:
        raise Refused("stale")
    (track, step), done = found, run.answered[found]
    if run.tracks[track].step != done.to or run.state == "reviewing":
        raise Refused("gone_on", track=track)
    for shown in run.open_steps():
        if shown.track == track:
            work.add(ev.StepReleased(shown.turn, "taken_back"))
    work.add(ev.AnswerTakenBack(command.of, track, step))
    take_note(work, str(done.given.get("text") or done.given.get("promised") or done.reason or ""))
    assign(work)


def correct(work: Work, command: Correct) -> None:
    """Put right what an entry says; the entry itself stays."""
    if len(command.text) > LONGEST_TEXT:
        raise Refused("too_long", most=LONGEST_TEXT, length=len(command.text))
    if not 0 < command.of <= work.run.turns:
        raise Refused("stale")
    work.add(ev.Corrected(command.of, text=command.text))


def hand_in(work: Work, command: HandIn) -> None:
    """Take a photo or file as evidence; it answers the step that takes one, and no other."""
    if command.shown is not None and work.run.step(find_open(work.run, command.shown, work.context)).takes != "photo":
        raise Refused("needs_text")
    turn = work.add(
        ev.EvidenceReceived(command.reference, command.media, command.file_name, command.caption, command.shown)
    )
    if command.shown is not None:
        step_answer = AnswerStep(work.run.id, command.shown, "done", {"evidence": turn, "text": command.caption or ""})
        answer(work, step_answer.shown, step_answer.answer, step_answer.given, None)
        assign(work)


def decide(work: Work, command: Decide) -> None:
    """Record one of the decisions, with who and why; only whoever commands may."""
    run, context = work.run, work.context
    if command.decision not in DECISIONS:
        raise Refused("not_now", state=run.state, move=command.decision)
    if run.commander != context.actor:
        raise Refused("commander_only", member=run.commander)
    if not command.reason:
        work.add(ev.Asked(context.actor, "decision", {"decision": command.decision, "choice": command.choice}))
        return
    work.add(ev.Decided(command.decision, command.choice, command.reason, provisional=run.reserved))


def may_ratify(run: Run, work: Work) -> bool:
    """Say whether the actor belongs to the chain that can stand behind a decision."""
    return work.context.actor in {m.id for m in work.context.chain()}


def ratify(work: Work, command: Ratify) -> None:
    """Stand behind a provisional decision, or object to it with a reason."""
    run = work.run
    made = run.decisions.get(command.of)
    if made is None or not made.provisional:
        raise Refused("stale")
    if not may_ratify(run, work):
        raise Refused("chain_only")
    if made.ratified is not None:
        raise Refused("already_ratified")
    if command.verdict == "no" and not command.reason:
        work.add(ev.Asked(work.context.actor, "objection", {"of": command.of}))
        return
    work.add(ev.Ratified(command.of, command.verdict == "yes", command.reason))


def happened_at(run: Run, turn: int, fallback: datetime) -> datetime:
    """Give when the entry at ``turn`` happened, after corrections."""
    corrected = run.corrections.get(turn, (None, None))[1]
    return datetime.fromisoformat(corrected) if corrected else fallback
