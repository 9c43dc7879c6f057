"""Who is given which step: the nearest who has nothing else on the screen, and nobody who said that they have no hands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from flows.scene.gate import held
from flows.scene.presence import LEFT, asks_presence, has_no_hands, is_free, is_gone, where_is
from flows.scene.pulled import before_a_call, leads_wait, one_moment, own_machine
from flows.scene.voice import there
from flows.state.run import COMMAND_ROLES, Run, Shown
from flows.state.work import Context
from playbooks.frozen import frozen
from playbooks.model import Step

ROLE_FALLBACK = ("commander", "safety_manager", "reporter")
"""Who does a step whose role nobody holds, after those who could lead and don't."""


IDLE = timedelta(minutes=3)
"""So long first-response work waits for whom it is meant for; then it goes to anybody who is free."""


SLOW = timedelta(minutes=4)
"""So long a lead stays with somebody in an attack who may only have begun on it; then whoever is there and free pulls it."""


UNHEARD = timedelta(minutes=4)
"""So long the machine at which whoever reported sits is left to them, if nothing is heard of them; then whoever is there goes."""


PLACE_TOLD = timedelta(minutes=2)
"""So long all else waits for where whoever leads says they are, while a lead waits for hands that may be theirs."""


OTHERS_ANSWER = timedelta(minutes=1)
"""So long what takes a moment waits for somebody who is free, before somebody who is there puts a card aside for it."""


PHOTO_COMING = timedelta(minutes=2)
"""So long a card waits for its photo alone; then whoever has it is free for what comes next, and the card comes back after that."""


@frozen
class Handing:
    """A step that ``member`` is to have now; ``out_of`` is where it stands with somebody who can't have it, and ``why``."""

    track: str
    step: str
    member: str
    out_of: Shown | None = None
    why: str = ""


def handings(run: Run, context: Context) -> Iterator[Handing]:
    """Give what can be given to whom, the most urgent first: what waits, and what stands with somebody without hands."""
    if run.playbook is None or run.state == "reviewing":
        return
    waiting = [(track, step, None, "") for track, step in run.waiting() if not held(run, context, track, step)]
    stuck = [
        (s.track, s.step, s, why)
        for s in run.open_steps()
        if s.track in run.playbook.tracks and (why := _stuck(run, context, s))
    ]
    back = _put_aside(run, context)
    for track, step, out_of, why in sorted(
        (*waiting, *stuck), key=lambda it: (only_photo_left(run, *it[:2]), it[:2] not in back, *_order(run, *it[:2]))
    ):
        owner = back.get((track, step))
        member = owner if owner and is_free(run, context, owner) else _nearest(run, context, track, step, out_of, why)
        if member == run.commander and _may_have_hands(run, context):
            continue
        if member is None and (out_of is None or _is_slow(run, context, out_of)):
            member = _puts_aside(run, context, track, step)
        if member is not None:
            yield Handing(track, step, member, out_of, why)


def _order(run: Run, track: str, step: str) -> tuple[int, bool, int]:
    """Give the place of a step among those that wait: of what is as urgent, the reporter's machine and leads come before calls."""
    urgency, written = run.playbook.order_of(track, step) if run.playbook else (0, 0)
    here = run.text_of(track, step)
    return urgency, asks_presence(run) and not (here.role == "reporter" or one_moment(run, here)), written


def _put_aside(run: Run, context: Context) -> dict[tuple[str, str], str]:
    """Give what was put aside for something else by somebody who is free again: it comes back to them before anything new."""
    last = {(s.track, s.step): s for s in run.shown.values()}
    later = {place: s.member for place, s in last.items() if s.why == "later" and s.track in run.tracks}
    able = {m for m in later.values() if context.can_act(m) and not run.spares(m) and is_free(run, context, m)}
    return {at: m for at, m in later.items() if m in able and suits(run, context, m, run.text_of(*at))}


def only_photo_left(run: Run, track: str, name: str) -> bool:
    """Say whether of a card nothing is open but photos: what was to be done with it is done."""
    lines = run.text_of(track, name).lines
    left = [line for key, line in lines.items() if run.line_answer(track, name, key) is None and not line.optional]
    return bool(left) and all(line.type.wants == "photo" for line in left)


def photo_to_come(run: Run, member: str) -> Shown | None:
    """Give the card that somebody put aside for something else while its photo alone was open."""
    last = {(s.track, s.step): s for s in run.shown.values()}
    aside = (s for (track, step), s in last.items() if (track, step) in run.waiting() and s.why == "later")
    return next((s for s in aside if s.member == member and only_photo_left(run, s.track, s.step)), None)


