"""Documents as Markdown: whatever people type comes out whole, in its place, and is never markup."""

from __future__ import annotations

import json
import re
from html import unescape

import pypandoc
import pytest
import typst
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from bot.documents.paper.markdown import (
    BLANK,
    BREAK,
    READER,
    TEMPLATES,
    Markdown,
    as_read,
    escape,
    lines,
    named,
    strong,
    table,
    visible,
    write,
)
from bot.words.words import Words
from contacts.model import Facility
from contacts.roster import Roster

HOSTILE = [
    "| a | b |",
    "**bold** _i_ `code` ~~x~~ ^a^ ~b~",
    "<script>alert(1)</script><b>",
    '#set page(paper: "a3"); #panic()',
    "$x^2$ \\newpage \\input{x} @cite [^1] ^[note]",
    "```{=typst}",
    "- a\n- b",
    "+ a",
    "* a",
    "1. x\n2. y",
    "(1) x",
    "a) x",
    "A. x",
    "= 見出し\n== 二",
    "# 見出し",
    "/ term: x",
    "// 注 /* x */",
    "---",
    "===",
    "> 引用",
    ": 定義",
    "Table: x",
    "::: newpage",
    "[]{.br}",
    "[x](http://example.com)",
    "![x](/etc/passwd)",
    "http://example.com/?a=1&b=2#c",
    "&lt; &amp; &#65;",
    "{{ 1 + 1 }} {% x %}",
    "\\",
    "\\\\",
    "'\"“”",
    "a -- b --- c ... d",
    "@a <b> #c",
    "%x",
    "~",
    "\u3000全角で始まる",
    "髙﨑𠮷 葛\U000e0100 👨‍👩‍👧 ✏️ 🏥",
]

TYPED = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30),
    st.text("#*_-+=/\\`$@<>[](){}|~^&!:.;'\"0123a \n", min_size=1, max_size=30),
)

LINE_ENDS = re.compile(r"[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

SEEN = """
#let figure(body, ..rest) = body
#let plain(it) = if type(it) == str { it } else if it.has("text") { plain(it.text) } else if it.has("body") { plain(it.body) } else if it.has("children") {
  it.children.map(plain).join() } else if it == [ ] { " " } else if it.func() == linebreak { "\\n" } else { "<" + repr(it.func()) + ">" }
#let table(..given) = for cell in given.pos() [#metadata(plain(cell)) <seen>]
"""


def squeezed(text: str) -> str:
    """Take all blanks out, and the joiners of emoji families: where a line breaks is another matter."""
    return "".join(c for c in text if not c.isspace() and c != "\u200d")


@settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(TYPED, min_size=20, max_size=40))
def test_every_text_comes_out_whole(typed: list[str]) -> None:
    """In HTML and in Typst each cell holds exactly what was typed, sign by sign, and nothing of it is markup."""
    markdown = table((30, 30), ("", ""), [(text, strong(text)) for text in typed])
    want = [squeezed(visible(LINE_ENDS.sub("\n", text))) for text in typed for _ in range(2)]

    page = _pandoc(markdown, "html5")
    assert [squeezed(cell) for cell in cells_of(page)] == want
    found = typst.query((SEEN + _pandoc(markdown, "typst")).encode(), "<seen>", field="value", font_paths=[])
    read = json.loads(found)
    assert [squeezed(cell or "") for cell in read] == want


def cells_of(page: str) -> list[str]:
    """Give the cells of an HTML table as plain text."""
    return [
        unescape(re.sub(r"<(/?strong|br /?)>", "", cell))
        for cell in re.findall(r"<td[^>]*>(.*?)</td>", page, re.DOTALL)
    ]


def _pandoc(markdown: str, to: str) -> str:
    extra = ["--wrap=none", "--columns=1", f"--lua-filter={TEMPLATES / 'paper.lua'}"]
    return str(pypandoc.convert_text(markdown, to, format=READER, extra_args=extra))


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_breaks_out_of_a_paragraph(text: str) -> None:
    """Outside tables, too, a typed text is one paragraph with these signs."""
    page = _pandoc(f"vor\n\n{escape(text)}\n\nnach", "html5")
    inside = re.sub(r"<br />\s*", "", page).split("<p>")

    assert len(inside) == 4
    assert squeezed(unescape(inside[2].removesuffix("</p>\n"))) == squeezed(visible(text))


def test_what_cannot_be_seen_is_named() -> None:
    """Marks of direction, blanks without width, control signs and lone halves stand by number and name."""
    assert (
        visible("a\u200bb\u202e\x07\ud800")
        == "a［U+200B ZERO WIDTH SPACE］b［U+202E RIGHT-TO-LEFT OVERRIDE］［U+0007］［U+D800］"
    )
    assert visible("👨‍👩‍👧 葛\U000e0100 ✏️") == "👨‍👩‍👧 葛\U000e0100 ✏️"
    assert visible("a\u200db") == f"a{named(chr(0x200D))}b"


def test_our_own_markdown_stays() -> None:
    """What is Markdown already isn't escaped again; phrases (HTML) are said as plain text; nothing is nothing."""
    assert escape(Markdown("**x**")) == "**x**"
    assert escape(Markup("&lt;a&gt; b")) == "\\<a\\> b"
    assert (escape(None), strong(""), strong("a")) == ("", "", "**a**")
    assert lines(["a", BLANK]) == f"a{BREAK}[]{{.fill}}"
    assert as_read(f"a{BREAK}b") == "a<br>b"


def test_a_template_escapes_by_itself() -> None:
    """Whatever a template puts in is escaped, without anybody thinking of it."""
    words = Words("ja", Roster(Facility(name="x", kind="clinic")))
    said = write("evidence", words, evidence=[("E1", 1, "<b>|x|", "", "", "")])

    assert "\\<b\\>\\|x\\|" in said
