"""What drills must be before anybody may rely on them: everything they name exists, and nothing is asked that may not be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from pydantic import BaseModel

from playbooks.authoring.lines import Lines, Path
from playbooks.authoring.wording import likely
from playbooks.checking.privacy import identifying
from playbooks.checking.sentences import translated
from playbooks.drills.shape import EVERYBODY, DrillKind, Inject, Measure, Objective, Question, Scenario
from playbooks.frozen import frozen
from playbooks.model import Playbook
from playbooks.problems import Problem
from playbooks.texts import Text

SHORTEST, LONGEST = 45, 60
"""Minutes of a tabletop drill."""


@frozen
class Around:
    """What drills may name; None where nobody can say."""

    playbooks: Mapping[str, Playbook] | None = None
    roles: AbstractSet[str] | None = None
    contacts: AbstractSet[str] | None = None

    @cached_property
    def places(self) -> AbstractSet[str]:
        """Every ``track/step`` of the playbooks."""
        return {f"{track}/{step}" for book in (self.playbooks or {}).values() for track, step in book.places()}


def check_kind(kind: DrillKind, around: Around, where: Lines, at: Path) -> Iterator[Problem]:
    """A kind runs a playbook meant for drills, belongs to a role, and asks a quiz without doubled questions."""
    yield from _both_languages(kind, where, at)
    yield from _role(kind.owner, around, where, (*at, "owner"))
    if kind.playbook is not None:
        yield from _playbook(kind.playbook, around, where, (*at, "playbook"))
    yield from _doubled(kind.questions, where, (*at, "questions"))


def check_measure(measure: Measure, around: Around, where: Lines, at: Path) -> Iterator[Problem]:
    """Whatever reaches a measure exists: the step in some playbook, the role, the contact."""
    yield from _both_languages(measure, where, at)
    for place, name in enumerate(measure.reached_by):
        path = (*at, "reached_by", place)
        kind, _, rest = name.partition(":")
        if kind == "acknowledged":
            yield from _role(rest, around, where, path)
        elif kind == "contact":
            known = around.contacts
            if known is not None and rest not in {*known, *(one.partition(":")[0] for one in known)}:
                yield where.problem(path, f"`{rest}` is no contact", likely(rest, known))
        elif around.playbooks is not None and name not in around.places:
            yield where.problem(path, f"no playbook has the step `{name}`", likely(name, around.places))


def check_scenario(
    scenario: Scenario, around: Around, measures: Mapping[str, Measure], where: Lines
) -> Iterator[Problem]:
    """A scenario has its playbook for all its facilities, its injects stand in order of time, and all names exist."""
    yield from _both_languages(scenario, where, ())
    if not SHORTEST <= scenario.minutes <= LONGEST:
        what = f"a tabletop drill of {scenario.minutes} minutes"
        yield where.problem(("minutes",), what, f"it should take {SHORTEST} to {LONGEST}")
    playbook = None
    if around.playbooks is not None:
        yield from _playbook(scenario.playbook, around, where, ("playbook",))
        playbook = around.playbooks.get(scenario.playbook)
    if playbook is not None:
        for place, kind in enumerate(scenario.facilities):
            if kind not in playbook.facilities:
                what = f"the playbook `{scenario.playbook}` is not meant for `{kind}`"
                cure = "take it out or name another playbook"
                yield where.problem(("facilities", place), what, cure)
    yield from _doubled(scenario.objectives, where, ("objectives",))
    for place, objective in enumerate(scenario.objectives):
        yield from _measured(objective, measures, playbook, where, ("objectives", place))
    yield from _doubled(scenario.injects, where, ("injects",))
    yield from _in_order(scenario, where)
    for place, inject in enumerate(scenario.injects):
        yield from _inject(inject, playbook, around, where, ("injects", place))
    for place, question in enumerate(scenario.questions):
        yield from _unasked(question, where, ("questions", place))


def _in_order(scenario: Scenario, where: Lines) -> Iterator[Problem]:
    before = 0
    for place, inject in enumerate(scenario.injects):
        if inject.at is None:
            continue
        path = ("injects", place, "at")
        if inject.at < before:
            what = f"`{inject.id}` comes at minute {inject.at}, after one at minute {before}"
            yield where.problem(path, what, "put the injects in order of time")
        elif inject.at >= scenario.minutes:
            what = f"`{inject.id}` comes at minute {inject.at}, when the drill of {scenario.minutes} minutes is over"
            yield where.problem(path, what, "let it come earlier")
        before = max(before, inject.at)


def _inject(inject: Inject, playbook: Playbook | None, around: Around, where: Lines, at: Path) -> Iterator[Problem]:
    if inject.to != EVERYBODY:
        yield from _role(inject.to, around, where, (*at, "to"), also=EVERYBODY)
    if inject.asks is not None:
        yield from _unasked(inject.asks, where, (*at, "asks"))
    if playbook is None or inject.step is None:
        return
    track, name, answer = inject.step
    places = {f"{a}/{b}" for a, b in playbook.places()}
    if f"{track}/{name}" not in places:
        what = f"the playbook `{playbook.playbook}` has no step `{track}/{name}`"
        yield where.problem((*at, "after"), what, likely(f"{track}/{name}", places))
    elif answer is not None:
        step = playbook.step(track, playbook.places()[track, name])
        answers = {*step.answers, *step.choices}
        if answer not in answers:
            what = f"the step `{track}/{name}` has no answer `{answer}`"
            yield where.problem((*at, "after"), what, likely(answer, answers))


def _measured(
    objective: Objective, measures: Mapping[str, Measure], playbook: Playbook | None, where: Lines, at: Path
) -> Iterator[Problem]:
    if objective.measure is None:
        return
    path = (*at, "measure")
    measure = measures.get(objective.measure)
    if measure is None:
        what = f"no measure is named `{objective.measure}`"
        yield where.problem(path, what, likely(objective.measure, measures))
    elif playbook is not None and not measure.ends_in(playbook):
        what = f"nothing in the playbook `{playbook.playbook}` reaches `{objective.measure}`"
        yield where.problem(path, what, "leave `measure` out and let people rate it, or take another")


def _playbook(name: str, around: Around, where: Lines, at: Path) -> Iterator[Problem]:
    if around.playbooks is None:
        return
    playbook = around.playbooks.get(name)
    if playbook is None:
        yield where.problem(at, f"there is no playbook `{name}`", likely(name, around.playbooks))
    elif "drill" not in playbook.use:
        yield where.problem(at, f"the playbook `{name}` is not meant for drills", "add `drill` to its `use`")


def _role(name: str, around: Around, where: Lines, at: Path, also: str = "") -> Iterator[Problem]:
    if around.roles is not None and name not in around.roles:
        yield where.problem(at, f"nobody knows the role `{name}`", likely(name, {*around.roles, *filter(None, [also])}))


def _doubled(entries: Sequence[Inject | Objective | Question], where: Lines, at: Path) -> Iterator[Problem]:
    often = Counter(entry.id for entry in entries)
    for place, entry in enumerate(entries):
        if often[entry.id] > 1 and place != next(i for i, one in enumerate(entries) if one.id == entry.id):
            yield where.problem((*at, place, "id"), f"`{entry.id}` is there twice", "give it another id")


def _unasked(asked: Text, where: Lines, at: Path) -> Iterator[Problem]:
    for language in ("ja", "en"):
        found = identifying(asked.in_language(language))
        if found:
            what = f"people are asked for what identifies a patient (`{found}`)"
            yield where.problem((*at, language), what, "ask for a number of people, or say that patients are left out")
            return


def _both_languages(data: BaseModel, where: Lines, at: Path) -> Iterator[Problem]:
    for path, text in _texts(data, at):
        yield from translated(where, path, text)


def _texts(value: object, at: Path) -> Iterator[tuple[Path, Text]]:
    """Give every text inside a model with the way to it, which is the way in its file as well."""
    entries: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, Text):
        yield at, value
    elif isinstance(value, BaseModel):
        entries = value
    elif isinstance(value, Mapping):
        entries = value.items()
    elif isinstance(value, tuple):
        entries = enumerate(value)
    for name, below in entries:
        yield from _texts(below, (*at, name))