def _can_take_more(run: Run, context: Context, member: str) -> bool:
    """Say whether somebody has only a photo to send that hasn't come for a while."""
    has = run.open_step_of(member)
    if has is None or member in context.busy or run.playbook is None or has.track not in run.playbook.tracks:
        return False
    ticked = (run.line_answer(has.track, has.step, line) for line in run.step(has).lines)
    since = max([has.at, has.opened or has.at, *(answer.at for answer in ticked if answer is not None)])
    return context.now >= since + PHOTO_COMING and only_photo_left(run, has.track, has.step)


def _puts_aside(run: Run, context: Context, track: str, name: str) -> str | None:
    """Give who puts a card aside for what takes a moment of hands and can't wait, where nobody in the house is free.

    Of those who said that they have their hands free, who has settled nothing of a less urgent card; of each card only once.
    """
    wait_is_over = context.now >= run.tracks[track].since + OTHERS_ANSWER
    here = run.text_of(track, name)
    if run.playbook is None or not wait_is_over or not (one_moment(run, here) or own_machine(run, here)):
        return None
    gone = {s.member for s in _let_go(run, track, name)} | _to_lead(run)
    for member in there(run, context):
        has = run.open_step_of(member)
        if has is None or has.track not in run.playbook.tracks or member in (*gone, run.commander, *context.busy):
            continue
        again = any(s.why == "later" for s in run.shown.values() if (s.track, s.step) == (has.track, has.step))
        lines = run.step(has).lines
        begun = again or has.claimed or any(run.line_answer(has.track, has.step, line) for line in lines)
        if lines and not begun and _urgency(run, track, name) < _urgency(run, has.track, has.step):
            return member
    return None


def another(run: Run, context: Context, shown: Shown) -> str | None:
    """Give who would have a step if whoever has it let go of it now; None where nobody else can."""
    step = run.step(shown)
    if step.role in COMMAND_ROLES:
        found = _of_the_deciding_side(run, context, step)
    else:
        gone = (*_let_go(run, shown.track, shown.step), shown)
        found = _Wanted(run, context, shown.track, step, run.tracks[shown.track].since, gone, None, "").by()
    return _first_free(run, context, [m for m in found if m != shown.member])


def suits(run: Run, context: Context, member: str, step: Step) -> bool:
    """Say whether a step may be given to somebody where they are: none with a patient, none that takes hands outside.

    What only whoever leads may do is theirs wherever they are; who said nothing is given what they were before.
    """
    where = where_is(run, context, member)
    return step.role in COMMAND_ROLES or not (where in ("with_patient", LEFT) or (where == "away" and step.hands))


ASKS_ALL = ("overdue", "left", "unreachable", "given", "gone")
"""Why a step that is taken from somebody is offered to everybody who is free, where nobody has it next."""


def offered_to(run: Run, context: Context, member: str) -> str:
    """Give the track whose waiting step somebody free was asked to take, the latest asked first; empty for none."""
    waiting = {track: step for track, step in run.waiting() if not held(run, context, track, step)}
    asked = [s for s in run.shown.values() if waiting.get(s.track) == s.step and s.why in ASKS_ALL and not s.open]
    free = is_free(run, context, member)
    return next((s.track for s in reversed(asked) if free and suits(run, context, member, run.step(s))), "")


def left_behind(run: Run, context: Context) -> list[Shown]:
    """Give the steps that stand with somebody who is gone for the day; who took one after that has it of their own will.

    What only whoever leads may do stays with them until somebody else leads.
    """
    if run.playbook is None:
        return []
    return [
        s
        for s in run.open_steps()
        if s.track in run.playbook.tracks
        and run.step(s).role not in COMMAND_ROLES
        and is_gone(run, context, s.member)
        and not _of_their_will(run, s)
    ]


def _stuck(run: Run, context: Context, shown: Shown) -> str:
    """Say why somebody can't have the step that stands with them: no hands where they are, or silent; empty where they can.

    Who took one since they said where they are has it of their own will.
    """
    if _of_their_will(run, shown):
        return ""
    if not suits(run, context, shown.member, run.step(shown)):
        return "no_hands"
    unheard = shown.member not in run.acknowledged and run.step(shown).role not in COMMAND_ROLES
    silent = unheard and _waits_long(run, context, shown.track, shown.at)
    return "silent" if silent or _is_slow(run, context, shown) else ""


