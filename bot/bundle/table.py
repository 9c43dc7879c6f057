"""Who may see what: recipient × kind of entry × field, read from ``recipients.yaml``. What isn't named may not be seen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from playbooks.authoring.lines import read_yaml
from playbooks.frozen import frozen
from playbooks.texts import Data, Text

TABLE: Final = Path(__file__).with_name("recipients.yaml")

RECIPIENTS: Final = ("ppc", "police", "mhlw", "health_centre", "insurer", "internal")
"""For whom a bundle is made."""

ENTRY: Final = "entry"
"""The row that says who may know of an entry at all."""

LEANS_ON: Final[Mapping[tuple[str, str], tuple[tuple[str, str], ...]]] = {
    ("ratified", "of"): (("decided", "decision"), ("decided", "choice")),
}
"""Fields that name another entry whose words then stand in the timeline: whoever sees them must see those as well."""


class Recipient(Data):
    """Whom a bundle is for: ``evidence`` says whether the files go along, ``names`` whether the timeline names people.

    ``inside`` is the house itself, which is shown what people wrote unlooked at.
    """

    title: Text
    evidence: bool
    names: bool
    inside: bool = False


class _Written(Data):
    recipients: dict[str, Recipient]
    groups: dict[str, str]
    kinds: dict[str, dict[str, str]]


@frozen
class Table:
    """The table: the recipients by name, and for each kind and field the names of those who may see it."""

    recipients: Mapping[str, Recipient]
    kinds: Mapping[str, Mapping[str, frozenset[str]]]

    def knows_of(self, recipient: str, kind: str) -> bool:
        """Say whether a recipient may know of an entry of this kind."""
        return recipient in self.kinds.get(kind, {}).get(ENTRY, frozenset())

    def sees(self, recipient: str, kind: str, field: str) -> bool:
        """Say whether a recipient may see a field of the body of such an entry."""
        may_know = field != ENTRY and self.knows_of(recipient, kind)
        return may_know and recipient in self.kinds[kind].get(field, frozenset())


def read_table(text: str) -> Table:
    """Read a table; ValueError for one that can't be read, names somebody unknown, or gives words away by a detour."""
    data, _, problems = read_yaml(text, TABLE.name)
    if problems:
        raise ValueError("; ".join(map(str, problems)))
    written = _Written.model_validate(data)
    groups = {name: frozenset(members.split()) for name, members in written.groups.items()}

    def those(names: str) -> frozenset[str]:
        found = frozenset[str]().union(*(groups.get(name, frozenset({name})) for name in names.split()))
        if unknown := found - written.recipients.keys():
            raise ValueError(f"nobody is called {', '.join(sorted(unknown))}")
        return found

    kinds = {kind: {field: those(names) for field, names in row.items()} for kind, row in written.kinds.items()}
    table = Table(written.recipients, kinds)
    for recipient in table.recipients:
        for leaning, others in LEANS_ON.items():
            if table.sees(recipient, *leaning) and not all(table.sees(recipient, *other) for other in others):
                raise ValueError(f"{recipient} may see {'.'.join(leaning)} but not what it repeats")
    return table


@cache
def shipped_table() -> Table:
    """Give the table that comes along."""
    return read_table(TABLE.read_text(encoding="utf-8"))
