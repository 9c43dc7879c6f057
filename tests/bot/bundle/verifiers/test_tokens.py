"""RFC 3161 tokens in all three verifiers: the same shown, the same found, each altered byte noticed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from bot.bundle.verification import verify_bundle
from bot.bundle.verifiers.tokens import BadToken, stamped
from bot.store.seals import SEALED, Seal
from bot.store.time_stamps import STAMPED, KeptToken, NoStamp, certificates_in, shown_by
from flows.record.journal import FACILITY, Draft
from tests.authority import Authority, Key, certificate, elliptic_key, rsa_key
from tests.browser import Browser, browsing
from tests.bundles import made, packed, small_home, unpacked
from tests.clinic import MORNING

DIGEST = sha256(b"the head of a journal").digest()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with browsing() as started:
        yield started


@pytest.fixture(scope="module")
def stamps(tmp_path_factory: pytest.TempPathFactory) -> tuple[Authority, Path, dict[int, str]]:
    """A bundle whose journal holds one token that is good and others that are not; with the finding of each entry."""
    clinic = small_home(tmp_path_factory.mktemp("stamped"))
    now, good = clinic.clock.now(), Authority(MORNING)
    [seal] = [Seal.from_body(entry.body) for entry in clinic.entries() if entry.kind == SEALED]
    expired = Authority(MORNING, valid_for=-timedelta(days=1))
    another = Authority(MORNING, usage=(ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING))
    token = good.token(seal.digest, now)
    tokens = {
        "": token,
        "stamp_other": good.token(DIGEST, now),
        "stamp_time": good.token(seal.digest, now + timedelta(minutes=6)),
        "stamp_time ": expired.token(seal.digest, now),
        "stamp": another.token(seal.digest, now),
        "stamp ": token[:-1] + bytes([token[-1] ^ 1]),
    }
    first = clinic.home.journal.head().seq + 1
    with clinic.home.journal.writing() as writing:
        for name, held in tokens.items():
            body = KeptToken(seal.run, seal.seq, seal.digest, held).body()
            writing.append([Draft(FACILITY, STAMPED, body, "clock", now)], cause=f"stamp:{name}", recorded_at=now)
        moved = json.dumps(
            {**json.loads(KeptToken("facility", seal.seq, seal.digest, token).body()), "seq": seal.seq - 1}
        )
        writing.append([Draft(FACILITY, STAMPED, moved, "clock", now)], cause="stamp:moved", recorded_at=now)
    path = made(clinic, tmp_path_factory.mktemp("bundle") / "bundle.zip").path
    clinic.home.close()
    kinds = [*tokens, "stamp_other"]
    return good, path, {first + n: kind.strip() for n, kind in enumerate(kinds) if kind}


def opened(browser: Browser, zipped: Path, folder: Path) -> Browser:
    """Open the page that lies in the bundle."""
    (folder / "verify.html").write_bytes(unpacked(zipped)["verify.html"])
    browser.opens(folder / "verify.html")
    return browser


SHOWN = """new Promise((done) => { const look = () => document.querySelector('#result').dataset.verdict
    ? done(document.querySelector('#result').innerText) : setTimeout(look, 5); look(); })"""


def shown_with(words: str) -> str:
    """Wait until these words stand there: what is chosen is looked at in its own time, and the old verdict stands meanwhile."""
    return f"""new Promise((done) => {{ const look = () => document.querySelector('#result').innerText.includes({json.dumps(words)})
        ? done(document.querySelector('#result').innerText) : setTimeout(look, 5); look(); }})"""


LISTED = (
    """[...document.querySelectorAll('#findings li')].map((line) => [line.dataset.kind, Number(line.dataset.seq)])"""
)


def test_they_find_the_same(browser: Browser, stamps: tuple[Authority, Path, dict[int, str]], tmp_path: Path) -> None:
    """Of another seal, from the future, by an expired certificate or one for more, altered, moved: each at its entry."""
    _, path, wrong = stamps
    expected = {(kind, seq) for seq, kind in wrong.items()}
    report = verify_bundle(path).report
    assert {(f.kind, f.seq) for f in report.findings} == expected
    assert [s.vouched for s in report.stamps] == [""]

    (tmp_path / "verify.py").write_bytes(unpacked(path)["verify.py"])
    said = subprocess.run(
        [sys.executable, "-I", tmp_path / "verify.py", path, "--language", "en"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 3
    assert {
        (line.partition("[")[2].partition("]")[0], int(line.partition("entry ")[2].partition(":")[0]))
        for line in said.stdout.splitlines()
        if line.startswith("✗")
    } == expected
    assert "says Test Authority" in said.stdout

    page = opened(browser, path, tmp_path)
    page.chooses("#chosen", path)
    assert "Test Authority" in page.asks(SHOWN)
    assert {(kind, seq) for kind, seq in page.asks(LISTED)} == expected


def test_whoever_vouches(browser: Browser, stamps: tuple[Authority, Path, dict[int, str]], tmp_path: Path) -> None:
    """Without a CA the certificate's fingerprint is shown and nobody vouches; its own CA does, and another one doesn't."""
    good, path, _ = stamps
    fingerprint = sha256(good.own.public_bytes(Encoding.DER)).hexdigest()
    held, alien = tmp_path / "ca.pem", tmp_path / "alien.pem"
    held.write_bytes(good.ca_pem)
    day = timedelta(days=1)
    other = certificate(
        "Test Root", elliptic_key(), since=MORNING - day, until=MORNING + day
    )  # the same name, another key
    alien.write_bytes(other.public_bytes(Encoding.DER))
    with pytest.raises(NoStamp) as why:
        shown_by(good.token(DIGEST, MORNING), 1, DIGEST, [other])
    assert why.value.kind == "stamp_ca"
    (tmp_path / "verify.py").write_bytes(unpacked(path)["verify.py"])

    def verifies(*more: str | Path) -> str:
        order: list[str | Path] = [sys.executable, "-I", tmp_path / "verify.py", path, "--language", "en", *more]
        return str(subprocess.run(order, capture_output=True, text=True, check=False).stdout)

    assert fingerprint in verifies()
    assert "vouched for by Test Root" in verifies("--tsa-ca", held)
    assert "[stamp_ca]" in verifies("--tsa-ca", alien)
    page = opened(browser, path, tmp_path)
    page.chooses("#chosen", path)
    assert fingerprint in page.asks(SHOWN)
    page.chooses("#authority", held)
    assert "✓ Test Root" in page.asks(shown_with("✓ Test Root"))
    page.chooses("#authority", alien)
    assert "認証局の証明書では" in page.asks(shown_with("認証局の証明書では"))


PSS: dict[str, Any] = json.loads((Path(__file__).parent / "pss.json").read_text(encoding="utf-8"))
"""Tokens that OpenSSL signed with RSASSA-PSS, and the CA that vouches for them, in Base64."""

HELD = """tokens.checked(tokens.fromBase64(%r), digest, [tokens.fromBase64(%r)])
    .then(({ at, signer, vouched }) => [at.toISOString(), signer, vouched], (error) => error.kind + ' ' + error.message)"""


def in_browser(page: Browser, token: str) -> Any:
    """Give what the page says of a token of OpenSSL's, with its CA."""
    page.asks(f"globalThis.digest = unhex('{DIGEST.hex()}', 32)")
    return page.asks(HELD % (token, PSS["ca"]))


