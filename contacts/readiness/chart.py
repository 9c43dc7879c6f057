"""The contact chart (連絡体制図): those inside with their deputies, vendors by system, authorities and experts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from datetime import date

from contacts.labels import CONTACT_KIND, SERVICE, labelled, role_label
from contacts.phrasing import say
from contacts.readiness.deputies import deputises
from contacts.roles import DEPUTISED, ROLES
from contacts.roster import Roster
from contacts.shapes.outside import Contact
from contacts.shapes.people import Member
from contacts.written.hours import write_hours
from playbooks.frozen import frozen
from playbooks.phrasing import CLAUSES
from playbooks.texts import Language

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!&])")


@frozen
class ChartSection:
    """A table of the chart."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@frozen
class Chart:
    """The chart in one language, before it takes a form."""

    language: Language
    title: str
    sections: tuple[ChartSection, ...]


_WORDS = labelled(
    "chart",
    *("title", "inside", "vendors", "role", "holder", "deputy", "system", "name", "for", "number", "night", "hours"),
    *("help", "verified", "nobody", "none", "never", "after", "away", "comma", "open", "close"),
)


def chart(roster: Roster, today: date, language: Language | None = None) -> Chart:
    """Draw up the chart as it is on ``today``, in the facility's language if none is named. Gaps are shown as gaps."""
    speaks = language or roster.facility.language
    w = {key: text.in_language(speaks) for key, text in _WORDS.items()}
    as_of = say("chart.as_of", day=today).in_language(speaks)
    outside = [
        ChartSection(_heading(CONTACT_KIND[kind].in_language(speaks)), (w["for"], *_header(w)), rows)
        for kind in ("authority", "adviser", "partner")
        if (rows := tuple(_outside(roster, kind, w, speaks)))
    ]
    sections = (
        ChartSection(w["inside"], (w["role"], w["holder"], w["deputy"]), tuple(_inside(roster, today, w, speaks))),
        ChartSection(w["vendors"], (w["system"], *_header(w), w["help"]), tuple(_vendors(roster, w, speaks))),
        *outside,
    )
    return Chart(speaks, f"{roster.facility.name} {w['title']} ({as_of})", sections)


def _heading(label: str) -> str:
    """Begin a label with a capital where its script has such."""
    return label[:1].upper() + label[1:]


def _header(w: dict[str, str]) -> tuple[str, ...]:
    return (w["name"], w["number"], w["night"], w["hours"], w["verified"])


def _inside(roster: Roster, today: date, w: dict[str, str], language: Language) -> Iterator[tuple[str, ...]]:
    active = roster.active()
    for role in ROLES:
        holders = [m for m in active if role in m.roles]
        deputies = sorted((m for m in active if deputises(m, role)), key=lambda m: m.rank)
        if not (holders or deputies or role in DEPUTISED):
            continue
        missing = w["nobody"] if role in DEPUTISED else ""
        yield (
            role_label(role, roster.facility.kind).in_language(language),
            _people(holders, today, w) or missing,
            _people(deputies, today, w) or missing,
        )


def _people(members: Iterable[Member], today: date, w: dict[str, str]) -> str:
    return w["comma"].join(m.name + _in_brackets(w["away"], w) if m.absent_on(today) else m.name for m in members)


def _in_brackets(text: str, w: dict[str, str]) -> str:
    return f"{w['open']}{text}{w['close']}"


def _vendors(roster: Roster, w: dict[str, str], language: Language) -> Iterator[tuple[str, ...]]:
    if not roster.systems and not roster.vendors():
        yield (w["none"], "", "", "", "", "", "")
    shown: set[str] = set()
    names = {system.id: system.name for system in roster.systems}
    for system in sorted(roster.systems, key=lambda s: (s.restore_order or 100, -(s.importance or 0))):
        vendor = roster.vendor_of(system)
        needs = w["comma"].join(names[need] for need in system.needs if need in names)
        name = system.name + _in_brackets(f"{w['after']}: {needs}", w) if needs else system.name
        if vendor is None:
            yield (name, w["none"], "", "", "", "", "")
            continue
        shown.add(vendor.id)
        yield (name, *_contact(vendor, w), vendor.emergency_help or "")
    for vendor in (c for c in roster.vendors() if c.id not in shown):
        yield (_services(vendor, w, language), *_contact(vendor, w), vendor.emergency_help or "")


