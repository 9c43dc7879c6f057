"""Words that differ by the kind of facility, put into whatever names them."""

from __future__ import annotations

import pytest

from playbooks.kinds import NAMES, filled, longest, worded, words_of
from playbooks.model import FACILITY_KINDS, FacilityKind
from playbooks.texts import LANGUAGES, Text, Texts
from tests.library import shipped_catalogue


@pytest.mark.parametrize("kind", FACILITY_KINDS)
def test_each_kind_has_its_words(kind: FacilityKind) -> None:
    """All of them, in every language."""
    assert [w for w in words_of(kind).values() for language in LANGUAGES if not w.in_language(language)] == []
    assert set(words_of(kind)) == {*NAMES}


def test_a_station_visits_people_who_use_it() -> None:
    """The same text, read by a clinic and by a station; what is no word of ours stays, and the longest is what counts."""
    text = "{{ patients }}のことを{{ head }}に（{{ name }}）"

    assert filled(text, "clinic", "ja") == "患者さんのことを院長に（{{ name }}）"
    assert filled(text, "visiting_nurse", "ja") == "利用者さんのことを管理者に（{{ name }}）"
    assert filled("Tell the {{ head }}", "pharmacy", "en") == "Tell the managing pharmacist"
    assert longest("{{ head }}に") == "管理薬剤師に"


def test_each_language_has_its_own_words() -> None:
    """Sentences and lists alike; what names nothing is the very same piece."""
    plain = Text(ja="電源を切る", en="Switch it off")

    assert worded(plain, "pharmacy") is plain
    assert worded(Text(ja="{{ head }}", en="{{ head }}"), "pharmacy") == Text(ja="管理薬剤師", en="managing pharmacist")
    assert worded(Texts(ja=("{{ chart }}",), en=("{{ chart }}",)), "pharmacy").en == ("dispensing records",)


@pytest.mark.parametrize("kind", FACILITY_KINDS)
def test_nothing_is_left_to_fill_in(kind: FacilityKind) -> None:
    """No playbook shows braces once a home of this kind is open, and it is filled in once for all."""
    for book in shipped_catalogue().playbooks.values():
        said = worded(book, kind)
        assert "{{" not in said.model_copy(update={"first_words": None}).model_dump_json(exclude={"first_words"})
        assert worded(book, kind) is said
