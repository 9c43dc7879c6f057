"""What is a patient's is acted on as it was written, kept with marks, and nowhere else; whole only if its writer says so."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import _lru_cache_wrapper
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.channels.channel import Attachment, Heard, Undelivered
from bot.hearing.inbound import Inbound
from bot.privacy.hits import KINDS
from bot.wiring import light
from contacts.model import Contact
from flows.commands.facility import PutRegistry, RegistryRow
from flows.deeds import Deed
from flows.messages.hearing import MaskedTold
from flows.record.journal import FACILITY, Owed
from tests.bot.privacy.measuring import PRACTICE
from tests.clinic import Clinic, Post
from tests.flows.clinic import entering
from tests.journals import bytes_in

NAME = "山田太郎"
REPORT = f"電子カルテが開かない、画面に英語が出てる。患者の{NAME}さんが待っている"


class Chat(Post):
    """A channel on which what was written may be taken away, or not, as it says."""

    def __init__(self, *troubles: Undelivered) -> None:
        super().__init__()
        self.troubles, self.gone = list(troubles), list[str | None]()

    async def retract(self, heard: Heard) -> None:
        """Take it away, or run into trouble."""
        if self.troubles:
            raise self.troubles.pop(0)
        self.gone.append(heard.message_id)


def holds(folder: Path, text: str) -> bool:
    """Say whether any file of a home holds a text, as it stands or as JSON writes it."""
    held = bytes_in(folder)
    return any(form.encode() in held for form in (text, json.dumps(text)[1:-1]))


async def test_a_report_is_heard_whole_and_kept_with_marks(clinic: Clinic) -> None:
    """The response begins as ever; neither entry nor message holds the name, and the sender is told in a line."""
    shown = await clinic.says("reception", REPORT)

    assert clinic.run().text == REPORT.replace(NAME, "〔患者名〕")
    assert "伏せて記録しました" in shown
    assert "患者名" in shown
    assert "どれに近いですか" in shown
    assert not holds(clinic.home.path, NAME)
    assert NAME not in "".join(text for _, text in clinic.seen)


async def test_it_is_read_no_worse(clinic: Clinic) -> None:
    """What a text is taken for doesn't hang on the marks: with a name in it the same is near as without."""
    await clinic.says("reception", REPORT)
    plain = clinic.stage.lamp.inbound.triage(REPORT)

    assert clinic.run().near == plain.near
    assert clinic.run().candidates == plain.playbooks


async def test_danger_is_answered_at_once(clinic: Clinic) -> None:
    """Whom to call comes before all, and the colleagues are rung; the name stands nowhere."""
    shown = await clinic.says("nurse", f"患者の{NAME}さんが待合室で倒れて息をしていません")

    assert "119" in shown.split("伏せて")[0]
    await clinic.passes(2)
    assert NAME not in "".join(text for _, text in clinic.seen)
    assert not holds(clinic.home.path, NAME)


async def test_a_note_is_kept_whole_if_its_writer_says_so(clinic: Clinic) -> None:
    """A tap within ten minutes puts it right, once; the marked entry stays as it was."""
    await clinic.incident()
    await clinic.says("nurse", f"患者の{NAME}さんに説明しました")
    [note] = [e for e in clinic.entries("note_taken") if "〔患者名〕" in e.body]
    assert not holds(clinic.home.path, NAME)

    assert "訂正を記録しました" in await clinic.says("nurse", "[そのまま記録]")

    assert clinic.run().corrections[note.turn][0] == f"患者の{NAME}さんに説明しました"
    assert "〔患者名〕" in next(e.body for e in clinic.entries("note_taken") if e.turn == note.turn)
    [turn] = clinic.engine.house.masked
    await clinic.does("nurse", button=f"menu|whole|{turn}")
    assert len(clinic.entries("corrected")) == 1


async def test_only_its_writer_and_only_for_ten_minutes(clinic: Clinic) -> None:
    """Nobody else may, and later it is gone: the tap says so, and the masked entry stands."""
    await clinic.incident()
    await clinic.says("nurse", f"患者の{NAME}さんに説明しました")
    [turn] = clinic.engine.house.masked

    await clinic.does("director", button=f"menu|whole|{turn}")
    assert not holds(clinic.home.path, NAME)

    await clinic.passes(11)
    await clinic.does("nurse", button=f"menu|whole|{turn}")
    assert not holds(clinic.home.path, NAME)
    assert clinic.entries("mask_lifted") == []
    assert turn not in clinic.stage.lamp.inbound.masking.withheld


def in_caches(text: str) -> list[str]:
    """Name the caches of this process, whatever they are of, that hold a text anywhere within."""
    gc.unfreeze()
    caches = [one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper)]
    gc.freeze()
    assert len(caches) > 20
    return [repr(cache) for cache in caches if _reaches(cache, text)]


