"""``duties``: which reports are owed on what is known, to whom and by when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import click

from bot.command_line.ending import MISUSE, PROBLEMS, give_up, say, say_json
from bot.command_line.options import as_json, language_option, option
from bot.phrasing import in_all, phrase
from playbooks.conditions import UNKNOWN
from playbooks.duties.assessment import assess
from playbooks.duties.clock import UnclearTime
from playbooks.duties.facts import WrongFacts, facts_from, known_at_from
from playbooks.duties.reading import load_duties
from playbooks.duties.shape import Duties
from playbooks.phrasing import Phrase
from playbooks.texts import LANGUAGES, Language

A_YEAR = timedelta(days=365)


def _remarks(law: Duties, known: date) -> Iterator[Phrase]:
    """Say of a day so far from the text of the law that is held that its rules or its holidays may be others."""
    if known < date.fromisoformat(law.version) - A_YEAR:
        yield phrase("duties.older_law", version=law.version)
    if known.year > law.gazette_year:
        yield phrase("duties.far_ahead", year=law.gazette_year)


@click.command()
@option("--known-at", required=True, says="known_at", such_as="2026-11-30T10:00+09:00")
@option("--fact", "facts", multiple=True, metavar="KEY=VALUE", says="fact", such_as="leak=suspected")
@language_option
@as_json
def duties(known_at: str, facts: tuple[str, ...], language: Language | None, json: bool) -> None:
    """Say which reports are owed, to whom and by when; what is unknown never removes one."""
    law = load_duties()
    if not isinstance(law, Duties):
        give_up("\n".join(map(str, law)), PROBLEMS)
    try:
        known = known_at_from(known_at)
        given = facts_from(law, facts)
        assessment = assess(law, given, known)
    except WrongFacts as wrong:
        give_up("\n".join(f"--fact:{one.line}: {in_all(one.what)}" for one in wrong.mistakes), MISUSE)
    except UnclearTime as unclear:
        give_up(f"--known-at: {in_all(unclear.what)}", MISUSE)
    for remark in _remarks(law, known.date()):
        click.echo(f"⚠️ {in_all(remark)}", err=True)
    for said in assessment.contradictions:
        click.echo(f"⚠️ {in_all(said)}", err=True)
    found = assessment.as_json(language or LANGUAGES[0])
    supposed = {name: value for name, value in assessment.assumed.items() if value != UNKNOWN}
    if supposed:
        listed = ", ".join(f"{name}={value}" for name, value in supposed.items())
        click.echo(f"⚠️ {in_all(phrase('duties.assumed', facts=listed))}", err=json)
    if json:
        say_json(found)
        return
    if unknown := [name for name in assessment.assumed if name not in supposed]:
        say(f"{in_all(phrase('duties.unknown'))}: {', '.join(unknown)}\n")
    for one in found:
        _say_one(one)
    # What is unknown takes no duty away, what is supposed may: so it is said what would come back.
    otherwise = assess(law, {**given, **dict.fromkeys(supposed, UNKNOWN)}, known).as_json(language or LANGUAGES[0])
    here = {one["id"] for one in found}
    if more := [one for one in otherwise if one["id"] not in here]:
        say(f"\n{in_all(phrase('duties.otherwise'))}:")
    for one in more:
        _say_one(one)


def _say_one(one: Mapping[str, object]) -> None:
    due, aim = one["due"], one["target"]
    when = f"{due['from']} – {due['until']}" if isinstance(due, dict) else due
    if when is None and isinstance(aim, dict):
        when = f"({in_all(phrase('duties.aim'))}: {aim['by']})"
    unsure = "" if one["certain"] else f"  ({in_all(phrase('duties.unsure'))})"
    say(f"{one['id']:22} {one['to']}  {when}{unsure}\n    {one['law']}")
    if one["to_confirm"]:
        say(f"    {in_all(phrase('duties.to_confirm'))}: {one['to_confirm']}")
