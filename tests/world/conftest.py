"""A morning opens a home; the library is read once for all of them."""

from __future__ import annotations

from tests.library import what_comes_along_is_read_once

__all__ = ["what_comes_along_is_read_once"]
