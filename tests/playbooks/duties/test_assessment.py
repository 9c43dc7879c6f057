"""Promises and laws of what is owed, to whom and by when."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbooks.duties.assessment import Assessment, OwedDuty, Span, assess, reminders
from playbooks.duties.clock import UnclearTime, is_open
from playbooks.duties.reading import load_duties
from playbooks.duties.shape import Duties, Within

TOKYO = timezone(timedelta(hours=9))
MONDAY = datetime(2026, 11, 30, 10, tzinfo=TOKYO)
SETTLED = {
    "leak": "none",
    "loss": "none",
    "damage": "none",
    "sensitive": "no",
    "malicious": "no",
    "financial": "no",
    "encrypted_safely": "no",
    "my_number": "no",
    "care_affected": "no",
    "crime_suspected": "no",
    "persons": "0",
    "my_number_persons": "0",
    "public_on_net": "no",
    "nature": "leak",
    "vendor_attacked": "no",
    "entrusted": "no",
    "care_users": "no",
}
PRIVACY = {"ppc_preliminary", "ppc_final", "persons_notice"}
MY_NUMBER = {"my_number_preliminary", "my_number_final", "my_number_notice"}


def _japan() -> Duties:
    read = load_duties("jp")
    assert isinstance(read, Duties)
    return read


JAPAN = _japan()


def look(known_at: datetime = MONDAY, **known: str) -> Assessment:
    """Assess with everything settled as harmless but what is given."""
    return assess(JAPAN, {**SETTLED, **known}, known_at)


def ids(assessment: Assessment) -> set[str]:
    """The ids of what is owed."""
    return {one.id for one in assessment.owed}


def owed(assessment: Assessment, key: str) -> OwedDuty:
    """The one duty of that id."""
    return next(one for one in assessment.owed if one.id == key)


@pytest.mark.parametrize(
    ("day", "third", "fifth", "thirty", "sixty"),
    [
        ("2026-11-24", "2026-11-26", "2026-11-28", "2026-12-23", "2027-01-22"),
        ("2026-11-30", "2026-12-02", "2026-12-04", "2027-01-04", "2027-01-28"),
        ("2026-11-02", "2026-11-04", "2026-11-06", "2026-12-01", "2027-01-04"),
        ("2026-10-30", "2026-11-01", "2026-11-03", "2026-11-30", "2026-12-28"),
        ("2027-03-31", "2027-04-02", "2027-04-04", "2027-04-30", "2027-05-31"),
        ("2027-04-02", "2027-04-04", "2027-04-06", "2027-05-06", "2027-05-31"),
    ],
)
def test_the_days_of_the_two_reports(day: str, third: str, fifth: str, thirty: str, sixty: str) -> None:
    """Day 1 is the day of knowing; the first report is never moved, the final one waits for an open office."""
    known_at = datetime.fromisoformat(f"{day}T23:59:59+09:00")
    plain = look(known_at, leak="suspected", sensitive="yes", my_number="yes", my_number_persons="101")
    bad = look(known_at, leak="suspected", malicious="yes", my_number="yes")
    for family in ("ppc", "my_number"):
        span = Span(date.fromisoformat(third), date.fromisoformat(fifth))
        assert owed(plain, f"{family}_preliminary").due == owed(bad, f"{family}_preliminary").due == span
        assert owed(plain, f"{family}_final").due == date.fromisoformat(thirty)
        assert owed(bad, f"{family}_final").due == date.fromisoformat(sixty)


def test_sixty_days_also_where_other_numbers_apply() -> None:
    """Bad intent beside sensitive data and many persons keeps the 60 days."""
    case = look(leak="confirmed", malicious="yes", sensitive="yes", financial="yes", persons="5000")
    assert owed(case, "ppc_final").due == date(2027, 1, 28)
    numbers = [ground.number for ground in owed(case, "ppc_final").grounds]
    assert numbers == ["規則7条1号", "規則7条2号", "規則7条3号", "規則7条4号"]


def test_thirty_days_until_bad_intent_is_known() -> None:
    """Unknown intent makes the report owed at once, by the shorter deadline, and is named as an open question."""
    final = owed(look(leak="suspected", malicious="unknown"), "ppc_final")
    assert final.due == date(2027, 1, 4)
    assert (final.certain, final.because, final.open) == (
        False,
        ("leak=suspected", "malicious=unknown"),
        ("malicious=unknown",),
    )
    sure = owed(look(leak="suspected", sensitive="yes", malicious="unknown"), "ppc_final")
    assert sure.due == date(2027, 1, 4)
    assert (sure.certain, sure.because, sure.open) == (
        True,
        ("leak=suspected", "sensitive=yes"),
        ("malicious=unknown",),
    )


@pytest.mark.parametrize(
    ("known", "is_owed"),
    [
        ({"leak": "suspected", "persons": "1000"}, False),
        ({"leak": "suspected", "persons": "1001"}, True),
        ({"leak": "suspected", "persons": "unknown"}, True),
        ({"leak": "suspected", "sensitive": "yes", "persons": "1"}, True),
        ({"leak": "confirmed", "financial": "yes", "persons": "1"}, True),
        ({"loss": "confirmed", "sensitive": "yes"}, True),  # a lost USB stick with charts
        ({"damage": "confirmed", "malicious": "yes"}, True),  # ransomware, no clean copy, nothing taken
        ({"leak": "suspected", "malicious": "yes"}, True),  # restored from a copy, theft not excluded
        ({"malicious": "yes"}, False),  # an attack that touched no personal data
        ({"sensitive": "yes", "malicious": "yes", "financial": "yes", "persons": "9000"}, False),
        ({"leak": "unknown", "sensitive": "yes"}, True),
        ({"leak": "confirmed", "sensitive": "yes", "encrypted_safely": "yes"}, False),
        ({"leak": "confirmed", "financial": "yes", "encrypted_safely": "yes"}, False),
        ({"leak": "confirmed", "malicious": "yes", "encrypted_safely": "yes"}, False),
        ({"leak": "confirmed", "persons": "9000", "encrypted_safely": "yes"}, False),
        ({"leak": "confirmed", "sensitive": "yes", "encrypted_safely": "unknown"}, True),
        ({}, False),
    ],
)
def test_the_four_situations_of_rule_seven(known: dict[str, str], is_owed: bool) -> None:
    """Something leaked, lost or damaged (or feared so) and one of four grounds, unless surely encrypted."""
    assert ids(look(MONDAY, **known)) & PRIVACY == (PRIVACY if is_owed else set())


@pytest.mark.parametrize(
    ("known", "is_owed"),
    [
        ({"leak": "suspected", "my_number": "yes", "persons": "900", "my_number_persons": "100"}, False),
        ({"leak": "suspected", "my_number": "yes", "my_number_persons": "101"}, True),
        ({"leak": "suspected", "my_number": "yes", "my_number_persons": "unknown"}, True),
        ({"leak": "suspected", "my_number": "yes", "my_number_persons": "1", "public_on_net": "yes"}, True),
        ({"leak": "suspected", "my_number": "yes", "my_number_persons": "1", "public_on_net": "unknown"}, True),
        ({"leak": "suspected", "my_number": "yes", "malicious": "yes", "persons": "1"}, True),
        ({"leak": "suspected", "my_number": "unknown", "malicious": "yes"}, True),
        ({"leak": "suspected", "my_number": "no", "malicious": "yes", "persons": "9000"}, False),
        ({"leak": "suspected", "my_number": "yes", "malicious": "yes", "encrypted_safely": "yes"}, False),
        ({"my_number": "yes", "malicious": "yes"}, False),
    ],
)
def test_my_numbers_have_a_duty_of_their_own(known: dict[str, str], is_owed: bool) -> None:
    """Bad intent or open to all on the net for any number of persons, or more than 100 with a My Number; the persons, too."""
    assert ids(look(MONDAY, **known)) & MY_NUMBER == (MY_NUMBER if is_owed else set())


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({"care_affected": "yes"}, {"health_centre"}),
        ({"care_affected": "yes", "nature": "failure"}, {"health_centre", "mhlw_failure"}),
        ({"care_affected": "yes", "nature": "attack"}, {"health_centre", "mhlw"}),
        ({"malicious": "yes"}, {"insurer"}),
        ({"malicious": "yes", "crime_suspected": "yes", "nature": "attack"}, {"insurer", "partners", "police"}),
        ({"leak": "suspected", "vendor_attacked": "yes"}, {"mhlw", "insurer"}),
        ({"care_affected": "yes", "care_users": "yes"}, {"health_centre", "care_insurance"}),
        ({"crime_suspected": "yes"}, {"police", "insurer"}),
        (
            {"damage": "suspected", "malicious": "yes", "nature": "attack"},
            {"mhlw", "health_centre", "insurer", *PRIVACY},
        ),
        ({"leak": "confirmed"}, {"insurer"}),  # a fax to the wrong number: no attack, care goes on
        ({}, set()),
    ],
)
def test_who_else_is_told(known: dict[str, str], told: set[str]) -> None:
    """The ministry only for a cyber attack; the health centre for hampered care, too; police for a crime; insurer, partners."""
    assert ids(look(MONDAY, **known)) == told


def test_the_example_of_the_command_line() -> None:
    """The documented call gives these days, an aim marked as ours where the law names none, and what was assumed."""
    given = {"leak": "suspected", "sensitive": "yes", "malicious": "yes", "persons": "unknown"}
    answer = assess(JAPAN, given, MONDAY).as_json()
    told: dict[str, Any] = {str(one["id"]): one for one in answer}
    assert json.loads(json.dumps(answer)) == answer
    assert all({"id", "to", "due", "law", "verified"} <= one.keys() for one in answer)
    assert told["ppc_preliminary"]["due"] == {"from": "2026-12-02", "until": "2026-12-04"}
    assert told["ppc_final"]["due"] == "2027-01-28"
    assert told["mhlw"]["due"] is None
    assert told["mhlw"]["target"]["by"] == "2026-11-30"
    assert told["mhlw"]["target"]["ours"] is True
    assert told["ppc_preliminary"]["assumed"] == {
        "loss": "none",
        "damage": "none",
        "financial": "unknown",
        "encrypted_safely": "unknown",
        "my_number": "unknown",
        "care_affected": "unknown",
        "crime_suspected": "unknown",
        "my_number_persons": "unknown",
        "public_on_net": "unknown",
        "nature": "unknown",
        "vendor_attacked": "no",
        "entrusted": "no",
        "care_users": "no",
    }
    assert told["ppc_final"]["to"] == "個人情報保護委員会"
    assert assess(JAPAN, given, MONDAY).as_json("en")[1]["to"] == "Personal Information Protection Commission"


def test_facts_of_other_kinds_are_passed_over_and_nonsense_is_unknown() -> None:
    """A run holds more facts than the law asks for; a value that makes no sense never stops a live incident."""
    case = look(leak="perhaps", sensitive="yes", sheets_issued="12")
    assert owed(case, "ppc_preliminary").open == ("leak=unknown",)
    assert case.assumed == {"leak": "unknown"}


def test_what_is_not_owed_says_why() -> None:
    """The facts that settle it are named, no more than are needed; an exemption is told apart."""
    why = {one.id: one for one in look(leak="suspected", my_number="yes", persons="60").not_owed}
    assert why["ppc_final"].why == ("sensitive=no", "financial=no", "malicious=no", "persons=60")
    assert why["police"].why == ("crime_suspected=no",)
    safe = {one.id: one for one in look(leak="suspected", sensitive="yes", encrypted_safely="yes").not_owed}
    assert (safe["ppc_final"].exempt, safe["ppc_final"].why) == (True, ("encrypted_safely=yes",))
    nothing = {one.id: one for one in look(sensitive="yes").not_owed}
    assert nothing["ppc_final"].why == ("damage=none", "leak=none", "loss=none")


def test_a_rule_that_nobody_could_confirm_makes_nothing_certain() -> None:
    """Open to all on the net keeps the report of My Numbers owed; bad intent, which was read, makes it certain."""
    known = {"leak": "confirmed", "my_number": "yes", "public_on_net": "yes"}
    assert not owed(look(MONDAY, **known), "my_number_preliminary").certain
    assert owed(look(MONDAY, **known, malicious="yes"), "my_number_preliminary").certain


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({"my_number_persons": "5", "my_number": "no", "persons": "9"}, ["その人数があります"]),
        ({"my_number_persons": "5", "my_number": "yes", "persons": "4", "leak": "suspected"}, ["より多くなっています"]),
        ({"public_on_net": "yes"}, ["情報は外に出ていない"]),
        ({"nature": "attack"}, ["不正の目的ではない"]),
        ({"malicious": "yes"}, ["犯罪の疑いはない"]),
        ({"public_on_net": "unknown", "leak": "confirmed"}, []),
        ({}, []),
    ],
)
def test_answers_that_contradict_each_other_are_told(known: dict[str, str], told: list[str]) -> None:
    """Nothing is mended in silence: both stand, and a sentence in each language says what can't be."""
    found = look(MONDAY, **known).contradictions
    assert len(found) == len(told)
    assert all(words in said.ja for words, said in zip(told, found, strict=True))


