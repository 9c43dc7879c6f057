"""What a text in a run is heard for: its wants, and what they mean here: whose number, which step, who did it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import Any

from bot.desks.likely import Likely
from contacts.readiness.ledger import kept_ready
from contacts.roster import Roster
from flows.listening.lost import HANDLED
from flows.listening.pleas import (
    ADVISED,
    ARRIVING,
    CANNOT,
    CORRECTED,
    FALSE_ALARM,
    FILED,
    GRAVE,
    IN_USE,
    KEPT,
    LEAK_FEARED,
    LEAVING,
    NOT_DONE,
    ORDER,
    STUCK,
    THEIR_WORD,
    UNFILED,
    VENDOR_INSIDE,
)
from flows.refusals import Refused
from flows.response.lines import left
from flows.scene.pulled import LEADS
from flows.scene.undoing import stands
from flows.state.run import ATTACK_SIGN, TAKE_LEAD, Answered, Run, Shown
from flows.state.work import Context
from flows.written.taking import read
from flows.written.times import later_time, told_time
from playbooks.frozen import frozen
from playbooks.model import Playbook, Step
from playbooks.step_types import Takes
from playbooks.texts import everywhere
from playbooks.triage.danger import danger_ears
from playbooks.triage.gate import gate
from playbooks.triage.speech import is_english
from playbooks.wants.acts import acts
from playbooks.wants.hearing import QUESTION, UNCLEAR, heard_in, is_clear, is_plain
from playbooks.wants.lines import lines_told
from playbooks.wants.names import (
    all_called_in,
    asks_whether_right,
    called_by_name,
    called_in,
    is_handed_to,
    is_replaced,
    kept_in,
    kinds_called,
    leads_in,
    may_mean,
    names_a_deed,
    names_a_monitor,
    names_a_ransom,
    names_a_sign,
    names_everybody,
    names_patients,
    names_strangers,
    reports_in,
    said_of_lost,
    says,
    thing_in,
)
from playbooks.wants.orders import orders
from playbooks.wants.told import told_in

STRICT: dict[str, Takes] = {
    "number": "number",
    "persons": "number",
    "time": "time",
    "happened_at": "time",
    "known_at": "time",
}
"""What the bot waits for and reads by itself: a text that is all number or all time is it, whatever it sounds like."""

PLAUSIBLE = frozenset(
    {"done", FILED, "found", HANDLED, THEIR_WORD, "solved", "worse", "other_thing", QUESTION, UNCLEAR, ARRIVING, ORDER}
)
"""Wants that an awaited text may well tell as its answer; nobody is asked about them."""

GIVEN_AS_REASONS = frozenset(
    {
        "warned",
        "cannot_now",
        CANNOT,
        "hand_over",
        "nobody_reached",
        "undo",
        NOT_DONE,
        LEAVING,
        TAKE_LEAD,
        FILED,
        STUCK,
        FALSE_ALARM,
    }
)
"""Wants that are as good a reason for something as any."""

SEEM_WANTED = frozenset({"undo", "hand_over", "done", NOT_DONE, FILED})
"""What words about another matter may sound like (「保険証を別の人に返した」), and don't want."""

SEEMS_ASKED = frozenset({QUESTION, UNCLEAR, "which", "what_now", "number"})
"""What a question after the place of something may be taken for."""

BARE, BARE_WORDS = 10, 5
"""Signs of a text, and English words, that only takes something back; one that is longer says what was wrong."""

PULLS = "pulls"
"""Somebody is about to pull a lead, and doesn't say which."""

OTHER_SIDE = "other_side"
"""What "the other side" says: in an attack that is who is behind it, else whoever has what was sent or lost."""

OF_THE_RESPONSE = frozenset(
    {
        PULLS,
        "wrong_lead",
        "damaged",
        "powered_off",
        "stick_in",
        STUCK,
        FALSE_ALARM,
        "mistaken",
        UNFILED,
        "asked_of_leak",
        LEAK_FEARED,
        THEIR_WORD,
        OTHER_SIDE,
    }
)
"""What somebody who responds tells of that: no sign of an attack, and no report of its own."""

