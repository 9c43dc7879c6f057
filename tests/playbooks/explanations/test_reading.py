"""Promises of reading the texts for patients."""

import re
from pathlib import Path

import pytest

from playbooks.explanations.reading import EXPLANATIONS, load_explanations, read_explanations
from playbooks.explanations.shape import KINDS, VALUES, Explanations
from playbooks.problems import Problem

PAIRS = "\n".join(f"  {name}: {{ja: 不明, en: not known}}" for name in VALUES)
SMALL = f"""\
explanations: xx
version: "1"
facts: [leak]
data_kinds: {{records: {{ja: 記録, en: records}}}}
more_data_kinds: {{ja: ほか, en: others}}
phrases:
  we:
    - {{ja: 薬局, en: pharmacy, facilities: [pharmacy]}}
    - {{ja: 当院, en: we}}
  leak_line:
    - {{ja: 出ました, en: It got out, when: leak == confirmed}}
    - {{ja: 調査中, en: looked into, unknown: leak}}
kinds:
  poster:
    title: {{ja: 掲示, en: Poster}}
    use: {{ja: 貼る, en: Put it up}}
    paragraphs:
      - {{ja: "{{{{ we }}}}から {{{{ contact }}}}", en: "{{{{ contact }}}}"}}
      - {{ja: "{{{{ leak_line }}}}", en: "{{{{ leak_line }}}}", tight: true}}
  phone:
    title: {{ja: 電話, en: Phone}}
    use: {{ja: 読む, en: Read it out}}
    paragraphs: [{{ja: はい, en: "Yes"}}]
  web:
    title: {{ja: サイト, en: Web}}
    use: {{ja: 載せる, en: Post it}}
    paragraphs: [{{ja: はい, en: "Yes"}}]
  letter:
    title: {{ja: 手紙, en: Letter}}
    use: {{ja: 送る, en: Send it}}
    items: [cause]
    paragraphs: [{{ja: 原因, en: Cause, item: cause}}]
blanks:
{PAIRS}
unknowns:
  leak: {{ja: 漏えい, en: Leak}}
{PAIRS}
"""


def problems(text: str, below: Explanations | None = None) -> list[str]:
    """The lines that a person is shown."""
    read = read_explanations(text, "xx.yaml", below)
    assert isinstance(read, tuple)
    return [str(problem) for problem in read]


@pytest.fixture(scope="module")
def library() -> Explanations:
    """The texts that come along."""
    explanations, problems = load_explanations()
    assert explanations is not None
    assert problems == ()
    return explanations


def test_what_comes_along_is_sound(library: Explanations) -> None:
    """All four kinds, without a problem."""
    assert set(library.kinds) == set(KINDS)


def test_a_good_file_is_read() -> None:
    """The small file is the model for another jurisdiction."""
    assert isinstance(read_explanations(SMALL, "xx.yaml"), Explanations)


def mistaken(*mistakes: tuple[str, str]) -> str:
    """The small file with mistakes, each put in where its right text stands first."""
    wrong = SMALL
    for right, mistake in mistakes:
        assert right in wrong
        wrong = wrong.replace(right, mistake, 1)
    return wrong


def test_many_mistakes_of_shape_give_as_many_lines() -> None:
    """A missing language, wrong names and an unreadable condition come at once, each with its line and a cure."""
    wrong = mistaken(
        ("{ja: 当院, en: we}", "{ja: 当院}"),
        ("when: leak == confirmed", "when: leak = confirmed"),
        ("tight: true", "tihgt: true"),
        ("facilities: [pharmacy]", "facilities: [farmacy]"),
        ("title: {ja: 電話, en: Phone}", "title: {en: Phone}"),
        ("  web:", "  webb:"),
        ("paragraphs: [{ja: 原因, en: Cause, item: cause}]", "paragraphs: []"),
    )
    assert problems(wrong) == [
        "xx.yaml:8: `facilities, entry 1` cannot be `farmacy` (did you mean `pharmacy`?)",
        "xx.yaml:9: `en` is missing (add `en:`)",
        "xx.yaml:11: `when`: the condition cannot be read (write `==` for 'is')",
        "xx.yaml:19: nobody knows the key `tihgt` here (did you mean `tight`?)",
        "xx.yaml:21: `ja` is missing in `title` (add `ja:`)",
        "xx.yaml:24: nobody knows the kind `webb` (did you mean `web`?)",
        "xx.yaml:32: `paragraphs` is empty (write something or remove the line)",
    ]


def test_many_mistakes_of_meaning_give_as_many_lines() -> None:
    """Names nobody defined, gaps and stray braces are found in a file whose shape is right."""
    wrong = mistaken(
        ("    - {ja: 当院, en: we}\n", "    - {ja: 当院, en: 当院, facilities: [clinic]}\n"),
        ("when: leak == confirmed", "when: leek == confirmed"),
        ("unknown: leak}", "unknown: leack}"),
        ('en: "{{ contact }}"', 'en: "{{ contcat }}"'),
        ('ja: "{{ leak_line }}"', 'ja: "{% if 1 %}{{ leak_line }}"'),
        ("item: cause", "item: reason"),
    )
    assert problems(wrong) == [
        "xx.yaml:7: the phrase `we` says nothing when nothing is known (disaster, dental) (add one without `when`)",
        "xx.yaml:9: the English text holds Japanese (translate it)",
        "xx.yaml:11: no fact is named `leek` (did you mean `leak`?)",
        "xx.yaml:12: no gap is named `leack` (did you mean `leak`?)",
        "xx.yaml:18: no placeholder is named `contcat` (did you mean `contact`?)",
        "xx.yaml:18: the English text lacks `contact` (put {{ contact }} into it)",
        "xx.yaml:19: a placeholder cannot be read (write `{{ facility }}`; nothing else may stand in braces)",
        "xx.yaml:32: no item is named `reason` (known: cause)",
        "xx.yaml:32: the item `cause` is left out (disaster, clinic) (add one without `when`)",
    ]


