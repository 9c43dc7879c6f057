"""A home's page: nobody is let in but by a link of their own, and whoever is has the same chat as on the phone."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bot.channels.channel import RenderedMessage
from bot.channels.page import Page
from bot.home import Home
from bot.settings import PagePlan
from bot.web.tries import MOST
from flows.commands.facility import ChangeMember, LeavePage, PutRegistry, RegistryRow, Suspend
from flows.record.journal import FACILITY
from tests.bot.web.house import House, Window, housed
from tests.clinic import Clinic

REPORT = "電子カルテが動かない、画面に英語が出てる"
ATTACK = "画面に脅し文・読めない英語が出た"
NAMES = ("佐藤", "鈴木", "田中", "高橋")
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00" + bytes(range(256)) * 40


@pytest.fixture
async def house(clinic: Clinic) -> AsyncIterator[House]:
    """The page of the clinic, on this machine alone."""
    async with housed(clinic) as made:
        yield made


# ── coming in ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", ["/", "/thread", "/events", "/files/1/picture", "/as/reception"])
async def test_a_stranger_reads_one_sentence(house: House, path: str) -> None:
    """On this machine as well; it says how members come in, and names nobody who works here."""
    async with house.window() as window:
        answer = await window.gets(path)
        assert answer.status_code == (404 if path.startswith("/as/") else 403)
        assert ("働く人だけ" in answer.text) == (answer.status_code == 403)
        assert not any(name in answer.text for name in (*NAMES, "あかり診療所"))
        refused = [await window.posts(to, text="x", tap="1 x", key="k") for to in ("/say", "/tap", "/send", "/out")]
        assert [one.status_code for one in refused] == [403] * 4
    assert house.clinic.engine.runs() == []


async def test_a_link_opens_once_and_no_preview_uses_it_up(house: House) -> None:
    """Whoever only looks at it learns and spends nothing; tapped, it becomes a cookie and a clean address; then it is worth nothing."""
    link = await house.link("reception")
    async with house.window() as preview, house.window() as mine, house.window() as other:
        for _ in range(3):
            looked = await preview.gets(link)
            assert (looked.status_code, looked.cookies) == (200, preview.http.cookies)
            assert not any(name in looked.text for name in (*NAMES, "あかり診療所"))
        entered = await mine.enters(link)
        assert (entered.status_code, entered.headers["location"]) == (303, "/")
        kept = entered.headers["set-cookie"].lower()
        assert all(word in kept for word in ("httponly", "samesite=lax", "path=/", "max-age="))
        assert "佐藤さん" in await mine.reads()

        again = await other.enters(link)
        assert (again.status_code, "このリンクは使えません" in again.text) == (403, True)
        assert (await other.gets()).status_code == 403


async def test_no_token_lies_in_the_home(house: House) -> None:
    """Neither the link's nor the cookie's, in no file of it: only their digests, and nobody comes in by those."""
    link = await house.link("reception")
    token = link.rpartition("/")[2]
    async with house.window() as window:
        await window.enters(link)
        cookie = window.http.cookies["tomoshibi"]
    files = [path.read_bytes() for path in house.clinic.home.path.rglob("*") if path.is_file()]
    assert [secret for secret in (token, cookie) if any(secret.encode() in content for content in files)] == []
    digest = next(iter(house.clinic.home.journal.registry("page_session")))
    async with house.window(cookie=f"tomoshibi={digest}") as thief:
        assert (await thief.gets()).status_code == 403


async def test_a_link_expires_and_a_newer_one_takes_its_place(house: House) -> None:
    """After half an hour it opens nothing, and of two only the last does."""
    first, second = await house.link("nurse"), await house.link("nurse")
    async with house.window() as window:
        assert (await window.enters(first)).status_code == 403
        house.clinic.clock.advance(minutes=31)
        assert (await window.enters(second)).status_code == 403
        assert (await window.enters(await house.link("nurse"))).status_code == 303


async def test_the_clock_takes_away_what_is_over(house: House) -> None:
    """A link after its half hour, a browser after its ninety days, each once; the last one takes the page's address along, and nobody is rung."""
    clinic = house.clinic

    def held() -> list[int]:
        kinds = ("page_link", "page_session", "address")
        rows = [clinic.home.journal.registry(kind) for kind in kinds]
        return [len(one) for one in (*rows[:2], [at for at in rows[2] if at.startswith("page:")])]

    await house.link("reception")
    async with house.inside("nurse"):
        assert held() == [1, 1, 1]
        clinic.clock.advance(minutes=31)
        await house.settles()
        assert held() == [0, 1, 1]
        clinic.clock.advance(days=45)
        async with house.inside("nurse") as later:
            assert held() == [0, 2, 1]
            clinic.clock.advance(days=46)
            await house.settles()
            assert held() == [0, 1, 1]
            assert (await later.gets()).status_code == 200
            clinic.clock.advance(days=46)
            head = clinic.home.journal.head().seq
            await house.settles()
            assert held() == [0, 0, 0]
            entered = [
                entry.kind for entry in clinic.entries() if entry.seq > head and entry.cause.startswith("clock:pages")
            ]
            assert entered == ["registry_proved"]
            await house.settles()
            assert held() == [0, 0, 0]


