"""The author's form spelled out: every step has every answer, every way has its goal, shared tracks are written in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playbooks.authoring.author import (
    SharedMention,
    WrittenAnswer,
    WrittenLine,
    WrittenPlaybook,
    WrittenStep,
    WrittenTrack,
)
from playbooks.authoring.lines import Lines, Path
from playbooks.model import END, Answer, Choice, Playbook, Step, Track
from playbooks.phrasing import Phrase
from playbooks.problems import Problem
from playbooks.step_types import STEP_TYPES
from playbooks.texts import Text

LABELLED = ("done", "cannot", "unsure", "yes", "no", "not_applicable")
"""Well-known answers, whose buttons have their words when the author gives no label."""

_BESIDE_DONE = frozenset({"cannot", "unsure", "not_applicable"})
"""Answers that do not stand for having done it: beside them alone, ``done`` is added."""


def complete(
    written: WrittenPlaybook, shared: Mapping[str, WrittenTrack], lines: Lines
) -> tuple[Playbook, list[Problem]]:
    """Spell out a playbook. ``shared`` holds, by the key under which the playbook mentions it, each shared track.

    A track that is neither inline nor in ``shared`` is left out. What lacks a role or a
    label is a problem and gets a stand-in, so that the checks still see the whole playbook.
    """
    problems: list[Problem] = []
    tracks: dict[str, Track] = {}
    for name, mention in written.tracks.items():
        if isinstance(mention, WrittenTrack):
            track = mention
        elif name in shared:
            track = _overridden(shared[name], mention)
        else:
            continue
        tracks[name] = _track(track)
        problems.extend(_lacking(track, ("tracks", name), lines))
    same = {name: getattr(written, name) for name in WrittenPlaybook.model_fields if name != "tracks"}
    playbook = Playbook(**same, tracks=tracks)
    return playbook, problems


def _overridden(track: WrittenTrack, mention: SharedMention) -> WrittenTrack:
    changes = {
        name: getattr(mention, name) for name in ("starts", "when", "urgency") if name in mention.model_fields_set
    }
    return track.model_copy(
        update={name: value for name, value in changes.items() if value is not None or name == "when"}
    )


def _track(track: WrittenTrack) -> Track:
    names = list(track.steps)
    following = dict(zip(names, [*names[1:], END], strict=True))
    return Track(
        title=track.title,
        stage=track.stage,
        urgency=track.urgency,
        starts=track.starts,
        when=track.when,
        begin=track.begin or names[0],
        steps={name: _step(step, track, following[name]) for name, step in track.steps.items()},
    )


def _step(step: WrittenStep, track: WrittenTrack, following: str) -> Step:
    role = step.role or ("commander" if step.decision else track.role) or "anyone"
    choices = {
        name: Choice(label=Text(ja=choice.ja, en=choice.en), sets=choice.sets, to=choice.to, starts=choice.starts)
        for name, choice in step.choices.items()
    }
    same = {
        name: getattr(step, name)
        for name in (
            "ask",
            "why",
            "never",
            "takes",
            "evidence",
            "value",
            "unit",
            "decision",
            "files",
            "contact",
            "picture",
            "known",
            "within",
            "urgency",
            "optional",
            "hands",
            "gated",
            "when",
            "facilities",
            "source",
        )
    }
    answers = {name: _answer(name, answer, step, track, following) for name, answer in _offered(step)}
    lines = {name: _step(_as_step(line, step, role), track, END) for name, line in step.lines.items()}
    same["hands"] = step.hands or any(line.hands for line in lines.values())
    return Step(**same, role=role, choices=choices, otherwise=step.otherwise or following, answers=answers, lines=lines)


def _as_step(line: WrittenLine, card: WrittenStep, role: str) -> WrittenStep:
    """Spell out a line: a step in its card's hands that leads nowhere; who can't or isn't sure leaves it open and goes on."""
    same = {name: getattr(line, name) for name in WrittenLine.model_fields if name in WrittenStep.model_fields}
    answers = {
        name: answer if "to" in answer.model_fields_set else answer.model_copy(update={"to": END})
        for name, answer in {"unsure": WrittenAnswer(), **line.answers}.items()
    }
    if STEP_TYPES[line.takes].wants != "choice":
        answers.setdefault("cannot", WrittenAnswer(to=END, reason="none"))
    about = {"ask": Text(ja=line.ja, en=line.en), "role": role, "source": line.source or card.source}
    return WrittenStep(**{**same, **about, "answers": answers})


def _offered(step: WrittenStep) -> Iterator[tuple[str, WrittenAnswer]]:
    """Give the answers of a step: ``done`` first if it has to be added, then as written, ``unsure`` last if added."""
    known = STEP_TYPES[step.takes]
    led_on = known.wants == "choice" and bool(step.choices) and all(choice.to for choice in step.choices.values())
    only_beside = set(step.answers) <= _BESIDE_DONE
    if "done" not in step.answers and not led_on and (known.always_done or only_beside):
        yield "done", WrittenAnswer()
    yield from step.answers.items()
    if "unsure" not in step.answers and known.wants != "lines":
        yield "unsure", WrittenAnswer()


def _answer(name: str, answer: WrittenAnswer, step: WrittenStep, track: WrittenTrack, following: str) -> Answer:
    stays = name == "unsure" or "to" in answer.model_fields_set  # `to: null` is for `unsure` alone; a check says so
    decided = step.decision is not None and name != "unsure"
    return Answer(
        label=answer.label or _label(name, step),
        to=answer.to if answer.to is not None or stays else following,
        reason=answer.reason or ("required" if name == "cannot" or decided else "none"),
        call=answer.call or (track.help if name == "unsure" else None),
        sets=answer.sets,
        starts=answer.starts,
        settles=answer.settles if answer.settles is not None else name not in ("cannot", "unsure"),
        hands_over=answer.hands_over,
    )


def _label(name: str, step: WrittenStep) -> Text:
    """Give what the button of an answer says when its author doesn't: a playbook holds all its words."""
    if name not in LABELLED:
        return Text(ja=name, en=name)
    own = name == "done" and STEP_TYPES[step.takes].done_has_its_words
    phrase = Phrase("playbooks", f"answers.{step.takes if own else name}")
    return Text(ja=phrase.ja, en=phrase.en)


def _lacking(track: WrittenTrack, path: Path, lines: Lines) -> Iterator[Problem]:
    """Name what only the author can add: a role, and labels of answers that nobody knows."""
    for step_name, step in track.steps.items():
        if not (step.role or step.decision or track.role):
            yield lines.problem(
                (*path, "steps", step_name), f"the step `{step_name}` has no role", "add `role:` to it or to its track"
            )
        written = [((), step.answers), *((("lines", name), line.answers) for name, line in step.lines.items())]
        for below, name, answer in ((b, n, a) for b, answers in written for n, a in answers.items()):
            if answer.label is None and name not in LABELLED:
                yield lines.problem(
                    (*path, "steps", step_name, *below, "answers", name),
                    f"the answer `{name}` has no label",
                    "add `label: {ja: …, en: …}`; only " + ", ".join(LABELLED) + " go without",
                )
