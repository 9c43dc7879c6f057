"""What a facility may set in ``settings.toml``, and the secrets, which only ever come from the environment."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.channels.fallback import SERVICES, allowed
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

[retention]            # {retention}
# years = 5            # {years}

[page]                 # {page}
# on = true            # {page_on}
# port = 8390          # {page_port}
# public = 'https://page.example.org'   # {page_public}
# bind = '0.0.0.0'     # {page_bind}
# days = 90            # {page_days}

[privacy]              # {privacy}
# chart_numbers = ["C-99999", "999999"]   # {chart_numbers}

[heartbeat]            # {heartbeat}
# url = 'https://hc-ping.com/...'   # {url}
# minutes = 5          # {minutes}
# weekly_line = false  # {weekly_line}

[timestamps]           # {timestamps}
# url = 'https://tsa.example.org/tsr'   # {tsa}

[fallback]             # {fallback}
# urls = ['mailtos://user:password@example.org?to=director@example.org']   # {urls}
# minutes = 5          # {late}

[seal_keeper]          # {seal_keeper}
# urls = ['mailtos://user:password@example.org?to=lawyer@example.org']   # {keeper_urls}

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


class Retention(Data):
    """How many ``years`` the files and the texts of an ended incident or drill are kept before whoever decides is asked; None: nobody has said."""

    years: int | None = Field(default=None, ge=1, le=30)


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
                raise ValueError(shape) from None
        return shapes

    @property
    def charts(self) -> tuple[re.Pattern[str], ...]:
        """Give what finds the numbers of charts in a text."""
        return tuple(map(pattern_of, self.chart_numbers))


def public_https(url: str) -> str:
    """Take an address of another's service; ValueError if it is not https, or of this machine or its own network."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    with suppress(ValueError):
        host = host if ip_address(host).is_global else ""
    if (
        parts.scheme != "https"
        or not {".", ":"} & {*host}
        or host.endswith((".local", ".localhost", ".internal", ".lan"))
    ):
        raise ValueError(_NOT_PUBLIC)
    return url


_NOT_PUBLIC = "an address that begins with https:// and is not of this machine or network"


class HeartbeatPlan(Data):
    """Whom the bot lets know that it is alive: ``url`` is asked every so many ``minutes``, and the director reads a line a week."""

    url: Annotated[str, AfterValidator(public_https)] | None = None
    minutes: int = Field(default=5, ge=1, le=60)
    weekly_line: bool = True


class TimeStampPlan(Data):
    """The time-stamping authority that is asked for a token of each seal; None, and nobody is asked."""

    url: Annotated[str, AfterValidator(public_https)] | None = None


class FallbackPlan(Data):
    """The way round for alarms that were not delivered for so many ``minutes``: Apprise's ``urls``."""

    urls: tuple[Annotated[str, AfterValidator(allowed)], ...] = ()
    minutes: int = Field(default=5, ge=1, le=60)


class KeeperPlan(Data):
    """Where whoever keeps seals outside gets those of incidents: Apprise's ``urls``."""

    urls: tuple[Annotated[str, AfterValidator(allowed)], ...] = ()


def public_site(url: str) -> str:
    """Take the page's own public address: https, of a name and perhaps a port alone; ValueError for any other."""
    parts = urlsplit(public_https(url))
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError(_NOT_PUBLIC)
    return url.lower()


PAGE_PORT = 8390
"""Where the page is looked for, if nothing else is said."""


class PagePlan(Data):
    """The page in a browser: whether it is ``on``, at which ``port``, and for how many ``days`` a browser that came in is known.

    It is on this machine alone, unless a ``public`` address is set here and a secret in the environment; then it listens at ``bind``.
    """

    on: bool = False
    port: int = Field(default=PAGE_PORT, ge=1, le=65535)
    public: Annotated[str, AfterValidator(public_site)] | None = None
    bind: str = "127.0.0.1"
    days: int = Field(default=90, ge=1, le=400)


class Host(Data):
    """Where the bot runs; None means that nobody has said."""

    outside_facility: bool | None = None


class Settings(Data):
    """What stands in ``settings.toml``; everything has a default."""

    pace: Pace = Pace()
    invitations: Invitations = Invitations()
    host: Host = Host()
    backup: BackupPlan = BackupPlan()
    retention: Retention = Retention()
    page: PagePlan = PagePlan()
    privacy: Privacy = Privacy()
    heartbeat: HeartbeatPlan = HeartbeatPlan()
    timestamps: TimeStampPlan = TimeStampPlan()
    fallback: FallbackPlan = FallbackPlan()
    seal_keeper: KeeperPlan = KeeperPlan()
    drills: dict[str, Cadence] = {}


