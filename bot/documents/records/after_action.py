"""The after-action review (事後の振り返り): what happened, how fast, who decided what and why, what is to change, who signs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.documents.facts import improvements
from bot.documents.facts.evidence_list import evidence_rows
from bot.documents.facts.measures import Measurement, late_steps, measures, steps_done
from bot.documents.facts.run_header import head_rows, letters, sealed_at, signed
from bot.documents.kinds import Written, document
from bot.documents.paper.markdown import Markdown, write
from bot.documents.records.timeline_record import broken_at
from bot.documents.source import Source
from bot.words.decisions import decision_as_sentence
from bot.words.step_types import SAID
from bot.words.tasks import measures_without_owner
from flows.response.closing import review_questions
from flows.response.reporting import DutyNow, duties_now
from flows.state.run import Answered
from playbooks.duties.assessment import Span

PICTURE = "timeline.png"
WORST = 10
"""Steps over their time that are listed; the timeline has them all."""

Row = tuple[object, ...]


@document("after_action", of="run", carries_log=True)
def after_action(source: Source) -> Written:
    """Write the review of a run; what nobody has answered yet is left to be filled in by hand."""
    from bot.documents.records.picture import timeline_picture  # noqa: PLC0415  (matplotlib takes its time to load)

    words, run = source.words, source.run
    title = words.say("paper.after_action.title").unescape()
    late = late_steps(source)
    made = write(
        "after_action",
        words,
        title=title,
        source=source,
        head=head_rows(source),
        picture=Markdown(PICTURE),
        live=run.live,
        broken=broken_at(source),
        measures=list(map(_MeasureRow(source), measures(source))),
        late=list(map(_MeasureRow(source), late[:WORST])),
        late_count=len(late),
        done=steps_done(run),
        review=[(words.say(f"review.{q}").unescape(), run.review.get(q)) for q in review_questions(run)],
        afterwards=list(_afterwards(source)),
        decisions=list(_decisions(source)),
        duties=list(_duties(source)),
        contacts=list(_contacts(source)),
        tasks=list(improvements.rows(source, improvements.of_runs(source, [source.run_id]))),
        written=[(text, "", "") for text in measures_without_owner(run, source.house.tasks.values())],
        waived=list(_waived(source)),
        evidence=evidence_rows(source),
        signed=signed(source),
        seal=source.seal,
        sealed_at=sealed_at(source),
    )
    return Written(title, made, {PICTURE: timeline_picture(source)}, draft=run.live)


class _MeasureRow:
    """Puts a measure into a row: what, since the report, time taken, target, how it went, entry."""

    def __init__(self, source: Source) -> None:
        self._words = source.words

    def __call__(self, measure: Measurement) -> Row:
        words = self._words
        name = measure.label or words.say(f"paper.measure.{measure.name}").unescape()
        how = "not_done" if measure.took is None else "untold" if measure.met is None else f"{measure.met}".lower()
        return (
            name,
            self._time(measure.since_report),
            self._time(measure.took),
            self._time(measure.target),
            words.say(f"paper.met.{how}").unescape(),
            measure.seq or "",
        )

    def _time(self, span: timedelta | None) -> str:
        if span is None:
            return "—"
        return self._words.length(round(span.total_seconds() / 60))


def _local(source: Source, moment: datetime) -> str:
    return f"{source.roster.facility.local(moment):%m-%d %H:%M}"


def _who(source: Source, member: str) -> str:
    return source.words.who(member).unescape()


def _decisions(source: Source) -> Iterator[Row]:
    words, run = source.words, source.run
    for turn, letter in letters(run).items():
        made = run.decisions[turn]
        stands = "" if made.ratified is None else "yes" if made.ratified else "no"
        state = stands or ("pending" if made.provisional else "own")
        what = decision_as_sentence(words, run, made)
        yield (
            letter,
            _local(source, made.at),
            what,
            made.reason,
            _who(source, made.by),
            words.say(f"paper.ratified.{state}"),
            source.seq_of(turn),
        )


def _duties(source: Source) -> Iterator[Row]:
    words = source.words
    for duty in duties_now(source.run, source.roster.facility.local(source.date).date()):
        name = words.say(f"duty.{duty.id}") if words.has(f"duty.{duty.id}") else duty.id
        said = f"{_local(source, duty.filed.at)} {_who(source, duty.filed.by)} {duty.filed.words}" if duty.filed else ""
        late = f" {words.say('paper.overdue').unescape()}" if duty.overdue else ""
        seq = source.seq_of(duty.filed.turn) if duty.filed else ""
        unsure = duty.wanted and duty.owed is not None and duty.owed.duty.confirm is not None
        confirm = words.say("paper.confirm").unescape() if unsure else ""
        state = words.say(f"duties.state.{duty.state}", day=_day(duty.until) if duty.until else "").unescape()
        state += late + confirm
        yield (name, state, _by_when(source, duty), said or duty.reason, seq)


def _by_when(source: Source, duty: DutyNow) -> str:
    owed, words = duty.owed, source.words
    if owed is None:
        return "—"
    if isinstance(owed.due, Span):
        return words.say("duties.span", start=_day(owed.due.start), until=_day(owed.due.until)).unescape()
    if owed.due is not None:
        return words.say("duties.until", day=_day(owed.due), provisional=owed.provisional).unescape()
    return words.say("duties.promptly").unescape()


def _day(day: date) -> str:
    return f"{day:%Y-%m-%d}"


def _contacts(source: Source) -> Iterator[Row]:
    """Give the calls that were made: whom, when, by whom, what was promised until when."""
    run = source.run
    local = source.roster.facility.local
    for (track, name), answered in sorted(run.answered.items(), key=lambda item: item[1].at):
        reference = run.text_of(track, name).contact
        if reference is None:
            continue
        until = answered.given.get("until")
        yield (
            _local(source, answered.at),
            _party(source, reference),
            _who(source, answered.member),
            answer_of(source, track, name, answered),
            f"{local(datetime.fromisoformat(until)):%m-%d %H:%M}" if until else "",
            source.seq_of(answered.turn),
        )


def _party(source: Source, reference: str) -> str:
    contact = next(iter(source.roster.contacts_for(reference)), None)
    key = f"service.{reference}"
    kind = source.words.say(key).unescape() if source.words.has(key) else reference
    return f"{kind}: {contact.name}" if contact else kind


def answer_of(source: Source, track: str, name: str, answered: Answered) -> str:
    """Say what was answered to a step: the label of the answer, what was ticked, typed or promised, and the reason."""
    step, language = source.run.text_of(track, name), source.words.language
    quoted = SAID[step.takes].in_documents(source.words, step, answered.given)
    option = step.choices.get(answered.answer.removeprefix("choice:")) or step.answers.get(answered.answer)
    label = option.label.in_language(language) if option and (answered.answer != "done" or not quoted) else ""
    return " ".join(part for part in (label, quoted, answered.reason or "") if part)


def _afterwards(source: Source) -> Iterator[Row]:
    """Give what the working-up after the event has found: cause, what was missing, what was arranged."""
    run, language = source.run, source.words.language
    tracks = run.playbook.tracks if run.playbook else {}
    for (track, name), answered in run.answered.items():
        if track in tracks and tracks[track].stage == "after":
            ask = run.text_of(track, name).ask.in_language(language)
            yield ask, answer_of(source, track, name, answered), source.seq_of(answered.turn)


def _waived(source: Source) -> Iterator[Row]:
    run, language = source.run, source.words.language
    for (track, name), reason in run.waived.items():
        yield run.text_of(track, name).ask.in_language(language), reason