async def test_whoever_tries_many_links_waits(house: House) -> None:
    """After ten that open nothing a right one is not even looked at, from there; from elsewhere it opens, and later here as well."""
    link = await house.link("nurse")
    async with house.window() as window, house.window(**{"x-forwarded-for": "192.0.2.7"}) as elsewhere:
        said = [(await window.posts("/in", token=f"wrong{n}")).status_code for n in range(MOST)]
        assert said == [403] * MOST
        assert (await window.enters(link)).status_code == 429
        assert (await elsewhere.enters(link)).status_code == 303
        house.clinic.clock.advance(minutes=11)
        assert (await window.enters(await house.link("nurse"))).status_code == 303


async def test_whoever_came_in_is_told_where_they_are_reached(house: House) -> None:
    """A browser that isn't theirs would be no secret: one tap in their chat shuts out all of them."""
    async with house.inside("nurse") as thief, house.inside("nurse") as mine:
        await house.settles()
        assert "あなたのページが、ブラウザで開かれました" in house.clinic.read("nurse")
        assert "どのブラウザからも" in await house.clinic.says("nurse", "心当たりがない・止める")
        assert [(await window.gets()).status_code for window in (thief, mine)] == [403, 403]


async def _suspends(clinic: Clinic) -> None:
    clinic.orders(Suspend(FACILITY, clinic.id("nurse")))


async def _leaves(clinic: Clinic) -> None:
    nurse = clinic.id("nurse")
    before = clinic.home.journal.registry("member")[nurse]
    after = before.replace('"status":"active"', '"status":"left"')
    assert after != before
    clinic.orders(PutRegistry(FACILITY, (RegistryRow("member", nurse, after, before),)))


async def _is_closed(clinic: Clinic) -> None:
    clinic.orders(LeavePage(FACILITY, clinic.id("nurse")), "nurse")


async def _time_goes_by(clinic: Clinic) -> None:
    clinic.clock.advance(days=91)


@pytest.mark.parametrize("happens", [_suspends, _leaves, _is_closed, _time_goes_by])
async def test_who_is_let_in_no_longer_sees_and_does_nothing(house: House, happens: object) -> None:
    """Phone lost, gone for good, shut out or too long ago: neither their browser nor a link that they still hold opens anything."""
    assert callable(happens)
    async with house.inside("nurse") as window, house.window() as other:
        assert (await window.gets()).status_code == 200
        link = await house.link("nurse")
        await happens(house.clinic)
        before = len(house.clinic.entries())
        assert [(await window.gets(path)).status_code for path in ("/", "/thread", "/events")] == [403] * 3
        assert (await window.writes("まだ見えますか")).status_code == 403
        assert (await other.enters(link)).status_code == 403
        assert len(house.clinic.entries()) == before