class Secrets(BaseSettings):
    """What comes from the environment: the bot's token; another Bot API server, the heartbeat's address, the ways elsewhere, the page's secret, if any."""

    model_config = SettingsConfigDict(extra="ignore")

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str | None = None
    tomoshibi_heartbeat_url: SecretStr | None = None
    tomoshibi_fallback_urls: SecretStr | None = None
    tomoshibi_seal_keeper_urls: SecretStr | None = None
    tomoshibi_page_key: SecretStr | None = None

    @property
    def token(self) -> str | None:
        """Give the token in the clear, or None; an empty one is none."""
        value = self.telegram_bot_token.get_secret_value().strip() if self.telegram_bot_token else ""
        return value or None


def heartbeat_url(settings: Settings, secrets: Secrets) -> str | None:
    """Give the heartbeat's address, the environment's before that of the settings; ValueError for one that may not be."""
    told = secrets.tomoshibi_heartbeat_url.get_secret_value().strip() if secrets.tomoshibi_heartbeat_url else ""
    return public_https(told) if told else settings.heartbeat.url


def fallback_urls(settings: Settings, secrets: Secrets) -> tuple[str, ...]:
    """Give the URLs of the way round, the environment's (apart by blanks) before those of the settings; ValueError likewise."""
    return _urls(secrets.tomoshibi_fallback_urls) or settings.fallback.urls


def keeper_urls(settings: Settings, secrets: Secrets) -> tuple[str, ...]:
    """Give the URLs of whoever keeps seals outside, in the same way."""
    return _urls(secrets.tomoshibi_seal_keeper_urls) or settings.seal_keeper.urls


def _urls(told: SecretStr | None) -> tuple[str, ...]:
    return tuple(map(allowed, told.get_secret_value().split())) if told else ()


def read_settings(home: Path) -> tuple[Settings, list[Problem]]:
    """Read a home's settings; with problems, the defaults are given for everything."""
    path = home / SETTINGS_FILE
    if not path.exists():
        return Settings(), []
    try:
        text = path.read_text(encoding="utf-8-sig")  # Notepad on Windows puts a mark before the first sign
    except UnicodeDecodeError:
        return Settings(), [Problem(SETTINGS_FILE, 1, _fault("not_utf8"), _fault("save_utf8"))]
    try:
        return Settings.model_validate(tomllib.loads(text)), []
    except tomllib.TOMLDecodeError as error:
        return Settings(), [
            Problem(SETTINGS_FILE, _line_in(str(error)), _fault("not_toml", why=error), _fault("compare"))
        ]
    except ValidationError as error:
        return Settings(), sorted(_problem(text, dict(e)) for e in error.errors())


def with_cadences(library: DrillLibrary, cadences: Mapping[str, Cadence]) -> tuple[DrillLibrary, list[Problem]]:
    """Give the drills as the settings hold them; a kind that nobody knows is a problem."""
    kinds = {
        name: held_as(kind, **cadences[name].model_dump()) if name in cadences else kind
        for name, kind in library.kinds.items()
    }
    cure = _fault("kinds", kinds=", ".join(kinds))
    unknown = [Problem(SETTINGS_FILE, 1, _fault("no_drill", name=n), cure) for n in cadences if n not in kinds]
    return library.model_copy(update={"kinds": kinds}), unknown


def _line_in(message: str) -> int:
    found = message.partition("at line ")[2].partition(",")[0]
    return int(found) if found.isdigit() else 1


def _problem(text: str, error: dict[str, Any]) -> Problem:
    name = str(error["loc"][-1])
    line = next(
        (n for n, content in enumerate(text.splitlines(), 1) if content.strip().lstrip("[").startswith(name)), 1
    )
    where = ".".join(map(str, error["loc"]))
    return Problem(SETTINGS_FILE, line, f"{where}: {_what_is_wrong(error)}", _fault("see"))


_FAULTS = {
    "extra_forbidden": "unknown",
    "greater_than_equal": "least",
    "less_than_equal": "most",
    "literal_error": "one_of",
    "string_type": "text",
    "tuple_type": "list",
    "dict_type": "table",
    "model_type": "table",
}
"""What pydantic calls what may be wrong with a value, and how it is said here."""

_OF_FIELDS = {"weekdays": "weekdays", "chart_numbers": "shape", "url": "https", "urls": "services"}
"""What is said of fields that have a rule of their own."""


def _what_is_wrong(error: Mapping[str, Any]) -> str:
    kind, facts = str(error["type"]), {name: str(value) for name, value in error.get("ctx", {}).items()}
    field = next((str(name) for name in reversed(error["loc"]) if isinstance(name, str)), "")
    if field in _OF_FIELDS and kind not in ("string_type", "tuple_type"):
        return _fault(_OF_FIELDS[field], names=", ".join(sorted(SERVICES)), **facts)
    if kind.startswith(("int_", "bool_")):
        return _fault(kind.partition("_")[0])
    return _fault(_FAULTS.get(kind, "other"), why=error["msg"], **facts)


def _fault(key: str, **facts: object) -> str:
    return in_all(phrase(f"settings.fault.{key}", **facts))
