"""The documents' desk: which run, which document, which form; the file itself goes out with the message ``report``."""

from __future__ import annotations

from collections.abc import Mapping

from bot.desks.desk import Act, Desk, Handler
from bot.documents.kinds import FORMATS, about, kinds
from flows import commands as cmd
from flows.engine import Outcome
from flows.facility.settling import only_chain
from flows.record.journal import FACILITY
from flows.refusals import Refused

PICTURE = "picture"
"""What a run can give beside its documents: the timeline as a PNG."""


class ReportsDesk(Desk):
    """Hands out documents to those who answer for them: the director and the deputies."""

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Give the slash command about documents."""
        return {"/report": self._ask}

    @property
    def menus(self) -> Mapping[str, Handler]:
        """Give the menu about documents: the words behind its own are the run, the kind and the form."""
        return {"report": self._ask}

    def _ask(self, act: Act) -> Outcome | None:
        """Ask for what is still open; with everything said, owe the document as of this very entry."""
        only_chain(self.engine.context(self.now(), act.member), act.member)
        match act.words:
            case ():
                self.show(act.member, "report.of")
            case (run,) if self._is_there(run):
                self.show(act.member, "report.kind", run)
            case (run, kind) if self._has(run, kind):
                self.show(act.member, "report.form", run, kind=kind)
            case (run, "picture" as kind, "png") if self._is_there(run) and run != FACILITY:
                self.show(act.member, "report", run, kind=kind, form="png", until=self.engine.journal.head().seq)
            case (run, kind, form) if self._has(run, kind) and form in FORMATS:
                taken = self.order(cmd.TakeWallPack(FACILITY), act, ":pack") if kind == "print_pack" else None
                self.show(act.member, "report", run, kind=kind, form=form, until=self.engine.journal.head().seq)
                return taken
            case _:
                raise Refused("stale")
        return None

    def _is_there(self, run: str) -> bool:
        return run == FACILITY or self.engine.run(run) is not None

    def _has(self, run: str, kind: str) -> bool:
        return self._is_there(run) and kind in kinds(about(self.engine.run(run)))
