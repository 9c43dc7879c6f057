"""The set-up desk: one question after the other, each answer entered at once, and never in the way of an incident."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.demo.play import picture
from contacts.setup.questions import STEPS
from contacts.shapes.people import Member
from flows.commands.facility import PutRegistry, RegistryRow
from flows.record.journal import FACILITY
from tests.clinic import Clinic


def waits(clinic: Clinic, who: str = "director") -> str:
    """Give the question that waits for somebody's text."""
    house = clinic.engine.house
    asked = house.asked.get(house.waiting_for.get(clinic.id(who), 0))
    return str(asked.about["question"]) if asked is not None and "question" in asked.about else ""


async def at(clinic: Clinic, name: str) -> str:
    """Go straight to a question."""
    await clinic.does("director", button="menu|setup|go")
    return await clinic.does("director", button=f"menu|setup|ask|{name}")


async def test_leaving_in_the_middle_loses_nothing(clinic: Clinic) -> None:
    """Each answer is entered at once; /setup goes on at the first question that is neither answered nor passed."""
    await clinic.says("director", "/setup")
    first = waits(clinic)
    await clinic.says("director", "[あとで]")
    second = waits(clinic)
    await clinic.says("director", "/status")
    assert waits(clinic) == second != first
    await clinic.says("deputy", "/setup")

    assert waits(clinic, "deputy") == second
    assert clinic.engine.house.setup_passed == {first}


async def test_every_answer_is_an_entry_without_its_value(clinic: Clinic) -> None:
    """The journal tells the field, the registry keeps the number."""
    await at(clinic, "telephone")
    await clinic.says("director", "０３－１２３４－５６７８")

    assert clinic.engine.roster().facility.telephone == "03-1234-5678"
    changed = clinic.entries("registry_changed")[-1]
    assert changed.actor == clinic.id("director")
    assert "telephone" in changed.body
    assert "1234" not in changed.body


async def test_a_wrong_answer_is_sent_back(clinic: Clinic) -> None:
    """It says what is wrong, the question stays, and the right answer is taken then."""
    await at(clinic, "telephone")
    head = clinic.home.journal.head().seq
    shown = await clinic.says("director", "03-12")

    assert "まだ登録できていません" in shown
    assert "けた数をもう一度確かめてください" in shown
    assert waits(clinic) == "telephone"
    assert clinic.home.journal.head().seq == head
    await clinic.says("director", "03-1234-5678")
    assert clinic.engine.roster().facility.telephone == "03-1234-5678"


async def test_a_sentence_may_be_a_call_for_help(clinic: Clinic) -> None:
    """Trouble that no playbook knows by its words: what can't be read is kept, and one tap makes it a report, once."""
    await at(clinic, "telephone")
    shown = await clinic.says("director", "だれか来てほしいです")
    assert "[1 困ったことの報告です]" in shown
    assert waits(clinic) == "telephone"
    turn = clinic.engine.house.waiting_for[clinic.id("director")]
    await clinic.does("nurse", button=f"menu|setup|report|{turn}")
    assert clinic.engine.runs() == []

    for _ in range(2):
        await clinic.does("director", button=f"menu|setup|report|{turn}")
    assert [r.text for r in clinic.engine.runs()] == ["だれか来てほしいです"]


@pytest.mark.parametrize("text", ["電子カルテ", "オンライン資格確認", "電子カルテ、レセコン", "ひまわりカルテ"])
async def test_the_name_of_a_system_is_an_answer(clinic: Clinic, text: str) -> None:
    """However much it sounds like an outage of that system."""
    await at(clinic, "systems")
    before = {s.name for s in clinic.engine.roster().systems}
    await clinic.says("director", text)

    assert clinic.engine.runs() == []
    assert {s.name for s in clinic.engine.roster().systems} - before == set(text.split("、")) - before


