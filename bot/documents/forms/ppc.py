"""The reports to the Personal Information Protection Commission: nine items each, preliminary and final.

The items are those of the enforcement rules of the privacy act (個人情報保護法施行規則), article 8, paragraph 1; only what
is known at the time has to be said. The sub-fields follow the commission's own form as far as it is known. My Numbers
are reported apart, under a law of their own, with the same items on the data of those concerned alone.
"""

from __future__ import annotations

from dataclasses import replace

from bot.documents.facts.form import Field, Form, Section, Statement
from bot.documents.facts.pen import Pen
from bot.documents.forms import classing, deeds, harm
from bot.documents.forms.institution import institution
from bot.documents.forms.still_open import still_open
from bot.documents.source import Source
from bot.words.explaining import OF_STAFF
from flows.events.calling import Reported
from flows.events.explaining import ExplanationUsed
from flows.response.papers import PAPERS
from flows.state.run import Filed
from playbooks.conditions import Condition
from playbooks.duties.assessment import NotOwed, OwedDuty, Span

PRELIMINARY, FINAL = "ppc_preliminary", "ppc_final"
MY_NUMBER = ("my_number_preliminary", "my_number_final")
PERSONS_NOTICE, MY_NUMBER_NOTICE = "persons_notice", "my_number_notice"

_MATTERS = ((PRELIMINARY, FINAL), MY_NUMBER)
"""Each matter that is reported by itself, as its preliminary and its final report."""

_AGAINST_A_REPEAT = ("passwords", "tell_staff")
"""Steps that are done so that it does not happen again."""


def preliminary(source: Source) -> Form:
    """Give the preliminary report (速報), or its supplement once one was filed."""
    return _supplement(source, PRELIMINARY)


def final(source: Source) -> Form:
    """Give the final report (確報): what changed since the preliminary one, or since the last final one, is marked."""
    return _supplement(source, FINAL)


def my_number_preliminary(source: Source) -> Form:
    """Give the preliminary report on My Numbers (特定個人情報)."""
    return _supplement(source, MY_NUMBER[0])


def my_number_final(source: Source) -> Form:
    """Give the final report on My Numbers."""
    return _supplement(source, MY_NUMBER[1])


def _supplement(source: Source, duty: str) -> Form:
    pen = Pen(source)
    form = _form(pen, duty)
    made = filed_before(pen, duty)
    # All that is said is compared, not the facts alone that decide: a cause that was found changes no duty.
    return form.since(_form(Pen(source.as_of(made[1].turn)), duty)) if made else form


def filed_before(pen: Pen, duty: str) -> tuple[str, Filed] | None:
    """Give the last report of this matter before this one, which makes it a supplement (続報); one taken back is none.

    A final report follows the preliminary one. What was filed as final makes a supplement of a later preliminary one, too.
    """
    made = [(name, pen.run.filed[name]) for name in _matter(duty) if name in pen.run.filed]
    own = [one for one in made if one[0] == duty]
    return max(own or made, key=lambda one: one[1].turn, default=None)


def _matter(duty: str) -> tuple[str, str]:
    """Give the preliminary and the final report of the matter that a report is about."""
    return next(matter for matter in _MATTERS if duty in matter)


def _form(pen: Pen, duty: str) -> Form:
    law = pen.known.duties.duties[duty]
    said = (kind_of_report(pen, duty), institution(pen), *items(pen, duty))
    course, record = account(pen)
    return Form(
        title=pen.title(f"paper.{PAPERS[duty]}.title{'.supplement' if filed_before(pen, duty) else ''}"),
        to=pen.to(law),
        sections=(*said, still_open(pen, said), course, record),
        note=pen.note(),
        foot=(pen.law(law), pen.say("form.my_number.foot" if duty in MY_NUMBER else "form.ppc.foot")),
    )


def kind_of_report(pen: Pen, duty: str) -> Section:
    """Say which report it is: preliminary or final, new or a supplement, until when, sent when."""
    before = filed_before(pen, duty)
    last: tuple[Statement, ...] = ()
    if before is not None:
        which, made = before
        said = {"which": pen.say(f"form.ppc.which.{which}"), "time": pen.moment(made.at), "words": made.words}
        last = pen.state(pen.say("form.ppc.last", **said), made.turn)
    return pen.section(
        "form.ppc.kind",
        pen.field("form.ppc.which", pen.state(pen.say(f"form.ppc.which.{duty}"))),
        pen.field(
            "form.ppc.supplement",
            last or pen.state(pen.say("form.ppc.first"), source=pen.say("form.by_record")),
        ),
        pen.field("form.ppc.due", _due(pen, duty)),
        pen.by_hand("form.ppc.sent_on"),
    )


