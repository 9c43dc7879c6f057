"""The pages of the wall pack that say what to do: steps and their lines to tick, where an answer leads, and whom to call.

Paper can't ask the next question, so it says what the chat would do: after a question each answer has its step, or the page on
which it goes on. The calls with their numbers stand at the end of each page, since the network may be gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.documents.paper.markdown import Markdown, escape, lines
from bot.documents.source import Source
from playbooks.model import END, Answer, Choice, FacilityKind, Playbook, Step, Track
from playbooks.pictures import drawing

STAGES = ("detection", "first_response")
MOST_URGENT = 2
"""Tracks of this urgency are for the first hours; reports and letters come later, and not from a wall."""

NUMBER = "☎＿＿＿＿＿＿＿＿"
PPC = "authority:ppc"
"""Whoever has to hear of a leak, whether or not a step calls them."""

PLAIN = frozenset({"done", "unsure", "not_applicable"})
"""Answers that need no line of their own where they lead on as most go."""

Row = tuple[object, ...]


def tracks(book: Playbook, source: Source) -> Iterator[tuple[str, Sequence[Markdown]]]:
    """Give the tracks of the first hours with their numbered steps, the most urgent track first."""
    for track in _first(book):
        steps = _in_order(track, source.roster.facility.kind)
        places = {name: number for number, (name, _) in enumerate(steps, 1)}
        said = [_step(step, source, book, places) for _, step in steps]
        yield track.title.in_language(source.words.language), said


def calls(book: Playbook, source: Source) -> list[Row]:
    """Give whom this event has called: who, the numbers of the registry or room for them, and what to say."""
    words, roster, found = source.words, source.roster, dict[str, Step]()
    ahead = [track for track in book.tracks.values() if track.stage in STAGES]
    for track in sorted(ahead, key=lambda track: track.urgency):
        for step in _with_lines(track):
            if step.contact and roster.facility.kind in step.facilities:
                found.setdefault(step.contact, step)
    said = {reference: step.ask.in_language(words.language) for reference, step in found.items()}
    if book.event in ("cyber_attack", "information_leak"):
        said |= {PPC: words.say("paper.calls.ppc").unescape()}
    rows: list[Row] = []
    for reference, what in said.items():
        contact = next(iter(roster.contacts_for(reference)), None)
        name = (
            words.say("paper.colon")
            .unescape()
            .join(filter(None, (words.say(f"service.{reference}").unescape(), contact.name if contact else "")))
        )
        numbers = [number for number in (contact.number, contact.night_number) if number] if contact else []
        rows.append((f"□ {name}", lines(numbers or [NUMBER]), what))
    return rows


def drawings(books: Iterable[Playbook], kind: FacilityKind) -> Mapping[str, bytes]:
    """Give the drawings that the pages show, by their file names."""
    shown = (step for book in books for track in _first(book) for _, step in _in_order(track, kind))
    names = {one.picture for step in shown for one in (step, *step.lines.values()) if one.picture}
    return {_file(name): drawing(name) for name in sorted(names)}


def _first(book: Playbook) -> list[Track]:
    first = [
        track
        for track in book.tracks.values()
        if track.stage in STAGES and (track.starts == "at_once" or track.urgency == 1) and track.urgency <= MOST_URGENT
    ]
    return sorted(first, key=lambda track: track.urgency)


def _with_lines(track: Track) -> Iterator[Step]:
    return (one for step in track.steps.values() for one in (step, *step.lines.values()))


def _in_order(track: Track, kind: FacilityKind) -> list[tuple[str, Step]]:
    """Give the steps of a track: as most go, then what other answers lead to, each once."""
    found: dict[str, Step] = {}
    begins = [track.begin]
    while begins:
        name = begins.pop(0)
        while name != END and name not in found:
            step = found[name] = track.steps[name]
            begins += [goal for goal in _goals(step) if goal != END]
            name = step.usual_goal
    return [(name, step) for name, step in found.items() if kind in step.facilities and not step.optional]


def _goals(step: Step) -> Iterator[str]:
    options: tuple[Choice | Answer, ...] = (*step.choices.values(), *step.answers.values())
    return (option.to for option in options if option.to)


def _step(step: Step, source: Source, book: Playbook, places: Mapping[str, int]) -> Markdown:
    kind = source.roster.facility.kind
    said = [_line("□", step, source), *_never(step, source)]
    for line in step.lines.values():
        if kind in line.facilities and not line.optional:
            said += [_line("　□", line, source), *_never(line, source)]
    ways = dict(_ways(step, source, book, places))
    if len(set(ways.values())) == 1 and step.type.wants == "choice":  # whatever is chosen, it goes on there
        ways = {
            source.words.say(
                "paper.way.any", labels=source.words.say("paper.or").unescape().join(ways)
            ).unescape(): next(iter(ways.values()))
        }
    colon = source.words.say("paper.colon").unescape()
    said += [Markdown(f"　→ {escape(label)}{colon}{escape(goes)}") for label, goes in ways.items()]
    return lines(said)


def _line(box: str, step: Step, source: Source) -> Markdown:
    picture = f" ![]({_file(step.picture)}){{height=11mm}}" if step.picture else ""
    return Markdown(f"{box} {escape(step.ask.in_language(source.words.language))}{picture}")


def _never(step: Step, source: Source) -> Iterator[Markdown]:
    return (Markdown(f"　　**× {escape(text)}**") for text in step.never.in_language(source.words.language))


def _ways(step: Step, source: Source, book: Playbook, places: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Give each answer that doesn't lead on as most go, with where it leads: a step by its number, a page, the end."""
    language = source.words.language
    if step.type.wants == "choice":
        for choice in step.choices.values():
            yield (
                choice.label.in_language(language),
                _where(choice.to or _done(step), (), source, book, places, choice.starts),
            )
    for name, answer in step.answers.items():
        over = (answer.hands_over,) if answer.hands_over else ()
        leads_off = answer.to not in (None, step.usual_goal)
        if over or (name not in PLAIN and leads_off) or (answer.starts and name not in PLAIN):
            yield (
                answer.label.in_language(language),
                _where(answer.to or END, over, source, book, places, answer.starts),
            )


def _done(step: Step) -> str:
    done = step.answers.get("done")
    return (done.to if done else None) or END


def _where(
    to: str, over: tuple[str, ...], source: Source, book: Playbook, places: Mapping[str, int], starts: tuple[str, ...]
) -> str:
    words, language = source.words, source.words.language
    if over:
        other = source.engine.handbook.playbooks.get(over[0])
        return words.say("paper.way.page", title=other.title.in_language(language) if other else over[0]).unescape()
    begun = [book.tracks[name].title.in_language(language) for name in starts if name in book.tracks]
    goes = words.say("paper.way.step", number=places[to]) if to in places else words.say("paper.way.end")
    return words.say("paper.way.starts", goes=goes, tracks=words.joined(begun)).unescape() if begun else goes.unescape()


def _file(picture: str) -> str:
    return f"picture-{picture}.png"
