"""A time-stamping authority is asked for a token of each seal, on a real line; it holds nothing up, and what is no token is none."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from bot.bundle.findings import FINDINGS
from bot.command_line.checks import check_home
from bot.command_line.records import verify
from bot.settings import SETTINGS_FILE, Secrets, read_settings
from bot.store.seals import KEY_FILE
from bot.store.time_stamps import LONGEST, STAMPED, KeptToken, NoStamp, request_for
from bot.store.verifying import verify_home
from bot.tending.proof.sealing import Sealer
from bot.tending.proof.time_stamping import Asked, TimeStamper, answered, last_asked
from flows.commands.people import CallOff, Report
from tests.authority import Authority
from tests.clinic import MORNING, Clinic
from tests.telegram_double.wire import Wire


@pytest.fixture
async def authority() -> AsyncIterator[tuple[Authority, str]]:
    """One on loopback; gives its address, too."""
    authority = Authority(MORNING)
    wire = Wire(authority.service)
    await wire.start()
    yield authority, f"{wire.url}/tsr"
    await wire.stop()


def sealed(clinic: Clinic) -> None:
    """Let a run end, and seal it."""
    run = clinic.orders(Report("", "ネットが切れた", playbook="network_outage"), "reception").run
    clinic.orders(CallOff(run, "まちがい"), "director")
    Sealer(clinic.home, clinic.clock).seal_due()


def stamper(clinic: Clinic, url: str, *, off: bool = False) -> TimeStamper:
    """Make what asks."""
    return TimeStamper(url, clinic.home, clinic.clock, lambda: off)


async def test_each_seal_gets_its_token(clinic: Clinic, authority: tuple[Authority, str]) -> None:
    """It is asked once, told the digest alone, and its token stands in the journal and holds; a restart asks no more."""
    there, url = authority
    sealed(clinic)
    for asking in (stamper(clinic, url), stamper(clinic, url)):
        await asking.stamp_due()
        await asking.stamp_due()

    [kept] = [KeptToken.from_body(entry.body) for entry in clinic.entries(STAMPED)]
    [asked] = there.asked
    assert kept.digest in asked
    assert len(asked) < 80
    report = verify_home(clinic.home.path, cas=[there.ca])
    assert report.findings == ()
    assert [(s.seq, s.at, s.signer, s.vouched) for s in report.stamps] == [
        (kept.seq, MORNING, "Test Authority", "Test Root")
    ]
    assert verify_home(clinic.home.path).stamps[0].vouched == ""
    assert last_asked(clinic.home.path) == Asked(MORNING.isoformat(timespec="seconds"))


async def test_a_token_brings_no_seal(clinic: Clinic, authority: tuple[Authority, str]) -> None:
    """Where nothing else happened, nothing is sealed and nobody is asked the next day."""
    there, url = authority
    sealed(clinic)
    await stamper(clinic, url).stamp_due()
    clinic.clock.advance(days=3)

    assert Sealer(clinic.home, clinic.clock).seal_due() is None
    assert len(there.asked) == 1


@pytest.mark.parametrize(
    "wrong",
    ["refused", "endless", "no answer to the end", "its clock", "another use", "expired", "garbage behind"],
)
async def test_what_is_no_token_is_tried_again(clinic: Clinic, authority: tuple[Authority, str], wrong: str) -> None:
    """Nothing is kept of it, `check` says why, and it is asked again: after a minute, ten, an hour; then it is there."""
    there, url = authority
    good = Authority(MORNING)
    match wrong:
        case "refused":
            there.status = 2
        case "endless":
            there.padding = bytes(LONGEST)
        case "no answer to the end":
            url = url.replace("/tsr", "/elsewhere")
        case "its clock":
            there.now += timedelta(minutes=6)
        case "another use":
            there.usage = (ExtendedKeyUsageOID.CODE_SIGNING,)
            there.__post_init__()
        case "expired":
            there.valid_for = -timedelta(days=1)
            there.__post_init__()
        case "garbage behind":
            there.padding = b"\5\0"
    sealed(clinic)
    asking = stamper(clinic, url)
    await asking.stamp_due()
    failing = last_asked(clinic.home.path).failing
    (clinic.home.path / SETTINGS_FILE).write_text(
        "[timestamps]\nurl = 'https://tsa.example.org/tsr'\n", encoding="utf-8"
    )
    clinic.home.settings, problems = read_settings(clinic.home.path)
    said = [one for one in await check_home(clinic.home, Secrets(), clinic.clock.now()) if failing in one.what]

    assert clinic.entries(STAMPED) == []
    assert (failing != "", len(said), problems) == (True, 1, [])
    assert not said[0].serious

    there.status, there.padding, there.now, there.own, there.chain = 0, b"", MORNING, good.own, good.chain
    asking._url = url.replace("/elsewhere", "/tsr")
    waits = []
    for minutes in (0.5, 0.5, 5, 5):
        clinic.clock.advance(seconds=60 * minutes)
        there.now = clinic.clock.now()
        await asking.stamp_due()
        waits.append(len(clinic.entries(STAMPED)))
    assert waits == [0, 1, 1, 1]
    assert last_asked(clinic.home.path).failing == ""


async def test_a_newer_seal_takes_its_place(clinic: Clinic, authority: tuple[Authority, str]) -> None:
    """While the authority is away seals go on; when it is back it is asked for the newest alone, at once."""
    there, url = authority
    asking = stamper(clinic, "http://127.0.0.1:9/tsr")
    sealed(clinic)
    await asking.stamp_due()
    sealed(clinic)
    asking._url = url
    await asking.stamp_due()

    [kept] = [KeptToken.from_body(entry.body) for entry in clinic.entries(STAMPED)]
    assert kept.seq > next(e.seq for e in clinic.entries("sealed"))
    assert len(there.asked) == 1


async def test_a_line_that_hangs(authority: tuple[Authority, str]) -> None:
    """An authority that takes its time is left."""
    there, url = authority
    there.wait = 1
    with pytest.raises(NoStamp, match="Timeout"):
        await answered(url, request_for(bytes(32), 1), patience=0.1)


async def test_not_while_the_clock_is_wrong(clinic: Clinic, authority: tuple[Authority, str]) -> None:
    """A token that doesn't fit the machine's time would look like a forgery."""
    there, url = authority
    sealed(clinic)
    await stamper(clinic, url, off=True).stamp_due()

    assert there.asked == []


async def test_on_the_command_line(
    clinic: Clinic, authority: tuple[Authority, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`verify` says since when the record existed and who says so; with the CA who vouches, and for no certificate exit 2."""
    there, url = authority
    sealed(clinic)
    await stamper(clinic, url).stamp_due()
    held = tmp_path / "ca.pem"
    held.write_bytes(there.ca_pem)
    home = str(clinic.home.path)
    for more in ((), ("--tsa-ca", str(held))):
        verify.main([home, *more], standalone_mode=False)
    without, _, vouched = capsys.readouterr().out.partition("vouched for by Test Root")

    assert "says Test Authority" in without
    assert "fingerprint" in without
    assert vouched
    with pytest.raises(SystemExit) as ended:
        verify.main([home, "--tsa-ca", str(clinic.home.path / KEY_FILE)], standalone_mode=False)
    assert ended.value.code == 2


def test_what_can_be_wrong_has_words() -> None:
    """In both languages."""
    assert {"stamp", "stamp_other", "stamp_time", "stamp_ca"} <= FINDINGS.keys()