OF_THIS_MATTER = (
    (GRAVE - {"worse"})
    | OF_THE_RESPONSE
    | {"cannot_now", "warned", "which", "nobody_reached", "number", LEAVING, TAKE_LEAD}
)
"""What can only be told of the matter at hand, however much it sounds like another."""

IN_ATTACKS = frozenset({"on", "back_in", "restore", "use", "copy"})
"""What does harm where somebody may be in the machines, and may be just what helps where something only failed."""

RESTARTED = frozenset({"router_wan", "card_reader", "access_point", "onu", "hub", "label_printer"})
"""Things that are often restarted where nobody is feared in them, and that remember nothing of what happened."""

OF_A_RUN = frozenset({"worse", "press", "put_back", "wrong_lead", "damaged", IN_USE})
"""What is grave only where something is known to go on."""

IN_FIRST_WORDS = frozenset({"power", "use", "pull"})
"""What first words say anyway."""

OF_ATTACKERS = frozenset({"pay", "answer", "tell"})
"""What is only asked where somebody wants something."""

IN_SMALL = {QUESTION: UNCLEAR, "solved": "what_now", "found": "what_now"}
"""What is heard otherwise while something is small: nobody else is called in for it. Its own question says more, and ends it."""

BESIDE_LOST = frozenset({QUESTION, "what_now", "money_paid", "secret_given", "care_device"})
"""What is heard beside what somebody tells of something that was lost."""

TOLD_BESIDE = GRAVE | {"second_machine", "authority"}
"""What an answer may well tell beside itself, and whoever leads has to hear of."""

TOLD_OF_WORK = frozenset({"text", "moment", "contact", "promise"})
"""What is awaited of a step or a call; all other words that are awaited are reasons."""


@frozen
class AtOnce:
    """What somebody is told before it is known whether anything goes on.

    ``advice`` names what must not be done or is to be done now, ``beside`` says that first words don't say it; ``lost``, that
    they don't know what to do; ``grave``, that somebody has to look, whatever becomes of it.
    """

    advice: str = ""
    beside: bool = False
    lost: bool = False
    grave: bool = False


def said_at_once(text: str) -> AtOnce:
    """Hear what a text asks or tells of what does harm, though nothing is known to go on."""
    heard = heard_in(text)
    grave = next((want for want in heard if want in GRAVE - OF_A_RUN), "")
    asked = next(iter(heard.get("warned", ())), "")
    pulls = (
        "pull"
        if not grave and not asked and {QUESTION, "which", "what_now"} & heard.keys() and names_a_deed(text, "line")
        else ""
    )
    advice = grave or asked or pulls
    return AtOnce(
        advice,
        beside=bool(advice) and advice not in IN_FIRST_WORDS,
        lost="what_now" in heard,
        grave=bool(grave) or asked in OF_ATTACKERS,
    )


ENDS = ("drill_ends", "asks_close", "ends_here")
"""Sayings that something is to end."""

KNOWN = {"asks_password": "password", "in_trouble": "trouble", "asks_lead": "lead"} | dict.fromkeys(
    ("status", *ENDS), "nothing"
)
"""What is answered the same whoever asks while nothing goes on, by what is said."""


PARTS = re.compile(r"[、，,。.!！\n]+")
"""Where a part of a sentence ends."""

GENERALLY_DUE = ("ppc_preliminary", "ppc_final")
"""The reports whose time is told where somebody asks for deadlines and names none."""