async def test_signed_out_means_out(house: House) -> None:
    """On a shared computer: the cookie is worth nothing any more, wherever it was copied to; other browsers stay in."""
    async with house.inside("nurse") as phone, house.inside("nurse") as shared:
        copied = shared.http.cookies["tomoshibi"]
        assert (await shared.posts("/out")).status_code == 303
        async with house.window(cookie=f"tomoshibi={copied}") as thief:
            assert (await thief.gets()).status_code == 403
        assert (await phone.gets()).status_code == 200
    assert house.clinic.id("nurse") in str(house.clinic.home.journal.registry("address"))


async def test_in_public_only_https_keeps_the_cookie(clinic: Clinic) -> None:
    """With an address and a secret: by that name alone, Secure and of this host only; with another secret everybody is out."""
    plan = PagePlan(public="https://page.example.org")
    async with housed(clinic, plan, "one long phrase") as house, house.inside("nurse") as window:
        [cookie] = list(window.http.cookies.jar)
        assert (cookie.name, cookie.secure, cookie.domain_specified) == ("__Host-tomoshibi", True, False)
        kept = {"cookie": f"{cookie.name}={cookie.value}"}
        async with house.window(**kept) as mine:
            answer = await mine.gets()
            assert (answer.status_code, "max-age" in answer.headers["strict-transport-security"]) == (200, True)
            assert (await mine.posts("/say", "http://page.example.org", text="x")).status_code == 403
        async with house.window(**kept, host=f"127.0.0.1:{house.port}") as local:
            assert (await local.gets()).status_code == 421
    async with housed(clinic, plan, "another phrase") as house, house.window(**kept) as window:
        assert (await window.gets()).status_code == 403


@pytest.mark.parametrize(("public", "secret"), [(None, "phrase"), ("https://page.example.org", "")])
async def test_without_both_it_is_on_this_machine_alone(clinic: Clinic, public: str | None, secret: str) -> None:
    """An address without a secret, or a secret without an address, opens it to nobody else, whatever it is told to bind to."""
    async with housed(clinic, PagePlan(public=public, bind="0.0.0.0"), secret) as house:  # noqa: S104  (it must not)
        assert (house.site.bind, house.site.public) == ("127.0.0.1", False)
        assert house.site.address.startswith("http://127.0.0.1:")


@pytest.mark.parametrize("public", ["http://page.example.org", "https://localhost", "https://a.example.org/path", "x"])
def test_an_address_that_would_not_be_safe_is_none(public: str) -> None:
    """Plain HTTP, this machine, a path, no address."""
    with pytest.raises(ValueError, match="https"):
        PagePlan(public=public)


async def test_a_login_takes_nothing_else(house: House) -> None:
    """Not from another site, not more than a token, not without its length."""
    link = await house.link("nurse")
    token = link.rpartition("/")[2]
    async with house.window() as window:
        assert (await window.posts("/in", "https://evil.example", token=token)).status_code == 403
        assert (await window.posts("/in", token=token, more="x" * 3000)).status_code == 413

        async def unsaid() -> AsyncIterator[bytes]:
            yield b"token=x"

        kind = {"content-type": "application/x-www-form-urlencoded", "origin": house.site.origins[0]}
        assert (await window.http.post("/in", content=unsaid(), headers=kind)).status_code == 413
        assert (await window.posts("/in", token=token)).status_code == 303


async def test_it_is_off_unless_it_is_switched_on(clinic: Clinic) -> None:
    """Whoever asks for it reads that, and no link is made."""
    assert "ページは使っていません" in await clinic.says("nurse", "/page")
    assert clinic.home.journal.registry("page_link") == {}