@pytest.mark.parametrize("name", PSS["good"])
def test_rsa_pss(browser: Browser, stamps: Any, tmp_path: Path, name: str) -> None:
    """Keys of any RSA, for PSS alone and bound to one way; any SHA-2, any salt; its CA, signed so as well, vouches."""
    token, ca = b64decode(PSS["good"][name]), b64decode(PSS["ca"])
    ours = shown_by(token, 1, DIGEST, certificates_in(ca))
    theirs = stamped(token, DIGEST, [ca])

    assert (ours.at, ours.signer, ours.vouched) == (MORNING, "Test Authority", "Test Root")
    assert (theirs.at, theirs.signer, theirs.vouched) == (ours.at, ours.signer, ours.vouched)
    page = opened(browser, stamps[1], tmp_path)
    assert in_browser(page, PSS["good"][name]) == ["2027-03-31T23:50:00.000Z", "Test Authority", "Test Root"]


@pytest.mark.parametrize(
    ("name", "why"), [("SHA-1 in its mask", "RSASSA-PSS"), ("less salt than its key asks for", "a key|signature")]
)
def test_rsa_pss_that_is_not_known(browser: Browser, stamps: Any, tmp_path: Path, name: str, why: str) -> None:
    """Refused by all three, which say how; the second is signed well but for what its key says of itself."""
    token = b64decode(PSS["bad"][name])
    with pytest.raises(NoStamp, match=why):
        shown_by(token, 1, DIGEST)
    with pytest.raises(BadToken, match=why):
        stamped(token, DIGEST, [])
    said = str(in_browser(opened(browser, stamps[1], tmp_path), PSS["bad"][name]))
    assert re.match(f"stamp .*({why})", said), said