def known_answer(text: str, member: str, roster: Roster) -> tuple[str, str] | None:
    """Give what answers a text without anybody else where nothing goes on, and whose number goes with it; None for nothing."""
    if says(text, "deadlines"):
        return "deadlines", ",".join(reports_in(text) or GENERALLY_DUE)
    if (said := next((name for name in ("asks_lead", *KNOWN) if says(text, name)), None)) is not None:
        return KNOWN[said], ""
    colleague = roster.named_in(text, but=member)
    reference = f"member:{colleague.id}" if colleague else called_in(text)
    if reference and is_silent(text, roster):
        return "number", reference
    if (says(text, "asks_call") or says(text, "asks_whom")) and reference:
        return "call", reference
    if says(text, "asks_whom"):
        return "lead", ""
    return ("number", reference) if reference and says(text, "asks_number") else None


@frozen
class Wish:
    """The wants of a text, the first to be answered at the front, and what they are about; see ``Plead``."""

    wants: tuple[str, ...] = ()
    about: dict[str, Any] = field(default_factory=dict)


def wish_of(text: str, run: Run, context: Context, likely: Likely, *, another: bool = False) -> Wish:
    """Give what a text of whoever acts wants in a run; nothing in a quiz, or where only the review is left.

    ``another`` says that it tells of another matter than the run's.
    """
    quiz = run.exercise is not None and bool(run.exercise.questions)
    if not run.live or run.state == "reviewing" or quiz:
        return Wish()
    member, roster, now = context.actor, context.roster, context.now
    heard = heard_in(text)
    wants, about = list(heard), dict[str, Any]()
    if "mistaken" in wants:  # of whoever reported and has answered nothing, the report itself
        nothing = stands(run, context, member) == "nothing_to_undo"
        wants = [FALSE_ALARM if nothing and member == run.reporter else "undo"]
    if run.playbook is not None and run.playbook.event == "information_leak" and says(text, "gone_further"):
        wants, another = ["worse"], False
    bare = len(text.split()) <= BARE_WORDS if is_english(text) else len(text) <= BARE
    if wants == ["undo"] and not bare and stands(run, context, member) == "nothing_to_undo":
        wants = [CORRECTED]
    if IN_USE in wants and not run.as_attacked:
        wants = ["solved"]
    if "undo" in wants and NOT_DONE not in wants and _denies_beside(text):
        wants.append(NOT_DONE)  # whoever leads takes it for done, until they are told
    if OTHER_SIDE in wants:
        wants = ["attackers_spoke" if run.as_attacked else THEIR_WORD]
    if lines_told().yes_or_no(text):
        wants = [want for want in wants if want != "undo"]  # a no to something else
    if says(text, "seek_lead") and TAKE_LEAD not in wants:
        wants = [TAKE_LEAD]
    if TAKE_LEAD not in wants and not wants and called_by_name(text) and says(text, "lead_to"):
        wants = ["hand_over"]
    if orders().forbids(text):  # nobody is to answer, or to lead: that nobody does isn't told, nor who is to
        wants = [want for want in wants if want not in ("nobody_reached", "hand_over")]
    colleague = roster.named_in(text, but=member) if "number" in wants else None
    if reference := f"member:{colleague.id}" if colleague else called_in(text):
        about["reference"] = reference
    busy = says(text, "other_busy") and bool(_silent(text, member, roster, now))
    if "nobody_reached" not in wants and (busy or is_silent(text, roster)):
        wants = ["nobody_reached"]
    if "nobody_reached" in wants:
        about["silent"] = _silent(text, member, roster, now)
    if "hand_over" in wants:
        about |= _people(text, member, roster)
    if LEAVING in wants and later_time(text, roster.facility.local(now)) is not None:
        wants.remove(LEAVING)  # 「15時に上がります」 is not yet
    if any(wants == [want] and is_plain(text, want) for want in (LEAVING, TAKE_LEAD)):
        about["plain"] = not _named(text, member, roster)
    if "done" in wants and (filed := _filed(text, run, context)):
        wants[wants.index("done")] = FILED
        about["duties"] = list(filed)
    timed = told_time(text, roster.facility.local(now))
    if timed is not None and timed.rest.strip():
        wants = [want for want in wants if want not in ("done", UNCLEAR)]  # 「9:05 …した」 is for the record
    if {"done", NOT_DONE}.intersection(wants) and _pulled_another(text, run, context):
        wants = ["wrong_lead", *(want for want in wants if want not in ("done", NOT_DONE))]
    if QUESTION in wants and "done" not in wants and asks_whether_right(text) and names_a_deed(text):
        wants.insert(0, "done")  # what was done is for its step, whether it is right for whoever leads
    if "done" in wants and any(is_handed_to(text, m.name.split()[0]) for m in roster.active()):
        wants.remove("done")
    if "done" in wants:
        about |= _done(text, run, context)
        if not about.keys() & {"shown", "who"}:
            wants.remove("done")
    if NOT_DONE in wants and (answered := _answered_before(text, run, context)):
        about["answered"] = answered.turn
        wants = sorted(wants, key=lambda want: want != NOT_DONE)  # that it isn't so is more than that it was a slip
    elif NOT_DONE in wants:
        wants.remove(
            NOT_DONE
        )  # nothing says that it was: what still waits before them is shown, all else is for the record
        own, undoes = run.open_step_of(member), "undo" in wants
        waits = left(run, context, own).values() if own and names_a_deed(text) else ()
        nothing = not undoes or stands(run, context, member) == "nothing_to_undo"
        if nothing and any(_may_mean(text, one) for one in waits):
            wants = [*(want for want in wants if want != "undo"), "what_now"]
    if "wrong_lead" in wants and (pulled := _pulled_before(text, run, member)):
        about["answered"] = pulled.turn
    if "warned" in wants and not (harm := _harm(heard["warned"], run, text)):
        if acts().ends_told(text):
            wants.remove("warned")
        else:
            _only_ask(wants, "warned")
    elif "warned" in wants:
        about["harm"] = harm
        if wants == ["warned"] and says(text, "permits"):
            wants = [ADVISED]  # who asks has been told, and nobody is about to
    if wants == [ADVISED] and (permitted := _permitted(about["harm"], run)):
        about["permitted"] = permitted
    if wants == [QUESTION] and run.as_attacked and says(text, "asks_use"):
        wants, about["harm"] = [ADVISED], "use"
    if PULLS in wants:
        wants, about = [ADVISED], {"harm": "which_line"}
    if STUCK in wants:
        wants, about = [STUCK, "which"], {"picture": "lan_plug"}
    if says(text, "takes_back_report") and (duties := _said_filed(run, member)):
        wants, about = [UNFILED], {"duties": list(duties)}
    if "which" in wants and not (picture := thing_in(text) or picture_before(run, context)):
        _only_ask(wants, "which")
    elif "which" in wants:
        about.setdefault("picture", picture)
    if (kind := kept_in(text)) and SEEMS_ASKED.issuperset(wants) and kept_ready(roster, kind):
        wants, about = [KEPT], {"kept": kind}
    if run.as_attacked and says(text, "vendor_inside"):
        wants, about = [VENDOR_INSIDE], {}
    if run.small and says(text, "works"):
        wants = ["solved"]
    if run.small and says(text, "others_too"):
        wants = ["what_now"]  # the question before them asks just this
    if wants == ["other_thing"] and not another and says(text, "permits"):
        wants = [QUESTION]
    here = run.playbook.playbook if run.playbook is not None else ""
    if wants == ["other_thing"] and not another and here in (*likely.near, *likely.faint[:1]):
        wants = [UNCLEAR]  # more of what goes on
    if run.small and "solved" in wants:
        about["over"] = True
    if run.small:
        wants = list(dict.fromkeys(IN_SMALL.get(want, want) for want in wants))
        about |= {"why": own.turn} if UNCLEAR in wants and (own := run.open_step_of(member)) else {}
    shown = run.open_step_of(member)
    stuck = STUCK in wants and shown is not None and not open_line_for("cannot_pull", run, context, shown)
    if shown is not None and not stuck and any(says(text, said) for said in ("cannot", "cannot_pull", "no_photo")):
        wants, about = [CANNOT], {"cannot": shown.turn}
    if shown is None:
        wants = [want for want in wants if want != "cannot_now"]
    if run.seeks and (of_it := said_of_lost(text)):
        wants = [*of_it, *(want for want in wants if want in BESIDE_LOST)]
    if {"found", HANDLED}.intersection(wants):
        wants = [want for want in wants if want != "other_thing"]  # where it lay, and who had it, is no other thing
    elif another and OF_THIS_MATTER.isdisjoint(wants) and (likely.sure or SEEM_WANTED.isdisjoint(wants)):
        wants = list(dict.fromkeys(["other_thing", *(want for want in wants if want not in SEEM_WANTED)]))
    if "other_thing" in wants:
        danger = danger_ears().hear(
            text
        )  # whoever told of one has been told what comes first, and reads no other words
        near = [] if danger is not None and danger.told else list(likely.near)
        about |= {"candidates": list(likely.playbooks), "near": near}
    if run.commander == member and wants in ([UNCLEAR], [CORRECTED]):
        wants = [ORDER]  # for all, if they say so
    elif wants == [UNCLEAR] and run.playbook is not None and not run.small:
        about["may_ask"] = True
    return Wish(tuple(wants), about)