def _due(pen: Pen, duty: str) -> tuple[Statement, ...]:
    judged = pen.known.duty(duty)
    if isinstance(judged, NotOwed):
        names = frozenset(why.partition("=")[0] for why in judged.why)
        decided = next((one for one in pen.run.decisions.values() if one.decision == "not_report"), None)
        ours = decided is not None and pen.run.facts.get("report_wanted") == "yes" and duty not in MY_NUMBER
        why = pen.source.words.joined(one.text for name in sorted(names) for one in pen.fact(name)).unescape()
        return pen.state(pen.say("form.ppc.voluntary", why=why, ours=ours), *pen.known.origins(names))
    if not isinstance(judged, OwedDuty) or judged.due is None:
        return ()
    if duty in pen.run.filed:  # its day was kept or not; a supplement has none of its own
        supplement = pen.state(pen.say("form.ppc.due.supplement"), pen.run.filed[duty].turn)
        _, last = _matter(duty)
        return (*supplement, *(_due(pen, last) if duty != last and last not in pen.run.filed else ()))
    span = judged.due if isinstance(judged.due, Span) else None
    day = span.until if span else judged.last_day
    return pen.state(
        pen.say(
            "form.ppc.day",
            which=pen.say(f"form.ppc.which.{duty}"),
            start=pen.day(span.start) if span else "",
            day=pen.day(day) if day else "",
            provisional=judged.provisional,
            confirm=judged.duty.confirm is not None,
            drill=pen.run.drill,
        ),
        *pen.known.since(),
    )


def items(pen: Pen, duty: str = PRELIMINARY) -> tuple[Section, ...]:
    """Give the nine items of the matter that a report is about, each a section under its name in the law."""
    bodies = (
        ("overview", _overview(pen, duty)),
        ("data_kinds", _my_number_data(pen) if duty in MY_NUMBER else _data(pen)),
        ("persons", (harm.my_number_persons(pen),) if duty in MY_NUMBER else _persons(pen)),
        ("cause", _cause(pen)),
        ("secondary_harm", _secondary_harm(pen)),
        ("persons_response", _response(pen, MY_NUMBER_NOTICE if duty in MY_NUMBER else PERSONS_NOTICE)),
        ("publication", _publication(pen)),
        ("prevention", _prevention(pen)),
        ("other", _other(pen)),
    )
    names = pen.known.duties.items
    return tuple(
        Section(pen.say("form.item", number=number, name=names[item].in_language(pen.source.language)), fields)
        for number, (item, fields) in enumerate(bodies, 1)
    )


def _overview(pen: Pen, duty: str) -> tuple[Field, ...]:
    found_by = [
        one
        for turn, reported in pen.known.events(Reported)
        for one in pen.state(pen.say("form.found_by.staff", who=pen.role(reported.reporter)), turn)
    ]
    return (
        harm.happened(pen),
        harm.found(pen),
        pen.field("form.found_by", found_by),
        _grounds(pen, duty),
        pen.by_hand("form.entrusted", note="form.entrusted.note"),
        harm.symptoms(pen),
        *harm.since_then(pen),
        *harm.data(pen),
    )


def _grounds(pen: Pen, duty: str) -> Field:
    """Say which numbers of the rule apply; those that nobody can exclude yet are said to be so."""
    judged = pen.known.duty(duty)
    label = "form.grounds.my_number" if duty in MY_NUMBER else "form.grounds"
    if isinstance(judged, NotOwed):
        return pen.field(label, pen.state(pen.say("form.ground.none"), source=pen.say("form.by_record")))
    said: list[Statement] = []
    for ground in judged.grounds if isinstance(judged, OwedDuty) else ():
        condition = Condition.of(ground.when)
        turns = pen.known.origins(condition.facts)
        # What holds is known; what only cannot be excluded is on the form as such, without any entry behind it.
        sure = condition.holds(pen.run.facts) is True
        text = pen.say(
            "form.ground", number=ground.number, what=ground.says.in_language(pen.source.language), sure=sure
        )
        said += pen.state(text, *turns, source="" if turns else pen.say("form.by_record"))
    return pen.field(label, said)