def _reaches(cache: object, text: str) -> bool:
    seen, waits = {id(cache)}, gc.get_referents(cache)
    while waits:
        one = waits.pop()
        if isinstance(one, str) and text in one:
            return True
        if isinstance(one, (tuple, list, dict)) and id(one) not in seen:
            seen.add(id(one))
            waits += gc.get_referents(one)
    return False


async def test_no_ear_remembers_it(clinic: Clinic) -> None:
    """A text that was masked is in no cache of the process once the act is done; what is kept may be."""
    await clinic.incident()
    await clinic.says("nurse", "受付の裏の電話線を抜きました")
    assert in_caches("受付の裏の電話線を抜きました")

    await clinic.says("nurse", "患者の青木玲奈さんに電話線のことを説明しました")

    assert "青木" not in clinic.read("nurse")
    assert in_caches("青木玲奈") == []


async def test_nor_what_was_blacked_out(clinic: Clinic) -> None:
    """It is forgotten at once, by this process as by another that reads of it."""
    await clinic.incident()
    await clinic.says("nurse", "受付の裏の電話線を抜きました")
    await clinic.does("director", button=f"menu|blackout|{clinic.run().id}|{max(clinic.run().notes)}|now")

    assert in_caches("受付の裏の電話線を抜きました") == []


async def test_time_alone_lets_it_be_forgotten(clinic: Clinic) -> None:
    """After ten minutes it is gone, whether anybody writes or not."""
    await clinic.incident()
    await clinic.says("nurse", f"患者の{NAME}さんに説明しました")
    [turn] = clinic.engine.house.masked
    withheld = clinic.stage.lamp.inbound.masking.withheld
    assert turn in withheld

    await clinic.passes(11)

    assert turn not in withheld


async def test_what_waits_for_an_answer_is_asked_whole(clinic: Clinic) -> None:
    """A text of which it isn't known where it belongs is asked about again, as it was written."""
    await clinic.says("nurse", f"{NAME}様の予約のことで相談があります")
    assert "〔患者名〕" in clinic.entries("asked")[-1].body

    await clinic.says("nurse", "[そのまま記録]")

    assert NAME in clinic.entries("asked")[-1].body


async def test_what_only_messages_hold_is_masked_with_a_word(clinic: Clinic) -> None:
    """Where no entry keeps a text, and what is shown of it is masked, its writer reads so, too."""
    shown = await clinic.says("nurse", f"/contacts 患者の{NAME}さん")

    assert NAME not in shown
    assert "伏せて扱いました" in shown


async def test_a_patient_with_a_colleague_s_family_name(clinic: Clinic) -> None:
    """「患者の」 makes it a patient; the colleague alone is named as ever."""
    await clinic.incident()
    await clinic.says("reception", "患者の鈴木さんは大丈夫でした")
    await clinic.says("reception", "鈴木さんに電話しました")

    assert [note.text for note in clinic.run().notes.values()] == [
        "患者の〔患者名〕さんは大丈夫でした",
        "鈴木さんに電話しました",
    ]


async def test_a_note_in_the_registry(clinic: Clinic) -> None:
    """What somebody notes of a firm is covered as well; its name and its number are what a registry is for."""
    vendor = Contact(id="v", kind="vendor", services=("ehr",), name="カルテ社", number="03-1234-5678")
    noted = vendor.model_copy(update={"note": f"患者の{NAME}さんの件で電話した"}).model_dump_json()
    heard = clinic.act("director", text=f"患者の{NAME}さんの件で電話した")
    attempt = clinic.stage.lamp.inbound._attempt(heard, clinic.clock.now())
    row = PutRegistry(FACILITY, (RegistryRow("contact", "v", noted),))
    clinic.engine.do(replace(attempt, deed=lambda: Deed(row, by=clinic.id("director"))))
    await clinic.stage.settle()

    found = clinic.engine.roster().contact("v")
    assert found is not None
    assert (found.note, found.number) == ("患者の〔患者名〕さんの件で電話した", "03-1234-5678")
    assert "伏せて扱いました" in clinic.read("director")
    assert not holds(clinic.home.path, NAME)


async def test_what_stands_in_no_run_is_kept_by_itself(clinic: Clinic) -> None:
    """Words that told of a danger are kept whole in an entry of their own."""
    text = f"患者の{NAME}さんが待合室で倒れて息をしていません"
    await clinic.says("nurse", text)
    assert "〔患者名〕" in clinic.entries("danger_seen")[-1].body

    assert "そのまま記録しました" in await clinic.says("nurse", "[そのまま記録]")
    assert text in clinic.entries("mask_lifted")[-1].body