def attacks_in(text: str, likely: Likely, playbooks: Mapping[str, Playbook]) -> list[str]:
    """Name the attacks that a text may tell of, in whatever words: those that are near, and what names a ransom."""
    found = [name for name in likely.near or likely.playbooks[:1] if playbooks[name].event == "cyber_attack"]
    worded = not found and names_a_ransom(text) and not gate().denies(text)
    return [name for name in likely.faint[:1] if playbooks[name].event == "cyber_attack"] if worded else found


def attack_after_all(text: str, run: Run, member: str) -> str:
    """Name the attack that a text says was seen though its question was answered with no; empty for none.

    Who only says that their answer was wrong means it where it was their last no.
    """
    if not says(text, "denies_no"):
        return ""
    said = sorted(run.answered.items(), key=lambda each: -each[1].turn)
    denied = [(place, a) for place, a in said if a.answer == "no"]
    for place, answered in denied:
        yes = run.text_of(*place).answers.get("yes")
        if yes is not None and yes.hands_over is not None and (answered.by == member or names_a_sign(text)):
            own = [a for _, a in denied if a.by == member]
            return yes.hands_over if names_a_sign(text) or own[0] is answered else ""
    return ""


def attack_seen(wish: Wish, attack: str, near: Sequence[str]) -> Wish:
    """Give what a text wants that may show a failure to be an attack: whoever leads is asked, beside what is grave by itself."""
    kept = [want for want in wish.wants if want in GRAVE - OF_A_RUN]
    about = {name: what for name, what in wish.about.items() if name != "harm"}
    return Wish((ATTACK_SIGN, *kept), {**about, "attack": attack, "near": list(near)})


