"""``verify.html`` as it is shipped, in a real browser; and that each verifier is one file."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from bot.bundle.verification import verify_bundle
from bot.bundle.verifiers.assembling import verify_html, verify_py
from bot.store.seals import SealingKey
from tests.bot.bundle.verifiers.test_ed25519 import VECTORS, beyond_the_order
from tests.browser import Browser, browsing
from tests.bundles import forgeries, unpacked


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with browsing() as started:
        yield started


@pytest.fixture
def page(browser: Browser, zipped: Path, tmp_path: Path) -> Browser:
    """The page as it lies in the bundle, opened from the disk."""
    (tmp_path / "verify.html").write_bytes(unpacked(zipped)["verify.html"])
    browser.requests.clear()
    browser.opens(tmp_path / "verify.html")
    return browser


FOUND = """[...document.querySelectorAll('#findings li')]
    .map((line) => [line.dataset.kind, line.dataset.seq === '' ? null : Number(line.dataset.seq)])"""
DONE = """new Promise((done) => { const look = () => document.querySelector('#result').dataset.verdict
    ? done(document.querySelector('#result').dataset.verdict) : setTimeout(look, 5); look(); })"""


def dropped(page: Browser, *files: tuple[str, bytes]) -> Any:
    """Drop files on the page and wait for the verdict."""
    told = json.dumps([[name, b64encode(content).decode()] for name, content in files])
    page.asks("delete document.querySelector('#result').dataset.verdict")
    page.asks(
        f"""{{ const transfer = new DataTransfer();
        for (const [name, content] of {told}) {{
            const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
            transfer.items.add(new File([bytes], name));
        }}
        document.dispatchEvent(new DragEvent('drop', {{ dataTransfer: transfer, cancelable: true }})); }}"""
    )
    return page.asks(DONE)


def test_an_untouched_bundle(page: Browser, zipped: Path, small: Any) -> None:
    """Dropped or chosen, packed or as its files: whole in big words, with the fingerprint, and nothing is fetched."""
    fingerprint = SealingKey.of(small.home.path).fingerprint
    assert dropped(page, ("bundle.zip", zipped.read_bytes())) == "whole"
    assert "書き換えの跡はありません" in page.asks("document.querySelector('#verdict').innerText")
    assert page.asks("document.querySelector('#fingerprint').textContent").replace(" ", "") == fingerprint
    files = unpacked(zipped)
    assert dropped(page, *((name.rpartition("/")[2], content) for name, content in files.items())) == "whole"
    page.asks("delete document.querySelector('#result').dataset.verdict")
    page.chooses("#chosen", zipped)
    assert page.asks(DONE) == "whole"
    assert [url for url in page.requests if not url.startswith("file:")] == []
    assert page.asks("fetch('https://example.invalid/').then(() => 'fetched', () => 'refused')") == "refused"


def test_squeezed_by_another_program(page: Browser, zipped: Path, tmp_path: Path) -> None:
    """A ZIP file that somebody packed again, compressed, reads the same."""
    with ZipFile(tmp_path / "a.zip", "w", compression=8) as archive:
        for name, content in unpacked(zipped).items():
            archive.writestr(name, content)

    assert dropped(page, ("a.zip", (tmp_path / "a.zip").read_bytes())) == "whole"


def test_it_finds_what_ours_finds(page: Browser, zipped: Path, tmp_path: Path) -> None:
    """In each forged part the same findings at the same entries."""
    path, differ = tmp_path / "forged.zip", []
    for forgery in forgeries(unpacked(zipped)):
        path.write_bytes(forgery.content)
        ours = {(f.kind, f.seq) for f in verify_bundle(path).report.findings}
        verdict = dropped(page, ("forged.zip", forgery.content))
        found = {(kind, seq) for kind, seq in page.asks(FOUND)}
        if verdict != "altered" or forgery.finding not in found or (forgery.alike and found != ours):
            differ.append((forgery.name, found, ours))

    assert differ == []


def test_without_the_browsers_own_ed25519(page: Browser) -> None:
    """The page's own implementation holds to the vectors of the RFC, and finds a flipped bit."""
    for key, text, signature in VECTORS:
        ask = "signed(...['{}', '{}', '{}'].map((h) => unhex(h, h.length / 2)), true)"
        assert page.asks(ask.format(key, signature, text)) is True
        assert page.asks(ask.format(key, signature[:-2] + "01", text)) is False
        assert page.asks(ask.format(key, beyond_the_order(bytes.fromhex(signature)).hex(), text)) is False
    assert page.asks("hex(sha256(new Uint8Array()))").startswith("e3b0c44298fc1c14")


def test_both_languages(page: Browser, zipped: Path) -> None:
    """As the browser speaks, and at a tap the other."""
    dropped(page, ("bundle.zip", zipped.read_bytes()))
    page.asks("document.querySelector('[data-language=en]').click()")

    assert "Whole: nothing was altered" in page.asks("document.querySelector('#verdict').innerText")
    assert not re.search(r"[ぁ-ん]", page.asks("document.querySelector('footer').innerText"))


def test_comparing_the_fingerprint(page: Browser, zipped: Path) -> None:
    """One got elsewhere is compared, however it was typed."""
    dropped(page, ("bundle.zip", zipped.read_bytes()))
    ask = "(() => {{ const field = document.querySelector('#other'); field.value = {}; field.dispatchEvent(new Event('input')); return document.querySelector('#compared').innerText; }})()"

    assert "同じ" in page.asks(
        ask.format(
            "fingerprint.textContent.toUpperCase() + ' '".replace(
                "fingerprint", "document.querySelector('#fingerprint')"
            )
        )
    )
    assert "違います" in page.asks(ask.format("'0000'"))


def test_a_verifier_is_one_file() -> None:
    """Nothing of ours is imported, nothing is left to be filled in, nothing comes from elsewhere."""
    script, html = verify_py().decode(), verify_html().decode()

    assert "bot.bundle" not in script
    assert "noqa" not in script
    assert '"evidence_missing": "' in script
    compile(script, "verify.py", "exec")
    assert "@@" not in html
    assert not re.search(r"(src|href)=", html)
    assert "default-src 'none'" in html
