"""A photo is what begins as one."""

from __future__ import annotations

import pytest

from bot.demo.play import picture
from bot.web.pictures import is_picture


@pytest.mark.parametrize(
    "content",
    [
        picture(),
        b"\xff\xd8\xff\xe1\x00\x18Exif",
        b"GIF89a\x01\x00",
        b"RIFF\x24\x00\x00\x00WEBPVP8 ",
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
    ],
)
def test_what_a_phone_takes_is_a_picture(content: bytes) -> None:
    """PNG, JPEG, GIF, WebP and HEIC, whatever it is called."""
    assert is_picture(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"RIFF\x24\x00\x00\x00WAVE",
        b"\x00\x00\x00\x18ftypmp42",
        b"%PDF-1.7",
    ],
)
def test_what_is_called_a_picture_is_none(content: bytes) -> None:
    """Text, a drawing with script in it, sound, film and paper are other files."""
    assert not is_picture(content)
