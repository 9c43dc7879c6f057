"""The sheet for the on-site inspection (立入検査): a fiscal year's drills, what came of them, incidents, the checklist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from bot.documents.facts import improvements
from bot.documents.facts.drill_results import attendance, quiz_rate, ratings
from bot.documents.facts.fiscal_year import DateChange, FiscalYear, begun_at
from bot.documents.kinds import Written, document
from bot.documents.paper.markdown import BLANK, Markdown, lines, write
from bot.documents.records.drill_record import fault_texts
from bot.documents.records.ministry_checklist import answers
from bot.documents.source import Source
from contacts.readiness.readiness import readiness
from contacts.readiness.requirements import stale_number
from flows.response.debriefing import RATINGS
from flows.response.measuring import roll_call
from flows.state.run import Run

NEXT = 12
"""So many of the next dates are listed."""

SIGNS = {"p": "○", "s": "△", "m": "×", "u": "—"}
OURS = frozenset({"left", "cadence"})
"""Causes for which a drill is cancelled by itself; any other is a person's own words."""

Row = tuple[object, ...]


@document("inspection_sheet", of="year")
def inspection_sheet(source: Source) -> Written:
    """Write the sheet of a fiscal year; it says so where the year holds nothing."""
    words, year = source.words, FiscalYear(source)
    title = words.say("paper.inspection_sheet.title", year=year.year).unescape()
    pictures = dict(_pictures(source, year))
    incidents = year.incidents
    told = [run.id for run in incidents if not _for_a_few(run)]
    tasks = improvements.of_runs(source, [*(run.id for run in year.drills), *told])
    states = {state: sum(task.state == state for task in tasks) for state in ("open", "done", "verified", "dropped")}
    made = write(
        "inspection_sheet",
        words,
        title=title,
        year=year,
        head=list(_head(source, year)),
        counts=list(_counts(source, year)),
        held=[_drill(source, run) for run in year.drills],
        changes=[_change(source, change) for change in sorted(year.changes(), key=lambda c: c.planned)],
        tasks=list(improvements.rows(source, tasks)),
        states=states,
        ahead=list(_ahead(source, year)),
        incidents=[_incident(source, run) for run in incidents],
        real=sum(run.state != "false_alarm" for run in incidents),
        false_alarms=sum(run.state == "false_alarm" for run in incidents),
        checklist=list(_checklist(source, year)),
        pictures=[(kind, Markdown(name)) for name, kind in _picture_kinds(source, year)],
        over=_today(source) > year.end,
        today=_today(source),
    )
    return Written(title, made, pictures)


def _today(source: Source) -> date:
    return source.roster.facility.local(source.date).date()


def _day(source: Source, moment: datetime | None) -> str:
    return f"{source.roster.facility.local(moment):%Y-%m-%d %H:%M}" if moment is not None else "—"


def _head(source: Source, year: FiscalYear) -> Iterator[Row]:
    words, roster, today = source.words, source.roster, _today(source)
    numbers = [c for c in roster.contacts if c.number]
    dated = [c.verified_on for c in numbers if c.verified_on is not None]
    closed = [run for run in year.drills if run.state == "closed"]
    vendors = roster.vendors()
    signed = [v for v in vendors if v.signed_on is not None and year.begin <= v.signed_on <= year.end]
    real = [run for run in year.incidents if run.state != "false_alarm"]
    said = {
        "facility": roster.facility.name,
        "year": f"{year.begin} – {year.end}",
        "as_of": f"{today}",
        "director": words.people([m.id for m in roster.owners("director", today)[:1]]).unescape() or "—",
        "drills": words.say("paper.year.drills", held=len(year.held), signed=len(closed)),
        "incidents": words.say("paper.year.incidents", count=len(real)),
        "readiness": words.say("paper.year.readiness", figure=readiness(roster, today).figure, day=today),
        "contacts": words.say(
            "paper.year.contacts",
            numbers=len(numbers),
            fresh=sum(not stale_number(c, today) for c in numbers),
            oldest=min(dated) if dated else "",
            undated=len(numbers) - len(dated),
        ),
        "vendors": words.say("paper.year.vendors", vendors=len(vendors), signed=len(signed)),
    }
    for key, value in said.items():
        yield words.say(f"paper.year.head.{key}"), value


def _title(source: Source, kind: str) -> str:
    known = source.engine.handbook.drills.kinds.get(kind)
    return known.title.in_language(source.words.language) if known is not None else kind


def _counts(source: Source, year: FiscalYear) -> Iterator[Row]:
    """Give for each kind how often it was held, how often not on its day, and when it comes next."""
    changes, ahead, planned = list(year.changes()), year.ahead, year.planned
    held = [run.exercise.kind.id for run in year.held if run.exercise is not None]
    for kind in dict.fromkeys([*source.engine.handbook.drills.kinds, *held]):
        following = next((drill.at for drill in ahead if drill.kind == kind), None)
        missed = sum(c.kind == kind and c.became == "missed" for c in changes)
        moved = sum(c.kind == kind and c.became == "moved" for c in changes)
        wanted = sum(drill.kind == kind for drill in planned)
        yield _title(source, kind), held.count(kind), wanted or "—", moved, missed, _day(source, following)