def _data(pen: Pen) -> tuple[Field, ...]:
    facts = ("sensitive", "financial", "my_number", "encrypted_safely")
    return (
        classing.medium(pen),
        classing.whose(pen),
        pen.field("form.kinds", harm.kinds(pen)),
        classing.particulars(pen),
        *(pen.field(f"form.has.{fact}", pen.fact(fact)) for fact in facts),
    )


def _my_number_data(pen: Pen) -> tuple[Field, ...]:
    """Give what is known of the data of those whose My Number is concerned; all else is reported apart."""
    return (
        classing.medium(pen),
        classing.whose(pen, OF_STAFF),
        classing.particulars(pen, OF_STAFF),
        *(pen.field(f"form.has.{fact}", pen.fact(fact)) for fact in ("my_number", "encrypted_safely")),
    )


def _persons(pen: Pen) -> tuple[Field, ...]:
    return (harm.persons(pen), pen.by_hand("form.persons.sensitive"), pen.by_hand("form.persons.cards"))


def _cause(pen: Pen) -> tuple[Field, ...]:
    return (
        pen.field("form.malicious", pen.fact("malicious")),
        classing.party_at_fault(pen),
        classing.kind_of_cause(pen),
        harm.cause(pen),
    )


def _secondary_harm(pen: Pen) -> tuple[Field, ...]:
    return (
        pen.field(
            "form.secondary_harm", pen.fact("secondary_harm"), pen.told(pen.known.said("harm_report"), "form.said")
        ),
    )


def _response(pen: Pen, duty: str) -> tuple[Field, ...]:
    """Say who was told and how; where nobody was, whether anybody has to be."""
    notice, judged = pen.run.filed.get(duty), pen.known.duty(duty)
    filed = pen.timed(notice.turn, pen.say("form.notified", words=notice.words)) if notice else ()
    reached = _used(pen, "letter", "phone")
    told = (*filed, *pen.fact("told"), *pen.fact("notice_by"), *reached)
    if not told and isinstance(judged, NotOwed):
        names = frozenset(why.partition("=")[0] for why in judged.why)
        why = pen.source.words.joined(one.text for name in sorted(names) for one in pen.fact(name)).unescape()
        told = pen.state(pen.say("form.response.not_owed", why=why), *pen.known.origins(names))
    elif not told and isinstance(judged, OwedDuty) and not pen.run.live:
        told = pen.state(pen.say("form.response.open"), source=pen.say("form.by_record"))
    ticked = classing.response(pen, duty, *reached)
    return (pen.by_hand("form.response", ticked, told, note="" if ticked else "form.response.note"),)


def _used(pen: Pen, *kinds: str) -> tuple[Statement, ...]:
    return tuple(
        one
        for turn, used in pen.known.events(ExplanationUsed)
        if used.kind in kinds
        for one in pen.timed(
            turn, pen.say("form.used", what=pen.say(f"explain.{used.kind}.{used.language}"), about=used.about)
        )
    )


def _publication(pen: Pen) -> tuple[Field, ...]:
    said = deeds.decided(pen, "publish") or pen.fact("published")
    shown = _used(pen, "web", "poster")
    ticked = classing.publication(pen, *shown)
    note = "" if ticked else "form.publication.note"
    return (pen.by_hand("form.publication", ticked, said, shown, note=note),)


def _prevention(pen: Pen) -> tuple[Field, ...]:
    promised = pen.told(pen.known.said("vendor_measures"), "form.said")
    return (
        pen.field(
            "form.prevention.done", pen.fact("entry_closed"), *(deeds.did(pen, step) for step in _AGAINST_A_REPEAT)
        ),
        pen.field("form.prevention.planned", pen.told(pen.known.said("prevention")), promised),
    )


def _other(pen: Pen) -> tuple[Field, ...]:
    return (
        harm.care(pen),
        pen.by_hand("form.other_reports", deeds.filed(pen)),
        pen.by_hand("form.remarks"),
    )


def account(pen: Pen) -> tuple[Section, Section]:
    """Give the course of events on a page of its own, and behind it the record on which it rests."""
    course = pen.section("form.account", pen.field("form.account.course", deeds.course(pen)), note="form.account.note")
    whole = pen.section("form.account.whole", pen.field("form.account.course", deeds.whole_course(pen)))
    return replace(course, apart=True), replace(whole, apart=True)
