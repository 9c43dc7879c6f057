"""A headless Chromium, driven over a pipe in DevTools' own protocol: no driver, no port, no profile left behind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
)


def chromium() -> str:
    """Find Chromium; without one the test is skipped, but fails where CI is set."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        reason = "no Chromium here to open verify.html with (Debian: apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


class Browser:
    """One page of a browser; ``requests`` are the addresses that it tried to fetch."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands = os.fdopen(commands, "wb")
        self._answers = os.fdopen(answers, "rb")
        self._rest = b""
        self._count = self._loaded = 0
        self.requests: list[str] = []
        self._session = ""
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._call("Page.enable")
        self._call("Network.enable")

    def opens(self, page: Path | str, language: str = "ja-JP") -> None:
        """Open a page from the disk, as a person does who taps the file, or at an address."""
        self._call("Emulation.setLocaleOverride", locale=language)
        self._call("Emulation.setUserAgentOverride", userAgent="Test", acceptLanguage=language)
        loaded = self._loaded
        self._call("Page.navigate", url=page if isinstance(page, str) else page.as_uri())
        while self._loaded == loaded:
            self._note(self._hear())

    def asks(self, expression: str) -> Any:
        """Evaluate an expression in the page and wait for its value."""
        said = self._call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in said, said["exceptionDetails"]
        return said["result"].get("value")

    def shows(self, text: str) -> None:
        """Wait until the page shows a text; half a minute at most."""
        self.asks(
            f"""new Promise((done, late) => {{
                const text = {json.dumps(text)}, look = () => document.body.innerText.includes(text) && done();
                new MutationObserver(look).observe(document, {{ childList: true, subtree: true, characterData: true }});
                setTimeout(() => late(new Error(document.body.innerText)), 30000);
                look();
            }})"""
        )

    def clicks(self, label: str) -> None:
        """Click a button by its label, the last if there are several."""
        said = json.dumps(label)
        self.asks(f"[...document.querySelectorAll('button')].filter((b) => b.textContent === {said}).at(-1).click()")

    def follows(self, label: str) -> None:
        """Click a button by its label and wait for the page to which it leads."""
        loaded = self._loaded
        self.clicks(label)
        while self._loaded == loaded:
            self._note(self._hear())

    def goes_without_script(self) -> None:
        """Run no script of the pages that are opened from now on."""
        self._call("Emulation.setScriptExecutionDisabled", value=True)

    def pictures(self, width: int, height: int) -> bytes:
        """Give the page as a PNG, as a screen of that size shows it."""
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        return b64decode(self._call("Page.captureScreenshot", format="png")["data"])

    def chooses(self, selector: str, *files: Path) -> None:
        """Choose files in a field, as a person does in the dialogue."""
        root = self._call("DOM.getDocument")["root"]["nodeId"]
        field = self._call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self._call("DOM.setFileInputFiles", nodeId=field, files=[str(file) for file in files])

    def closes(self) -> None:
        """Close the browser."""
        self._session = ""
        self._call("Browser.close")
        self._commands.close()
        self._answers.close()

    def _call(self, method: str, **parameters: object) -> dict[str, Any]:
        self._count += 1
        order = {"id": self._count, "method": method, "params": parameters}
        order |= {"sessionId": self._session} if self._session else {}
        self._commands.write(json.dumps(order).encode() + b"\0")
        self._commands.flush()
        while True:
            said = self._hear()
            self._note(said)
            if said.get("id") == self._count:
                assert "error" not in said, said["error"]
                return dict(said["result"])

    def _note(self, said: dict[str, Any]) -> None:
        if said.get("method") == "Network.requestWillBeSent":
            self.requests.append(said["params"]["request"]["url"])
        self._loaded += said.get("method") == "Page.loadEventFired"

    def _hear(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            more = self._answers.read1(1 << 20)
            assert more, "the browser has ended"
            self._rest += more
        message, _, self._rest = self._rest.partition(b"\0")
        return dict(json.loads(message))


_LAUNCH = """
import os, sys
ends = os.dup({hear}), os.dup({answer})
high = [os.dup(end) for end in ends for _ in range(8)]
os.dup2(high[7], 3)
os.dup2(high[15], 4)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Chromium hears on descriptor 3 and answers on 4; the pipe's ends are first moved out of the way."""


@contextmanager
def browsing() -> Iterator[Browser]:
    """Start a browser with an empty profile, and end it."""
    program = chromium()
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        hear, say = os.pipe()
        read, answer = os.pipe()
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                _LAUNCH.format(hear=hear, answer=answer),
                program,
                *FLAGS,
                f"--user-data-dir={profile}",
                "about:blank",
            ],
            pass_fds=(hear, answer),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(hear)
        os.close(answer)
        try:
            browser = Browser(say, read)
            yield browser
            browser.closes()
        finally:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