# ── the chat ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_an_incident_on_the_page_and_on_the_phone(house: House) -> None:
    """Reported on the page it is answered there; everybody is called, on the page and where they were reached before; each sees only theirs."""
    async with house.inside("reception") as desk, house.inside("director") as office:
        await desk.writes(REPORT)
        assert "さわらない" in await desk.reads()
        await desk.taps(ATTACK)
        await house.settles()
        assert "LANの線を抜く" in await desk.reads()
        assert "🚨" in await office.reads()
        assert "🚨" in house.clinic.read("director")
        assert "🚨" in house.clinic.read("nurse")

        await office.taps("対応の責任者になる")
        await house.settles()
        assert house.clinic.run().commander == house.clinic.id("director")
        assert house.clinic.run().reporter == house.clinic.id("reception")


async def test_whoever_comes_in_amid_an_incident_sees_where_it_stands(house: House) -> None:
    """At once, on the page alone: with the step that waits for them; a second browser doesn't bring it again."""
    await house.clinic.incident()
    before = house.clinic.read("reception").count("ランサムウェア・不正な侵入の疑い")
    async with house.inside("reception") as desk, house.inside("reception") as another:
        await house.settles()
        for window in (desk, another):
            seen = await window.reads()
            assert "LANの線を抜く" in seen
            assert seen.count("対応の責任者: ") == 1
    assert house.clinic.read("reception").count("ランサムウェア・不正な侵入の疑い") == before


async def test_a_browser_stays_in_and_a_chat_stands_after_a_restart(house: House, clinic: Clinic) -> None:
    """Another process lets the same cookie in, shows what still stands with its buttons, and takes what is tapped there."""
    async with house.inside("reception") as desk:
        await desk.writes(REPORT)
        cookie = {"cookie": f"tomoshibi={desk.http.cookies['tomoshibi']}"}
    anew = Home(clinic.home.path, clinic.engine.handbook)
    async with housed(clinic, home=anew) as later, later.window(**cookie) as desk:
        assert ATTACK in await desk.reads()
        await desk.taps(ATTACK)
        await later.settles()
        assert "LANの線を抜く" in await desk.reads()
    anew.close()


async def test_sent_again_nothing_happens_twice_and_nothing_is_lost(house: House) -> None:
    """A form sent again, in two tabs, is one act; another text from a page that was gone back to is heard as well."""
    async with house.inside("reception") as desk:
        await desk.writes(REPORT)
        await desk.taps(ATTACK)
        for text in ("業者に電話した", "業者に電話した", "業者は10時に来る"):
            await desk.writes(text, key="samekey")
        seen = await desk.reads()
        assert (seen.count("業者に電話した"), seen.count("業者は10時に来る")) == (1, 1)
        assert len(house.clinic.entries("note_taken")) == 2


async def cut(window: Window, path: str, fields: dict[str, str], after: float) -> None:
    """Send a part of a form (of its bytes) and cut the line, without reading any answer."""
    request = window.http.build_request("POST", path, data=fields, headers={"origin": window.site.origins[0]})
    request.headers["cookie"] = f"tomoshibi={window.http.cookies['tomoshibi']}"
    head = "".join(f"{name}: {value}\r\n" for name, value in request.headers.items())
    raw = f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + request.content
    _, writing = await asyncio.open_connection("127.0.0.1", window.http.base_url.port)
    writing.write(raw[: max(1, int(len(raw) * after))])
    await writing.drain()
    writing.close()
    await writing.wait_closed()


