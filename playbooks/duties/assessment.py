"""Which duties are owed on what is known so far, and by when; what is unknown never helps the facility.

Pure computation over a :class:`~playbooks.duties.shape.Duties`: no law stands here. Three-valued throughout: a duty is owed
unless it is *certainly* not, an exemption counts only when it is *certain*, and of two possible deadlines the earlier
one holds. So learning less can never remove a duty or lengthen a deadline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from itertools import product
from types import MappingProxyType

from playbooks.conditions import UNKNOWN, Condition
from playbooks.duties.clock import known_day, next_open, nth_day, open_days_before, provisional
from playbooks.duties.shape import LARGEST, Between, Duties, Duty, FactKind, Ground, Promptly, ReminderRule, Within
from playbooks.frozen import frozen
from playbooks.phrasing import Phrase
from playbooks.texts import Language, Wording


@frozen
class Span:
    """The days from ``start`` to ``until``, both included, within which the guideline wants a report."""

    start: date
    until: date


@frozen
class OwedDuty:
    """A duty that is owed, or cannot be excluded yet.

    ``due`` is None where the law says only "promptly"; ``target`` is then our own aim. ``because`` and ``open`` name
    the facts that decide, as ``name=value``: those which make it owed, and the unknown ones whose answer could still
    change something. ``grounds`` are the numbers of the rule that apply or may. ``certain`` is false while the duty
    rests on something unknown, or on a rule that nobody could confirm; ``provisional`` is true when ``due`` rests on
    holidays not announced yet.
    """

    id: str
    duty: Duty
    due: date | Span | None
    target: date | None
    certain: bool
    provisional: bool
    because: tuple[str, ...]
    open: tuple[str, ...]
    grounds: tuple[Ground, ...]
    reminders: tuple[tuple[date, ReminderRule], ...]

    @property
    def last_day(self) -> date | None:
        """The day after which it is late by law or guideline; None where no day is named."""
        return self.due.until if isinstance(self.due, Span) else self.due

    def overdue_on(self, today: date) -> bool:
        """Say whether the last day has passed on the local day ``today`` (our own target never makes it overdue)."""
        return self.last_day is not None and today > self.last_day


@frozen
class NotOwed:
    """A duty that certainly is not owed: ``why`` names the facts as ``name=value``, ``exempt`` says it was excepted."""

    id: str
    duty: Duty
    why: tuple[str, ...]
    exempt: bool


@frozen
class Assessment:
    """What is owed and what is not, both in the order of the file, with the facts nobody gave (``assumed``).

    ``contradictions`` are sentences on facts that can't all be true.
    """

    known_day: date
    owed: tuple[OwedDuty, ...]
    not_owed: tuple[NotOwed, ...]
    assumed: Mapping[str, str]
    contradictions: tuple[Wording, ...] = ()

    def as_json(self, language: Language = "ja") -> list[dict[str, object]]:
        """Give the owed duties as plain objects for ``duties --json``; dates are ISO, texts in one language."""
        return [_as_json(owed, self, language) for owed in self.owed]


def assess(duties: Duties, facts: Mapping[str, str], known_at: datetime) -> Assessment:
    """Say which duties are owed when ``facts`` hold and the facility has known since ``known_at`` (aware).

    Facts the duties do not ask for are passed over. A value that makes no sense counts as ``unknown`` and is listed in
    ``assumed``: a live incident must not stop at it (``playbooks.duties.facts`` refuses it from a person). Raises
    UnclearTime for a time without a zone.
    """
    first = known_day(known_at, duties.zone)
    assumed = dict(_assumed(duties.facts, facts))
    held = {name: assumed.get(name, facts.get(name, UNKNOWN)) for name in duties.facts}
    return _assessed(duties, tuple(held.items()), tuple(assumed.items()), first)


@lru_cache(maxsize=256)  # a run is looked at many times for each fact that somebody learns
def _assessed(
    duties: Duties, facts: tuple[tuple[str, str], ...], assumed: tuple[tuple[str, str], ...], first: date
) -> Assessment:
    judged = [_judge(key, duty, duties, dict(facts), first) for key, duty in duties.duties.items()]
    owed = tuple(one for one in judged if isinstance(one, OwedDuty))
    not_owed = tuple(one for one in judged if isinstance(one, NotOwed))
    return Assessment(
        first, owed, not_owed, MappingProxyType(dict(assumed)), tuple(_contradictions(duties, dict(facts)))
    )


def _contradictions(duties: Duties, facts: Mapping[str, str]) -> Iterator[Wording]:
    for found in duties.contradictions:
        if Condition.of(found.when).holds(facts):
            yield found.says
    for name, kind in duties.facts.items():
        part, whole = facts[name], facts.get(kind.part_of or "", UNKNOWN)
        if part.isdecimal() and whole.isdecimal() and int(part) > int(whole):
            of = duties.facts[str(kind.part_of)].says
            yield Phrase(
                "playbooks",
                "facts.more_than",
                tuple(zip(("name", "part", "of", "whole"), (kind.says, part, of, whole), strict=True)),
            )


def reminders(owed: Iterable[OwedDuty]) -> tuple[tuple[date, str, ReminderRule], ...]:
    """Give when to speak up about what, as (local day, duty's id, reminder), the earliest first."""
    dated = [(day, one.id, reminder) for one in owed for day, reminder in one.reminders]
    return tuple(sorted(dated, key=lambda entry: entry[0]))


def _assumed(kinds: Mapping[str, FactKind], facts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, kind in kinds.items():
        if name not in facts:
            yield name, kind.assume
        elif not kind.allows(facts[name]):
            yield name, UNKNOWN


def _judge(key: str, duty: Duty, duties: Duties, facts: Mapping[str, str], first: date) -> OwedDuty | NotOwed:
    gate = Condition.of(duty.when)
    gate_holds = gate.holds(facts)
    grounds = duties.grounds[duty.grounds] if duty.grounds is not None else ()
    answers = [(ground, Condition.of(ground.when).holds(facts)) for ground in grounds]
    exempt = Condition.of(duty.exempt) if duty.exempt is not None else None
    exempted = exempt.holds(facts) if exempt is not None else False

    if exempt is not None and exempted:
        return NotOwed(key, duty, _deciding(exempt, facts, result=True), exempt=True)
    if gate_holds is False:
        return NotOwed(key, duty, _deciding(gate, facts, result=False), exempt=False)
    if answers and all(holds is False for _, holds in answers):
        deciding = [_deciding(Condition.of(ground.when), facts, result=False) for ground, _ in answers]
        return NotOwed(key, duty, _once(deciding), exempt=False)

    sure = [Condition.of(ground.when) for ground, holds in answers if holds]
    unsure = [Condition.of(ground.when) for ground, holds in answers if holds is None]
    because = [_deciding(gate, facts, result=True) if gate_holds else _pending(gate, facts, duties)]
    because += [_deciding(condition, facts, result=True) for condition in sure]
    because += [] if sure else [_pending(condition, facts, duties) for condition in unsure]
    pending = [condition for condition in (gate, *([] if sure else unsure)) if condition.holds(facts) is None]
    pending += [exempt] if exempt is not None and exempted is None else []
    certain = not pending and duty.basis != "unconfirmed" and not _unconfirmed(answers)
    if isinstance(duty.due, Within):
        pending += [c for c in (Condition.of(other.when) for other in duty.due.instead) if c.holds(facts) is None]
    due = _due(duty, duties, facts, first)
    return OwedDuty(
        id=key,
        duty=duty,
        due=due,
        target=nth_day(first, duty.target.day) if duty.target is not None else None,
        certain=certain,
        provisional=isinstance(due, date) and provisional(due, duties),
        because=_once(because),
        open=_once(_pending(condition, facts, duties) for condition in pending),
        grounds=tuple(ground for ground, holds in answers if holds is not False),
        reminders=tuple(_reminders(duty, duties, first, due)),
    )


def _unconfirmed(answers: Iterable[tuple[Ground, bool | None]]) -> bool:
    """Say whether only grounds that nobody could confirm speak for it."""
    sure = [ground for ground, holds in answers if holds]
    return bool(sure) and all(ground.confirm for ground in sure)


def _due(duty: Duty, duties: Duties, facts: Mapping[str, str], first: date) -> date | Span | None:
    match duty.due:
        case Promptly():
            return None
        case Between(from_day=start, until_day=until):
            return Span(nth_day(first, start), nth_day(first, until))
        case Within() as within:
            return next_open(nth_day(first, min(_possible_days(within, facts))), duties.offices)


def _possible_days(within: Within, facts: Mapping[str, str]) -> Iterator[int]:
    """Give every number of days that can apply on what is known; the earliest of them is the one to keep."""
    for other in within.instead:
        holds = Condition.of(other.when).holds(facts)
        if holds is not False:
            yield other.days
        if holds:
            return
    yield within.days


def _reminders(duty: Duty, duties: Duties, first: date, due: date | Span | None) -> Iterator[tuple[date, ReminderRule]]:
    for reminder in duty.reminders:
        if reminder.day is not None:
            yield nth_day(first, reminder.day), reminder
        elif reminder.open_days_before is not None and isinstance(due, date):
            day = open_days_before(due, reminder.open_days_before, duties.offices)
            if day >= first:
                yield day, reminder


def _deciding(condition: Condition, facts: Mapping[str, str], *, result: bool) -> tuple[str, ...]:
    """Name the facts that settle a condition: each that does so alone, or else as few as will do together."""
    names = sorted(condition.facts)
    alone = [name for name in names if condition.holds({name: facts[name]}) is result]
    if not alone:
        alone = list(names)
        for name in names:
            fewer = {other: facts[other] for other in alone if other != name}
            if condition.holds(fewer) is result:
                alone.remove(name)
    return tuple(f"{name}={facts[name]}" for name in alone)


def _pending(condition: Condition, facts: Mapping[str, str], duties: Duties) -> tuple[str, ...]:
    """Name the unknown facts on which an open condition still depends, whatever the other unknown ones turn out to be."""
    unknown = sorted(name for name in condition.facts if facts[name] == UNKNOWN)
    values = {name: duties.facts[name].values or ("0", str(LARGEST)) for name in unknown}

    def matters(name: str) -> bool:
        others = [other for other in unknown if other != name]
        for chosen in product(*(values[other] for other in others)):
            known = {**facts, **dict(zip(others, chosen, strict=True))}
            if len({condition.holds({**known, name: value}) for value in values[name]}) > 1:
                return True
        return False

    return tuple(f"{name}={UNKNOWN}" for name in unknown if matters(name))


def _once(several: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for some in several for one in some))


def _as_json(owed: OwedDuty, found: Assessment, language: Language) -> dict[str, object]:
    duty = owed.duty
    due: object = None
    if isinstance(owed.due, Span):
        due = {"from": owed.due.start.isoformat(), "until": owed.due.until.isoformat()}
    elif owed.due is not None:
        due = owed.due.isoformat()
    target: object = None
    if owed.target is not None and duty.target is not None:
        target = {"by": owed.target.isoformat(), "ours": True, "why": duty.target.why.in_language(language)}
    return {
        "id": owed.id,
        "to": duty.to.in_language(language),
        "due": due,
        "law": duty.law.in_language(language),
        "verified": duty.verified.isoformat(),
        "basis": duty.basis,
        "target": target,
        "provisional": owed.provisional,
        "certain": owed.certain,
        "because": list(owed.because),
        "open": list(owed.open),
        "assumed": dict(found.assumed),
        "to_confirm": duty.confirm.in_language(language) if duty.confirm is not None else None,
        "contradictions": [said.in_language(language) for said in found.contradictions],
        "contact": duty.contact,
        "how": [{"by": way.by, "says": way.says.in_language(language)} for way in duty.how],
    }
