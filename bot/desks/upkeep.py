"""The upkeep desk: one tap or one short text settles what time has made due."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from bot.desks.desk import Act, Desk, Handler, Reader, RequestHandler
from bot.desks.likely import Likely
from bot.screens.house.due import DueMatter, contract_of, matter
from bot.screens.house.matters import role_of
from bot.screens.requests.request import Request
from bot.screens.requests.upkeep import SayHandedOn, SettleMatter, ShowMatter, ShowNumber, StandIn, TickEnd, WayToSettle
from bot.words.words import Words
from contacts.readiness.deputies import candidates
from contacts.readiness.questions import END_STEPS
from contacts.registry import SHAPES
from contacts.written.hours import read_minutes
from contacts.written.mistakes import Unreadable
from contacts.written.signs import straight
from flows.commands.facility import AskMember, PutRegistry, RegistryRow
from flows.commands.upkeep import FinishTask, NoteSealHandedOn, OpenTask
from flows.deeds import Deed
from flows.messages.upkeep import MatterNumber, MatterSettled, MatterShown, ReadinessShown, SealForKeeper
from flows.powers import KEEPERS
from flows.record.journal import AT_ONCE, FACILITY, Owed
from flows.refusals import Refused

LONGEST = 1000
"""Signs of a text that goes into the registry; as much as a cell of the workbook takes."""

Settle = Callable[[Act, DueMatter], Deed]


class UpkeepDesk(Desk):
    """Opens matters and takes what settles them; whatever was changed meanwhile is shown anew and not overwritten."""

    main = (ReadinessShown(), KEEPERS)

    prose = frozenset({"upkeep_help", "upkeep_note", "upkeep_proof"})

    @property
    def requests(self) -> Mapping[type[Request], RequestHandler]:
        """Give what buttons ask about matters."""
        return {
            ShowMatter: self._open,
            ShowNumber: self._number,
            SettleMatter: self._settle,
            TickEnd: self._tick,
            StandIn: self._stand,
            SayHandedOn: self._handed_on,
        }

    @property
    def readers(self) -> Mapping[str, Reader]:
        """Give what reads an answer strictly."""
        return {"upkeep_minutes": minutes_in}

    @property
    def questions(self) -> Mapping[str, Handler]:
        """Read what a card asked for in words."""
        return {
            "upkeep_help": lambda act: self._said(act, self._helped),
            "upkeep_note": lambda act: self._said(act, self._noted),
            "upkeep_proof": lambda act: self._said(act, self._proved),
            "upkeep_minutes": self._took,
        }

    # ── which matter ────────────────────────────────────────────────────────────────────────────────────────────────

    def is_answer(self, act: Act, what: str, likely: Likely) -> bool:
        """Say whether a text is an answer: a place where papers are kept is one unless it is surely a report."""
        return super().is_answer(act, what, likely) or (what == "upkeep_proof" and not likely.sure)

    def _open(self, act: Act, asked: ShowMatter) -> Deed:
        self.only(KEEPERS, act)
        return self._show(act, asked.mark)

    def _number(self, act: Act, asked: ShowNumber) -> Deed:
        self.only(KEEPERS, act)
        return self.show(act.member, MatterNumber(asked.mark))

    def _handed_on(self, act: Act, asked: SayHandedOn) -> Deed:
        """Enter that a seal was sent outside, and take the button away from under it."""
        sealed = next(self.engine.journal.entries(after=asked.seq - 1), None)
        if sealed is None:
            raise Refused("stale")
        shown = SealForKeeper(asked.seq, sealed.digest.hex(), asked.keeper)
        order = NoteSealHandedOn(FACILITY, asked.seq, asked.keeper)
        return Deed(order, Owed(act.member, shown, key=shown.key, priority=AT_ONCE, edits=True))

    def _show(self, act: Act, mark: str, *, changed: bool = False, edits: bool = False) -> Deed:
        card = MatterShown(mark, changed)
        return Deed(Owed(act.member, card, key=f"matter:{mark}", priority=AT_ONCE, edits=edits))

    def _find(self, mark: str, act: Act) -> DueMatter | None:
        context = self.engine.context(self.now(), act.member)
        return matter(mark, context.roster, self.engine.journal.registry, context.today)

    def _settle(self, act: Act, asked: SettleMatter) -> Deed:
        """Do what a card's button says, if the card still shows what is true."""
        self.only(KEEPERS, act)
        ways: Mapping[WayToSettle, Settle] = {
            "help": lambda _, due: self._ask("upkeep_help", due),
            "note": lambda _, due: self._ask("upkeep_note", due),
            "proof": self._ask_proof,
            "later": self._later,
            "keep": self._keep,
            "leave": self._leave,
            "given": self._given,
            "ends": self._checked,
            "works": self._works,
            "broken": self._broken,
            "restored": self._restored,
            "failed": self._failed,
        }
        return self._if_seen(asked.mark, asked.seen, act, ways[asked.way])

    def _if_seen(self, mark: str, seen: str, act: Act, settle: Settle) -> Deed:
        found = self._find(mark, act)
        if found is None:
            return self.show(act.member, MatterSettled())
        if found.seen != seen:
            return self._show(act, mark, changed=True)
        return settle(act, found)

    # ── what is put ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _put(self, due: DueMatter, **fields: Any) -> Deed:
        """Change fields of the row that was seen; what anybody else changed in between is never overwritten."""
        kind, key = due.reminder.kind, due.reminder.key
        after = {**json.loads(due.row or "{}"), **fields}
        value = SHAPES[kind].model_validate(after).model_dump_json()
        row = RegistryRow(kind, key, value, due.row)
        return Deed(PutRegistry(FACILITY, (row,)))

    def _done(self, act: Act, due: DueMatter, **fields: Any) -> Deed:
        """Settle a matter: finish the tasks that were opened for it, put the row, thank."""
        subject = due.reminder.subject
        tasks = [task.id for task in self.engine.house.open_tasks() if task.about.get("matter") == subject]
        return Deed(*map(self._finish, tasks), self._put(due, **fields), self.show(act.member, MatterSettled()))

    def _finish(self, task: int) -> Deed:
        """Finish a task, unless it is another owner's: then it stays until they say so."""
        return Deed(FinishTask(FACILITY, task), or_else=lambda _: Deed())

    def _task(self, act: Act, due: DueMatter, todo: str, *, by_deadline: bool = False) -> Deed:
        """Have whoever tapped see to it; nobody is asked twice for the same."""
        subject = due.reminder.subject
        if any(t.about.get("matter") == subject for t in self.engine.house.open_tasks()):
            return Deed()
        until = due.reminder.by if by_deadline else None
        about = {"todo": todo, "name": self._name(due), "matter": subject}
        return Deed(OpenTask(FACILITY, "upkeep", about, act.member, until))

    def _name(self, due: DueMatter) -> str:
        return str(json.loads(due.row or "{}").get("name", ""))

    def _by(self, act: Act) -> str:
        member = self.engine.roster().member(act.member)
        return member.name if member else ""

    # ── in words ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _ask(self, what: str, due: DueMatter) -> Deed:
        return Deed(AskMember(FACILITY, what, {"mark": due.mark, "seen": due.seen}))

    def _ask_proof(self, _: Act, due: DueMatter) -> Deed:
        contract = contract_of(due.reminder, self.engine.roster())
        if contract is None or not set(END_STEPS) <= set(contract.end_steps):
            raise Refused("needs_checklist")
        return self._ask("upkeep_proof", due)

    def _said(self, act: Act, settle: Settle) -> Deed:
        """Take a text for the card that asked for it; where the card has changed it is shown anew instead."""
        self.only(KEEPERS, act)
        if len(act.text) > LONGEST:
            raise Refused("too_long", most=LONGEST, length=len(act.text))
        return Deed(self._if_seen(str(act.about["mark"]), str(act.about["seen"]), act, settle), answers=True)

    def _helped(self, act: Act, due: DueMatter) -> Deed:
        return self._done(act, due, emergency_help=act.text, asked_on=due.today.isoformat())

    def _noted(self, act: Act, due: DueMatter) -> Deed:
        roster = self.engine.roster()
        contract = contract_of(due.reminder, roster)
        words = Words(roster.facility.language, roster)
        said = words.say("matter.noted", day=due.today, text=act.text).unescape()
        note = f"{contract.note} / {said}" if contract and contract.note else said
        if len(note) > LONGEST:
            raise Refused("too_long", most=LONGEST - len(note) + len(act.text), length=len(act.text))
        return self._done(act, due, note=note, checked_for=due.term)

    def _proved(self, act: Act, due: DueMatter) -> Deed:
        return self._done(act, due, proof=act.text, data_returned_on=due.today.isoformat())

    def _took(self, act: Act) -> Deed:
        """Keep how long restoring took; the restore itself was kept before."""
        self.only(KEEPERS, act)
        minutes = minutes_in(act.text)
        key = str(act.about["system"])
        row = self.engine.journal.registry("system").get(key)
        if row is None:
            return Deed(answers=True)
        after = SHAPES["system"].model_validate({**json.loads(row), "restore_minutes": minutes}).model_dump_json()
        put = PutRegistry(FACILITY, (RegistryRow("system", key, after, row),))
        return Deed(put, self.show(act.member, MatterSettled()), answers=True)

    # ── by a tap ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _later(self, act: Act, due: DueMatter) -> Deed:
        return Deed(self._task(act, due, "ask"), self.show(act.member, MatterSettled(task=True)))

    def _checked(self, act: Act, due: DueMatter) -> Deed:
        return self._done(act, due, checked_for=due.term)

    def _keep(self, act: Act, due: DueMatter) -> Deed:
        contract = contract_of(due.reminder, self.engine.roster())
        if contract is None or contract.auto_renewal:
            return self._checked(act, due)
        about = {"todo": "renew", "name": contract.name}
        return Deed(self._checked(act, due), OpenTask(FACILITY, "renewal", about, act.member, due.term))

    def _leave(self, act: Act, due: DueMatter) -> Deed:
        task = self._task(act, due, "notice", by_deadline=True)
        return Deed(task, self.show(act.member, MatterSettled(task=True)))

    def _given(self, act: Act, due: DueMatter) -> Deed:
        """Notice was given: the contract ends with the term that runs."""
        return self._done(act, due, auto_renewal=False, end=due.term, checked_for=due.term)

    def _tick(self, act: Act, asked: TickEnd) -> Deed:
        self.only(KEEPERS, act)
        return self._if_seen(asked.mark, asked.seen, act, partial(self._ticked, step=asked.step))

    def _ticked(self, act: Act, due: DueMatter, step: str) -> Deed:
        ticked = set(json.loads(due.row or "{}").get("end_steps", ())) ^ {step}
        put = self._put(due, end_steps=[s for s in END_STEPS if s in ticked])
        return Deed(put, self._show(act, due.mark, edits=True))

    def _works(self, act: Act, due: DueMatter) -> Deed:
        return self._done(act, due, works=True, checked_on=due.today.isoformat(), checked_by=self._by(act))

    def _broken(self, act: Act, due: DueMatter) -> Deed:
        put = self._put(due, works=False, checked_on=due.today.isoformat(), checked_by=self._by(act))
        return Deed(self._task(act, due, "mend"), put, self.show(act.member, MatterSettled(task=True)))

    def _restored(self, act: Act, due: DueMatter) -> Deed:
        done = self._done(act, due, restore_tested_on=due.today.isoformat())
        return Deed(done, AskMember(FACILITY, "upkeep_minutes", {"system": due.reminder.key}))

    def _failed(self, act: Act, due: DueMatter) -> Deed:
        return Deed(self._task(act, due, "restorable"), self.show(act.member, MatterSettled(task=True)))

    # ── deputies ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _stand(self, act: Act, asked: StandIn) -> Deed:
        """Make a member the deputy that is missing."""
        found, member = self._find(asked.mark, act), asked.member
        if found is None:
            return self.show(act.member, MatterSettled())
        role = role_of(found)
        if member not in {m.id for m in candidates(self.engine.roster().members, role)}:
            raise Refused("stale")
        row = self.engine.journal.registry("member")[member]
        stands = [*json.loads(row)["stands_in_for"], role]
        after = SHAPES["member"].model_validate({**json.loads(row), "stands_in_for": stands}).model_dump_json()
        put = PutRegistry(FACILITY, (RegistryRow("member", member, after, row),))
        return Deed(put, self.show(act.member, MatterSettled()))


def minutes_in(written: str) -> int:
    """Read how long something took: 90, 90分, 1時間30分; Refused(``needs_length``) for what is none."""
    bare = re.fullmatch(r"(\d{1,5})\s*(?:min(?:utes?)?)?", straight(written).strip())
    try:
        return int(bare[1]) if bare else read_minutes(written)
    except Unreadable:
        raise Refused("needs_length", text=written) from None
