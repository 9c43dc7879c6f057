"""The desk where a document is approved: word for word, as it was on the screen."""

from __future__ import annotations

from collections.abc import Mapping

from bot.desks.desk import Act, Desk, RequestHandler, there
from bot.documents.forms.forms import form_of
from bot.documents.source import Source
from bot.screens.requests.reports import ApprovePaper
from bot.screens.requests.request import Request
from bot.words.explaining import MARK
from flows.commands.papers import ApproveDocument
from flows.deeds import Deed
from flows.messages.reporting import ReportSubjects
from flows.powers import CHAIN
from flows.refusals import Refused


class PapersDesk(Desk):
    """Takes the director's approval of a form."""

    main = (ReportSubjects(), CHAIN)

    @property
    def requests(self) -> Mapping[type[Request], RequestHandler]:
        """Give the button of an approval."""
        return {ApprovePaper: self._approve}

    def _approve(self, act: Act, asked: ApprovePaper) -> Deed:
        """Approve the document that was read; if it reads otherwise by now, it has to be read again first."""
        run = there(self.engine.run(asked.run)).id
        source = Source.of(self.engine, run, asked.language)
        digest = form_of(asked.kind, source).sha256
        if digest[:MARK] != asked.digest:
            raise Refused("document_changed")
        return Deed(ApproveDocument(run, asked.kind, asked.language, digest, source.seq))