def test_an_open_question_is_only_asked_where_it_matters() -> None:
    """With nothing leaked an attack concerns the ministry only if care is hampered; who meant it changes nothing."""
    case = look(nature="attack", care_affected="unknown", malicious="unknown")
    assert owed(case, "mhlw").open == ("care_affected=unknown",)


def test_a_time_without_a_zone_is_refused() -> None:
    """Nobody guesses a zone."""
    with pytest.raises(UnclearTime):
        look(MONDAY.replace(tzinfo=None))


def test_a_moved_deadline_beyond_the_gazette_is_provisional() -> None:
    """Day 30 from 2028-02-20 is the computed equinox of 2028-03-20 (+1); a range that is not moved stays certain."""
    case = look(datetime(2028, 2, 20, 9, tzinfo=TOKYO), leak="confirmed", sensitive="yes")
    assert owed(case, "ppc_final").due == date(2028, 3, 21)
    assert owed(case, "ppc_final").provisional
    assert not owed(case, "ppc_preliminary").provisional
    assert not owed(look(leak="confirmed", sensitive="yes"), "ppc_final").provisional


def test_overdue_counts_from_the_last_day_and_never_from_our_own_aim() -> None:
    """On the last day itself nothing is late; where the law names no day, nothing ever is."""
    case = look(leak="suspected", sensitive="yes")
    for key, last in (("ppc_preliminary", date(2026, 12, 4)), ("ppc_final", date(2027, 1, 4))):
        assert owed(case, key).last_day == last
        assert not owed(case, key).overdue_on(last)
        assert owed(case, key).overdue_on(last + timedelta(days=1))
    assert owed(case, "persons_notice").last_day is None
    assert not owed(case, "persons_notice").overdue_on(date(2030, 1, 1))


