"""What a file is that somebody sends, by how it begins: its name and what its sender says of it are worth nothing."""

from __future__ import annotations

_BEGINS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")


def is_picture(content: bytes) -> bool:
    """Say whether these bytes begin as a picture of a phone does: PNG, JPEG, GIF, WebP, HEIC or AVIF; a drawing that may hold script (SVG) is none."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return True
    return content.startswith(_BEGINS) or (content[4:8] == b"ftyp" and content[8:12] in _BRANDS)
