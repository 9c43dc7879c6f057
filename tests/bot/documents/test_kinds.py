"""The kinds of documents: what there is of which subject, and that making one again gives the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from bot.documents.kinds import UnknownKind, Written, foot, kind_of, kinds, log, make, subject
from bot.documents.source import Source
from bot.words.words import phrases
from flows.record.journal import FACILITY
from flows.record.lines import entry_of
from playbooks.texts import LANGUAGES
from tests.bot.documents.sources import source_of
from tests.clinic import Clinic, Played

ROOT = Path(__file__).resolve().parents[3]


def test_each_kind_has_a_name() -> None:
    """Its button and its approval are said in words, never by the name of the kind itself."""
    assert [name for language in LANGUAGES for name in kinds() if f"paper.{name}.title" not in phrases(language)] == []


def test_each_subject_has_its_own(whole: Source, house: Source) -> None:
    """A run's document can't be made of the facility; the answer names those that can."""
    assert (subject(whole), subject(house)) == ("run", "facility")
    assert kind_of(whole, "timeline").carries_log
    with pytest.raises(UnknownKind) as unknown:
        kind_of(house, "timeline")

    assert unknown.value.known == tuple(kinds("facility"))


def test_only_the_log_carrying_kinds_name_the_run(whole: Source, house: Source) -> None:
    """Run and seal stand on the record and its review; on what hangs on the wall there is neither."""
    assert {name for name, kind in kinds().items() if kind.carries_log} <= {"timeline", "after_action", "drill_record"}
    assert "incident-1" in make(whole, "timeline").decode()
    wall = make(house, "print_pack").decode()
    assert "incident-" not in wall
    assert house.seal is not None
    assert house.seal.digest.hex()[:8] not in wall


def test_the_foot_can_be_compared_with_the_seal(whole: Source) -> None:
    """The foot names the run, the sealed entry, the beginning of its digest and of the key."""
    seal = whole.seal
    assert seal is not None
    assert (
        foot(whole)
        == f"記録 incident-1　封印 {seal.seq}番 {seal.digest.hex()[:16]}…（鍵 {seal.key_fingerprint[:16]}…）"
    )


async def test_a_foot_before_any_seal(clinic: Clinic) -> None:
    """While nothing is sealed the foot says so, and up to where the page goes."""
    run = await clinic.incident()

    assert "封印はまだありません" in foot(source_of(clinic, run.id))


def test_the_log_is_what_was_hashed(whole: Source) -> None:
    """The attached log holds the run's entries byte for byte."""
    assert [entry_of(line).digest for line in log(whole).splitlines()] == [entry.digest for entry in whole.entries]


def test_a_form_that_a_kind_does_not_take(whole: Source) -> None:
    """Is refused before anything is made."""
    with pytest.raises(ValueError, match="can't be made as xlsx"):
        make(whole, "timeline", "xlsx")


async def test_a_drill_says_so_in_every_form(clinic: Clinic) -> None:
    """【訓練】 stands on the page of a drill."""
    drill = source_of(clinic, (await clinic.drill()).id)

    assert make(drill, "timeline").decode().startswith("**【訓練】**")
    assert "【訓練】" in make(drill, "timeline", "html").decode()


AGAIN = """
import sys
from hashlib import sha256
from pathlib import Path
from bot.documents.kinds import make
from bot.documents.source import Source
from bot.home import Home
home = Home(Path(sys.argv[1]))
source = Source.of(home.engine, "incident-1", "ja", int(sys.argv[2]))
for form in ("docx", "pdf"):
    print(sha256(make(source, "after_action", form)).hexdigest())
"""


def test_made_again_elsewhere_it_is_the_same(played: Played) -> None:
    """Another process, another hash seed: the same bytes of Word and PDF, picture and log included."""
    home, until = played.clinic.home, 200
    source = source_of(played.clinic, played.run.id, until=until)
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7"}
    made = subprocess.run(
        [sys.executable, "-c", AGAIN, str(home.path), str(until)],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    ).stdout.split()

    assert [sha256(make(source, "after_action", form)).hexdigest() for form in ("docx", "pdf")] == made


def test_a_written_document_is_final_unless_said_otherwise() -> None:
    """Nothing is a draft by accident."""
    assert not Written("x", "# x").draft
    assert FACILITY not in kinds()
