"""The time that people write."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.written.times import SOON, later_time, leading_time, time_ahead, told_time
from tests.flows.clinic import TOKYO

NOON = datetime(2027, 4, 1, 12, 0, tzinfo=TOKYO)
MOMENTS = st.timedeltas(timedelta(days=-3000), timedelta(days=3000)).map(lambda apart: NOON + apart)


@pytest.mark.parametrize(
    ("written", "when", "rest"),
    [
        ("9:10 ベンダーに電話した", "04-01 09:10", "ベンダーに電話した"),
        ("９：１０に電話した", "04-01 09:10", "電話した"),
        ("9時半ごろ電話した", "04-01 09:30", "電話した"),
        ("9時に電話した", "04-01 09:00", "電話した"),
        ("9時5分、電話した", "04-01 09:05", "電話した"),
        ("午前9時 電話した", "04-01 09:00", "電話した"),
        ("昨日の午後3時5分 電話した", "03-31 15:05", "電話した"),
        ("yesterday 3:05 pm called", "03-31 15:05", "called"),
        ("9:10 am called", "04-01 09:10", "called"),
        ("12:30 am called", "04-01 00:30", "called"),
        ("10分前に電話した", "04-01 11:50", "電話した"),
        ("2時間ほど前、電話した", "04-01 10:00", "電話した"),
        ("5 min ago called", "04-01 11:55", "called"),
        ("2 hours ago called", "04-01 10:00", "called"),
        ("12:00 now", "04-01 12:00", "now"),
        ("12:07 電話した", "04-01 12:07", "電話した"),
        ("2027/3/31 23:50 最初に気づいた", "03-31 23:50", "最初に気づいた"),
        ("3/31(水) 9:10 電話した", "03-31 09:10", "電話した"),
    ],
)
def test_a_time_at_the_start_is_read(written: str, when: str, rest: str) -> None:
    """As people write it, in both languages and both widths; of today, or of the day that is named."""
    read = leading_time(written, NOON)

    assert read is not None
    assert (f"{read[0]:%m-%d %H:%M}", read[1]) == (when, rest)


@pytest.mark.parametrize(
    "written", ["2024/5/10 9:10 更新した", "令和6年5月10日 9:10 更新した", "May 10, 2024 9:10 am updated"]
)
def test_a_year_that_is_named_is_that_year(written: str) -> None:
    """However long ago it is, in either way of counting years."""
    read = leading_time(written, NOON)

    assert read is not None
    assert f"{read[0]:%Y-%m-%d %H:%M}" == "2024-05-10 09:10"


@pytest.mark.parametrize("written", ["夜の12時半に停電した", "24:30 停電した"])
def test_half_past_midnight_belongs_to_the_night_that_goes_on(written: str) -> None:
    """At three in the night it was just now; of a whole day that lies between, it is asked which night."""
    at_night = told_time(written, datetime(2027, 4, 2, 3, 0, tzinfo=TOKYO))
    at_noon = told_time(written, NOON)

    assert at_night is not None
    assert at_noon is not None
    assert at_night.at is not None
    assert (f"{at_night.at:%m-%d %H:%M}", at_night.doubt) == ("04-02 00:30", "")
    assert at_noon.doubt == "day"


def test_a_bare_day_of_the_month_is_no_time() -> None:
    """「1日3回」 is how often; with a time of the day it is a day."""
    assert told_time("1日3回飲ませた", NOON) is None
    assert leading_time("1日9:10 飲ませた", NOON) == (NOON.replace(hour=9, minute=10), "飲ませた")


def test_after_midnight_the_evening_was_yesterday() -> None:
    """At 00:20, 「23:50」 is half an hour ago."""
    read = leading_time("23:50 電話した", datetime(2027, 4, 2, 0, 20, tzinfo=TOKYO))

    assert read is not None
    assert f"{read[0]:%m-%d %H:%M}" == "04-01 23:50"


@pytest.mark.parametrize(
    "written",
    [
        "電話した",
        "電話は9:10",
        "",
        "25:00 電話した",
        "9:75 電話した",
        "3台が動かない",
        "110に電話した",
        "2027年に更新",
        "12 machines are down",
        "10人が待っている",
        "5mg投与",
    ],
)
def test_what_is_no_time_is_left_alone(written: str) -> None:
    """A number at the start isn't a time: machines, people, telephone numbers, hours that don't exist."""
    assert leading_time(written, NOON) is None


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("10:30までに折り返し", "04-02 10:30"),
        ("担当の山田さん、14時に電話をくれる", "04-01 14:00"),
        ("午後3時半までに連絡", "04-01 15:30"),
        ("will call back at 2:15 pm", "04-01 14:15"),
        ("山田さん、30分以内に折り返し", "04-01 12:30"),
        ("2時間後に来院", "04-01 14:00"),
        ("calls back within 45 minutes", "04-01 12:45"),
        ("明日の9時に部品が届く", "04-02 09:00"),
        ("tomorrow at 2:15 pm", "04-02 14:15"),
        ("1分後にかけ直す", "04-01 12:01"),
        ("5月10日の9時に部品が届く", "05-10 09:00"),
        ("折り返し待ち", None),
        ("内線1234", None),
    ],
)
def test_a_promise_is_for_later(written: str, when: str | None) -> None:
    """A promised time anywhere in the text is the next such moment."""
    found = later_time(written, NOON)

    assert (f"{found:%m-%d %H:%M}" if found else None) == when


@pytest.mark.parametrize(
    ("written", "doubt"),
    [
        ("午後2時半に業者到着", "ahead"),
        ("明日10時に業者が来る", "ahead"),
        ("22:00 最後にログアウトした", "ahead"),
        ("12:20 ベンダーに電話した", "ahead"),
        ("12:30 LAN抜きました", "ahead"),
        ("12:15 院長に伝えた", "ahead"),
        ("12時半に電話しました", "ahead"),
        ("12:25 called the vendor", "ahead"),
        ("11:45に折り返し", "ahead"),
        ("11:32 折り返しの約束", "ahead"),
        ("11:45までに返事", "ahead"),
        ("12:00に面談", "ahead"),
        ("11:45 vendor calls back", "ahead"),
        ("日曜22:00 ログアウトした", "day"),
        ("昨日8時に気づいた", "half"),
        ("3時に電話が鳴った", "half"),
        ("4月3日(月) 9:10 電話した", "day"),
        ("昨日の夕方に気づいた", "clock"),
    ],
)
def test_what_is_not_sure_has_no_time(written: str, doubt: str) -> None:
    """The first knowledge starts legal clocks: what may mean two things means none until somebody says which."""
    told = told_time(written, datetime(2027, 4, 4, 11, 30, tzinfo=TOKYO))

    assert told is not None
    assert (told.at, told.doubt) == (None, doubt)
    assert told.sign in written


@given(st.text(max_size=60), MOMENTS)
def test_any_text_is_read_without_harm(text: str, now: datetime) -> None:
    """Whatever is written: no error, no past that is to come, never a promise in the past."""
    read, promised = leading_time(text, now), later_time(text, now)

    assert read is None or read[0] <= now + SOON
    assert promised is None or promised > now


@given(st.integers(0, 23), st.integers(0, 59), MOMENTS)
def test_every_minute_of_the_day_is_read_or_asked_about(hour: int, minute: int, now: datetime) -> None:
    """Written as 「HH:MM …」, any minute is today's, or the last night's, or nobody guesses; with its day it is read."""
    told = told_time(f"{hour:02}:{minute:02} 電話", now)

    assert told is not None
    assert told.rest == "電話"
    if told.at is None:
        assert told.doubt in ("ahead", "day")
        assert now.replace(hour=hour, minute=minute) > now
    else:
        assert (told.at.hour, told.at.minute) == (hour, minute)
        assert now - timedelta(days=1) < told.at <= now + SOON
    yesterday = leading_time(f"昨日{hour:02}:{minute:02} 電話", now)
    assert yesterday is not None
    assert yesterday[0].date() == now.date() - timedelta(days=1)


@pytest.mark.parametrize(
    ("written", "sign"),
    [
        ("30分後に復旧予定", "30分後"),
        ("来週月曜に復旧見込み", "来週月曜"),
        ("システム会社が3時に来ます", "3時"),
        ("お昼に院長が戻ります", "お昼"),
        ("夕方には直る見込みです", "夕方"),
        ("午後から使えるそうです", "午後"),
        ("1時間以内に折り返すそうです", "1時間以内"),
        ("明日の朝いちで業者が来る予定", "明日の朝"),
        ("the vendor comes at 3pm", "3pm"),
        ("back at 3pm", "3pm"),
        ("in 20 minutes they will call", "in 20 minutes"),
        ("the technician arrives tomorrow morning", "tomorrow morning"),
        ("30分で終わりました", ""),
        ("更新は昨夜の予定だったそうです", ""),
        ("3時に来ました", ""),
        ("昨日の夕方に止まった", ""),
        ("お昼に食べました", ""),
        ("電話は10時に済みました", ""),
        ("明日の準備ができました", ""),
        ("the vendor came at 3pm", ""),
        ("ネットは午後の診察から使えません", ""),
        ("患者さんが2人来ました", ""),
    ],
)
def test_a_time_of_something_to_come_is_noticed_anywhere(written: str, sign: str) -> None:
    """In the middle of a sentence, by a length, a day, a part of the day; none of what has happened."""
    assert time_ahead(written, NOON.replace(hour=9)) == sign
