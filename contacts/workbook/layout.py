"""How the workbook is laid out: which row holds what, and the sheets that are not for people."""

from __future__ import annotations

from contacts.phrasing import say

HOW_TO = say("workbook.how_to")
"""The first sheet: notes for whoever fills it. It is never read."""

EXPORTED = "_exported"
"""A sheet that Excel does not show: what the registry held when the file was written out, as kind, id and JSON text."""

LISTS = "_lists"
"""Another one: what the drop-downs offer."""

TITLE_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3

REQUIRED_SIGN = "※"
"""Behind the header of a column that has to be filled."""

MOST_ROWS = 10_000
"""Rows of a sheet that are read; no institution of this size has more, and Excel's stray formats may reach a million."""

MOST_COLUMNS = 100

CHUNK = 30_000
"""Signs of JSON text a cell holds; Excel ends at 32,767."""
