"""How the commission's form classes what happened: medium, whose data, items, cause, who was told.

Each is drawn from what was ticked, answered or chosen in the run, with its entries, and said to be expected where it is;
what a run can't tell stays with the form's own choices, to be ticked by hand.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from bot.documents.facts.form import Field, Statement
from bot.documents.facts.knowledge import Done
from bot.documents.facts.pen import Pen
from bot.words.explaining import OF_STAFF
from flows.events.calling import Declared
from flows.events.working import HandedOver

PARTICULARS: Mapping[str, tuple[str, ...]] = {
    "records": ("name", "clinical"),
    "images": ("name", "clinical"),
    "claims": ("name", "clinical", "insurance"),
    "addresses": ("name", "address", "phone"),
    "cards": ("card", "password"),
    "staff": ("name", "my_number"),
    "entrusted": ("name", "clinical"),
    "care": ("name", "address", "clinical"),
    "shared": ("name", "clinical"),
}
"""What a kind of data (an item of the step ``what_data``) usually holds, by the particulars of the commission's form."""

ON_PAPER = frozenset({("lost", "papers"), ("way", "fax"), ("way", "letter"), ("way", "handed"), ("way", "medicine")})
ELECTRONIC = frozenset({("lost", "phone"), ("lost", "computer"), ("lost", "stick"), ("way", "mail"), ("way", "open")})
"""Answers, as (fact, value), that say what the data was on."""

INTRUSIONS = frozenset({"ransomware", "unauthorised_access", "website_tampering", "support_scam"})
"""Playbooks of attacks from outside over the net."""

CAUSES: Mapping[tuple[str, str], str] = {
    ("way", "fax"): "mis_sent",
    ("way", "mail"): "mis_sent",
    ("way", "letter"): "mis_sent",
    ("way", "handed"): "mis_handed",
    ("way", "medicine"): "mis_handed",
    ("lost", "papers"): "lost",
    ("lost", "phone"): "lost",
    ("lost", "computer"): "lost",
    ("lost", "stick"): "lost",
    ("matter", "took"): "staff",
}
"""Answers that say of which kind the cause is, by the form's own kinds."""


def medium(pen: Pen) -> Field:
    """Say what the data was on: the machines of an attack are electronic, the rest was answered."""
    found = [
        one
        for kind, answers in (("paper", ON_PAPER), ("electronic", ELECTRONIC))
        for one in _answered(pen, answers, f"form.medium.{kind}")
    ]
    if not found and _playbook(pen) in INTRUSIONS:
        found = [*pen.state(pen.say("form.medium.electronic"), *_followed(pen))]
    return pen.by_hand("form.medium", found, note="" if found else "form.medium.note")


def whose(pen: Pen, only: Container[str] | None = None) -> Field:
    """Say whether it is data of patients or of staff, as far as its kinds were ticked."""
    ticked = set(_ticked(pen, only))
    done = pen.known.answer("what_data")
    kinds = [kind for kind, of in (("staff", ticked & OF_STAFF), ("patients", ticked - OF_STAFF)) if of]
    said = [one for kind in sorted(kinds) for one in pen.state(pen.say(f"form.whose.{kind}"), *_turn(done))]
    return pen.by_hand("form.whose", said, note="" if said else "form.whose.note")


def particulars(pen: Pen, only: Container[str] | None = None) -> Field:
    """Give what is usually in data of the kinds that were ticked, said to be expected; the form's choices stay beside it."""
    ticked = _ticked(pen, only)
    names = dict.fromkeys(name for item in ticked for name in PARTICULARS.get(item, ()))
    said: tuple[Statement, ...] = ()
    if names:
        items = pen.source.words.joined(pen.say(f"form.particular.{name}") for name in names).unescape()
        said = pen.state(pen.say("form.particulars.expected", items=items), *_turn(pen.known.answer("what_data")))
    return pen.by_hand("form.particulars", said, note="form.particulars.note")


def party_at_fault(pen: Pen) -> Field:
    """Say whose doing it was, by what kind of event it is; a stranger's only as long as bad intent is what is suspected."""
    playbook, said = _playbook(pen), ""
    malicious = pen.known.fact("malicious")
    if playbook in INTRUSIONS and (malicious is None or malicious.value != "no"):
        said = "stranger"
    elif playbook in ("mis_sent", "lost_device"):
        said = "ourselves"
    elif playbook == "insider":
        said = "staff"
    elif playbook == "vendor_breach":
        said = "vendor"
    turns = (*_followed(pen), *(malicious.turns if malicious and said == "stranger" else ()))
    return pen.by_hand(
        "form.party_at_fault",
        pen.state(pen.say(f"form.party_at_fault.{said}"), *turns) if said else (),
        note="" if said else "form.party_at_fault.note",
    )


def kind_of_cause(pen: Pen) -> Field:
    """Give the kind of cause by the form's own kinds, suspected until the cause is established."""
    facts = {fact: known for fact in sorted({fact for fact, _ in CAUSES}) if (known := pen.known.fact(fact))}
    kinds = {CAUSES[f, k.value]: k.turns for f, k in facts.items() if (f, k.value) in CAUSES}
    if not kinds and _playbook(pen) in INTRUSIONS:
        kinds = {"intrusion": _followed(pen)}
    state = pen.known.fact("cause_known")
    sure = state is not None and state.value == "confirmed"
    found: tuple[int, ...] = ()
    if "lost" in kinds and (known := pen.known.fact("found")) and known.value == "yes":
        kinds, found, sure = {"found": kinds["lost"]}, known.turns, True
    said = [
        one
        for kind, turns in kinds.items()
        for one in pen.state(
            pen.say("form.cause_kind.said", kind=pen.say(f"form.cause_kind.{kind}"), sure=sure), *turns, *found
        )
    ]
    return pen.by_hand("form.cause_kind", said, note="" if said else "form.cause_kind.note")


def response(pen: Pen, duty: str, *told: Statement) -> tuple[Statement, ...]:
    """Say how far the persons concerned were told: once it is filed as done, and before that from the first who was told."""
    notice = pen.run.filed.get(duty)
    if notice:
        return pen.state(pen.say("form.response.done"), notice.turn)
    return pen.state(pen.say("form.response.going"), source=pen.say("form.by_record")) if told else ()


def publication(pen: Pen, *published: Statement) -> tuple[Statement, ...]:
    """Say where publication stands, by what was decided and whether a text went out; nothing while nobody has decided."""
    decided = pen.known.fact("published")
    state = {"yes": "done" if published else "planned", "later": "considered", "no": "none"}.get(
        decided.value if decided else ""
    )
    return pen.state(pen.say(f"form.publication.{state}"), *decided.turns) if decided and state else ()


def _ticked(pen: Pen, only: Container[str] | None) -> list[str]:
    return [item for item, _ in pen.known.ticked("what_data") if only is None or item in only]


def _answered(pen: Pen, answers: frozenset[tuple[str, str]], key: str) -> tuple[Statement, ...]:
    for fact in sorted({fact for fact, _ in answers}):
        known = pen.known.fact(fact)
        if known and (fact, known.value) in answers:
            return pen.state(pen.say(key), *known.turns)
    return ()


def _playbook(pen: Pen) -> str:
    return pen.run.playbook.playbook if pen.run.playbook else ""


def _followed(pen: Pen) -> tuple[int, ...]:
    return tuple(sorted([*pen.known.turns(Declared), *pen.known.turns(HandedOver)])[-1:])


def _turn(done: Done | None) -> tuple[int, ...]:
    return (done.answer.turn,) if done else ()
