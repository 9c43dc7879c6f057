"""What people do becomes a command: whose it is, what it belongs to, and a polite answer when it may not be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.channel import Attachment
from flows.commands.people import CallOff, Close, Decide, Report, Waive
from flows.response.notes import LONGEST_TEXT
from tests.clinic import Clinic

PHOTO = Attachment("photo", "nowhere.png", "nowhere.png", 10)


async def two_runs(clinic: Clinic) -> tuple[str, str]:
    """Open two incidents; reception has no step of either that takes a text."""
    first = await clinic.incident()
    second = clinic.orders(Report("", "停電", playbook="unknown"), "nurse").run
    await clinic.stage.settle()
    return first.id, second


async def test_plain_words_open_an_incident(clinic: Clinic) -> None:
    """One question with the likeliest first; the answer begins the response, and the reporter gets an action at once."""
    shown = await clinic.says("reception", "電子カルテが動かない、画面に英語が出てる")
    assert "どれに近いですか" in shown
    assert shown.count("[") == len(set(clinic.run().candidates) - {"unknown"}) + 2

    shown = await clinic.says("reception", "1")
    assert "返事を待たず" in shown
    assert "🚫 禁止: " in shown
    assert clinic.run().playbook is not None


async def test_words_that_tell_of_nothing_are_asked_about(clinic: Clinic) -> None:
    """Nobody is alarmed by mistake: the bot asks, 「いいえ」 drops it, 「はい」 reports the words as they were."""
    shown = await clinic.says("nurse", "来週の会議の件です")
    assert "いま何か起きていますか" in shown
    assert clinic.engine.runs() == []

    assert "わかりました" in await clinic.says("nurse", "いいえ")
    assert clinic.engine.runs() == []

    await clinic.says("nurse", "明日は休みます")
    await clinic.says("nurse", "はい、いま")
    assert (clinic.run().text, clinic.run().reporter) == ("明日は休みます", clinic.id("nurse"))


async def test_a_photo_without_a_run_is_a_report(clinic: Clinic) -> None:
    """Somebody who sends a picture of a screen reports; the picture is the run's first evidence."""
    shown = await clinic.does("nurse", attachment=PHOTO, text="この画面が出ました")

    assert "どれに近いですか" in shown
    assert "受け取りました" in shown
    assert [e.by for e in clinic.run().evidence.values()] == [clinic.id("nurse")]
    assert clinic.run().text == "この画面が出ました"


async def test_the_same_photo_again_changes_nothing(clinic: Clinic) -> None:
    """Telegram may bring an update twice: one run, one piece of evidence."""
    await clinic.does("nurse", attachment=PHOTO, cause="telegram:1:5.1")
    head = clinic.home.journal.head().seq
    await clinic.does("nurse", attachment=PHOTO, cause="telegram:1:5.1")

    assert (len(clinic.engine.runs()), len(clinic.run().evidence)) == (1, 1)
    assert clinic.home.journal.head().seq == head


async def test_a_second_reporter_is_asked(clinic: Clinic) -> None:
    """「同じ件」 adds the words to the open run and tells whoever decides."""
    run = await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    shown = await clinic.says("nurse", "電子カルテが開けません、英語の画面です")
    assert "同じ件ですか" in shown
    assert "[1 同じ件]  [2 別の件]" in shown

    clinic.seen.clear()
    assert "同じ件として加えました" in await clinic.says("nurse", "同じ件")
    assert "鈴木さん（看護師）からも報告がありました" in clinic.read("director")
    assert [n.text for n in clinic.run(run.id).notes.values()] == ["電子カルテが開けません、英語の画面です"]
    assert len(clinic.engine.runs()) == 1


@pytest.mark.parametrize("more", ["1台だけです", "受付のパソコンです", "さわってない", "only the reception pc"])
async def test_more_of_a_report_asks_the_question_again(clinic: Clinic, more: str) -> None:
    """Whoever tells more before they chose reads what waits for them, never just that it was recorded; nobody is alarmed by it."""
    await clinic.says("reception", "変な画面が出てる")
    shown = await clinic.says("reception", more)

    assert shown.startswith("加えました。どれに近いですか？")
    assert "画面に脅し文" in shown
    assert clinic.of("director") == []
    assert [n.text for n in clinic.run().notes.values()] == [more]


