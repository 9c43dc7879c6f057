"""A person: looks at the phone now and then, reads, and does what the screen says, at a person's pace and with a person's mistakes.

A life is a generator. It yields seconds that go by, or something said to the bot; all else happens in between.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tests.world.nature import Dice, Nature
from tests.world.phone import Phone, Shown
from tests.world.truth import MACHINE, MACHINE_WIFI, OTHERS, World
from tests.world.words import (
    ASKS_PHOTO,
    ASKS_TEXT,
    COMES,
    FIRST,
    GOES,
    HELPS,
    LEADS_BY_SEEING,
    NAMES,
    NUMBER_MISSING,
    PASSES_ON,
    PHOTO_WELCOME,
    REMINDS,
    SCENE,
    TAKES_BACK,
    WORK,
    Act,
    act_of,
    asked_by,
    meaning,
    preferred,
    told_by,
    typed_for,
)

Part = Literal["reception", "nurse", "deputy", "director"]
PARTS: tuple[Part, ...] = ("reception", "nurse", "deputy", "director")

FIRST_WORDS = "電子カルテが動かない、画面に英語が出てる"

A_MOMENT = 5.0
"""Seconds between two thoughts of looking at the phone."""


@dataclass(frozen=True)
class Said:
    """What somebody says to the bot: words, a tap, or a photo."""

    text: str | None = None
    button: str | None = None
    message: str | None = None
    photo: bool = False


Life = Iterator[float | Said]
Came = Literal["done", "absent", "not_reached"]
Doing = Generator[float | Said, None, Came]


@dataclass(eq=False)
class Person:
    """One of the four. ``others`` are the other three by their parts."""

    part: Part
    nature: Nature
    dice: Dice
    world: World
    now: Callable[[], float]
    phone: Phone
    others: dict[str, Person] = field(default_factory=dict)
    in_house: bool = True
    knows: bool = False
    looks_at: float = 0.0
    patients: list[tuple[float, float]] = field(default_factory=list)
    _done: set[tuple[str, str]] = field(default_factory=set)
    _unsure_of: set[str] = field(default_factory=set)
    _pictured: set[str] = field(default_factory=set)
    _asked_about: Act = WORK
    _together: dict[str, bool] = field(default_factory=dict)
    _waits_since: dict[str, float] = field(default_factory=dict)
    _thrown: set[str] = field(default_factory=set)
    _place: str = ""
    _in_charge: bool = False
    _has_called: bool = False
    _finished: set[str] = field(default_factory=set)
    _settled_lines: set[tuple[str, str]] = field(default_factory=set)
    helped: set[str] = field(default_factory=set)
    """What somebody else did for them who came."""
    takes_charge: float = 0.0
    """How ready they are to lead where nobody asked them by name."""

    def __post_init__(self) -> None:
        """Draw what this person's morning is like."""
        if self.part == "director":
            self.in_house, self.looks_at = False, self.dice.between_log(self.nature.director_looks)
        elif self.part != "reception":
            self.looks_at = self.dice.between_log(self.nature.looks)
        leads = {"director": 1.0, "deputy": float(self.dice.happens(self.nature.deputy_takes))}
        self.takes_charge = leads.get(self.part, 0.0)
        if self.part == "deputy":
            self.in_house = not self.dice.happens(self.nature.deputy_out)
        if self.part == "nurse":
            at = -self.dice.between(self.nature.nurse_with_patient)
            for _ in range(20):
                until = at + self.dice.between(self.nature.nurse_with_patient)
                self.patients.append((at, until))
                at = until + self.dice.between(self.nature.nurse_free)

    # ── a life ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def lives(self) -> Life:
        """Live: look at the phone, do what it asks, put it away."""
        if self.part == "reception":
            self.knows = True
            yield Said(text=FIRST_WORDS)
            self.phone.acts()
            yield from self.attends()
            self.looks_at = self.now() + self._next_look()
        while True:
            while self.now() < self.looks_at:
                yield min(A_MOMENT, self.looks_at - self.now() + 0.01)
            if self.phone.messages:
                yield self.nature.opens
                yield from self.attends()
            self.looks_at = max(self.looks_at, self.now()) + self._next_look()

    def _next_look(self) -> float:
        if self.part == "reception":
            return self.dice.between_log(self.nature.reporter_looks)
        if self.part == "director" and not self.knows:
            return self.dice.between_log(self.nature.director_looks)
        return max(self.dice.between_log(self.nature.looks) if not self._busy_for() else 0, self._busy_for())

    def _busy_for(self) -> float:
        """Give in how many seconds the patient in hand is safe; 0 if there is none."""
        return next((until - self.now() for since, until in self.patients if since <= self.now() < until), 0)

    @property
    def free(self) -> bool:
        """Whether nobody is in hand."""
        return not self._busy_for()

    def called(self) -> None:
        """Be told by voice: look at the phone as soon as hands are free."""
        at = self.now() + self._busy_for() + self.dice.between(self.nature.after_call)
        self.looks_at = min(self.looks_at, at)
        self.knows = True

    # ── the phone in hand ───────────────────────────────────────────────────────────────────────────────────────────

    def attends(self) -> Life:
        """Read what is new and do what is asked, until there is nothing more."""
        while True:
            if unread := next((m for m in self.phone.messages.values() if m.unread), None):
                yield from self._reads(unread)
            elif task := self._next_task():
                yield from task
            else:
                changes = self.phone.changes
                yield self.nature.waits
                if changes == self.phone.changes:
                    return

    def _reads(self, shown: Shown) -> Life:
        characters, shown.unread = shown.unread, 0
        yield characters / self.nature.reads
        self.knows = True
        if shown.picture:
            self._pictured.add(self._asked_about.name)
        if SCENE.search(shown.text) and self.part != "director":
            self.world.note("scene")
        for act in told_by(shown.text):
            if self.free and self.in_house and self._once(shown, act.name):
                yield from self._performs(act)
        if GOES.search(shown.text) and self._once(shown, "goes"):
            yield from self._helps(shown)

    def _helps(self, shown: Shown) -> Life:
        """Go to somebody, and do there what they didn't know how to."""
        act = act_of(shown.ask) or WORK
        yield from self._performs(act)
        for part, other in self.others.items():
            if f"{NAMES[part]}さん" in shown.text:
                other.helped.add(act.name)

    def _next_task(self) -> Life | None:
        """Give the oldest thing on the screen that this person can do now."""
        for shown in sorted(self.phone.messages.values(), key=lambda it: not FIRST.search(it.text)):
            for what in (self._alarm, self._offer, self._board, self._hands_over, self._card, self._step):
                if task := what(shown):
                    return task
        return None

    def _once(self, shown: Shown, what: str) -> bool:
        """Say whether this is done for the first time, and remember it."""
        first = (shown.id, what) not in self._done
        self._done.add((shown.id, what))
        return first

    def _once_asked(self, shown: Shown, what: str) -> bool:
        """Say so of what a message asks: if it asks something else by now, that is another thing."""
        return self._once(shown, f"{what} {shown.ask}")

    # ── what is asked ───────────────────────────────────────────────────────────────────────────────────────────────

    def _alarm(self, shown: Shown) -> Life | None:
        means = shown.means
        if (
            "lead" in means
            and not self._in_charge
            and self._once(shown, f"lead {means['lead']}")
            and self._would_lead(shown)
        ):
            return self._leads(shown, means["lead"])
        place = "with_patient" if not self.free else "here" if self.in_house else "away"
        again = place == "here" and self._place == "with_patient"
        if place in means and place != self._place and (not shown.board or again):
            self._place = place
            return self._taps(shown, means[place])
        if "seen" in means and self._once(shown, "seen"):
            self._done |= {(other.id, "seen") for other in self.phone.messages.values() if not other.unread}
            if self.part == "director" and LEADS_BY_SEEING.search(shown.text):
                return self._leads(shown, means["seen"])
            return self._taps(shown, means["seen"])
        return None

    def _would_lead(self, shown: Shown) -> bool:
        """Say whether they take charge: those who lead anyway, a deputy who is asked by name, now and then anybody if all are."""
        if shown.board or {"here", "away", "seen"} & shown.means.keys():
            return bool(self.takes_charge)
        return self.part in ("director", "deputy") or self.dice.happens(self.nature.others_take)

    def _leads(self, shown: Shown, label: str) -> Life:
        yield from self._taps(shown, label)
        self._in_charge = True
        self.world.note("leads")
        self.world.note("scene")

    def _offer(self, shown: Shown) -> Life | None:
        """Answer what is offered to whoever is free."""
        label = shown.means.get("go") or (shown.means.get("claim") if not shown.board else None)
        if label and self.free and self.in_house and self._once(shown, label):
            return self._taps(shown, label)
        return None

    def _board(self, shown: Shown) -> Life | None:
        claim = shown.means.get("claim") if shown.board else None
        looks = claim and self.free and self._once(shown, f"{claim} {shown.version}")
        if claim and looks and self.dice.happens(self.nature.claims) and not self._has_step():
            return self._taps(shown, claim)
        return None

    def _has_step(self) -> bool:
        return any({"done", "unsure", "all"} & m.means.keys() for m in self.phone.messages.values() if not m.board)

    def _hands_over(self, shown: Shown) -> Life | None:
        """Send the photo or the words that are awaited."""
        if shown.lines or not self.free or shown.board:
            return None
        photo = ASKS_PHOTO.search(shown.text) and not PHOTO_WELCOME.search(shown.text)
        if photo and self._once_asked(shown, "photo"):
            return self._photographs()
        if (shown.wants_text or ASKS_TEXT.search(shown.text)) and self._once_asked(shown, "text"):
            return self._types(typed_for(shown.text))
        return None

    def _photographs(self) -> Life:
        yield self.dice.between(self.nature.photo)
        yield Said(photo=True)
        self.phone.acts()

    def _types(self, text: str) -> Life:
        yield len(text) / self.nature.types
        yield Said(text=text)
        self.phone.acts()

    # ── a step ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _step(self, shown: Shown) -> Life | None:
        if shown.lines or shown.board or not self.free:
            return None
        means = shown.means
        tick = next((label for label in shown.buttons if meaning(label) == "tick"), None)
        if tick and self._once_asked(shown, tick):
            return self._ticks(shown, tick)
        if REMINDS.search(shown.text) and shown.ask in self._finished:
            return None
        if {"done", "come", "leave"} & means.keys():
            return self._does(shown) if self._once_asked(shown, "done") else None
        answers = [label for label in shown.buttons if meaning(label) in ("answer", "reached")]
        if answers and self._once_asked(shown, "answer"):
            return self._chooses(shown, answers)
        return None

    def _ticks(self, shown: Shown, label: str) -> Life:
        yield self.dice.between(self.nature.voice)
        yield from self._taps(shown, label)

    def _chooses(self, shown: Shown, answers: Sequence[str]) -> Life:
        act = act_of(shown.ask)
        if act is not None and act.calls:
            yield from self._answers(shown, act)
            return
        yield self.dice.between(self.nature.decides)
        lines = [label for label in answers if (act_of(label) or WORK).name in self._unsure_of]
        yield from self._taps(shown, next(iter(lines), None) or preferred(answers))

    def _does(self, shown: Shown) -> Life:
        """Do what a step asks, or say that one doesn't know how, as long as there is a button to say so."""
        helping = bool(HELPS.search(shown.text)) or shown.picture
        means = shown.means
        act = self._asked_about if helping else asked_by(shown.ask, shown.text, means)
        if PASSES_ON in shown.buttons and self.dice.happens(self.nature.passes_on):
            yield from self._taps(shown, PASSES_ON)
            return
        if act.cuts and not self.in_house:
            if "cannot" in means:
                yield from self._taps(shown, means["cannot"])
        elif COMES.search(shown.text) or ("leave" in means and "come" not in means and self._is_unsure(act)):
            yield from self._waits_for(shown, act)
        elif self._is_unsure(act) and ({"unsure", "come"} & means.keys()):
            self._asked_about = act
            self._finished.add(shown.ask)
            if "unsure" in means:
                self._thrown.discard(act.name)
            yield from self._taps(shown, means.get("unsure") or means["come"])
        else:
            yield from self._answers(shown, act)

    def _waits_for(self, shown: Shown, act: Act) -> Life:
        """Wait for whoever comes; leave it undone if nobody does."""
        comes, changes = bool(COMES.search(shown.text)), self.phone.changes
        since = self._waits_since.setdefault(shown.id, self.now())
        while self.now() - since < (self.nature.longest_wait if comes else self.nature.longest_wait / 2):
            if act.name in self.helped:
                yield from self._taps(shown, shown.means.get("done", ""))
                return
            if self.phone.changes != changes and not comes:
                self._done.discard((shown.id, f"done {shown.ask}"))
                return
            yield A_MOMENT
        if "leave" in shown.means:
            yield from self._taps(shown, shown.means["leave"])

    def _is_unsure(self, act: Act) -> bool:
        """Say whether they don't know which thing is meant; thrown once, and again after each 「わからない」 that they tapped."""
        if act.cuts and act.name not in self._thrown:
            self._thrown.add(act.name)
            chance = self.nature.unsure_after_picture if act.name in self._pictured else self.nature.unsure
            (self._unsure_of.add if self.dice.happens(chance) else self._unsure_of.discard)(act.name)
        return act.name in self._unsure_of

    def _answers(self, shown: Shown, act: Act) -> Life:
        """Do it, and tap what came of it, if it is still asked."""
        came = yield from self._performs(act, missing=bool(NUMBER_MISSING.search(shown.text)))
        self._finished.add(shown.ask)
        means = self.phone.messages[shown.id].means
        order = {
            "done": ("reached", "done", "answer"),
            "absent": ("absent", "done"),
            "not_reached": ("not_reached", "cannot"),
        }[came]
        label = next((means[what] for what in order if what in means), None)
        if label:
            yield from self._taps(shown, label)
            yield from self._takes_back(shown)

    def _takes_back(self, shown: Shown) -> Life:
        """Now and then take back what was just answered; it is asked anew."""
        if TAKES_BACK in self.phone.messages[shown.id].buttons and self.dice.happens(self.nature.takes_back):
            yield from self._taps(shown, TAKES_BACK)

    # ── a card ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _card(self, shown: Shown) -> Life | None:
        if not shown.lines or not self.free:
            return None
        if (
            PASSES_ON in shown.buttons
            and self._once_asked(shown, PASSES_ON)
            and self.dice.happens(self.nature.passes_on)
        ):
            return self._taps(shown, PASSES_ON)
        together = self._together.setdefault(shown.id, self.dice.happens(self.nature.in_bulk))
        for label in shown.buttons:
            if meaning(label) == "line" and self._once_asked(shown, label[-1]):
                return self._line(shown, label, shown.lines.get(label[-1], ""), together=together)
        if "all" in shown.means and self._once_asked(shown, "all"):
            return self._taps(shown, shown.means["all"])
        return None

    def _line(self, shown: Shown, label: str, said: str, *, together: bool) -> Life:
        act = act_of(said) or WORK
        if not label.startswith("☐"):
            yield from self._taps(shown, label)
        elif act.cuts and not self.in_house:
            self._done.add((shown.id, f"all {shown.ask}"))
        elif self._is_unsure(act) and "unsure" in shown.means:
            self._asked_about = act
            self._done.add((shown.id, f"all {shown.ask}"))
            yield from self._taps(shown, shown.means["unsure"])
        else:
            if (shown.ask, said) not in self._settled_lines:  # a card that comes anew brings nothing anew
                self._settled_lines.add((shown.ask, said))
                yield from self._performs(act)
            if not together and label in self.phone.messages[shown.id].buttons:
                yield from self._taps(shown, label)
                yield from self._takes_back(shown)

    # ── the world ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _performs(self, act: Act, *, missing: bool = False) -> Doing:
        """Do something in the world; gives ``done``, ``absent`` or ``not_reached``."""
        nature = self.nature
        if self.part == "reception" and self.dice.happens(nature.interrupted):
            yield self.dice.between(nature.interruption)
        if act.calls:
            return (yield from self._dials(act.calls, missing=missing))
        if act.name == "call_out" and self._has_called:
            yield self.dice.between(nature.taps)
            return "done"
        if act.takes == "hands":
            if self.dice.happens(nature.ticks_undone):
                yield self.dice.between(nature.voice)
                return "done"
            if act.cuts and not self.world.connected & set(act.cuts):
                yield self.dice.between(nature.phone)
                return "absent" if act.name == "machine_wifi" else "done"
        if act.sees and not self.dice.happens(nature.ticks_undone):
            yield from self._sees_what_is_in(act.sees)
            return "done"
        yield self.dice.between(getattr(nature, act.takes))
        if act.takes == "hands":
            if act.cuts == (MACHINE_WIFI,) or not self.dice.happens(nature.wrong_lead):
                self.world.disconnect(*act.cuts)
                if OTHERS in act.cuts and self.dice.happens(nature.at_the_hub):
                    self.world.disconnect(MACHINE)
            yield nature.opens
        if act.name == "call_out":
            self._calls_out()
        return "done"

    def _sees_what_is_in(self, leads: tuple[str, ...]) -> Doing:
        """Look whether leads are out, and pull them if they are not."""
        yield self.dice.between(self.nature.a_look)
        if self.world.connected & set(leads):
            yield self.dice.between(self.nature.hands)
            self.world.disconnect(*leads)
        return "done"

    def _calls_out(self) -> None:
        self._has_called = not self._unsure_of
        for other in self.others.values():
            if other.in_house and self.dice.happens(self.nature.heard):
                other.called()

    def _dials(self, whom: str, *, missing: bool) -> Doing:
        if missing:
            yield self.dice.between(self.nature.hands)
        if whom == "vendor":
            self.world.note("vendor_called")
        yield self.nature.rings
        if not self.dice.happens(self.nature.picks_up):
            return "not_reached"
        yield self.dice.between(self.nature.talks)
        if whom == "vendor":
            self.world.note("vendor_reached")
        if whom in self.others:
            self.others[whom].called()
        return "done"

    def _taps(self, shown: Shown, label: str) -> Life:
        yield self.dice.between(self.nature.taps)
        button = self.phone.messages[shown.id].buttons.get(label)
        if button is not None:
            yield Said(button=button, message=shown.id)
            self.phone.acts()
