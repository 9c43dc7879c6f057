"""The desk where a document is approved: word for word, as it was on the screen."""

from __future__ import annotations

from collections.abc import Mapping

from bot.desks.desk import Act, Desk, Handler
from bot.documents.forms.forms import APPROVED_WHOLE, form_of
from bot.documents.source import Source
from bot.words.explaining import MARK
from flows.commands.papers import ApproveDocument
from flows.deeds import Deed
from flows.powers import CHAIN
from flows.refusals import Refused
from playbooks.texts import LANGUAGES


class PapersDesk(Desk):
    """Takes the director's approval of a form."""

    main = ("report.of", CHAIN)

    @property
    def menus(self) -> Mapping[str, Handler]:
        """Give the menu of an approval; the words behind its own are the run, the kind, the language and the mark."""
        return {"approve_document": self._approve}

    def _approve(self, act: Act) -> Deed:
        """Approve the document that was read; if it reads otherwise by now, it has to be read again first."""
        match act.words:
            case (run, kind, language, mark) if kind in APPROVED_WHOLE and language in LANGUAGES:
                if self.engine.run(run) is None:
                    raise Refused("stale")
                source = Source.of(self.engine, run, language)
                digest = form_of(kind, source).sha256
                if digest[:MARK] != mark:
                    raise Refused("document_changed")
                return Deed(ApproveDocument(run, kind, language, digest, source.seq))
            case _:
                raise Refused("stale")
