"""The head of a run's record: what, when, who, how bad, as far as entries say it, each with their numbers."""

from __future__ import annotations

from datetime import datetime

from bot.documents.facts.form import Field, Statement
from bot.documents.paper.markdown import BLANK
from bot.documents.source import Source
from bot.words.decisions import decision_as_sentence
from bot.words.words import Words
from flows.events.working import FactsLearned
from flows.record import codec
from flows.state.run import Answered, Run


def fields(source: Source) -> tuple[Field, ...]:
    """Give the head's fields; what no entry says is under investigation while the run goes on, else left to be filled in."""
    run, words = source.run, source.words
    found = _fact(source, "found_at")
    made = [
        _known(words, "number", source.run_id, (source.entries[0].seq,)),
        _known(
            words, "kind", run.playbook.title.in_language(words.language) if run.playbook else words.reported(run.text)
        ),
        _known(words, "mode", words.say(f"paper.mode.{'drill' if run.drill else 'incident'}").unescape()),
        _known(words, "state", state(source)),
        _known(words, "reported", _at(source, run.reported_at), (source.entries[0].seq,)),
        _known(words, "reporter", words.who(run.reporter).unescape()),
        _known(words, "said", words.say("form.said", what=words.reported(run.text)).unescape()),
        _known(
            words,
            "found_at",
            _at(source, datetime.fromisoformat(found) if found else None),
            _setting(source, "found_at"),
        ),
        _known(words, "known_at", _at(source, run.known_at)),
        _known(words, "commander", _commanders(source)),
        _known(words, "systems", _worded(source, "systems"), _setting(source, "systems")),
        _known(
            words, "care", _worded(source, "service") or _worded(source, "care_affected"), _setting(source, "service")
        ),
        _known(words, "paper", _switched(source)),
        _known(words, "leak", _leak(source), _setting(source, "leak")),
        _known(words, "persons", _persons(source), _setting(source, "persons")),
        _known(words, "cause", _worded(source, "cause_known"), _setting(source, "cause_known")),
        Field(words.say("paper.head.severity").unescape(), state="by_hand"),
    ]
    return tuple(made)


def head_rows(source: Source) -> list[tuple[object, ...]]:
    """Give the head as rows of a table: label, what is known or that it isn't, numbers of the entries behind it."""
    unknown = source.words.say("paper.investigating" if source.run.live else "paper.not_established")
    shown = {"known": None, "investigating": unknown, "by_hand": BLANK}
    return [
        (field.label, shown[field.state] or field.text, "、".join(map(str, field.entries))) for field in fields(source)
    ]


def state(source: Source) -> str:
    """Say how the run stands, and that the page is no final one while it is open."""
    run, words = source.run, source.words
    if run.live:
        return words.say("paper.state.open", at=_at(source, source.date)).unescape()
    ended = words.say(f"state.{run.state}").unescape()
    return words.say("paper.state.ended", state=ended, at=_at(source, run.ended_at)).unescape()


def letters(run: Run) -> dict[int, str]:
    """Give each decision its letter: A, B … Z, AA."""
    return {
        turn: (chr(64 + number // 26) if number >= 26 else "") + chr(65 + number % 26)
        for number, turn in enumerate(run.decisions)
    }


def _known(words: Words, key: str, value: str | None, entries: tuple[int, ...] = ()) -> Field:
    label = words.say(f"paper.head.{key}").unescape()
    return Field(label, (Statement(value, entries),)) if value else Field(label, state="investigating")


def _setting(source: Source, fact: str) -> tuple[int, ...]:
    """Give the numbers of the last entry that says a fact; empty where it stands as the playbook began."""
    run = source.run
    turns = [
        answered.turn
        for (track, name), answered in run.answered.items()
        if (step := run.text_of(track, name)).value == fact
        or fact in (step.choices[_chosen(answered)].sets if _chosen(answered) in step.choices else {})
        or fact in (step.answers[answered.answer].sets if answered.answer in step.answers else {})
    ]
    for entry in source.entries:
        if entry.kind == "facts_learned":
            event = codec.decode(entry.kind, entry.body)
            if isinstance(event, FactsLearned) and fact in event.sets:
                turns.append(entry.turn)
    return (source.seq_of(max(turns)),) if turns else ()


def _at(source: Source, moment: datetime | None) -> str:
    return f"{source.roster.facility.local(moment):%Y-%m-%d %H:%M}" if moment else ""


def _fact(source: Source, name: str) -> str | None:
    value = source.run.facts.get(name)
    return None if value in (None, "", "unknown") else value


def _worded(source: Source, fact: str) -> str:
    """Say a fact that somebody told as forms say it, else in the words of the answer that set it."""
    key = f"form.fact.{fact}.{_fact(source, fact)}"
    told = source.words.has(key) and _setting(source, fact)
    return source.words.say(key).unescape() if told else _label(source, fact)


def _label(source: Source, fact: str) -> str:
    """Say a fact in the words of the answer that set it."""
    run, language = source.run, source.words.language
    value = _fact(source, fact)
    found: list[tuple[int, str]] = []
    for (track, name), answered in run.answered.items():
        step = run.text_of(track, name)
        option = step.choices.get(_chosen(answered)) or step.answers.get(answered.answer)
        if option is not None and option.sets.get(fact) == value:
            found.append((answered.turn, option.label.in_language(language)))
    return max(found)[1] if found and value is not None else ""


def _chosen(answered: Answered) -> str:
    return answered.answer.removeprefix("choice:")


def _leak(source: Source) -> str:
    value = _fact(source, "leak")
    if value == "none" and source.run.facts.get("leak_checked") != "yes":
        return ""  # nobody has looked yet: "none" would be a guess
    return source.words.say(f"facts.leak.{value}").unescape() if value in ("none", "suspected", "confirmed") else ""


def _persons(source: Source) -> str:
    value = _fact(source, "persons")
    return source.words.say("paper.persons", count=value).unescape() if value else ""


def _commanders(source: Source) -> str:
    words = source.words
    return "、".join(f"{words.who(m).unescape()} {_at(source, at)[11:]}–" for m, at in source.run.commanders)


def _switched(source: Source) -> str:
    """Say what was decided about working without the systems, and who decided."""
    made = [d for d in source.run.decisions.values() if d.decision == "stop_systems"]
    if not made:
        return ""
    last = made[-1]
    what = decision_as_sentence(source.words, source.run, last)
    return f"{what}（{source.words.who(last.by).unescape()} {_at(source, last.at)[11:]}）"


def sealed_at(source: Source) -> str:
    """Give when the last seal was made; empty while nothing was sealed."""
    seal = source.seal
    return f"{source.roster.facility.local(seal.at):%Y-%m-%d %H:%M:%S}" if seal else ""


def signed(source: Source) -> tuple[str, str] | None:
    """Give who signed the run off and when; None while nobody has."""
    closed = [entry for entry in source.entries if entry.kind == "closed"]
    if not closed or source.run.state != "closed":
        return None
    at = source.roster.facility.local(closed[-1].recorded_at)
    return source.words.who(closed[-1].actor).unescape(), f"{at:%Y-%m-%d %H:%M}"