def _slow_of_late(run: Run) -> set[str]:
    """Give from whom something was taken because they said nothing, and who has said and done nothing since."""
    last = {s.member: s for s in run.shown.values()}
    taken = {m: s.released for m, s in last.items() if s.released is not None and s.why == "silent"}
    done = {how.by: how.turn for how in sorted(run.answered.values(), key=lambda how: how.turn)}
    done |= {note.by: note.turn for note in run.notes.values() if note.turn > done.get(note.by, 0)}
    told = {m: at for m, (_, at) in run.presence.items()}
    return {m for m, turn in taken.items() if done.get(m, 0) < turn and (m not in told or told[m] <= last[m].at)}


def _is_slow(run: Run, context: Context, shown: Shown, after: timedelta = SLOW) -> bool:
    """Say whether a lead has stood with somebody for too long, who may have been called to a patient.

    One's own machine is left to whoever reported, as long as anything is heard of them.
    """
    step = run.step(shown)
    if step.role == "reporter":
        return _is_unheard(run, context, shown)
    return one_moment(run, step) and context.now >= shown.at + after


def _is_unheard(run: Run, context: Context, shown: Shown) -> bool:
    """Say whether whoever reported has said and done nothing since they were asked to take their machine off the network."""
    own = shown.member == run.reporter and own_machine(run, run.step(shown))
    if not own or context.now < shown.at + UNHEARD:
        return False
    acts = [
        *(how.at for how in run.answered.values() if how.by == shown.member),
        *(note.occurred_at for note in run.notes.values() if note.by == shown.member),
        *(at for member, (_, at) in run.presence.items() if member == shown.member),
    ]
    return not shown.line and all(at < shown.at for at in acts)


def _of_their_will(run: Run, shown: Shown) -> bool:
    told = run.presence.get(shown.member)
    return shown.claimed and (told is None or told[1] <= shown.at)


def _waits_long(run: Run, context: Context, track: str, since: datetime) -> bool:
    """Say whether first-response work waits for longer than anybody may be idle; what is talked over waits for the talk."""
    talked_over = run.exercise is not None and run.exercise.scenario is not None
    first = run.playbook is not None and run.playbook.tracks[track].stage == "first_response"
    return first and not talked_over and context.now >= since + IDLE


def _nearest(run: Run, context: Context, track: str, name: str, out_of: Shown | None, why: str) -> str | None:
    """Give the nearest member who is free for a step; None if it waits, or stays where it is."""
    step = run.text_of(track, name)
    if step.role in COMMAND_ROLES:
        return _first_free(
            run, context, [*_of_the_deciding_side(run, context, step), *_for_a_call(run, context, track, name)]
        )
    if step.gated and run.calls_everybody:
        return _first_free(run, context, _for_papers(run, context, step))
    # whatever else they have, whoever reported goes on with what is theirs: nobody knows as much of it
    if step.role == "reporter" and out_of is None and _at_it(run, track) and suits(run, context, run.reporter, step):
        return next(iter(owners("reporter", run, context)), None)
    wanted = _Wanted(run, context, track, step, run.tracks[track].since, _let_go(run, track, name), out_of, why)
    return _first_free(run, context, wanted.by())


def _may_have_hands(run: Run, context: Context) -> bool:
    """Say whether whoever has just taken charge may have hands for a lead that waits: it comes before all else if they are there."""
    if not run.commanders or not asks_presence(run) or not leads_wait(run, context):
        return False
    member, since = run.commanders[-1]
    fresh = context.now < since + PLACE_TOLD and where_is(run, context, member) is None
    return member == run.commander and member != run.reporter and fresh


def _let_go(run: Run, track: str, name: str) -> tuple[Shown, ...]:
    """Give where a step stood with those who let go of it in this round, longest ago first; of an earlier one they may have it."""
    since = run.tracks[track].since
    here = (s for s in run.shown.values() if (s.track, s.step) == (track, name) and s.at >= since)
    return tuple(
        sorted((s for s in here if s.released and s.why not in ("no_hands", "undone", "later")), key=_released)
    )


def _released(shown: Shown) -> int:
    return shown.released or 0


