"""What somebody orders reaches whom it is for, as it was said, and stands as done nowhere."""

from __future__ import annotations

from tests.clinic import Clinic


async def test_an_order_reaches_whoever_it_names(clinic: Clinic) -> None:
    """At once and as what it says; nobody is asked whether they did it, and who ordered hears that it was read, or wasn't."""
    await clinic.incident()
    await clinic.says("deputy", "[対応の責任者になる]")
    for text, who in (("鈴木さんLAN抜いて", "nurse"), ("佐藤さん警察に電話して", "reception")):
        told = await clinic.says("deputy", text)
        assert f"📣 お願いです。 田中さん（代行者）から\n「{text}」" in clinic.of(who)[-1]
        assert "済みにしますか" not in told
        assert "すぐ知らせました" in told
    assert "あなたがしましたか" not in clinic.read("nurse")
    await clinic.says("nurse", "[読んだ・こちらで見る]")
    assert "鈴木さん（看護師）: 読みました" in clinic.of("deputy")[-1]
    await clinic.passes(4)
    assert "佐藤さん（受付）から、まだ返事がありません" in clinic.read("deputy")


async def test_nobody_is_told_to_do_harm(clinic: Clinic) -> None:
    """It is answered as what must not be done, and goes to whoever else decides."""
    await clinic.incident()
    await clinic.says("deputy", "[対応の責任者になる]")
    assert "切らないでください" in await clinic.says("deputy", "鈴木さん電源切って")
    assert "電源切って" not in clinic.read("nurse")


async def test_what_is_ordered_of_all(clinic: Clinic) -> None:
    """「全員」 tells everybody at once; whoever leads and names nobody tells them with one tap; of others it is for the record."""
    await clinic.incident()
    await clinic.says("nurse", "紙で続けて")
    assert "まだ、だれにも" not in clinic.read("nurse")
    await clinic.says("director", "[対応の責任者になる]")
    assert "すぐ知らせました" in await clinic.says("director", "みなさん紙で続けてください")
    assert "📣 お願いです。 高橋さん（院長）から\n「みなさん紙で続けてください」" in clinic.of("reception")[-1]
    assert "まだ、だれにも伝わっていません" in await clinic.says("director", "午前は休診にします")
    await clinic.says("director", "[全員に知らせる]")
    assert "午前は休診にします" in clinic.of("nurse")[-1]
