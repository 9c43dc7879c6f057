"""Promises of the duties' shape."""

import re
from datetime import date

import pytest
from pydantic import ValidationError

from playbooks.conditions import Condition
from playbooks.duties.reading import load_duties
from playbooks.duties.shape import Between, Duties, FactKind, Promptly, ReminderRule

IDS = [
    "ppc_preliminary",
    "ppc_final",
    "persons_notice",
    "mhlw",
    "health_centre",
    "police",
    "my_number_preliminary",
    "my_number_final",
    "my_number_notice",
    "insurer",
    "partners",
    "mhlw_failure",
    "principal",
    "care_insurance",
]


@pytest.fixture(scope="module")
def japan() -> Duties:
    """The file that is shipped."""
    read = load_duties("jp")
    assert isinstance(read, Duties), "\n".join(map(str, read))
    return read


def test_the_shipped_file_holds_the_duties_in_order(japan: Duties) -> None:
    """Scripts rely on the ids and on their order."""
    assert list(japan.duties) == IDS


def test_a_run_keeps_the_duties_it_was_opened_with(japan: Duties) -> None:
    """The duties go through JSON and come back the same, so a later change of the file changes no open run."""
    assert Duties.model_validate_json(japan.model_dump_json()) == japan


def test_every_condition_asks_for_defined_facts_only(japan: Duties) -> None:
    """No condition of the shipped law looks at a fact nobody can give, and every fact is looked at."""
    texts = [duty.when for duty in japan.duties.values()] + [d.exempt for d in japan.duties.values() if d.exempt]
    texts += [ground.when for grounds in japan.grounds.values() for ground in grounds]
    texts += [found.when for found in japan.contradictions]
    asked = frozenset[str]().union(*(Condition.of(text).facts for text in texts))
    assert asked == japan.facts.keys()


def test_the_report_has_nine_items_and_the_notice_five_of_them(japan: Duties) -> None:
    """Rules art. 8(1) names nine items; the notice to the persons repeats 1, 2, 4, 5 and 9."""
    nine = japan.duties["ppc_preliminary"].items
    assert len(nine) == 9
    assert japan.duties["ppc_final"].items == nine
    assert japan.duties["persons_notice"].items == tuple(nine[place - 1] for place in (1, 2, 4, 5, 9))


def test_no_telephone_number_but_the_two_of_the_police(japan: Duties) -> None:
    """Numbers change and belong to the facility's own contacts; only 110 and #9110 stand in the law's file."""
    texts = [text for duty in japan.duties.values() for way in duty.how for text in (way.says.ja, way.says.en)]
    assert {found for text in texts for found in re.findall(r"#?\d{3,}", text)} == {"110", "#9110"}


def test_what_no_law_demands_says_so(japan: Duties) -> None:
    """Police, insurer and partners are shown as advice or contract, never as a legal duty."""
    assert {key: duty.basis for key, duty in japan.duties.items() if duty.basis not in ("law", "notice")} == {
        "health_centre": "advice",
        "police": "advice",
        "insurer": "contract",
        "partners": "advice",
        "mhlw_failure": "advice",
        "care_insurance": "unconfirmed",
    }
    assert "義務ではない" in japan.duties["police"].law.ja
    assert "法律ではなく" in japan.duties["insurer"].law.ja


def test_what_was_only_remembered_says_what_to_confirm(japan: Duties) -> None:
    """An entry or a ground that nobody could hold against its text names what to look up, in words that begin so."""
    unsure = [duty for duty in japan.duties.values() if duty.basis == "unconfirmed"]
    unsure += [d for d in japan.duties.values() if d.grounds and any(g.confirm for g in japan.grounds[d.grounds])]
    assert len(unsure) == 4
    assert all(duty.confirm for duty in unsure)
    assert japan.duties["care_insurance"].law.ja.startswith("要確認")
    assert all("要確認" in g.says.ja for grounds in japan.grounds.values() for g in grounds if g.confirm)


def test_promptly_always_comes_with_an_aim_of_our_own(japan: Duties) -> None:
    """Where the law names no day, a person still gets one to work towards, and it cannot be left out."""
    assert all(duty.target for duty in japan.duties.values() if isinstance(duty.due, Promptly))
    without = {**japan.duties["police"].model_dump(), "target": None}
    with pytest.raises(ValidationError, match="give a `target` of our own"):
        type(japan.duties["police"]).model_validate(without)


def test_the_offices_close_at_weekends_and_at_the_turn_of_the_year(japan: Duties) -> None:
    """Saturdays, Sundays and 12-29 to 01-03, as the guideline's rule of moving names them."""
    assert japan.offices.closed_weekdays == ("sat", "sun")
    assert japan.offices.closed_days == ("12-29", "12-30", "12-31", "01-01", "01-02", "01-03")


def test_every_entry_tells_when_it_was_verified(japan: Duties) -> None:
    """No entry is verified in the future of the file's own version."""
    assert all(
        date(2026, 11, 1) <= duty.verified <= date.fromisoformat(japan.version) for duty in japan.duties.values()
    )


def test_impossible_shapes_are_refused(japan: Duties) -> None:
    """A range that ends before it begins, a reminder with no day or two, an assumption that is no value."""
    text = japan.items["other"]
    with pytest.raises(ValidationError, match="exchange them"):
        Between(rule="between", from_day=5, until_day=3)
    for day, before in ((None, None), (1, 1)):
        with pytest.raises(ValidationError, match="exactly one"):
            ReminderRule(what="send", day=day, open_days_before=before, says=text)
    with pytest.raises(ValidationError, match="`assume` is none"):
        FactKind(says=text, values=("yes", "no"), assume="perhaps")


@pytest.mark.parametrize("value", ["-1", "about100", "1.5", "１２", "", "yes", "9" * 5000, "1000000001"])
def test_a_number_of_persons_is_a_whole_number(japan: Duties, value: str) -> None:
    """Only plain digits up to a billion, or unknown."""
    assert not japan.facts["persons"].allows(value)
    assert japan.facts["persons"].allows("0")
    assert japan.facts["persons"].allows("unknown")