def _named(text: str, member: str, roster: Roster) -> list[str]:
    return [m.id for m in roster.active() if m.id != member and m.name.split()[0] in text]


def _silent(text: str, member: str, roster: Roster, now: datetime) -> list[str]:
    """Give who can't be reached of those who could lead: by name, by what they are, or all of them (「だれも出ません」)."""
    chain = [m for m in roster.chain(roster.facility.local(now).date()) if m.id != member]
    if names_everybody(text):
        return [m.id for m in chain]
    called, named = all_called_in(text), _named(text, member, roster)
    director = [m.id for m in chain if "director" in m.roles] if "role:director" in called else []
    deputy = [m.id for m in chain if m.stands_in_for] if "role:deputy" in called else []
    return [m.id for m in chain if m.id in {*named, *director, *deputy}]


def is_silent(text: str, roster: Roster) -> bool:
    """Say whether somebody who works here only doesn't answer, as a text tells: nothing in it says that they lie there."""
    return says(text, "no_reply") and (roster.named_in(text) is not None or bool(all_called_in(text)))


def _people(text: str, member: str, roster: Roster) -> dict[str, Any]:
    """Give to whom something is to go (``to``), and whose it is (``of``); ``unknown`` is a name that one can't be sure of."""
    names = {m.id: m.name.split()[0] for m in roster.active()}
    of = [m for m in _named(text, member, roster) if is_replaced(text, names[m])]
    to = [m for m in _named(text, member, roster) if m not in of]
    unknown = [name for name in called_by_name(text) if not any(known in name for known in names.values())]
    if len(to) > 1:
        unknown.append(names[to[0]])
    whose = {"of": of[0]} if len(of) == 1 else {}
    return {**whose, **({"unknown": unknown[0]} if unknown else {"to": to[0]} if to else {})}


