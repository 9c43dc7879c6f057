"""The drills of a kind as a picture: how fast people answered, how many, and each time taken, drill after drill.

Black ink first, large enough for a phone; the published yardstick stands as a line where roll calls can be compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.layout_engine import ConstrainedLayoutEngine

from bot.documents.facts.drill_results import quiz_rate
from bot.documents.paper.fonts import BOLD, REGULAR, drawable, font_file
from bot.words.words import Words
from flows.response.measuring import YARDSTICK, roll_call, taken
from flows.state.run import Run
from playbooks.frozen import frozen

INK, QUIET, TINT, ALARM = "#1c2b3a", "#5b6770", "#dfe5ea", "#b3261e"
LINES = (("#1c2b3a", "o"), ("#b3261e", "s"), ("#2f6f8f", "^"), ("#8a6d1f", "D"), ("#6b4a86", "v"), ("#4d7a4a", "P"))
"""A colour and a mark for each measure: they can be told apart in black and white, too."""

MOST = 8
"""So many drills are shown at most, the last ones; more would be too narrow for a phone."""

MINUTES = (0, 1, 5, 15, 30, 60, 120, 240)
WIDTH_INCHES, PANEL_INCHES, DOTS_PER_INCH = 7.2, 2.5, 150


@frozen
class Curve:
    """One thing over all drills shown; None where a drill has no figure for it."""

    title: str
    values: tuple[float | None, ...]


@frozen
class Panel:
    """What shares one axis: minutes (drawn by their square root, short times apart), or per cent."""

    title: str
    per_cent: bool
    curves: tuple[Curve, ...]
    yardsticks: tuple[tuple[float, str], ...] = ()

    @property
    def heading(self) -> str:
        """What stands above it: its title, and its only curve's where that has one."""
        return f"{self.title}: {self.curves[0].title}" if len(self.curves) == 1 and self.curves[0].title else self.title


def drill_trend(runs: Sequence[Run], words: Words) -> bytes:
    """Draw the drills of one kind, the oldest first, as a PNG 1,080 dots wide; equal runs give equal bytes.

    ValueError without a drill among the runs.
    """
    shown = [run for run in runs if run.exercise is not None][-MOST:]
    if not shown:
        raise ValueError("there is no drill to draw")
    panels = [panel for panel in _panels(shown, words) if any(v is not None for c in panel.curves for v in c.values)]
    rows = sum(_room(panel) for panel in panels) or 1
    figure = Figure(
        figsize=(WIDTH_INCHES, PANEL_INCHES * rows + 0.5),
        dpi=DOTS_PER_INCH,
        facecolor="white",
        layout=ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.1),
    )
    FigureCanvasAgg(figure)
    first = shown[0].exercise
    kind = first.kind.title.in_language(words.language) if first else ""
    banner = words.say("banner.drill").strip()
    figure.suptitle(
        f"{banner} {drawable(kind)}: {words.say('trend.title').unescape()}",
        x=0.02,
        ha="left",
        fontproperties=_font(13, bold=True),
        color=ALARM,
    )
    axes = figure.subplots(max(len(panels), 1), 1, squeeze=False, height_ratios=[_room(p) for p in panels] or [1])[:, 0]
    for axis, panel in zip(axes, panels, strict=False):
        _draw(axis, panel, [_day(run, words) for run in shown])
    if not panels:
        axes[0].set_axis_off()
        axes[0].text(
            0.5, 0.5, words.say("trend.nothing").unescape(), ha="center", fontproperties=_font(11), color=QUIET
        )
    out = BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


def _panels(runs: Sequence[Run], words: Words) -> list[Panel]:
    calls = [roll_call(run) for run in runs]
    told = words.say("trend.yardstick", year=YARDSTICK["year"]).unescape()
    best = words.say("trend.best").unescape()
    median_line = Curve("", tuple(call.median for call in calls))
    rate_line = Curve("", tuple(call.rate for call in calls))
    quiz_line = Curve("", tuple(quiz_rate(run) for run in runs))
    minutes = ((YARDSTICK["minutes"], told), (YARDSTICK["best_minutes"], best))
    rates = ((YARDSTICK["rate"], told), (YARDSTICK["best_rate"], best))
    return [
        Panel(words.say("trend.median").unescape(), False, (median_line,), minutes),
        Panel(words.say("trend.rate").unescape(), True, (rate_line,), rates),
        Panel(words.say("trend.times").unescape(), False, tuple(_times(runs, words))),
        Panel(words.say("trend.quiz").unescape(), True, (quiz_line,)),
    ]


