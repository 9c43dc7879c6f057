"""Labels for leads: one sheet to cut out, in the order of pulling, with the facility's own photos where it has them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from bot.documents.kinds import make
from bot.documents.records.cable_labels import cable_labels
from bot.documents.source import Source
from flows.record.journal import FACILITY
from playbooks.model import FacilityKind
from playbooks.pictures import drawing
from tests.bot.documents.sources import text_of
from tests.clinic import Clinic


def source(clinic: Clinic) -> Source:
    """Give what the sheet is made from, with the photos of this home."""
    return Source.of(clinic.engine, FACILITY, "ja", photos=clinic.home.own_photo)


async def takes_photo(clinic: Clinic, thing: str, content: bytes, folder: Path) -> None:
    """Let the nurse send the facility's own photo of a thing."""
    (folder / "own.jpg").write_bytes(content)
    await clinic.does("nurse", button=f"menu|photo|ask|{thing}")
    await clinic.says("nurse", f"写真 {folder / 'own.jpg'}")
    await clinic.passes(1)


def test_one_sheet_says_where_each_is_stuck(clinic: Clinic) -> None:
    """All labels stand on one A4 page, several of each; a wrong one is warned of before anybody cuts."""
    made = make(source(clinic), "cable_labels", "pdf")
    said = text_of(made)

    assert len(PdfReader(BytesIO(made)).pages) == 1
    assert [said.count(f"\n{name}\n") for name in ("LAN", "バックアップ", "外の線", "抜かない")] == [6, 3, 3, 3]
    assert "医師か看護師が、確かめて貼る" in said
    assert "間違った札は、札がないより危険" in said


@pytest.mark.parametrize(
    ("kind", "leaves_in"), [("clinic", True), ("dental", True), ("visiting_nurse", True), ("pharmacy", False)]
)
def test_what_stays_in_is_labelled_where_patients_are(clinic: Clinic, kind: FacilityKind, leaves_in: bool) -> None:
    """Nothing hangs on a patient at a pharmacy; everywhere the order is that in which leads are pulled."""
    clinic.registers(kind=kind)
    said = cable_labels(source(clinic)).markdown
    order = [said.index(f"### {name}") for name in ("LAN", "バックアップ", "外の線")]

    assert order == sorted(order)
    assert ("### 抜かない" in said) == leaves_in


async def test_an_own_photo_is_on_the_label(clinic: Clinic, tmp_path: Path) -> None:
    """Of whichever backup there is, made small, and without the place and time that a phone writes into it."""
    photo = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "somebody's desk"
    Image.new("RGB", (4000, 3000), "green").save(photo, "JPEG", exif=exif)
    await takes_photo(clinic, "usb_backup", photo.getvalue(), tmp_path)
    shown = cable_labels(source(clinic)).pictures

    with Image.open(BytesIO(shown["label-backup.png"])) as printed:
        assert printed.size == (900, 675)
        assert not printed.getexif()
    assert b"somebody" not in shown["label-backup.png"]
    assert shown["label-lan.png"] == drawing("lan_plug")


async def test_a_photo_that_cannot_be_read_leaves_the_drawing(clinic: Clinic, tmp_path: Path) -> None:
    """The sheet comes all the same."""
    await takes_photo(clinic, "lan_plug", b"no picture at all", tmp_path)

    assert cable_labels(source(clinic)).pictures["label-lan.png"] == drawing("lan_plug")
