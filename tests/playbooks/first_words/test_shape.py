"""First words: short, no question, and never harmful while nobody knows which event it is."""

from __future__ import annotations

from itertools import combinations, permutations

from playbooks.first_words.reading import first_words
from playbooks.first_words.shape import CAREFUL, OWN
from playbooks.model import Playbook
from playbooks.texts import Text
from tests.library import shipped_catalogue

WORDS = first_words()
BOOKS = shipped_catalogue().playbooks


def test_they_can_be_read_aloud_while_running() -> None:
    """At most sixty characters, and nothing is asked."""
    for text in (WORDS.careful, *(family.words for family in WORDS.families.values())):
        assert len(text.ja) <= 60
        assert not set("?？") & {*text.ja, *text.en}
    assert all(len(family.alarm.ja) <= 60 for family in WORDS.families.values() if family.alarm is not None)


def test_every_incident_has_its_family() -> None:
    """And each family says of every other what its orders come to there; in its own event they are right."""
    named = {name for family in WORDS.families.values() for name in family.playbooks}
    assert named == {name for name, book in BOOKS.items() if "incident" in book.use}
    for name, family in WORDS.families.items():
        assert family.effects.keys() == WORDS.families.keys()
        assert family.effects[name] == "harmless"
    assert WORDS.careful_effects.keys() == WORDS.families.keys()


def test_nothing_harmful_is_said_while_unsure() -> None:
    """Whichever two or three playbooks are near, in whatever order: the words chosen harm in none of them."""
    assert "harmful" not in WORDS.careful_effects.values()
    assert any("harmful" in family.effects.values() for family in WORDS.families.values())
    texts = ("電子カルテが動かない", "薬を間違えて渡した", "メールを違う人に送った", "地震です")
    books = {name for family in WORDS.families.values() for name in family.playbooks}
    for near in (pair for n in (2, 3) for some in combinations(sorted(books), n) for pair in permutations(some)):
        for text in texts:
            chosen = WORDS.chosen(near, text, BOOKS)
            truths = {WORDS.family_of(name, text) for name in near if name != "unknown"}
            if chosen.startswith(OWN):  # a playbook's own words, where it alone is near
                assert truths == {WORDS.family_of(chosen.removeprefix(OWN), text)}
                continue
            effects = WORDS.careful_effects if chosen == CAREFUL else WORDS.families[chosen].effects
            assert all(effects[truth] != "harmful" for truth in truths if truth)


def test_what_was_handed_out_decides_the_words() -> None:
    """A medicine, a mail and a paper that went to the wrong person are three things."""
    said = {
        text: WORDS.chosen(("mis_sent",), text, BOOKS)
        for text in ("別の人の薬を渡した", "メールを誤送信", "FAXを誤送信", "ﾒｰﾙを誤送信", "ＳＮＳに患者さんの写真")
    }

    assert list(said.values()) == ["medicine", "shared", "papers", "shared", "shared"]


def test_a_day_of_the_week_is_no_calamity() -> None:
    """水曜 and 火曜 are days; water and fire are not."""
    assert [
        WORDS.chosen(("disaster",), text, BOOKS) for text in ("水曜から停電です", "火曜の停電", "水が入ってきた")
    ] == [*("stopped", "stopped", "flood")]


def test_a_leak_is_no_flood_and_a_pharmacy_no_medicine() -> None:
    """Water from a tap leaves the head alone; a fax that went to another pharmacy stops no drip."""
    leaks = ("天井から水が垂れてる", "トイレの配管から水がもれてます", "a pipe is leaking")
    faxes = ("処方箋をFAXで違う薬局に送りました", "別の薬局にファックス流してしまった")

    assert {WORDS.family_of("disaster", text) for text in leaks} == {"leak"}
    assert [WORDS.family_of("disaster", text) for text in ("地震で水漏れ", "川の水が来た")] == ["calamity", "flood"]
    assert {WORDS.family_of("mis_sent", text) for text in faxes} == {"papers"}
    assert WORDS.family_of("mis_sent", "薬局で別の薬を出した") == "medicine"


def test_what_is_plain_in_few_words() -> None:
    """A needle in one's own finger and a vaccine for the wrong child; none of it where a patient's blood is taken."""
    needle = (
        "採血したあと針さした",
        "針刺してしまいました、自分の手",
        "親指に針がささりました",
        "リキャップで針刺した",
    )
    none = ("点滴の針刺した", "採血の針さしたところが腫れた", "指に針ささったらどうする", "患者さんの腕に針刺して採血")

    assert {WORDS.plain_in(text) for text in needle} == {"needle_stick"}
    assert {WORDS.plain_in(text) for text in none} == {""}
    assert WORDS.plain_in("インスリンちがう人に打ってしまいました") == "mis_sent"


