"""How the contacts are shown: by system, by situation, by a word, all by kind, and each on its card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.channels.channel import Button
from bot.screens.buttons import data_of
from bot.screens.cards import calls_now, contact_card, in_words, no_number, service_name
from bot.screens.labels import button
from bot.screens.requests.contacts import (
    AskNumber,
    AskNumberAt,
    CameBack,
    KeepNumberOffered,
    NameNumberOffered,
    NumberIsRight,
    NumberIsWrong,
    SearchContact,
    ShowContact,
    ShowKind,
    ShowSituation,
    ShowVendor,
    ShowWay,
    TakeNumberOut,
)
from bot.screens.requests.setup import GoOn
from bot.screens.scene import Scene, SceneOf, Screen, lines, rows, shows
from contacts.labels import CONTACT_KIND, SERVICE
from contacts.model import Contact
from contacts.readiness.finding import alike, find
from contacts.shapes.outside import NUMBER_FIELDS
from flows.commands.contacts import VerifyNumber
from flows.commands.people import DropQuestion
from flows.messages.contacts import (
    AskContactName,
    AskContactSearch,
    AskNewNumber,
    ContactsFound,
    ContactShown,
    ContactsInside,
    ContactsKinds,
    ContactsNoVendor,
    ContactsOffered,
    ContactsOfKind,
    ContactsOfSituation,
    ContactsSituations,
    ContactsSystems,
    NumberDoubted,
    NumberEntered,
    NumberHeard,
    NumberKept,
    NumberTakenBack,
    NumberVerified,
    NumberWhich,
)
from flows.powers import CHAIN, KEEPERS
from flows.record.journal import FACILITY
from playbooks.model import Playbook
from playbooks.texts import everywhere

MOST_LISTED = 20
"""Contacts in one message; a longer list is better searched."""

MOST_MISSING = 3
"""Those without a number who are listed one by one; more than these are counted, so that the known stay in sight."""

WAYS = (
    ShowWay("systems"),
    ShowWay("situations"),
    SearchContact(),
    ShowWay("kinds"),
    ShowWay("inside"),
    ShowWay("contracts"),
)


@shows
def contacts(scene: SceneOf[ContactsOffered]) -> Screen:
    """Offer the ways to somebody's number."""
    buttons = [button(scene, way) for way in WAYS]
    return Screen(scene.words.say("contacts"), rows(*buttons, width=2))


@shows
def systems(scene: SceneOf[ContactsSystems]) -> Screen:
    """Offer the systems, and the vendors that keep none of them."""
    roster = scene.context.roster
    kept = {v.id for s in roster.systems if (v := roster.vendor_of(s))}
    buttons = [Button(s.name, data_of(ShowVendor(s.id))) for s in roster.systems]
    buttons += [to_card(scene, c) for c in roster.vendors() if c.id not in kept]
    return Screen(scene.words.say("contacts.shapes.systems" if buttons else "contacts.none"), rows(*buttons))


@shows
def situations(scene: SceneOf[ContactsSituations]) -> Screen:
    """Offer what can happen; each leads to whom its playbook calls."""
    buttons = [_to_situation(scene, p) for p in scene.engine.handbook.playbooks.values() if calls_somebody(p)]
    return Screen(scene.words.say("contacts.situations"), rows(*buttons))


def _to_situation(scene: Scene, playbook: Playbook) -> Button:
    return Button(playbook.title.in_language(scene.words.language), data_of(ShowSituation(playbook.playbook)))


@shows
def kinds(scene: SceneOf[ContactsKinds]) -> Screen:
    """Offer all contacts, a kind at a time."""
    buttons = [
        Button(label.in_language(scene.words.language), data_of(ShowKind(kind))) for kind, label in CONTACT_KIND.items()
    ]
    return Screen(scene.words.say("contacts.kinds"), rows(*buttons, width=2))


@shows
def of_kind(scene: SceneOf[ContactsOfKind]) -> Screen:
    """List all contacts of one kind."""
    kind = scene.message.kind
    title = CONTACT_KIND[kind].in_language(scene.words.language)
    return _listed(scene, title, [c for c in scene.context.roster.contacts if c.kind == kind])


@shows
def of_situation(scene: SceneOf[ContactsOfSituation]) -> Screen:
    """List whom a playbook calls, in its order; whoever is not entered is named, too."""
    playbook = scene.engine.handbook.playbooks[scene.message.playbook]
    named = {r: scene.context.roster.contacts_for(r) for r in references(playbook)}
    missing = [service_name(scene, r) for r, found in named.items() if not found]
    found = list({c.id: c for some in named.values() for c in some}.values())
    return _listed(scene, playbook.title.in_language(scene.words.language), found, missing)


def calls_somebody(playbook: Playbook) -> bool:
    """Say whether a playbook is for what really happens, and names somebody outside."""
    return "incident" in playbook.use and bool(references(playbook))


