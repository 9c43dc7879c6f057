"""The timeline as a picture: who led, what each track did when, decisions and reports; black ink first, for any printer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from PIL import Image

from bot.documents.facts.run_header import letters
from bot.documents.paper.fonts import BOLD, REGULAR, drawable, font_file
from bot.documents.source import Source
from flows.events.working import LineSettled, StepAnswered, TrackStarted
from flows.record import codec
from flows.state.run import Run
from playbooks.frozen import frozen
from playbooks.model import END

INK, QUIET, BAR, TINT, ALARM = "#1c2b3a", "#5b6770", "#7f97ad", "#eef2f5", "#b3261e"
WIDTH_INCHES, LANE_INCHES, DOTS_PER_INCH = 7.2, 0.36, 200
COLOURS = 64
"""So many a picture has."""


@frozen
class Lane:
    """One line of the picture: bars (from, until), dots, and marks (when, which: a decision's letter or an entry's number)."""

    title: str
    bars: tuple[tuple[datetime, datetime, str], ...] = ()
    dots: tuple[datetime, ...] = ()
    marks: tuple[tuple[datetime, str], ...] = ()


def timeline_picture(source: Source) -> bytes:
    """Draw a run as a PNG, 1,440 dots wide, in few colours, as it also goes over lines that crawl; equal sources give equal bytes."""
    lanes = list(_lanes(source))
    height = LANE_INCHES * len(lanes) + 0.75
    figure = Figure(figsize=(WIDTH_INCHES, height), dpi=DOTS_PER_INCH, facecolor="white", layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    for place, lane in enumerate(lanes):
        _draw(axes, place, lane, source)
    _dress(axes, lanes, source)
    out = BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return _light(out)


def _light(drawn: BytesIO) -> bytes:
    """Give a PNG in few colours: the drawing has no more but where edges are smoothed, and weighs a third then."""
    out = BytesIO()
    with Image.open(drawn) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _lanes(source: Source) -> Iterator[Lane]:
    run, words = source.run, source.words
    start = run.reported_at or source.date
    end = run.ended_at or source.date
    changes = [*((at, words.roster.member(m)) for m, at in run.commanders)]
    spans = tuple(
        (at, changes[i + 1][0] if i + 1 < len(changes) else end, member.name if member else "")
        for i, (at, member) in enumerate(changes)
    )
    heard = tuple(sorted(run.acknowledged.values()))
    yield Lane(words.say("paper.picture.heard").unescape(), dots=(start, *heard))
    yield Lane(words.say("paper.picture.command").unescape(), bars=spans)
    for name, (since, until) in spans_of_tracks(source, end).items():
        title = run.playbook.tracks[name].title.in_language(words.language) if run.playbook else name
        done = tuple(a.at for (track, _), a in run.answered.items() if track == name)
        yield Lane(title, ((since, until, ""),), done, tuple(_decisions(run, name)))
    loose = tuple(_decisions(run, None))
    if loose:
        yield Lane(words.say("paper.picture.decisions").unescape(), marks=loose)
    if run.filed:
        yield Lane(words.say("paper.picture.reports").unescape(), dots=tuple(f.at for f in run.filed.values()))


def spans_of_tracks(source: Source, end: datetime) -> dict[str, tuple[datetime, datetime]]:
    """Give from when until when each track of the run's playbook went on; ``end`` for one that still does."""
    run, began, last = source.run, dict[str, datetime](), dict[str, datetime]()
    for entry in source.entries:
        event = codec.decode(entry.kind, entry.body)
        if isinstance(event, TrackStarted):
            began.setdefault(event.track, entry.recorded_at)
        elif isinstance(event, StepAnswered | LineSettled):
            last[event.track] = entry.recorded_at
    return {
        name: (began[name], last.get(name, began[name]) if state.step == END else end)
        for name, state in run.tracks.items()
        if name in began and run.playbook is not None and name in run.playbook.tracks
    }


def _decisions(run: Run, track: str | None) -> Iterator[tuple[datetime, str]]:
    for turn, letter in letters(run).items():
        made = run.decisions[turn]
        shown = run.shown.get(made.shown) if made.shown is not None else None
        if (shown.track if shown else None) == track:
            yield made.at, letter


def _font(size: float, *, bold: bool = False) -> FontProperties:
    return FontProperties(fname=str(font_file(BOLD if bold else REGULAR)), size=size)


def _draw(axes: Axes, place: int, lane: Lane, source: Source) -> None:
    def local(moment: datetime) -> float:
        return float(date2num(source.roster.facility.local(moment).replace(tzinfo=None)))

    for since, until, name in lane.bars:
        left, right = local(since), local(until)
        axes.barh(place, right - left, left=left, height=0.56, color=TINT, edgecolor=BAR, linewidth=0.8)
        axes.text(left, place, f" {drawable(name)}", va="center", fontproperties=_font(7.5), color=INK, clip_on=True)
    axes.plot([local(d) for d in lane.dots], [place] * len(lane.dots), ".", color=BAR, markersize=5, markeredgewidth=0)
    for at, letter in lane.marks:
        axes.plot([local(at)], [place], "D", color=ALARM, markersize=9.5, markeredgecolor="white", markeredgewidth=0.8)
        axes.text(local(at), place, letter, ha="center", va="center", fontproperties=_font(6, bold=True), color="white")


def ticks() -> AutoDateLocator:
    """Give where the times stand: four at least, since with five matplotlib knows of no interval for 4½ hours."""
    return AutoDateLocator(minticks=4, maxticks=10)


def _dress(axes: Axes, lanes: list[Lane], source: Source) -> None:
    axes.set_yticks(range(len(lanes)), [drawable(lane.title) for lane in lanes])
    axes.set_ylim(len(lanes) - 0.45, -0.55)
    locator = ticks()
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(
        ConciseDateFormatter(
            locator,
            formats=["%Y", "%m", "%m/%d", "%H:%M", "%H:%M", "%S"],
            zero_formats=["", "%Y", "%m", "%m/%d", "%H:%M", "%H:%M"],
            offset_formats=["", "%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%d", "%Y-%m-%d"],
        )
    )
    axes.margins(x=0.03)
    axes.grid(axis="x", color=TINT, linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(QUIET)
    axes.tick_params(length=0, colors=INK)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels(), axes.xaxis.get_offset_text()):
        label.set_fontproperties(_font(8))
        label.set_color(INK)
    if source.run.drill:
        title = source.words.say("banner.drill").strip()
        axes.set_title(title, loc="left", fontproperties=_font(9, bold=True), color=ALARM)
