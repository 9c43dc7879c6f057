"""The contact chart."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

from contacts.defaults import SHIPPED_CONTACTS
from contacts.readiness.chart import as_html, as_markdown, as_text, chart
from tests.contacts.book import DEPUTY, DIRECTOR, KARTE, RECEPTION, TODAY, VENDOR, roster

ALL = roster(DIRECTOR, DEPUTY, RECEPTION, *SHIPPED_CONTACTS, VENDOR, KARTE)


def test_the_whole_chart_in_japanese() -> None:
    """
    # あかり診療所 連絡体制図 (2026-11-23 現在)

    ## 施設内

    | 役割 | 担当 | 代行者 |
    | --- | --- | --- |
    | 院長 | 高橋 | 田中 |
    | 安全管理責任者 | 高橋 | 田中 |
    | 医師 | 高橋、田中 |  |
    | 受付 | 佐藤 |  |

    ## システムと事業者

    | システム | 名前 | 電話 | 夜間・休日 | 受付時間 | 確認日 | 非常時にしてくれること |
    | --- | --- | --- | --- | --- | --- | --- |
    | 電子カルテ | 株式会社カルテ | 03-1234-5678 | 090-1234-5678 | 月–金 9:00–18:00 祝日は休み | 2026-11-01 | 2時間以内に来院 |

    ## 公的機関

    | 用件 | 名前 | 電話 | 夜間・休日 | 受付時間 | 確認日 |
    | --- | --- | --- | --- | --- | --- |
    | 消防・救急（119） | 消防・救急 | 119 |  | 24時間 | 未確認 |
    | 警察 | 警察（緊急） | 110 |  | 24時間 | 未確認 |
    | 警察、警察サイバー相談窓口 | 警察相談専用電話 | \\#9110 |  |  | 未確認 |

    ## 専門家・支援

    | 用件 | 名前 | 電話 | 夜間・休日 | 受付時間 | 確認日 |
    | --- | --- | --- | --- | --- | --- |
    | 医師会などの団体 | 日本医師会サイバーセキュリティ支援制度 | 0120-179-066 |  | 毎日 6:00–21:00 | 未確認 |
    """
    told = test_the_whole_chart_in_japanese.__doc__ or ""

    assert as_markdown(chart(ALL, TODAY)).strip() == "\n".join(line.strip() for line in told.strip().splitlines())


def test_in_english() -> None:
    """Headings and choices; names stay as they are."""
    text = as_markdown(chart(ALL, TODAY, "en"))

    assert text.startswith(
        "# あかり診療所 Contact chart (as of 2026-11-23)\n\n## Inside\n\n| Role | Holder | Deputies |"
    )
    assert "| director | 高橋 | 田中 |" in text
    away = DIRECTOR.model_copy(update={"absent_from": date(2026, 11, 1)})
    assert "高橋 (away)" in as_markdown(chart(roster(away), TODAY, "en"))


def test_gaps_are_shown_as_gaps() -> None:
    """Nobody yet, not entered, not verified; who is away is marked, who has left is gone."""
    away = DIRECTOR.model_copy(update={"absent_from": date(2026, 11, 1), "roles": ("director",)})
    text = as_markdown(chart(roster(away, KARTE, RECEPTION.model_copy(update={"status": "left"})), TODAY))

    assert "| 院長 | 高橋（不在） | 未定 |" in text
    assert "| 安全管理責任者 | 未定 | 未定 |" in text
    assert "| 電子カルテ | 未登録 |" in text
    assert "佐藤" not in text
    assert "| 未登録 |" in as_markdown(chart(roster(DIRECTOR), TODAY))


def test_vendors_of_no_system_are_there_too() -> None:
    """Under what they are for, behind the systems in their order of restoring."""
    second = KARTE.model_copy(update={"id": "net", "name": "回線", "restore_order": 2, "vendor": None, "service": None})
    other = VENDOR.model_copy(update={"id": "pc", "name": "パソコン屋", "services": ("pc",)})
    rows = chart(roster(DIRECTOR, second, KARTE, VENDOR, other), TODAY).sections[1].rows

    assert [row[:2] for row in rows] == [
        ("電子カルテ", "株式会社カルテ"),
        ("回線", "未登録"),
        ("パソコン", "パソコン屋"),
    ]


NASTY = "<script>alert(1)</script>|**x**|[a](http://b)\n# y"


class Tags(HTMLParser):
    """Counts the tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Take a tag in."""
        self.seen.add(tag)


def test_nothing_that_people_type_becomes_markup() -> None:
    """Neither in Markdown, where it stays in its cell, nor on the page."""
    drawn = chart(
        roster(DIRECTOR, VENDOR.model_copy(update={"name": NASTY, "emergency_help": '"><img src=x>'}), KARTE), TODAY
    )
    line = next(line for line in as_markdown(drawn).splitlines() if "script" in line)
    tags = Tags()
    tags.feed(as_html(drawn))

    assert line.replace("\\|", "").count("|") == 8
    assert "<script>" not in line.replace("\\<", "")
    assert tags.seen == {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "h1",
        "h2",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "br",
    }


def test_the_page_needs_nothing_else() -> None:
    """One file in its language, with no address in it."""
    page = as_html(chart(ALL, TODAY, "en"))

    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert "http" not in page


def test_a_chart_for_a_chat() -> None:
    """A line a row with what its cells are, nothing for empty ones; a system says what has to run before it."""
    wants = KARTE.model_copy(update={"needs": ("net", "gone")})
    net = KARTE.model_copy(
        update={"id": "net", "name": "院内LAN", "vendor": "none", "service": "x", "restore_order": 2}
    )
    lines = as_text(chart(roster(DIRECTOR, DEPUTY, VENDOR, wants, net), TODAY)).splitlines()

    assert lines[:4] == [
        "あかり診療所 連絡体制図 (2026-11-23 現在)",
        "",
        "■ 施設内",
        "・院長 — 担当: 高橋、代行者: 田中",
    ]
    assert any(
        line.startswith("・電子カルテ（先に: 院内LAN） — 名前: 株式会社カルテ、電話: 03-1234-5678") for line in lines
    )
    assert "・院内LAN — 名前: 未登録" in lines
    assert "Holder: 高橋; Deputies: 田中" in as_text(chart(roster(DIRECTOR, DEPUTY), TODAY, "en"))
