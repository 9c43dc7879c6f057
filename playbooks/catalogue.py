"""Every playbook there is: those that come along, and over them a facility's own.

Only sound playbooks are in the catalogue. If a facility's own version of a playbook or shared track has problems,
the version that came along stays in use: a mistake in a file must not leave anybody without a playbook.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from playbooks.authoring.folders import LIBRARY
from playbooks.authoring.reading import read_playbook
from playbooks.checking.checks import check
from playbooks.checking.known import Known
from playbooks.frozen import frozen
from playbooks.model import Playbook, Use
from playbooks.problems import Problem
from playbooks.remembering import digest_of, remembered

OTHERS = frozenset(
    {
        "acts",
        "answers",
        "danger",
        "first_words",
        "gate",
        "lines",
        "mishaps",
        "orders",
        "people",
        "surnames",
        "told",
        "triage",
        "wants",
        "whispers",
    }
)
"""Files beside the playbooks that are none: how people tell of an event."""

TRACKS = "tracks"
"""The folder of shared tracks inside a folder of playbooks."""


@frozen
class Catalogue:
    """The sound playbooks by id, in the order of their ids, and the problems of all files read.

    ``digest`` is another one as soon as anything is that decides how they read, the names that they may use among it.
    """

    playbooks: Mapping[str, Playbook]
    problems: tuple[Problem, ...] = ()
    digest: bytes = b""

    @classmethod
    def load(
        cls, *folders: Path, roles: AbstractSet[str] | None = None, contacts: AbstractSet[str] | None = None
    ) -> Catalogue:
        """Read the library and, over it, ``folders``: a later one replaces by file name or adds.

        ``roles`` and ``contacts`` are the names that playbooks may use; None leaves those checks out. A folder that
        does not exist holds nothing.
        """
        return cls.of(LIBRARY, *folders, roles=roles, contacts=contacts)

    @classmethod
    def of(
        cls, *folders: Path, roles: AbstractSet[str] | None = None, contacts: AbstractSet[str] | None = None
    ) -> Catalogue:
        """Read ``folders`` alone, the first at the bottom."""
        files = [[path for path in sorted(folder.glob("*.yaml")) if path.stem not in OTHERS] for folder in folders]
        known = Known(roles, contacts, frozenset(path.stem for level in files for path in level))
        sound: dict[str, Playbook] = {}
        problems: set[Problem] = set()
        reader = _Reader(known)
        for level, paths in enumerate(files):
            for path in paths:
                # With everybody's tracks first; a track of a folder above that spoils the playbook is left aside.
                for top in range(len(folders), level, -1):
                    playbook, found = reader.read(path, [folder / TRACKS for folder in reversed(folders[:top])])
                    problems.update(found)
                    if playbook is not None and not found:
                        sound[playbook.playbook] = playbook
                        break
        return cls(MappingProxyType(dict(sorted(sound.items()))), tuple(sorted(problems)), digest_of(reader.digests))

    def for_use(self, use: Use) -> tuple[Playbook, ...]:
        """Give the playbooks for incidents or for drills."""
        return tuple(playbook for playbook in self.playbooks.values() if use in playbook.use)


class _Reader:
    """Reads the playbooks of one catalogue; each file once, whatever number of playbooks use it.

    ``digests`` are those of all that was read, playbook by playbook.
    """

    def __init__(self, known: Known) -> None:
        self._known = known
        names = (known.roles, known.contacts, known.playbooks)
        self._names = repr([None if one is None else sorted(one) for one in names]).encode()
        self._files: dict[Path, bytes] = {}
        self.digests: list[bytes] = []

    def read(self, path: Path, tracks: list[Path]) -> tuple[Playbook | None, list[Problem]]:
        """Read a playbook with the shared tracks of these folders, the first on top."""
        unsound: list[tuple[Playbook | None, list[Problem]]] = []

        def sound() -> Playbook | None:
            playbook, problems, lines = read_playbook(path, tracks)
            problems += check(playbook, self._known, lines) if playbook is not None else ()
            if playbook is not None and not problems:
                return playbook
            unsound.append((playbook, problems))
            return None

        files = [path, *(track for folder in tracks for track in sorted(folder.glob("*.yaml")))]
        self.digests.append(digest_of(self._made_of(files)))
        playbook = remembered(Playbook, self.digests[-1:], sound)
        return (playbook, []) if playbook is not None else unsound[0]

    def _made_of(self, files: Iterable[Path]) -> Iterator[bytes]:
        """Give everything that decides how a playbook reads: the files with their names, and the names it may use."""
        yield self._names
        for file in files:
            yield file.name.encode()
            with suppress(OSError):
                if file not in self._files:
                    self._files[file] = digest_of([file.read_bytes()])
                yield self._files[file]