async def test_what_is_plain_by_now_opens_the_report(clinic: Clinic) -> None:
    """What would have begun as the first words begins as the second, too."""
    await clinic.says("reception", "変な画面が出てる")
    shown = await clinic.says("reception", "英語で Your files are encrypted って")

    assert "として始めます" in shown
    assert "どれに近いですか" not in shown
    opened = clinic.run().playbook
    assert opened is not None
    assert opened.playbook == "ransomware"


async def test_before_anything_is_open_patients_are_spoken_to(clinic: Clinic) -> None:
    """Whoever asks what to do or to say reads which tap comes first, and what patients may be told meanwhile."""
    await clinic.says("reception", "変な画面が出てる")
    for asked in ("どうしたらいいの", "患者さんに何て言えばいい？"):
        shown = await clinic.says("reception", asked)
        assert "どれに近いか、押してください" in shown
        assert "患者さんには\n「ただいま確認している" in shown
        assert "画面に脅し文" in shown
    shown = await clinic.says("nurse", "患者さんに何て言えばいい？")
    assert "佐藤さん（受付）から報告がありました" in shown
    assert "患者さんには\n「ただいま確認している" in shown


@pytest.mark.parametrize("asked", ["何があったの？", "いまの状況を教えて", "what happened?"])
async def test_who_asks_what_happened_reads_the_report(clinic: Clinic, asked: str) -> None:
    """Before it is opened too: nobody else is asked what they can't know."""
    await clinic.says("reception", "変な画面が出てる")
    shown = await clinic.says("director", asked)

    assert "「変な画面が出てる」" in shown
    assert "佐藤さん（受付）からの報告に" in shown
    assert clinic.of("deputy") == []


@pytest.mark.parametrize("who", ["患者の山田花子さんが待ってる", "利用者の岡さんが怒ってる", "患者さんが待ってる"])
async def test_a_patient_by_name_makes_no_matter_of_the_circle(clinic: Clinic, who: str) -> None:
    """A strange screen is one, whoever waits before it."""
    shown = await clinic.says("reception", f"変な画面が出てる、{who}")

    assert "電源は切らない" in shown
    assert "本人に聞かない" not in shown
    assert "職員の持ち出し" not in shown


async def test_another_thing_becomes_a_run_of_its_own(clinic: Clinic) -> None:
    """「別の件」 opens a second incident with the words as they were written; tapping again opens no third."""
    await clinic.incident()
    await clinic.says("nurse", "電子カルテが開けません、英語の画面です")
    await clinic.says("nurse", "別の件")

    assert [r.text for r in clinic.engine.runs()][1:] == ["電子カルテが開けません、英語の画面です"]
    assert clinic.run().reporter == clinic.id("nurse")
    asked = next(iter(clinic.engine.house.asked))
    await clinic.does("nurse", button=f"menu|pick|{asked}|new")
    assert len(clinic.engine.runs()) == 2


async def test_with_two_runs_it_asks_which(clinic: Clinic) -> None:
    """A text and a photo that could belong to either are held until their writer says; then they are filed once."""
    first, second = await two_runs(clinic)
    shown = await clinic.says("deputy", "ベンダーの電話番号がわかりました")
    assert "どの件についてですか" in shown
    assert not clinic.run(first).notes
    await clinic.says("deputy", "1")
    assert [n.text for n in clinic.run(first).notes.values()] == ["ベンダーの電話番号がわかりました"]

    await clinic.does("deputy", attachment=PHOTO)
    await clinic.says("deputy", "2")
    assert len(clinic.run(second).evidence) == 1
    assert not clinic.run(first).evidence


async def test_a_reply_belongs_to_what_it_answers(clinic: Clinic) -> None:
    """Replying to a message of a run settles the question without asking."""
    first, second = await two_runs(clinic)
    for run in (first, second):
        alarm = clinic.book.last_delivered("terminal:m2", f"alarm:{run}")
        assert alarm is not None
        await clinic.does("deputy", text=f"{run} について", replied_to=alarm.message_id)

    assert [n.text for n in clinic.run(first).notes.values()] == [f"{first} について"]
    assert [n.text for n in clinic.run(second).notes.values()] == [f"{second} について"]