@pytest.mark.parametrize(
    ("key", "every"),
    [(rsa_key, 1), (None, 1), (elliptic_key, 19), (lambda: elliptic_key(ec.SECP384R1), 53)],
    ids=["RSA", "RSA-PSS", "P-256", "P-384"],
)
def test_each_altered_byte_shows(
    browser: Browser, stamps: Any, tmp_path: Path, key: Callable[[], Key] | None, every: int
) -> None:
    """In the home's verifier, in verify.py and in the browser; the token as it was shows the same in all of them.

    Of curves, which Python's own numbers are slow at, only some bytes are tried.
    """
    made_here = Authority(MORNING, key=key()).token(DIGEST, MORNING, alone=True) if key is not None else b""
    token = made_here or b64decode(PSS["good"]["sha256"])
    ours, theirs = shown_by(token, 1, DIGEST), stamped(token, DIGEST, [])
    assert (ours.at, ours.signer, ours.fingerprint) == theirs[:3]

    passed = []
    for place in range(0, len(token), every):
        altered = token[:place] + bytes([token[place] ^ (1 << place % 8)]) + token[place + 1 :]
        for look in (lambda one: shown_by(one, 1, DIGEST), lambda one: stamped(one, DIGEST, [])):
            with suppress(NoStamp, BadToken):
                passed.append((place, look(altered)))
    assert passed == []

    page = opened(browser, stamps[1], tmp_path)
    page.asks(
        f"globalThis.token = tokens.fromBase64('{b64encode(token).decode()}'); globalThis.digest = unhex('{DIGEST.hex()}', 32)"
    )
    shown = page.asks(
        "tokens.checked(token, digest, []).then(({ at, signer, fingerprint }) => [at.toISOString(), signer, fingerprint])"
    )
    assert shown == [f"{ours.at:%Y-%m-%dT%H:%M:%S}.000Z", ours.signer, ours.fingerprint]
    assert (
        page.asks("""(async () => {
        const passed = [];
        for (let place = 0; place < token.length; place++) {
            const altered = Uint8Array.from(token);
            altered[place] ^= 1 << (place % 8);
            await tokens.checked(altered, digest, []).then(() => passed.push(place), () => {});
        }
        return passed;
    })()""")
        == []
    )


def test_openssl_agrees(tmp_path: Path) -> None:
    """Where OpenSSL is, it takes the tokens that are made here, so the double speaks the protocol."""
    if which("openssl") is None:
        pytest.skip("no openssl here")
    authority = Authority(MORNING)
    (tmp_path / "token").write_bytes(authority.token(DIGEST, MORNING))
    (tmp_path / "ca.pem").write_bytes(authority.ca_pem)
    order: list[str | Path] = [
        "openssl",
        "ts",
        "-verify",
        "-digest",
        DIGEST.hex(),
        "-in",
        tmp_path / "token",
        "-token_in",
        "-CAfile",
        tmp_path / "ca.pem",
    ]
    said = subprocess.run(
        [*order, "-attime", f"{MORNING.timestamp():.0f}"], capture_output=True, text=True, check=False
    )

    assert "Verification: OK" in said.stdout + said.stderr, said


def test_what_is_no_token_ends_in_a_finding() -> None:
    """Whatever the bytes are, none of the two in Python falls over them."""
    token = Authority(MORNING).token(DIGEST, MORNING)
    for one in (
        b"",
        b"\x30",
        b"\x30\x80\0\0",
        token[:-1],
        token + b"\0",
        b"\x30\x84\xff\xff\xff\xff",
        packed({"a": token}),
    ):
        with pytest.raises(NoStamp):
            shown_by(one, 1, DIGEST)
        with pytest.raises(BadToken):
            stamped(one, DIGEST, [])
