"""A record altered in thousands of ways, by kind: of which does verification find, and of which can't it?

Each kind is a function whose docstring says what is altered. A forger here has the machine and SQLite: the journal's triggers
are put back as they were, so that nothing but the alteration shows.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from bot.bundle.manifest import signed_text
from bot.store.seals import KEY_FILE, SealingKey
from bot.store.sqlite.journal import JOURNAL_FILE, SqliteJournal
from flows.record.chain import digest_of
from flows.record.journal import Entry
from tests.bundles import Files, flipped, packed, relisted

HomeAltered = Callable[[Path, Random], None]
BundleAltered = Callable[[Files, Random], bytes]

IN_HOME: dict[str, HomeAltered] = {}
"""What is altered in a home, by name; all of it has to be found."""

IN_BUNDLE: dict[str, BundleAltered] = {}
"""What is altered in a bundle, by name; all of it has to be found."""

BEYOND_HOME: dict[str, HomeAltered] = {}
"""What the record of a home can't show: it is outside what is proved, or after the last seal, or whoever did it has the key."""

BEYOND_BUNDLE: dict[str, BundleAltered] = {}
"""What a bundle by itself can't show."""


def _named(there: dict[str, Any]) -> Callable[[Any], Any]:
    def put(alter: Any) -> Any:
        there[alter.__name__.strip("_").replace("_", " ")] = alter
        return alter

    return put


in_home, beyond_home = _named(IN_HOME), _named(BEYOND_HOME)
in_bundle, beyond_bundle = _named(IN_BUNDLE), _named(BEYOND_BUNDLE)


@dataclass
class Tried:
    """What came of a kind: how often it was tried and found; ``missed`` are seeds of those that were not."""

    count: int = 0
    found: int = 0
    missed: tuple[int, ...] = ()

    def note(self, seed: int, *, found: bool) -> None:
        """Count one."""
        self.count, self.found = self.count + 1, self.found + found
        if not found:
            self.missed = (*self.missed, seed)


def other(value: Any, dice: Random) -> Any:
    """Give a JSON value with one leaf changed."""
    match value:
        case dict() if value:
            key = dice.choice(sorted(value))
            return {**value, key: other(value[key], dice)}
        case list() if value:
            place = dice.randrange(len(value))
            return [*value[:place], other(value[place], dice), *value[place + 1 :]]
        case bool() | None:
            return not value
        case int() | float():
            return value + dice.choice((-1, 1, 10))
        case str() if value:
            place = dice.randrange(len(value))
            sign = dice.choice([s for s in "aZ0あ山、" if s != value[place]])
            return value[:place] + sign + value[place + 1 :]
        case _:
            return "x"


# ── in a home ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def forging(home: Path) -> Iterator[sqlite3.Connection]:
    """Open a home's file with checks and triggers off; the triggers stand again afterwards, letter by letter."""
    with closing(sqlite3.connect(home / JOURNAL_FILE)) as file:
        file.execute("PRAGMA ignore_check_constraints = on")
        triggers = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            file.execute(f'DROP TRIGGER "{name}"')
        yield file
        for _, sql in triggers:
            file.execute(sql)
        file.commit()


def _any_entry(file: sqlite3.Connection, dice: Random) -> int:
    return int(dice.choice([row[0] for row in file.execute("SELECT seq FROM journal ORDER BY seq")]))


def _sealed_until(file: sqlite3.Connection) -> int:
    sealed = file.execute("SELECT json_extract(body, '$.seq') FROM journal WHERE kind = 'sealed'").fetchall()
    return max(int(row[0]) for row in sealed)


def _put(file: sqlite3.Connection, seq: int, column: str, value: object) -> None:
    file.execute(f"UPDATE journal SET {column} = ? WHERE seq = ?", [value, seq])  # noqa: S608


def _of(file: sqlite3.Connection, seq: int, column: str) -> Any:
    return file.execute(f"SELECT {column} FROM journal WHERE seq = ?", [seq]).fetchone()[0]  # noqa: S608


@in_home
def what_was_said_or_done(home: Path, dice: Random) -> None:
    """One value in an entry's body."""
    with forging(home) as file:
        seq = _any_entry(file, dice)
        body = other(json.loads(_of(file, seq, "body")), dice)
        _put(file, seq, "body", json.dumps(body, ensure_ascii=False, separators=(",", ":")))


@in_home
def who_and_when(home: Path, dice: Random) -> None:
    """One value of an entry's envelope: its actor, its times, its kind, its run, what caused it."""
    with forging(home) as file:
        seq = _any_entry(file, dice)
        said = json.loads(_of(file, seq, "envelope"))
        name = dice.choice(sorted(said.keys() - {"seq", "turn", "part"}))
        changed = {**said, name: other(said[name], dice)}
        _put(file, seq, "envelope", json.dumps(changed, ensure_ascii=False, separators=(",", ":")))


