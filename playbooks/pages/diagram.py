"""A playbook as a Mermaid flowchart: one box for each track, its steps, and where every answer leads.

Equal playbooks give equal text, so that diagrams can be kept beside the files and compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from playbooks.model import Answer, Choice, Playbook, Step, Track
from playbooks.phrasing import Phrase
from playbooks.texts import Language

_ESCAPED = {'"': "#quot;", "#": "#35;", "<": "#lt;", ">": "#gt;", "&": "#amp;", "`": "#96;", "\\": "#92;"}
_SHORT = 48


def mermaid(playbook: Playbook, language: Language = "ja") -> str:
    """Draw a playbook for readers of ``language``; ends with a line break.

    Solid arrows are answers, dotted ones are steps passed over and tracks started.
    """
    numbers = {name: f"t{place}" for place, name in enumerate(playbook.tracks, 1)}
    rows = ["flowchart TD", f"  p0([{_quoted(playbook.title.in_language(language))}])"]
    for name, track in playbook.tracks.items():
        rows.extend(_boxes(numbers[name], track, language))
    for name, track in playbook.tracks.items():
        if track.starts == "at_once":
            rows.append(f"  p0 --> {_node(numbers[name], track, track.begin)}")
        rows.extend(_arrows(numbers[name], track, playbook, language))
    return "\n".join(dict.fromkeys(rows)) + "\n"


def _boxes(number: str, track: Track, language: Language) -> Iterator[str]:
    # One text for the whole box: its closing `end` must not fall to the doubled arrows that are taken out later.
    rows = [f"  subgraph {number}[{_quoted(track.title.in_language(language))}]"]
    for name, step in track.steps.items():
        opening, closing = ("{{", "}}") if step.decision else ("[", "]")
        said = _quoted(f"{_cut(step.ask.in_language(language))} ({step.role})")
        lines = "".join(f"<br/>☐ {_escaped(line.ask.in_language(language))}" for line in step.lines.values())
        rows.append(f"    {_node(number, track, name)}{opening}{said[:-1]}{lines}{said[-1]}{closing}")
    rows.append(f"    {number}e([{_quoted(_said('end', language))}])")
    rows.append("  end")
    yield "\n".join(rows)


def _arrows(number: str, track: Track, playbook: Playbook, language: Language) -> Iterator[str]:
    numbers = {name: f"t{place}" for place, name in enumerate(playbook.tracks, 1)}
    over = _said("over", language)
    for name, step in track.steps.items():
        here = _node(number, track, name)
        for goal, said in _goals(step, language).items():
            yield f"  {here} -->|{_quoted(' / '.join(said))}| {_node(number, track, goal)}"
        if step.when is not None or set(step.facilities) < set(playbook.facilities):
            why = f"{over}: {step.when}" if step.when else over
            yield f"  {here} -.->|{_quoted(_cut(why))}| {_node(number, track, step.otherwise)}"
        offered: list[Choice | Answer] = []
        for one in (step, *step.lines.values()):
            offered += [*one.answers.values(), *one.choices.values()]
        for started in (started for given in offered for started in given.starts):
            if started in playbook.tracks:
                other = playbook.tracks[started]
                yield f"  {here} -.->|{_quoted(_said('starts', language))}| {_node(numbers[started], other, other.begin)}"
        for playbook_id in (answer.hands_over for answer in step.answers.values()):
            if playbook_id is not None:
                yield f"  {here} ==> h_{playbook_id}[[{_quoted(playbook_id)}]]"


def _goals(step: Step, language: Language) -> dict[str, list[str]]:
    """Give the labels that lead to each goal, in the order in which they are offered."""
    goals: dict[str, list[str]] = {}
    offered: list[Choice | Answer] = [*step.choices.values(), *step.answers.values()]
    for given in offered:
        if given.to is not None:
            goals.setdefault(given.to, []).append(given.label.in_language(language))
    return goals


def _node(number: str, track: Track, step: str) -> str:
    """Name a step's box; numbers instead of names, since Mermaid stumbles over words of its own such as ``end``."""
    names = list(track.steps)
    return f"{number}s{names.index(step) + 1}" if step in track.steps else f"{number}e"


def _said(word: str, language: Language) -> str:
    return Phrase("playbooks", f"diagram.{word}").in_language(language)


def _cut(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return "".join(_ESCAPED.get(sign, sign) for sign in " ".join(text.split()))
