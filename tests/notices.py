"""NOTICE.md: what comes along with Tomoshibi and under which licence, from what the installed packages say of themselves.

`make docs` writes it (`python -m tests.notices`); a test holds it to the lock.
"""

from __future__ import annotations

import re
from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOTICE = ROOT / "NOTICE.md"
LOCK = ROOT / "requirements" / "run.txt"

_HEAD = """\
# Notice

Tomoshibi is licensed under the Apache License 2.0 ([LICENSE](LICENSE)). It is installed with the packages below
(`requirements/run.txt`), unchanged, each under its own licence; the texts lie beside each package, in its `dist-info` folder.
This file is made from what they say of themselves (`make docs`), and a test holds it to the lock.

| package | licence | home |
| --- | --- | --- |
"""

_TAIL = """
## What some of them ask of whoever passes them on

{remarks}
The picture of each thing in `playbooks/library/pictures` and the fonts' use in documents need no further notice: the pictures are our
own, and the OFL asks nothing of documents that are made with a font.
"""

_REMARKS = {
    "LGPL": "may be exchanged for another version by whoever runs it: it is installed as a package of its own and not built into anything. Its"
    " source is on its home page; pass its licence on with it (LGPL-3.0, and the GPL-3.0 that it rests on).",
    "MPL": "files that somebody changes stay under the MPL-2.0; none are changed here.",
    "OFL": "may be passed on with its licence, not sold by itself, and not changed under its own name (OFL-1.1).",
}

_INSIDE = {
    "pypandoc-binary": "holds **Pandoc**, which is GPL-2.0-or-later and run as a process of its own. Whoever passes it on (in a container"
    " or an installer, say) owes its text and its source: https://github.com/jgm/pandoc",
    "matplotlib": "holds the DejaVu and STIX fonts under licences of their own, which lie beside them.",
}

_SAYS_NOTHING = re.compile(r"copyright|dual|\n|^\W*$", re.IGNORECASE)
_LONGEST = 60


def locked() -> list[str]:
    """Give the packages that are installed to run, by name."""
    names = re.findall(r"^([a-z0-9][a-z0-9._-]*)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    return sorted(set(names))


def licence_of(package: str) -> str:
    """Give a package's licence as it says it itself: by SPDX expression, else in its own words, else by its classifiers."""
    said = distribution(package).metadata
    words = next((said[name] for name in ("License-Expression", "License") if name in said), "")
    if words and len(words) <= _LONGEST and not _SAYS_NOTHING.search(words):
        return words
    classifiers = [c.rpartition(" :: ")[2] for c in said.get_all("Classifier") or [] if c.startswith("License :: ")]
    return " or ".join(c for c in classifiers if c != "OSI Approved")


def home_of(package: str) -> str:
    """Give where a package comes from."""
    said = distribution(package).metadata
    urls = dict(url.split(", ", 1) for url in said.get_all("Project-URL") or [])
    wanted = ("source", "source code", "repository", "github", "homepage", "home")
    found = next((url for want in wanted for name, url in urls.items() if name.lower() == want), None)
    own = next((said[name] for name in ("Home-page",) if name in said), None)
    return found or own or "—"


def notice() -> str:
    """Give the file as it has to be."""
    licences = {package: licence_of(package) for package in locked()}
    rows = "".join(f"| {package} | {licence} | {home_of(package)} |\n" for package, licence in licences.items())
    remarks = [
        f"- **{package}** {remark}\n"
        for package, licence in licences.items()
        for kind, remark in _REMARKS.items()
        if re.search(rf"\b{kind}|{_LONG[kind]}", licence)
    ]
    remarks += [f"- **{package}** {remark}\n" for package, remark in _INSIDE.items() if package in licences]
    return _HEAD + rows + _TAIL.format(remarks="".join(remarks))


_LONG = {"LGPL": "Lesser General", "MPL": "Mozilla", "OFL": "Open Font"}


if __name__ == "__main__":
    NOTICE.write_text(notice(), encoding="utf-8")
