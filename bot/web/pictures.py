"""What a file is that somebody sends, by how it begins: its name and what its sender says of it are worth nothing."""

from __future__ import annotations

_BEGINS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")


def is_picture(content: bytes) -> bool:
    """Say whether these bytes begin as a picture of a phone does: PNG, JPEG, GIF, WebP, HEIC or AVIF; a drawing that may hold script (SVG) is none."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return True
    return content.startswith(_BEGINS) or (content[4:8] == b"ftyp" and content[8:12] in _BRANDS)


def is_drawn(content: bytes) -> bool:
    """Say whether every browser draws such a picture, and so do we: PNG, JPEG, GIF or WebP."""
    return is_picture(content) and content[4:8] != b"ftyp"


_FILES = (b"%PDF-", b"PK\x03\x04")
_FILMS = (b"isom", b"iso2", b"mp41", b"mp42", b"qt  ", b"M4A ", b"3gp4", b"3gp5", b"avc1")


def is_file(content: bytes) -> bool:
    """Say whether these bytes begin as another file that is taken does: PDF, Excel or Word (a ZIP), film or sound of a phone."""
    return content.startswith(_FILES) or (content[4:8] == b"ftyp" and content[8:12] in _FILMS)
