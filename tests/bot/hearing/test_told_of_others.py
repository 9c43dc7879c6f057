"""What the other side said, what was given away, what is asked for patients and what was none: it reaches whoever leads, as what it is."""

from __future__ import annotations

import pytest

from tests.clinic import Clinic


async def told_to(clinic: Clinic, reader: str, who: str, line: str) -> str:
    """Let somebody write, and give what the reader was shown by it."""
    mark = len(clinic.of(reader))
    await clinic.says(who, line)
    return "\n".join(clinic.of(reader)[mark:])


async def test_whoever_got_a_fax_by_mistake_is_no_criminal(clinic: Clinic) -> None:
    """What they say is news for whoever decides; in an attack the other side is who is behind it."""
    await clinic.says("reception", "FAX違うとこ送った")
    await clinic.says("reception", "1")
    for line in ("相手から電話きて捨てたって", "電話して返してもらうことになった", "電話したらもう捨てたと言われた"):
        director = await told_to(clinic, "director", "reception", line)
        assert "📨" in director
        assert not any(word in director + clinic.of("reception")[-1] for word in ("犯人", "してはいけない", "LAN"))


async def test_in_an_attack_the_other_side_is_who_is_behind_it(clinic: Clinic) -> None:
    """The firm that calls back is not."""
    await clinic.incident("ransomware")

    assert "犯人から連絡" in await told_to(clinic, "director", "reception", "相手から電話がきました")
    assert "📨" in await told_to(clinic, "director", "reception", "業者から電話きた 折り返すって")


@pytest.mark.parametrize(
    ("line", "now", "runs"),
    [
        (
            "電カルの会社を名乗る人から電話でパスワード聞かれて教えてもた",
            "パスワードをすぐ変えて",
            "unauthorised_access",
        ),
        ("携帯どっかいった 患者さんの写真入ってる", "ロック", "lost_device"),
        ("スマホなくした", "ロック", "lost_device"),
    ],
)
async def test_what_was_given_away_or_lost_is_a_report(clinic: Clinic, line: str, now: str, runs: str) -> None:
    """Its writer reads what to do now; answered or not, the others hear of it within five minutes."""
    assert now in await told_to(clinic, "nurse", "nurse", line)
    await clinic.passes(5)

    assert line in clinic.read("director")
    book = clinic.run().playbook
    assert book is not None
    assert book.playbook == runs


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("もらったリンク押してもうた", "リンクを開いた"),
        ("ルーターの線を抜いてしまった", "違う線を抜いた"),
        ("違う線抜いたかも", "違う線を抜いた"),
        ("USBさしてしまった", "USBなどを"),
        ("電源切ってしもた", "電源を切った"),
    ],
)
async def test_a_slip_in_an_outage_is_told_as_what_it_was(clinic: Clinic, line: str, what: str) -> None:
    """It makes no attack of the outage, and is no other matter."""
    await clinic.incident("ehr_outage")
    director = await told_to(clinic, "director", "reception", line)

    assert what in director
    assert not any(word in director for word in ("攻撃かもしれません", "別のこと", "受け取った方"))


@pytest.mark.parametrize(
    "line",
    ["在宅酸素の患者さんどうする", "処方箋どうすんの", "午後の予約どうしますか"],
)
async def test_what_is_asked_for_patients_goes_to_whoever_leads(clinic: Clinic, line: str) -> None:
    """And whoever asks reads who has it."""
    await clinic.incident("ehr_outage")

    assert "❓" in await told_to(clinic, "director", "nurse", line)
    assert "高橋さん（院長）に聞いています" in clinic.read("nurse")
    assert "🆘" not in clinic.read("nurse")


async def test_a_report_by_mistake_is_offered_to_be_called_off(clinic: Clinic) -> None:
    """Who has answered a step since means that answer."""
    await clinic.says("reception", "電カル開かない")
    await clinic.says("reception", "1")
    assert "誤報" in await told_to(clinic, "director", "reception", "まちがえて押した")
    assert "[1 誤報だった]" in await clinic.says("director", "たいしたことない、様子見で")


async def test_no_poster_says_what_nobody_told(clinic: Clinic) -> None:
    """That care goes on as usual is said once somebody said so, whatever the playbook begins with."""
    await clinic.incident("ehr_outage")
    await clinic.says("director", "/explain")

    assert "いつもどおり" not in await clinic.says("director", "1")


async def test_what_was_settled_reaches_everybody(clinic: Clinic) -> None:
    """At once, with 「全員、…」 and without."""
    await clinic.incident("ehr_outage")
    await clinic.says("director", "[対応の責任者になる]")

    assert "📣" in await told_to(clinic, "nurse", "director", "全員、今日は休診にする")
    assert "📣" in await told_to(clinic, "nurse", "director", "今日は午後休診")


async def test_what_a_firm_lets_know_is_chased_with_nobody(clinic: Clinic) -> None:
    """Whoever leads reads it, and nobody else is asked after minutes; while nobody leads, director and deputy do."""
    await clinic.incident("ehr_outage")
    await clinic.says("reception", "業者から電話きた 折り返すって")
    assert [who for who in ("director", "deputy", "nurse") if "業者から電話きた" in clinic.read(who)] == [
        "director",
        "deputy",
    ]
    await clinic.says("director", "対応の責任者になる")
    clinic.seen.clear()
    await clinic.says("reception", "業者から電話きた 10分で来るって")
    await clinic.passes(8)

    assert [who for who in ("director", "deputy", "nurse") if "業者から電話きた" in clinic.read(who)] == ["director"]