def references(playbook: Playbook) -> list[str]:
    """Give the contacts outside that a playbook names, the first mentioned first."""
    found: list[str | None] = []
    for track in playbook.tracks.values():
        for step in track.steps.values():
            found += [step.contact, *(answer.call for answer in step.answers.values())]
    return [r for r in dict.fromkeys(found) if r and not r.startswith("role:")]


@shows
def found_by_word(scene: SceneOf[ContactsFound]) -> Screen:
    """List what a word may mean: one contact at once as its card."""
    written = scene.message.text
    found = find(scene.context.roster, written)
    meant = [_to_situation(scene, p) for p in situations_named(scene.engine.handbook.playbooks.values(), written)]
    if len(found) == 1 and not meant:
        return full_card(scene, found[0])
    if not (found or meant):
        again = rows(button(scene, SearchContact()))
        return Screen(scene.words.say("contacts.not_found", text=written), again)
    listed = _listed(scene, scene.words.say("contacts.found", text=written), found)
    return Screen(listed.text, (*listed.rows, *rows(*meant)))


def situations_named(playbooks: Iterable[Playbook], written: str) -> list[Playbook]:
    """Give the playbooks whose title holds a word."""
    return [
        p
        for p in playbooks
        if calls_somebody(p) and any(alike(written, title) for title in everywhere(p.title).values())
    ]


def _listed(scene: Scene, title: str, found: Sequence[Contact], missing: Sequence[str] = ()) -> Screen:
    words, shown = scene.words, found[:MOST_LISTED]
    said = [words.say("contacts.line", name=in_words(scene, c, "name"), number=_first(scene, c)) for c in shown]
    if len(missing) > MOST_MISSING:
        said.append(words.say("contacts.missing", names=words.joined(missing[:MOST_MISSING]), count=len(missing)))
    else:
        said += [words.say("contacts.line", name=name, number="") for name in missing]
    if len(found) > MOST_LISTED:
        said.append(words.say("contacts.more", count=len(found) - MOST_LISTED))
    if not said:
        return Screen(lines([words.say("contacts.title", title=title), words.say("contacts.none")]))
    fill = button(scene, GoOn(), "setup.button.start") if missing and scene.may(CHAIN) else None
    return Screen(
        lines([words.say("contacts.title", title=title), *said]),
        (*rows(*(to_card(scene, c) for c in shown), width=2), *rows(fill)),
    )


def _first(scene: Scene, contact: Contact) -> str:
    numbers = calls_now(scene, contact)
    return numbers[0].number if numbers else ""


def to_card(scene: Scene, contact: Contact) -> Button:
    """Give the button that shows a contact's card."""
    return Button(in_words(scene, contact, "name"), data_of(ShowContact(contact.id)))


@shows
def one(scene: SceneOf[ContactShown]) -> Screen:
    """Show one card; whoever is gone from the contacts has none."""
    known = scene.context.roster.contact(scene.message.contact)
    return full_card(scene, known) if known else Screen(scene.words.say("contacts.none"))


@shows
def no_vendor(scene: SceneOf[ContactsNoVendor]) -> Screen:
    """Say that nobody is entered for a system."""
    system = scene.context.roster.system(scene.message.system)
    return Screen(no_number(scene, system.name if system else "", "vendor"))


def full_card(scene: Scene, contact: Contact) -> Screen:
    """Give all that is known of a contact, with what can be said about its numbers in one tap."""
    words, language, shown = scene.words, scene.words.language, contact_card(scene, contact)
    roster = scene.context.roster
    text = words.say(
        "contact.full",
        card=shown.text,
        services=words.joined(SERVICE[s].in_language(language) if s in SERVICE else s for s in contact.services),
        systems=words.joined(s.name for s in roster.systems if roster.vendor_of(s) == contact),
        help=contact.emergency_help or "",
        remote=contact.remote_line or "",
        note=in_words(scene, contact, "note"),
        signed=contact.signed_on or "",
        disclosed=contact.disclosed_on or "",
    )
    back = (CameBack(contact.id, "signed"), CameBack(contact.id, "disclosed")) if contact.kind == "vendor" else ()
    sheets = rows(*(button(scene, one) for one in back), width=2) if scene.may(KEEPERS) else ()
    return Screen(text, (*number_buttons(scene, contact), *sheets), shown.native)


def number_buttons(scene: Scene, contact: Contact) -> tuple[tuple[Button, ...], ...]:
    """Give [今日確認した] and [新しい番号を入れる] to those who may, [番号が違う] to everybody."""
    known = [(place, getattr(contact, name)) for place, name in enumerate(NUMBER_FIELDS) if getattr(contact, name)]
    said = "button.number_wrong" if len(known) == 1 else "button.this_wrong"
    wrong = [
        button(scene, NumberIsWrong(contact.id, place), said, number=number)
        for place, number in known
        if NUMBER_FIELDS[place] not in contact.doubted_numbers
    ]
    if not scene.may(VerifyNumber(FACILITY, contact.id)):
        return rows(*wrong)
    verified = button(scene, NumberIsRight(contact.id)) if known else None
    return rows(verified, *wrong, button(scene, AskNumber(contact.id)))


