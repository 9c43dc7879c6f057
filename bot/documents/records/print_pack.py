"""What hangs on the wall when nothing works: first-action card, contact chart, a page a playbook, paper forms, blank log."""

from __future__ import annotations

from bot.documents.facts.ledger import contracts
from bot.documents.kinds import Written, document
from bot.documents.paper.markdown import BLANK, Markdown, lines, table, write
from bot.documents.records import cable_labels, door_poster
from bot.documents.records.downtime_forms import FORMS, SHEETS
from bot.documents.records.wall_pages import calls, drawings, tracks
from bot.documents.source import Source
from contacts.readiness.chart import ChartSection, chart
from flows.state.wall_pack import on_the_wall

LOG_ROWS = 21
DAY = "＿" * 8
DIAL = "☎＿＿＿＿＿＿"
"""Where a number that nobody entered is written by hand."""

_WIDTHS = {3: (26, 37, 37), 6: (18, 24, 18, 16, 14, 10), 7: (14, 15, 14, 12, 12, 11, 22)}


@document("print_pack", of="facility")
def print_pack(source: Source) -> Written:
    """Write the pack, as things stand in the registry and the playbooks; no page of it belongs to a run."""
    words, roster = source.words, source.roster
    language = words.language
    today = roster.facility.local(source.date).date()
    drawn = chart(roster, today, language)
    kind = roster.facility.kind
    title = words.say("paper.print_pack.title").unescape()
    chain = [" ".join(filter(None, (member.name, member.telephone or DIAL))) for member in roster.chain(today)]
    books = list(on_the_wall(source.engine.handbook.playbooks, kind))
    made = write(
        "print_pack",
        words,
        title=title,
        today=today,
        chain=chain,
        chart=drawn,
        tables=[(section.title, _table(section)) for section in drawn.sections],
        contracts=list(contracts(source)),
        playbooks=[
            (book.title.in_language(language), list(tracks(book, source)), calls(book, source)) for book in books
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
    return Written(title, made, {**cable_labels.pictures(source), **drawings(books, kind)})


def _table(section: ChartSection) -> Markdown:
    return table(_WIDTHS[len(section.header)], section.header, section.rows)