@pytest.mark.parametrize("after", [0.3, 0.97, 1.0])
async def test_a_line_that_is_cut_loses_and_doubles_nothing(house: House, log: list[Any], after: float) -> None:
    """At each act of a report: in its headers, in its body, before its answer. Sent again it is done, once, and no bug is logged."""
    async with house.inside("reception") as desk:

        async def acts(path: str, **fields: str) -> None:
            await cut(desk, path, fields, after)
            await cut(desk, path, fields, after)
            assert (await desk.posts(path, **fields)).status_code == 303

        await acts("/say", key="a1", text=REPORT)
        page = (await desk.gets("/thread")).text
        key = re.findall(r'name="key" value="(\w+)"', page)[0]
        [tap] = re.findall(rf'name="tap" value="([^"]*)">{ATTACK}<', page)
        await acts("/tap", key=key, tap=tap)
        await acts("/say", key="a2", text="業者に電話した")
        await house.settles()
        seen = await desk.reads()
        assert [seen.count(text) for text in (REPORT, "業者に電話した")] == [1, 1]
        assert [len(house.clinic.entries(kind)) for kind in ("reported", "declared", "note_taken")] == [1, 1, 1]
        assert len(house.clinic.engine.runs()) == 1
    assert [event for event in log if event["event"] == "page.bug"] == []


async def test_two_people_with_one_key_are_two(house: House) -> None:
    """Nobody can use up what somebody else is about to send."""
    async with house.inside("reception") as one, house.inside("nurse") as other:
        for window in (one, other):
            await window.writes("プリンターの紙がなくなりそう", key="same")
    causes = {entry.cause for entry in house.clinic.entries() if ":same-" in entry.cause}
    said = {delivery.owed.to for delivery in house.clinic.book.of_run(FACILITY)}
    assert len(causes) == 2 or {"page:m3", "page:m4"} <= said


async def test_a_photo_is_kept_as_it_was_sent(house: House) -> None:
    """HEIC, byte for byte, as evidence; what lay aside for it is gone; sent again it is one."""
    async with house.inside("reception") as desk:
        await desk.writes(REPORT)
        await desk.taps(ATTACK)
        for _ in range(2):
            assert (await desk.sends("IMG_1.HEIC", HEIC)).status_code == 303
        await house.settles()
        [kept] = house.clinic.run().evidence.values()
        assert (kept.media, kept.sha256) == ("photo", sha256(HEIC).hexdigest())
        found = [p.read_bytes() for p in house.clinic.home.evidence.rglob("*") if p.is_file()]
        assert found == [HEIC]
        assert [p for p in (house.clinic.home.path / "uploads").iterdir() if p.stat().st_size] == []


async def test_what_was_sent_is_held_until_it_is_kept(house: House, clinic: Clinic) -> None:
    """The process ends before the photo was kept: the next one keeps it."""
    async with house.inside("reception") as desk:
        await desk.writes(REPORT)
        await desk.taps(ATTACK)
        await desk.sends("IMG_1.HEIC", HEIC)
    anew = Home(clinic.home.path, clinic.engine.handbook)
    async with housed(clinic, home=anew) as later:
        await later.lamp.fetcher.fetch_due()
    assert [p.read_bytes() for p in anew.evidence.rglob("*") if p.is_file()] == [HEIC]
    anew.close()


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", 415),
        ("photo.jpg", b"<html><script>alert(1)</script>", 415),
        ("a.exe", b"MZ\x90\x00", 415),
        ("empty.jpg", b"", 415),
        ("large.jpg", b"\xff\xd8\xff" + bytes(20 * 1024 * 1024), 413),
        ("list.xlsx", b"PK\x03\x04 not really", 303),
        ("note.pdf", b"%PDF-1.7", 303),
        ("../../etc/passwd", b"%PDF-1.7", 303),
    ],
)
async def test_only_some_files_are_taken(house: House, name: str, content: bytes, status: int) -> None:
    """By how they begin, not by what they are called; what is refused is said in a sentence and changes nothing."""
    async with house.inside("reception") as desk:
        await desk.writes(REPORT)
        await desk.taps(ATTACK)
        before = len(house.clinic.entries())
        answer = await desk.sends(name, content)
        assert answer.status_code == status
        if status != 303:
            assert "何も" in answer.text
            assert len(house.clinic.entries()) == before
        else:
            await house.settles()
            assert "../" not in await desk.reads()


