"""Checks of the words of a playbook: in both languages, short enough to read in an emergency, and never the wrong way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playbooks.authoring.lines import Lines, Path
from playbooks.checking.known import Known, steps_of
from playbooks.kinds import NAMES, longest, strange_names
from playbooks.model import Playbook
from playbooks.problems import Problem
from playbooks.prohibitions import negated
from playbooks.texts import WRITTEN, Text, Texts

ASK_AT_MOST = 120
"""Japanese characters in what a person is asked to do."""
LABEL_AT_MOST = 20
"""Japanese characters on a button."""
QUESTION_AT_MOST = 24
"""Japanese characters on the button that chooses a playbook."""
ALARM_AT_MOST = 60
"""Japanese characters in what an alarm tells everybody to do now, and in first words."""

_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")


def both_languages(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """Every text and list is there in Japanese and in English, and in the right place."""
    for path, text in _texts(playbook):
        yield from translated(where, path, text)
    if "incident" in playbook.use and not (playbook.signs.ja or playbook.signs.en):
        yield where.problem(("signs",), "`signs` is empty", "write the words in which people would tell of this event")


def translated(where: Lines, path: Path, text: Text | Texts) -> Iterator[Problem]:
    """Both languages of the text at ``path`` are there, each in its own place."""
    pair = {"ja": [text.ja], "en": [text.en]} if isinstance(text, Text) else {"ja": [*text.ja], "en": [*text.en]}
    name = path[-1]
    for language, other in (("ja", "en"), ("en", "ja")):
        if pair[other] and (not pair[language] or not all(one.strip() for one in pair[language])):
            called = {"ja": "Japanese", "en": "English"}[language]
            yield where.problem((*path, language), f"`{name}` has no {called} text", f"write `{language}:` for it too")
    english = " ".join(pair["en"])
    if 2 * len(_JAPANESE.findall(english)) > len(_LETTER.findall(english)):
        yield where.problem((*path, "en"), f"the English text of `{name}` is Japanese", "translate it")
    elif len("".join(pair["ja"])) > LABEL_AT_MOST and not _JAPANESE.search(" ".join(pair["ja"])):
        yield where.problem((*path, "ja"), f"the Japanese text of `{name}` is not Japanese", "translate it")


def short_enough(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """What is asked has at most 120 Japanese characters, a button 20, the question 24, the alarm's line 60."""
    yield from _too_long(where, ("question", "ja"), "the question", playbook.question.ja, QUESTION_AT_MOST)
    if playbook.alarm is not None:
        yield from _too_long(where, ("alarm", "ja"), "the alarm", playbook.alarm.ja, ALARM_AT_MOST)
    if playbook.first_words is not None:
        first = playbook.first_words
        yield from _too_long(where, ("first_words", "ja"), "the first words", first.ja, ALARM_AT_MOST)
        if set("?？") & {*first.ja, *first.en}:
            yield where.problem(("first_words",), "`first_words` ask something", "say what to do; questions come after")
    for path, _, _, step in steps_of(playbook):
        yield from _too_long(where, (*path, "ask", "ja"), "what is asked", step.ask.ja, ASK_AT_MOST)
        for name, answer in step.answers.items():
            at = (*path, "answers", name, "label", "ja")
            yield from _too_long(where, at, f"the button of `{name}`", answer.label.ja, LABEL_AT_MOST)
        if step.type.wants != "ticks":  # what is ticked stands in the message, not on a button
            for name, choice in step.choices.items():
                at = (*path, "choices", name, "ja")
                yield from _too_long(where, at, f"the button of `{name}`", choice.label.ja, LABEL_AT_MOST)


def forbids_plainly(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """What must never be done is named as it is: the heading over it forbids, so that a *not* would turn it round."""
    cure = "name what is forbidden itself, as `Switch it off`; what is to be done instead belongs into `ask`"
    for path, _, name, step in steps_of(playbook):
        for language in WRITTEN:
            for item in step.never.in_language(language):
                if negated(item, language):
                    yield where.problem(
                        (*path, "never", language), f"`never` of the step `{name}` says not: `{item}`", cure
                    )


def nothing_to_fill_in(playbook: Playbook, known: Known, where: Lines) -> Iterator[Problem]:
    """What stands in braces is a word of the kind of facility: anything else people would read as it is written."""
    cure = "write the words themselves, or one of " + ", ".join(f"{{{{ {name} }}}}" for name in NAMES)
    for path, text in _texts(playbook):
        said = (text.ja, text.en) if isinstance(text, Text) else (*text.ja, *text.en)
        for name in dict.fromkeys(name for one in said for name in strange_names(one)):
            yield where.problem(path, f"`{path[-1]}` holds a placeholder that nobody fills in: `{name}`", cure)


def _too_long(where: Lines, path: Path, what: str, text: str, most: int) -> Iterator[Problem]:
    if (length := len(longest(text))) > most:
        yield where.problem(path, f"{what} has {length} Japanese characters", f"at most {most}: say one thing only")


def _texts(playbook: Playbook) -> Iterator[tuple[Path, Text | Texts]]:
    yield ("title",), playbook.title
    yield ("question",), playbook.question
    yield ("signs",), playbook.signs
    if playbook.alarm is not None:
        yield ("alarm",), playbook.alarm
    if playbook.first_words is not None:
        yield ("first_words",), playbook.first_words
    for name, track in playbook.tracks.items():
        yield ("tracks", name, "title"), track.title
    for path, _, _, step in steps_of(playbook):
        for part, text in (("ask", step.ask), ("why", step.why), ("never", step.never), ("unit", step.unit)):
            if text is not None:
                yield (*path, part), text
        for name, answer in step.answers.items():
            yield (*path, "answers", name, "label"), answer.label
        for name, choice in step.choices.items():
            yield (*path, "choices", name), choice.label