def test_reminders_on_days_one_three_five_and_open_days_before_the_end() -> None:
    """Draft, send, last guideline day; then 14, 7, 3 and 1 open days before the final report, in order."""
    case = look(leak="suspected", sensitive="yes")
    told = [(f"{day:%m-%d}", key, one.what) for day, key, one in reminders(case.owed) if key.startswith("ppc")]
    assert told == [
        ("11-30", "ppc_preliminary", "draft"),
        ("12-02", "ppc_preliminary", "send"),
        ("12-04", "ppc_preliminary", "last_day"),
        ("12-09", "ppc_final", "ahead"),
        ("12-18", "ppc_final", "ahead"),
        ("12-24", "ppc_final", "ahead"),
        ("12-28", "ppc_final", "ahead"),
    ]


def test_a_reminder_that_would_lie_before_knowing_is_left_out() -> None:
    """A short deadline has no room for 14 open days before it; nobody is reminded in the past."""
    final = JAPAN.duties["ppc_final"]
    short = final.model_copy(update={"due": Within(rule="within", days=5)})
    duties = JAPAN.model_copy(update={"duties": {"ppc_final": short}})
    case = assess(duties, {**SETTLED, "leak": "suspected", "sensitive": "yes"}, MONDAY)
    assert [str(day) for day, _, _ in reminders(case.owed)] == ["2026-12-01", "2026-12-03"]


