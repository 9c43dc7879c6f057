"""The people's desk: invitations, absences, lost phones and languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.clock import Clock
from bot.desks.desk import Act, Desk, Handler
from bot.invitations import INVITABLE, Invitation, member_with, role_named
from bot.settings import Settings
from contacts.model import Member
from flows import commands as cmd
from flows.engine import Engine, Outcome
from flows.facility.settling import only_chain
from flows.record.journal import FACILITY
from flows.refusals import Refused

LONGEST_NAME = 60


class PeopleDesk(Desk):
    """Lets people in and keeps what they say about themselves."""

    def __init__(self, engine: Engine, clock: Clock, settings: Settings) -> None:
        """``settings`` say how long an invitation holds; ``bot_name`` (without @) makes it a link, once it is known."""
        super().__init__(engine, clock)
        self.settings = settings
        self.bot_name: str | None = None

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Give the slash commands about people."""
        return {
            "/invite": self._invite_from_line, "/people": self._list, "/absent": lambda act: self._absence(act, away=True),
            "/back": lambda act: self._absence(act, away=False), "/language": self._choose_language,
        }  # fmt: skip

    @property
    def menus(self) -> Mapping[str, Handler]:
        """Give the menus about people."""
        return {
            "invite": self._ask_name, "person": self._person, "suspend": self._suspend, "again": self._invite_again,
            "language": self._set_language, "left": self._left,
        }  # fmt: skip

    @property
    def questions(self) -> Mapping[str, Handler]:
        """Read the name of somebody who is being invited."""
        return {"invite_name": self._named}

    # ── invitations ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _only_chain(self, act: Act) -> None:
        only_chain(self.engine.context(self.now(), act.member), act.member)

    def _invite_from_line(self, act: Act) -> None:
        self._only_chain(act)
        role_word, name = [*act.text.split(maxsplit=1), "", ""][:2]
        role = role_named(role_word) if role_word else None
        if role and name.strip():
            self.invite(self._new(role, name), role, act)
        else:
            self.show(act.member, "ask_invite_role")

    def _ask_name(self, act: Act) -> Outcome:
        self._only_chain(act)
        match act.words:
            case (role,) if role in INVITABLE:
                return self.order(cmd.AskMember(FACILITY, "invite_name", {"role": role}), act)
            case _:
                raise Refused("stale")

    def _named(self, act: Act) -> Outcome:
        role = str(act.about["role"])
        self.invite(self._new(role, act.text), role, act)
        return self.answered(act)

    def _invite_again(self, act: Act) -> None:
        known = self.engine.roster().member(act.words[0]) if act.words else None
        if known is None:
            raise Refused("stale")
        self.invite(known, next(iter(known.roles), "deputy" if "director" in known.stands_in_for else "staff"), act)

    def invite(self, person: Member, role: str, act: Act) -> None:
        """Make an invitation and show it to whoever asked for it."""
        days = self.settings.invitations.days
        Invitation.make(
            self.engine, person, role, actor=act.member, now=self.now(), days=days, cause=act.heard.cause,
            bot_name=self.bot_name,
        )  # fmt: skip

    def _new(self, role: str, written: str) -> Member:
        return member_with(role, proper_name(written), rank=len(self.engine.roster().members))

    # ── who is here ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _list(self, act: Act) -> None:
        self._only_chain(act)
        self.show(act.member, "people")

    def _person(self, act: Act) -> None:
        self._only_chain(act)
        known = self.engine.roster().member(act.words[0]) if act.words else None
        if known is None or known.status == "left":
            raise Refused("stale")
        self.show(act.member, "person_menu", member=act.words[0])

    def _suspend(self, act: Act) -> Outcome:
        return self.order(cmd.Suspend(FACILITY, act.words[0] if act.words else ""), act)

    def _left(self, act: Act) -> Outcome | None:
        """Let somebody go for good; asked twice, since nothing from their phone counts any more."""
        self._only_chain(act)
        known = self.engine.roster().member(act.words[0]) if act.words else None
        if known is None or known.status == "left":
            raise Refused("stale")
        if act.words[1:] != ("yes",):
            self.show(act.member, "leaving", member=known.id)
            return None
        before = self.engine.journal.registry("member")[known.id]
        after = Member.model_validate_json(before).model_copy(update={"status": "left"}).model_dump_json()
        row = cmd.RegistryRow("member", known.id, after, before)
        outcome = self.order(cmd.PutRegistry(FACILITY, (row,)), act)
        self.show(act.member, "has_left", member=known.id)
        return outcome

    def _absence(self, act: Act, *, away: bool) -> Outcome:
        today = self.engine.context(self.now(), act.member).today
        # Coming back today means: away until yesterday, so that the record of the absence stays true.
        fields = {"absent_from": today, "absent_until": today} if away else {"absent_until": today - timedelta(days=1)}
        outcome = self.order(cmd.ChangeMember(FACILITY, act.member, fields), act)
        self.show(act.member, "absent.on" if away else "absent.off")
        return outcome

    def _choose_language(self, act: Act) -> None:
        self.show(act.member, "language.choose")

    def _set_language(self, act: Act) -> Outcome:
        match act.words:
            case (("ja" | "en") as language,):
                outcome = self.order(cmd.ChangeMember(FACILITY, act.member, {"language": language}), act)
                self.show(act.member, "language.set")
                return outcome
            case _:
                raise Refused("stale")


def proper_name(written: str) -> str:
    """Give a person's name as it is kept; Refused(``bad_name``) where there is none, or far too much."""
    name = " ".join(written.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refused("bad_name")
    return name
