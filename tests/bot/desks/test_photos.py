"""The facility's own photos: sent by whoever works here, shown in place of our drawing, and never leaving the home."""

from __future__ import annotations

from pathlib import Path

from bot.demo.play import picture
from bot.store.evidence import kept
from tests.clinic import Clinic


async def sends(clinic: Clinic, folder: Path, who: str = "reception") -> str:
    """Let somebody send a photo of the cable at the back of a computer; gives what they read then."""
    (folder / "cable.png").write_bytes(picture())
    await clinic.does(who, button="menu|photo|ask|lan_plug")
    said = await clinic.says(who, f"写真 {folder / 'cable.png'}")
    await clinic.passes(1)
    return said


async def test_an_own_photo_takes_the_drawings_place(clinic: Clinic, tmp_path: Path) -> None:
    """Asked for with the drawing beside it, kept in its own folder, sent instead of the drawing, and dropped again."""
    asked = await clinic.does("reception", button="menu|photo|ask|lan_plug")
    assert "患者さん" in asked
    assert "lan_plug.png" in asked

    await sends(clinic, tmp_path)
    own = clinic.engine.house.photos["lan_plug"]
    assert kept(clinic.home.photos, own.sha256 or "") == picture()
    assert not clinic.home.evidence.exists()
    assert clinic.engine.runs() == []
    assert "📎 photo.jpg" in clinic.read("reception")
    assert "✅ パソコンの裏のLANの線" in await clinic.says("reception", "/photos")

    await clinic.does("director", button="menu|photo|drop|lan_plug")
    assert clinic.engine.house.photos == {}


async def test_a_photo_in_an_incident_is_evidence(clinic: Clinic, tmp_path: Path) -> None:
    """Whatever was asked before: while something is going on, what is sent belongs to it."""
    await clinic.incident()
    await sends(clinic, tmp_path)

    assert clinic.engine.house.photos == {}
    assert len(clinic.run().evidence) == 1


async def test_reception_does_not_drop_a_photo(clinic: Clinic, tmp_path: Path) -> None:
    """Anybody may send one; taking it away is for those who keep the registry."""
    await sends(clinic, tmp_path)
    await clinic.does("reception", button="menu|photo|drop|lan_plug")

    assert "lan_plug" in clinic.engine.house.photos
