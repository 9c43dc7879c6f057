"""The desk for what was held back: texts and photos that wait until their sender has said where they belong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from bot.clock import Clock
from bot.desks.desk import Act, Desk, Handler, RequestHandler, there
from bot.desks.drilling import DrillingDesk
from bot.privacy.withheld import Withheld
from bot.screens.requests.danger import AnswerDanger
from bot.screens.requests.privacy import KeepWhole
from bot.screens.requests.request import Request
from bot.screens.requests.runs import FileUnder, OpenPlea, PickMeaning
from flows.commands.command import Command
from flows.commands.danger import RingDanger, TakeDangerBack
from flows.commands.facility import AskMember, CloseHint, LiftMask
from flows.commands.people import CallOff, Correct, DropQuestion, HandIn, Join, Plead, Report, SeePlea, Write
from flows.deeds import Deed
from flows.engine import Engine
from flows.events.telling import Corrected, EvidenceReceived
from flows.events.working import Asked
from flows.messages.hearing import AdviceOffered, ReportOrNotDropped
from flows.record import codec
from flows.record.journal import FACILITY, Entry
from flows.refusals import Refused
from flows.state.house import SeenDanger

CORRECTABLE = frozenset(
    {"note_taken", "step_answered", "line_settled", "reported", "reported_again", "review_answered", "decided"}
)
"""Kinds of entries that hold what somebody wrote, and that can be put right."""


class HeldBackDesk(Desk):
    """Goes on with what was held back. Its own cause keeps it from counting twice."""

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        drilling: DrillingDesk,
        questions: Mapping[str, Handler],
        withheld: Withheld,
    ) -> None:
        """``drilling`` ends a drill for what is real; ``questions`` are the other desks', for answers like a report.

        ``withheld`` knows for a while what was kept with marks.
        """
        super().__init__(engine, clock)
        self.drilling, self._withheld = drilling, withheld
        self._answers = questions

    @property
    def requests(self) -> Mapping[type[Request], RequestHandler]:
        """Give the buttons under such a question."""
        return {
            PickMeaning: self._picked,
            FileUnder: self._filed,
            OpenPlea: self._opened,
            AnswerDanger: self._endangered,
            KeepWhole: self._kept_whole,
        }

    def _picked(self, act: Act, picked: PickMeaning) -> Deed:
        hint = self.engine.house.hints.get(picked.turn)
        if hint is not None and act.member in (hint.member, *hint.to):
            return Deed(CloseHint(FACILITY, hint.turn), self._meant(self.engine.house.asked[hint.turn], picked, act))
        return self._meant(self.asked(picked.turn, act), picked, act)

    def _meant(self, asked: Asked, picked: PickMeaning, act: Act) -> Deed:
        text = str(asked.about.get("text", ""))
        candidates = tuple(asked.about.get("candidates", ()))
        match asked.what, picked.meaning:
            case "answer_or_plea", "answer":
                return self._go_on(Write(str(asked.about["run"]), text, asked.about.get("shown")), asked, act)
            case "answer_or_plea", "plea":
                run, wants = str(asked.about["run"]), tuple(asked.about.get("wants", ())) or ("question",)
                plea = Plead(run, text, wants, asked.about.get("means", {}))
                return Deed(self._wait_no_more(run, act), self._go_on(plea, asked, act))
            case "answer_or_plea", "report":
                run = str(asked.about["run"])
                return Deed(self._wait_no_more(run, act), self._go_on(Report("", text, candidates), asked, act))
            case "same_or_new", "same":
                return self._go_on(Join(str(asked.about["run"]), text), asked, act)
            case "same_or_new", "new":
                return self._go_on(Report("", text, candidates), asked, act)
            case "drill_or_real", "drill":
                return self._go_on(Write(str(asked.about["run"]), text), asked, act)
            case "drill_or_real", "real":
                return self.drilling.is_real(str(asked.about["run"]), text, act, candidates)
            case "report_or_not", "yes":
                playbook = None if candidates else "unknown"
                report = Report("", text, (*candidates, "unknown"), playbook=playbook, by=self._by(asked, act))
                return self._go_on(report, asked, act)
            case "report_or_not", "ask":
                return self.show(act.member, AdviceOffered())
            case "answer_or_report", "answer" if "run" in asked.about:
                return self._go_on(Write(str(asked.about["run"]), text), asked, act)
            case "answer_or_report", "report" if "run" in asked.about:
                waits_no_more = DropQuestion(str(asked.about["run"]))
                return Deed(Deed(waits_no_more, or_else=Deed), self._go_on(Report("", text, candidates), asked, act))
            case "answer_or_report", "report":
                return self._go_on(Report("", text, candidates), asked, act)
            case "answer_or_report", "answer":
                before = self.engine.house.asked[int(asked.about["asked"])]
                return self._answers[before.what](Act(act.member, act.heard, text=text, about=before.about))
            case "report_or_not", "no":
                return self.show(act.member, ReportOrNotDropped())
            case _:
                raise Refused("stale")

    def _by(self, asked: Asked, act: Act) -> str:
        """Name who wrote it, where somebody else says what it is."""
        return asked.member if asked.member != act.member else ""

    def _endangered(self, act: Act, said: AnswerDanger) -> Deed:
        """Ring everybody for a danger, or nobody; one that was told in a drill ends the drill."""
        seen = there(self.engine.house.dangers.get(said.turn))
        if said.answer == "back":
            return taken_back(self.engine, seen)
        return Deed(RingDanger(FACILITY, said.turn)) if said.answer == "ring" else self.drilling.danger_is_real(seen)

    def _kept_whole(self, act: Act, asked: KeepWhole) -> Deed:
        """Put right what was kept with marks: an entry of a run, or the question that waits; else it is kept by itself."""
        masked = self.engine.house.masked.get(asked.turn)
        if masked is None or masked.member != act.member or not masked.waits:
            raise Refused("stale")
        whole = self._withheld.get(asked.turn, self.now())
        if whole is None:
            raise Refused("whole_gone")
        forget = partial(self._withheld.forget, asked.turn)
        entries = [entry for cause in whole.causes for entry in self.engine.journal.caused(cause)]
        if (right := self._put_right(entries, whole.text)) is not None:
            return Deed(right, LiftMask(FACILITY, asked.turn), afterwards=forget)
        return Deed(LiftMask(FACILITY, asked.turn, whole.text), afterwards=forget)

    def _put_right(self, entries: Sequence[Entry], text: str) -> Command | None:
        """Give what has a text stand in the place of one with marks; None where no run and no question holds it."""
        for entry in reversed(entries):  # what was held back, and filed since, comes last
            event = codec.decode(entry.kind, entry.body)
            if isinstance(event, Corrected):
                return Correct(entry.run, event.of, text)
            if entry.kind in CORRECTABLE:
                return Correct(entry.run, entry.turn, text)
            if isinstance(event, EvidenceReceived):
                return Write(entry.run, text)  # what stood beside a photo becomes a note
            if isinstance(event, Asked) and "text" in event.about and entry.run == FACILITY:
                return AskMember(FACILITY, event.what, {**event.about, "text": text})
        return None

    def _wait_no_more(self, run: str, act: Act) -> Deed:
        """End the wait that a text met which was no answer; an open step stays open."""
        here = self.engine.run(run)
        return Deed(DropQuestion(run)) if here is not None and act.member in here.asking else Deed()

    def _opened(self, act: Act, asked: OpenPlea) -> Deed:
        """Report what a note tells as another thing; whoever has it says so."""
        run = there(self.engine.run(asked.run))
        plea = there(run.pleas.get(asked.of))
        self.only(SeePlea(run.id, plea.of), act)
        candidates, near = (tuple(plea.about.get(them, ())) for them in ("candidates", "near"))
        text, plain = run.notes[plea.of].text, near[0] if len(near) == 1 else None
        report = Report("", text, candidates, playbook=plain, sure=bool(candidates), near=near, by=plea.by)
        return Deed(SeePlea(run.id, plea.of), Deed(report, once=f"plea:{run.id}:{plea.of}:new"))

    def _filed(self, act: Act, filed: FileUnder) -> Deed:
        asked, run = self.asked(filed.turn, act), filed.run
        if run not in asked.about.get("runs", ()):
            raise Refused("stale")
        thing = asked.about.get("thing")
        return self._go_on(HandIn(run, **thing) if thing else Write(run, str(asked.about["text"])), asked, act)

    def _go_on(self, command: Command, asked: Asked, act: Act) -> Deed:
        said = asked.about.get("said")
        return Deed(command, once=str(asked.about["cause"]), said=datetime.fromisoformat(str(said)) if said else None)


def taken_back(engine: Engine, told: SeenDanger) -> Deed:
    """Ring nobody for a danger; what was reported with it, and nobody has begun, is none either."""
    of_it = (run for run in engine.live_runs() if (run.reporter, run.text) == (told.member, told.text))
    begun = [CallOff(run.id) for run in of_it if run.state == "reported"]
    return Deed(TakeDangerBack(FACILITY, told.turn), *begun)