def _filed(text: str, run: Run, context: Context) -> tuple[str, ...]:
    """Give the duties of a run whose reports are said to be made; nothing where a step before the writer asks for it."""
    named = [duty for duty in reports_in(text) if run.duties is not None and duty in run.duties.duties]
    shown = run.open_step_of(context.actor)
    asked = {
        shown and run.step(shown).files,
        *(one.files for one in (left(run, context, shown) if shown else {}).values()),
    }
    return tuple(duty for duty in named if duty not in run.filed and duty not in asked)


def _said_filed(run: Run, member: str) -> tuple[str, ...]:
    """Give the duties that somebody recorded as reported, or said to be."""
    told = (p.about.get("duties", ()) for p in run.pleas.values() if p.by == member and FILED in p.wants)
    recorded = (duty for duty, made in run.filed.items() if made.by == member)
    return tuple(dict.fromkeys((*recorded, *(duty for duties in told for duty in duties))))


def _only_ask(wants: list[str], want: str) -> None:
    """Let what can't be answered here be a question like any other."""
    wants[wants.index(want)] = QUESTION
    wants[:] = dict.fromkeys(wants)


def _denies_beside(text: str) -> bool:
    """Say whether a part of a sentence says that a deed wasn't done (「まちがえた、抜いてない」), though the whole takes something back."""
    parts = [part for part in PARTS.split(text) if part.strip()]
    return len(parts) > 1 and any(names_a_deed(part) and NOT_DONE in heard_in(part) for part in parts)


def _harm(kinds: tuple[str, ...], run: Run, text: str) -> str:
    """Name what somebody is about to do and must not, as things stand; empty where it may be just what helps."""
    helps = IN_ATTACKS | ({"power"} if thing_in(text) in RESTARTED else frozenset())
    called = not names_strangers(text) and (not run.as_attacked or any(map(_is_known, all_called_in(text))))
    kinds = tuple(kind for kind in kinds if not called or kind != "answer")  # a call to who is known
    feared = run.as_attacked or run.playbook is None  # nobody knows yet that nobody is in it
    harm = next((kind for kind in kinds if feared or kind not in helps), "")
    return "monitor" if harm == "power" and names_a_monitor(text) else harm


def _permitted(harm: str, run: Run) -> int:
    """Give the note in which whoever leads has said of the same whether it may be done, the newest; 0 for none.

    Either they were asked and answered in words, or they allowed it unasked.
    """
    answered = [p for p in run.pleas.values() if p.about.get("harm") == harm and p.answered and p.answered[2]]
    said = [p.of for p in answered if p.answered is not None and p.answered[0] == run.commander]
    noted = (note for note in run.notes.values() if note.by == run.commander and says(note.text, "allows"))
    return max((*said, *(n.turn for n in noted if harm in heard_in(n.text).get("warned", ()))), default=0)


def _is_known(called: str) -> bool:
    return called.startswith(("role:", "authority:"))


