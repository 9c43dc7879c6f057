"""The words: phrases in both languages, filled in with what people typed, which can never become markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from contacts.roster import Roster
from playbooks.kinds import words_of
from playbooks.phrasing import read
from playbooks.texts import LANGUAGES, Language

PHRASES = Path(__file__).parent / "phrases"

_ENVIRONMENT = Environment(autoescape=True, undefined=StrictUndefined)


@cache
def phrases(language: Language) -> dict[str, str]:
    """Give all phrases of a language, key → template, in Japanese what it lacks; ValueError if two files have the same key."""
    found = read(*sorted((PHRASES / language).glob("*.yaml")))
    return found if language == "ja" else phrases("ja") | found


class Words:
    """Speaks one language. A missing phrase is a bug and raises KeyError; the tests hold both files together."""

    def __init__(
        self, language: Language, roster: Roster, kept_away: Callable[[str], bool] = lambda text: False
    ) -> None:
        """Choose the language; names and the local time come from the roster.

        ``kept_away`` says of a text whether it is somebody's words that this reader isn't to have quoted.
        """
        self.language = language if language in LANGUAGES else "ja"
        self.roster, self.kept_away = roster, kept_away

    def say(self, key: str, **values: object) -> Markup:
        """Give a phrase with its values put in; empty lines at its ends are cut off.

        Every phrase may use the words of this kind of facility (:data:`playbooks.kinds.NAMES`).
        """
        wording = _wording(self.language, key)
        if isinstance(wording, Markup):
            return wording
        quoted = {name: self.quoted(value) for name, value in values.items()}
        return Markup(wording.render(self._usual | quoted).strip())  # noqa: S704  (values are escaped)

    def quoted(self, value: Any) -> Any:
        """Give a value for a phrase without what its reader isn't to read; what is markup already has been through here."""
        if isinstance(value, Markup):
            return value
        if isinstance(value, str):
            return self.say("left_out") if self.kept_away(value) else value
        return type(value)(map(self.quoted, value)) if type(value) in (list, tuple) else value

    def filled(self, text: str) -> str:
        """Give a text of the handbook, which may use the same."""
        for name, word in self._usual.items():
            text = text.replace(f"{{{{ {name} }}}}", str(word))
        return text

    def of_kind(self, name: str) -> str:
        """Give a word of this kind of facility."""
        return str(self._usual[name])

    @cached_property
    def _usual(self) -> dict[str, object]:
        words = words_of(self.roster.facility.kind)
        return {name: word.in_language(self.language) for name, word in words.items()}

    def has(self, key: str) -> bool:
        """Say whether there is such a phrase."""
        return key in phrases(self.language)

    def label(self, key: str, **values: object) -> str:
        """Give a button's label: plain text, at most 64 characters."""
        return self.say(key, **values).unescape()[:64]

    def reported(self, text: str) -> str:
        """Give the text of a report; one without a text was a tap during a drill, which says what it says."""
        return text or self.say("report.real").unescape()

    def withheld_for(self, reason: str) -> str:
        """Say why words are withheld: by one of our names for it, or as somebody put it."""
        return self.say(key).unescape() if self.has(key := f"withheld.{reason}") else reason

    def who(self, member_id: str | None) -> Markup:
        """Name a member with their role; the clock, the command line and people nobody knows have names, too."""
        if member_id in ("clock", "console"):
            return self.say(f"person.{member_id}")
        member = self.roster.member(member_id or "")
        if member is None:
            return self.say("person.unknown")
        return self.say("person", name=member.name, role=self.role_of(member_id or ""))

    def called(self, member_id: str) -> Markup:
        """Name a member as colleagues do, without their role."""
        member = self.roster.member(member_id)
        return self.say("person.unknown") if member is None else self.say("person.called", name=member.name)

    def role_of(self, member_id: str) -> str:
        """Name what a member is here: the first role, or deputy."""
        member = self.roster.member(member_id)
        if member is None:
            return ""
        role = next(iter(member.roles), "deputy" if "director" in member.stands_in_for else "")
        return self.role(role) if role else ""

    def role(self, role: str) -> str:
        """Name a role as this kind of facility calls it."""
        name = self.of_kind("head") if role == "director" else self.label(f"role.{role}")
        return name[:1].upper() + name[1:]

    def people(self, member_ids: tuple[str, ...] | list[str]) -> Markup:
        """Name several members in a row."""
        return self.joined(self.who(m) for m in member_ids)

    def joined(self, texts: Iterable[str]) -> Markup:
        """Put several texts in a row; what is no markup yet is escaped."""
        return Markup(phrases(self.language)["people.join"]).join(map(self.quoted, texts))  # noqa: S704  (our own phrase)

    def clock_time(self, moment: datetime, today: date | None = None) -> str:
        """Give the facility's time of day; with the date in front when ``today`` is given and it was another day."""
        local = self.roster.facility.local(moment)
        return self.day_and_time(moment) if today is not None and local.date() != today else f"{local:%H:%M}"

    def length(self, minutes: int) -> str:
        """Give a length of time in days, hours and minutes."""
        days, hours, left = minutes // 1440, minutes // 60 % 24, minutes % 60
        return self.say("paper.span", days=days, hours=hours, minutes=left).unescape()

    def day_and_time(self, moment: datetime) -> str:
        """Give the facility's day and time of day: what somebody wrote of either is said back with both."""
        return f"{self.roster.facility.local(moment):%m/%d %H:%M}"


@cache
def _wording(language: Language, key: str) -> Template | Markup:
    """Give a phrase as what fills it in; one into which nothing is put, as most labels are, is ready as it stands."""
    template = phrases(language)[key]
    return _ENVIRONMENT.from_string(template) if "{" in template else Markup(template.strip())  # noqa: S704  (our own)
