"""Another clinic, set up by Excel alone: the template comes by Telegram, goes back filled, and only the confirmation counts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.lamp import Lamp
from contacts.readiness.readiness import readiness
from flows.commands.facility import ChangeMember
from flows.commands.setting_up import TakeWorkbook
from flows.record.journal import FACILITY
from tests.dialogue_player import OnTelegram, Play, theatre
from tests.dialogue_script import Dialogue, Role
from tests.filled_workbook import NAME, Excel, fill
from tests.telegram_double import Phone

CAST = (Role("院長", "高橋"), Role("受付", "佐藤"))


@dataclass
class Clinic:
    """A clinic on Telegram with a director and a receptionist; ``told`` is the transcript so far."""

    stage: OnTelegram
    told: list[str] = field(default_factory=list)

    @property
    def lamp(self) -> Lamp:
        """The bot."""
        return self.stage.lamp

    def phone(self, who: str = "高橋") -> Phone:
        """Somebody's phone."""
        return self.stage.phone(who)

    async def _seen(self, who: str, act: str) -> str:
        await self.stage._heard(who)
        seen, self.stage.seen = self.stage.seen, []
        self.told += [f"       {who}   > {act}", *(str(one) for one in seen)]
        return "\n".join(str(one) for one in seen if one.who == who)

    async def writes(self, text: str, who: str = "高橋") -> str:
        """Let somebody write; gives what they see."""
        self.phone(who).writes(text)
        return await self._seen(who, text)

    async def taps(self, label: str, who: str = "高橋") -> str:
        """Let somebody tap the newest such button."""
        self.phone(who).taps(label)
        return await self._seen(who, f"[{label}]")

    async def sends(self, content: bytes, name: str = NAME, who: str = "高橋", caption: str = "") -> str:
        """Let somebody send a file."""
        self.phone(who).sends_file(name, content, caption)
        return await self._seen(who, f"（ファイル {name}）")

    async def template(self) -> Excel:
        """Have the template sent, and open it."""
        await self.writes("/template")
        file = next(seen.file for seen in reversed(self.phone().from_bot()) if seen.file)
        return Excel(file[1])

    @property
    def head(self) -> int:
        """The last entry's number."""
        return self.lamp.home.journal.head().seq

    def figure(self) -> int:
        """How ready the clinic is."""
        engine = self.lamp.home.engine
        return readiness(engine.roster(), engine.context(self.lamp.clock.now(), "").today).figure


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Clinic]:
    """Open the clinic."""
    async with theatre("telegram", folder) as (stage, clock, code):
        assert isinstance(stage, OnTelegram)
        await Play(Dialogue("excel", CAST, []), stage, clock, code).enrol_cast()
        yield Clinic(stage)


@pytest.fixture
async def clinic(tmp_path: Path) -> AsyncIterator[Clinic]:
    """The clinic."""
    async with opened(tmp_path) as found:
        yield found


async def test_a_clinic_set_up_by_excel_alone(clinic: Clinic) -> None:
    """Template, filled, sent: what would change is shown; nothing has changed until it is confirmed, then all of it at once."""
    book = fill(await clinic.template())
    before, ready = clinic.head, clinic.figure()

    shown = await clinic.sends(book.bytes())
    assert "受け取りました。読んでいます" in shown
    assert "追加 4件　変更 2件　削除・退職 0件" in shown
    assert "＋ 連絡先: あおばシステム" in shown
    assert "施設名 あかり診療所 → みどり診療所" in shown
    assert [e.kind for e in clinic.lamp.home.journal.entries(after=before)] == ["workbook_received", "workbook_moved"]

    shown = await clinic.taps("この内容で登録する")
    roster = clinic.lamp.home.engine.roster()
    assert "6件を登録しました" in shown
    assert f"備えの点数: {clinic.figure()}点" in shown
    assert clinic.figure() > ready
    assert (roster.facility.name, roster.facility.prefecture) == ("みどり診療所", "大阪府")
    assert [c.number for c in roster.contacts_for("vendor:ehr")] == ["03-1234-5670"]
    assert {m.name for m in roster.members} == {"高橋", "佐藤", "田中"}
    transcript = "\n".join(clinic.told)
    assert "[この内容で登録する] [やめる]" in transcript
    assert f"📎 {NAME}" in transcript