@pytest.mark.parametrize("name", ["systems", "telephone", "hours", "deputy:director", "place:paper_kit"])
@pytest.mark.parametrize("text", ["電子カルテが動かない", "画面に英語が出てお金を払えと書いてある"])
async def test_what_sounds_like_an_incident_is_a_report(clinic: Clinic, name: str, text: str) -> None:
    """Whatever the set-up waits for; then the incident goes first, and the set-up says so."""
    await at(clinic, name)
    shown = await clinic.says("director", text)

    assert "どれに近いですか" in shown
    assert [r.text for r in clinic.engine.runs()] == [text]
    assert "そちらを先にしましょう" in await clinic.says("director", "/setup")
    assert "そちらを先にしましょう" in await clinic.does("director", button="menu|setup|pass|telephone")


@pytest.mark.parametrize(
    "name", ["prefecture", "telephone", "deputy:director", "safety_manager", "staff:nurse", "systems"]
)
@pytest.mark.parametrize("text", ["わからない", "いません", "まだ決まっていません", "なし"])
async def test_who_has_no_answer_goes_on(clinic: Clinic, name: str, text: str) -> None:
    """「いません」 is nobody's name and 「わからない」 no report: nothing opens, nobody is invited, the next question comes."""
    await at(clinic, name)
    people, systems = clinic.engine.roster().members, clinic.engine.roster().systems
    shown = await clinic.says("director", text)

    assert clinic.engine.runs() == []
    assert (clinic.engine.roster().members, clinic.engine.roster().systems) == (people, systems)
    assert "／" in shown.splitlines()[0]
    assert waits(clinic) != name


async def test_somebody_who_writes_that_it_is_they(clinic: Clinic) -> None:
    """「私です」 appoints whoever writes it."""
    await at(clinic, "safety_manager")
    await clinic.says("director", "私です")

    me = clinic.engine.roster().member(clinic.id("director"))
    assert me is not None
    assert "safety_manager" in me.roles


async def test_a_name_is_asked_about_before_it_is_a_person(clinic: Clinic) -> None:
    """One tap makes them somebody new, another takes oneself instead, a third nobody; what was made is taken back, too."""
    await at(clinic, "safety_manager")
    shown = await clinic.says("director", "ゆうこ")
    assert "「ゆうこ」さんは、まだ登録がありません。" in shown
    assert "ゆうこ" not in {m.name for m in clinic.engine.roster().members}

    await clinic.says("director", "やめる")
    assert waits(clinic) == "safety_manager"
    await clinic.says("director", "ゆうこ")
    shown = await clinic.says("director", "はい、新しく登録する")
    assert "ゆうこさん（安全管理責任者）の招待です" in shown
    code = shown.split("/start ")[1].split()[0]

    assert "「ゆうこ」さんの登録を取り消しました" in await clinic.says("director", "間違い（登録を取り消す）")
    assert [m.name for m in clinic.engine.roster().active() if m.name == "ゆうこ"] == []
    await clinic.does("nurse", text=f"/start {code}")
    assert [m.status for m in clinic.engine.roster().members if m.name == "ゆうこ"] == ["left"]

    await at(clinic, "safety_manager")
    await clinic.says("director", "ゆうこ2")
    await clinic.says("director", f"自分（{clinic.cast.names[clinic.id('director')]}）にする")
    me = clinic.engine.roster().member(clinic.id("director"))
    assert me is not None
    assert "safety_manager" in me.roles


@pytest.mark.parametrize("name", ["keeper", "staff:nurse"])
async def test_a_sentence_is_no_name(clinic: Clinic, name: str) -> None:
    """Where a name was asked for, a sentence makes neither a vendor nor a person nor an incident before a tap says what it is."""
    if name == "keeper":
        await at(clinic, "systems")
        await clinic.says("director", "予約システム")
        system = next(s.id for s in clinic.engine.roster().systems if s.name == "予約システム")
        name = f"keeper:{system}"
    await at(clinic, name)
    before = (clinic.engine.roster().members, clinic.engine.roster().contacts)
    shown = await clinic.says("director", "担当の人が来てくれています")

    assert "困ったことの報告です" in shown
    assert (clinic.engine.roster().members, clinic.engine.roster().contacts) == before
    assert clinic.engine.runs() == []


