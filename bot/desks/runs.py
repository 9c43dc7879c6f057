"""The runs' desk: where we stand, decisions, reports that are owed, texts for patients, the end."""

from __future__ import annotations

from collections.abc import Mapping

from bot.desks.desk import Act, Desk, Handler
from bot.words.explaining import draft_for, mark_of
from flows.commands.explaining import ApproveExplanation, UseExplanation
from flows.commands.people import Close, Decide, LearnFacts
from flows.deeds import Deed
from flows.powers import may
from flows.record.journal import Owed
from flows.refusals import Refused
from flows.response.audience import step_key
from flows.state.run import Run
from playbooks.explanations.shape import KINDS
from playbooks.texts import WRITTEN

ABOUT_A_RUN = ("decide", "close", "duties", "explain")
AFTER_THE_END = ("duties", "explain")
"""What is also asked about a run that has ended, as long as none is open."""


class RunsDesk(Desk):
    """Shows the runs, and takes what is said about one of them outside its steps."""

    @property
    def commands(self) -> Mapping[str, Handler]:
        """Give the slash commands about runs."""
        return {
            "/status": lambda act: self.show_again(act.member),
            "/runs": lambda act: self.show(act.member, "runs.list"),
            **{f"/{word}": self._command(word) for word in ABOUT_A_RUN},
        }

    @property
    def menus(self) -> Mapping[str, Handler]:
        """Give the menus about runs; the first word behind the menu's own is the run."""
        return {
            "in": self._in, "run": self._again, "decide": self._decide, "fact": self._leak,
            "explain": self._explanation, "approve": self._approve, "used": self._used,
            **{name: self._list(name) for name in ("facts", "refusals", "duties")},
        }  # fmt: skip

    # ── which run ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _command(self, word: str) -> Handler:
        return lambda act: self._about(word, None, act)

    def _about(self, word: str, run_id: str | None, act: Act) -> Deed:
        """Do what a command says in the run it is about; with several open ones and none named, ask which."""
        ended = word in AFTER_THE_END
        found = self.engine.live_runs() or [r for r in self.engine.runs() if ended and r.state == "closed"][-1:]
        found = [r for r in found if self._may(word, r, act)] or found[:1]
        if run_id is None and len(found) > 1:
            return self.show(act.member, "choose_run", word=word, runs=[r.id for r in found])
        run = run_id or next((r.id for r in found), None)
        if run is None:
            raise Refused("stale")
        if word == "close":
            return Deed(Close(run))
        if word == "decide":
            self.only(Decide(run, ""), act)
        return self.show(act.member, word, run)

    def _may(self, word: str, run: Run, act: Act) -> bool:
        """Say whether somebody may do in a run what a word leads to; what is only shown, everybody may."""
        wanted = {"close": Close(run.id), "decide": Decide(run.id, "")}.get(word)
        return wanted is None or may(wanted, self.engine.context(self.now(), act.member, run.id), run)

    def _in(self, act: Act) -> Deed:
        match act.words:
            case (run, word) if word in ABOUT_A_RUN:
                return self._about(word, run, act)
            case _:
                raise Refused("stale")

    def _again(self, act: Act) -> Deed:
        return self.show_again(act.member, *act.words[:1])

    def show_again(self, member: str, run_id: str | None = None) -> Deed:
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
        return Deed(*(owed or [Owed(member, "board.nothing", priority=3)]))

    # ── what is said about one ──────────────────────────────────────────────────────────────────────────────────────

    def _list(self, name: str) -> Handler:
        def shown(act: Act) -> Deed:
            if len(act.words) != 1:
                raise Refused("stale")
            return self.show(act.member, name, act.words[0])

        return shown

    def _decide(self, act: Act) -> Deed:
        match act.words:
            case (run, decision):
                return Deed(Decide(run, decision))
            case _:
                raise Refused("stale")

    def _leak(self, act: Act) -> Deed:
        match act.words:
            case (run, "leak", ("none" | "suspected" | "confirmed") as value):
                checked = "yes" if value == "none" else "no"
                return Deed(LearnFacts(run, {"leak": value, "leak_checked": checked}))
            case _:
                raise Refused("stale")

    def _explanation(self, act: Act) -> Deed:
        match act.words:
            case (run, kind, language):
                return self.show(act.member, "explanation", run, kind=kind, language=language)
            case _:
                raise Refused("stale")

    def _used(self, act: Act) -> Deed:
        match act.words:
            case (run, kind, language):
                return Deed(UseExplanation(run, kind, language))
            case _:
                raise Refused("stale")

    def _approve(self, act: Act) -> Deed:
        """Approve the text that was on the screen; if it reads otherwise by now, it has to be read again first."""
        match act.words:
            case (run_id, kind, language, mark) if kind in KINDS and language in WRITTEN:
                run, texts = self.engine.run(run_id), self.engine.handbook.explanations
                if run is None or texts is None:
                    raise Refused("stale")
                context = self.engine.context(self.now(), act.member, run_id)
                text = draft_for(texts, run, context, kind, language).text
                if mark_of(text) != mark:
                    raise Refused("text_changed")
                return Deed(ApproveExplanation(run_id, kind, language, text))
            case _:
                raise Refused("stale")
