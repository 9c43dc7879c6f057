"""The documents' desk: which run, which document, which form; the file itself goes out with the message ``report``."""

from __future__ import annotations

from collections.abc import Mapping

from bot.desks.desk import Act, Desk, Handler
from bot.documents.kinds import FORMATS, about, kinds
from flows.commands.upkeep import TakeWallPack
from flows.deeds import Deed
from flows.powers import CHAIN
from flows.record.journal import FACILITY
from flows.refusals import Refused

PICTURE = "picture"
"""What a run can give beside its documents: the timeline as a PNG."""


class ReportsDesk(Desk):
    """Hands out documents to those who answer for them: the director and the deputies."""

    main = ("report.of", CHAIN)

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Give the slash command about documents."""
        return {"/report": self._ask}

    @property
    def menus(self) -> Mapping[str, Handler]:
        """Give the menu about documents: the words behind its own are the run, the kind and the form."""
        return {"report": self._ask}

    def _ask(self, act: Act) -> Deed:
        """Ask for what is still open; with everything said, owe the document as of this very entry."""
        self.only(CHAIN, act)
        match act.words:
            case ():
                return self.show(act.member, "report.of")
            case (run,) if self._is_there(run):
                return self.show(act.member, "report.kind", run)
            case (run, kind) if self._has(run, kind):
                return self.show(act.member, "report.form", run, kind=kind)
            case (run, "picture" as kind, "png") if self._is_there(run) and run != FACILITY:
                return self._paper(act, run, kind, "png")
            case (run, kind, form) if self._has(run, kind) and form in FORMATS:
                if kind == "print_pack":
                    return Deed(TakeWallPack(FACILITY), lambda: self._paper(act, run, kind, form))
                return self._paper(act, run, kind, form)
            case _:
                raise Refused("stale")

    def _paper(self, act: Act, run: str, kind: str, form: str) -> Deed:
        return self.show(act.member, "report", run, kind=kind, form=form, until=self.engine.journal.head().seq)

    def _is_there(self, run: str) -> bool:
        return run == FACILITY or self.engine.run(run) is not None

    def _has(self, run: str, kind: str) -> bool:
        return self._is_there(run) and kind in kinds(about(self.engine.run(run)))
