"""``duties``: which reports are owed on what is known, to whom and by when."""

from __future__ import annotations

import click

from bot.command_line.ending import MISUSE, PROBLEMS, give_up, say, say_json
from bot.command_line.options import as_json, language_option, option
from bot.phrasing import in_all, phrase
from playbooks.duties.assessment import assess
from playbooks.duties.clock import UnclearTime
from playbooks.duties.facts import WrongFacts, facts_from, known_at_from
from playbooks.duties.reading import load_duties
from playbooks.duties.shape import Duties
from playbooks.texts import LANGUAGES, Language


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
        assessment = assess(law, facts_from(law, facts), known_at_from(known_at))
    except WrongFacts as wrong:
        give_up("\n".join(f"--fact:{one.line}: {in_all(one.what)}" for one in wrong.mistakes), MISUSE)
    except UnclearTime as unclear:
        give_up(f"--known-at: {in_all(unclear.what)}", MISUSE)
    for said in assessment.contradictions:
        click.echo(f"⚠️ {in_all(said)}", err=True)
    found = assessment.as_json(language or LANGUAGES[0])
    if json:
        say_json(found)
        return
    for one in found:
        due, aim = one["due"], one["target"]
        when = f"{due['from']} – {due['until']}" if isinstance(due, dict) else due
        if when is None and isinstance(aim, dict):
            when = f"({in_all(phrase('duties.aim'))}: {aim['by']})"
        unsure = "" if one["certain"] else f"  ({in_all(phrase('duties.unsure'))})"
        say(f"{one['id']:22} {one['to']}  {when}{unsure}\n    {one['law']}")
        if one["to_confirm"]:
            say(f"    {in_all(phrase('duties.to_confirm'))}: {one['to_confirm']}")
    for name, value in assessment.assumed.items():
        say(f"  {in_all(phrase('duties.assumed'))}: {name}={value}")
