"""The report to the commission: nine items, nothing guessed, all of it traced."""

from __future__ import annotations

from bot.documents.facts.form import Form
from bot.documents.forms import ppc
from bot.documents.source import Source
from flows.commands.reporting import WithdrawReport
from flows.state.run import Run
from tests.bot.documents.sources import files, learns, source_of
from tests.clinic import Clinic


def items(form: Form) -> list[str]:
    """Name the numbered sections."""
    return [s.title for s in form.sections if s.title[0].isdigit()]


async def test_nine_items_of_which_most_are_open(clinic: Clinic, begun: Run) -> None:
    """All nine stand from the first minute; what nobody knows is 調査中, never a guess."""
    form = ppc.preliminary(source_of(clinic, begun.id))

    assert len(items(form)) == 9
    open_ones = (
        "発生日時",
        "滅失",
        "情報の種類",
        "要配慮個人情報",
        "本人の数",
        "原因",
        "二次被害の有無と内容",
        "今後の措置",
    )
    assert {form.field(name).state for name in open_ones} == {"investigating"}
    assert (form.field("漏えい").text, form.field("毀損").text) == ("漏えいのおそれあり", "毀損のおそれあり")
    assert form.field("期限").text == "速報：2027-04-03〜2027-04-05（ガイドラインの目安）"
    assert "施行規則7条、8条1項" in form.foot[0]
    assert "2026-11-23確認" in form.foot[0]


async def test_a_ground_nobody_can_exclude_is_said_to_be_open(clinic: Clinic, begun: Run) -> None:
    """「規則7条3号」 stands by suspicion; of the others the form says that they are not excluded."""
    grounds = ppc.preliminary(source_of(clinic, begun.id)).field("規則7条の該当号").text.splitlines()

    assert [g for g in grounds if "調査中" not in g] == ["規則7条3号：不正の目的によるおそれがある"]
    assert len(grounds) == 4


async def test_a_supplement_shows_what_changed(clinic: Clinic, begun: Run) -> None:
    """After a filing only what was learned since is marked, and the form is a supplement."""
    first = ppc.preliminary(source_of(clinic, begun.id))
    files(clinic, begun, "ppc_preliminary")
    learns(clinic, begun, persons="40")
    second = ppc.preliminary(source_of(clinic, begun.id))
    final = ppc.final(source_of(clinic, begun.id))

    assert not any(f.changed for s in first.sections for f in s.fields)
    assert first.field("新規・続報の別").text == "新規"
    assert "受付 123" in second.field("新規・続報の別").text
    assert second.field("本人の数").changed
    assert final.field("本人の数").changed
    assert not second.field("発覚（認識）日時").changed


async def test_a_final_report_after_a_preliminary_one_is_a_supplement(clinic: Clinic, begun: Run) -> None:
    """「続報」 on both once one was filed, with its receipt; taken back it is 「新規」 again, filed anew 「続報」 of the new one."""

    def kinds() -> list[str]:
        source = source_of(clinic, begun.id)
        return [form(source).field("新規・続報の別").text for form in (ppc.preliminary, ppc.final)]

    assert kinds() == ["新規", "新規"]
    files(clinic, begun, "ppc_preliminary", "受付 123")
    assert kinds() == ["続報（前回：速報 2027-04-01 08:50、受付等「受付 123」）"] * 2
    clinic.orders(WithdrawReport(begun.id, "ppc_preliminary", "まだ送っていなかった"))
    assert kinds() == ["新規", "新規"]
    files(clinic, begun, "ppc_preliminary", "受付 124")
    files(clinic, begun, "ppc_final", "受付 125")
    assert ["受付 124" in kinds()[0], "前回：確報" in kinds()[1], "受付 125" in kinds()[1]] == [True] * 3


async def test_a_supplement_has_no_day_of_its_own(clinic: Clinic, begun: Run) -> None:
    """What was filed in time isn't asked for again by the old day: promptly, and until when the final report is due."""
    files(clinic, begun, "ppc_preliminary")
    source = source_of(clinic, begun.id)
    form = ppc.preliminary(source)

    assert form.title == "漏えい等報告書（速報・続報）"
    assert form.field("期限").text.splitlines() == [
        "続報：判明後速やかに（日数の定めは確認できていない）",
        "確報：2027-05-31まで",
    ]
    assert ppc.final(source).field("期限").text == "確報：2027-05-31まで"


async def test_what_is_not_owed_is_voluntary(clinic: Clinic, begun: Run) -> None:
    """With the data safely encrypted no day is claimed."""
    learns(clinic, begun, encrypted_safely="yes")

    assert "任意の報告" in ppc.preliminary(source_of(clinic, begun.id)).field("期限").text


