"""A file that is asked for, in so few words that another process can make it from the home alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from bot.documents.kinds import FORMATS, make
from bot.documents.paper.photos import bare
from bot.documents.source import Source
from bot.home import Home
from bot.store.evidence import kept
from bot.words.words import Words
from contacts.registry import held
from flows.record.journal import FACILITY
from flows.response.measuring import series
from flows.state.run import Looked
from playbooks.frozen import frozen
from playbooks.texts import Language

PICTURE, THUMBNAIL, TREND, TEMPLATE, REGISTRY = "picture", "thumbnail", "trend", "contacts_template", "contacts"
"""What is no kind of document: a run's picture, a photo of it small, how drills went so far, the empty workbook, and the registry as one."""

SMALL = (320, 320)
"""Pixels of a small photo, at most."""


@frozen
class Order:
    """A file called ``name``: which ``kind``, in which ``form``, of which run, in whose language.

    A document is as of entry ``until``, however late it is made, and a small photo is the one of that entry.
    ``today`` is the facility's day, for a registry. ``year``, ``to`` and ``decided`` are as in :class:`bot.documents.source.Source`.
    """

    name: str
    kind: str
    form: str
    run: str = FACILITY
    language: Language = "ja"
    until: int | None = None
    today: date | None = None
    year: int | None = None
    to: tuple[str, ...] = ()
    decided: Mapping[int, Looked] | None = None


def made(home: Home, order: Order) -> bytes:
    """Make the file; it takes seconds."""
    return _MAKERS.get(order.kind, _document)(home, order)


def _document(home: Home, order: Order) -> bytes:
    return make(_source(home, order), order.kind, next(form for form in FORMATS if form == order.form))


def _picture(home: Home, order: Order) -> bytes:
    from bot.documents.records.picture import timeline_picture  # noqa: PLC0415  (matplotlib takes its time to load)

    return timeline_picture(_source(home, order))


def _thumbnail(home: Home, order: Order) -> bytes:
    run = home.engine.run(order.run)
    one = run.evidence.get(order.until or 0) if run is not None else None
    found = kept(home.evidence, one.sha256) if one is not None and one.sha256 else None
    small = bare(found, SMALL) if found is not None else None
    if small is None:
        raise LookupError(order.until)
    return small


def _trend(home: Home, order: Order) -> bytes:
    from bot.documents.records.drill_trend import drill_trend  # noqa: PLC0415  (the same)

    run = home.engine.run(order.run)
    if run is None:
        raise LookupError(order.run)
    return drill_trend(series(run, home.engine.runs()), Words(order.language, home.engine.roster()))


def _registry(home: Home, order: Order) -> bytes:
    from contacts.workbook import export  # noqa: PLC0415  (openpyxl takes its time to load)

    if order.today is None:
        raise ValueError("a registry is of some day")
    return export(held(home.journal.registry), order.today)


def _template(_: Home, __: Order) -> bytes:
    from contacts.workbook import template  # noqa: PLC0415  (the same)

    return template()


def _source(home: Home, order: Order) -> Source:
    source = Source.of(home.engine, order.run, order.language, order.until, order.year, home.own_photo)
    return replace(source, to=order.to, decided=order.decided)


_MAKERS: dict[str, Callable[[Home, Order], bytes]] = {
    PICTURE: _picture,
    THUMBNAIL: _thumbnail,
    TREND: _trend,
    TEMPLATE: _template,
    REGISTRY: _registry,
}