async def test_after_a_restart_the_marks_stand(clinic: Clinic) -> None:
    """What was written is nowhere any more; its writer is told, once, and the button says the same."""
    await clinic.incident()
    await clinic.says("nurse", f"患者の{NAME}さんに説明しました")
    [turn] = clinic.engine.house.masked
    post = Post()
    lamp = light(clinic.home, clinic.clock, post)

    lamp._tell_of_lost()
    lamp._tell_of_lost()
    await lamp.outbox.flush()

    told = "".join(post.to(f"terminal:{clinic.id('nurse')}"))
    assert told.count("再起動") == 1
    await lamp.hear(clinic.act("nurse", button=f"menu|whole|{turn}"))
    assert not holds(clinic.home.path, NAME)
    assert len(clinic.entries("mask_stands")) == 1


async def test_killed_before_it_was_told(clinic: Clinic) -> None:
    """The process dies between hearing and telling: the next offers no button that can do nothing, and says that the marks stand."""
    await clinic.incident()
    await clinic.stage.lamp.hear(clinic.act("nurse", text=f"患者の{NAME}さんに説明しました"))
    post = Post()
    lamp = light(clinic.home, clinic.clock, post)

    lamp._tell_of_lost()
    await lamp.outbox.flush()

    told = "\n".join(post.to(f"terminal:{clinic.id('nurse')}"))
    assert "伏せて記録しました" in told
    assert "伏せたまま残ります" in told
    assert "再起動" in told
    assert "そのまま記録" not in told
    assert not any("whole" in one.data for message in post.sent for row in message.rows for one in row)


async def test_told_too_late(clinic: Clinic) -> None:
    """What is told after ten minutes offers nothing either."""
    await clinic.incident()
    await clinic.stage.lamp.hear(clinic.act("nurse", text=f"患者の{NAME}さんに説明しました"))
    clinic.clock.advance(minutes=11)
    await clinic.stage.lamp.outbox.flush()

    assert "そのまま記録" not in clinic.read("nurse")
    assert "伏せたまま残ります" in clinic.read("nurse")


@pytest.mark.parametrize(
    ("troubles", "gone", "told"),
    [
        ([], ["88"], "チャットから消します"),
        ([Undelivered("network", "away", retry_after=0.0)], ["88"], "チャットから消します"),
        ([Undelivered("refused", "message can't be deleted")], [], "消せませんでした"),
    ],
)
async def test_the_message_leaves_the_chat(
    clinic: Clinic, troubles: list[Undelivered], gone: list[str], told: str
) -> None:
    """Where the channel can take it away it is; where that fails, its writer is told to do it."""
    chat = Chat(*troubles)
    lamp = light(clinic.home, clinic.clock, chat)
    await lamp.hear(clinic.act("nurse", text=f"{NAME}様の予約の件、患者さんに電話", message_id="88"))
    while lamp._aside:
        await next(iter(lamp._aside))
    await lamp.outbox.flush()

    assert chat.gone == gone
    assert told in "".join(chat.to(f"terminal:{clinic.id('nurse')}"))


async def test_a_photo_stays_in_the_chat(clinic: Clinic) -> None:
    """Its bytes are still to be fetched; its words are masked, and its sender is told that it is there."""
    await clinic.incident()
    chat = Chat()
    lamp = light(clinic.home, clinic.clock, chat)
    photo = Attachment("photo", "file-1")
    await lamp.hear(clinic.act("nurse", text=f"患者の{NAME}さんの画面", attachment=photo, message_id="89"))
    await lamp.outbox.flush()

    assert chat.gone == []
    assert "残っています" in "".join(chat.to(f"terminal:{clinic.id('nurse')}"))
    assert "〔患者名〕" in clinic.entries("evidence_received")[-1].body


async def test_what_stands_beside_a_photo_is_kept_whole_as_a_note(clinic: Clinic) -> None:
    """[そのまま記録] puts it into the run, where the photo is."""
    await clinic.incident()
    photo = Attachment("photo", "file-1")
    shown = await clinic.does("nurse", text=f"患者の{NAME}さんの画面", attachment=photo)
    assert "そのまま記録" in shown
    await clinic.says("nurse", "[そのまま記録]")

    assert [note.text for note in clinic.run().notes.values()] == [f"患者の{NAME}さんの画面"]


async def test_an_edit_is_masked_as_well(clinic: Clinic) -> None:
    """What somebody adds by changing their message is covered, and may be kept whole."""
    await clinic.incident()
    await clinic.does("nurse", text="説明しました", cause="test:m", message_id="90")
    await clinic.does("nurse", text=f"患者の{NAME}さんに説明しました", cause="test:m.e1", edited="90", message_id="90")
    assert not holds(clinic.home.path, NAME)

    await clinic.says("nurse", "[そのまま記録]")

    assert f"患者の{NAME}さんに説明しました" in [text for text, _ in clinic.run().corrections.values()]


