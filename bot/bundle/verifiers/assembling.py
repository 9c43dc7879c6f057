"""The verifiers put together: each becomes one file that needs nothing beside it."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from bot.bundle.findings import FINDINGS
from bot.phrasing import phrase
from playbooks.texts import LANGUAGES, everywhere

HERE = Path(__file__).parent

PYTHON = ("ed25519.py", "tokens.py", "walk.py", "verify.py")
SCRIPTS = ("sha2.js", "ed25519.js", "tokens.js", "walk.js", "opening.js", "page.js")

SAID = {
    "of_entry": phrase("verifier.of_entry", seq="{seq}"),
    "open": phrase("verifier.open"),
    "looked": phrase("verifier.looked", entries="{entries}", seals="{seals}"),
    "disposed": phrase("verifier.disposed", seq="{seq}", count="{count}"),
    "stamped": phrase("verifier.stamped", count="{count}", seq="{seq}", at="{at}", signer="{signer}"),
    "vouched": phrase("verifier.vouched", ca="{ca}"),
    "not_vouched": phrase("verifier.not_vouched", fingerprint="{fingerprint}"),
    "fingerprint": phrase("verifier.fingerprint", key="{key}"),
    "compare": phrase("verifier.compare"),
    "found_altered": phrase("verifier.found_altered"),
    "found_whole": phrase("verifier.found_whole"),
    "not_there": phrase("verifier.not_there"),
}
"""What ``verify.py`` says besides; it puts in the facts by itself."""

_JOINED = re.compile(r"^from (__future__|bot\.bundle\.verifiers\.\w+) import .*\n", re.MULTILINE)
_NOQA = re.compile(r"  # (noqa|type): .*$", re.MULTILINE)


@cache
def verify_py() -> bytes:
    """Give ``verify.py``: the modules one after another, with the words of the findings."""
    texts = [(HERE / name).read_text(encoding="utf-8") for name in PYTHON]
    docstring, last = re.match(r'(""".*?"""\n)(.*)', texts.pop(), re.DOTALL).groups()  # type: ignore[union-attr]
    bodies = [_NOQA.sub("", _JOINED.sub("", text)) for text in (*texts, last)]
    words = {
        language: {name: said.in_language(language) for name, said in (FINDINGS | SAID).items()}
        for language in LANGUAGES
    }
    whole = f"{docstring}\nfrom __future__ import annotations\n\n" + "\n\n".join(body.strip() + "\n" for body in bodies)
    empty = "WORDS: Dict[str, Dict[str, str]] = "
    return whole.replace(f"{empty}{{}}", empty + json.dumps(words, ensure_ascii=False, indent=4)).encode()


@cache
def verify_html() -> bytes:
    """Give ``verify.html``: style and scripts inside, and a policy that lets nothing else run and nothing be fetched."""
    style = (HERE / "page.css").read_text(encoding="utf-8")
    words = json.dumps({kind: everywhere(said) for kind, said in FINDINGS.items()}, ensure_ascii=False)
    scripts = "\n".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
    script = f'"use strict";\nconst FINDINGS = {words};\n{scripts}'
    page = (HERE / "page.html").read_text(encoding="utf-8")
    policy = f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; base-uri 'none'; form-action 'none'"
    for place, text in (("POLICY", policy), ("STYLE", style), ("SCRIPT", script)):
        page = page.replace(f"@@{place}@@", text)
    return page.encode()


def _digest(text: str) -> str:
    """Name a text as a content security policy does."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
