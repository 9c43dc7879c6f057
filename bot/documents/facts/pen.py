"""Fields in the document's language: what is known with its entries, what is not as such."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from bot.documents.facts.form import Field, Section, Statement
from bot.documents.facts.knowledge import Knowledge, KnownValue
from bot.documents.source import Source
from playbooks.duties.shape import Duty


class Pen:
    """Writes down what a run knows; everything it gives is plain text, which the template's environment escapes."""

    def __init__(self, source: Source) -> None:
        """Take up the pen for one document."""
        self.source = source
        self.known = Knowledge(source)
        self.run = self.known.run
        # A mark is nobody's words, and not quoted: what a phrase would put around it is put away again.
        quoted = {source.words.say("form.said", what=mark).unescape(): mark for mark in self.known.marks.values()}
        self._quoted, self._marks = re.compile("|".join(map(re.escape, quoted))), quoted

    def say(self, key: str, **values: object) -> str:
        """Give a phrase as plain text; what stands in the place of words that don't go out is nobody's words, and not quoted."""
        text = self.source.words.say(key, **values).unescape()
        return self._quoted.sub(lambda quoted: self._marks[quoted[0]], text)

    def moment(self, moment: datetime) -> str:
        """Give the facility's wall-clock time with its date."""
        return f"{self.source.roster.facility.local(moment):%Y-%m-%d %H:%M}"

    def day(self, day: date) -> str:
        """Give a day."""
        return day.isoformat()

    def role(self, member_id: str) -> str:
        """Name what somebody is here, without the name; who acted as clock or console has none."""
        words = self.source.words
        return words.role_of(member_id) or words.who(member_id).unescape()

    def service(self, reference: str) -> str:
        """Name whom a reference means: what they are, and the name in the registry if there is one."""
        contact = next(iter(self.source.roster.contacts_for(reference)), None)
        return self.say("form.party", what=self.say(f"service.{reference}"), name=contact.name if contact else "")

    # ── statements ──────────────────────────────────────────────────────────────────────────────────────────────────

    def state(self, text: str, *turns: int, source: str = "") -> tuple[Statement, ...]:
        """Make a statement of each line of a text."""
        entries = self.known.seqs(turns)
        return tuple(Statement(" ".join(line.split()), entries, source) for line in text.splitlines() if line.strip())

    def timed(self, turn: int, text: str, *more: int) -> tuple[Statement, ...]:
        """State what happened, beginning with when."""
        return self.state(self.say("form.timed", time=self.moment(self.known.at(turn)), what=text), turn, *more)

    def told(self, known: KnownValue | None, key: str = "form.plain") -> tuple[Statement, ...]:
        """State what was told, in a phrase that takes it as ``what``."""
        return self.state(self.say(key, what=known.value), *known.turns) if known else ()

    def fact(self, name: str, *, timed: bool = False) -> tuple[Statement, ...]:
        """State a fact in its wording ``form.fact.NAME.VALUE``, ``timed`` with since when; one without words says nothing."""
        known = self.known.fact(name)
        key = f"form.fact.{name}.{known.value}" if known else ""
        if known is None or not self.source.words.has(key):
            return ()
        return self.timed(known.turns[-1], self.say(key)) if timed else self.state(self.say(key), *known.turns)

    def registered(self, text: str | None) -> tuple[Statement, ...]:
        """State what stands in the registry."""
        return self.state(text, source=self.say("form.registry")) if text else ()

    # ── fields ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def field(self, label: str, *statements: Iterable[Statement], note: str = "") -> Field:
        """Give a field with all that is said of it; nothing said means that it is being investigated."""
        said = tuple(one for some in statements for one in some)
        return Field(self.say(label), said, "known" if said else "investigating", self.say(note) if note else "")

    def by_hand(self, label: str, *statements: Iterable[Statement], note: str = "") -> Field:
        """Give a field that a person fills in, where the record has nothing to say."""
        field = self.field(label, *statements, note=note)
        return field if field.statements else Field(field.label, (), "by_hand", field.note)

    def section(self, title: str, *fields: Field, note: str = "") -> Section:
        """Give fields under a heading."""
        return Section(self.say(title), fields, self.say(note) if note else "")

    # ── what stands around a form ───────────────────────────────────────────────────────────────────────────────────

    def title(self, key: str) -> str:
        """Give the title; a drill's says so."""
        title = self.say(key)
        return self.say("form.drill.title", title=title) if self.run.drill else title

    def to(self, *duties: Duty) -> str:
        """Address whoever the duties are owed to."""
        names = dict.fromkeys(duty.to.in_language(self.source.language) for duty in duties)
        return self.say("form.to", to=self.source.words.joined(names))

    def note(self) -> str:
        """Say what concerns the whole: that it is practice, and that it is not over yet."""
        said = [self.say("form.drill.note")] if self.run.drill else []
        said += [self.say("form.open")] if self.run.live else []
        return "\n".join(said)

    def law(self, duty: Duty) -> str:
        """Name what a duty rests on, when somebody last held it against its source, and what nobody could confirm yet."""
        language = self.source.language
        confirm = duty.confirm.in_language(language) if duty.confirm else ""
        said = {"law": duty.law.in_language(language), "source": duty.source, "day": self.day(duty.verified)}
        return self.say("form.law", **said, confirm=confirm)