def _binary(column: str, home: Path, dice: Random) -> None:
    with forging(home) as file:
        seq = _any_entry(file, dice)
        was = _of(file, seq, column)
        _put(file, seq, column, flipped(was, dice.randrange(len(was))))


IN_HOME |= {f"a bit of an entry's {column}": partial(_binary, column) for column in ("nonces", "previous", "digest")}


@in_home
def two_entries_swapped(home: Path, dice: Random) -> None:
    """What stands in one stands in the other."""
    with forging(home) as file:
        one, two = dice.sample([row[0] for row in file.execute("SELECT seq FROM journal")], 2)
        first, second = (_of(file, seq, "body") for seq in (one, two))
        _put(file, one, "body", second if second != first else '{"x":1}')
        _put(file, two, "body", first)


@in_home
def an_entry_removed(home: Path, dice: Random) -> None:
    """One from the middle."""
    with forging(home) as file:
        last = file.execute("SELECT max(seq) FROM journal").fetchone()[0]
        file.execute("DELETE FROM journal WHERE seq = ?", [dice.randrange(1, last)])


@in_home
def an_entry_put_in(home: Path, dice: Random) -> None:
    """Another one's copy at the end, of another turn and cause, with a digest of chance."""
    with forging(home) as file:
        seq = _any_entry(file, dice)
        envelope, body, nonces = (_of(file, seq, name) for name in ("envelope", "body", "nonces"))
        last, digest = file.execute("SELECT seq, digest FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        said = {**json.loads(envelope), "seq": last + 1, "turn": 9999, "cause": f"put in:{dice.random()}"}
        row = [last + 1, json.dumps(said, ensure_ascii=False), body, nonces, digest, dice.randbytes(32)]
        file.execute(
            "INSERT INTO journal (seq, envelope, body, nonces, previous, digest) VALUES (?, ?, ?, ?, ?, ?)", row
        )


@in_home
def the_end_cut_before_a_seal(home: Path, dice: Random) -> None:
    """All entries from one that a seal covers, the seal's own among them; what was owed after it, too."""
    with forging(home) as file:
        cut = dice.randint(2, _sealed_until(file))
        file.execute("DELETE FROM journal WHERE seq >= ?", [cut])
        file.execute("DELETE FROM deliveries WHERE seq >= ? AND name NOT LIKE '%seal%'", [cut])


@in_home
def the_end_cut_and_what_it_owed_left(home: Path, dice: Random) -> None:
    """The newest entries, while the messages that came of them stand among those sent."""
    with forging(home) as file:
        owed = file.execute("SELECT max(seq) FROM deliveries").fetchone()[0]
        file.execute("DELETE FROM journal WHERE seq >= ?", [dice.randint(max(2, owed - 3), owed)])


def _rewritten(home: Path, first: int, change: Callable[[Entry], Entry]) -> None:
    """Change an entry, and give it and all after it the digests that then fit."""
    with SqliteJournal(home / JOURNAL_FILE, mode="read") as journal:
        entries = [*journal.stored()]
    previous = entries[first - 2].digest if first > 1 else bytes(32)
    with forging(home) as file:
        for entry in entries[first - 1 :]:
            new = replace(change(entry) if entry.seq == first else entry, previous=previous)
            new = replace(new, digest=(previous := digest_of(new)))
            for column in ("envelope", "body", "previous", "digest"):
                _put(file, new.seq, column, getattr(new, column))


def _said_otherwise(dice: Random) -> Callable[[Entry], Entry]:
    return lambda e: replace(e, body=json.dumps(other(json.loads(e.body), dice), ensure_ascii=False))


@in_home
def rewritten_from_a_sealed_entry_on(home: Path, dice: Random) -> None:
    """An entry that a seal covers, and everything after it hashed anew."""
    with forging(home) as file:
        first = dice.randint(1, _sealed_until(file))
    _rewritten(home, first, _said_otherwise(dice))


@in_home
def people_and_contacts(home: Path, dice: Random) -> None:
    """A value, a key or the entry of a row of the registry."""
    with forging(home) as file:
        table = dice.choice(("registry", "registry_history"))
        rows = file.execute(f"SELECT rowid, key, value, seq FROM {table}").fetchall()  # noqa: S608
        rowid, key, value, seq = dice.choice(
            rows or file.execute("SELECT rowid, key, value, seq FROM registry").fetchall()
        )
        table = table if rows else "registry"
        column, new = dice.choice(
            (
                ("value", json.dumps(other(json.loads(value), dice), ensure_ascii=False)),
                ("key", f"{key}0"),
                ("seq", seq - 1),
            )
        )
        file.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", [new, rowid])  # noqa: S608


@in_home
def somebody_removed(home: Path, dice: Random) -> None:
    """A row of people or contacts, or one that was so before."""
    with forging(home) as file:
        past = file.execute("SELECT 1 FROM registry_history").fetchone()
        table = dice.choice(("registry", "registry_history")) if past else "registry"
        rows = [row[0] for row in file.execute(f"SELECT rowid FROM {table}")]  # noqa: S608
        file.execute(f"DELETE FROM {table} WHERE rowid = ?", [dice.choice(rows)])  # noqa: S608


@in_home
def somebody_added(home: Path, dice: Random) -> None:
    """A member or a number that no entry tells of."""
    with forging(home) as file:
        kind = dice.choice(("member", "contact", "address"))
        values = [kind, f"m{dice.randint(90, 999)}", '{"name":"x"}']
        file.execute("INSERT INTO registry (kind, key, value, seq) VALUES (?, ?, ?, 2)", values)


def _evidence(home: Path, dice: Random) -> Path:
    return dice.choice(sorted(one for one in (home / "evidence").rglob("*") if one.is_file()))


@in_home
def a_bit_of_evidence(home: Path, dice: Random) -> None:
    """A photo's byte."""
    file = _evidence(home, dice)
    file.chmod(0o600)
    file.write_bytes(flipped(file.read_bytes(), dice.randrange(file.stat().st_size)))


@in_home
def evidence_cut(home: Path, dice: Random) -> None:
    """A photo's end."""
    file = _evidence(home, dice)
    file.chmod(0o600)
    file.write_bytes(file.read_bytes()[: dice.randrange(file.stat().st_size)])


@in_home
def evidence_removed(home: Path, dice: Random) -> None:
    """A photo."""
    _evidence(home, dice).unlink()


@in_home
def evidence_added(home: Path, dice: Random) -> None:
    """A file of another name, or whole under its own."""
    content = dice.randbytes(20)
    name = dice.choice((sha256(content).hexdigest(), f"{dice.random()}"))
    (home / "evidence" / f"{name}.jpg").write_bytes(content)


@in_home
def a_guard_taken_away(home: Path, dice: Random) -> None:
    """One of the journal's triggers."""
    with closing(sqlite3.connect(home / JOURNAL_FILE)) as file:
        names = [row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")]
        file.execute(f'DROP TRIGGER "{dice.choice(names)}"')
        file.commit()


@in_home
def the_sealing_key(home: Path, dice: Random) -> None:
    """Gone, or no key any more."""
    key = home / KEY_FILE
    if dice.random() < 0.5:
        key.unlink()
    else:
        key.write_bytes(dice.randbytes(40))


@beyond_home
def rewritten_after_the_last_seal(home: Path, dice: Random) -> None:
    """An entry that no seal covers yet, hashed anew with all after it."""
    with forging(home) as file:
        first = _sealed_until(file) + 2  # the seal's own entry is the next
        last = file.execute("SELECT max(seq) FROM journal").fetchone()[0]
    _rewritten(home, dice.randint(first, last), _said_otherwise(dice))


@beyond_home
def the_end_cut_with_what_it_owed(home: Path, dice: Random) -> None:
    """Entries that no seal covers yet, and the messages that came of them."""
    with forging(home) as file:
        cut = dice.randint(_sealed_until(file) + 2, file.execute("SELECT max(seq) FROM journal").fetchone()[0])
        file.execute("DELETE FROM journal WHERE seq >= ?", [cut])
        file.execute("DELETE FROM deliveries WHERE seq >= ?", [cut - 1])


@beyond_home
def what_was_sent(home: Path, dice: Random) -> None:
    """When a message went out: the log proves what was heard and decided, and a message is made of that."""
    with forging(home) as file:
        sent = file.execute("SELECT id FROM deliveries WHERE name NOT LIKE '%seal%'").fetchall()
        file.execute("UPDATE deliveries SET sent_at = '2020-01-01T00:00:00.000000Z' WHERE id = ?", dice.choice(sent))


@beyond_home
def a_bit_anywhere_in_the_file(home: Path, dice: Random) -> None:
    """Of the record, of people, of what was sent, of an index or of nothing: what is of the record or of people has to be found."""
    file = home / JOURNAL_FILE
    file.write_bytes(flipped(file.read_bytes(), dice.randrange(file.stat().st_size)))


# ── in a bundle ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _flip(files: Files, name: str, dice: Random) -> Files:
    return {**files, name: flipped(files[name], dice.randrange(len(files[name])))}


def _file(files: Files, dice: Random) -> str:
    return dice.choice([name for name in sorted(files) if files[name]])


@in_bundle
def a_bit_of_a_file(files: Files, dice: Random) -> bytes:
    """Of any file, and nothing else."""
    return packed(_flip(files, _file(files, dice), dice))


@in_bundle
def a_bit_of_a_file_and_the_list_made_to_fit(files: Files, dice: Random) -> bytes:
    """Of any file; size and hash in the list are the new ones, the signature is the old one."""
    own = {"manifest.json", "manifest.sig"}
    name = dice.choice([name for name in sorted(files) if files[name] and name not in own])
    return packed(relisted(_flip(files, name, dice)))


@in_bundle
def a_file_removed(files: Files, dice: Random) -> bytes:
    """With the list as it was, or made to fit."""
    gone = _file(files, dice)
    rest = {name: content for name, content in files.items() if name != gone}
    return packed(relisted(rest) if dice.random() < 0.5 and "manifest.json" in rest else rest)


@in_bundle
def a_file_added(files: Files, dice: Random) -> bytes:
    """With the list as it was, or made to fit."""
    more = {**files, f"documents/{dice.randint(0, 999)}.pdf": dice.randbytes(9)}
    return packed(relisted(more) if dice.random() < 0.5 else more)


@in_bundle
def two_files_swapped(files: Files, dice: Random) -> bytes:
    """Each bears the other's name."""
    one, two = dice.sample([name for name in sorted(files) if files[name]], 2)
    return packed({**files, one: files[two], two: files[one]})


@in_bundle
def a_line_of_the_record(files: Files, dice: Random) -> bytes:
    """Removed, doubled, moved or changed by one value, with the list made to fit."""
    lines = files["journal.jsonl"].splitlines(keepends=True)
    place = dice.randrange(len(lines))
    line = lines.pop(place)
    match dice.randrange(4):
        case 0:
            pass
        case 1:
            lines[place:place] = [line, line]
        case 2:
            lines.insert((place + dice.randint(1, len(lines) - 1)) % (len(lines) + 1), line)
        case _:
            changed = json.dumps(other(json.loads(line), dice), ensure_ascii=False).encode() + b"\n"
            lines.insert(place, changed)
    return packed(relisted({**files, "journal.jsonl": b"".join(lines)}))


@in_bundle
def the_file_cut(files: Files, dice: Random) -> bytes:
    """Its end."""
    whole = packed(files)
    return whole[: dice.randrange(1, len(whole))]


@in_bundle
def more_than_our_bytes(files: Files, dice: Random) -> bytes:
    """Something before it or behind it."""
    whole, more = packed(files), dice.randbytes(dice.randint(1, 2000))
    return more + whole if dice.random() < 0.5 else whole + more


@in_bundle
def the_list_signed_by_another(files: Files, dice: Random) -> bytes:
    """A file changed, the list made to fit and signed by a key that sealed nothing here."""
    own = {"manifest.json", "manifest.sig", "seal.pub"}
    name = dice.choice([name for name in sorted(files) if files[name] and name not in own])
    return packed(_signed_anew(_flip(files, name, dice), dice, keys=False))


def _signed_anew(files: Files, dice: Random, *, keys: bool) -> Files:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = SealingKey(Ed25519PrivateKey.from_private_bytes(dice.randbytes(32)))
    files = relisted(
        {**files, "seal.pub": files["seal.pub"].replace(files["seal.pub"].strip(), key.public.hex().encode())}
    )
    manifest = json.loads(files["manifest.json"]) | {"key": key.fingerprint}
    if keys:
        manifest["keys"] = [*manifest["keys"], key.fingerprint]
    written = json.dumps(manifest, ensure_ascii=False).encode()
    signature = key.sign(signed_text(written, key.fingerprint)).hex().encode()
    return {**files, "manifest.json": written, "manifest.sig": signature}


@in_bundle
def the_list_signed_by_another_who_says_so(files: Files, dice: Random) -> bytes:
    """The same, and that key is named among those that sealed the record."""
    own = {"manifest.json", "manifest.sig", "seal.pub"}
    name = dice.choice([name for name in sorted(files) if files[name] and name not in own])
    return packed(_signed_anew(_flip(files, name, dice), dice, keys=True))


@beyond_bundle
def nothing_but_the_time_of_a_file(files: Files, dice: Random) -> bytes:
    """When a file in it was last changed, which a ZIP file notes: nothing rests on it."""
    whole = bytearray(packed(files))
    place = whole.index(b"PK\x03\x04", dice.randrange(len(whole) // 2))
    whole[place + 12] ^= 2
    return bytes(whole)


# ── trying them ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def tried_in_home(alter: HomeAltered, home: Path, room: Path, seed: int) -> Path:
    """Give a copy of a home, altered."""
    copy = room / f"{seed}"
    shutil.copytree(home, copy)
    alter(copy, Random(seed))
    return copy


def seeds(count: int, first: int, kinds: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Share a count out over kinds, one after the other."""
    names = sorted(kinds)
    yield from ((names[n % len(names)], first + n) for n in range(count))
