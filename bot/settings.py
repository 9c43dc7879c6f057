"""What a facility may set in ``settings.toml``, and the secrets, which only ever come from the environment."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from string import Formatter
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.phrasing import in_all, phrase
from bot.privacy.numbers import pattern_of
from contacts.labels import WEEKDAY
from flows.handbook import Pace
from flows.state.drill_calendar import held_as
from playbooks.drills.shape import DrillLibrary, Weekdays
from playbooks.problems import Problem
from playbooks.texts import LANGUAGES, Data, everywhere

SETTINGS_FILE = "settings.toml"

_FIRST = """\
# Tomoshibi: {title} {secrets}

[pace]                 # {pace}
# command = 3          # {command}
# alarm_repeat = 5     # {alarm_repeat}
# alarm_repeats = 3    # {alarm_repeats}
# question = 3         # {question}
# step_grace = 5       # {step_grace}
# reply = 3            # {reply}
# forget = 120         # {forget}

[host]                 # {host}
# outside_facility = true   # {outside_facility}

[backup]               # {backup}
# folder = '/media/usb/tomoshibi'   # {folder}
# chat = true          # {chat}
# keep = 14            # {keep}

[privacy]              # {privacy}
# chart_numbers = ["C-99999", "999999"]   # {chart_numbers}

[drills]               # {drills}
# quiz.every_months = 2        # {every_months}
# quiz.weekdays = ["tue", "{thursday}"] # {weekdays}
# contact.announced = true     # {announced}

[invitations]
# days = 7             # {days}
"""


def first_settings() -> str:
    """Give the file of a new home: all that can be set, as a comment, and what it is in every language."""
    names = {name for _, name, _, _ in Formatter().parse(_FIRST) if name} - {"secrets", "thursday"}
    told = {name: in_all(phrase(f"settings.{name}")) for name in names}
    secrets = "\n# ".join(everywhere(phrase("settings.secrets")).values())
    return _FIRST.format(**told, secrets=secrets, thursday=WEEKDAY["thu"].in_language(LANGUAGES[0]))


class Invitations(Data):
    """How long an invitation holds, in days."""

    days: int = Field(default=7, ge=1, le=60)


class Cadence(Data):
    """How the facility holds one kind of drill otherwise than by default; None leaves a thing as it is, 0 months is never."""

    every_months: Literal[0, 1, 2, 3, 4, 6, 12] | None = None
    weekdays: Weekdays | None = None
    announced: bool | None = None


class BackupPlan(Data):
    """Where backups go by themselves: into a ``folder``, and to the director's ``chat``; neither means that none is made.

    ``keep`` is for how many days a backup stays in the folder, counting only days on which one was made.
    """

    folder: str | None = None
    chat: bool = False
    keep: int = Field(default=14, ge=2, le=400)


class Privacy(Data):
    """How the facility writes the numbers of its charts: shapes, ``9`` for any digit and ``A`` for any letter."""

    chart_numbers: tuple[str, ...] = ()

    @field_validator("chart_numbers")
    @classmethod
    def _can_be_looked_for(cls, shapes: tuple[str, ...]) -> tuple[str, ...]:
        for shape in shapes:
            try:
                pattern_of(shape)
            except ValueError:
                raise ValueError(f"'{shape}' is no shape of a number") from None
        return shapes

    @property
    def charts(self) -> tuple[re.Pattern[str], ...]:
        """Give what finds the numbers of charts in a text."""
        return tuple(map(pattern_of, self.chart_numbers))


class Host(Data):
    """Where the bot runs; None means that nobody has said."""

    outside_facility: bool | None = None


class Settings(Data):
    """What stands in ``settings.toml``; everything has a default."""

    pace: Pace = Pace()
    invitations: Invitations = Invitations()
    host: Host = Host()
    backup: BackupPlan = BackupPlan()
    privacy: Privacy = Privacy()
    drills: dict[str, Cadence] = {}


class Secrets(BaseSettings):
    """What comes from the environment: the bot's token and, if there is one, the address of another Bot API server."""

    model_config = SettingsConfigDict(extra="ignore")

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str | None = None

    @property
    def token(self) -> str | None:
        """Give the token in the clear, or None; an empty one is none."""
        value = self.telegram_bot_token.get_secret_value().strip() if self.telegram_bot_token else ""
        return value or None


def read_settings(home: Path) -> tuple[Settings, list[Problem]]:
    """Read a home's settings; with problems, the defaults are given for everything."""
    path = home / SETTINGS_FILE
    if not path.exists():
        return Settings(), []
    try:
        text = path.read_text(encoding="utf-8-sig")  # Notepad on Windows puts a mark before the first sign
    except UnicodeDecodeError:
        return Settings(), [Problem(SETTINGS_FILE, 1, "the file is not UTF-8", "save it as UTF-8")]
    try:
        return Settings.model_validate(tomllib.loads(text)), []
    except tomllib.TOMLDecodeError as error:
        return Settings(), [
            Problem(SETTINGS_FILE, _line_in(str(error)), f"not TOML: {error}", "compare with the README")
        ]
    except ValidationError as error:
        return Settings(), sorted(_problem(text, dict(e)) for e in error.errors())


def with_cadences(library: DrillLibrary, cadences: Mapping[str, Cadence]) -> tuple[DrillLibrary, list[Problem]]:
    """Give the drills as the settings hold them; a kind that nobody knows is a problem."""
    kinds = {
        name: held_as(kind, **cadences[name].model_dump()) if name in cadences else kind
        for name, kind in library.kinds.items()
    }
    cure = f"the kinds are {', '.join(kinds)}"
    unknown = [Problem(SETTINGS_FILE, 1, f"drills.{n}: no such drill", cure) for n in cadences if n not in kinds]
    return library.model_copy(update={"kinds": kinds}), unknown


def _line_in(message: str) -> int:
    found = message.partition("at line ")[2].partition(",")[0]
    return int(found) if found.isdigit() else 1


def _problem(text: str, error: dict[str, Any]) -> Problem:
    name = str(error["loc"][-1])
    line = next(
        (n for n, content in enumerate(text.splitlines(), 1) if content.strip().lstrip("[").startswith(name)), 1
    )
    return Problem(
        SETTINGS_FILE, line, f"{'.'.join(map(str, error['loc']))}: {error['msg']}", "see the comments in the file"
    )