FACTS = st.fixed_dictionaries(
    {
        name: st.sampled_from(
            [*kind.values, "unknown"] if kind.values else ["0", "1", "100", "101", "1000", "1001", "unknown"]
        )
        for name, kind in JAPAN.facts.items()
    }
)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=25_000)).map(
    lambda later: datetime(2020, 1, 1, tzinfo=TOKYO) + later
)


def _latest(one: OwedDuty) -> date:
    return one.last_day or date.max


@given(facts=FACTS, moment=MOMENTS, forgotten=st.sets(st.sampled_from(sorted(JAPAN.facts))))
def test_knowing_less_never_helps(facts: Mapping[str, str], moment: datetime, forgotten: set[str]) -> None:
    """Whatever is replaced by unknown, no duty goes away, no deadline grows longer, and nothing becomes certain."""
    known = {one.id: one for one in assess(JAPAN, facts, moment).owed}
    less = {one.id: one for one in assess(JAPAN, {**facts, **dict.fromkeys(forgotten, "unknown")}, moment).owed}
    assert known.keys() <= less.keys()
    for key, one in known.items():
        assert _latest(less[key]) <= _latest(one)
        assert one.certain or not less[key].certain


@given(facts=FACTS, moment=MOMENTS)
def test_every_duty_is_judged_once_and_explained(facts: Mapping[str, str], moment: datetime) -> None:
    """Owed or not owed, never both or neither; each with the facts that say why, as they were given."""
    case = assess(JAPAN, facts, moment)
    assert sorted([one.id for one in case.owed] + [one.id for one in case.not_owed]) == sorted(JAPAN.duties)
    given_facts = {f"{name}={value}" for name, value in facts.items()}
    for because in [one.because for one in case.owed] + [one.why for one in case.not_owed]:
        assert because
        assert set(because) <= given_facts
    for one in case.owed:
        unconfirmed = one.duty.basis == "unconfirmed" or any(ground.confirm for ground in one.grounds)
        assert one.certain or one.open or unconfirmed
        assert all(entry.endswith("=unknown") for entry in one.open)


