"""The page's templates, filled in: everything that people wrote is escaped, and every page stands in one answer."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from bot.channels.page import Shown
from bot.phrasing import phrase
from playbooks.texts import Language

TEMPLATES = Path(__file__).parent / "templates"

STYLES = {name: (TEMPLATES / f"{name}.css").read_text(encoding="utf-8") for name in ("style", "board")}
"""The styles, each whole in the pages that use it."""

SCRIPT = (TEMPLATES / "page.js").read_text(encoding="utf-8")


def digest(style: str) -> str:
    """Give what the policy names a style by."""
    return b64encode(sha256(style.encode()).digest()).decode()


class Local(Protocol):
    """Gives a moment as the facility's clock shows it."""

    def __call__(self, moment: datetime) -> datetime:
        """Give it, aware."""
        ...


class Pages:
    """Fills in templates for a facility."""

    def __init__(self, local: Local) -> None:
        """``local`` gives the facility's time of day."""
        pages = Environment(
            autoescape=True, undefined=StrictUndefined, loader=FileSystemLoader(TEMPLATES), trim_blocks=True
        )
        pages.globals |= {
            "styles": {name: Markup(style) for name, style in STYLES.items()},  # noqa: S704  (our own files)
            "at": lambda moment: f"{local(moment):%H:%M}",
            "day": lambda moment: f"{local(moment):%m/%d %H:%M}",
            "text": _text,
        }
        self._pages = pages

    def html(self, template: str, language: Language, status: int = 200, **shown: Any) -> Response:
        """Give a page in a language."""
        return HTMLResponse(self.part(template, language, **shown), status)

    def part(self, template: str, language: Language, **shown: Any) -> str:
        """Give a page, or a part of one, as HTML."""

        def say(key: str, **facts: Any) -> str:
            return says(language, key, **facts)

        return self._pages.get_template(template).render(say=say, language=language, **shown)


def says(language: Language, key: str, **facts: Any) -> str:
    """Give a phrase of the page in a language."""
    return phrase(f"page.{key}", **facts).in_language(language)


def _text(shown: Shown) -> Markup:
    """Give what a message says as HTML: the bot's own is that already, what a person wrote is none."""
    return Markup.escape(shown.message.text) if shown.own else Markup(shown.message.text)  # noqa: S704
