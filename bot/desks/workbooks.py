"""The desk for workbooks: the template goes out, filled ones come in, and only their sender's word changes anything."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.clock import Clock
from bot.desks.contact_import import order
from bot.desks.desk import Act, Desk, Handler, held_cause
from bot.tending.workbook_reader import MOST_BYTES, Proposals
from flows.commands.facility import AskMember
from flows.commands.setting_up import MoveWorkbook, TakeWorkbook
from flows.deeds import Deed
from flows.engine import Engine
from flows.powers import CHAIN, may
from flows.record.journal import FACILITY
from flows.refusals import Refused

ENDINGS = (".xlsx", ".xlsm", ".xls")
"""How a workbook's name ends; what is none inside is told apart when it is read."""


class WorkbooksDesk(Desk):
    """Takes the registry by Excel, from those who decide."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        super().__init__(engine, clock)
        self.proposals = Proposals()

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Give the commands that send a workbook."""
        return {"/template": self._template, "/export": self._export}

    @property
    def menus(self) -> Mapping[str, Handler]:
        """Give the buttons under what was read, and under the question what a file is."""
        return {"workbook": self._chosen, "template": self._template}

    def _template(self, act: Act) -> Deed:
        self.only(CHAIN, act)
        return self.show(act.member, "workbook.template")

    def _export(self, act: Act) -> Deed:
        self.only(CHAIN, act)
        return self.show(act.member, "workbook.export")

    # ── what comes in ───────────────────────────────────────────────────────────────────────────────────────────────

    def takes_file(self, act: Act) -> bool:
        """Say whether it is a workbook; while something is going on, only those who decide are asked whether it is."""
        attachment = act.heard.attachment
        if attachment is None or attachment.kind != "file":
            return False
        if not (attachment.file_name or "").lower().endswith(ENDINGS):
            return False
        return not self.engine.live_runs() or self._may_send(act)

    def handed(self, act: Act) -> Deed:
        """Have a workbook read; during an incident, ask first what it is."""
        attachment = act.heard.attachment
        if attachment is None:
            raise Refused("stale")
        if not self._may_send(act):
            raise Refused("workbook_not_yours")
        channel = act.heard.address.partition(":")[0]
        reference, name = f"{channel}:{attachment.reference}", attachment.file_name or ""
        live = [run.id for run in self.engine.live_runs()]
        if live:
            thing: dict[str, Any] = {
                "reference": reference, "media": attachment.kind, "file_name": name, "caption": act.heard.text,
            }  # fmt: skip
            about = {"runs": live, "thing": thing, "cause": held_cause(act.heard), "size": attachment.size}
            return Deed(AskMember(FACILITY, "workbook_or_evidence", about))
        return self._take(reference, name, attachment.size)

    def _take(self, reference: str, name: str, size: int | None) -> Deed:
        if size is not None and size > MOST_BYTES:
            raise Refused("workbook_too_large")
        return Deed(TakeWorkbook(FACILITY, reference, name))

    def _may_send(self, act: Act) -> bool:
        return may(CHAIN, self.engine.context(self.now(), act.member))

    # ── what is done about it ───────────────────────────────────────────────────────────────────────────────────────

    def _chosen(self, act: Act) -> Deed:
        match act.words:
            case ("read", turn) if turn.isdecimal():
                asked = self.engine.house.asked.get(int(turn))
                if asked is None or asked.member != act.member or asked.what != "workbook_or_evidence":
                    raise Refused("stale")
                thing = asked.about["thing"]
                return self._take(thing["reference"], thing["file_name"], asked.about["size"])
            case ("register", turn) if turn.isdecimal():
                return self._register(int(turn), act)
            case ("drop", turn) if turn.isdecimal():
                forget = partial(self.proposals.forget, act.member, int(turn))
                return Deed(MoveWorkbook(FACILITY, int(turn), "dropped"), afterwards=forget)
            case _:
                raise Refused("stale")

    def _register(self, workbook: int, act: Act) -> Deed:
        """Make the changes that were shown, all or none; if the registry is not what it was then, ask for the file again."""
        sent = self.engine.house.workbooks.get(workbook)
        if sent is None or sent.member != act.member or sent.state != "offered":
            raise Refused("stale")
        outdated = Deed(MoveWorkbook(FACILITY, workbook, "outdated"))
        proposal = self.proposals.of(act.member, workbook)
        if proposal is None:
            return outdated
        registered = MoveWorkbook(FACILITY, workbook, "registered", {"count": len(proposal.changes)})
        return Deed(
            order(proposal.changes),
            registered,
            or_else=lambda refusal: outdated if refusal.name == "stale" else Deed(refusal),
            afterwards=partial(self.proposals.forget, act.member, workbook),
        )