@given(facts=FACTS, moment=MOMENTS)
def test_deadlines_lie_on_or_after_knowing_and_never_on_a_closed_day(
    facts: Mapping[str, str], moment: datetime
) -> None:
    """What is moved ends on an open day; nothing is due before it is known; reminders come before the end."""
    case = assess(JAPAN, facts, moment)
    for one in case.owed:
        assert one.target is None or one.target >= case.known_day
        assert all(case.known_day <= day <= _latest(one) for day, _ in one.reminders)
        if isinstance(one.due, Span):
            assert case.known_day <= one.due.start <= one.due.until
        if isinstance(one.due, date):
            assert isinstance(one.duty.due, Within)
            assert one.due >= case.known_day + timedelta(days=29)
            assert is_open(one.due, JAPAN.offices)


@given(facts=FACTS, moment=MOMENTS, earlier=st.timedeltas(timedelta(0), timedelta(days=400)))
def test_knowing_earlier_never_gives_more_time(facts: Mapping[str, str], moment: datetime, earlier: timedelta) -> None:
    """The duties do not depend on the time of knowing, and no deadline comes later for an earlier one."""
    late, early = assess(JAPAN, facts, moment), assess(JAPAN, facts, moment - earlier)
    assert ids(late) == ids(early)
    for one in late.owed:
        assert _latest(owed(early, one.id)) <= _latest(one)
