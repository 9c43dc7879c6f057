"""Looking through what people wrote in the chat, before any of it goes to others."""

from __future__ import annotations

from bot.documents.forms.forms import form_of
from bot.documents.source import Source
from bot.screens.buttons import data_of
from bot.screens.requests.reports import KeepPage, KeepText, LookThrough, ShowPapers, TakePaper, WithholdText
from bot.words.free_texts import free_texts, page_of
from flows.commands.papers import LookAtTexts
from flows.commands.people import SettleCircle
from flows.events.telling import NoteTaken
from flows.record import codec
from flows.record.journal import Draft
from tests.clinic import Clinic


def notes(clinic: Clinic, *texts: str) -> None:
    """Let the nurse write notes, all at once."""
    now = clinic.clock.now()
    with clinic.home.journal.writing() as writing:
        drafts = [Draft("incident-1", *codec.encode(NoteTaken(text)), clinic.id("nurse"), now) for text in texts]
        writing.append(drafts, cause=f"test:{texts[0]}", recorded_at=now)
    clinic.engine.refresh()


def left(clinic: Clinic) -> list[str]:
    """Give the words that nobody has looked at yet."""
    looked = clinic.run().looked_at
    return [t.text for t in free_texts(clinic.entries(run="incident-1")) if t.turn not in looked]


async def test_a_page_and_a_tap(clinic: Clinic) -> None:
    """What stands out is bold and kept by itself; all else goes by one tap; withheld it says why; then nothing is left."""
    await clinic.incident()
    notes(clinic, "画面に赤い文字", "山田花子さんに電話した", "端末を2台止めた")
    shown = await clinic.does("director", button=data_of(ShowPapers("incident-1")))
    assert "渡す前の確認（4件）" in shown
    page = await clinic.says("director", "渡す前の確認（4件）")

    assert "「〔山田花子さん〕に電話した」" in page
    await clinic.says("director", "[〔 〕のない3件はこのまま]")
    assert left(clinic) == ["山田花子さんに電話した"]
    assert "どうして伏せますか" in await clinic.says("director", "[Aを伏せる]")
    assert "もうありません" in await clinic.says("director", "[人や施設の名前がある]")
    assert left(clinic) == []
    form = form_of("police_memo", Source.of(clinic.engine, "incident-1", "ja"))
    said = "\n".join(field.text for section in form.sections for field in section.fields)
    assert "画面に赤い文字" in said
    assert "山田" not in said
    assert "［伏せています］" in said


async def test_what_comes_later_is_looked_at_later(clinic: Clinic) -> None:
    """A note that was written while the page lay open is not kept by its tap, nor by the old button afterwards."""
    run = await clinic.incident()
    notes(clinic, "画面に赤い文字")
    page = page_of(clinic.entries(run=run.id), clinic.run(), clinic.engine.roster())
    old = data_of(KeepPage(run.id, 0, page.digest))
    notes(clinic, "あとから書いた")

    await clinic.does("director", button=old)
    assert len(left(clinic)) == 3  # the page had changed, so it was shown again
    await clinic.says("director", "[〔 〕のない3件はこのまま]")
    notes(clinic, "さらにあとから")
    await clinic.does("director", button=old)
    assert left(clinic) == ["さらにあとから"]


async def test_a_document_says_what_is_blank(clinic: Clinic) -> None:
    """It goes out with its blanks, and the way to look at what would fill them; one that holds no such words says nothing."""
    run = await clinic.incident()
    said = await clinic.does("director", button=data_of(TakePaper(run.id, "mhlw", "html")))
    other = await clinic.does("director", button=data_of(TakePaper(run.id, "vendor_request", "html")))

    assert "空欄です" in said
    assert "渡す前の確認" in said
    assert "空欄です" not in other


async def test_only_who_decides(clinic: Clinic) -> None:
    """Reception neither sees the page nor keeps anything; what is no text, or no run, can't be decided on."""
    run = await clinic.incident()
    await clinic.does("reception", button=data_of(LookThrough(run.id, 0)))
    await clinic.does("reception", button=data_of(KeepText(run.id, 0, 1)))
    await clinic.does("reception", button=data_of(WithholdText(run.id, 0, 1, "names")))
    await clinic.does("director", button=data_of(KeepText(run.id, 0, 2)))
    await clinic.does("director", button=data_of(LookThrough("incident-9", 0)))

    assert clinic.entries("texts_looked_at") == []


async def test_a_thousand_texts(clinic: Clinic) -> None:
    """Are looked through page by page, a tap each: not one that stands out is kept unread, and none is left."""
    run = await clinic.incident()
    notes(clinic, *(f"{number}番目の端末を見た" for number in range(998)), "田中さんに電話した")
    taps = 0
    while (page := page_of(clinic.entries(run=run.id), clinic.run(), clinic.engine.roster())).plain:
        clinic.orders(LookAtTexts(run.id, page.plain, keep=True))
        taps += 1

    assert left(clinic) == ["田中さんに電話した"]
    assert taps < 100


async def test_words_on_a_colleague_are_looked_at_one_by_one(clinic: Clinic) -> None:
    """Of a matter for a few what was told goes out by no tap on a whole page, whether or not it names anybody."""
    await clinic.says("reception", "職員が患者情報を持ち出した")
    await clinic.says("reception", "職員のしたことが心配（持ち出しなど）")
    page = page_of(clinic.entries(run=clinic.run().id), clinic.run(), clinic.engine.roster())

    assert [text.kind for text, _ in page.texts] == ["reported"]
    assert page.plain == ()


async def test_words_on_a_colleague_go_to_whom_is_named(clinic: Clinic) -> None:
    """A tap on as-it-is lets them into nobody's paper before it is said whose; and into nobody else's then."""
    await clinic.says("reception", "職員が患者情報を持ち出した")
    await clinic.says("reception", "職員のしたことが心配（持ち出しなど）")
    run = clinic.run().id

    def shown(kind: str) -> bool:
        form = form_of(kind, Source.of(clinic.engine, run, "ja"))
        return any("持ち出した" in field.text for section in form.sections for field in section.fields)

    clinic.orders(SettleCircle(run), "reception")
    await clinic.does("director", button=data_of(LookThrough(run, 0)))
    asked = await clinic.says("director", "[Aはこのまま]")
    assert "だれに渡す書類に出しますか" in asked
    assert not any(map(shown, ("police_memo", "mhlw")))
    assert "出す相手: 警察" in await clinic.says("director", "[警察]")
    assert (shown("police_memo"), shown("mhlw"), shown("ransomware_form")) == (True, False, False)
    assert "もうありません" in await clinic.says("director", "[ここまで（次へ）]")

    clinic.orders(LookAtTexts(run, (1,), keep=True), "director")  # as an older version's button did
    assert not any(map(shown, ("police_memo", "mhlw")))
