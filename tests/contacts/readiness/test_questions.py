"""What vendors are asked, and what is looked at when a contract is renewed or has ended."""

from __future__ import annotations

from contacts.readiness.questions import END_STEPS, RENEWAL_POINTS, VENDOR_QUESTIONS
from contacts.shapes.contracts import Contract


def test_the_questions_cover_what_the_guidance_names() -> None:
    """Emergency help, numbers and hours, speed, remote lines, backups, reports and the return of data."""
    asked = "".join(q.ja for q in VENDOR_QUESTIONS)
    for word in (
        "攻撃",
        "電話番号",
        "受付時間",
        "どれくらいかかりますか",
        "遠隔保守",
        "バックアップ",
        "報告",
        "契約が終わる",
    ):
        assert word in asked
    points = "".join(p.ja for p in RENEWAL_POINTS)
    for word in ("システム", "担当者", "料金", "非常時", "データの返却", "責任", "自動更新"):
        assert word in points


def test_a_form_fits_a_phone() -> None:
    """The yearly questions are one message; each step at a contract's end fits a button and is kept by its name."""
    assert len("".join(q.ja for q in VENDOR_QUESTIONS)) < 1000
    assert all(len(label.ja) <= 20 and len(label.en) <= 40 for label in END_STEPS.values())
    assert Contract(id="k", name="x", end_steps=tuple(END_STEPS)).end_steps == tuple(END_STEPS)