async def test_a_later_fact_goes_to_a_run_that_has_ended(clinic: Clinic) -> None:
    """Replying to its last message is enough."""
    await clinic.says("reception", "電子カルテが動かない、画面に英語が出てる")
    run = clinic.run()
    clinic.orders(CallOff(run.id, "まちがい"), "reception")
    await clinic.stage.settle()
    last = [d for d in clinic.book.of_run(run.id) if d.owed.name == "run_false_alarm" and d.owed.to == "terminal:m3"]
    await clinic.does("reception", text="やはり関係ありませんでした", replied_to=last[0].message_id)

    assert [n.text for n in clinic.run(run.id).notes.values()] == ["やはり関係ありませんでした"]


async def test_an_edited_message_is_a_correction(clinic: Clinic) -> None:
    """The old words stay, the new ones point at them; editing twice corrects twice."""
    run = await clinic.incident()
    await clinic.does("nurse", text="ベンダーに電話した", cause="telegram:1:4.50")
    note = next(iter(clinic.run(run.id).notes.values()))
    shown = await clinic.does("nurse", text="ベンダーに電話できなかった", cause="telegram:1:4.50.e100", edited="50")

    assert "訂正を記録しました" in shown
    assert clinic.run(run.id).notes[note.turn].text == "ベンダーに電話した"
    assert clinic.run(run.id).corrections[note.turn][0] == "ベンダーに電話できなかった"
    await clinic.does("nurse", text="三度目", cause="telegram:1:4.50.e200", edited="50")
    assert clinic.run(run.id).corrections[note.turn][0] == "三度目"


@pytest.mark.parametrize("kind", ["decision", "review"])
async def test_an_edited_reason_and_an_edited_review_are_corrections_too(clinic: Clinic, kind: str) -> None:
    """Whatever somebody wrote into the record can be put right by editing it."""
    run = await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    if kind == "decision":
        clinic.orders(Decide(run.id, "publish"), "director")
    else:
        clinic.orders(Waive(run.id, "試験"), "director")
        clinic.orders(Close(run.id), "director")
    await clinic.does("director", text="書きまちがい", cause="telegram:1:9.1")
    await clinic.does("director", text="正しい文", cause="telegram:1:9.1.e5", edited="1")

    assert [text for text, _ in clinic.run(run.id).corrections.values()] == ["正しい文"]


async def test_editing_what_was_never_recorded_is_answered(clinic: Clinic) -> None:
    """An edit that corrects nothing writes nothing, and whoever made it is asked to send it anew: it may be what matters."""
    head = clinic.home.journal.head().seq
    shown = await clinic.does("nurse", text="/help me", cause="telegram:1:4.51.e100", edited="51")

    assert "もう一度送ってください" in shown
    assert clinic.home.journal.head().seq == head


async def test_a_report_that_waited_counts_from_when_it_was_written(clinic: Clinic) -> None:
    """The bot was away for a day: the days of the law run from the message, people are waited for from now."""
    now = clinic.clock.now()
    wrote = now - timedelta(hours=26)
    await clinic.does("reception", text="電子カルテが動かない、画面に英語が出てる", at=wrote)

    assert (clinic.run().known_at, clinic.run().reported_at) == (wrote, now)


@pytest.mark.parametrize(("what", "word"), [("sticker", "スタンプ"), ("location", "位置情報"), ("dice", "これ")])
async def test_what_can_not_be_kept_says_so(clinic: Clinic, what: str, word: str) -> None:
    """Stickers and places are answered in one sentence, and the journal doesn't grow."""
    head = clinic.home.journal.head().seq
    shown = await clinic.does("nurse", attachment=Attachment("other", "x", what=what))

    assert shown == f"{word}は記録できません。文字か写真で送ってください。"
    assert clinic.home.journal.head().seq == head


