"""People who behave badly: slow, in a panic, absent, with two phones, tapping what is no longer there, writing what fits nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from bot.demo.play import picture
from tests.telegram_double.people import OnScreen, Phone

Temper = Literal["willing", "slow", "panicking", "absent", "two_phones", "stale", "muddled"]

TEMPERS: tuple[tuple[Temper, float], ...] = (
    ("willing", 0.4),
    ("slow", 0.15),
    ("panicking", 0.1),
    ("absent", 0.1),
    ("two_phones", 0.1),
    ("stale", 0.1),
    ("muddled", 0.05),
)

ROLES = ("director", "deputy", "reception", "nurse", "safety_manager", "doctor", "staff")

NAMES = (
    *("高橋", "田中", "佐藤", "鈴木", "山本", "伊藤", "渡辺", "中村", "小林", "加藤"),
    *("吉田", "山田", "松本", "井上", "木村", "林", "清水", "山崎", "森", "池田"),
)

REPORTS = (
    "電子カルテが動かない、画面に英語が出てる",
    "レセコンが立ち上がりません",
    "変なメールのリンクを押してしまいました",
    "ネットが全部つながりません",
    "患者さんの名簿が入ったUSBがありません",
    "停電しています",
    "The electronic chart is locked and asks for money",
    "火事です、煙が出ています",
)

ANSWERS = (
    "9:10 に電話して、つながりました",
    "はい",
    "いいえ",
    "わかりません",
    "12",
    "9:05",
    "山本",
    "03-1234-5678",
    "2027-05-10",
    "保守会社に連絡し、折り返しを待っています",
    "done",
)

ODD = (
    "",
    "。",
    "ああああ" * 300,
    "帰ります",
    "私が指揮をとります",
    "これは訓練ですか",
    "本物の障害です",
    "/",
    "/start ABCD2345EFGH",
    "🦠🔥\u202e逆\u0000",
    "１２：６１",
    "99999999999999999999",
    "<b>太字</b> & {{ x }}",
    "お昼は何にしますか",
    "2",
    "①",
)

COMMANDS = (
    *("/status", "/decide", "/duties", "/explain", "/contacts", "/tasks", "/drills", "/runs", "/help", "/people"),
    *("/readiness", "/absent", "/back", "/language", "/close"),
)

ENDS_IT = (
    "誤報だった",
    "終了する",
    "残りを省く（理由）",
    "間違いでした",
    "どれでもない・わからない",
    "本物の障害です",
)
"""Buttons that end what is tried; they are tapped seldom."""


@dataclass
class Person:
    """Somebody with a phone. ``does`` is told what they did, for whoever replays it."""

    name: str
    role: str
    temper: Temper
    phone: Phone
    dice: Random
    does: Callable[[str], object]
    next_at: float = 0.0
    written: list[tuple[int, str]] = field(default_factory=list)
    tapped: set[tuple[int, str]] = field(default_factory=set)

    @property
    def blocked(self) -> bool:
        """Whether the bot can't reach them, and they can't write."""
        return self.phone._chat.shut is not None

    def pause(self) -> float:
        """Give the seconds until they look at the phone again."""
        spans = {"willing": (5, 90), "slow": (120, 900), "panicking": (10, 60), "absent": (1800, 7200)}
        return self.dice.uniform(*spans.get(self.temper, (5, 120)))

    def acts(self) -> None:
        """Do something."""
        if self.blocked:
            if self.phone._chat.shut == "bot was blocked by the user" and self.dice.random() < 0.5:
                self.does("lets the bot in again")
                self.phone.unblocks_bot()
            return
        for _ in range(self.dice.randint(2, 6) if self.temper == "panicking" else 1):
            if not self.blocked:
                self._acts_once()

    def writes(self, text: str, reply_to: int | None = None) -> int:
        """Write."""
        self.does(f"> {text[:60]!r}")
        number = self.phone.writes(text, reply_to)
        self.written.append((number, text))
        return number

    def _acts_once(self) -> None:
        what, offered = self.dice.random(), self._offered()
        if offered and what < 0.68:
            self._taps(offered)
        elif what < 0.84:
            texts = ODD if self.temper == "muddled" and self.dice.random() < 0.6 else ANSWERS
            on = self.phone.from_bot()
            self.writes(
                self.dice.choice([t for t in texts if t]),
                self.dice.choice(on[-5:]).id if on and self.dice.random() < 0.15 else None,
            )
        elif what < 0.90:
            self.writes(self.dice.choice(COMMANDS))
        elif what < 0.94:
            self.does("sends a photo")
            content = picture() + self.dice.randbytes(8)
            self.phone.sends_photo(content, self.dice.choice(("", "画面です")))
        elif what < 0.96 and (kept := [one for one in self.written if one[0] in self.phone._chat.posts]):
            number, text = self.dice.choice(kept)
            self.does(f"edits {number}")
            self.phone.edits(number, f"{text} ではなく 9:20 でした")
        elif what < 0.965:
            self.does("sends a sticker")
            self.phone.sends_sticker()
        elif what < 0.97 and self.role not in ("director", "deputy"):
            self.does("blocks the bot")
            self.phone.blocks_bot()
        else:
            self.writes(self.dice.choice(ODD[1:]))

    def _offered(self) -> list[tuple[int, str]]:
        far = 25 if self.temper in ("panicking", "stale") else 5
        messages = [seen for seen in self.phone.from_bot() if seen.labels][-far:]
        found = [(seen.id, label) for seen in messages for label in self._labels(seen)]
        fresh = [one for one in found if one not in self.tapped]
        return fresh if self.temper == "willing" and fresh else found

    def _labels(self, seen: OnScreen) -> list[str]:
        labels = list(dict.fromkeys(seen.labels))
        if self.temper == "stale":
            earlier = self.phone._chat.posts[seen.id].earlier_keyboards
            labels = list(dict.fromkeys([*(b["text"] for kb in earlier for row in kb for b in row), *labels]))
        calm = [label for label in labels if label not in ENDS_IT]
        return labels if self.dice.random() < 0.03 else calm

    def _taps(self, offered: list[tuple[int, str]]) -> None:
        number, label = self.dice.choice(offered)
        post = self.phone._chat.posts[number]
        here = [b for kb in (post.keyboard, *post.earlier_keyboards) for row in kb for b in row if b["text"] == label]
        if not here or "callback_data" not in here[0]:
            return
        self.tapped.add((number, label))
        self.does(f"[{label}] under {number}")
        for _ in range(2 if self.temper == "two_phones" else 1):
            self.phone.taps_on(number, label)