def test_a_playbook_of_the_facility_brings_its_own() -> None:
    """They are said where it alone is near; beside another, and for one without any, the careful words are."""
    own = BOOKS["unknown"].model_copy(update={"playbook": "flood", "first_words": Text(ja="2階へ", en="Go upstairs")})
    books: dict[str, Playbook] = {**BOOKS, "flood": own, "mine": own.model_copy(update={"first_words": None})}

    assert WORDS.words(WORDS.chosen(("flood",), "", books), books) == own.first_words
    assert WORDS.chosen(("flood", "disaster"), "", books) == CAREFUL
    assert WORDS.chosen(("mine",), "", books) == CAREFUL
    assert WORDS.words("own:gone", books) == WORDS.careful


def test_the_ground_and_the_sea_are_plain_however_short() -> None:
    """Nobody who writes that it shakes is asked whether something is going on; by the sea they go up, not under a table."""
    said = ("地震や", "地震です", "また揺れた", "余震", "earthquake", "津波くる？", "津波警報", "tsunami warning")
    assert {WORDS.plain_in(text) for text in said} == {"disaster"}
    assert [WORDS.family_of("disaster", text) for text in said] == ["calamity"] * 5 + ["tsunami"] * 3
    asked = (
        "地震のときの集合場所",
        "地震保険の書類",
        "津波の心配はありません",
        "津波が来たらどうする",
        "手が揺れてる患者さん",
    )
    assert {WORDS.plain_in(text) for text in asked} == {""}


def test_a_mistake_of_which_nobody_knows_what_it_was_is_no_letter() -> None:
    """A wrong cable and a bare mistake have nobody who received anything."""
    for text in ("間違えた", "レントゲンの線抜いちゃった"):
        assert WORDS.chosen(("mis_sent",), text, BOOKS) == "mistaken"


def test_a_prescription_that_went_elsewhere_is_a_paper() -> None:
    """It is called back where it went; of a medicine that somebody got a doctor tells them."""
    said = {
        text: WORDS.chosen(("mis_sent",), text, BOOKS)
        for text in (
            "FAX番号まちがえて違う薬局に処方箋おくっちゃった",
            "違う薬局に処方箋送ってしまった",
            "処方箋を別の病院に流しました",
            "処方箋の薬を間違えて渡した",
            "違う薬を患者さんに渡した",
            "薬局で薬をまちがえて渡した",
        )
    }

    assert list(said.values()) == ["papers", "papers", "papers", "medicine", "medicine", "medicine"]


def test_water_is_no_quake() -> None:
    """What leaks is shut off, what comes from outside is kept away from, and nobody is sent from a fire."""
    said = {
        text: WORDS.chosen(("disaster",), text, BOOKS)
        for text in (
            "水がサーバーの上に漏れてる",
            "天井から水ポタポタ",
            "道路冠水",
            "床下浸水してきた",
            "津波が来ます",
            "地震です",
        )
    }

    assert list(said.values()) == ["leak", "leak", "flood", "flood", "tsunami", "calamity"]


def test_a_medicine_that_gets_warm_waits_for_who_knows() -> None:
    """Time and temperature are noted; a lunch in a refrigerator that stopped is none."""
    texts = (
        "冷蔵庫とまってインスリンが",
        "ワクチンの冷蔵庫が冷えてない",
        "薬の保冷庫の温度が上がってる",
        "冷蔵庫とまってお弁当が",
    )

    assert [WORDS.chosen(("disaster",), text, BOOKS) for text in texts] == ["cold", "cold", "cold", "stopped"]


def test_what_was_broken_open_and_is_gone_was_stolen() -> None:
    """However little is said; what is only broken wasn't, and a wrong medicine has more names than one."""
    for text in (
        "鍵のかかるロッカー壊されてパソコンない",
        "窓割られてノートパソコンがない",
        "引き出し荒らされてUSBが消えてる",
        "鍵壊されてる、カルテの棚が空",
    ):
        assert WORDS.plain_in(text) == "lost_device", text
    for text in ("調剤過誤かも", "投薬ミスかもしれません", "点滴の間違いみたいです"):
        assert WORDS.plain_in(text) == "mis_sent", text
    for text in ("ロッカー壊れてます", "ロッカーの鍵がない", "調剤過誤の報告書どこ", "調剤過誤の研修いつですか"):
        assert WORDS.plain_in(text) == "", text