@shows
def said(scene: SceneOf[NumberVerified | NumberDoubted | NumberEntered]) -> Screen:
    """Answer whoever said something about a number, and lead on to what comes next."""
    contact = scene.context.roster.contact(scene.message.contact)
    if contact is None:
        return Screen(scene.words.say("contacts.none"))
    words, name = scene.words, scene.message.kept_as
    owner = next((t.owner for t in scene.engine.house.open_tasks() if t.about.get("contact") == contact.id), None)
    text = words.say(
        name,
        name=in_words(scene, contact, "name"),
        other=contact.alternate_number if contact.alternate_number != contact.number else "",
        owner=words.who(owner) if owner else "",
        number=_first(scene, contact),
    )
    if name == "number_verified" or not scene.may(VerifyNumber(FACILITY, contact.id)):
        return Screen(text)
    asked = AskNumber(contact.id) if name == "number_doubted" else NumberIsRight(contact.id)
    return Screen(text, rows(button(scene, asked)))


@shows
def which(scene: SceneOf[NumberWhich]) -> Screen:
    """Ask which of somebody's numbers is new."""
    contact = scene.message.contact
    fields = enumerate(NUMBER_FIELDS)
    buttons = [button(scene, AskNumberAt(contact, place), f"number.{name}") for place, name in fields]
    return Screen(scene.words.say("number_which"), rows(*buttons))


@shows
def ask(scene: SceneOf[AskNewNumber | AskContactSearch]) -> Screen:
    """Ask for a number or for a word to search, with a way out."""
    about = scene.message.contact if isinstance(scene.message, AskNewNumber) else ""
    contact = scene.context.roster.contact(about)
    drop = button(scene, DropQuestion(FACILITY))
    return Screen(
        scene.words.say(scene.message.kept_as, name=in_words(scene, contact, "name") if contact else ""),
        rows(drop),
        wants_text=True,
    )


@shows
def number_heard(scene: SceneOf[NumberHeard]) -> Screen:
    """Offer a number that somebody wrote to whoever keeps the contacts, as long as nobody has kept it."""
    offered = scene.engine.house.offers[scene.message.of]
    known = scene.context.roster.contact(offered.contact)
    text = scene.words.say(
        "number_heard",
        number=offered.number,
        name=in_words(scene, known, "name") if known else "",
        who=scene.words.who(offered.member) if offered.member != scene.reader else "",
        drill=offered.drill,
    )
    if offered.state != "waits" or not scene.may(KEEPERS):
        return Screen(text)
    other = button(scene, NameNumberOffered(offered.turn)) if known else None
    return Screen(text, rows(button(scene, KeepNumberOffered(offered.turn)), other))


@shows
def number_kept(scene: SceneOf[NumberKept]) -> Screen:
    """Say where it stands, that nobody has checked it, and how to take it out again."""
    offered = scene.engine.house.offers[scene.message.of]
    contact = scene.context.roster.contact(offered.contact)
    if offered.state != "kept" or contact is None:
        return Screen(scene.words.say("contacts.none"))
    name, field = in_words(scene, contact, "name"), scene.words.say(f"number.{offered.field}")
    text = scene.words.say("number_kept", name=name, field=field, number=offered.number, drill=offered.drill)
    buttons = (NumberIsRight(contact.id), ShowContact(contact.id), TakeNumberOut(offered.turn))
    return Screen(text, rows(*(button(scene, one) for one in buttons)))


@shows
def number_taken_back(scene: SceneOf[NumberTakenBack]) -> Screen:
    """Say that it is out of the contacts."""
    return Screen(scene.words.say("number_taken_back", number=scene.engine.house.offers[scene.message.of].number))


@shows
def ask_name(scene: SceneOf[AskContactName]) -> Screen:
    """Ask whose number it is."""
    number = scene.engine.house.offers[scene.message.of].number
    return Screen(
        scene.words.say("ask_contact_name", number=number), rows(button(scene, DropQuestion(FACILITY))), wants_text=True
    )


@shows
def inside(scene: SceneOf[ContactsInside]) -> Screen:
    """Say who decides here and in which order, and who keeps the systems safe."""
    roster, words, today = scene.context.roster, scene.words, scene.context.today
    managers = roster.owners("safety_manager", today)
    text = words.say(
        "contacts.inside",
        chain=chain_lines(scene),
        manager=words.people([m.id for m in managers[:1]]) if managers else "",
        others=words.people([m.id for m in roster.present(today) if m not in (*scene.context.chain(), *managers[:1])]),
    )
    return Screen(text)


def chain_lines(scene: Scene) -> list[str]:
    """Say who is asked to decide, one after the other, and after how many minutes without an answer the next."""
    chain, minutes = scene.context.chain(), scene.context.handbook.pace.command_at("urgent")
    return [
        scene.words.say("people.chain", number=place, who=scene.words.who(m.id), minutes=(place - 1) * minutes)
        for place, m in enumerate(chain, start=1)
    ]
