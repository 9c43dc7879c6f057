"""The registry as an Excel file: a template to fill, an export to change, and reading what came back."""

from contacts.workbook.reading import read
from contacts.workbook.writing import export, template

__all__ = ["export", "read", "template"]
