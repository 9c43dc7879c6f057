"""The desk where a document is approved, word for word, where what people wrote is looked at before it goes out, and what is kept removed."""

from __future__ import annotations

from collections.abc import Mapping

from bot.desks.desk import Act, Desk, Handler, RequestHandler, there
from bot.documents.forms.forms import form_of
from bot.documents.source import Source
from bot.screens.requests.privacy import BlackWordsOut, OlderTexts, PickWords
from bot.screens.requests.reports import (
    PLAN,
    ApprovePaper,
    AskWhyWithheld,
    KeepPage,
    KeepText,
    KeepTextFor,
    LookThrough,
    PlanWasRead,
    WithholdText,
)
from bot.screens.requests.request import Request
from bot.screens.requests.retention import AskDisposal, Dispose, KeepYears, ShowKept, ShowRetention
from bot.words.explaining import MARK
from bot.words.free_texts import FreeText, free_texts, page_of
from contacts.shapes.days import months_after
from flows.commands.papers import (
    ApproveDocument,
    ApprovePlan,
    BlackOut,
    BlackOutHere,
    DisposeEvidence,
    ExtendRetention,
    LookAtTexts,
    ReadPlan,
)
from flows.deeds import Deed
from flows.facility.plan import plan_now
from flows.messages.reporting import (
    BlackOutAsked,
    BlackOutOffered,
    ReportSubjects,
    TextsToLookAt,
    TextToKeep,
    TextToWithhold,
)
from flows.messages.upkeep import DisposalAsked, RetentionListed, RetentionOf
from flows.powers import CHAIN
from flows.record.journal import FACILITY
from flows.refusals import Refused
from flows.retention.due import holding
from flows.scene.circle import seen
from flows.state.run import Run