async def test_while_something_is_going_on_texts_belong_to_it(clinic: Clinic) -> None:
    """A note is no answer to a question of yesterday's."""
    await at(clinic, "place:paper_kit")
    await clinic.incident()
    await clinic.says("director", "受付に紙を出した")

    assert [n.text for n in clinic.run().notes.values()] == ["受付に紙を出した"]
    assert [e.place for e in clinic.engine.roster().equipment if e.kind == "paper_kit"] in ([], [None])


async def test_only_those_who_decide(clinic: Clinic) -> None:
    """A nurse sets nothing up, neither by command nor with a copied button."""
    head = clinic.home.journal.head().seq

    assert "院長か代行者だけ" in await clinic.says("nurse", "/setup")
    await clinic.does("nurse", button="menu|setup|set|prefecture|東京都")
    assert clinic.home.journal.head().seq == head


@pytest.mark.parametrize(
    "button",
    [
        "menu|setup",
        "menu|setup|xyz",
        "menu|setup|ask|xyz",
        "menu|setup|set|runs:gone|cloud",
        "menu|setup|step|xyz",
        "menu|setup|region|xyz",
        "menu|setup|set|keeper|[c9]",
        "menu|setup|pass|xyz",
    ],
)
async def test_a_button_that_nobody_made(clinic: Clinic, button: str) -> None:
    """Is stale: it changes nothing, and is no mistake of ours."""
    await clinic.does("director", button=button)

    assert clinic.entries("registry_changed") == []
    assert clinic.home.journal.unhandled.all() == []


async def test_nobody_is_their_own_deputy(clinic: Clinic) -> None:
    """The reason is said, and nothing changes."""
    await at(clinic, "deputy:director")
    shown = await clinic.says("director", clinic.cast.names[clinic.id("director")])

    assert "自分の代行者にはなれません" in shown


async def test_somebody_new_is_invited_at_once(clinic: Clinic) -> None:
    """The code comes first, then the next question."""
    await at(clinic, "staff")
    await clinic.says("director", "看護師　灯 花子")
    shown = await clinic.says("director", "はい、新しく登録する")

    assert shown.index("/start ") < shown.index("ほかのスタッフを招待しましょう")
    member = clinic.engine.roster().members[-1]
    assert isinstance(member, Member)
    assert (member.name, member.roles) == ("灯 花子", ("nurse",))
    await clinic.does("director", button="menu|setup|ask|staff:reception")
    await clinic.says("director", "山本")
    await clinic.says("director", "はい、新しく登録する")
    assert clinic.engine.roster().members[-1].roles == ("reception",)


async def test_systems_are_chosen_with_taps(clinic: Clinic) -> None:
    """The question is changed in place, and a tap too many is taken back."""
    await at(clinic, "systems")
    for there in (True, False):
        assert await clinic.does("director", button="menu|setup|set|systems|website") == "(記録しました)"
        assert ("website" in {s.service for s in clinic.engine.roster().systems}) is there


async def test_times_for_drills_from_the_hours(clinic: Clinic) -> None:
    """One tap where the sessions leave a time free; what can't be known is asked."""
    await at(clinic, "hours")
    await clinic.says("director", "月–金 9:00–12:00、13:00–18:00")
    await at(clinic, "drills")
    await clinic.does("director", button="menu|setup|set|drills:midday|+")
    assert list(clinic.engine.roster().facility.marked) == ["midday"]

    assert "例: 月 8:40–8:50" in await clinic.does("director", button="menu|setup|set|drills:meeting|+")
    await clinic.says("director", "月 8:40–8:50")
    assert list(clinic.engine.roster().facility.marked) == ["meeting", "midday"]


async def test_the_prefecture_with_two_taps(clinic: Clinic) -> None:
    """The region changes the question in place, the prefecture answers it."""
    await at(clinic, "prefecture")
    await clinic.does("director", button="menu|setup|region|kyushu")
    await clinic.says("director", "[沖縄県]")

    assert clinic.engine.roster().facility.prefecture == "沖縄県"


