"""A track as a drawing (SVG): its steps in boxes one below the other, what each answer leads to, and arrows where that is not the next.

It needs no style and no script: lines and words have the colour of the text around it, and the words can be read aloud in their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from itertools import pairwise
from unicodedata import category, east_asian_width

from playbooks.frozen import frozen
from playbooks.model import Answer, Choice, FacilityKind, Playbook, Step, Track
from playbooks.phrasing import Phrase
from playbooks.texts import Language

WIDTH, BOX, FONT, LINE, GAP, PAD = 400, 330, 15, 22, 30, 10
"""Units of the drawing: its width and that of a box, the letters' and the lines' height, between boxes, and within one."""

_CLOSING = ("Pe", "Pf", "Po")
"""Signs that close or end something: they hang at the end of a line rather than begin the next."""

MOST_LANES = 6
"""So many arrows beside each other are told apart; more share the last lane."""


@frozen
class _Box:
    """A step (``name``) as it is drawn: its lines of words, where it begins, how high it is, and where else its answers lead."""

    name: str
    words: tuple[tuple[str, bool], ...]
    top: int
    height: int
    leads: tuple[str, ...]

    @property
    def middle(self) -> int:
        return self.top + self.height // 2


def drawing(playbook: Playbook, track: Track, kind: FacilityKind, language: Language) -> str:
    """Draw a track for a kind of facility, whose words the playbook has; ends without a line break."""
    steps = {name: step for name, step in track.steps.items() if kind in step.facilities}
    numbers = {name: number for number, name in enumerate(steps, 1)}
    boxes, top = list[_Box](), PAD
    for name, step in steps.items():
        goals = _goals(track, step, steps, language)
        words = [(text, place == 0) for place, text in enumerate(_words(step, numbers[name], language))]
        words += [(text, False) for text in _leads(playbook, step, goals, numbers, language)]
        lines = tuple((line, bold) for text, bold in words for line in _wrapped(text))
        height = len(lines) * LINE + PAD
        leads = tuple(goal for goal in goals if goal != _next(numbers, name))
        boxes.append(_Box(name, lines, top, height, leads))
        top += height + GAP
    end = _Box("", ((_said("end", language), True),), top, LINE + PAD, ())
    parts = [part for box in (*boxes, end) for part in _box(box)]
    for box, following in pairwise((*boxes, end)):
        middle = BOX // 2
        parts.append(_arrow(f"M{middle} {box.top + box.height}V{following.top - 2}", middle, following.top, "down"))
    tops = {box.name: box for box in (*boxes, end)}
    parts += _jumps(boxes, tops)
    title = escape(track.title.in_language(language))
    height = top + end.height + PAD
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" role="group" '
        f'aria-label="{title}" font-size="{FONT}" fill="currentColor" stroke-linejoin="round">{"".join(parts)}</svg>'
    )


def begins(playbook: Playbook, name: str) -> Phrase:
    """Say when a track begins: at once, or by an answer in others."""
    if playbook.tracks[name].starts == "at_once":
        return Phrase("playbooks", "pages.begins.at_once")
    starters = (other.title for other in playbook.tracks.values() if name in started_by(playbook, other))
    titles = tuple(Phrase("playbooks", "pages.begins.title", (("title", title),)) for title in starters)
    return Phrase("playbooks", "pages.begins.answer", (("titles", titles),))


def started_by(playbook: Playbook, track: Track) -> dict[str, None]:
    """Give the tracks that some answer in ``track`` starts, each once."""
    answers = (answer for step in track.steps.values() for answer in _offered(step))
    return dict.fromkeys(name for answer in answers for name in answer.starts if name in playbook.tracks)


def _offered(step: Step) -> Iterator[Answer | Choice]:
    yield from step.answers.values()
    yield from step.choices.values()
    for line in step.lines.values():
        yield from _offered(line)


def _next(numbers: Mapping[str, int], name: str) -> str:
    """Give the step below; empty for the end."""
    names = [*numbers, ""]
    return names[names.index(name) + 1]


def _goals(track: Track, step: Step, steps: Mapping[str, Step], language: Language) -> dict[str, list[str]]:
    """Give the labels that lead to each step of this kind of facility (empty: the end), in the order in which they are offered."""
    goals: dict[str, list[str]] = {}
    offered: list[Choice | Answer] = [*step.choices.values(), *step.answers.values()]
    for given in offered:
        if given.to is not None:
            goal = given.to
            while goal in track.steps and goal not in steps:
                goal = track.steps[goal].otherwise
            goals.setdefault(goal if goal in steps else "", []).append(given.label.in_language(language))
    return goals


def _words(step: Step, number: int, language: Language) -> Iterator[str]:
    role = Phrase("playbooks", f"pages.role.{step.role}").in_language(language)
    yield f"{number}. {step.ask.in_language(language)}"
    for line in step.lines.values():
        yield f"☐ {line.ask.in_language(language)}"
    yield f"👤 {role}"


def _leads(
    playbook: Playbook, step: Step, goals: Mapping[str, list[str]], numbers: Mapping[str, int], language: Language
) -> Iterator[str]:
    """Say where answers lead that don't lead to what stands below, and what begins beside."""
    for goal, labels in goals.items():
        if len(goals) > 1:
            yield f"[{' / '.join(labels)}] → {numbers.get(goal) or _said('end', language)}"
    started = dict.fromkeys(n for given in _offered(step) for n in given.starts if n in playbook.tracks)
    for name in started:
        yield f"⤷ {_said('starts', language)}: {playbook.tracks[name].title.in_language(language)}"
    if step.when is not None:
        yield f"⤵ {_said('maybe', language)}"


