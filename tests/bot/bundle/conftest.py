"""A small home with bundles to look at; nothing of it is changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bundles import made, small_home
from tests.clinic import Clinic


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """A sealed incident, a second one, a photo, a note after the seal."""
    clinic = small_home(tmp_path_factory.mktemp("small"))
    yield clinic
    clinic.home.close()


@pytest.fixture(scope="session")
def zipped(small: Clinic, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its bundle for the police."""
    return made(small, tmp_path_factory.mktemp("bundle") / "bundle.zip").path
