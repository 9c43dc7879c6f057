"""What is heard becomes a command: who is it, what did they tap or write, and what does it belong to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.channels.channel import Heard
from bot.clock import Clock
from bot.desks.drilling import NAMELESS
from bot.desks.likely import Likely, Triage
from bot.hearing.front_desk import FrontDesk
from bot.hearing.strangers import Strangers, is_start_with_code
from bot.screens.boards import boards_now
from bot.screens.buttons import MENU, command_of
from contacts.registry import member_at
from flows import commands as cmd
from flows.engine import Engine, Outcome
from flows.record.deliveries import Deliveries
from flows.record.journal import FACILITY, Owed
from flows.refusals import Refused
from flows.response.notes import is_correction
from flows.response.placing import Nowhere, Place, Which, place_media, place_text, sounds_like_another_report
from flows.state.run import Run

CORRECTABLE = frozenset({"note_taken", "step_answered", "reported", "reported_again", "review_answered", "decided"})
"""Kinds of entries that hold what somebody wrote, and that an edited message corrects."""


@dataclass(frozen=True)
class Reply:
    """What a tap is answered with at once: the name of a phrase, or a refusal with its facts."""

    phrase: str = "toast.done"
    refused: Refused | None = None
    run: str = FACILITY


class Inbound:
    """Turns acts into commands of one engine. Everything is synchronous: no second act slips in between."""

    def __init__(self, engine: Engine, book: Deliveries, clock: Clock, triage: Triage, desk: FrontDesk) -> None:
        """``desk`` handles the menus and the facility's own affairs."""
        self.engine, self.book, self.clock, self.triage, self.desk = engine, book, clock, triage, desk
        self.strangers = Strangers(engine, clock)

    def take(self, heard: Heard) -> Reply:
        """Take one act in; raises only what storage and our own mistakes raise, a refusal is a reply."""
        if heard.place == "group":
            self.strangers.in_group(heard.address)
            return Reply()
        self.engine.refresh()
        member_id = member_at(self.engine.journal.registry, heard.address)
        if is_start_with_code(heard.text or ""):
            return self._guarded(heard, "", lambda: self._enrol(heard))
        if member_id is None:
            if heard.callback is None:
                self.strangers.answer(heard)
            return Reply("stranger")
        member = self.engine.roster().member(member_id)
        if member is None or member.status != "active":
            self.strangers.answer(heard)
            return Reply("stranger")
        channel = heard.address.partition(":")[0]
        if self.engine.journal.caused(heard.cause):
            return Reply("toast.repeated")
        if heard.left:
            self._do(cmd.MarkUnreachable(FACILITY, member_id, channel), heard, member_id)
            self._renew_boards()
            return Reply()
        if channel not in member.channels:
            self._do(cmd.MarkReachable(FACILITY, member_id, channel), heard, member_id, ":back")
            self._renew_boards()
        return self._guarded(heard, member_id, lambda: self._from_member(heard, member_id))

    def _guarded(self, heard: Heard, member: str, act: Callable[[], Reply]) -> Reply:
        """Turn a refusal into an answer: of a tap as its toast, of anything else as a message."""
        try:
            return act()
        except Refused as refusal:
            run = command_run(heard)
            to = member or heard.address
            if refusal.name == "close":
                self._owe(
                    Owed(
                        to,
                        "refused.close",
                        str(refusal.data["run"]),
                        {"obstacles": refusal.data["obstacles"]},
                        priority=1,
                    )
                )
                return Reply(refused=Refused("not_now"), run=run)
            if heard.callback is None:
                data = {"why": refusal.name, "data": refusal.data}
                self._owe(
                    Owed(to, "refused", run, data, priority=1)
                    if member
                    else Owed(to, f"refused.{refusal.name}", priority=1)
                )
            return Reply(refused=refusal, run=run)

    def _enrol(self, heard: Heard) -> Reply:
        self.strangers.enrol(heard)
        return Reply()

    def _from_member(self, heard: Heard, member: str) -> Reply:
        if heard.button is not None:
            return self._tapped(heard, member)
        if heard.edited is not None:
            return self._edited(heard, member)
        if heard.attachment is not None:
            return self._handed_in(heard, member)
        text = (heard.text or "").strip()
        if not text:
            return Reply()
        if text.startswith("/"):
            return self._reply(self.desk.command(text, heard, member))
        run = self._spoken_about(heard, member)
        if run is not None and not self.triage(text).sure:
            self.desk.drilling.say_nameless(run, text, member)
            return Reply()
        if self.desk.waits_for(member):
            likely = self.triage(text)
            if self.desk.is_answer(text, heard, member, likely):
                return self._reply(self.desk.written(text, heard, member))
            if likely.playbooks and self.desk.may_tell_of_trouble(member):
                asked = self.engine.house.waiting_for[member]
                about = {"text": text, "cause": heard.cause, "candidates": list(likely.playbooks), "asked": asked}
                return self._reply(self._do(cmd.AskMember(FACILITY, "answer_or_report", about), heard, member, ":ask"))
        return self._written(text, heard, member)

    def _spoken_about(self, heard: Heard, member: str) -> str | None:
        """Give the drill about which this is said without a name: as an answer to our message, or as the next text."""
        replied = self.book.find(heard.address, heard.replied_to) if heard.replied_to else None
        if replied is not None and replied.owed.name == NAMELESS:
            return replied.owed.run
        return self.desk.drilling.nameless.get(member) if replied is None else None

    # ── taps ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _tapped(self, heard: Heard, member: str) -> Reply:
        data = heard.button or ""
        if data.startswith(f"{MENU}|"):
            return self._reply(self.desk.tapped(data.split("|")[1:], heard, member))
        command = command_of(data)
        if command is None:
            raise Refused("stale")
        if isinstance(command, cmd.ShowAgain):
            self.desk.show_again(member, command.run)
            return Reply()
        return self._reply(self._do(command, heard, member))

    def _reply(self, outcome: Outcome | None) -> Reply:
        if outcome is None:
            return Reply()
        return Reply("toast.repeated" if outcome.repeated else "toast.done", run=outcome.run)

    # ── words and things ────────────────────────────────────────────────────────────────────────────────────────────

    def _written(self, text: str, heard: Heard, member: str) -> Reply:
        place = place_text(member, self._runs_for(heard), self._replied(heard))
        match place:
            case Nowhere():
                return self._maybe_report(text, heard, member)
            case Which(runs=runs):
                about = {"runs": list(runs), "text": text, "cause": heard.cause}
                return self._reply(self._do(cmd.AskMember(FACILITY, "which_run", about), heard, member, ":which"))
            case Place(run=run_id, shown=shown):
                run = self.engine.run(run_id)
                shown = None if is_correction(text) else shown
                free = run is not None and shown is None and member not in run.asking and heard.replied_to is None
                likely = self.triage(text) if free else Likely()
                if run is not None and free and run.drill and sounds_real(member, run, likely):
                    about = {"run": run_id, "text": text, "cause": heard.cause, "candidates": list(likely.playbooks)}
                    return self._reply(
                        self._do(cmd.AskMember(FACILITY, "drill_or_real", about), heard, member, ":real")
                    )
                if run is not None and free and sounds_like_another_report(member, run, bool(likely.playbooks)):
                    about = {"run": run_id, "text": text, "cause": heard.cause, "candidates": list(likely.playbooks)}
                    return self._reply(self._do(cmd.AskMember(FACILITY, "same_or_new", about), heard, member, ":same"))
                return self._reply(self._do(cmd.Write(run_id, text, shown), heard, member))

    def _maybe_report(self, text: str, heard: Heard, member: str) -> Reply:
        likely = self.triage(text)
        if likely.playbooks:
            return self._reply(self._do(cmd.Report("", text, likely.playbooks, sure=likely.sure), heard, member))
        about = {"text": text, "cause": heard.cause}
        return self._reply(self._do(cmd.AskMember(FACILITY, "report_or_not", about), heard, member, ":ask"))

    def _handed_in(self, heard: Heard, member: str) -> Reply:
        attachment = heard.attachment
        assert attachment is not None  # noqa: S101  (the caller looked)
        if attachment.kind == "other":
            self._owe(Owed(member, "cannot_keep", data={"what": attachment.what}, priority=1))
            return Reply()
        if self.desk.takes_file(heard, member):
            return self._reply(self.desk.handed(heard, member))
        channel = heard.address.partition(":")[0]
        thing: dict[str, Any] = {
            "reference": f"{channel}:{attachment.reference}", "media": attachment.kind,
            "file_name": attachment.file_name, "caption": heard.text,
        }  # fmt: skip
        place = place_media(member, self._runs_for(heard), self._replied(heard))
        match place:
            case Nowhere():
                candidates = (*self.triage(heard.text or "").playbooks, "unknown")
                outcome = self._do(
                    cmd.Report("", heard.text or "📷", tuple(dict.fromkeys(candidates))), heard, member, ":report"
                )
                return self._reply(self._do(cmd.HandIn(outcome.run, **thing), heard, member))
            case Which(runs=runs):
                about = {"runs": list(runs), "thing": thing, "cause": heard.cause}
                return self._reply(self._do(cmd.AskMember(FACILITY, "which_run", about), heard, member, ":which"))
            case Place(run=run_id, shown=shown):
                outcome = self._do(cmd.HandIn(run_id, **thing, shown=shown), heard, member)
                self._mention_needed_text(member, run_id)
                return self._reply(outcome)

    def _mention_needed_text(self, member: str, run_id: str) -> None:
        """Say so when a photo came where a step waits for words; the photo is kept all the same."""
        run = self.engine.run(run_id)
        shown = run.open_step_of(member) if run else None
        if run is not None and (
            member in run.asking or (shown and run.step(shown).takes in ("text", "number", "time"))
        ):
            self._owe(Owed(member, "refused", run_id, {"why": "needs_text", "data": {}}, priority=1))

    def _edited(self, heard: Heard, member: str) -> Reply:
        """An edited message corrects what it wrote before; the old words stay."""
        before = self.engine.journal.caused(heard.cause.rpartition(".e")[0])
        said = next((e for e in before if e.kind in CORRECTABLE), None)
        if said is None:
            return Reply()
        return self._reply(self._do(cmd.Correct(said.run, said.turn, heard.text or ""), heard, member))

    # ── what the rest needs ─────────────────────────────────────────────────────────────────────────────────────────

    def _replied(self, heard: Heard) -> Place | None:
        if heard.replied_to is None:
            return None
        delivery = self.book.find(heard.address, heard.replied_to)
        if delivery is None or delivery.owed.run == FACILITY:
            return None
        turn = delivery.owed.data.get("turn") if delivery.owed.name.startswith("step") else None
        return Place(delivery.owed.run, int(str(turn)) if turn is not None else None)

    def _runs_for(self, heard: Heard) -> list[Run]:
        """Give the live runs, those that wait for this person, and the one replied to, even if it has ended."""
        replied = self._replied(heard)
        member = member_at(self.engine.journal.registry, heard.address)
        return [
            r for r in self.engine.runs()
            if r.live or member in r.asking or (replied is not None and r.id == replied.run)
        ]  # fmt: skip

    def _do(self, command: cmd.Command, heard: Heard, member: str, part: str = "") -> Outcome:
        return self.engine.handle(command, actor=member, now=self.clock.now(), cause=heard.cause + part)

    def _renew_boards(self) -> None:
        now = self.clock.now()
        self.engine.owe(boards_now(self.engine, now), now)

    def _owe(self, owed: Owed) -> None:
        self.engine.owe([owed], self.clock.now())


def sounds_real(member: str, run: Run, likely: Likely) -> bool:
    """Say whether a text in a drill may be about something real; from those in the middle of it only if it is plain."""
    return run.live and bool(likely.playbooks) and (likely.sure or member not in run.engaged)


def command_run(heard: Heard) -> str:
    """Give the run that a tap was about, to say a refusal in its terms."""
    command = command_of(heard.button or "")
    return command.run if command is not None else FACILITY
