"""No text keeps the bot from hearing: a pattern that tries all ways to read a long one would stand still for years."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from playbooks.triage.danger import danger_ears
from playbooks.wants.names import saying_in
from tests.clinic import Clinic

SIGNS = tuple(
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをんっー、。!?1a人火水"
)
WORDS = (
    "もう",
    "はい",
    "です",
    "すみません",
    "ちょっと",
    "さっき",
    "お願い",
    "あの",
    "ok ",
    "no ",
    "the ",
    "ない",
    "した",
    "って",
    "さん",
)
LENGTH = 400


@contextmanager
def no_standstill(text: str) -> Iterator[None]:
    """Fail where a text takes longer than any machine needs that reads it once."""

    def rings(*_: object) -> None:
        pytest.fail(f"stands still at {text[:4]} × {LENGTH}")

    before = signal.signal(signal.SIGALRM, rings)
    signal.setitimer(signal.ITIMER_REAL, 30)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="Windows has no alarm to break a pattern off with")
@pytest.mark.parametrize("piece", [*SIGNS, *WORDS])
def test_a_piece_again_and_again(piece: str) -> None:
    """Whatever is repeated, danger and what is said plainly are read in no time, also where the end fits nothing."""
    for text in (piece * LENGTH, piece * LENGTH + "x"):
        with no_standstill(piece):
            saying_in(text)
            danger_ears().hear(text)


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="Windows has no alarm to break a pattern off with")
@pytest.mark.parametrize("piece", ["あ", "お", "もう", "すみません", "a"])
async def test_it_is_answered(clinic: Clinic, piece: str) -> None:
    """All that is asked of a text takes no longer, from whoever sends it."""
    with no_standstill(piece):
        assert await clinic.says("nurse", piece * (LENGTH // len(piece)))