async def test_a_voice_outside_an_incident_asks_for_words(clinic: Clinic) -> None:
    """One line, whichever channel it came by; what stood beside it in writing is heard."""
    shown = await clinic.does("nurse", attachment=Attachment("voice", "x"))
    assert shown == "🎙️ 声は聞き取れません。一言、文字で送ってください。人が危ないときは、携帯から119。"
    assert clinic.engine.live_runs() == []

    shown = await clinic.does("nurse", attachment=Attachment("voice", "x", what="voice"), text="電子カルテが動きません")
    assert "①さわらない" in shown
    assert len(clinic.engine.live_runs()) == 1


async def test_a_text_that_is_too_long_is_not_cut(clinic: Clinic) -> None:
    """5,000 characters are refused with both numbers; nothing of them is kept, and the whole limit fits."""
    run = await clinic.incident()
    shown = await clinic.says("nurse", "あ" * 5000)
    assert "5000文字" in shown
    assert f"{LONGEST_TEXT}文字まで" in shown
    assert not clinic.run(run.id).notes

    await clinic.says("nurse", "あ" * LONGEST_TEXT)
    assert len(clinic.run(run.id).notes) == 1


@pytest.mark.parametrize(
    "button", ["", "xyz|1", "menu|", "menu|pick|seven|same", "menu|file|x|y", "menu|suspend", "menu|run|none"]
)
async def test_a_button_that_nobody_made(clinic: Clinic, button: str) -> None:
    """Forged or forgotten data is stale: it is answered, changes nothing, and is no mistake of ours."""
    head = clinic.home.journal.head().seq
    await clinic.does("nurse", button=button)

    assert clinic.home.journal.head().seq == head
    assert clinic.home.journal.unhandled.all() == []


async def test_a_stale_tap_says_who_did_it(clinic: Clinic) -> None:
    """Two people tap at once: the first counts, the second reads by whom and when it was done."""
    run = await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    await clinic.says("deputy", "院内にいます")
    shown = clinic.run(run.id).open_step_of(clinic.id("deputy"))
    assert shown is not None
    button = f"ans|{run.id}|{shown.turn}|done"
    await clinic.does("deputy", button=button)
    again = await clinic.does("director", button=button)

    assert again == "(この手順は 田中さん（代行者）が 08:50 に済ませています。ありがとうございます。)"


async def test_the_same_tap_twice_is_harmless(clinic: Clinic) -> None:
    """A redelivered tap is answered and changes nothing."""
    run = await clinic.incident()
    await clinic.does("nurse", button=f"ack|{run.id}", cause="telegram:1:tap")
    head = clinic.home.journal.head().seq
    shown = await clinic.does("nurse", button=f"ack|{run.id}", cause="telegram:1:tap")

    assert shown == "(もう記録してあります)"
    assert clinic.home.journal.head().seq == head


async def test_photo_where_words_are_due(clinic: Clinic) -> None:
    """The photo is kept as evidence, and the person is told that words are wanted here."""
    run = await clinic.incident()
    await clinic.says("director", "対応の責任者になる")
    clinic.orders(Decide(run.id, "publish"), "director")
    await clinic.stage.settle()
    shown = await clinic.does("director", attachment=PHOTO)

    assert "ここは文字で送ってください" in shown
    assert len(clinic.run(run.id).evidence) == 1
    assert clinic.id("director") in clinic.run(run.id).asking


async def test_words_where_a_photo_is_due_become_a_note(clinic: Clinic) -> None:
    """They are kept, and the line goes on waiting for its photo."""
    run = await clinic.incident()
    shown = clinic.run(run.id).open_step_of(clinic.id("reception"))
    assert shown is not None
    await clinic.says("reception", "📷 ①")
    assert clinic.run(run.id).at_hand(clinic.run(run.id).shown[shown.turn]).takes == "photo"
    await clinic.says("reception", "赤い画面です")

    assert (shown.track, f"{shown.step}/photograph") not in clinic.run(run.id).answered
    assert [n.text for n in clinic.run(run.id).notes.values()] == ["赤い画面です"]


async def test_what_people_type_never_becomes_markup(clinic: Clinic) -> None:
    """Angle brackets and ampersands reach everybody's screen as they were typed."""
    evil = "<b>太字</b> & <a href='x'>押して</a> {{ 7 * 7 }} {% raw %}"
    await clinic.says("reception", f"画面に英語が出て電子カルテが動かない {evil}")
    await clinic.says("reception", "1")
    sent = clinic.book.last_delivered("terminal:m1", f"alarm:{clinic.run().id}")
    assert sent is not None
    html = clinic.stage.lamp.renderer.render(sent.owed, clinic.id("director"), clinic.clock.now()).text

    assert "&lt;b&gt;太字&lt;/b&gt; &amp; " in html
    assert "<a" not in html
    assert evil in clinic.read("director")


