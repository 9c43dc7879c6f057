"""The record of a drill (訓練記録): who, what was planned and what came, times, ratings, voices, improvements, sign-off."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.facts import improvements
from bot.documents.facts.drill_results import LEAST_ANSWERS, attendance, faults, quiz_by_question
from bot.documents.facts.run_header import sealed_at, signed, state
from bot.documents.kinds import Written, document
from bot.documents.paper.markdown import Markdown, write
from bot.documents.records.drill_course import calls, findings, injects, times
from bot.documents.records.timeline_record import broken_at
from bot.documents.source import Source
from bot.words.tasks import task_text
from flows.response.closing import review_questions
from flows.response.measuring import YARDSTICK, previous, proposal, series
from flows.state.exercise import Exercise
from flows.state.run import Run

PICTURE = "trend.png"
Row = tuple[object, ...]


@document("drill_record", of="drill", carries_log=True)
def drill_record(source: Source) -> Written:
    """Write the record of a drill, whole or as far as it has come; LookupError for a run that is none."""
    run, words, exercise = source.run, source.words, source.run.exercise
    if exercise is None:
        raise LookupError("a drill record is made of a drill")
    before = previous(run, source.runs.values())
    pictures = _pictures(source)
    title = words.say("paper.drill_record.title").unescape()
    tasks = improvements.of_runs(source, [source.run_id])
    made = write(
        "drill_record",
        words,
        title=title,
        source=source,
        live=run.live,
        broken=broken_at(source),
        head=list(_head(source, exercise)),
        present=list(_present(source)),
        vendors=list(_vendors(source, exercise)),
        yardstick=YARDSTICK,
        injects=list(injects(source)),
        calls=[_call(source, row) for row in calls(source, before)],
        times=list(times(source, before)),
        before=_day(source, before),
        findings=list(findings(source)),
        faults=fault_texts(source, run),
        quiz=list(_quiz(source)),
        least=LEAST_ANSWERS,
        objectives=list(_objectives(source, exercise)),
        situation=_situation(source, exercise),
        review=[(words.say(f"review.{q}").unescape(), run.review.get(q)) for q in review_questions(run)],
        named=[(words.who(who).unescape(), text) for who, text in exercise.feedback if who],
        nameless=sorted(text for who, text in exercise.feedback if not who),
        tasks=list(improvements.rows(source, tasks)),
        verified=list(_verified(source, exercise)),
        picture=Markdown(PICTURE) if pictures else None,
        signed=signed(source),
        seal=source.seal,
        sealed_at=sealed_at(source),
    )
    return Written(title, made, pictures, draft=run.live)


def _head(source: Source, exercise: Exercise) -> Iterator[Row]:
    run, words, local = source.run, source.words, source.roster.facility.local

    def line(key: str, value: object) -> Row:
        return words.say(f"paper.drill.head.{key}"), value

    yield line("number", source.run_id)
    yield line("kind", exercise.kind.title.in_language(words.language))
    if exercise.scenario is not None:
        yield line("scenario", exercise.scenario.title.in_language(words.language))
    ended = f" – {local(run.ended_at):%H:%M}" if run.ended_at is not None else ""
    yield line("date", f"{local(exercise.begun_at):%Y-%m-%d %H:%M}{ended}")
    planned = source.house.drills.get(exercise.drill)
    if planned is not None:
        at = f"{local(planned.at):%Y-%m-%d %H:%M}"
        yield line("planned", words.say("paper.drill.planned", at=at, count=planned.moves))
    yield line("purpose", exercise.kind.purpose.in_language(words.language))
    yield line("begun_by", words.who(exercise.begun_by).unescape())
    yield line(
        "facilitator",
        words.who(exercise.facilitator).unescape() if exercise.facilitator else words.say("paper.drill.nobody_led"),
    )
    yield line("state", state(source) + (f" {run.end_reason}" if run.end_reason else ""))
    if exercise.pauses:
        minutes = round(exercise.paused.total_seconds() / 60)
        yield line("paused", words.say("paper.drill.paused", count=len(exercise.pauses), minutes=minutes))


def _situation(source: Source, exercise: Exercise) -> str:
    return exercise.scenario.situation.in_language(source.words.language) if exercise.scenario else ""


def _present(source: Source) -> Iterator[Row]:
    """Give who took part, had patients, was silent or away, each by name and role."""
    words, run = source.words, source.run
    begun = run.exercise.begun_at if run.exercise else source.date
    later = frozenset(member for member, at in source.house.calendar.joined.items() if at > begun)
    there = attendance(run, source.roster, later)
    for how in ("took_part", "excused", "silent", "away"):
        people: tuple[str, ...] = getattr(there, how)
        yield words.say(f"paper.drill.{how}"), len(people), words.people(people).unescape() if people else "—"


def _vendors(source: Source, exercise: Exercise) -> Iterator[Row]:
    """Give each vendor who was invited or came: whether they took part, and what was learnt with them."""
    planned = source.house.drills.get(exercise.drill)
    invited = planned.vendors if planned else ()
    for contact in dict.fromkeys([*invited, *exercise.vendors, *exercise.lessons]):
        known, how = source.roster.contact(contact), exercise.vendors.get(contact)
        said = source.words.say(f"vendor_came.{how}" if how else "paper.drill.vendor.unsaid")
        yield known.name if known else contact, said, exercise.lessons.get(contact, "—")


def _call(source: Source, row: Row) -> Row:
    name, now, then = row
    words = source.words
    values = {
        "rate": f"{YARDSTICK['rate']:g} %",
        "median": words.say("paper.drill.minutes", minutes=YARDSTICK["minutes"]),
    }
    best = {
        "rate": f"{YARDSTICK['best_rate']:g} %",
        "median": words.say("paper.drill.minutes", minutes=YARDSTICK["best_minutes"]),
    }
    return words.say(f"paper.drill.call.{name}"), now, then, values[str(name)], best[str(name)]


def fault_texts(source: Source, run: Run) -> list[str]:
    """Say what a drill counted as wrong or missing; nothing for a count of none."""
    return [
        source.words.say(f"paper.drill.fault.{name}", count=count).unescape()
        for name, count in faults(run).items()
        if count
    ]


def _quiz(source: Source) -> Iterator[Row]:
    words, language = source.words, source.words.language
    for asked in quiz_by_question(source.run):
        question = asked.question
        best = question.options[question.right].in_language(language) if question.right else "—"
        few = words.say("paper.drill.few").unescape()
        right = (
            few
            if asked.right is None
            else words.say("paper.drill.right", right=asked.right, given=asked.given).unescape()
        )
        yield question.ask.in_language(language), best, right


def _objectives(source: Source, exercise: Exercise) -> Iterator[Row]:
    words = source.words
    for objective in exercise.objectives:
        rated = exercise.ratings.get(objective.id)
        said = words.say(f"rating.{rated or proposal(source.run, objective)}").unescape()
        proposed = "" if rated else words.say("paper.drill.proposed").unescape()
        yield objective.text.in_language(words.language), f"{said} {proposed}".strip()


def _verified(source: Source, exercise: Exercise) -> Iterator[Row]:
    """Give what was put right since the drills before, and whether this drill saw it hold."""
    words = source.words
    looked_at = improvements.verified_in(source, source.run_id)
    for number in dict.fromkeys([*exercise.verifies, *looked_at]):
        task = source.house.tasks.get(number)
        if task is not None:
            found = {True: "holds", False: "fails", None: "unseen"}[looked_at.get(number)]
            yield (
                number,
                task_text(source.words, task),
                words.who(task.owner).unescape(),
                words.say(f"paper.drill.{found}"),
            )


def _day(source: Source, run: Run | None) -> str:
    begun = run.exercise.begun_at if run is not None and run.exercise is not None else None
    return f"{source.roster.facility.local(begun):%Y-%m-%d}" if begun else ""


def _pictures(source: Source) -> dict[str, bytes]:
    """Draw the drills of this kind up to this one; nothing while it is the first."""
    from bot.documents.records.drill_trend import drill_trend  # noqa: PLC0415  (matplotlib takes its time to load)

    of_kind = series(source.run, source.runs.values())
    return {PICTURE: drill_trend(of_kind, source.words)} if len(of_kind) > 1 else {}