def picture_before(run: Run, context: Context) -> str:
    """Name the picture of what somebody has before them: the line they opened, else the first of their card that has one."""
    shown = run.open_step_of(context.actor)
    if shown is None:
        return ""
    here = (run.at_hand(shown), *left(run, context, shown).values())
    return next((text.picture for text in here if text.picture), "")


def open_line_for(said: str, run: Run, context: Context, shown: Shown) -> str:
    """Name the open line of a card that can't be done, as somebody says: the photo, or the lead; empty where there is none."""
    lines = {name: line for name, line in left(run, context, shown).items() if "cannot" in line.answers}
    if said == "no_photo":
        return next((name for name, line in lines.items() if line.type.wants == "photo"), "")
    return next((n for n, line in lines.items() if names_a_deed(" ".join(everywhere(line.ask).values()), "line")), "")


def _done(text: str, run: Run, context: Context) -> dict[str, Any]:
    """Find the step that is said to be done, and the colleague who is said to have done it; a third one's step is nobody's."""
    named = next((m.id for m in context.roster.active() if m.id != context.actor and m.name.split()[0] in text), None)
    open_steps = sorted(
        (shown for shown in run.open_steps() if shown.member in (context.actor, named)),
        key=lambda shown: shown.member != context.actor,
    )
    meant = next((found for shown in open_steps if (found := _meant(text, run, context, shown))), None)
    return {**(meant or {}), **({"who": named} if named else {})}


def _meant(text: str, run: Run, context: Context, shown: Shown) -> dict[str, Any] | None:
    """Give what "done" may mean of a step that somebody has: a line of a card by its deed, else the step; None for neither."""
    lines = left(run, context, shown) if names_a_deed(text) else {}
    called = [name for name, one in lines.items() if one.contact and one.contact in all_called_in(text)]
    line = next((name for name in (*called, *lines) if name in called or _may_mean(text, lines[name])), None)
    if line is not None:
        return {"shown": shown.turn, "line": line}
    return {"shown": shown.turn} if _may_mean(text, run.step(shown)) else None


def _answered_before(text: str, run: Run, context: Context) -> Answered | None:
    """Find what stands as done and isn't: one's own before a colleague's, the newest first; None for what still waits."""
    member = context.actor
    own = run.open_step_of(member)
    waits = [*left(run, context, own).values(), run.step(own)] if own else []
    of_leads = told_in(text) == NOT_DONE and not names_a_deed(text, "call")
    if (of_leads or names_a_deed(text, "line")) and (pulled := _pulled_before(text, run, member, named=True)):
        return pulled
    if not names_a_deed(text):
        told = [a for a in run.answered.values() if a.by == member and a.answer == "done"]
        others = (m.id for m in context.roster.active() if m.id != member) if of_leads and not told else ()
        told += [pulled for m in others if (pulled := _pulled_before(text, run, m, named=True))]
    elif own and (ticked := _ticked(text, run, own)):
        told = ticked  # a line that only looks at what another did waits beside it
    elif any(_is_about(text, step) for step in waits if not step.lines):
        return None
    else:
        told = [
            a
            for place, a in run.answered.items()
            if a.answer == "done" and not (step := run.text_of(*place)).lines and _is_about(text, step)
        ]
    return max(told, key=lambda a: (a.by == member, a.turn), default=None)


def _pulled_before(text: str, run: Run, by: str, *, named: bool = False) -> Answered | None:
    """Find the lead that somebody ticked as pulled: the newest that the text is about; only such a one if ``named``."""
    own = [(run.text_of(*place), a) for place, a in run.answered.items() if (a.by, a.answer) == (by, "done")]
    leads = [
        (_names_its_thing(text, step), a.turn, a)
        for step, a in own
        if step.picture in LEADS and names_a_deed(_asks(step), "line")
    ]
    best = max(leads, key=lambda one: one[:2], default=None)
    return best[2] if best is not None and (best[0] or not named) else None


