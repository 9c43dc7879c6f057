"""Word to the ministry and the health centre."""

from __future__ import annotations

import pytest

from bot.documents.forms import authorities
from bot.documents.source import Source
from flows.state.run import Run
from tests.bot.documents.sources import learns, source_of
from tests.clinic import Clinic


@pytest.mark.parametrize("make", [authorities.mhlw, authorities.health_centre])
def test_the_four_points(whole: Source, make) -> None:  # type: ignore[no-untyped-def]
    """Damage, response, recovery, prevention, each with what is known; no day is claimed where the law names none."""
    form = make(whole)
    titles = [s.title for s in form.sections]

    assert [t for t in titles if t[0].isdigit()] == ["1　被害の状況", "2　対応の状況", "3　復旧の状況", "4　再発防止策"]
    assert "予約・急を要する者等に限定して継続" in form.field("診療等への影響").text
    assert form.field("次の報告予定（日時・担当）").state == "by_hand"
    assert "期限" not in [f.label for s in form.sections for f in s.fields]
    assert "2018年10月29日" in form.foot[0]
    assert "サイバー攻撃等" in form.title


async def test_a_failure_is_called_one(clinic: Clinic, begun: Run) -> None:
    """Of a failure that is no attack neither title nor ground speaks of one."""
    learns(clinic, begun, nature="failure")
    source = source_of(clinic, begun.id)

    assert [authorities.mhlw(source).title, authorities.health_centre(source).title] == [
        "システム障害等の連絡（厚生労働省）",
        "システム障害等の連絡（保健所・自治体）",
    ]
    assert "攻撃で漏えい" not in authorities.mhlw(source).foot[0]
