"""The commands that Telegram offers beside the text field, in both languages."""

from __future__ import annotations

from playbooks.texts import Language

MENU_COMMANDS: dict[Language, tuple[tuple[str, str], ...]] = {
    "ja": (
        ("status", "いまの状況"), ("decide", "決定を記録する"), ("duties", "届け出・報告"),
        ("explain", "患者さんへの文"), ("contacts", "連絡先"), ("tasks", "担当していること"), ("drills", "訓練の予定"),
        ("runs", "これまでの記録"), ("chart", "連絡体制図"), ("report", "書類を作る"), ("absent", "今日は休み"),
        ("back", "戻りました"), ("language", "ことば / Language"), ("help", "使い方"),
    ),
    "en": (
        ("status", "Where we stand"), ("decide", "Record a decision"), ("duties", "Reports owed"),
        ("explain", "Texts for patients"), ("contacts", "Whom to call"), ("tasks", "My tasks"), ("drills", "Drills ahead"),
        ("runs", "Earlier records"), ("chart", "Contact chart"), ("report", "Make a document"),
        ("absent", "I'm off today"), ("back", "I'm back"), ("language", "Language / ことば"), ("help", "How to use this"),
    ),
}  # fmt: skip