async def test_in_a_drill_the_same(clinic: Clinic) -> None:
    """People write in drills as they do in earnest."""
    await clinic.drill()
    await clinic.says("nurse", f"患者の{NAME}さんに説明しました")

    assert not holds(clinic.home.path, NAME)
    assert clinic.entries("text_masked")


async def test_where_our_own_code_fails(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither what is kept of the act, nor its trace, nor the log holds it."""

    def breaks(inbound: Inbound, *heard: object) -> object:
        raise ZeroDivisionError(str(heard))

    monkeypatch.setattr(Inbound, "take", breaks)
    with capture_logs() as logs:
        await clinic.does("nurse", text=f"患者の{NAME}さん 090-1234-5678 マイナンバー 123456789018")

    assert logs
    for secret in (NAME, "090-1234-5678", "123456789018"):
        assert secret not in str(logs)
        assert not holds(clinic.home.path, secret)
    assert "〔患者名〕" in clinic.home.journal.unhandled.all()[0].raw


async def test_a_guard_that_fails_keeps_nobody_unheard(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake in it is logged; what was written is acted on and kept."""
    monkeypatch.setattr("bot.privacy.guard.Guard.found", lambda *_: 1 // 0)
    with capture_logs() as logs:
        shown = await clinic.says("nurse", "患者さんが倒れて息をしていません")

    assert "119" in shown
    assert any(log["event"] == "guard.bug" for log in logs)


async def test_what_a_desk_asks_for_is_no_patient_s(clinic: Clinic) -> None:
    """A number that is to be entered is entered; a moment later the same number is somebody's."""
    clinic.orders(entering(Contact(id="v", kind="vendor", services=("ehr",), name="カルテ社", number="03-1234-5678")))
    await clinic.does("director", button="menu|new_number|v|0")
    await clinic.says("director", "03-9876-5432")

    assert clinic.engine.roster().contact("v").number == "03-9876-5432"  # type: ignore[union-attr]
    assert clinic.entries("text_masked") == []

    await clinic.says("director", "045-987-6543")
    assert "〔電話番号〕" in clinic.entries("asked")[-1].body


def practice() -> Iterator[str]:
    """Give the sentences in which something is."""
    for line in PRACTICE.read_text(encoding="utf-8").splitlines()[1:]:
        text, _, kinds = line.partition("\t")
        if kinds:
            yield text


async def test_what_is_covered_stays_covered(clinic: Clinic) -> None:
    """Covering twice changes nothing, and nothing of what was found is left."""
    masking = clinic.stage.lamp.inbound.masking
    for text in practice():
        cover = masking.cover(clinic.act("nurse", text=text))
        if cover is not None:
            assert cover(cover(text)) == cover(text), text
            assert cover(f"「{text}」と言われた") == f"「{cover(text)}」と言われた", text


async def test_the_message_is_short(clinic: Clinic) -> None:
    """One screen, whatever was found."""
    clinic.owes(Owed(clinic.id("nurse"), MaskedTold(1, KINDS, "goes"), FACILITY))
    await clinic.stage.settle()

    assert len(clinic.of("nurse")[-1]) < 220


async def test_what_cannot_be_understood_is_kept_with_marks(clinic: Clinic) -> None:
    """An update that says nothing that we know is kept in JSON, however deep a text stands in it."""
    raw = json.dumps({"update_id": 1, "strange": [{"text": f"患者の{NAME}さん マイナンバー 123456789018"}]})
    kept = clinic.stage.lamp.inbound.masking.odd(raw)

    assert json.loads(kept)["update_id"] == 1
    assert "〔患者名〕" in kept
    assert NAME not in kept
    assert "123456789018" not in kept
    assert NAME not in clinic.stage.lamp.inbound.masking.odd(f"no JSON: 患者の{NAME}さん")


async def test_a_password_is_quoted_to_nobody_and_its_writer_reads_that_it_must_be_changed(clinic: Clinic) -> None:
    """It is masked for those who are called, and can't be kept whole."""
    shown = await clinic.says("nurse", "スマホ落とした。暗証番号はゼロ4つ")
    await clinic.passes(5)

    assert "変えてください" in shown
    assert "そのまま" not in shown
    assert "スマホ落とした" in clinic.read("director")
    assert all("ゼロ4つ" not in clinic.read(who) for who in ("director", "deputy", "reception"))
    assert all("ゼロ4つ" not in entry.body for entry in clinic.home.journal.entries())