async def test_the_same_file_again_changes_nothing(clinic: Clinic) -> None:
    """And the old button has had its day."""
    content = fill(await clinic.template()).bytes()
    await clinic.sends(content)
    await clinic.taps("この内容で登録する")
    head = clinic.head

    assert "もう終わっています" in await clinic.taps("この内容で登録する")
    assert clinic.head == head
    assert "いまの登録と同じでした" in await clinic.sends(content)


async def test_every_mistake_is_named_by_sheet_row_and_column(clinic: Clinic) -> None:
    """In the reader's language, all at once; nothing changes, and there is nothing to confirm."""
    book = await clinic.template()
    book.add("連絡先", {"区分": "事業者", "用件": "電子カルテ", "名前": "甲", "電話番号": "03-12"})
    book.add("スタッフ", {"氏名": "乙", "役割": "宇宙飛行士"})
    shown = await clinic.sends(book.bytes())

    assert "直していただきたいところが2か所あります。何も変更していません。" in shown
    assert "・「スタッフ」シート 4行目 「役割」: 「宇宙飛行士」は選べません" in shown
    assert "・「連絡先」シート 4行目 「電話番号」: 「03-12」は、かけられる番号ではありません" in shown
    assert "この内容で登録する" not in shown

    director = clinic.lamp.home.engine.roster().members[0].id
    clinic.lamp.home.engine.handle(
        ChangeMember(FACILITY, director, {"language": "en"}),
        actor=director,
        now=clinic.lamp.clock.now(),
        cause="en",
    )
    shown = await clinic.sends(book.bytes())
    assert "Places to correct: 2. Nothing was changed." in shown
    assert "sheet 'スタッフ' row 4 column '役割': '宇宙飛行士' is none of the choices" in shown


async def test_many_mistakes_are_divided(clinic: Clinic) -> None:
    """The first are read at once, the others follow with their count; none is said to be there that is not shown."""
    book = await clinic.template()
    for number in range(90):
        book.add("連絡先", {"区分": "事業者", "用件": "電子カルテ", "名前": f"会社{number}", "電話番号": "03-12"})
    await clinic.sends(book.bytes())
    texts = [seen.text for seen in clinic.phone().from_bot()]
    whole = "\n".join(texts)

    assert "直していただきたいところが90か所あります" in whole
    assert "\nほか" in whole
    shown = whole.count("「電話番号」")
    assert all(len(text) <= 4096 for text in texts)
    assert shown == 90 or f"残り{90 - shown}件は、ここまでを直して送ると出ます" in whole


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"a,b,c\n1,2,3\n", NAME, "CSVなどの文字のファイルです"),
        (b"PK\x03\x04broken", NAME, "ファイルが壊れていて開けません"),
        (
            bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"),
            NAME,
            "パスワードがかかっています",
        ),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(64), "名簿.xls", "古い形式（.xls）です"),
    ],
    ids=["csv", "broken", "locked", "old"],
)
async def test_what_is_no_workbook_is_told_apart(clinic: Clinic, content: bytes, name: str, why: str) -> None:
    """Each kind of file has its own cure; nothing changes."""
    shown = await clinic.sends(content, name)

    assert why in shown
    assert "何も変更していません" in shown


async def test_a_sheet_of_another_name(clinic: Clinic) -> None:
    """A workbook of somebody's own is answered with what is wrong about it."""
    book = Workbook()
    book.worksheets[0].title = "連絡先一覧"
    book.worksheets[0]["A1"] = "名前"
    file = BytesIO()
    book.save(file)

    assert "「連絡先一覧」というシートは読みません。「連絡先」のことなら" in await clinic.sends(file.getvalue())


