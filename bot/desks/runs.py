"""The runs' desk: where we stand, decisions, reports that are owed, texts for patients, the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from bot.desks.desk import Act, Desk, Handler, RequestHandler, there
from bot.screens.requests.request import Request
from bot.screens.requests.runs import (
    AboutARun,
    ApproveText,
    CommandIn,
    KeepReport,
    MarkUsed,
    OfStep,
    RecordDecision,
    SayLeak,
    SaySeen,
    ShowLines,
    ShowList,
    ShowRun,
    ShowText,
    ShowWhy,
    TellEverybody,
    WhatToGive,
    WhoLeads,
    WhoTakes,
)
from bot.words.explaining import draft_for, kinds_of, mark_of
from flows.commands.explaining import ApproveExplanation, SayWhereToAsk, UseExplanation
from flows.commands.people import Close, Decide, GiveStep, LearnFacts, OpenLine, SeePlea
from flows.deeds import Deed
from flows.listening.lost import known_then
from flows.messages.calling import (
    AskPlaybook,
    ChooseRun,
    DecisionsOffered,
    LeadersOffered,
    NothingGoesOn,
    RunsListed,
    WhereWeStand,
)
from flows.messages.helping import LinesOffered
from flows.messages.message import Message
from flows.messages.reporting import DutiesListed, ExplanationShown, ExplanationsOffered, FactsOffered, RefusalsOffered
from flows.messages.steps import StepOpen, StepsToGive, TakersOffered, WhyStep
from flows.powers import CHAIN, may
from flows.record.journal import AT_ONCE, NEXT, SOON, Owed
from flows.refusals import Refused
from flows.response.audience import offered_key, screen_key
from flows.response.lines import left
from flows.scene.circle import seen, sees
from flows.scene.passing import stands
from flows.state.run import Run

SHOWN: Mapping[str, Message] = {
    "decide": DecisionsOffered(),
    "duties": DutiesListed(),
    "explain": ExplanationsOffered(),
    "facts": FactsOffered(),
    "refusals": RefusalsOffered(),
}
"""What is shown of a run, by the word that asks for it."""

AFTER_THE_END = ("duties", "explain")
"""What is also asked about a run that has ended, as long as none is open."""


class RunsDesk(Desk):
    """Shows the runs, and takes what is said about one of them outside its steps."""

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Give the slash commands about runs."""
        return {
            "/status": lambda act: self.show_again(act.member),
            "/runs": lambda act: self.show(act.member, RunsListed()),
            **{f"/{word}": self._command(word) for word in get_args(AboutARun)},
        }

    @property
    def requests(self) -> Mapping[type[Request], RequestHandler]:
        """Give what buttons ask about runs."""
        return {
            CommandIn: lambda act, asked: self._about(asked.word, asked.run, act),
            ShowRun: lambda act, asked: self.show_again(act.member, asked.run),
            ShowList: lambda act, asked: self.show(act.member, SHOWN[asked.what], asked.run),
            ShowWhy: lambda act, asked: self._about_step(WhyStep(asked.shown), act, asked),
            ShowLines: self._lines,
            WhatToGive: lambda act, asked: self.show(act.member, StepsToGive(), asked.run),
            WhoTakes: self._takers,
            KeepReport: lambda act, asked: self.show(act.member, AskPlaybook(), asked.run),
            TellEverybody: lambda act, asked: self.show(act.member, AskPlaybook(everybody=True), asked.run),
            WhoLeads: lambda act, asked: self.show(act.member, LeadersOffered(), asked.run),
            RecordDecision: lambda act, asked: Deed(Decide(asked.run, asked.decision)),
            SayLeak: self._leak,
            SaySeen: self._seen,
            ShowText: self._explanation,
            ApproveText: self._approve,
            MarkUsed: lambda act, asked: Deed(UseExplanation(asked.run, asked.kind, asked.language)),
        }

    # ── which run ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _command(self, word: str) -> Handler:
        return lambda act: self._about(word, None, act)

    def _about(self, word: str, run_id: str | None, act: Act) -> Deed:
        """Do what a command says in the run it is about; with several open ones and none named, ask which."""
        ended = word in AFTER_THE_END
        over = (r for r in self.engine.runs() if ended and r.state == "closed")
        found = self.live_runs(act.member) or seen(over, self.engine.context(self.now(), act.member), act.member)[-1:]
        if run_id is None and len(found) > 1:
            theirs = [r.id for r in found if self._may(word, r, act)]
            if theirs:
                return self.show(act.member, ChooseRun(word, tuple(theirs)))
        run = run_id or next((r.id for r in found), None)
        if run is None:
            raise Refused("stale")
        if word == "close":
            return Deed(Close(run))
        if word == "decide":
            self.only(Decide(run, ""), act)
        if word == "explain":
            self._sorted(run)
        return self.show(act.member, SHOWN[word], run)

    def _may(self, word: str, run: Run, act: Act) -> bool:
        """Say whether somebody may do in a run what a word leads to; what is only shown, everybody may, once there is something."""
        if word == "explain":
            return run.playbook is not None
        wanted = {"close": Close(run.id), "decide": Decide(run.id, "")}.get(word)
        return wanted is None or may(wanted, self.engine.context(self.now(), act.member, run.id), run)

    def show_again(self, member: str, run_id: str | None = None, to: str = "") -> Deed:
        """Send the board and the open step anew, for one run or for all that are open; ``to`` one address of theirs alone."""
        run = self.engine.run(run_id) if run_id else None
        if run is not None and not sees(run, self.engine.context(self.now(), member), member):
            raise Refused("stale")
        found = [run] if run else self.live_runs(member)
        owed, to = [], to or member
        for r in found:
            owed.append(Owed(to, WhereWeStand(), r.id, key=f"board:{r.id}", priority=NEXT))
            shown = r.open_step_of(member)
            if shown is not None and r.live:
                owed.append(Owed(to, StepOpen(shown.turn), r.id, key=screen_key(r, shown.turn), priority=SOON))
        return Deed(*(owed or [Owed(to, NothingGoesOn(), priority=SOON)]))

    def _about_step(self, message: Message, act: Act, asked: OfStep) -> Deed:
        """Show something about a step that is or was on somebody's screen."""
        if asked.shown not in there(self.engine.run(asked.run)).shown:
            raise Refused("stale")
        return self.show(act.member, message, asked.run)

    def _lines(self, act: Act, asked: ShowLines) -> Deed:
        """Ask which line of a card it is; where only one is left, open that."""
        run = there(self.engine.run(asked.run))
        shown = run.shown.get(asked.shown)
        context = self.engine.context(self.now(), act.member, run.id)
        names = list(left(run, context, shown)) if shown is not None else []
        if not names:
            raise Refused("stale")
        if len(names) == 1:
            return Deed(OpenLine(run.id, asked.shown, names[0]))
        offered = Owed(
            act.member, LinesOffered(asked.shown), run.id, key=offered_key(run.id, asked.shown), priority=AT_ONCE
        )
        return Deed(offered)

    def _takers(self, act: Act, asked: WhoTakes) -> Deed:
        """Name who could have a step, as long as it stands where it stood."""
        run = there(self.engine.run(asked.run))
        self.only(GiveStep(run.id, asked.track, asked.shown), act)
        if not stands(run, asked.track, asked.shown):
            raise Refused("stale")
        return self.show(act.member, TakersOffered(asked.track, asked.shown), run.id)

    # ── what is said about one ──────────────────────────────────────────────────────────────────────────────────────

    def _leak(self, act: Act, said: SayLeak) -> Deed:
        checked = "yes" if said.leak == "none" else "no"
        return Deed(LearnFacts(said.run, {"leak": said.leak, "leak_checked": checked}))

    def _seen(self, act: Act, said: SaySeen) -> Deed:
        """Let those who decide take it for possible, and let whoever said so know."""
        run = there(self.engine.run(said.run))
        if run.commander != act.member:
            self.only(CHAIN, act)
        plea, facts = there(run.pleas.get(said.of)), known_then(run)
        if not facts or not run.live:
            raise Refused("stale")
        return Deed(LearnFacts(run.id, facts), *([SeePlea(run.id, plea.of)] if plea.answered is None else []))

    def _sorted(self, run_id: str) -> Run:
        """Give a run of which patients can be told; before a playbook is chosen nothing is known of it."""
        run = there(self.engine.run(run_id))
        if run.playbook is None:
            raise Refused("not_sorted")
        return run

    def _explainable(self, asked: ShowText | ApproveText) -> Run:
        """Give a run that may use this text."""
        run = self._sorted(asked.run)
        if asked.kind not in kinds_of(run):
            raise Refused("not_public")
        return run

    def _explanation(self, act: Act, asked: ShowText) -> Deed:
        self._explainable(asked)
        return self.show(act.member, ExplanationShown(asked.kind, asked.language), asked.run)

    def _approve(self, act: Act, asked: ApproveText) -> Deed:
        """Approve the text that was on the screen; if it reads otherwise by now, it has to be read again first."""
        run, texts = self._explainable(asked), there(self.engine.handbook.explanations)
        context = self.engine.context(self.now(), act.member, run.id)
        draft = draft_for(texts, run, context, asked.kind, asked.language)
        if mark_of(draft.text) != asked.digest:
            raise Refused("text_changed")
        if "contact" in draft.holes:
            return Deed(SayWhereToAsk(run.id, asked.kind, asked.language))
        if draft.holes:
            raise Refused("text_has_hole")
        return Deed(ApproveExplanation(run.id, asked.kind, asked.language, draft.text))
