"""What a run knows, put into the texts for patients; nothing is said here that no entry says."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from operator import itemgetter
from typing import Any

from contacts.model import Facility
from flows.state.run import Run
from flows.state.work import Context
from flows.written.guesses import is_a_guess
from flows.written.taking import own_words
from playbooks.explanations.filling import draft
from playbooks.explanations.shape import KINDS, ExplanationDraft, Explanations, Kind, Values
from playbooks.texts import Language

DATA_STEP = "what_data"
"""The step of the playbooks in which the kinds of data concerned are ticked; its items are kinds in the texts."""

CAUSE_STEP = "cause_text"
"""The step in which somebody writes the cause down."""

OF_STAFF = frozenset({"staff"})
"""Kinds of data that are of staff alone; patients aren't told of them."""

TO_PERSONS: Kind = "letter"
"""The text that goes to the persons concerned alone."""

MARK = 8
"""Signs of a digest by which a button says which wording it is about."""


def draft_for(
    texts: Explanations, run: Run, context: Context, kind: Kind, language: Language, *, to_staff: bool = False
) -> ExplanationDraft:
    """Write a text for patients from what the run knows now; LookupError before a playbook was chosen.

    ``to_staff`` is for those whose My Number is concerned: on their data alone, its day left to be entered.
    """
    if run.playbook is None:
        raise LookupError("nothing is known to be explained yet")
    facility = context.roster.facility
    return draft(
        texts,
        kind,
        run.playbook.event,
        facility.kind,
        _values(run, context, facility, to_staff=to_staff),
        facts_of(run, to_staff=to_staff),
        language,
    )


def _values(run: Run, context: Context, facility: Facility, *, to_staff: bool) -> Values:
    ticked: list[str] = next((given["ticked"] for _, given in _given(run, DATA_STEP) if "ticked" in given), [])
    telephone = run.where_to_ask or facility.telephone or ""
    return Values(
        facility=facility.name,
        day=None if to_staff else context.today,
        found_at=facility.local(run.known_at).replace(tzinfo=None) if run.known_at else None,
        data_kinds=tuple(OF_STAFF) if to_staff else tuple(kind for kind in ticked if kind not in OF_STAFF),
        cause=_cause(run),
        contact=f"{facility.name} {telephone}" if telephone else "",
    )


def kinds_of(run: Run) -> tuple[Kind, ...]:
    """Give the kinds of texts that a run may use.

    Of a matter for a few nothing hangs on a wall before that was decided; of a mere failure nobody gets a letter on their information.
    """
    if not run.calls_everybody and run.facts.get("published") != "yes":
        return (TO_PERSONS,)
    failure = run.playbook is not None and run.playbook.event in ("system_failure", "disaster")
    concerned = any(run.facts.get(fact) in ("suspected", "confirmed") for fact in ("leak", "loss", "damage"))
    return tuple(kind for kind in KINDS if kind != TO_PERSONS or concerned or not failure)


def _given(run: Run, step: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give what was handed over in a step of this name, in whatever track, with the turn."""
    return (
        (answer.turn, answer.given) for (_, name), answer in run.answered.items() if name.rpartition("/")[2] == step
    )


def _cause(run: Run) -> str:
    """Give the cause in the words of whoever wrote it last, as they put them right; empty while nobody did."""
    told = [(turn, given) for turn, given in _given(run, CAUSE_STEP) if own_words(given)]
    turn, given = max(told, key=itemgetter(0), default=(0, {}))
    instead = run.corrections.get(turn, (None, None))[0]
    return instead or own_words(given)


def facts_of(run: Run, *, to_staff: bool = False) -> dict[str, str]:
    """Give the run's facts, whom it has told, which playbook is followed (it says what happened), how the cause is written.

    Words that still say that they are a guess are told as one, though the cause was confirmed since. ``care_said`` and
    ``service_said`` tell that a person spoke of it; a playbook's assumption alone is nothing to tell patients.
    ``to_staff`` tells that it is for the house's own people.
    """
    told = {"police_told": "police", "ppc_told": "my_number_preliminary" if to_staff else "ppc_preliminary"}
    followed = {"playbook": run.playbook.playbook} if run.playbook else {}
    cause = _cause(run)
    written = {"cause_written": "other" if cause.isascii() else "ja"}
    if is_a_guess(cause) and run.facts.get("cause_known") == "confirmed":
        written["cause_known"] = "assumed"
    spoken_of = {"care_said": "care_affected", "service_said": "service"}
    said = {name: "yes" for name, fact in spoken_of.items() if run.learnt.get(fact)}
    said |= {"to_staff": "yes"} if to_staff else {}
    return {
        **run.facts,
        **followed,
        **written,
        **said,
        **{fact: "yes" for fact, duty in told.items() if duty in run.filed},
    }


def mark_of(text: str) -> str:
    """Give the short mark by which a button says which wording is approved; another wording has another mark."""
    return sha256(text.encode()).hexdigest()[:MARK]