def _names_its_thing(text: str, step: Step) -> bool:
    """Say whether a text names no other thing than a step's."""
    thing, backups = thing_in(text), names_a_deed(text, "backup") and names_a_deed(_asks(step), "backup")
    return thing in ("", step.picture) or backups


def _ticked(text: str, run: Run, card: Shown) -> list[Answered]:
    """Give the lines of the card before somebody that they ticked themselves, and that a text is about."""
    lines = (
        (run.answered.get((card.track, f"{card.step}/{name}")), line) for name, line in run.step(card).lines.items()
    )
    return [a for a, line in lines if a and (a.by, a.answer) == (card.member, "done") and _is_about(text, line)]


def _is_about(text: str, step: Step) -> bool:
    """Say whether a text is about what a step asks for: the deed, and the thing, where both name one."""
    return _may_mean(text, step) and (not step.picture or _names_its_thing(text, step))


def _pulled_another(text: str, run: Run, context: Context) -> bool:
    """Say whether somebody who is to pull one lead tells of another's: neither the step nor a report names the machine."""
    shown = run.open_step_of(context.actor)
    if shown is None or not names_a_deed(text, "line") or not (named := leads_in(text)):
        return False
    asks = [_asks(step) for step in (run.step(shown), *left(run, context, shown).values())]
    told = [run.text, *(note.text for note in run.notes.values())]
    return any(names_a_deed(ask, "line") for ask in asks) and all(named.isdisjoint(leads_in(s)) for s in (*asks, *told))


def _may_mean(text: str, step: Step) -> bool:
    return may_mean(text, _asks(step)) and not _calls_others(text, step)


def _calls_others(text: str, step: Step) -> bool:
    """Say whether a text tells of a call to others than those whom a step asks to call (a firm, an office, patients)."""
    said = kinds_called(text) | ({"patients"} if names_patients(text) else set())
    asked = kinds_called(_asks(step)) | {(step.contact or "").partition(":")[0]} - {""}
    asked |= {"patients"} if names_patients(_asks(step)) or not asked else set()
    return names_a_deed(text, "call") and bool(said) and said.isdisjoint(asked)


def _asks(step: Step) -> str:
    return " ".join(everywhere(step.ask).values())


def is_answer(text: str, awaited: str, now: datetime) -> bool:
    """Say whether a text is all that a strict reader waits for, with every sign of it used."""
    if awaited == "promised_time":
        return later_time(text, now) is not None
    kind = STRICT.get(awaited)
    try:
        return kind is not None and bool(read(kind, text, now))
    except Refused:
        return False


def is_pressing(wish: Wish, awaited: str, text: str) -> bool:
    """Say whether a text wants something that it can hardly say as the answer that is awaited.

    Who was asked for words gives words: only what asks for something, or says plainly that its writer can't, is none of them.
    """
    plausible = PLAUSIBLE | (frozenset() if awaited in TOLD_OF_WORK else GIVEN_AS_REASONS)
    wanted = frozenset(wish.wants) - plausible
    if STUCK in plausible.intersection(wish.wants):
        wanted -= {"which"}  # the picture goes with it
    if awaited in STRICT:
        return bool(wanted)
    return CANNOT in wanted or (bool(wanted - TOLD_BESIDE) and is_clear(text))


def told_beside(wish: Wish, run: Run, asked: Shown | None, text: str) -> Wish:
    """Give what an answer tells that whoever leads has to hear at once; nothing of what is only looked back at.

    ``asked`` is the step that the answer is for, if it is for one.
    """
    track = run.playbook.tracks.get(asked.track) if run.playbook is not None and asked is not None else None
    told = tuple(want for want in wish.wants if want in TOLD_BESIDE)
    if not told or (track is not None and track.stage != "first_response") or not is_clear(text):
        return Wish()
    return Wish(told, wish.about)
