"""The memo for the police: who, when, where, what, why, how; what was attacked, or what is gone; what is kept where; whom to call."""

from __future__ import annotations

from dataclasses import replace

from bot.documents.facts.form import Form, Section
from bot.documents.facts.pen import Pen
from bot.documents.forms import attack, deeds, harm, ppc
from bot.documents.forms.institution import holders, institution
from bot.documents.forms.still_open import still_open
from bot.documents.source import Source
from playbooks.conditions import UNKNOWN


def police_memo(source: Source) -> Form:
    """Give the memo; no law asks for it, and it is no victim's report (被害届)."""
    pen = Pen(source)
    law = pen.known.duties.duties["police"]
    said = (institution(pen), _questions(pen), *_of_its_kind(pen), _kept(pen), _done(pen), _calls(pen))
    return Form(
        title=pen.title("paper.police_memo.title"),
        to=pen.to(law),
        sections=(*said, still_open(pen, said), *_account(pen)),
        note=pen.note(),
        foot=(pen.law(law), pen.say("form.police.foot")),
    )


def _questions(pen: Pen) -> Section:
    return pen.section(
        "form.police.questions",
        harm.happened(pen),
        harm.found(pen),
        pen.by_hand("form.police.where"),
        pen.field("form.police.who", note="form.police.who.note"),
        harm.symptoms(pen),
        pen.field("form.malicious", pen.fact("malicious")),
        harm.cause(pen),
        harm.care(pen),
        *harm.data(pen),
    )


def _of_its_kind(pen: Pen) -> tuple[Section, ...]:
    """Give what the police ask of what is gone; else the machines, and of an attack what shows who it was."""
    if pen.known.fact("lost"):
        return (_lost(pen),)
    return (_machines(pen), _attack(pen)) if _may_be_an_attack(pen) else (_machines(pen),)


def _may_be_an_attack(pen: Pen) -> bool:
    return pen.run.facts.get("nature", UNKNOWN) in ("attack", UNKNOWN)


def _lost(pen: Pen) -> Section:
    return pen.section(
        "form.police.lost",
        pen.by_hand("form.police.lost.what", pen.fact("lost"), note="form.police.lost.what.note"),
        pen.by_hand("form.police.lost.last_seen", pen.told(pen.known.said("write_down"), "form.said")),
        pen.field("form.has.encrypted_safely", pen.fact("encrypted_safely")),
        pen.field("form.police.lost.locked", *(deeds.did(pen, step) for step in ("lock_afar", "erase", "stop_line"))),
        *harm.since_then(pen),
    )


def _machines(pen: Pen) -> Section:
    at_work = (
        harm.machines(pen),
        pen.field("form.police.power", pen.fact("switched_off"), deeds.did(pen, "keep_power")),
        pen.field("form.police.accounts", pen.fact("accounts_touched")),
    )
    return pen.section(
        "form.police.machines",
        harm.systems(pen),
        pen.by_hand("form.police.addresses", note="form.police.addresses.note"),
        *(at_work if pen.run.facts.get("nature") != "leak" else ()),
    )


def _attack(pen: Pen) -> Section:
    return pen.section(
        "form.police.attack",
        attack.ransom_note(pen),
        pen.by_hand("form.police.demand", note="form.police.demand.note"),
        *attack.traces(pen),
    )


def _kept(pen: Pen) -> Section:
    lost = pen.known.fact("lost") is not None
    logs = ("keep_logs", "stop_jobs", "odd_signs", "devices")
    evidence = pen.field("form.police.evidence", deeds.did(pen, "evidence"))
    return pen.section(
        "form.police.kept",
        pen.field("form.police.pictures", deeds.kept(pen)),
        pen.field("form.police.logs", *(deeds.did(pen, step) for step in logs)),
        *(() if lost else (evidence,)),
        pen.by_hand("form.police.place", note="form.police.place.note"),
        pen.by_hand("form.police.bring", note="form.police.bring.lost" if lost else "form.police.bring.note"),
    )


def _done(pen: Pen) -> Section:
    return pen.section(
        "form.police.done",
        pen.field("form.handling.contained", deeds.contained(pen)),
        pen.field("form.handling.decided", deeds.decided(pen)),
    )


def _calls(pen: Pen) -> Section:
    vendors = tuple(
        one
        for contact in pen.source.roster.contacts
        if contact.kind == "vendor"
        for one in pen.registered(pen.say("form.police.vendor", name=contact.name, number=contact.number or ""))
    )
    return pen.section(
        "form.police.calls",
        pen.by_hand("form.police.desk", holders(pen, "director"), holders(pen, "safety_manager")),
        pen.by_hand("form.institution.telephone", pen.registered(pen.source.roster.facility.telephone)),
        pen.by_hand("form.police.vendors", vendors),
        pen.field("form.handling.told", deeds.told(pen)),
        pen.by_hand("form.police.receipt", deeds.told_to(pen, "authority:police_cyber", "authority:police")),
    )


def _account(pen: Pen) -> tuple[Section, Section]:
    course, whole = ppc.account(pen)
    notes = pen.field("form.account.notes", deeds.notes(pen))
    return course, replace(whole, fields=(*whole.fields, notes))
