"""The paper forms: one for each kind of facility, in both languages, asking for no more than paper needs."""

from __future__ import annotations

from bot.documents.records.downtime_forms import FORMS
from playbooks.model import FACILITY_KINDS


def test_each_kind_of_facility_has_its_form() -> None:
    """Each form fits on one sheet, and ends with who wrote it and who entered it later."""
    assert set(FORMS) == set(FACILITY_KINDS)
    for form in (form for forms in FORMS.values() for form in forms):
        assert 12 <= sum(line.room for line in form.lines) <= 32
        assert "入力" in form.lines[-1].label.ja
        assert all(line.label.en for line in form.lines)
