"""Checks of the ways through a playbook: every one leads somewhere, every step is met, every track can end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from playbooks.authoring.lines import Lines, Path
from playbooks.authoring.wording import likely
from playbooks.checking.known import Known, steps_of
from playbooks.model import END, FACILITY_KINDS, FacilityKind, Playbook, Step, Track
from playbooks.problems import Problem

_KINDS: Mapping[FacilityKind, str] = {
    "clinic": "a clinic",
    "dental": "a dental clinic",
    "pharmacy": "a pharmacy",
    "visiting_nurse": "a visiting-nurse station",
}


def every_way_leads_somewhere(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """Every answer, choice, ``otherwise`` and ``begin`` names a step of the same track, or the end."""
    for track_name, track in playbook.tracks.items():
        if track.begin not in track.steps:
            what = f"the track `{track_name}` begins with `{track.begin}`, which is none of its steps"
            yield where.problem(("tracks", track_name, "begin"), what, likely(track.begin, track.steps))
    for path, track, name, step in steps_of(playbook):
        for below, goal in _written_ways(step):
            if goal is not None and goal != END and goal not in track.steps:
                what = f"`{below[-1]}` of the step `{name}` leads to `{goal}`, which is no step of this track"
                yield where.problem(path + below + ("to",), what, likely(goal, (*track.steps, END)))
        for answer_name, answer in step.answers.items():
            if answer.to is None and answer_name != "unsure":
                what = f"`{answer_name}` of the step `{name}` leads nowhere"
                yield where.problem(
                    (*path, "answers", answer_name, "to"), what, "only `unsure` may stay; name a step or `end`"
                )


def every_step_is_reached(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """Every step can be met from the beginning of its track."""
    for track_name, track in playbook.tracks.items():
        goals = [goal for step in track.steps.values() for _, goal in _written_ways(step) if goal is not None]
        if any(goal != END and goal not in track.steps for goal in (track.begin, *goals)):
            continue  # a way that leads nowhere was meant to lead to one of the steps
        met = _from(track.begin, _ways(track, playbook.facilities))
        for name in track.steps:
            if name not in met:
                what = f"no way leads to the step `{name}`"
                yield where.problem(
                    ("tracks", track_name, "steps", name), what, f"let an answer lead to `{name}`, or remove it"
                )


def every_track_can_end(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """From every step the end can be reached, in every kind of facility; passing over steps never goes round."""
    for track_name, track in playbook.tracks.items():
        at: Path = ("tracks", track_name, "steps")
        everywhere = _ways(track, playbook.facilities)
        stuck = _stuck(everywhere)
        for name in sorted(stuck, key=list(track.steps).index):
            yield where.problem(
                (*at, name),
                f"from the step `{name}` no way leads to the end",
                "let one of its answers lead on to `end`",
            )
        for kind in playbook.facilities:
            met = _from(track.begin, _ways(track, (kind,)))
            trapped = (_stuck(_ways(track, (kind,))) & met) - stuck
            for name in sorted(trapped, key=list(track.steps).index):
                what = f"in {_KINDS[kind]} no way leads from the step `{name}` to the end"
                yield where.problem(
                    (*at, name),
                    what,
                    "steps for other kinds are passed over: let an answer or `otherwise` lead past them",
                )
        over = {
            name: {step.otherwise} for name, step in track.steps.items() if _may_be_passed(step, playbook.facilities)
        }
        for name, goals in over.items():
            if any(name in _from(goal, over) for goal in goals):
                yield where.problem(
                    (*at, name, "otherwise"),
                    f"passing over `{name}` comes back to it",
                    "let `otherwise` lead further on",
                )


def every_later_track_starts(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """``starts`` names tracks of this playbook, a track that waits is started by something, and one starts at once."""
    started: set[str] = set()
    for path, _, _, step in steps_of(playbook):
        for below, names in (
            *((("answers", name), answer.starts) for name, answer in step.answers.items()),
            *((("choices", name), choice.starts) for name, choice in step.choices.items()),
        ):
            started.update(names)
            for name in names:
                if name not in playbook.tracks:
                    what = f"`{below[-1]}` starts the track `{name}`, which this playbook does not have"
                    yield where.problem((*path, *below, "starts"), what, likely(name, playbook.tracks))
    for name, track in playbook.tracks.items():
        if track.starts == "later" and track.when is None and name not in started:
            yield where.problem(
                ("tracks", name), f"nothing ever starts the track `{name}`", f"write `starts: [{name}]` at an answer"
            )
    if all(track.starts == "later" for track in playbook.tracks.values()):
        yield where.problem(("tracks",), "no track starts at once", "let one track have `starts: at_once`")


def _written_ways(step: Step) -> Iterator[tuple[Path, str | None]]:
    for name, answer in step.answers.items():
        yield ("answers", name), answer.to
    for name, choice in step.choices.items():
        yield ("choices", name), choice.to
    yield ("otherwise",), step.otherwise


def _may_be_passed(step: Step, kinds: tuple[FacilityKind, ...]) -> bool:
    return step.when is not None or not set(kinds) <= set(step.facilities)


def _ways(track: Track, kinds: tuple[FacilityKind, ...] = FACILITY_KINDS) -> dict[str, set[str]]:
    """Give where each step may lead in facilities of these kinds; goals that do not exist count as the end."""
    ways: dict[str, set[str]] = {}
    for name, step in track.steps.items():
        shown = not set(kinds).isdisjoint(step.facilities)
        goals = {goal for below, goal in _written_ways(step) if shown and below[0] != "otherwise" and goal is not None}
        if _may_be_passed(step, kinds):
            goals.add(step.otherwise)
        ways[name] = {goal if goal in track.steps else END for goal in goals}
    return ways


def _from(begin: str, ways: Mapping[str, AbstractSet[str]]) -> set[str]:
    met: set[str] = set()
    ahead = [begin]
    while ahead:
        name = ahead.pop()
        if name not in met:
            met.add(name)
            ahead.extend(ways.get(name, ()))
    return met


def _stuck(ways: Mapping[str, AbstractSet[str]]) -> set[str]:
    """Give the steps from which the end is out of reach."""
    ending = {END}
    while more := {name for name, goals in ways.items() if name not in ending and goals & ending}:
        ending |= more
    return set(ways) - ending
