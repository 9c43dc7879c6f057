"""How a command ends: its exit codes, and what it prints for people and for scripts."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn
from unicodedata import category

import click

from bot.phrasing import in_all, phrase
from playbooks.phrasing import Wording

if TYPE_CHECKING:
    from bot.store.time_stamps import TimeStamp  # it takes long to load

FINE, PROBLEMS, MISUSE, ALTERED = 0, 1, 2, 3


def say(what: str | Wording) -> None:
    """Print a line for people, in every language if it is in none yet; what they typed can't move the cursor."""
    click.echo(harmless(what if isinstance(what, str) else in_all(what)))


def harmless(text: str) -> str:
    """Take out of a text what would move a terminal's cursor or turn its lines around."""
    return "".join(c if c in "\n\t" or not (category(c) in ("Cc", "Cs") or c in _TURNS) else "�" for c in text)


_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def say_json(document: object) -> None:
    """Print one JSON document, and nothing else belongs on stdout."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def end_now() -> NoReturn:
    """End a process that was told to, once all is closed: tidying up its memory takes seconds on a slow machine."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(FINE)


def give_up(why: str | Wording, code: int = MISUSE) -> NoReturn:
    """Say in a sentence or two why it can't be done, and end."""
    click.echo(why if isinstance(why, str) else in_all(why), err=True)
    sys.exit(code)


def say_stamps(stamps: Sequence[TimeStamp]) -> None:
    """Print what the newest time stamp shows; nothing where there is none."""
    for stamp in stamps[-1:]:
        count, at = len(stamps), f"{stamp.at:%Y-%m-%d %H:%M:%S}"
        say(phrase("verifier.stamped", count=count, seq=stamp.seq, at=at, signer=stamp.signer))
        if stamp.vouched:
            say(phrase("verifier.vouched", ca=stamp.vouched))
        else:
            say(phrase("verifier.not_vouched", fingerprint=stamp.fingerprint))


def say_disposed(disposed: Sequence[tuple[int, int]]) -> None:
    """Print by which entries evidence was removed; nothing where none was."""
    for seq, count in disposed:
        say(phrase("verifier.disposed", seq=seq, count=count))


def disposed_as_json(disposed: Sequence[tuple[int, int]]) -> list[dict[str, int]]:
    """Give them for machines."""
    return [{"seq": seq, "files": count} for seq, count in disposed]


def stamps_as_json(stamps: Sequence[TimeStamp]) -> list[dict[str, object]]:
    """Give all of them for machines; times in ISO 8601, UTC."""
    return [
        {"seq": s.seq, "at": s.at.isoformat(), "signer": s.signer, "fingerprint": s.fingerprint, "vouched": s.vouched}
        for s in stamps
    ]
