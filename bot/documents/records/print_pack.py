"""What hangs on the wall when nothing works: first-action card, contact chart, a page a playbook, paper forms, blank log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.documents.kinds import Written, document
from bot.documents.paper.markdown import BLANK, Markdown, escape, lines, table, write
from bot.documents.records import cable_labels, door_poster
from bot.documents.records.downtime_forms import FORMS, SHEETS
from bot.documents.source import Source
from contacts.readiness.chart import ChartSection, chart
from flows.state.wall_pack import on_the_wall
from playbooks.model import END, Playbook, Step, Track

STAGES = ("detection", "first_response")
FIRST_TRACKS = 2
"""The most urgent tracks are for the first hours; reports and letters come later, and not from a wall."""
LOG_ROWS = 21
DAY = "＿" * 8

_WIDTHS = {3: (26, 37, 37), 6: (18, 24, 18, 16, 14, 10), 7: (14, 16, 14, 13, 12, 11, 20)}


@document("print_pack", of="facility")
def print_pack(source: Source) -> Written:
    """Write the pack, as things stand in the registry and the playbooks; no page of it belongs to a run."""
    words, roster = source.words, source.roster
    language = words.language
    today = roster.facility.local(source.date).date()
    drawn = chart(roster, today, language)
    kind = roster.facility.kind
    title = words.say("paper.print_pack.title").unescape()
    chain = [member.name for member in roster.chain(today)]
    made = write(
        "print_pack",
        words,
        title=title,
        today=today,
        chain=chain,
        chart=drawn,
        tables=[(section.title, _table(section)) for section in drawn.sections],
        playbooks=[
            (book.title.in_language(language), list(_tracks(book, source)))
            for book in on_the_wall(source.engine.handbook.playbooks, kind)
        ],
        forms=[
            (
                form.title.in_language(language),
                [(line.label.in_language(language), lines([BLANK] * line.room)) for line in form.lines],
            )
            for form in FORMS[kind]
        ],
        numbers=[(f"D-{DAY}-{n:03}", "", "", "", "", "□") for n in range(1, SHEETS + 1)],
        log=[("", "", "", "")] * LOG_ROWS,
        **door_poster.values(source),
        **cable_labels.values(source),
    )
    return Written(title, made, cable_labels.pictures(source))


def _table(section: ChartSection) -> Markdown:

    return table(_WIDTHS[len(section.header)], section.header, section.rows)


def _tracks(book: Playbook, source: Source) -> Iterator[tuple[str, Sequence[Markdown]]]:
    """Give the tracks of the first hours with their steps as lines to tick, the most urgent track first."""
    language = source.words.language
    first = [track for track in book.tracks.values() if track.stage in STAGES and track.starts == "at_once"]
    for track in sorted(first, key=lambda t: t.urgency)[:FIRST_TRACKS]:
        steps = [_step(step, source) for step in _in_order(track) if source.roster.facility.kind in step.facilities]
        yield track.title.in_language(language), steps


def _in_order(track: Track) -> Iterator[Step]:
    """Follow a track by what is done, as most go; steps beside that way are not on the wall."""
    name, seen = track.begin, set[str]()
    while name != END and name not in seen:
        seen.add(name)
        step = track.steps[name]
        if not step.optional:
            yield step
        name = step.usual_goal


def _step(step: Step, source: Source) -> Markdown:
    language = source.words.language
    ask = escape(step.ask.in_language(language))
    never = step.never.in_language(language)
    return lines([Markdown(f"□ {ask}"), *(Markdown(f"　**× {escape(text)}**") for text in never)])
