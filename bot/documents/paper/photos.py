"""A photo as it is printed or shown small: upright, and without what a phone writes into it."""

from __future__ import annotations

from io import BytesIO


def bare(photo: bytes, largest: tuple[int, int]) -> bytes | None:
    """Give a photo as a PNG, upright, at most so many pixels wide and high, without place and time; None if it can't be read."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415  (not asked for until something is printed)

    try:
        with Image.open(BytesIO(photo)) as read:
            upright = ImageOps.exif_transpose(read).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
    upright.thumbnail(largest)
    alone = Image.new("RGB", upright.size)
    alone.paste(upright)
    out = BytesIO()
    alone.save(out, "PNG")
    return out.getvalue()
