"""What a text or a photo belongs to: a reply to its message, else the one open step that takes it, else the run."""

from __future__ import annotations

from collections.abc import Sequence

from flows.handbook import Handbook
from flows.state.run import Run, Shown
from playbooks.first_words.shape import Family, FirstWords
from playbooks.frozen import frozen
from playbooks.step_types import Wants


@frozen
class Place:
    """A run and, if the thing answers a step, the turn at which that step was shown."""

    run: str
    shown: int | None = None


@frozen
class Nowhere:
    """No run is open: it may be a report."""


@frozen
class Which:
    """Several runs are open and nothing says which is meant."""

    runs: tuple[str, ...]


def place_text(member: str, runs: Sequence[Run], replied: Place | None = None) -> Place | Which | Nowhere:
    """Give where a text of ``member`` belongs; ``runs`` are the live ones and the one replied to."""
    for run in runs:
        if member in run.asking and (replied is None or replied.run == run.id):
            return Place(run.id)
    return _place(member, runs, replied, "text")


def place_media(member: str, runs: Sequence[Run], replied: Place | None = None) -> Place | Which | Nowhere:
    """Give where a photo or file of ``member`` belongs."""
    return _place(member, runs, replied, "photo")


def _place(member: str, runs: Sequence[Run], replied: Place | None, thing: Wants) -> Place | Which | Nowhere:
    by_id = {run.id: run for run in runs}
    if replied is not None and replied.run in by_id:
        return Place(replied.run, _step_taking(by_id[replied.run], member, thing, only=replied.shown))
    live = [run for run in runs if run.live]
    answering = [(run, shown) for run in live if (shown := _step_taking(run, member, thing)) is not None]
    if len(answering) == 1:
        return Place(answering[0][0].id, answering[0][1])
    if len(live) == 1:
        return Place(live[0].id)
    return Which(tuple(run.id for run in live)) if live else Nowhere()


def _step_taking(run: Run, member: str, thing: Wants, only: int | None = None) -> int | None:
    """Give the turn of the member's open step if it takes such a thing (and is the one replied to, if any)."""
    shown = run.open_step_of(member)
    if shown is None or (only is not None and shown.turn != only) or not _takes(run, shown, thing):
        return None
    return shown.turn


def _takes(run: Run, shown: Shown, thing: Wants) -> bool:
    """Say whether a step takes such a thing: of a card, the line tapped last; a photo, any line that takes one."""
    step, here = run.step(shown), run.at_hand(shown)
    if step.lines and thing == "photo":
        return any(line.type.wants == thing for line in step.lines.values())
    return here.type.wants == thing or (here is not step and thing == "text" and here.type.wants == "call")


def sounds_like_another_report(member: str, run: Run, is_alarm: bool) -> bool:
    """Say whether to ask [同じ件] [別の件]: the text sounds like an incident and the person is not yet part of it.

    Who was only shown a step isn't: in an attack everybody is at once, and what they saw themselves is news all the same.
    """
    return is_alarm and member not in run.engaged


def words_on_top(run: Run, near: Sequence[str], text: str, handbook: Handbook) -> str:
    """Choose first words for a text that tells of something else than a run is about; empty where it tells of nothing else."""
    words = handbook.first_words
    if words is None:
        return ""
    return words.on_top(near, text, _at_hand(run, words, handbook), handbook.playbooks)


def first_words_of(near: Sequence[str], text: str, handbook: Handbook) -> str:
    """Choose first words for a text as if nothing else went on; empty where it is near nothing."""
    words = handbook.first_words
    return words.chosen(near, text, handbook.playbooks) if words is not None and near else ""


def is_apart(run: Run, near: Sequence[str], text: str, handbook: Handbook) -> bool:
    """Say whether a text can hardly tell of what a run is about: another kind of playbook, and none of its orders help here."""
    words = handbook.first_words
    if words is None or not near or near[0] in run.near:
        return False
    return words.apart(_at_hand(run, words, handbook), words.chosen(near, text, handbook.playbooks))


def family_at_hand(run: Run, handbook: Handbook) -> Family | None:
    """Give the family of first words that what was reported belongs to; None where it has none of its own."""
    words = handbook.first_words
    return words.families.get(_at_hand(run, words, handbook)) if words is not None else None


def _at_hand(run: Run, words: FirstWords, handbook: Handbook) -> str:
    of = (run.playbook.playbook,) if run.playbook else run.near or ("unknown",)
    return words.chosen(of, run.text, handbook.playbooks)
