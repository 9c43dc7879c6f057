"""Checks of what a playbook names: roles, contacts, facts, other playbooks, and names themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playbooks.authoring.lines import Lines, Path
from playbooks.authoring.wording import likely
from playbooks.checking.known import DUTY_FACTS, Known, steps_of
from playbooks.conditions import Condition, ConditionError
from playbooks.model import END, Playbook
from playbooks.pictures import pictures
from playbooks.problems import Problem

_ARTICLE = {"answer": "an"}
_NAME = re.compile(r"[a-z0-9_]{1,40}")
_FACT = re.compile(r"[a-z][a-z0-9_]{0,39}")


def names_are_plain(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """Names of tracks, steps, answers, choices and facts fit into buttons and files: ``[a-z0-9_]``, at most 40."""
    for path, kind in _names(playbook):
        name = str(path[-1])
        if not _NAME.fullmatch(name) or (kind == "fact" and not _FACT.fullmatch(name)):
            first = ", beginning with a letter" if kind == "fact" else ""
            yield where.problem(
                path, f"`{name}` cannot name {_ARTICLE.get(kind, 'a')} {kind}", f"use a-z, 0-9 and _, at most 40{first}"
            )
        elif kind == "step" and name == END:
            yield where.problem(path, "`end` cannot name a step", "it already means the end of the track")


def roles_exist(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """Every step belongs to a role that exists."""
    for path, _, name, step in steps_of(playbook):
        if known.roles is not None and step.role not in known.roles:
            what = f"the step `{name}` belongs to the role `{step.role}`, which nobody knows"
            yield where.problem((*path, "role"), what, likely(step.role, known.roles))


def contacts_exist(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """Everybody to call is somebody a facility can enter in its contacts."""
    for path, _, name, step in steps_of(playbook):
        called = [
            (("contact",), step.contact),
            *((("answers", a, "call"), answer.call) for a, answer in step.answers.items()),
        ]
        for below, reference in called:
            if known.contacts is not None and reference is not None and reference not in known.contacts:
                what = f"the step `{name}` calls `{reference}`, which is no contact"
                yield where.problem((*path, *below), what, likely(reference, known.contacts))


def services_exist(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """``stops`` names services that a vendor can have."""
    for place, service in enumerate(playbook.stops):
        if known.contacts is not None and f"vendor:{service}" not in known.contacts:
            services = [c.removeprefix("vendor:") for c in known.contacts if c.startswith("vendor:")]
            yield where.problem(("stops", place), f"no vendor has the service `{service}`", likely(service, services))


def pictures_exist(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """``picture`` names one of the pictures that come along."""
    for path, _, name, step in steps_of(playbook):
        if step.picture is not None and step.picture not in pictures():
            what = f"the step `{name}` shows the picture `{step.picture}`, which does not exist"
            yield where.problem((*path, "picture"), what, likely(step.picture, pictures()))


def playbooks_exist(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """``hands_over`` names another playbook."""
    for path, _, _, step in steps_of(playbook):
        for name, answer in step.answers.items():
            at = (*path, "answers", name, "hands_over")
            if answer.hands_over == playbook.playbook:
                yield where.problem(
                    at, f"`{name}` hands over to this same playbook", "name another, or start a track instead"
                )
            elif (
                answer.hands_over is not None
                and known.playbooks is not None
                and answer.hands_over not in known.playbooks
            ):
                what = f"`{name}` hands over to the playbook `{answer.hands_over}`, which does not exist"
                yield where.problem(at, what, likely(answer.hands_over, known.playbooks))


def conditions_are_sound(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """Every ``when`` and ``raises`` can be read, and every fact in it is set somewhere or belongs to the reporting duties."""
    settled = DUTY_FACTS | facts_set(playbook)
    whens: list[tuple[Path, str | None]] = [
        (("tracks", name, "when"), track.when) for name, track in playbook.tracks.items()
    ]
    whens += [((*path, "when"), step.when) for path, _, _, step in steps_of(playbook)]
    whens += [(("raises", grade), condition) for grade, condition in playbook.raises.items()]
    for path, when in whens:
        if when is None:
            continue
        try:
            condition = Condition.of(when)
        except ConditionError as error:
            what, _, cure = str(error).partition("; ")
            yield where.problem(path, f"`when`: {what}", cure)
            continue
        for fact in sorted(condition.facts - settled):
            cure = likely(fact, settled, "write `sets:` or `value:` at a step")
            yield where.problem(path, f"`when` asks for the fact `{fact}`, which nothing sets", cure)


def facts_set(playbook: Playbook) -> frozenset[str]:
    """Give the facts that the playbook itself may set."""
    return frozenset(str(path[-1]) for path, kind in _names(playbook) if kind == "fact") | frozenset(
        step.value for _, _, _, step in steps_of(playbook) if step.value is not None
    )


def _names(playbook: Playbook) -> Iterator[tuple[Path, str]]:
    for fact in playbook.facts:
        yield ("facts", fact), "fact"
    for track in playbook.tracks:
        yield ("tracks", track), "track"
    for path, _, _, step in steps_of(playbook):
        yield path, "step"
        for part, kind in (("answers", "answer"), ("choices", "choice")):
            for name, given in getattr(step, part).items():
                yield (*path, part, name), kind
                for fact in given.sets:
                    yield (*path, part, name, "sets", fact), "fact"
        if step.value is not None and not _FACT.fullmatch(step.value):
            yield (*path, step.value), "fact"