def _wrapped(text: str) -> Iterator[str]:
    """Divide words into lines that fit into a box; a wide character is as wide as the letters are high, any other half of that."""
    line, width = "", 0.0
    for sign in " ".join(text.split()):
        wide = _wide(sign)
        if width + wide > BOX - 2 * PAD - FONT and category(sign) not in _CLOSING:
            head, _, tail = line.rpartition(" ")
            kept = tail if head and sign != " " and line[-1:].isascii() and sign.isascii() else ""
            yield line.removesuffix(kept).rstrip()
            line, width = kept, sum(map(_wide, kept))
        if line or sign != " ":
            line, width = line + sign, width + wide
    if line:
        yield line


def _wide(sign: str) -> float:
    return FONT * (1 if east_asian_width(sign) in "WFA" else 0.6)


def _box(box: _Box) -> Iterator[str]:
    yield f'<rect x="2" y="{box.top}" width="{BOX - 4}" height="{box.height}" rx="8" fill="none" stroke="currentColor"/>'
    spans = "".join(
        f'<tspan x="{PAD + 2}" y="{box.top + PAD // 2 + LINE * (place + 1) - 6}"'
        f"{' font-weight=' + chr(34) + 'bold' + chr(34) if bold else ''}>{escape(line)}</tspan>"
        for place, (line, bold) in enumerate(box.words)
    )
    yield f"<text>{spans}</text>"


def _jumps(boxes: list[_Box], tops: Mapping[str, _Box]) -> Iterator[str]:
    """Draw the arrows at the side, each in a lane of its own where another is on the way."""
    taken = list[list[tuple[int, int]]]()
    for box in boxes:
        for goal in box.leads:
            target = tops[goal]
            span = tuple(sorted((box.middle, target.middle)))
            free = (n for n, lane in enumerate(taken) if all(span[1] < a or b < span[0] for a, b in lane))
            lane = next(free, len(taken))
            if lane == len(taken):
                taken.append([])
            taken[lane].append((span[0], span[1]))
            across = BOX + 12 + 8 * min(lane, MOST_LANES - 1)
            path = f"M{BOX - 2} {box.middle}H{across}V{target.middle}H{BOX}"
            yield _arrow(path, BOX - 2, target.middle, "left")


def _arrow(path: str, x: int, y: int, towards: str) -> str:
    head = (
        f"M{x - 5} {y - 8}L{x} {y}L{x + 5} {y - 8}"
        if towards == "down"
        else f"M{x + 8} {y - 5}L{x} {y}L{x + 8} {y + 5}"
    )
    return f'<path d="{path}" fill="none" stroke="currentColor"/><path d="{head}" fill="none" stroke="currentColor"/>'


def _said(word: str, language: Language) -> str:
    return Phrase("playbooks", f"diagram.{word}").in_language(language)