def _times(runs: Sequence[Run], words: Words) -> list[Curve]:
    took = [{one.measure.id: one.minutes for one in taken(run)} for run in runs]
    titles = {
        one.measure.id: words.say(
            "trend.measure", title=one.measure.title.in_language(words.language), target=one.measure.target_minutes
        ).unescape()
        for run in runs
        for one in taken(run)
    }
    curves = [Curve(title, tuple(t.get(measure) for t in took)) for measure, title in titles.items()]
    return [curve for curve in curves if any(value is not None for value in curve.values)][: len(LINES)]


def _room(panel: Panel) -> float:
    """Give a panel's height in panels; a legend needs some of its own."""
    return 1.0 if len(panel.curves) < 2 else 1.15 + 0.1 * len(panel.curves)


def _day(run: Run, words: Words) -> str:
    begun = run.exercise.begun_at if run.exercise else None
    return f"{words.roster.facility.local(begun):%Y\n%m/%d}" if begun else ""


def _font(size: float, *, bold: bool = False) -> FontProperties:
    return FontProperties(fname=str(font_file(BOLD if bold else REGULAR)), size=size)


def _draw(axes: Axes, panel: Panel, days: list[str]) -> None:
    for (colour, mark), curve in zip(LINES, panel.curves, strict=False):
        places = [place for place, value in enumerate(curve.values) if value is not None]
        values = [value for value in curve.values if value is not None]
        title = drawable(curve.title)
        axes.plot(
            places, values, mark + "-", color=colour, markersize=7, linewidth=2, label=title, clip_on=False, zorder=3
        )
        if len(panel.curves) == 1:
            for place, value in zip(places, values, strict=True):
                said = f"{value:.0f}%" if panel.per_cent else f"{value:.1f}"
                axes.annotate(
                    said,
                    (place, value),
                    (0, 8),
                    textcoords="offset points",
                    ha="center",
                    color=colour,
                    fontproperties=_font(11, bold=True),
                    zorder=4,
                )
    for height, name in panel.yardsticks:
        axes.axhline(height, color=QUIET, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
        axes.annotate(
            f"{name} {height:g}",
            (1, height),
            (0, 2),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            ha="right",
            va="bottom",
            fontproperties=_font(8.5),
            color=QUIET,
            zorder=2,
        )
    _scale(axes, panel)
    _dress(axes, panel, days)


def _scale(axes: Axes, panel: Panel) -> None:
    if panel.per_cent:
        axes.set_ylim(0, 125)
        axes.set_yticks([0, 50, 100], ["0%", "50%", "100%"])
        return
    values = [value for curve in panel.curves for value in curve.values if value is not None]
    highest = max([*values, *(height for height, _ in panel.yardsticks)]) * 1.35 + 1
    axes.set_yscale("function", functions=(lambda minutes: abs(minutes) ** 0.5, lambda root: root**2))
    axes.set_ylim(0, highest)
    ticks = [tick for tick in MINUTES if tick <= highest]
    axes.set_yticks(ticks, [str(tick) for tick in ticks])
    axes.set_yticks([], minor=True)


def _dress(axes: Axes, panel: Panel, days: list[str]) -> None:
    axes.set_title(drawable(panel.heading), loc="left", fontproperties=_font(11, bold=True), color=INK)
    axes.set_xticks(range(len(days)), days)
    axes.set_xlim(-0.5, len(days) - 0.5)
    axes.grid(axis="y", color=TINT, linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(QUIET)
    axes.tick_params(length=0, colors=INK)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(_font(10))
        label.set_color(INK)
    if len(panel.curves) > 1:
        axes.legend(
            loc="upper left",
            bbox_to_anchor=(0, -0.22),
            frameon=False,
            prop=_font(9),
            borderaxespad=0,
            labelspacing=0.35,
        )
