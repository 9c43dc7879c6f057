"""The request to a vendor: what we ask them to do, to keep and to tell us. It shows nothing of our record.

A vendor hears what they need to help and nothing of patients; the same sheet serves for each of them.
"""

from __future__ import annotations

from bot.documents.facts.form import Form, Section, Statement
from bot.documents.facts.pen import Pen
from bot.documents.forms import harm
from bot.documents.forms.institution import holders
from bot.documents.source import Source
from flows.events.calling import Declared

MEASURES = ("unplug_machine", "cut_outside", "cut_others", "keep_power")
"""What a vendor has to know of how the machines stand."""

ASKED_TO_DO = ("remote", "own_side", "hands_off", "restore")
ASKED_TO_KEEP = ("logs", "backups", "devices")
ASKED_TO_TELL = ("abnormal", "way_in", "range", "backup_state", "accounts", "call_back")

DO_IN_A_FAILURE = ("own_side", "hands_off")
TELL_IN_A_FAILURE = ("abnormal", "cause", "range", "outlook", "backup_state", "call_back")
"""Of a failure nobody asks how somebody got in, nor for the lines to be cut over which it is mended."""


def vendor_request(source: Source) -> Form:
    """Give the request, to be sent from a clean device or read out on the phone."""
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
    return pen.section(
        "form.vendor.what",
        harm.found(pen),
        pen.field("form.vendor.event", pen.state(title, *pen.known.turns(Declared))),
        harm.machines(pen),
        pen.by_hand("form.vendor.symptom", note="form.vendor.symptom.note"),
        pen.by_hand("form.vendor.state", state),
    )


def _did(pen: Pen, step: str) -> bool:
    done = pen.known.answer(step)
    return done is not None and done.answer.answer == "done"


def _asked(pen: Pen) -> Section:
    return pen.section(
        "form.vendor.please",
        pen.field(
            "form.vendor.do",
            *(_tick(pen, f"form.vendor.do.{item}") for item in _for(pen, ASKED_TO_DO, DO_IN_A_FAILURE)),
        ),
        pen.field("form.vendor.keep", *(_tick(pen, f"form.vendor.keep.{item}") for item in ASKED_TO_KEEP)),
    )


def _for(pen: Pen, attack: tuple[str, ...], failure: tuple[str, ...]) -> tuple[str, ...]:
    """Choose what is asked of a failure that is no attack; whatever may be one is taken for it."""
    return failure if pen.run.facts.get("nature") in ("failure", "disaster") else attack


def _tick(pen: Pen, item: str) -> tuple[Statement, ...]:
    return pen.state(pen.say("form.tick", what=pen.say(item)))


def _answers(pen: Pen) -> Section:
    return pen.section(
        "form.vendor.tell",
        *(pen.by_hand(f"form.vendor.tell.{item}") for item in _for(pen, ASKED_TO_TELL, TELL_IN_A_FAILURE)),
    )