async def test_whoever_writes_again_is_reachable_again(clinic: Clinic) -> None:
    """Blocking and coming back are both recorded, once each."""
    for _ in range(2):
        await clinic.does("nurse", left=True)
    await clinic.says("nurse", "/help")
    await clinic.says("nurse", "/help")

    told = [e.kind for e in clinic.entries() if e.kind != "registry_proved"]
    assert told[-2:] == ["member_unreachable", "member_reachable"]


async def test_nothing_is_said_in_a_group(clinic: Clinic) -> None:
    """The bot says once that it speaks to one person at a time, and the talk leaves no trace."""
    head = clinic.home.journal.head().seq
    for text in ("電子カルテが動かない", "どうする?"):
        await clinic.does("-100", place="group", text=text, address="terminal:-100")

    assert clinic.of("-100") == ["この案内は、1対1のチャットでお使いください。"]
    assert clinic.home.journal.head().seq == head


async def test_empty_words_are_nothing(clinic: Clinic) -> None:
    """A message of spaces asks and records nothing."""
    assert await clinic.does("nurse", text="   ") == ""
    assert clinic.engine.house.asked == {}


async def test_what_is_small_is_told_more_of(clinic: Clinic) -> None:
    """One card couldn't be read, and now it prints by itself: that isn't a note, everybody is rung."""
    await clinic.says("reception", "マイナンバーカードが1枚読めません")
    await clinic.says("reception", "保険の確認・電子処方箋が使えない")
    assert clinic.run().grade == "quiet"

    await clinic.says("reception", "カードリーダーが勝手に印刷されてます")

    assert clinic.run().grade == "urgent"
    assert "🚨" in clinic.of("nurse")[-1]


async def test_what_is_small_and_goes_on_is_told_to_those_who_decide(clinic: Clinic) -> None:
    """Nothing odd, but more of the same."""
    await clinic.says("reception", "マイナンバーカードが1枚読めません")
    await clinic.says("reception", "保険の確認・電子処方箋が使えない")

    await clinic.says("reception", "次の方のマイナンバーカードも読めません")

    assert clinic.run().grade == "firm"
    assert "🔔" in clinic.of("director")[-1]


@pytest.mark.parametrize(
    "text",
    [
        "おはようございます",
        "お疲れさまです。",
        "ありがとうございました！",
        "よろしくお願いします",
        "Good morning",
        "thank you",
    ],
)
async def test_a_greeting_asks_nothing(clinic: Clinic, text: str) -> None:
    """Nobody is asked whether something is going on because they said good morning."""
    shown = await clinic.says("nurse", text)

    assert "いつでも、見たままを送ってください" in shown
    assert "いま何か起きていますか" not in shown


@pytest.mark.parametrize(
    "text", ["おはようございます、プリンターが変です", "ありがとう、でもまだ変です", "了解しましたが電話が切れません"]
)
async def test_more_than_a_greeting_is_heard(clinic: Clinic, text: str) -> None:
    """Politeness in front of trouble hides none of it."""
    assert "いつでも、見たままを送ってください" not in await clinic.says("nurse", text)


async def test_a_ransom_note_in_the_second_message_opens_the_attack(clinic: Clinic) -> None:
    """What was first an outage is called by what it is."""
    await clinic.says("reception", "電カルが動きません")
    await clinic.says("reception", "英語で身代金みたいなこと書いてあります")

    assert (book := clinic.run().playbook) is not None
    assert book.playbook == "ransomware"


async def test_what_may_be_a_ransom_note_is_asked_anew(clinic: Clinic) -> None:
    """The first question didn't offer it."""
    await clinic.says("reception", "電カルが動きません")
    shown = await clinic.says("reception", "お金払えって書いてあります ビットコイン")

    assert "画面に脅し文" in shown
    assert clinic.run().state == "reported"