@frozen
class _Wanted:
    """A step that somebody is to have: since when it waits, who let go of it, and with whom it stands although they can't."""

    run: Run
    context: Context
    track: str
    step: Step
    since: datetime
    let_go: tuple[Shown, ...]
    out_of: Shown | None
    why: str

    def by(self) -> list[str]:
        """Give who may have it, rung by rung, the nearest first."""
        found = [*self._meant(), *self._idle()]
        if self.out_of is not None:
            return found  # else it stays where it is
        return [*found, *([] if found or self.let_go else self._without_hands()), *self._again()]

    def _able(self, members: Iterable[str]) -> list[str]:
        run, leads = self.run, self.run.commander or ""
        gone = {s.member for s in self.let_go} | _slow_of_late(run)
        if self.step.hands and asks_presence(run) and leads != run.reporter:  # whoever leads may do so from anywhere
            gone |= {leads} if where_is(run, self.context, leads) != "here" else set()
        return [m for m in members if m not in gone and suits(self.run, self.context, m, self.step)]

    def _meant(self) -> list[str]:
        """Give for whom it is; where they can't or let go, who is around; kept free for it is who is asked to lead."""
        run, context = self.run, self.context
        if self.why == "silent":  # who may only be slow is relieved by nobody but whoever is known to be there
            return []
        asked = self._asked()
        found = self._able(asked)
        if self.let_go or self.out_of or not found:
            found = self._able(_all_around(run, context, self.step, asked))
        if self.out_of is not None:  # from somebody who answered to somebody who did, too
            found = [m for m in found if m in (run.reporter, run.commander) or m in run.acknowledged]
        to_lead = _to_lead(run)
        return [m for m in found if m not in to_lead] or found

    def _asked(self) -> list[str]:
        return owners(self.step.role, self.run, self.context) or _instead(self.run, self.context)

    def _idle(self) -> list[str]:
        """Give who is known to be in the house with free hands, once first-response work waits for too long."""
        run, context = self.run, self.context
        unheard = self.out_of is not None and _is_unheard(run, context, self.out_of)
        if not unheard and not _waits_long(run, context, self.track, self.out_of.at if self.out_of else self.since):
            return []
        to_lead = _to_lead(run)
        here = self._able(m for m in there(run, context) if m != run.commander)
        return sorted(here, key=lambda m: m in to_lead)

    def _without_hands(self) -> list[str]:
        """Give whoever reported, else for whom it is: nobody has hands, and still it may not come to nothing."""
        return owners("reporter", self.run, self.context) or self._asked()

    def _again(self) -> list[str]:
        """Give who let go of it, whose turn is longest ago first: nobody else can have it, and somebody has to be asked.

        Who did so twice is asked no more until they have said where they are; it waits on the board.
        """
        run, context = self.run, self.context
        last = {s.member: s for s in self.let_go}
        said = {m for m, s in last.items() if m in run.presence and run.presence[m][1] > s.at}
        once = {m for m in last if len([s for s in self.let_go if s.member == m]) == 1}
        here = [m for m in sorted(last, key=lambda m: _released(last[m])) if m in once | said]
        return [m for m in here if context.can_act(m) and not run.spares(m) and suits(run, context, m, self.step)]


def _at_it(run: Run, track: str) -> bool:
    """Say whether whoever reported is in the middle of a track, or of nothing yet, so that it is they who go on."""
    shown = [s for s in run.shown.values() if s.track == track]
    return not run.shown or (bool(shown) and shown[-1].member == run.reporter and shown[-1].answered is not None)


def _to_lead(run: Run) -> set[str]:
    """Give who is asked to take charge, and is kept free for it."""
    if run.commander is not None or run.command_offered is not None or run.grade != "urgent":
        return set()
    return {m for m in list(run.asked_to_command)[-1:] if m != run.reporter}


def _of_the_deciding_side(run: Run, context: Context, step: Step) -> list[str]:
    """Give who may have a step for whoever leads, first to last: what decides nothing goes to a free deputy before them.

    A card for whoever leads is theirs, too, unless it is about calls.
    """
    if run.commander is None:
        return []
    if decides(step):
        return owners(step.role, run, context)
    leads = [m for m in owners(step.role, run, context) if not _cannot_call(run, context, m)]
    return [*_other_deciders(run, context), *leads]


def _cannot_call(run: Run, context: Context, member: str) -> bool:
    """Say whether whoever leads has no hand for a call: with a patient, or outside and about to be relieved."""
    where = where_is(run, context, member)
    return asks_presence(run) and (where == "with_patient" or (where == "away" and bool(run.handed_to)))


