"""Mishaps of those who respond, money that is gone and what was only believed: whoever leads reads it, the writer what to do now."""

from __future__ import annotations

import pytest

from tests.clinic import Clinic


@pytest.fixture
async def led(clinic: Clinic) -> Clinic:
    """An attack that the director leads."""
    await clinic.incident()
    await clinic.says("director", "[対応の責任者になる]")
    return clinic


async def told_to(clinic: Clinic, reader: str, who: str, line: str) -> str:
    """Let somebody write, and give what the reader was shown by it."""
    mark = len(clinic.of(reader))
    await clinic.says(who, line)
    return "\n".join(clinic.of(reader)[mark:])


@pytest.mark.parametrize(
    ("line", "what", "now"),
    [
        ("間違えてルーターの線を抜いちゃいました", "違う線を抜いた", "差し戻さず"),
        ("サーバーにコーヒーをこぼしちゃいました", "ぬらすか", "電源は入れ直さないで"),
        ("ツメが折れました", "ツメが折れた", "ツメが折れていても抜けます"),
        ("急に画面が戻りました", "直ったそうです", "まだ使わないで"),
        ("患者さんから情報漏れてるか聞かれた", "漏えいはないか", "「いま調べているところです"),
    ],
)
async def test_whoever_leads_reads_it_and_the_writer_what_to_do(led: Clinic, line: str, what: str, now: str) -> None:
    """None of it is only noted down."""
    director = await told_to(led, "director", "nurse", line)
    nurse = "\n".join(led.of("nurse")[-2:])  # her first board comes after the answer

    assert what in director
    assert now in nurse
    assert "記録しました" not in nurse


async def test_what_slipped_out_of_somebodys_hands_makes_no_attack_of_an_outage(clinic: Clinic) -> None:
    """The system that stands still is no more suspicious for it."""
    await clinic.incident("ehr_outage")
    director = await told_to(clinic, "director", "reception", "うっかりサーバーの線を抜いちゃいました")

    assert "違う線を抜いた" in director
    assert "攻撃" not in director


async def test_a_mishap_before_anything_is_opened_is_told_to_whoever_decides(clinic: Clinic) -> None:
    """It is no second report of what nobody has named yet."""
    await clinic.says("reception", "パソコンに変な画面が出て身代金と書いてある")
    director = await told_to(clinic, "director", "reception", "間違えてルーターの線を抜いちゃいました")

    assert "違う線を抜いた" in director
    assert "加えました" not in clinic.read("reception")
    assert "どれに近いですか" in clinic.of("reception")[-1]


@pytest.mark.parametrize(
    "line",
    [
        "社長を名乗る人から電話があって振り込みました",
        "電子マネーを買って番号を教えてしまいました",
        "カード番号を入れてしまいました",
        "振り込んでしまいました",
    ],
)
@pytest.mark.parametrize("playbook", ["ransomware", "ehr_outage"])
async def test_money_that_is_gone_names_whom_to_call_first(clinic: Clinic, playbook: str, line: str) -> None:
    """Whatever goes on, and although it may show a failure to be an attack: the bank before the cable, to both of them."""
    await clinic.incident(playbook)
    director = await told_to(clinic, "director", "reception", line)
    reception = clinic.of("reception")[-1]

    for read in (director, reception):
        assert "銀行・カード会社・電子マネーの会社" in read
        assert "#9110" in read
        assert "LANの線" not in read.partition("銀行")[0]


async def test_the_bank_is_named_while_nobody_has_opened_it_yet(clinic: Clinic) -> None:
    """And whoever decides reads it, beside the question what it is."""
    await clinic.says("reception", "パソコンに変な画面が出て身代金と書いてある")

    assert "銀行" in await told_to(clinic, "director", "reception", "カード番号を入れてしまいました")
    assert "どれに近いですか" in clinic.of("reception")[-1]


