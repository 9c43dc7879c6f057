"""A message as a channel can show it: labels and buttons within its bounds, words in messages of its length, no file where it takes none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from bot.channels.channel import Button, RenderedMessage, Traits
from bot.channels.text import pieces
from playbooks.frozen import frozen

Rows = tuple[tuple[Button, ...], ...]

CUT = "…"
"""What stands at the end of a label that was cut."""


@frozen
class Said:
    """What is said where a channel has bounds: ``more`` above buttons that had no place, ``unshown`` in place of a file."""

    more: str
    unshown: str


def is_bounded(traits: Traits) -> bool:
    """Say whether there are messages that have to be fitted."""
    return not traits.files or (traits.buttons, traits.label, traits.text) != (None, None, None)


def fitted(
    message: RenderedMessage, traits: Traits, said: Said, *, with_file: bool = False
) -> tuple[RenderedMessage, ...]:
    """Divide a message into those that the channel can show, in order; the last has the (rest of the) buttons.

    Nothing is left out: whole labels that had to be cut stand in the text. ``with_file``: one is still to be made for it.
    """
    text, rows = message.text, message.rows
    if not traits.files and (message.picture or message.document or with_file):
        message, text = replace(message, picture=None, document=None), f"{text}\n\n{said.unshown}"
    if traits.label is not None:
        rows, cut = _labelled(rows, traits.label)
        text = "\n".join([text, *(f"[{escape(short)}] {escape(whole)}" for short, whole in cut)])
    texts = pieces(text, traits.text) if traits.text is not None else [text]
    groups = list(_grouped(rows, traits.buttons)) or [()]
    first, *others = [replace(message, text=part, rows=()) for part in texts]
    bare = replace(message, text=said.more, rows=(), picture=None, document=None, contact=None)
    found = [first, *(replace(one, picture=None, document=None, contact=None) for one in others)]
    found[-1] = replace(found[-1], rows=groups[0])
    return (*found, *(replace(bare, rows=group) for group in groups[1:]))


def _labelled(rows: Rows, most: int) -> tuple[Rows, list[tuple[str, str]]]:
    """Cut labels to ``most`` characters, each different; gives also those that were cut with the whole."""
    taken = {button.label for row in rows for button in row if len(button.label) <= most}
    cut = list[tuple[str, str]]()

    def within(button: Button) -> Button:
        if len(button.label) <= most:
            return button
        label, number = button.label[: most - 1] + CUT, 2
        while label in taken:
            label, number = f"{button.label[: most - 1 - len(str(number))]}{CUT}{number}", number + 1
        taken.add(label)
        cut.append((label, button.label))
        return replace(button, label=label)

    return tuple(tuple(map(within, row)) for row in rows), cut


def _grouped(rows: Rows, most: int | None) -> Iterator[Rows]:
    """Divide rows of buttons into groups of at most ``most`` buttons; none if no button may be shown."""
    if most is None:
        yield rows
        return
    group = list[tuple[Button, ...]]()
    for row in rows if most else ():
        for part in (row[at : at + most] for at in range(0, len(row), most)):
            if sum(map(len, group)) + len(part) > most:
                yield tuple(group)
                group = []
            group.append(part)
    if group:
        yield tuple(group)