async def test_the_end_tells_how_ready_we_are(clinic: Clinic) -> None:
    """With the figure, what comes next, and the way back to what was put off."""
    shown = await clinic.says("director", "/setup")
    for _ in range(60):
        if "設定はここまで" in shown:
            break
        shown = await clinic.does("director", button=f"menu|setup|pass|{waits(clinic)}")
    assert "点／100点" in shown
    assert shown.count("・") >= 3
    assert waits(clinic) == ""
    assert "見たままを送ってください" in await clinic.says("director", "おはよう")  # nothing is waited for any more

    first = await clinic.says("director", "[あとに回した質問へ]")
    assert f"／{len(STEPS)}" in first
    assert clinic.engine.house.setup_passed == set()


async def test_a_system_that_has_gone_meanwhile(clinic: Clinic) -> None:
    """Its question is void; the text is no answer, and nothing breaks."""
    await at(clinic, "systems")
    await clinic.does("director", button="menu|setup|set|systems|website")
    system = next(s for s in clinic.engine.roster().systems if s.service == "website")
    await clinic.does("director", button=f"menu|setup|ask|keeper:{system.id}")
    clinic.orders(
        PutRegistry(FACILITY, (RegistryRow("system", system.id, None, system.model_dump_json()),)), "director"
    )

    assert "いま何か起きていますか" in await clinic.says("director", "みどり電機")
    assert clinic.home.journal.unhandled.all() == []


@pytest.mark.parametrize("text", ["ウイルス対策サービス", "株式会社停電システム", "あおばシステムサポート"])
async def test_the_name_of_a_firm_opens_nothing(clinic: Clinic, text: str) -> None:
    """However much it sounds like trouble, it is a vendor's name where a vendor was asked for."""
    await at(clinic, "systems")
    await clinic.says("director", "予約システム")
    system = next(s.id for s in clinic.engine.roster().systems if s.name == "予約システム")
    await at(clinic, f"keeper:{system}")
    await clinic.says("director", text)

    assert clinic.engine.runs() == []
    assert text in {c.name for c in clinic.engine.roster().contacts}


async def test_three_numbers_first(clinic: Clinic) -> None:
    """Two vendors and the deputy's mobile, each with one line; a name in front of it is kept, and asked about if it is new."""
    await at(clinic, "urgent:ehr")
    await clinic.says("director", "あおばシステム 03-1234-5678")
    assert waits(clinic) == "urgent:network"
    await clinic.says("director", "03-1234-5679")
    assert waits(clinic) == "mobile"
    found = {c.services: (c.name, c.number) for c in clinic.engine.roster().contacts if c.kind == "vendor"}
    assert found[("ehr",)] == ("あおばシステム", "03-1234-5678")
    assert found[("network",)] == ("ネットワークの会社", "03-1234-5679")

    shown = await clinic.says("director", "灯 花子 090-1234-5678")
    assert "「灯 花子」さんは、まだ登録がありません。" in shown
    await clinic.says("director", "はい、新しく登録する")
    new = clinic.engine.roster().members[-1]
    assert (new.name, new.telephone, new.stands_in_for) == ("灯 花子", "090-1234-5678", ("director",))
    assert waits(clinic) == "prefecture"


async def test_what_is_offered_fits_the_house(clinic: Clinic) -> None:
    """A clinic is asked for no dental hygienist; who writes one is understood all the same."""
    await at(clinic, "staff")
    shown = clinic.of("director")[-1]
    assert "看護師" in shown
    assert "歯科" not in shown


