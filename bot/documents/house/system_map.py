"""The systems and their lines to the outside, drawn from what was entered: for whoever comes to help, and for an inspector.

Left the lines with who is at their other end, right the house with what runs in it and the cloud below; a line ends at the
system that it serves, or at the house.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyBboxPatch

from bot.documents.paper.fonts import BOLD, REGULAR, drawable, font_file
from bot.documents.source import Source
from contacts.labels import PLACE
from contacts.shapes.outside import Connection
from contacts.shapes.systems import System

INK, QUIET, LINE, TINT = "#1c2b3a", "#5b6770", "#7f97ad", "#eef2f5"
WIDTH_INCHES, ROW_INCHES, DOTS_PER_INCH = 7.2, 0.52, 200
MOST_SIGNS = 24
"""Of a name; the whole of it stands in the table above."""

OUTSIDE, HOUSE, RIGHT = 2.9, 4.3, 7.1
"""Where the boxes outside end, where the house begins and ends, in inches from the left."""

Place = tuple[float, float]


def system_map(source: Source) -> bytes | None:
    """Draw the map as a PNG, 1,440 dots wide; None where nothing is entered. Equal sources give equal bytes."""
    systems, lines = source.roster.systems, source.roster.connections
    if not systems and not lines:
        return None
    groups = [g for g in (_inside(systems), _cloud(systems)) if g]
    rows = max(len(lines), len(systems) + len(groups), 1)
    figure = Figure(figsize=(WIDTH_INCHES, ROW_INCHES * rows + 0.3), dpi=DOTS_PER_INCH, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH_INCHES)
    axes.set_ylim(rows + 0.3, -0.3)
    axes.set_axis_off()
    ends = _draw_house(axes, source, groups)
    for row, line in enumerate(sorted(lines, key=lambda one: _end(one, ends)[1])):
        _draw_line(axes, source, line, row + 0.5, _end(line, ends))
    out = BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


def _inside(systems: Sequence[System]) -> list[System]:
    return [one for one in systems if one.runs != "cloud"]


def _cloud(systems: Sequence[System]) -> list[System]:
    return [one for one in systems if one.runs == "cloud"]


def _draw_house(axes: Axes, source: Source, groups: Sequence[Sequence[System]]) -> dict[str, Place]:
    """Draw the frames with their systems; gives where lines end, by a system's id, and at the house itself under ``""``."""
    words, top, ends = source.words, 0.0, dict[str, Place]()
    for group in groups:
        cloud = group[0].runs == "cloud"
        title = PLACE["cloud"].in_language(words.language) if cloud else source.roster.facility.name
        height = len(group) + 0.8
        _box(axes, HOUSE, top, RIGHT - HOUSE, height, "white")
        _text(axes, HOUSE + 0.12, top + 0.35, title, bold=True)
        if not cloud:
            ends[""] = (HOUSE, top + height / 2)
        for row, system in enumerate(group):
            at = top + 1.1 + row
            _box(axes, HOUSE + 0.25, at - 0.35, RIGHT - HOUSE - 0.4, 0.7, TINT)
            _text(axes, HOUSE + 0.37, at, _named(source, system))
            ends[system.id] = (HOUSE + 0.25, at)
        top += height + 0.2
    return ends or {"": (HOUSE, 0.5)}


def _named(source: Source, system: System) -> str:
    if system.runs != "both":
        return system.name
    return source.words.say(
        "paper.map.both", name=system.name, place=PLACE["both"].in_language(source.words.language)
    ).unescape()


def _end(line: Connection, ends: dict[str, Place]) -> Place:
    """Give where a line ends: at its system, else at the house, else at what there is."""
    return ends.get(line.system or "") or ends.get("") or next(iter(ends.values()))


def _draw_line(axes: Axes, source: Source, line: Connection, at: float, end: Place) -> None:
    other, words = source.roster.contact(line.contact), source.words
    said = line.name if not line.way else words.say("paper.map.line", name=line.name, way=line.way).unescape()
    _box(axes, 0.1, at - 0.38, OUTSIDE - 0.1, 0.76, TINT)
    _text(axes, 0.22, at - 0.14, said)
    _text(
        axes, 0.22, at + 0.17, other.name if other else words.say("paper.map.unknown").unescape(), size=6.5, color=QUIET
    )
    arrow = {"arrowstyle": "<->", "color": LINE, "linewidth": 1.1, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", xy=end, xytext=(OUTSIDE, at), arrowprops=arrow)


def _box(axes: Axes, left: float, top: float, width: float, height: float, colour: str) -> None:
    style = "round,pad=0,rounding_size=0.06"
    axes.add_patch(FancyBboxPatch((left, top), width, height, style, facecolor=colour, edgecolor=LINE, linewidth=0.8))


def _text(axes: Axes, x: float, y: float, said: str, *, size: float = 8, bold: bool = False, color: str = INK) -> None:
    shown = said if len(said) <= MOST_SIGNS else f"{said[: MOST_SIGNS - 1]}…"
    font = FontProperties(fname=str(font_file(BOLD if bold else REGULAR)), size=size)
    axes.text(x, y, drawable(shown), va="center", fontproperties=font, color=color, clip_on=True)
