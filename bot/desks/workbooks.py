"""The desks for what is sent in to set up: filled workbooks, and the facility's own photos of its cables and boxes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.clock import Clock
from bot.desks.contact_import import order
from bot.desks.desk import Act, Desk, Handler, RequestHandler, held_cause, there
from bot.screens.requests.photos import AskPhoto, DropOwnPhoto
from bot.screens.requests.request import Request
from bot.screens.requests.workbooks import LeaveWorkbook, ReadWorkbook, RegisterWorkbook, SendTemplate
from bot.tending.workbook_reader import MOST_BYTES, Proposals
from flows.commands.facility import AskMember
from flows.commands.photos import DropPhoto, TakePhoto
from flows.commands.setting_up import MoveWorkbook, TakeWorkbook
from flows.deeds import Deed
from flows.engine import Engine
from flows.messages.photos import PhotosOffered
from flows.messages.setting_up import WorkbookExport, WorkbookTemplate
from flows.powers import CHAIN, may
from flows.record.journal import FACILITY
from flows.refusals import Refused
from playbooks.pictures import pictures

OWN_PHOTO = "own_photo"
"""The question that waits for a photo."""

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
    def requests(self) -> Mapping[type[Request], RequestHandler]:
        """Give the buttons under what was read, and under the question what a file is."""
        return {
            SendTemplate: lambda act, asked: self._template(act),
            ReadWorkbook: self._read,
            RegisterWorkbook: self._register,
            LeaveWorkbook: self._leave,
        }

    def _template(self, act: Act) -> Deed:
        self.only(CHAIN, act)
        return self.show(act.member, WorkbookTemplate())

    def _export(self, act: Act) -> Deed:
        self.only(CHAIN, act)
        return self.show(act.member, WorkbookExport())

    # ── what comes in ───────────────────────────────────────────────────────────────────────────────────────────────

    def takes_file(self, act: Act) -> bool:
        """Say whether it is a workbook; while something is going on, only those who decide are asked whether it is."""
        attachment = act.heard.attachment
        if attachment is None or attachment.kind != "file":
            return False
        if not (attachment.file_name or "").lower().endswith(ENDINGS):
            return False
        return not self.live_runs(act.member) or self._may_send(act)

    def handed(self, act: Act) -> Deed:
        """Have a workbook read; during an incident, ask first what it is."""
        attachment = act.heard.attachment
        if attachment is None:
            raise Refused("stale")
        if not self._may_send(act):
            raise Refused("workbook_not_yours")
        channel = act.heard.address.partition(":")[0]
        reference, name = f"{channel}:{attachment.reference}", attachment.file_name or ""
        live = [run.id for run in self.live_runs(act.member)]
        if live:
            thing: dict[str, Any] = {
                "reference": reference,
                "media": attachment.kind,
                "file_name": name,
                "caption": act.heard.text,
            }
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

    def _read(self, act: Act, wanted: ReadWorkbook) -> Deed:
        about = self.asked(wanted.turn, act, "workbook_or_evidence").about
        return self._take(about["thing"]["reference"], about["thing"]["file_name"], about["size"])

    def _leave(self, act: Act, wanted: LeaveWorkbook) -> Deed:
        forget = partial(self.proposals.forget, act.member, wanted.workbook)
        return Deed(MoveWorkbook(FACILITY, wanted.workbook, "dropped"), afterwards=forget)

    def _register(self, act: Act, wanted: RegisterWorkbook) -> Deed:
        """Make the changes that were shown, all or none; if the registry is not what it was then, ask for the file again."""
        workbook = wanted.workbook
        sent = there(self.engine.house.workbooks.get(workbook))
        if sent.member != act.member or sent.state != "offered":
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


class PhotosDesk(Desk):
    """Takes photos of the facility's own cables and boxes, from whoever works here."""

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Give the command that lists the things."""
        return {"/photos": lambda act: self.show(act.member, PhotosOffered())}

    @property
    def requests(self) -> Mapping[type[Request], RequestHandler]:
        """Give the buttons below the list and below the question."""
        return {AskPhoto: self._ask, DropOwnPhoto: lambda act, asked: Deed(DropPhoto(FACILITY, asked.picture))}

    def _ask(self, act: Act, asked: AskPhoto) -> Deed:
        if asked.picture not in pictures():
            raise Refused("stale")
        return Deed(AskMember(FACILITY, OWN_PHOTO, {"picture": asked.picture}))

    def takes_file(self, act: Act) -> bool:
        """Say whether it is the photo that was asked for; while something is going on, photos are evidence."""
        attachment = act.heard.attachment
        photo = attachment is not None and attachment.kind == "photo"
        return photo and self._waits(act) is not None and not self.live_runs(act.member)

    def handed(self, act: Act) -> Deed:
        """Take the photo for the thing that was asked about."""
        attachment, picture = act.heard.attachment, self._waits(act)
        if attachment is None or picture is None:
            raise Refused("stale")
        channel = act.heard.address.partition(":")[0]
        return Deed(TakePhoto(FACILITY, picture, f"{channel}:{attachment.reference}"))

    def _waits(self, act: Act) -> str | None:
        house = self.engine.house
        asked = house.asked.get(house.waiting_for.get(act.member, 0))
        return str(asked.about["picture"]) if asked is not None and asked.what == OWN_PHOTO else None
