"""The forms by their kind, and whether one is still a draft: it is until the director has approved this very text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.documents.facts.form import Form
from bot.documents.facts.pen import Pen
from bot.documents.forms import authorities, my_number_notice, patients, police, ppc, ransomware_form, vendors
from bot.documents.source import Source
from flows.state.run import Run
from playbooks.conditions import UNKNOWN
from playbooks.duties.assessment import assess

FORMS: dict[str, Callable[[Source], Form]] = {
    "ppc_preliminary": ppc.preliminary,
    "ppc_final": ppc.final,
    "my_number_prelim": ppc.my_number_preliminary,
    "my_number_final": ppc.my_number_final,
    "my_number_notice": my_number_notice.my_number_notice,
    "ransomware_form": ransomware_form.ransomware_form,
    "mhlw": authorities.mhlw,
    "health_centre": authorities.health_centre,
    "police_memo": police.police_memo,
    "patient_notice": patients.patient_notice,
    "vendor_request": vendors.vendor_request,
}
"""Every form by the kind under which it is asked for."""

GOES_TO: dict[str, tuple[str, ...]] = {
    "ppc_preliminary": ("ppc",),
    "ppc_final": ("ppc",),
    "my_number_prelim": ("ppc",),
    "my_number_final": ("ppc",),
    "my_number_notice": ("persons",),
    "ransomware_form": ("ppc", "police", "mhlw"),
    "mhlw": ("mhlw",),
    "health_centre": ("health_centre",),
    "police_memo": ("police",),
    "patient_notice": ("persons",),
    "vendor_request": ("vendor",),
}
"""To whom each form goes."""


def forms_for(recipient: str) -> list[str]:
    """Give the forms that go to somebody."""
    return [kind for kind, to in GOES_TO.items() if recipient in to]


APPROVED_WHOLE = frozenset(FORMS) - {"patient_notice"}
"""The forms that are approved as a whole; the texts for patients are approved one by one."""

OF_MY_NUMBERS = frozenset({"my_number_prelim", "my_number_final", "my_number_notice"})

OF_ATTACKS = frozenset({"ransomware_form"})
"""The forms that are made for cyber attacks alone: an office sends one back that comes for a lost phone."""

OF_DISRUPTIONS = {"mhlw": frozenset({"mhlw", "mhlw_failure"}), "health_centre": frozenset({"health_centre"})}
"""The forms on attacks and failures, with the reports that they are; of a leak they are made only where such a report is owed."""


def concerns(kind: str, run: Run) -> bool:
    """Say whether a form is about what happened in a run: on My Numbers, attacks and disruptions only where such may be concerned."""
    nature = run.facts.get("nature", UNKNOWN)
    if kind in OF_MY_NUMBERS:
        return run.facts.get("my_number") == "yes"
    if kind in OF_DISRUPTIONS and nature == "leak":
        owed = assess(run.duties, run.facts, run.known_at).owed if run.duties and run.known_at else ()
        return not OF_DISRUPTIONS[kind].isdisjoint({*run.filed, *(duty.id for duty in owed)})
    return kind not in OF_ATTACKS or nature in ("attack", UNKNOWN)


def form_of(kind: str, source: Source) -> Form:
    """Give a form as it stands at its source, for whom it goes to; KeyError for a kind there is none of."""
    source = source if source.to else replace(source, to=GOES_TO[kind])
    form = FORMS[kind](source)
    if kind not in APPROVED_WHOLE:
        return form
    pen = Pen(source)
    approval = pen.run.documents.get((kind, source.language))
    if approval is None or approval.sha256 != form.sha256:
        return form
    who = source.words.who(approval.by) if form.traced else pen.role(approval.by)
    return replace(form, draft=False, approved=pen.say("form.approved", who=who, time=pen.moment(approval.at)))
