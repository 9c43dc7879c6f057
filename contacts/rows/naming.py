"""Names for ids and ids for names: people write the vendor's name, the registry keeps the vendor's id."""

from __future__ import annotations

import re
from collections.abc import Mapping

from contacts.phrasing import say
from contacts.registry import Held
from contacts.rows.sheets import Column, Sheet
from contacts.written.cells import LIST_SIGNS, Raw
from contacts.written.likeness import nearest, plain
from contacts.written.mistakes import Unreadable
from playbooks.texts import Data

_BRACKETED = re.compile(r"\[([^\[\]]+)\]$")


def name_of(row: Data) -> str:
    """Give the name under which people know a row; its id where it has none."""
    return str(getattr(row, "name", None) or getattr(row, "id", ""))


class Naming:
    """The names in use, by kind and key."""

    def __init__(self, named: Mapping[str, Mapping[str, str]]) -> None:
        """Take the names as they are: kind → key → name."""
        self._names = named
        self._keys: dict[str, dict[str, list[str]]] = {}
        for kind, names in named.items():
            keys = self._keys.setdefault(kind, {})
            for key, name in names.items():
                keys.setdefault(plain(name), []).append(key)

    @classmethod
    def of(cls, held: Held) -> Naming:
        """Give the names of all that is held."""
        return cls({kind: {key: name_of(row) for key, row in rows.items()} for kind, rows in held.items()})

    def keys(self, kind: str, name: str) -> list[str]:
        """Give the ids that bear a name; width, case and spaces don't count."""
        return self._keys.get(kind, {}).get(plain(name), [])

    def written(self, kind: str, key: str) -> str:
        """Give what to write for an id: its name, with the id in brackets where the name alone would not do."""
        name = self._names.get(kind, {}).get(key)
        if name is None:
            return f"[{key}]"
        if len(self.keys(kind, name)) == 1 and not LIST_SIGNS.search(name) and not _BRACKETED.search(name):
            return name
        return f"{LIST_SIGNS.sub(' ', name)} [{key}]"

    def meant(self, kind: str, written: str) -> str:
        """Give the id that a name means; Unreadable if there is none, or more than one."""
        bracketed = _BRACKETED.search(written)
        if bracketed and bracketed[1] in self._names.get(kind, {}):
            return bracketed[1]
        found = self.keys(kind, written)
        if len(found) == 1:
            return found[0]
        if found:
            raise Unreadable(say("rows.name_twice_known", written=written, count=len(found)))
        near = nearest(written, self._names.get(kind, {}).values())
        if near:
            raise Unreadable(say("rows.unknown_name.near", written=written, near=near))
        raise Unreadable(say("rows.unknown_name", written=written))


def filled(sheet: Sheet, row: Data, naming: Naming) -> dict[str, Raw]:
    """Give the cells of a row by field, None for empty ones; ids of other rows become their names."""
    return {column.field: cell(column, getattr(row, column.field), naming) for column in sheet.columns}


def cell(column: Column, value: object, naming: Naming) -> Raw:
    """Give the cell of one value."""
    if value is None or value in ((), {}, ""):
        return None
    if column.refers is None:
        return column.form.write(value)
    keys = value if isinstance(value, tuple) else (value,)
    return column.form.write([naming.written(column.refers, str(key)) for key in keys])
