"""Pictures of what a step means, for whoever doesn't know a thing by its name: our own drawings, three marks each.

A step names one (``picture: lan_plug``), and a run keeps the name; so a name that was used once is never taken away. The
drawings are made of the SVGs beside them by ``python -m tests.drawings``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pydantic import Field, RootModel

from playbooks.authoring.shipped import shipped
from playbooks.texts import Data, Text, Texts

PICTURES = Path(__file__).parent / "library" / "pictures"
"""The drawings that come along, and the file that says what they show."""


class Marks(Texts):
    """Three things to know it by, in both languages: where it is, how it looks, what to do with it or leave."""

    ja: tuple[str, ...] = Field(min_length=3, max_length=3)
    en: tuple[str, ...] = Field(min_length=3, max_length=3)


class Picture(Data):
    """What a drawing shows, and the marks to know it by."""

    title: Text
    marks: Marks


class Pictures(RootModel[dict[str, Picture]]):
    """``pictures.yaml`` in this shape: pictures by name."""


@cache
def pictures() -> Mapping[str, Picture]:
    """Give all pictures that come along, by name, in the order of their file."""
    return MappingProxyType(shipped(Pictures, PICTURES / "pictures.yaml").root)


def drawing(name: str) -> bytes:
    """Give our own drawing of a picture, as PNG."""
    return (PICTURES / f"{name}.png").read_bytes()
