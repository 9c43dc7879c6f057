"""The documents' desk: which run, which document, which form; the file itself goes out with the message ``report``."""

from __future__ import annotations

from collections.abc import Mapping

from bot.desks.desk import Act, Desk, Handler, RequestHandler, there
from bot.documents.kinds import about, kinds
from bot.screens.requests.reports import PLAN, ShowForms, ShowPapers, TakePaper, TakePicture
from bot.screens.requests.request import Request
from flows.commands.upkeep import TakeWallPack
from flows.deeds import Deed
from flows.facility.plan import standing
from flows.messages.reporting import Document, ReportForms, ReportKinds, ReportSubjects
from flows.powers import CHAIN
from flows.record.journal import FACILITY
from flows.refusals import Refused

PICTURE = "picture"
"""What a run can give beside its documents: the timeline as a PNG."""


class ReportsDesk(Desk):
    """Hands out documents to those who answer for them: the director and the deputies."""

    main = (ReportSubjects(), CHAIN)

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Give the slash command about documents."""
        return {"/report": self._ask}

    @property
    def requests(self) -> Mapping[type[Request], RequestHandler]:
        """Give what buttons ask about documents."""
        return {
            ShowPapers: self._ask_kind,
            ShowForms: self._ask_form,
            TakePicture: self._picture,
            TakePaper: self._take,
        }

    def _ask(self, act: Act) -> Deed:
        self.only(CHAIN, act)
        return self.show(act.member, ReportSubjects())

    def _ask_kind(self, act: Act, asked: ShowPapers) -> Deed:
        self.only(CHAIN, act)
        if asked.run != FACILITY:
            there(self.engine.run(asked.run))
        return self.show(act.member, ReportKinds(), asked.run)

    def _ask_form(self, act: Act, asked: ShowForms) -> Deed:
        self._only_there(act, asked.run, asked.kind)
        return self.show(act.member, ReportForms(asked.kind), asked.run)

    def _picture(self, act: Act, asked: TakePicture) -> Deed:
        self.only(CHAIN, act)
        return self._paper(act, there(self.engine.run(asked.run)).id, PICTURE, "png")

    def _take(self, act: Act, asked: TakePaper) -> Deed:
        """Owe the document as of this very entry."""
        self._only_there(act, asked.run, asked.kind)
        pack = (TakeWallPack(FACILITY),) if asked.kind == "print_pack" else ()
        return Deed(*pack, lambda: self._paper(act, asked.run, asked.kind, asked.form))

    def _paper(self, act: Act, run: str, kind: str, form: str) -> Deed:
        return self.show(act.member, Document(kind, form, self.engine.journal.head().seq), run)

    def _only_there(self, act: Act, run: str, kind: str) -> None:
        """Refuse what isn't there or theirs: the plan that was approved is for everybody to read."""
        context = self.engine.context(self.now(), act.member)
        if kind != PLAN or standing(context, self.engine.house) is None:
            self.only(CHAIN, act)
        found = self.engine.run(run) if run == FACILITY else there(self.engine.run(run))
        if kind not in kinds(about(found)):
            raise Refused("stale")