async def test_a_lead_that_does_not_come_out_is_answered_for_whoever_leads_too(led: Clinic) -> None:
    """Who leads has no step for it: they see the plug, and what to do where it stays in; the deputy hears of it."""
    told = await led.says("director", "LANが抜けません")

    assert "lan_plug.png" in told
    assert "さわらない" in told
    assert "抜けないか" in led.of("deputy")[-1]


async def test_a_false_alarm_is_proposed_to_who_decides(led: Clinic) -> None:
    """Nothing ends by it: who decides is offered the button that asks who has made sure."""
    await led.says("reception", "誤報でした")

    assert led.run().live
    assert "誤報だった" in led.of("director")[-1]
    assert "まだ終わりにはしません" in led.of("reception")[-1]
    assert "システム会社" in await led.says("director", "[誤報だった]")


async def test_who_decides_and_says_so_is_offered_it_themselves(led: Clinic) -> None:
    """Nobody else is asked."""
    mark = len(led.of("deputy"))
    told = await led.says("director", "誤報でした")

    assert "[1 誤報だった]" in told
    assert len(led.of("deputy")) == mark


async def test_a_word_that_a_report_was_made_is_taken_back(led: Clinic) -> None:
    """Whoever leads hears that it wasn't; what they recorded themselves they can take back there."""
    await led.says("reception", "警察に届けました")
    assert "まだだそうです" in await told_to(led, "director", "reception", "やっぱりまだ出してません")

    mark = len(led.seen)
    await led.says("nurse", "やっぱりまだ出してません")
    assert "まだだそうです" not in "\n".join(text for _, text in led.seen[mark:])


async def test_each_danger_stands_on_the_card_of_whoever_leads(led: Clinic) -> None:
    """A quarter of an hour later, in words of its own."""
    for line in (
        "間違えて電話の線を抜きました",
        "赤い画面の英語をクリックしちゃいました",
        "点滴のポンプの線が抜けました",
    ):
        await led.says("reception", line)
    mark = len(led.of("director"))
    await led.passes(16)

    card = "\n".join(led.of("director")[mark:])
    for danger in ("違う線を抜いた", "おかしい画面のボタンを押した", "患者さんにつながる機械のこと"):
        assert danger in card


@pytest.mark.parametrize("line", ["佐藤さんのパソコンの線抜いときますね", "I'll unplug Sato's computer"])
async def test_whoever_is_about_to_pull_a_lead_reads_which_it_is(led: Clinic, line: str) -> None:
    """The network's and not the power's; nobody is warned of them, since it is what helps."""
    mark = len(led.of("director"))
    told = await led.says("nurse", line)

    assert "抜くのは、LANの線です" in told
    assert len(led.of("director")) == mark


async def test_words_end_nothing_and_bring_the_button_to_whoever_may(clinic: Clinic) -> None:
    """Of whoever leads they tell what is open; a colleague's reach who leads; what went right after all is offered as a false alarm."""
    await clinic.says("reception", "検査結果のFAXを違う病院に送ってしまった")
    await clinic.says("reception", "違う人に送った・渡した、薬を間違えた")
    await clinic.says("director", "[対応の責任者になる]")
    assert "まだ終了できません" in await clinic.says("director", "クローズでお願いします")
    await clinic.says("nurse", "終了")
    assert "[1 終了する]" in clinic.of("director")[-1]
    assert "[1 誤報だった]" in await clinic.says("director", "FAXは結局正しい相手でした")
    for text in ("先方はもう患者さんに渡してしまった", "もう一枚、別の患者さんのも送ってた"):
        await clinic.says("reception", text)
        assert f"悪くなっています。 佐藤さん（受付）から\n「{text}」" in clinic.of("director")[-1]

    assert clinic.run().live


async def test_nothing_that_could_end(clinic: Clinic) -> None:
    """Whoever ends what doesn't go on reads that nothing does."""
    for text in ("訓練中止", "状況終了", "終了"):
        assert "いま対応中のものも、訓練もありません" in await clinic.says("reception", text)