async def test_photos_and_labels_are_offered_and_can_be_skipped(clinic: Clinic, tmp_path: Path) -> None:
    """Last of all, with the things to photograph and the sheet to print; after a photo it goes on where it was."""
    shown = await at(clinic, "photos")
    assert "パソコンの裏のLANの線]" in shown
    assert "/photos" in shown

    (tmp_path / "cable.png").write_bytes(picture())
    await clinic.does("director", button="menu|photo|ask|lan_plug")
    await clinic.says("director", f"写真 {tmp_path / 'cable.png'}")
    await clinic.passes(1)
    await clinic.says("director", "[続きから]")
    assert waits(clinic) not in ("", "photos")
    assert "✅ パソコンの裏のLANの線" in await at(clinic, "photos")

    sheet = await at(clinic, "labels")
    assert "📎 facility-cable_labels-" in await clinic.says("director", "[線に貼る札（PDF）]")
    assert "今のうちに" in sheet
    await clinic.does("director", button="menu|setup|pass|photos")
    assert "photos" in clinic.engine.house.setup_passed


async def test_what_hangs_on_the_line_is_asked(clinic: Clinic) -> None:
    """Telephones and devices by a tap, the phone instead with a name and a number; each is entered at once."""
    await at(clinic, "phones_on_line")
    await clinic.says("director", "[はい]")
    await at(clinic, "home_devices")
    await clinic.says("director", "ありません")
    await at(clinic, "fallback_phone")
    assert "まだ登録できていません" in await clinic.says("director", "佐藤 090")
    await clinic.says("director", "佐藤 ０９０－１２３４－５６７８")

    facility = clinic.engine.roster().facility
    assert (facility.phones_on_line, facility.home_devices) == (True, False)
    assert facility.fallback_phone == "佐藤 090-1234-5678"
    assert "はい" in await at(clinic, "phones_on_line")


async def test_the_first_poster_is_approved_word_for_word(clinic: Clinic) -> None:
    """What was shown is what is kept; until then nothing counts as approved."""
    shown = await at(clinic, "poster")
    assert clinic.engine.roster().facility.poster is None
    await clinic.says("director", "[この文でよい]")

    kept = clinic.engine.roster().facility.poster
    assert kept is not None
    assert f"「{kept}」" in shown


async def test_own_words_on_the_poster(clinic: Clinic) -> None:
    """However much they tell of an outage: they are kept as they stand, and nothing begins."""
    await at(clinic, "poster")
    await clinic.says("director", "[直す]")
    own = "ただいま電子カルテが動かないため、紙で受付をしています。"
    await clinic.says("director", own)
    assert clinic.engine.runs() == []

    assert clinic.engine.roster().facility.poster == own


async def test_the_same_person_in_other_signs_is_asked_about(clinic: Clinic) -> None:
    """髙橋 さん may be 高橋, who is here: one tap says so, and nobody comes in twice."""
    await at(clinic, "safety_manager")
    shown = await clinic.says("director", "髙橋さん")
    assert "「髙橋さん」さんは、登録のある「高橋」さんと同じ方ですか" in shown
    people = clinic.engine.roster().members
    await clinic.says("director", "同じ人です（高橋さん）")

    assert len(clinic.engine.roster().members) == len(people)
    director = clinic.engine.roster().member(clinic.id("director"))
    assert director is not None
    assert "safety_manager" in director.roles


async def test_what_was_read_is_said_back(clinic: Clinic) -> None:
    """Three in the afternoon is understood, shown with the next question, and put right with one tap."""
    await at(clinic, "hours")
    shown = await clinic.says("director", "月火木金 9時から12時と3時から6時")
    assert "✓ 月–火 9:00–12:00、15:00–18:00、木–金 9:00–12:00、15:00–18:00" in shown
    await clinic.says("director", "前の答えを直す")

    assert waits(clinic) == "hours"


async def test_a_second_number_is_for_when_nobody_answers(clinic: Clinic) -> None:
    """The name in front, two numbers behind: both are kept, and said back."""
    await at(clinic, "urgent:ehr")
    shown = await clinic.says("director", "クラウドカルテ 03-1234-5678（代） / 090-1234-5678")

    assert "✓ クラウドカルテ 03-1234-5678" in shown
    assert "✓ つながらないとき 090-1234-5678" in shown
