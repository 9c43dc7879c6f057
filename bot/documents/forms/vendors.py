"""The request to a vendor: what we ask them to do, to keep and to tell us. It shows nothing of our record.

A vendor hears what they need to help and nothing of patients; the same sheet serves for each of them.
"""

from __future__ import annotations

from bot.documents.facts.form import Field, Form, Section, Statement
from bot.documents.facts.pen import Pen
from bot.documents.forms import harm
from bot.documents.forms.institution import holders
from bot.documents.source import Source
from flows.events.calling import Declared
from flows.state.run import Run
from playbooks.frozen import frozen

MEASURES = ("unplug_machine", "cut_outside", "cut_others", "keep_power")
"""What a vendor has to know of how the machines stand."""


@frozen
class Requested:
    """What a vendor is asked to do, to keep and to tell: the ends of the keys of their phrases."""

    do: tuple[str, ...]
    keep: tuple[str, ...]
    tell: tuple[str, ...]


OF_AN_ATTACK = Requested(
    do=("remote", "own_side", "hands_off", "restore"),
    keep=("logs", "backups", "devices"),
    tell=("abnormal", "way_in", "range", "backup_state", "accounts", "call_back"),
)
OF_A_FAILURE = Requested(
    do=("own_side", "hands_off"),
    keep=("logs", "backups", "devices"),
    tell=("abnormal", "cause", "range", "outlook", "backup_state", "call_back"),
)
"""Of a failure nobody asks how somebody got in, nor for the lines to be cut over which it is mended."""

OF_A_LEAK = Requested(
    do=("suspend", "search", "hands_off"),
    keep=("logs", "devices"),
    tell=("viewed", "logs_until", "accounts", "call_back"),
)
"""Data that somebody carried, sent or lost did not come through a vendor's line: who can still get in, and what the logs show."""


def vendor_request(source: Source) -> Form:
    """Give the request; how it is sent is said where it is approved."""
    pen = Pen(source)
    return Form(
        title=pen.title("paper.vendor_request.title"),
        to=pen.say("form.vendor.to"),
        sections=(
            _who(pen),
            _what(pen),
            _asked(pen),
            _answers(pen),
        ),
        note=pen.note(),
        foot=(pen.say("form.vendor.foot"),),
    ).untraced()


def _who(pen: Pen) -> Section:
    facility = pen.source.roster.facility
    return pen.section(
        "form.vendor.who",
        pen.field("form.institution.name", pen.registered(facility.name)),
        pen.by_hand("form.institution.contact", holders(pen, "safety_manager") or holders(pen, "director")),
        pen.by_hand("form.institution.telephone", pen.registered(facility.telephone)),
        pen.by_hand("form.vendor.clean_mail", note="form.vendor.clean_mail.note"),
    )


def _what(pen: Pen) -> Section:
    # Once the lines are back, what was pulled says nothing of how things stand now.
    in_force = () if _did(pen, "reconnect") else tuple(step for step in MEASURES if _did(pen, step))
    state = tuple(one for step in in_force for one in pen.state(pen.say(f"form.did.{step}")))
    title = pen.run.playbook.title.in_language(pen.source.language) if pen.run.playbook else ""
    event = pen.field("form.vendor.event", pen.state(title, *pen.known.turns(Declared)))
    concerned: tuple[Field, ...] = (
        harm.machines(pen),
        pen.by_hand("form.vendor.symptom", note="form.vendor.symptom.note"),
    )
    if _asked_of(pen.run) is OF_A_LEAK:
        concerned = (pen.by_hand("form.vendor.whose", note="form.vendor.whose.note"),)
    return pen.section("form.vendor.what", harm.found(pen), event, *concerned, pen.by_hand("form.vendor.state", state))


def _did(pen: Pen, step: str) -> bool:
    done = pen.known.answer(step)
    return done is not None and done.answer.answer == "done"


def _asked(pen: Pen) -> Section:
    asked = _asked_of(pen.run)
    return pen.section(
        "form.vendor.please",
        pen.field("form.vendor.do", *(_tick(pen, f"form.vendor.do.{item}") for item in asked.do)),
        pen.field("form.vendor.keep", *(_tick(pen, f"form.vendor.keep.{item}") for item in asked.keep)),
    )


def _asked_of(run: Run) -> Requested:
    """Choose by what happened; whatever may be an attack is taken for one, and so is a leak at a vendor who may have been attacked."""
    nature = run.facts.get("nature")
    if nature in ("failure", "disaster"):
        return OF_A_FAILURE
    if nature == "leak" and run.facts.get("vendor_attacked", "no") == "no":
        return OF_A_LEAK
    return OF_AN_ATTACK


def _tick(pen: Pen, item: str) -> tuple[Statement, ...]:
    return pen.state(pen.say("form.tick", what=pen.say(item)))


def _answers(pen: Pen) -> Section:
    return pen.section(
        "form.vendor.tell",
        *(pen.by_hand(f"form.vendor.tell.{item}") for item in _asked_of(pen.run).tell),
    )