def _outside(roster: Roster, kind: str, w: dict[str, str], language: Language) -> Iterator[tuple[str, ...]]:
    for contact in (c for c in roster.open_to_us() if c.kind == kind):
        yield (_services(contact, w, language), *_contact(contact, w))


def _services(contact: Contact, w: dict[str, str], language: Language) -> str:
    return w["comma"].join(SERVICE[s].in_language(language) if s in SERVICE else s for s in contact.services)


def _contact(contact: Contact, w: dict[str, str]) -> tuple[str, ...]:
    said = dict.fromkeys((write_hours(contact.open_hours), contact.hours or ""))
    hours = " ".join(part for part in said if part)
    numbers = [n for n in (contact.night_number, contact.alternate_number) if n]
    verified = contact.verified_on.isoformat() if contact.verified_on else w["never"] if contact.number else ""
    return (contact.name, contact.number or w["none"], w["comma"].join(numbers), hours, verified)


def as_text(drawn: Chart) -> str:
    """Give the chart as plain lines for a chat: a line a row, what is empty left out."""
    lines = [drawn.title]
    for section in drawn.sections:
        lines += ["", f"■ {section.title}"]
        for first, *rest in section.rows:
            said = [
                f"{name}: {' '.join(cell.split())}" for name, cell in zip(section.header[1:], rest, strict=True) if cell
            ]
            lines.append(f"・{' '.join(first.split())} — {CLAUSES.in_language(drawn.language).join(said)}")
    return "\n".join(lines)


def as_markdown(drawn: Chart) -> str:
    """Give the chart as Markdown; what people typed can't become markup."""
    lines = [f"# {_in_markdown(drawn.title)}"]
    for section in drawn.sections:
        lines += [
            "",
            f"## {_in_markdown(section.title)}",
            "",
            _line(section.header),
            _line(("---",) * len(section.header), raw=True),
        ]
        lines += map(_line, section.rows)
    return "\n".join(lines) + "\n"


def _line(cells: Iterable[str], *, raw: bool = False) -> str:
    return "| " + " | ".join(cell if raw else _in_markdown(cell) for cell in cells) + " |"


def _in_markdown(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def as_html(drawn: Chart) -> str:
    """Give the chart as one HTML page that needs nothing else; what people typed can't become markup."""
    tables = "".join(
        f"<h2>{_in_html(section.title)}</h2>\n<table>\n<thead>{_row('th', section.header)}</thead>\n<tbody>\n"
        + "".join(f"{_row('td', row)}\n" for row in section.rows)
        + "</tbody>\n</table>\n"
        for section in drawn.sections
    )
    title = _in_html(drawn.title)
    return (
        f'<!doctype html>\n<html lang="{drawn.language}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n<style>{_STYLE}</style>\n'
        f"</head>\n<body>\n<h1>{title}</h1>\n{tables}</body>\n</html>\n"
    )


_STYLE = (
    "body{font-family:sans-serif;margin:1.5em}table{border-collapse:collapse;width:100%;page-break-inside:auto}"
    "th,td{border:1px solid #888;padding:.3em .5em;text-align:left;vertical-align:top}th{background:#eee}"
    "tr{page-break-inside:avoid}h2{page-break-after:avoid}"
)


def _row(tag: str, cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{_in_html(cell)}</{tag}>" for cell in cells) + "</tr>"


def _in_html(text: str) -> str:
    return html.escape(text, quote=True).replace("\n", "<br>")