def _for_a_call(run: Run, context: Context, track: str, name: str) -> list[str]:
    """Give who makes one call that decides and files nothing, once it waits for too long: nobody leads, or who does is busy.

    Whoever is outside first, who can do nothing else, and alone as long as hands as urgent wait; whoever reported last.
    """
    step = run.text_of(track, name)
    one_call = step.type.wants == "call" and not decides(step) and run.calls_everybody
    if not one_call or not _waits_long(run, context, track, run.tracks[track].since):
        return []
    gone = {s.member for s in _let_go(run, track, name)} | _slow_of_late(run)
    places = {m: where_is(run, context, m) for m in owners("anyone", run, context) if m not in gone}
    waiting = [one for one in run.waiting() if not held(run, context, *one) and not only_photo_left(run, *one)]
    alone = not run.acknowledged.keys() - {run.reporter}  # then other machines wait for the call, not it for them
    hands = [one for one in waiting if run.text_of(*one).hands and (not alone or before_a_call(run, *one))]
    by_hand = any(_urgency(run, *one) <= _urgency(run, track, name) for one in hands)
    by_hand = by_hand or any(_is_slow(run, context, s, IDLE) for s in run.open_steps())  # it may be theirs in a moment
    able = [m for m, where in places.items() if where == "away" or not (by_hand or where == "with_patient")]
    return sorted(able, key=lambda m: (m == run.reporter, places[m] != "away"))


def _urgency(run: Run, track: str, step: str) -> int:
    return run.playbook.order_of(track, step)[0] if run.playbook else 0


def decides(step: Step) -> bool:
    """Say whether a step for whoever leads is theirs alone, and goes with the charge; a call may stay with a deputy."""
    card = bool(step.lines) and not any(line.contact for line in step.lines.values())
    return card or step.decision is not None or step.type.wants == "choice" or step.files is not None


def _for_papers(run: Run, context: Context, step: Step) -> list[str]:
    """Give who may have a paper, first to last: whose role it is, of those who decide or answer for safety, then whoever leads."""
    managers = {m.id for m in context.roster.owners("safety_manager", context.today)}
    deciding = {run.commander, *(m.id for m in context.chain()), *managers}
    asked = [*owners(step.role, run, context), *_other_deciders(run, context), *owners("commander", run, context)]
    return [m for m in dict.fromkeys(asked) if m in deciding and suits(run, context, m, step)]


def _other_deciders(run: Run, context: Context) -> list[str]:
    """Give those who could lead, answered, and don't."""
    chain = (m.id for m in context.chain() if context.can_act(m.id) and not run.spares(m.id))
    return [m for m in chain if m != run.commander and m in run.acknowledged and not has_no_hands(run, context, m)]


def _first_free(run: Run, context: Context, members: list[str]) -> str | None:
    free = next((m for m in members if is_free(run, context, m)), None)
    return free or next((m for m in members if _can_take_more(run, context, m)), None)


def owners(role: str, run: Run, context: Context) -> list[str]:
    """Give the members who own a role in this run, the nearest first; deputies only where no holder is here."""
    if role in COMMAND_ROLES:
        found = [run.commander] if run.commander else []
        return [m for m in found if context.can_act(m) and not run.spares(m)]
    if role == "reporter":
        found = [run.reporter]
    elif role == "anyone":
        found = [run.reporter, *sorted(run.acknowledged, key=lambda m: (m == run.commander, run.acknowledged[m]))]
    else:
        people = [m for m in context.roster.owners(role, context.today) if where_is(run, context, m.id) != LEFT]
        holders = [m.id for m in people if role in m.roles]
        found = holders or [m.id for m in people]
    here = (m for m in found if context.can_act(m) and not run.spares(m) and where_is(run, context, m) != LEFT)
    return list(dict.fromkeys(here))


def _instead(run: Run, context: Context) -> list[str]:
    """Give who does a step whose role nobody holds, first to last; a free deputy before whoever leads, who has enough."""
    deputies = [m for m in _other_deciders(run, context) if run.commander is not None]
    return list(dict.fromkeys((*deputies, *(m for role in ROLE_FALLBACK for m in owners(role, run, context)))))


def _all_around(run: Run, context: Context, step: Step, first: list[str]) -> list[str]:
    """Give who may do a step in the place of those it is for, who is in the house first where hands are taken, and who leads last."""
    deputies = [m.id for m in context.roster.owners(step.role, context.today) if context.can_act(m.id)]
    around = list(dict.fromkeys((*first, *deputies, *owners("anyone", run, context))))
    return sorted(around, key=lambda m: (m == run.commander, step.hands and where_is(run, context, m) != "here"))