async def test_a_chat_holds_no_more_than_it_can(clinic: Clinic) -> None:
    """Large documents of older messages are let go of; what they said stands, and the newest is whole however large."""
    page = Page(clinic.clock)
    for number in range(5):
        large = RenderedMessage("page:m1", f"書類 {number}", document=("a.pdf", bytes(10 * 1024 * 1024)))
        await page.deliver(large)
    held = [one.message.document is not None for one in page.thread("page:m1").shown.values()]
    assert held == [False, False, True, True, True]
    await page.deliver(RenderedMessage("page:m1", "最後", document=("b.pdf", bytes(40 * 1024 * 1024))))
    assert [one.message.document is not None for one in page.thread("page:m1").shown.values()] == [False] * 5 + [True]


async def test_what_was_masked_leaves_the_chat(house: House) -> None:
    """A patient's name and number that somebody wrote stands nowhere on the page, and doesn't come back when it is sent again."""
    async with house.inside("reception") as desk:
        await desk.writes(REPORT)
        await desk.taps(ATTACK)
        for _ in range(2):
            await desk.writes("患者の山田花子さん 昭和30年5月1日生まれ が待っています", key="k")
            await house.settles()
            seen = await desk.reads()
            assert "山田花子" not in seen
            assert "昭和30年" not in seen
        assert "〔" in await desk.reads()


async def test_another_language_is_spoken_to_whoever_chose_it(house: House) -> None:
    """What stands around the chat as well."""
    house.clinic.orders(ChangeMember(FACILITY, house.clinic.id("nurse"), {"language": "en"}), "nurse")
    async with house.inside("nurse") as window:
        seen = await window.reads()
        assert "Write what you see" in (await window.gets()).text
        assert "Sign out" in seen


async def test_nobody_sees_or_taps_what_is_others(house: House) -> None:
    """A button that was never shown to them is refused; a file of another's chat isn't there."""
    async with house.inside("director") as office, house.inside("nurse") as window:
        await office.writes("/people")
        await house.settles()
        assert "登録されている人" in await office.reads()
        assert "登録されている人" not in await window.reads()
        await window.posts("/tap", key="x", tap=f"1 menu|suspend|{house.clinic.id('director')}|yes")
        assert house.clinic.entries("member_suspended") == []


async def test_a_home_of_old_has_a_page(tmp_path: Path) -> None:
    """What commit a1988d0 left behind needs no more than to be opened; its people come in, and the record is whole."""
    import shutil

    from bot.opening import open_home
    from bot.page_links import offer, site_of
    from bot.settings import Secrets
    from bot.store.verifying import verify_home
    from flows.commands.facility import EnterPage
    from tests.clinic import MORNING
    from tests.test_recorded import HERE

    shutil.copytree(HERE / "incident", tmp_path / "home")
    home = open_home(tmp_path / "home", MORNING)
    site = site_of(PagePlan(on=True), Secrets())
    assert site is not None
    member = home.engine.roster().active()[0].id
    order, link = offer(site, home.engine, member, MORNING, timedelta(minutes=5))
    home.engine.handle(order, actor="console", now=MORNING, cause="a")
    enters = EnterPage(FACILITY, site.digest(link.rpartition("/")[2]), site.digest("b"), MORNING + timedelta(days=1))
    home.engine.handle(enters, actor="", now=MORNING, cause="b")
    assert f"page:{member}" in home.journal.registry("address")
    home.close()
    assert verify_home(tmp_path / "home").findings == ()


async def test_a_bot_with_nothing_but_a_page_is_well_while_it_is_served(clinic: Clinic) -> None:
    """Its clock has ticked and what people do is heard: a heartbeat may say so; after that it isn't."""
    async with housed(clinic) as house:
        before = house.lamp.is_well
        await house.settles()
        served = house.lamp.is_well

    assert (before, served, house.lamp.is_well) == (False, True, False)