@pytest.mark.parametrize(
    ("right", "mistake", "told"),
    [
        ("  contact: {ja: 不明, en: not known}\n", "", "xx.yaml:33: `contact` has no wording for being unknown"),
        ("  we:\n", "  contact:\n", "xx.yaml:7: `contact` is filled in by the run and cannot be a phrase"),
        ("ja: 調査中,", 'ja: "{{ we }}",', None),
        ("ja: 調査中,", 'ja: "{{ leak_line }}",', "xx.yaml:10: the phrase `leak_line` leads back to itself"),
        ("ja: 調査中,", 'ja: "{{ contact.x }}",', "xx.yaml:12: a placeholder cannot be read"),
        ("ja: 調査中,", 'ja: "{{ contact|safe }}",', "xx.yaml:12: a placeholder cannot be read"),
        ("ja: 調査中,", "ja: {{ contact }},", "xx.yaml:12: "),
        ("en: looked into", 'en: ""', "xx.yaml:12: `en` is empty"),
        ("leak == confirmed", "has_contact and leak == unknown", None),
        ("leak == confirmed", "has_moon", "xx.yaml:11: no fact is named `has_moon`"),
        ("leak == confirmed", "__import__('os')", "xx.yaml:11: `when`: a condition cannot call anything"),
        ("kinds:\n", "kinds: []\nkind:\n", "xx.yaml:13: `kinds` is a list where named values belong"),
        ('version: "1"\n', "", "xx.yaml:1: `version` is missing"),
    ],
)
def test_a_mistake_is_named_where_it_stands(right: str, mistake: str, told: str | None) -> None:
    """File, line, what is wrong; what is allowed passes."""
    read = read_explanations(mistaken((right, mistake)), "xx.yaml")
    if told is None:
        assert isinstance(read, Explanations)
    else:
        assert isinstance(read, tuple)
        assert any(str(problem).startswith(told) for problem in read), [str(problem) for problem in read]


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_kind_is_named(kind: str) -> None:
    """Each of the four is needed."""
    told = problems(re.sub(rf"  {kind}:\n(?:    .*\n)+", "", SMALL))
    assert told == [f"xx.yaml:13: the kind `{kind}` is missing (add `{kind}:` with its paragraphs)"]


@pytest.mark.parametrize(
    "text",
    ["", "  \n", "# only a remark\n", "[]", "just words", "kinds: 3", "phrases: [1]", "a: &a [*a]", "\x00", "{" * 30],
)
def test_no_text_makes_the_reader_raise(text: str, library: Explanations) -> None:
    """Whatever stands in the file, alone or over another, the answer is a list of problems."""
    assert problems(text)
    assert problems(text, library)


def test_a_facilitys_file_holds_only_what_differs(tmp_path: Path, library: Explanations) -> None:
    """A phrase, a kind's paragraphs, a fact of its own; all else stays as it came along."""
    (tmp_path / "jp.yaml").write_text(
        "facts: [moved]\n"
        "phrases: {we: [{ja: あおば医院, en: Aoba}], extra: [{ja: 足す, en: more}]}\n"
        "kinds:\n"
        "  poster: {paragraphs: [{ja: '{{ we }} {{ extra }}', en: '{{ extra }}'}, {ja: 移転, en: moved, when: moved}]}\n",
        encoding="utf-8",
    )
    own, told = load_explanations(tmp_path)
    assert told == ()
    assert own is not None
    assert own.phrases["we"][0].ja == "あおば医院"
    assert own.phrases["leak_line"] == library.phrases["leak_line"]
    assert own.kinds["poster"].title == library.kinds["poster"].title
    assert len(own.kinds["poster"].paragraphs) == 2
    assert own.kinds["letter"] == library.kinds["letter"]


def test_a_mistake_in_a_facilitys_file_takes_no_words_away(tmp_path: Path, library: Explanations) -> None:
    """The texts below it stay in use, and the mistake is told with its line in the facility's file."""
    (tmp_path / "jp.yaml").write_text(
        "kinds:\n  poster:\n    paragraphs:\n      - {ja: '{{ contcat }}', en: x}\n", encoding="utf-8"
    )
    own, told = load_explanations(tmp_path)
    assert own == library
    assert told == (Problem("jp.yaml", 4, "no placeholder is named `contcat`", "did you mean `contact`?"),)


def test_the_last_folder_is_on_top(tmp_path: Path) -> None:
    """A group's folder, then the facility's own; a folder without such a file changes nothing."""
    for name, word in (("group", "本部"), ("own", "分院")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "jp.yaml").write_text(f"phrases: {{we: [{{ja: {word}, en: Aoba}}]}}\n", encoding="utf-8-sig")
    own, told = load_explanations(tmp_path / "group", tmp_path / "none", tmp_path / "own")
    assert told == ()
    assert own is not None
    assert own.phrases["we"][0].ja == "分院"


def test_texts_that_are_not_there_are_a_problem(tmp_path: Path) -> None:
    """So are unreadable bytes."""
    assert load_explanations(jurisdiction="jq", library=EXPLANATIONS) == (
        None,
        (Problem("jq.yaml", 1, "there are no texts for patients for `jq`", "write them after the model of jp.yaml"),),
    )
    (tmp_path / "jp.yaml").write_bytes(b"\xff\xfe\x00")
    own, told = load_explanations(tmp_path)
    assert own is not None
    assert [problem.what for problem in told] == ["the file cannot be read"]
