"""The front desk: slash commands, menus and the facility's own affairs, outside any run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.channels.channel import Heard
from bot.clock import Clock
from bot.explaining import draft_for, mark_of
from bot.invitations import INVITABLE, Invitation, member_with, role_named
from bot.settings import Settings
from contacts.model import Member
from flows import commands as cmd
from flows.engine import Engine, Outcome
from flows.journal import FACILITY, Owed
from flows.notifications import step_key
from flows.people import only_chain
from flows.refusals import Refused
from playbooks.explanation import KINDS
from playbooks.texts import LANGUAGES

LONGEST_NAME = 60


@dataclass(frozen=True)
class Tapped:
    """A tap on a menu: its words, who tapped and the act behind it."""

    words: list[str]
    member: str
    heard: Heard


class FrontDesk:
    """Answers what is asked of the bot itself."""

    def __init__(self, engine: Engine, clock: Clock, settings: Settings, bot_name: str | None = None) -> None:
        """``bot_name`` (without @) makes invitations a link."""
        self.engine, self.clock, self.settings, self.bot_name = engine, clock, settings, bot_name

    def called(self, bot_name: str | None) -> None:
        """Learn the bot's name, once the channel knows it."""
        self.bot_name = bot_name

    # ── slash commands ──────────────────────────────────────────────────────────────────────────────────────────────

    def command(self, text: str, heard: Heard, member: str) -> Outcome | None:
        """Do what a slash command says; one that nobody knows is answered with what there is."""
        word, rest = [*text.split(maxsplit=1), ""][:2]  # people type full-width spaces, too
        match word.lower():
            case "/start" | "/help":
                self._owe(member, "help.commands")
            case "/status":
                self.show_again(member)
            case "/invite":
                return self._invite_from(rest, heard, member)
            case "/people":
                only_chain(self.engine.context(self.clock.now(), member), member)
                self._owe(member, "people")
            case "/absent" | "/back":
                return self._absence(word.lower() == "/absent", heard, member)
            case "/language":
                self._owe(member, "language.choose")
            case "/runs":
                self._owe(member, "runs.list")
            case "/decide" | "/close" | "/duties" | "/explain":
                return self._about_a_run(word.lower().removeprefix("/"), None, heard, member)
            case _:
                self._owe(member, "help.commands")
        return None

    def _about_a_run(self, word: str, run_id: str | None, heard: Heard, member: str) -> Outcome | None:
        """Do what a command says in the run it is about; with several open ones and none named, ask which.

        Reports and texts for patients are also about a run that has ended, as long as none is open.
        """
        ended = word in ("duties", "explain")
        found = self.engine.live_runs() or [r for r in self.engine.runs() if ended and r.state == "closed"][-1:]
        if run_id is None and len(found) > 1:
            self._owe(member, "choose_run", word=word, runs=[r.id for r in found])
            return None
        run = run_id or next((r.id for r in found), None)
        if run is None:
            raise Refused("stale")
        if word == "close":
            return self.engine.handle(cmd.Close(run), actor=member, now=self.clock.now(), cause=heard.cause)
        self.engine.owe([Owed(member, word, run, priority=1)], self.clock.now())
        return None

    def show_again(self, member: str, run_id: str | None = None) -> None:
        """Send the board and the open step anew, for one run or for all that are open."""
        run = self.engine.run(run_id) if run_id else None
        found = [run] if run else self.engine.live_runs()
        owed = []
        for r in found:
            owed.append(Owed(member, "board", r.id, key=f"board:{r.id}", priority=3))
            shown = r.open_step_of(member)
            if shown is not None and r.live:
                owed.append(
                    Owed(member, "step", r.id, {"turn": shown.turn}, key=step_key(r.id, shown.turn), priority=4)
                )
        self.engine.owe(owed or [Owed(member, "board.nothing", priority=3)], self.clock.now())

    # ── invitations ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _invite_from(self, rest: str, heard: Heard, member: str) -> Outcome | None:
        only_chain(self.engine.context(self.clock.now(), member), member)
        role_word, name = [*rest.split(maxsplit=1), "", ""][:2]
        role = role_named(role_word) if role_word else None
        if role and name.strip():
            self._invite(
                member_with(role, self._name(name), rank=len(self.engine.roster().members)), role, heard, member
            )
        else:
            self._owe(member, "ask_invite_role")
        return None

    def _invite(self, person: Member, role: str, heard: Heard, by: str) -> None:
        days, now = self.settings.invitations.days, self.clock.now()
        Invitation.make(
            self.engine, person, role, actor=by, now=now, days=days, cause=heard.cause, bot_name=self.bot_name
        )

    def _name(self, written: str) -> str:
        name = " ".join(written.split())
        if not 1 <= len(name) <= LONGEST_NAME:
            raise Refused("bad_name")
        return name

    def _absence(self, away: bool, heard: Heard, member: str) -> Outcome:
        today = self.engine.context(self.clock.now(), member).today
        # Coming back today means: away until yesterday, so that the record of the absence stays true.
        fields = {"absent_from": today, "absent_until": today} if away else {"absent_until": today - timedelta(days=1)}
        order = cmd.ChangeMember(FACILITY, member, fields)
        outcome = self.engine.handle(order, actor=member, now=self.clock.now(), cause=heard.cause)
        self._owe(member, "absent.on" if away else "absent.off")
        return outcome

    # ── what the desk waits for people to write ─────────────────────────────────────────────────────────────────────

    def waits_for(self, member: str) -> bool:
        """Say whether the next text of a member is for the desk."""
        turn = self.engine.house.waiting_for.get(member)
        return turn is not None and self.engine.house.asked[turn].what == "invite_name"

    def written(self, text: str, heard: Heard, member: str) -> Outcome:
        """Take the name of somebody who is being invited."""
        asked = self.engine.house.asked[self.engine.house.waiting_for[member]]
        role = str(asked.about["role"])
        self._invite(member_with(role, self._name(text), rank=len(self.engine.roster().members)), role, heard, member)
        return self._drop(heard, member)

    def _drop(self, heard: Heard, member: str) -> Outcome:
        order = cmd.DropQuestion(FACILITY)
        return self.engine.handle(order, actor=member, now=self.clock.now(), cause=f"{heard.cause}:answered")

    # ── menus ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def tapped(self, words: list[str], heard: Heard, member: str) -> Outcome | None:
        """Do what a menu's button says; Refused(``stale``) for what no menu of ours offers."""
        tap = Tapped(words, member, heard)
        match words:
            case ["language", ("ja" | "en") as language]:
                outcome = self._do(cmd.ChangeMember(FACILITY, member, {"language": language}), tap)
                self._owe(member, "language.set")
                return outcome
            case ["invite", role] if role in INVITABLE:
                only_chain(self.engine.context(self.clock.now(), member), member)
                return self._do(cmd.AskMember(FACILITY, "invite_name", {"role": role}), tap)
            case ["person", who]:
                only_chain(self.engine.context(self.clock.now(), member), member)
                self._owe(member, "person_menu", member=who)
            case ["suspend", who]:
                return self._do(cmd.Suspend(FACILITY, who), tap)
            case ["again", who]:
                known = self.engine.roster().member(who)
                if known is None:
                    raise Refused("stale")
                role = next(iter(known.roles), "deputy" if "director" in known.stands_in_for else "staff")
                self._invite(known, role, heard, member)
            case ["in", run, ("decide" | "close" | "duties" | "explain") as word]:
                return self._about_a_run(word, run, heard, member)
            case ["decide", run, decision]:
                return self._do(cmd.Decide(run, decision), tap)
            case [("facts" | "refusals" | "duties") as name, run]:
                self.engine.owe([Owed(member, name, run, priority=1)], self.clock.now())
            case ["fact", run, "leak", ("none" | "suspected" | "confirmed") as value]:
                checked = "yes" if value == "none" else "no"
                return self._do(cmd.LearnFacts(run, {"leak": value, "leak_checked": checked}), tap)
            case ["explain", run, kind, language]:
                data = {"kind": kind, "language": language}
                self.engine.owe([Owed(member, "explanation", run, data, priority=1)], self.clock.now())
            case ["approve", run, kind, language, mark]:
                return self._approve(run, kind, language, mark, tap)
            case ["used", run, kind, language]:
                return self._do(cmd.UseExplanation(run, kind, language), tap)
            case ["run", run]:
                self.show_again(member, run)
            case ["pick", turn, choice] if turn.isdecimal():
                return self._picked(int(turn), choice, tap)
            case ["file", turn, run] if turn.isdecimal():
                return self._filed(int(turn), run, tap)
            case _:
                raise Refused("stale")
        return None

    def _approve(self, run_id: str, kind: str, language: str, mark: str, tap: Tapped) -> Outcome:
        """Approve the text that was on the screen; if it reads otherwise by now, it has to be read again first."""
        run, texts = self.engine.run(run_id), self.engine.explanations
        if run is None or texts is None or kind not in KINDS or language not in LANGUAGES:
            raise Refused("stale")
        context = self.engine.context(self.clock.now(), tap.member, run_id)
        text = draft_for(texts, run, context, kind, language).text
        if mark_of(text) != mark:
            raise Refused("text_changed")
        return self._do(cmd.ApproveExplanation(run_id, kind, language, text), tap)

    def _picked(self, turn: int, choice: str, tap: Tapped) -> Outcome | None:
        """Go on with a text that was held back until its writer said what it is. Its own cause keeps it from counting twice."""
        asked = self.engine.house.asked.get(turn)
        if asked is None or asked.member != tap.member:
            raise Refused("stale")
        text, cause = str(asked.about["text"]), str(asked.about["cause"])
        candidates = tuple(asked.about.get("candidates", ()))
        match asked.what, choice:
            case "same_or_new", "same":
                return self._order(cmd.Join(str(asked.about["run"]), text), tap.member, cause)
            case "same_or_new", "new":
                return self._order(cmd.Report("", text, candidates), tap.member, cause)
            case "report_or_not", "yes":
                return self._order(cmd.Report("", text, ("unknown",), playbook="unknown"), tap.member, cause)
            case "report_or_not", "no":
                self._owe(tap.member, "report_or_not.dropped")
                return None
            case _:
                raise Refused("stale")

    def _filed(self, turn: int, run: str, tap: Tapped) -> Outcome:
        asked = self.engine.house.asked.get(turn)
        if asked is None or asked.member != tap.member or run not in asked.about.get("runs", ()):
            raise Refused("stale")
        about = asked.about
        order: cmd.Command = (
            cmd.HandIn(run, **about["thing"]) if "thing" in about else cmd.Write(run, str(about["text"]))
        )
        return self._order(order, tap.member, str(about["cause"]))

    def _do(self, command: cmd.Command, tap: Tapped) -> Outcome:
        return self._order(command, tap.member, tap.heard.cause)

    def _order(self, command: cmd.Command, member: str, cause: str) -> Outcome:
        return self.engine.handle(command, actor=member, now=self.clock.now(), cause=cause)

    def _owe(self, to: str, name: str, **data: object) -> None:
        self.engine.owe([Owed(to, name, data=data, priority=1)], self.clock.now())