class PapersDesk(Desk):
    """Takes the director's approval of a form, and what they decide of people's words and of what is kept."""

    main = (ReportSubjects(), CHAIN)

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Take ``/blackout`` and ``/retention``."""
        return {"/blackout": self._offer_words, "/retention": self._offer_kept}

    def _offer_words(self, act: Act) -> Deed:
        self.only(CHAIN, act)
        return self.show(act.member, BlackOutOffered())

    def _older_texts(self, act: Act, asked: OlderTexts) -> Deed:
        self.only(CHAIN, act)
        return self.show(act.member, BlackOutOffered(asked.page))

    def _picked_words(self, act: Act, asked: PickWords) -> Deed:
        self.only(CHAIN, act)
        self._known(act, asked.run)
        return self.show(act.member, BlackOutAsked(asked.run, asked.turn))

    def _black_out(self, act: Act, asked: BlackWordsOut) -> Deed:
        self._known(act, asked.run)
        return Deed(BlackOutHere(FACILITY, asked.turn) if asked.run == FACILITY else BlackOut(asked.run, asked.turn))

    def _offer_kept(self, act: Act) -> Deed:
        self.only(CHAIN, act)
        return self.show(act.member, RetentionListed())

    def _kept_of(self, act: Act, asked: ShowKept) -> Deed:
        self.only(CHAIN, act)
        return self.show(act.member, RetentionOf(self._run(act, asked.run).id))

    def _keep_years(self, act: Act, asked: KeepYears) -> Deed:
        context, run = self.engine.context(self.now(), act.member), self._run(act, asked.run)
        held = holding(run, context)
        since = max(context.today, (held.until if held is not None else None) or context.today)
        return Deed(ExtendRetention(run.id, months_after(since, 12 * asked.years)))

    def _ask_disposal(self, act: Act, asked: AskDisposal) -> Deed:
        self.only(CHAIN, act)
        return self.show(act.member, DisposalAsked(self._run(act, asked.run).id))

    def _dispose(self, act: Act, asked: Dispose) -> Deed:
        """Remove what was seen; where there is something else to see by now, it is shown first."""
        run = self._run(act, asked.run).id

        def instead(refused: Refused) -> Deed:
            if refused.name != "retention_changed":
                raise refused
            return self.show(act.member, RetentionOf(run, changed=True))

        return Deed(DisposeEvidence(run, asked.seen), or_else=instead)

    def _known(self, act: Act, run: str) -> None:
        if run != FACILITY:
            self._run(act, run)

    @property
    def requests(self) -> Mapping[type[Request], RequestHandler]:
        """Give the buttons of an approval, and of looking through what people wrote."""
        return {
            ApprovePaper: self._approve,
            PlanWasRead: lambda _, asked: Deed(ReadPlan(FACILITY, asked.version)),
            LookThrough: self._look,
            KeepPage: self._keep_page,
            KeepText: self._keep,
            KeepTextFor: self._keep_for,
            AskWhyWithheld: self._ask_why,
            WithholdText: self._withhold,
            PickWords: self._picked_words,
            BlackWordsOut: self._black_out,
            OlderTexts: self._older_texts,
            ShowRetention: lambda act, _: self._offer_kept(act),
            ShowKept: self._kept_of,
            KeepYears: self._keep_years,
            AskDisposal: self._ask_disposal,
            Dispose: self._dispose,
        }

    def _approve(self, act: Act, asked: ApprovePaper) -> Deed:
        """Approve the document that was read; if it reads otherwise by now, it has to be read again first."""
        if asked.kind == PLAN:
            return self._approve_plan(act, asked)
        run = there(self.engine.run(asked.run)).id
        source = Source.of(self.engine, run, asked.language)
        form = form_of(asked.kind, source)
        digest = form.sha256
        if digest[:MARK] != asked.digest:
            raise Refused("document_changed")
        if form.has_hole:
            raise Refused("text_has_hole")
        return Deed(ApproveDocument(run, asked.kind, asked.language, digest, source.seq))

    def _approve_plan(self, act: Act, asked: ApprovePaper) -> Deed:
        digest = plan_now(self.engine.context(self.now(), act.member), self.engine.house)
        if digest[:MARK] != asked.digest:
            raise Refused("document_changed")
        return Deed(ApprovePlan(FACILITY, digest, self.engine.journal.head().seq))

    def _look(self, act: Act, asked: LookThrough) -> Deed:
        self.only(CHAIN, act)
        return self._page(act, asked)

    def _page(self, act: Act, asked: LookThrough | KeepPage | KeepText | WithholdText) -> Deed:
        """Show what is left after where the last page began; what was just decided is gone from it."""
        return self.show(act.member, TextsToLookAt(asked.after), self._run(act, asked.run).id)

    def _keep_page(self, act: Act, asked: KeepPage) -> Deed:
        """Keep all that were plain on the page that was seen; if it looks otherwise by now, it is shown again first."""
        self.only(CHAIN, act)
        run = self._run(act, asked.run)
        entries = self.engine.journal.entries(run=run.id)
        page = page_of(entries, run, self.engine.roster(), asked.after)
        if page.digest != asked.digest or not page.plain:
            return self._page(act, asked)
        return Deed(LookAtTexts(run.id, page.plain, keep=True), lambda: self._page(act, asked))

    def _keep(self, act: Act, asked: KeepText) -> Deed:
        """Let words go out; those of a matter for a few only to whoever is named."""
        text = self._text(act, asked)
        if text.confided:
            self.only(CHAIN, act)
            return self.show(act.member, TextToKeep(text.turn, asked.after), asked.run)
        return Deed(LookAtTexts(asked.run, (text.turn,), keep=True), lambda: self._page(act, asked))

    def _keep_for(self, act: Act, asked: KeepTextFor) -> Deed:
        text = self._text(act, asked)
        again = TextToKeep(text.turn, asked.after)
        looked = LookAtTexts(asked.run, (text.turn,), keep=True, to=asked.to)
        return Deed(looked, lambda: self.show(act.member, again, asked.run))

    def _ask_why(self, act: Act, asked: AskWhyWithheld) -> Deed:
        self.only(CHAIN, act)
        return self.show(act.member, TextToWithhold(self._text(act, asked).turn, asked.after), asked.run)

    def _withhold(self, act: Act, asked: WithholdText) -> Deed:
        looked = LookAtTexts(asked.run, (self._text(act, asked).turn,), keep=False, reason=asked.reason)
        return Deed(looked, lambda: self._page(act, asked))

    def _run(self, act: Act, name: str) -> Run:
        """Give a run that whoever taps may know of."""
        run = there(self.engine.run(name))
        return there(next(iter(seen([run], self.engine.context(self.now(), act.member), act.member)), None))

    def _text(self, act: Act, asked: KeepText | KeepTextFor | AskWhyWithheld | WithholdText) -> FreeText:
        """Give the words that a button is about, if there are such."""
        texts = free_texts(self.engine.journal.entries(run=self._run(act, asked.run).id))
        return there(next((text for text in texts if text.turn == asked.turn), None))
