"""Where people say that they are, who takes the lead in plain words, and what whoever asks to end it reads."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.hearing.in_run.leading import place_said
from playbooks.wants.names import says
from tests.clinic import Clinic

NOW = datetime(2026, 6, 1, 9, 0)  # noqa: DTZ001
PLACES = {
    "院内": "here",
    "院内に戻りました": "here",
    "店にいます": "here",
    "職場に着きました": "here",
    "I'm at the clinic": "here",
    "外": "away",
    "いま外です": "away",
    "今日は有給です": "away",
    "お休みをもらっています": "away",
    "自宅にいます": "away",
    "学会で京都です": "away",
    "手術中": "with_patient",
    "シンガポールにいるので明日まで動けません": "left",
    "今日は何もできません": "left",
}
NO_PLACES = [
    "院内のLANが切れています",
    "外の線を抜きました",
    "外に電話します",
    "院長は外です",
    "有給の申請書が開きません",
    "店に電話がつながりません",
    "パソコンが動けません",
    "明日までに直りますか",
    "家の電話にかけました",
]
SAID = {
    "take_on": ("責任者になる", "責任者になります", "じゃあ私が決めます", "私が指示を出します"),
    "lead_again": ("責任者もどす", "私が戻ったから私がやる", "戻ったので私が続けます", "指揮を戻します"),
    "status": ("状況", "状況は？", "いまどういう状況？", "ぜんぶ直った？", "いまの状況はどうですか"),
    "asks_close": (
        "閉めていい？",
        "よかった 終わりにして",
        "もう終わっていいですか",
        "対応を終了してもいいですか",
        "can we close it now?",
    ),
    "ends_here": ("終了", "状況終了です", "クローズでお願いします", "収束とします", "対応終了"),
    "gone_further": (
        "先方はもう患者さんに渡してしまった",
        "もう一枚、別の患者さんのも送ってた",
        "ほかの病院にも送ってしまいました",
        "相手がもう読んでしまったそうです",
    ),
    "asks_resume": ("再開していいですか", "通常診療に戻していい？", "can we reopen?"),
    "other_busy": (
        "院長は外来で手が離せません",
        "高橋院長は手術中",
        "田中さんは手が離せない",
        "院長は出張中です",
        "院長は今往診です",
    ),
}
NOT_SAID = {
    "take_on": ("責任者になる人はいますか", "先生が決めます", "責任者になりましたか？"),
    "lead_again": ("戻ったから続けて", "データを戻します", "責任者に電話します"),
    "status": ("状況が悪くなっています", "全部直りました", "様子がおかしい"),
    "asks_close": ("ファイルを閉めてしまいました", "窓口を閉めます", "患者さんを帰していい？", "閉め切りました"),
    "ends_here": ("終了しました", "診療は終了です", "更新が終了した", "終了していいと業者が言っています"),
    "gone_further": (
        "先方はまだ読んでいません",
        "先方は返してくれました",
        "もう一枚、紙をください",
        "相手に渡しましたか？",
    ),
    "asks_resume": ("受付を再開しました", "線を戻していいですか", "電源を戻していい？"),
    "other_busy": ("院長は手術中ですか？", "患者さんは手術中です", "院長の外来が終わりました", "業者は出張中です"),
}


def test_where_somebody_says_they_are() -> None:
    """One word is enough; what speaks of something else says nothing of it."""
    told = {text: (said.where if (said := place_said(text, NOW)) else "") for text in PLACES}
    assert told == PLACES
    assert [text for text in NO_PLACES if place_said(text, NOW)] == []


@pytest.mark.parametrize("saying", SAID)
def test_what_is_said_plainly(saying: str) -> None:
    """Each of these, and none of what only sounds like it."""
    assert [text for text in SAID[saying] if not says(text, saying)] == []
    assert [text for text in NOT_SAID[saying] if says(text, saying)] == []


async def test_who_cant_act_gets_nothing(clinic: Clinic) -> None:
    """Another is asked to lead in their place, and their step goes to others; one tap says that they are there."""
    await clinic.incident("ehr_outage")
    await clinic.says("director", "[対応の責任者になる]")
    shown = await clinic.says("director", "シンガポールにいるので明日まで動けません")
    assert "[1 まだいます]" in shown
    assert "代わってほしい" in clinic.read("deputy")
    assert clinic.run().open_step_of(clinic.id("director")) is None


async def test_who_may_end_it_reads_what_is_owed(clinic: Clinic) -> None:
    """Nobody else is asked; a text alone ends nothing. So it is where a colleague asks how it stands."""
    await clinic.incident("ehr_outage")
    await clinic.says("director", "[対応の責任者になる]")
    assert "まだ終了できません。残っているもの:" in await clinic.says("director", "よかった 終わりにして")
    assert "終了する]" in await clinic.says("director", "再開していいですか")
    assert "対応の責任者: 高橋さん（院長）" in await clinic.says("deputy", "状況")
    assert "質問です。 高橋さん" not in clinic.read("deputy")
    assert clinic.run().live


async def test_a_colleague_who_is_busy_is_no_word_of_oneself(clinic: Clinic) -> None:
    """The next is asked to lead in the place of whoever can't; of a patient it says nothing."""
    await clinic.incident()
    told = await clinic.says("reception", "院長は外来で手が離せません")
    assert "患者さんが先です" not in told
    assert "代わりに判断をお願いします" in clinic.read("deputy")