def _drill(source: Source, run: Run) -> Row:
    words, exercise = source.words, run.exercise
    there = attendance(run, source.roster)
    kind = exercise.kind.title.in_language(words.language) if exercise is not None else words.say("paper.mode.drill")
    scenario = exercise.scenario.title.in_language(words.language) if exercise is not None and exercise.scenario else ""
    missing = (*there.excused, *there.silent)
    came = words.people(there.took_part).unescape()
    absent = words.say("paper.year.missing", people=words.people(missing).unescape()).unescape() if missing else ""
    state = "signed" if run.state == "closed" else "live" if run.live else "ended"
    at = _day(source, run.ended_at)
    ended = words.say(f"paper.year.{state}", at=at, why=run.end_reason or words.say(f"state.{run.state}")).unescape()
    return (
        _day(source, begun_at(run)),
        lines(filter(None, (kind, scenario))),
        lines(filter(None, (came, absent))),
        lines([*_results(source, run), ended]),
        run.id,
    )


def _results(source: Source, run: Run) -> Iterator[str]:
    words, called, rated, right = source.words, roll_call(run), ratings(run), quiz_rate(run)
    if not run.live and run.state != "closed":
        return
    if run.exercise is not None and called.rate is not None:
        middle = "" if called.median is None else f"{called.median:.1f}"
        yield words.say("paper.year.called", rate=f"{called.rate:.0f}", median=middle).unescape()
    if rated:
        signs = "　".join(f"{SIGNS[rating]} {rated[rating]}" for rating in RATINGS if rated[rating])
        yield words.say("paper.year.rated", signs=signs).unescape()
    if right is not None:
        yield words.say("paper.year.quiz", rate=f"{right:.0f}").unescape()
    yield from fault_texts(source, run)


def _change(source: Source, change: DateChange) -> Row:
    words = source.words
    person = change.cause == "person" or (change.became == "cancelled" and change.cause not in OURS)
    own = change.reason or change.cause if person else ""
    why = own or words.say(f"paper.year.cause.{change.cause}").unescape()
    became = words.say(f"paper.year.became.{change.became}", day=_day(source, change.to)).unescape()
    return _day(source, change.planned), _title(source, change.kind), became, why


def _ahead(source: Source, year: FiscalYear) -> Iterator[Row]:
    for drill in year.ahead[:NEXT]:
        scenario = source.engine.handbook.drills.scenarios.get(drill.scenario or "")
        title = scenario.title.in_language(source.words.language) if scenario is not None else ""
        yield _day(source, drill.at), _title(source, drill.kind), title, f"{drill.until}"


def _for_a_few(run: Run) -> bool:
    """Say whether only a few may know what it is: whoever inspects reads that it was, and when."""
    return run.playbook is not None and not run.calls_everybody


def _incident(source: Source, run: Run) -> Row:
    words = source.words
    title = (
        run.playbook.title.in_language(words.language) if run.playbook is not None else words.say("paper.year.untitled")
    )
    if _for_a_few(run):
        title = words.say("paper.year.for_a_few")
    closed = _day(source, run.ended_at) if not run.live else words.say("paper.year.open")
    return (
        _day(source, run.reported_at),
        title,
        words.say(f"state.{run.state}"),
        closed,
        "—" if _for_a_few(run) else run.id,
    )


def _checklist(source: Source, year: FiscalYear) -> Iterator[Row]:
    words = source.words
    choice = lines((words.say("paper.check.choice"), BLANK))
    for item, known in answers(source, year):
        says = lines(filter(None, (words.say(f"paper.check.state.{known.answered}").unescape(), known.says)))
        yield item.number or "2-□", item.text.in_language(words.language), says, choice, BLANK


def _picture_kinds(source: Source, year: FiscalYear) -> Iterator[tuple[str, str]]:
    """Give the kinds of which at least two drills can be compared, one of them held in the year."""
    for kind in dict.fromkeys(run.exercise.kind.id for run in year.held if run.exercise is not None):
        if len(_of_kind(source, year, kind)) > 1:
            yield f"trend_{kind}.png", _title(source, kind)


def _of_kind(source: Source, year: FiscalYear, kind: str) -> list[Run]:
    return [
        run
        for run in source.runs.values()
        if run.exercise is not None
        and run.exercise.kind.id == kind
        and run.state == "closed"
        and source.roster.facility.local(run.exercise.begun_at).date() <= year.end
    ]


def _pictures(source: Source, year: FiscalYear) -> Iterator[tuple[str, bytes]]:
    from bot.documents.records.drill_trend import drill_trend  # noqa: PLC0415  (matplotlib takes its time to load)

    for name, _ in _picture_kinds(source, year):
        kind = name.removeprefix("trend_").removesuffix(".png")
        yield name, drill_trend(_of_kind(source, year, kind), source.words)
