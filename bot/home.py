"""A home: the folder in which one facility keeps its journal, evidence, keys and settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from bot.handbook import read_handbook
from bot.invitations import Invitation
from bot.phrasing import in_all, phrase
from bot.settings import SETTINGS_FILE, Settings, first_settings, read_settings
from bot.store.evidence import EVIDENCE_FOLDER, PHOTO_FOLDER, kept
from bot.store.kept import storage_of
from bot.store.locking import locked
from bot.store.seals import SealingKey
from bot.store.trouble import NewerStore
from contacts.defaults import SHIPPED_CONTACTS
from contacts.model import Facility, Member
from flows.commands.facility import MakeFacility
from flows.engine import Engine
from flows.handbook import Handbook
from flows.powers import CONSOLE
from playbooks.authoring.folders import OWN

LOCK_FILE = "running.lock"


class NoHome(Exception):
    """This folder is no home (or can't be used); the text says why and what to do."""


class HomeTaken(Exception):
    """Another process runs this home already; the text says so."""


def make_home(
    path: Path, facility: Facility, director: str, now: datetime, settings: Settings | None = None
) -> Invitation:
    """Make a home and the director's invitation; NoHome if something is there already or nothing can be written."""
    if _is_home(path):
        raise NoHome(in_all(phrase("home.taken", path=path)))
    try:
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)
        (path / OWN).mkdir(exist_ok=True)
        if not (path / SETTINGS_FILE).exists():
            (path / SETTINGS_FILE).write_text(first_settings(), encoding="utf-8")
        SealingKey.of(path)
    except OSError as error:
        raise NoHome(in_all(phrase("home.unwritable", path=path, why=error.strerror))) from error
    with storage_of(path).open() as journal:
        engine = Engine(journal, Handbook())
        made = MakeFacility("facility", facility, SHIPPED_CONTACTS)
        engine.handle(made, actor=CONSOLE, now=now, cause="init:facility")
        member = Member(id="", name=director, roles=("director",), language=facility.language)
        days = (settings or Settings()).invitations.days
        return Invitation.make(engine, member, "director", actor=CONSOLE, now=now, days=days, cause="init:director")


class Home:
    """A home that is open: its settings, its journal, and the engine that works by its handbook."""

    def __init__(self, path: Path, handbook: Handbook | None = None) -> None:
        """Open a home; NoHome if the folder is none. A ``handbook`` that is given takes the place of the home's own."""
        if not _is_home(path):
            raise NoHome(in_all(phrase("home.none", path=path)))
        self.path = path
        self.settings, self.problems = read_settings(path)
        if handbook is None:
            handbook, mistakes = read_handbook(path, self.settings)
            self.problems += mistakes
        try:
            self.journal = storage_of(path).open()
        except NewerStore:
            raise NoHome(in_all(phrase("home.newer", path=path))) from None
        row = self.journal.registry("facility").get("facility")
        if row is not None:
            handbook = handbook.for_kind(Facility.model_validate_json(row).kind)
        self.engine = Engine(self.journal, handbook)

    @property
    def evidence(self) -> Path:
        """The folder of the evidence's bytes."""
        return self.path / EVIDENCE_FOLDER

    @property
    def photos(self) -> Path:
        """The folder of the facility's own photos."""
        return self.path / PHOTO_FOLDER

    def own_photo(self, digest: str) -> bytes | None:
        """Give one of the facility's own photos; None where it is not there."""
        return kept(self.photos, digest)

    def close(self) -> None:
        """Let go of the journal."""
        self.journal.close()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Be the one process that runs this home; HomeTaken if another one does."""
        with locked(self.path / LOCK_FILE) as mine:
            if not mine:
                raise HomeTaken(in_all(phrase("home.running", path=self.path)))
            yield


def _is_home(path: Path) -> bool:
    """Say whether a folder holds a journal; NoHome if it may not be looked into."""
    try:
        return storage_of(path).exists()
    except OSError as error:
        raise NoHome(in_all(phrase("home.unreadable", path=path, why=error.strerror))) from error
