"""No text keeps the bot from hearing: a pattern that tries all ways to read a long one would stand still for years."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from flows.written.times import time_ahead
from playbooks.triage.danger import danger_ears
from playbooks.triage.gate import gate
from playbooks.triage.whispers import whispers
from playbooks.wants.answers import answers
from playbooks.wants.lines import lines_told
from playbooks.wants.names import saying_in
from tests.clinic import MORNING, Clinic

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
    "たぶん",
    "お金",
    "受付が",
    "②",
    "3時",
    "夜に",
    "犯人は",
    "お湯",
    "いつ",
    "patients ",
    "at 3pm ",
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
    """Whatever is repeated, all patterns that hear it are through in no time, also where the end fits nothing."""
    for text in (piece * LENGTH, piece * LENGTH + "x"):
        with no_standstill(piece):
            saying_in(text)
            danger_ears().hear(text)
            whispers().is_confided(text, ["田中"])
            gate().is_everyday(text)
            gate().supposed(text)
            answers().asked_in(text, "clinic")
            lines_told().lines(text)
            time_ahead(text, MORNING)


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="Windows has no alarm to break a pattern off with")
@pytest.mark.parametrize("piece", ["あ", "お", "もう", "すみません", "a"])
async def test_it_is_answered(clinic: Clinic, piece: str) -> None:
    """All that is asked of a text takes no longer, from whoever sends it."""
    with no_standstill(piece):
        assert await clinic.says("nurse", piece * (LENGTH // len(piece)))
