"""The paper forms for the time without systems, by kind of facility; blank, for nobody's data is in this program."""

from __future__ import annotations

from dataclasses import dataclass

from playbooks.model import FacilityKind
from playbooks.texts import Text


@dataclass(frozen=True)
class Line:
    """One line of a form: its label, and how many lines of room it needs."""

    label: Text
    room: int = 1


@dataclass(frozen=True)
class Form:
    """A form: title and lines. Each copy gets a number D-YYYYMMDD-NNN, written by hand."""

    title: Text
    lines: tuple[Line, ...]


def _line(ja: str, en: str, room: int = 1) -> Line:
    return Line(Text(ja=ja, en=en), room)


_PERSON = (
    _line("氏名・フリガナ", "Name"),
    _line("生年月日・電話番号（本人の照合に使う2つ）", "Date of birth and phone (the two to match the person by)"),
    _line("患者番号（わかるとき）・保険の確認", "Patient number if known; insurance seen"),
)
_SAFETY = (
    _line("アレルギー・副作用の経験", "Allergies, earlier reactions"),
    _line("いま飲んでいる薬（お薬手帳・薬局に電話）", "Present medicines (booklet, or the pharmacy by phone)", 2),
    _line("腎臓の働き・妊娠や授乳・体重", "Kidneys; pregnancy or nursing; weight"),
)
_AFTER = (
    _line("書いた人・確かめた人", "Written by; checked by"),
    _line("あとから入力した日時・入力した人・確認した人", "Entered later: when, by whom, checked by"),
)

CARE = Form(
    Text(ja="診療の記録（臨時）", en="Record of care (interim)"),
    (
        *_PERSON, *_SAFETY,
        _line("受付の時刻・診察の時刻", "Time of arrival; time of care"),
        _line("主な訴え・経過", "Complaint and course", 3),
        _line("所見・検査", "Findings, tests", 3),
        _line("診断・説明したこと", "Diagnosis; what was explained", 2),
        _line("処置・処方（薬、量、回数、日数）", "Treatment; prescription (drug, dose, times, days)", 3),
        _line("処方を読み上げて確かめた2人目の人", "Second person who read the prescription back"),
        _line("次の予約・会計（後日／済み）", "Next visit; payment (later or done)"),
        *_AFTER,
    ),
)  # fmt: skip
DISPENSING = Form(
    Text(ja="調剤の記録（臨時）", en="Record of dispensing (interim)"),
    (
        *_PERSON, *_SAFETY,
        _line("処方した医療機関・医師・交付日", "Prescriber, institution, date issued"),
        _line("処方の内容（薬、量、回数、日数）", "Prescription (drug, dose, times, days)", 4),
        _line("疑義照会（相手・時刻・答え）", "Queries: whom, when, answer", 2),
        _line("渡した薬と数", "Drugs handed over and their count", 3),
        _line("調剤した人・監査した人", "Dispensed by; audited by"),
        _line("説明したこと・会計（後日／済み）", "What was explained; payment (later or done)", 2),
        *_AFTER,
    ),
)  # fmt: skip
VISIT = Form(
    Text(ja="訪問の記録（臨時）", en="Record of a visit (interim)"),
    (
        *_PERSON, *_SAFETY,
        _line("訪問した時刻・帰った時刻", "Arrived; left"),
        _line("体温・脈・血圧・呼吸・酸素", "Temperature, pulse, pressure, breathing, oxygen"),
        _line("ようす・訴え", "State and complaints", 4),
        _line("したこと（処置・薬・指導）", "What was done (treatment, drugs, guidance)", 4),
        _line("主治医・家族・事業所への連絡（相手・時刻・内容）", "Told: doctor, family, office (when, what)", 2),
        _line("次の訪問", "Next visit"),
        *_AFTER,
    ),
)  # fmt: skip

FORMS: dict[FacilityKind, tuple[Form, ...]] = {
    "clinic": (CARE,), "dental": (CARE,), "pharmacy": (DISPENSING,), "visiting_nurse": (VISIT,),
}  # fmt: skip
"""The form for each kind of facility; the shipped ones are a beginning, a facility hangs up its own beside them."""

SHEETS = 20
"""Numbers on one page of the list of sheets, 001 onwards."""
