"""The sheets of the workbook: their columns, what may stand in them, and an example row each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from contacts import labels
from contacts.readiness.questions import END_STEPS
from contacts.written.cells import (
    LENGTH,
    SESSIONS,
    WEEK_HOURS,
    Choice,
    Choices,
    Day,
    Form,
    Names,
    Raw,
    Telephone,
    Whole,
    Words,
    YesNo,
)
from playbooks.texts import Text

EXAMPLE = "記入例"
"""What stands in the first column of the example row; such a row is never read."""

ID_HEADER = Text(ja="ID（変えない）", en="ID (leave as it is)")
CHECKED = Day(past=True)
_NAME = Words(60)
_NOTE = Words()


@dataclass(frozen=True)
class Column:
    """A column: the field it fills, its header, the form of its cells and an example.

    ``refers`` names the kind of the rows whose names stand here; ``many`` of them where the field is a tuple.
    """

    field: str
    header: Text
    form: Form
    example: Raw = None
    required: bool = False
    refers: str | None = None
    many: bool = False
    width: int = 18


@dataclass(frozen=True)
class Sheet:
    """A sheet: the kind of its rows, its name and columns. Rows are known by their ``ids``, else by ``known_by``."""

    kind: str
    title: Text
    columns: tuple[Column, ...]
    note: Text
    ids: bool = True
    known_by: tuple[str, ...] = ("name",)

    def column(self, field: str) -> Column:
        """Give the column of a field; KeyError if there is none."""
        return next((c for c in self.columns if c.field == field), None) or _missing(field)


def _missing(field: str) -> Column:
    raise KeyError(field)


def _c(field: str, ja: str, en: str, form: Form, example: Raw = None, **more: object) -> Column:
    return Column(field, Text(ja=ja, en=en), form, example, **more)  # type: ignore[arg-type]


def _ref(
    field: str, ja: str, en: str, kind: str, example: str, *, many: bool = False, required: bool = False
) -> Column:
    return Column(field, Text(ja=ja, en=en), Names(), example, required=required, refers=kind, many=many, width=22)


FACILITY = Sheet(
    "facility", Text(ja="施設", en="Facility"),
    (
        _c("name", "施設名", "name", _NAME, "あかり診療所", required=True, width=26),
        _c("kind", "種類", "kind", Choice(labels.FACILITY_KIND), "診療所", required=True),
        _c("prefecture", "都道府県", "prefecture", Choice({p: Text(ja=p, en=p) for p in labels.PREFECTURES}), "東京都"),
        _c("telephone", "患者さん用の電話", "telephone for patients", Telephone(), "03-0000-0000"),
        _c("language", "はじめの言語", "first language", Choice(labels.LANGUAGE), "日本語"),
    ),
    Text(ja="1行だけ書いてください。", en="One row only."), ids=False, known_by=(),
)  # fmt: skip

WEEKDAYS = Sheet(
    "weekday", Text(ja="診療時間", en="Hours"),
    (
        _c("id", "曜日", "weekday", Choice(labels.WEEKDAY), "月", required=True, width=8),
        _c("sessions", "診療時間", "sessions", SESSIONS, "9:00–12:30、14:00–18:00", width=30),
        _c("meeting", "会議・朝礼", "meeting", SESSIONS, "8:40–8:50"),
        _c("before_opening", "診療前", "before opening", SESSIONS, "8:30–9:00"),
        _c("midday", "昼休み", "midday", SESSIONS, "13:00–14:00"),
    ),
    Text(ja="休みの曜日は空けておきます。訓練は診療のない時間に入れます。", en="Leave closed weekdays empty. Drills use the quiet times."),
    ids=False, known_by=("id",),
)  # fmt: skip

DAYS_OFF = Sheet(
    "day_off", Text(ja="休診日", en="Days off"),
    (
        _c("day", "日付", "day", Day(), date(2026, 12, 29), required=True),
        _c("sessions", "短縮診療の時間（休診は空欄）", "sessions (empty: closed)", SESSIONS, None, width=30),
    ),
    Text(ja="年末年始・お盆など、曜日で決まらない休みです。", en="Single days: year end, Obon and the like."),
    ids=False, known_by=("day",),
)  # fmt: skip

MEMBERS = Sheet(
    "member", Text(ja="スタッフ", en="People"),
    (
        _c("name", "氏名", "name", _NAME, "灯 花子", required=True),
        _c("roles", "役割", "roles", Choices(labels.ROLE), "安全管理責任者、看護師", width=28),
        _c("stands_in_for", "代行する役割", "stands in for", Choices(labels.ROLE), "院長・管理者", width=22),
        _c("rank", "代行の順番", "rank as deputy", Whole(0, 99), 1),
        _c("language", "言語", "language", Choice(labels.LANGUAGE), "日本語"),
        _c("status", "状態", "status", Choice(labels.STATUS), "在籍"),
        _c("on_call", "時間外の当番", "on call", YesNo(), "いいえ"),
        _c("absent_from", "不在（から）", "absent from", Day()),
        _c("absent_until", "不在（まで）", "absent until", Day()),
    ),
    Text(
        ja="院長・管理者と安全管理責任者には、必ず代行者を決めてください。複数の役割は「、」で区切ります。登録のあと、招待が必要です。",
        en="The director and the safety manager need a deputy. Part several roles by a comma. Each person still has to be invited.",
    ),
)  # fmt: skip

CONTACTS = Sheet(
    "contact", Text(ja="連絡先", en="Contacts"),
    (
        _c("kind", "区分", "kind", Choice(labels.CONTACT_KIND), "事業者", required=True),
        _c("services", "用件", "services", Choices(labels.SERVICE), "電子カルテ・薬歴、レセコン", required=True, width=28),
        _c("name", "名前", "name", _NAME, "〇〇システム株式会社", required=True, width=28),
        _c("number", "電話番号", "number", Telephone(), "03-0000-0000"),
        _c("night_number", "夜間・休日の番号", "night number", Telephone(), "03-0000-0001"),
        _c("alternate_number", "つながらないとき", "alternate number", Telephone()),
        _c("open_hours", "受付時間", "hours", WEEK_HOURS, "月–金 9:00–18:00、土 9:00–12:00", width=30),
        _c("hours", "受付時間の補足", "notes on hours", _NOTE, "祝日は休み"),
        _c("emergency_help", "非常時にしてくれること", "help in an emergency", _NOTE, "電話で切り分け。2時間以内に来院", width=30),
        _c("remote_line", "遠隔保守の入り口", "remote maintenance line", _NOTE, "受付奥の白いルーター（契約書 別紙2）", width=30),
        _c("asked_on", "非常時対応を確認した日", "emergency response asked on", CHECKED, date(2026, 6, 1)),
        _c("verified_on", "番号を確かめた日", "number verified on", CHECKED, date(2026, 10, 1)),
        _c("verified_by", "確かめた人", "verified by", _NAME, "灯 花子"),
        _c("note", "メモ", "note", _NOTE, None, width=28),
    ),
    Text(
        ja="番号は公式の案内で確かめ、確かめた日を書いてください。番号を変えると、確かめた日は消えます。",
        en="Check each number at its official source and enter the day. A changed number counts as not verified.",
    ),
)  # fmt: skip

SYSTEMS = Sheet(
    "system", Text(ja="システム", en="Systems"),
    (
        _c("name", "システム名", "system", _NAME, "電子カルテ", required=True, width=24),
        _c("service", "種類", "what it is", Choice(labels.VENDOR_SERVICE), "電子カルテ・薬歴"),
        _c("runs", "動く場所", "where it runs", Choice(labels.PLACE), "院内"),
        _ref("vendor", "事業者", "vendor", "contact", "〇〇システム株式会社"),
        _c("importance", "重要度（1–5）", "importance (1–5)", Whole(1, 5), 5),
        _c("allowed_downtime", "止まってよい時間", "allowed downtime", LENGTH, "4時間"),
        _c("on_paper", "止まったときの代わり", "substitute on paper", _NOTE, "紙カルテ（受付の青い箱）", width=28),
        _c("restore_order", "復旧の順番", "restore order", Whole(1, 99), 1),
        _c("backup_place", "バックアップの場所", "backup place", _NOTE, "外付けディスク（金庫）、事業者のクラウド", width=28),
        _ref("needs", "先に動いている必要があるもの", "needs first", "system", "院内ネットワーク", many=True),
        _c("restore_tested_on", "復旧を試した日", "restore tested on", CHECKED, date(2026, 4, 10)),
        _c("restore_minutes", "復旧にかかった時間", "restoring took", LENGTH, "2時間"),
        _c("note", "メモ", "note", _NOTE),
    ),
    Text(ja="事業者は「連絡先」シートの名前で書きます。", en="Name vendors as on the sheet 連絡先."),
)  # fmt: skip

CONTRACTS = Sheet(
    "contract", Text(ja="契約", en="Contracts"),
    (
        _c("name", "契約名", "contract", _NAME, "電子カルテ保守契約", required=True, width=26),
        _ref("vendor", "事業者", "vendor", "contact", "〇〇システム株式会社"),
        _ref("systems", "対象システム", "systems", "system", "電子カルテ", many=True),
        _c("start", "開始日", "start", Day(), date(2024, 4, 1)),
        _c("end", "終了日", "end", Day(), date(2027, 3, 31)),
        _c("auto_renewal", "自動更新", "auto-renewal", YesNo(), "はい"),
        _c("renewal_months", "更新の月数", "renewal in months", Whole(1, 240), 12),
        _c("notice_days", "解約の予告（日前）", "notice (days before)", Whole(0, 730), 90),
        _c("emergency_clause", "非常時の取り決め", "emergency clause", _NOTE, "第8条: 障害時は2時間以内に着手", width=28),
        _c("data_return", "終了時のデータ返却・削除", "data return at the end", _NOTE, "第15条: 返却のうえ削除証明書", width=28),
        _c("checked_for", "更新を確認した期限", "renewal checked for the end on", Day()),
        _c("end_steps", "終了時に済んだこと", "done at the end", Choices(END_STEPS)),
        _c("proof", "返却・削除の証明の場所", "where the proof is kept", _NOTE),
        _c("data_returned_on", "返却・削除を確認した日", "data return confirmed on", CHECKED),
        _c("note", "契約書の場所・メモ", "where it is kept, notes", _NOTE, "書庫2段目"),
    ),
    Text(ja="終了日と予告の日数から、更新の前に知らせます。", en="Reminders before renewal come from the end and the notice period."),
)  # fmt: skip

RESPONSIBILITIES = Sheet(
    "responsibility", Text(ja="責任分界", en="Responsibilities"),
    (
        _ref("system", "システム", "system", "system", "電子カルテ", required=True),
        _c("task", "作業", "task", Choice(labels.TASK), "バックアップ", required=True),
        _c("normal", "通常時の担当", "normally by", Choice(labels.ANSWERABLE), "事業者"),
        _c("normal_words", "通常時の内容", "normally: what", _NOTE, "毎日夜間に自動", width=28),
        _c("emergency", "非常時の担当", "in an emergency by", Choice(labels.ANSWERABLE), "両方"),
        _c("emergency_words", "非常時の内容", "in an emergency: what", _NOTE, "当施設が依頼し、事業者が取り出す", width=28),
    ),
    Text(ja="事業者と話して、ふだんと非常時の分担を決めます。", en="Settle with each vendor who does what, normally and in an emergency."),
    ids=False, known_by=("system", "task"),
)  # fmt: skip

CONNECTIONS = Sheet(
    "connection", Text(ja="外部接続", en="Connections"),
    (
        _c("name", "接続の名前", "connection", _NAME, "オンライン請求の回線", required=True, width=26),
        _c("way", "つなぎ方", "way", _NOTE, "IP-VPN"),
        _ref("contact", "相手", "with whom", "contact", "〇〇システム株式会社"),
        _ref("system", "こちらのシステム", "our system", "system", "電子カルテ"),
        _c("cut_by", "切り方・切る人", "how to cut it, who", _NOTE, "青いケーブルを抜く（受付）", width=28),
        _c("note", "メモ", "note", _NOTE),
    ),
    Text(ja="外とつながる回線とサービスをすべて書きます。", en="Every line and service that leads outside."),
)  # fmt: skip

EQUIPMENT = Sheet(
    "equipment", Text(ja="備品", en="Equipment"),
    (
        _c("name", "品名", "item", _NAME, "モバイルルーター", required=True, width=24),
        _c("kind", "種類", "kind", Choice(labels.EQUIPMENT_KIND), "モバイルルーター"),
        _c("place", "置き場所", "place", _NOTE, "受付の引き出し"),
        _c("checked_on", "点検した日", "checked on", CHECKED, date(2026, 9, 1)),
        _c("checked_by", "点検した人", "checked by", _NAME, "灯 花子"),
        _c("works", "使えるか", "works", YesNo(), "はい"),
        _c("note", "メモ", "note", _NOTE),
    ),
    Text(ja="非常時に使うものと、その置き場所です。", en="What an emergency needs, and where it lies."),
)  # fmt: skip

SHEETS: tuple[Sheet, ...] = (
    FACILITY, WEEKDAYS, DAYS_OFF, MEMBERS, CONTACTS, SYSTEMS, CONTRACTS, RESPONSIBILITIES, CONNECTIONS, EQUIPMENT,
)  # fmt: skip
