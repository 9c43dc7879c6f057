"""The poster for the door in the first hour: one page, big letters, the approved text or one that says it is not."""

from __future__ import annotations

from io import BytesIO
from typing import get_args
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from bot.documents.kinds import make
from bot.documents.records.door_poster import door_poster
from bot.documents.records.print_pack import print_pack
from bot.documents.source import Source
from flows.record.journal import FACILITY
from playbooks.model import FacilityKind
from playbooks.texts import LANGUAGES, Language
from tests.bot.documents.sources import source_of, text_of
from tests.clinic import Clinic

OWN = "ただいま電子カルテが動かないため、紙で受付をしています。お待ちください <少し>。"
BIGGEST = 42
"""Points from which letters are read across a waiting room."""


def letters(made: bytes) -> dict[str, float]:
    """Give the size in which each piece of a PDF's text is printed."""
    sizes: dict[str, float] = {}
    [page] = PdfReader(BytesIO(made)).pages
    page.extract_text(visitor_text=lambda text, _cm, tm, _font, size: sizes.update({text.strip(): size * tm[0]}))
    return sizes


@pytest.mark.parametrize("kind", get_args(FacilityKind))
@pytest.mark.parametrize("language", LANGUAGES)
def test_one_page_in_big_letters(clinic: Clinic, kind: FacilityKind, language: Language) -> None:
    """The fixed text fills the page at every kind of facility; that nobody approved it yet is told to staff, not at the door."""
    clinic.registers(kind=kind, language=language)
    made = make(source_of(clinic, FACILITY, language), "door_poster", "pdf")
    words = "".join(text_of(made).split())

    assert max(letters(made).values()) >= BIGGEST - 8
    assert ("職員に" if language == "ja" else "Oursystemisdown") in words
    untold = "まだ確認していません" if language == "ja" else "Not approved"
    assert untold.replace(" ", "") not in words
    assert untold in make(source_of(clinic, FACILITY, language), "print_pack").decode()
    assert "あかり診療所" in words


def test_what_was_approved_is_printed_word_for_word(clinic: Clinic) -> None:
    """In Word and in HTML, too; the sentences below each other."""
    clinic.registers(poster=OWN)
    source = source_of(clinic, FACILITY)

    assert "まだ確認していません" not in make(source, "print_pack").decode()
    with ZipFile(BytesIO(make(source, "door_poster", "docx"))) as word:
        assert word.read("word/document.xml").decode().count('w:val="Door"') == 2
    assert "お待ちください &lt;少し&gt;。" in make(source, "door_poster", "html").decode()


def test_the_longest_own_text_keeps_to_its_page(clinic: Clinic) -> None:
    """Three hundred signs, the most that set-up takes, in letters that are still read from a step away."""
    clinic.registers(poster="紙で受付をしています。お急ぎの方は職員にお声がけを。" * 12)
    made = make(source_of(clinic, FACILITY, "en"), "door_poster", "pdf")

    assert len(PdfReader(BytesIO(made)).pages) == 1
    assert max(letters(made).values()) >= 12


def test_who_reads_another_language_sees_what_it_says(clinic: Clinic) -> None:
    """The door keeps the facility's language; below it stands the other one, as a translation."""
    said = door_poster(source_of(clinic, FACILITY, "en")).markdown

    assert said.index("ただいまシステムが使えず") < said.index("Our system is down")
    assert "translation" in said


def test_it_hangs_in_the_pack(house: Source) -> None:
    """Whoever prints the paper set has it before anything happens."""
    assert "ただいまシステムが使えず" in print_pack(house).markdown