async def test_dropping_it(clinic: Clinic) -> None:
    """[やめる] changes nothing, and the other button then does nothing either."""
    await clinic.sends(fill(await clinic.template()).bytes())
    assert "やめました。何も変わっていません。" in await clinic.taps("やめる")
    assert "もう終わっています" in await clinic.taps("この内容で登録する")
    assert clinic.lamp.home.engine.roster().facility.name == "あかり診療所"


async def test_the_registry_changed_meanwhile(clinic: Clinic) -> None:
    """What nobody has seen is not overwritten: the confirmation is refused kindly, and the file asked for again."""
    await clinic.sends(fill(await clinic.template()).bytes())
    await clinic.writes("/setup")
    for _ in range(3):  # the three numbers, which come first
        await clinic.taps("あとで")
    await clinic.writes("京都")
    shown = await clinic.taps("この内容で登録する")

    assert "もう一度送ってください" in shown
    facility = clinic.lamp.home.engine.roster().facility
    assert (facility.name, facility.prefecture) == ("あかり診療所", "京都府")


async def test_only_those_who_decide(clinic: Clinic) -> None:
    """The receptionist's file is refused politely, and no report is made of it."""
    shown = await clinic.sends(b"PK", who="佐藤")

    assert "院長か代行者だけです" in shown
    assert clinic.lamp.home.engine.runs() == []
    assert "院長か代行者だけ" in await clinic.writes("/template", who="佐藤")


async def test_during_an_incident_it_is_asked_what_the_file_is(clinic: Clinic) -> None:
    """The director says; as evidence it is kept with the record, as contacts it is read. Others' files are evidence at once."""
    content = fill(await clinic.template()).bytes()
    await clinic.writes("電子カルテが動かない、画面に英語が出てる", who="佐藤")
    await clinic.taps("画面に脅し文・読めない英語が出た", who="佐藤")
    run = clinic.lamp.home.engine.runs()[-1].id

    shown = await clinic.sends(content, caption="9時の一覧")
    assert "このファイルは、どちらですか？" in shown
    await clinic.taps("記録に加える")
    await clinic.sends(b"PK", who="佐藤")
    here = clinic.lamp.home.engine.run(run)
    assert here is not None
    assert [e.by for e in here.evidence.values()] == ["m1", "m2"]

    await clinic.sends(content)
    assert "追加 4件" in await clinic.taps("連絡先の表")


async def test_a_restart_between_reading_and_confirming(tmp_path: Path) -> None:
    """What was shown is forgotten with the process; the sender is told so and sends it again, nothing has changed."""
    async with opened(tmp_path) as clinic:
        await clinic.sends(fill(await clinic.template()).bytes())
        clinic.lamp.desk.workbooks.proposals._of.clear()  # all that a new process lacks

        assert "もう一度送ってください" in await clinic.taps("この内容で登録する")
        assert clinic.lamp.home.engine.roster().facility.name == "あかり診療所"


async def test_a_restart_between_receiving_and_reading(clinic: Clinic) -> None:
    """A file that was received and not read yet is fetched by whoever runs the home next."""
    content = fill(await clinic.template()).bytes()
    clinic.lamp.home.engine.handle(
        TakeWorkbook(FACILITY, f"telegram:{clinic.stage.double.keep(NAME, content)['file_id']}", NAME),
        actor=clinic.lamp.home.engine.roster().members[0].id,
        now=clinic.lamp.clock.now(),
        cause="before the stop",
    )

    assert "追加 4件" in await clinic.writes("/help")


async def test_a_file_that_is_too_large(clinic: Clinic) -> None:
    """Is refused at once, with the bound; it is never fetched."""
    shown = await clinic.sends(bytes(20 * 1024 * 1024 + 1))

    assert "ファイルが大きすぎます（20MBまで）" in shown
