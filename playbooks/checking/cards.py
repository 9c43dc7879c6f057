"""Checks of cards: short enough to be read at a glance, and nothing on them that one person must do by itself."""

from __future__ import annotations

from collections.abc import Iterator

from playbooks.authoring.lines import Lines, Path
from playbooks.checking.known import DUTY_FACTS, Known
from playbooks.kinds import filled, longest
from playbooks.model import Answer, Choice, FacilityKind, Playbook, Step
from playbooks.problems import Problem

LINES_AT_MOST = 7
"""Lines that one kind of facility sees on a card."""
LINE_AT_MOST = 30
"""Japanese characters of a line."""
CARD_AT_MOST = 220
"""Japanese characters of a card in all: what it is called, its lines, and what must not be done."""
NAME_AT_MOST = 35
"""Characters of a line's name and one of its answers together, so that they fit into a button."""

_LIFTS = {"no", "none"}
"""What a fact that reporting duties look at is set to when it lifts one; ``encrypted_safely`` does with a yes."""


def cards_are_short(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """In each kind of facility a card has at most seven lines, thirty Japanese characters a line and 220 in all."""
    for path, name, card in _cards(playbook):
        for line_name, line in card.lines.items():
            if (length := len(longest(line.ask.ja))) > LINE_AT_MOST:
                what = f"the line `{name}/{line_name}` has {length} Japanese characters"
                yield where.problem((*path, "lines", line_name, "ja"), what, f"at most {LINE_AT_MOST}")
            longest_move = max(len(move) for move in (*line.answers, *(f"choice:{choice}" for choice in line.choices)))
            if len(line_name) + longest_move > NAME_AT_MOST:
                what = f"the names of the line `{line_name}` and its answers do not fit into a button"
                yield where.problem((*path, "lines", line_name), what, "choose shorter names")
        for kind in playbook.facilities:
            seen = [line for line in card.lines.values() if kind in line.facilities]
            if len(seen) > LINES_AT_MOST:
                what = f"the card `{name}` shows {len(seen)} lines to a {kind}"
                yield where.problem((*path, "lines"), what, f"at most {LINES_AT_MOST}: make two cards of it")
                break
            length = _length(card, kind) + sum(_length(line, kind) for line in seen)
            if length > CARD_AT_MOST:
                what = f"the card `{name}` has {length} Japanese characters for a {kind}"
                yield where.problem((*path, "lines"), what, f"at most {CARD_AT_MOST}: make two cards of it")
                break


def _length(step: Step, kind: FacilityKind) -> int:
    return sum(len(filled(text, kind, "ja")) for text in (step.ask.ja, *step.never.ja))


def lines_may_be_lines(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """No line is a card or a sign-off, leads on, hands over, or lifts a reporting duty: those are steps of their own."""
    for path, name, card in _cards(playbook):
        for line_name, line in card.lines.items():
            at: Path = (*path, "lines", line_name)
            called = f"the line `{name}/{line_name}`"
            if not line.type.may_be_line:
                yield where.problem((*at, "takes"), f"{called} takes a {line.takes}", "make it a step")
            given: list[tuple[Path, Answer | Choice]] = [
                *((("answers", one), answer) for one, answer in line.answers.items()),
                *((("choices", one), choice) for one, choice in line.choices.items()),
            ]
            for below, one in given:
                if isinstance(one, Answer) and one.hands_over:
                    yield where.problem((*at, *below), f"{called} hands over to another playbook", "make it a step")
                if one.to not in (None, "end"):
                    yield where.problem((*at, *below), f"{called} leads on", "let the card lead on")
                lifted = sorted(fact for fact, value in one.sets.items() if fact in DUTY_FACTS and _lifts(fact, value))
                if lifted:
                    what = f"{called} lifts a reporting duty (`{lifted[0]}: {one.sets[lifted[0]]}`)"
                    yield where.problem((*at, *below, "sets"), what, "make it a step for whoever decides")
            if line.value == "persons":
                yield where.problem((*at, "value"), f"{called} counts the persons concerned", "make it a step")


def lines_have_their_own_names(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """A line's name is that of no other line or step of its track: drills, measures and records know it by that alone."""
    for track_name, track in playbook.tracks.items():
        taken = set(track.steps)
        for name, step in track.steps.items():
            for line in step.lines:
                if line in taken:
                    path: Path = ("tracks", track_name, "steps", name, "lines", line)
                    yield where.problem(path, f"the name `{line}` stands twice in its track", "choose another")
                taken.add(line)


def _lifts(fact: str, value: str) -> bool:
    return value == "yes" if fact == "encrypted_safely" else value in _LIFTS


def _cards(playbook: Playbook) -> Iterator[tuple[Path, str, Step]]:
    for track_name, track in playbook.tracks.items():
        for name, step in track.steps.items():
            if step.lines:
                yield ("tracks", track_name, "steps", name), name, step