async def test_what_was_done_for_the_persons(clinic: Clinic, begun: Run) -> None:
    """Whom nobody has to tell is said to be so, and why; open as long as they may have to be told, and by their own law for My Numbers."""
    assert ppc.final(source_of(clinic, begun.id)).field("本人への対応").state == "by_hand"
    learns(clinic, begun, leak="none", loss="none", damage="none", my_number="yes")
    source = source_of(clinic, begun.id)

    for form in (ppc.final(source), ppc.my_number_final(source)):
        response = form.field("本人への対応")
        assert "通知義務なしと算定" in response.text
        assert "漏えいはないと" in response.text
        assert response.entries == (clinic.engine.journal.head().seq,)
        assert "□ 予定なし" in response.note


async def test_how_far_persons_and_the_public_were_told_is_ticked(clinic: Clinic, begun: Run) -> None:
    """What was filed with the persons, and what was decided of publication, ticks the form's own boxes; nobody's decision none."""
    assert "□ 検討中" in ppc.final(source_of(clinic, begun.id)).field("公表").note
    ticked = {}
    for published in ("no", "later", "yes"):
        learns(clinic, begun, published=published)
        field = ppc.final(source_of(clinic, begun.id)).field("公表")
        ticked[published] = field.text.splitlines()[0]
        assert field.note == ""

    assert ticked == {"no": "■ 予定なし", "later": "■ 検討中", "yes": "■ 予定"}
    files(clinic, begun, "persons_notice")
    response = ppc.final(source_of(clinic, begun.id)).field("本人への対応")
    assert (response.text.splitlines()[0], response.note) == ("■ 対応済", "")


async def test_a_drills_deadline_is_practice(clinic: Clinic) -> None:
    """A drill's form can't be taken for a real one."""
    form = ppc.final(source_of(clinic, (await clinic.drill()).id))

    assert form.title == "【訓練】漏えい等報告書（確報）"
    assert "練習の期限" in form.field("期限").text


def test_everything_said_can_be_traced(whole: Source) -> None:
    """Each statement of a played incident names entries of that very run, or the registry it comes from."""
    numbers = {entry.seq for entry in whole.entries}
    statements = [one for s in ppc.final(whole).sections for f in s.fields for one in f.statements]

    assert len(statements) > 60
    untraced = [one.text for one in statements if not one.entries and not one.source]
    assert untraced == ["確報"]
    assert {seq for one in statements for seq in one.entries} <= numbers


def test_what_a_played_incident_knows_is_there(whole: Source) -> None:
    """Number, kinds, cause, publication and what was reported to others stand in their items."""
    form = ppc.final(whole)

    assert form.field("本人の数").text == "最大 12人"
    assert "カルテ・薬歴・訪問の記録" in form.field("情報の種類").text
    assert form.field("要配慮個人情報").text == "含む"
    assert "事案の公表を決定" in form.field("公表").text
    assert "警察に相談" in form.field("他の機関への報告・相談").text
    assert form.field("高度な暗号化等の措置").state == "investigating"


async def test_my_numbers_are_reported_apart(clinic: Clinic, begun: Run) -> None:
    """By the numbers of their own rule and their own head count; a filing of the other matter makes no supplement of it."""
    learns(clinic, begun, my_number="yes", my_number_persons="12", persons="900", sensitive="yes")
    files(clinic, begun, "ppc_preliminary")
    form = ppc.my_number_preliminary(source_of(clinic, begun.id))

    assert form.field("マイナンバーに係る本人の数").text == "最大 12人"
    assert form.field("報告規則2条の該当号").text.startswith("番号法報告規則2条2号：")
    assert form.field("新規・続報の別").text == "新規"
    assert [f.label for s in form.sections for f in s.fields if "900" in f.text] == []
    assert "要確認：規則2条3・4号" in form.foot[0]
    assert form.field("期限").text.endswith("（日数は要確認）")
    assert "要確認" not in ppc.final(source_of(clinic, begun.id)).field("期限").text
    assert "公式の様式ではない" in form.foot[1]


async def test_what_is_open_is_listed(clinic: Clinic, begun: Run) -> None:
    """Each field in which nothing stands, by its name: those that nobody knows, and those to be entered by hand."""
    for form in (ppc.preliminary, ppc.my_number_final):
        paper = form(source_of(clinic, begun.id))
        empty = {f.label for s in paper.sections for f in s.fields if not f.statements and f.state == "investigating"}

        assert set(paper.field("調査中の項目").text.split("、")) == empty
        assert "提出日" in paper.field("手で記入する項目").text
