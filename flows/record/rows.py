r"""A row of the registry and its salted digest, by which an entry can prove it without telling it.

Names, roles and addresses lie outside the chain, so that they can be erased. What the chain holds of them is::

    leaf = sha256( sha256(salt + name of the field) + JSON [name, value] )
    row  = sha256( "tomoshibi registry 1\n" + leaves in the order of the fields' names )

with the row's kind and key as the field of the empty name. Nobody can guess a row from its digest, since the salt lies
beside the row and goes with it; and one field can be shown to somebody with its own salt while the others stay hidden.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from typing import Any, Final

from playbooks.frozen import frozen

SALT: Final = 32
"""Bytes of chance that a row carries."""

_DOMAIN: Final = b"tomoshibi registry 1\n"


@frozen
class Row:
    """A row of the registry as it is kept, held from entry ``since`` until before entry ``until`` (None: holds now).

    ``value`` is the text of a JSON object. ``salt`` is empty in rows that an older version wrote and nobody took in yet.
    """

    kind: str
    key: str
    value: str
    salt: bytes
    since: int
    until: int | None = None

    def digest(self) -> str:
        """Give the row's digest in hexadecimal."""
        return digest_of_leaves(leaf(salt, text) for salt, text in self.fields().values())

    def fields(self) -> dict[str, tuple[bytes, str]]:
        """Give the fields by name, each with its own salt and the text that is hashed, in the order of their names."""
        said: Any = json.loads(self.value)
        values = {"": [self.kind, self.key], **(said if isinstance(said, dict) else {"value": said})}
        return {
            name: (sha256(self.salt + name.encode()).digest(), _text(name, values[name])) for name in sorted(values)
        }


def _text(name: str, value: Any) -> str:
    return json.dumps([name, value], ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def leaf(salt: bytes, text: str) -> bytes:
    """Digest one field."""
    return sha256(salt + text.encode("utf-8", "surrogateescape")).digest()


def digest_of_leaves(leaves: Iterable[bytes]) -> str:
    """Join the digests of a row's fields, given in the order of their names."""
    return sha256(_DOMAIN + b"".join(leaves)).hexdigest()


def shown(row: Row, names: Collection[str]) -> dict[str, object]:
    """Give a row of which only the fields of these names can be read, whose digest can be computed all the same."""
    fields = [
        {"salt": salt.hex(), "text": text} if name in names else {"leaf": leaf(salt, text).hex()}
        for name, (salt, text) in row.fields().items()
    ]
    return {"kind": row.kind, "key": row.key, "fields": fields}


def digest_of_shown(said: Mapping[str, Any]) -> str:
    """Compute the digest of a row that is shown in part; ValueError, KeyError or TypeError for what is no such row.

    The first field must name the kind and key that the row says it has.
    """
    fields = said["fields"]
    if json.loads(fields[0]["text"]) != ["", [said["kind"], said["key"]]]:
        raise ValueError("it is another row")
    return digest_of_leaves(
        bytes.fromhex(one["leaf"]) if "leaf" in one else leaf(bytes.fromhex(one["salt"]), one["text"]) for one in fields
    )


@frozen
class Change:
    """What keeping a value did: from entry ``since`` on the row ``held`` holds, and ``gone`` no longer; digests, or None."""

    since: int
    held: str | None
    gone: str | None
