"""The picture of the architecture, drawn from the imports: rooms on their floors, arrows to what they rest on.

``python -m tests.architecture.picture`` writes ``docs/architecture.svg`` (``make docs`` does); a test holds it to the code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "docs" / "architecture.svg"
PACKAGES = ("bot", "flows", "contacts", "playbooks")
COLOURS = {"bot": "#dcebf7", "flows": "#e3f1dc", "contacts": "#fbeed3", "playbooks": "#f1e2f3"}

WIDTH, MARGIN, BOX, FLOOR, GAP = 1480, 90, 26, 62, 10
TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto">'
    '<path d="M0 0L8 4L0 8z" fill="#667"/></marker></defs>'
)
SIGN = 6.7
"""Width of a sign of the labels, in pixels."""


@dataclass(frozen=True)
class Structure:
    """Rooms with the number of their modules, and which room imports from which."""

    rooms: Mapping[str, int]
    arrows: frozenset[tuple[str, str]]

    def of(self, package: str) -> list[str]:
        """Give the rooms of a package."""
        return [room for room in self.rooms if room.split(".")[0] == package]

    def plain_arrows(self) -> frozenset[tuple[str, str]]:
        """Give the arrows that do not follow from others: ``a → c`` is left out where ``a → b → c`` stands."""
        below = {room: {b for a, b in self.arrows if a == room} for room in self.rooms}
        reached: dict[str, set[str]] = {}

        def reach(room: str) -> set[str]:
            if room not in reached:
                reached[room] = set()
                reached[room] = {far for near in below[room] for far in (near, *reach(near))}
            return reached[room]

        return frozenset((a, b) for a, b in self.arrows if not any(b in reach(other) for other in below[a] - {b}))


def structure() -> Structure:
    """Read who imports whom; a module that lies flat in its package is a room of its own."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    folders = {module for module in graph.modules if graph.find_children(module)}

    def room(module: str) -> str:
        parts = module.split(".")
        return ".".join(parts[:2]) if len(parts) > 1 else module

    inside = sorted(m for m in graph.modules if m not in folders)
    rooms = {name: sum(room(m) == name for m in inside) for name in sorted({room(m) for m in inside} - {*PACKAGES})}
    arrows = {
        (room(one), room(other))
        for one in graph.modules
        for other in graph.find_modules_directly_imported_by(one)
        if room(one) != room(other)
    }
    return Structure(rooms, frozenset((a, b) for a, b in arrows if a in rooms and b in rooms))


def floors(rooms: Iterable[str], arrows: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Put rooms on floors, the highest first: each above all that it rests on; rooms in a circle share a floor."""
    left, found = set(rooms), []
    below = {room: {b for a, b in arrows if a == room and b in left} for room in left}
    while left:
        ground = {room for room in left if not below[room] & left} or _circle(left, below)
        found.append(sorted(ground))
        left -= ground
    return found[::-1]


def _circle(left: set[str], below: Mapping[str, set[str]]) -> set[str]:
    """Give the smallest set of rooms that rests on nothing but itself."""

    def closure(room: str) -> frozenset[str]:
        seen, todo = {room}, [room]
        while todo:
            todo += (new := (below[todo.pop()] & left) - seen)
            seen |= new
        return frozenset(seen)

    smallest: frozenset[str] = min((closure(room) for room in sorted(left)), key=len)
    return set(smallest)


def drawn(found: Structure) -> str:
    """Draw the structure as SVG, the same for the same imports."""
    places: dict[str, tuple[float, float, float]] = {}
    bands, y = [], 20.0
    for package in PACKAGES:
        top = y
        y += 8
        for floor in floors(found.of(package), found.arrows):
            ordered = sorted(floor, key=lambda room: (_pull(room, found, places), room))
            y = _lay(ordered, places, found, y)
        y += 8
        bands.append((package, top, y))
        y += 16
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y:.0f}" font-family="sans-serif" font-size="12">',
        TIP,
        f'<rect width="{WIDTH}" height="{y:.0f}" fill="#fff"/>',
    ]
    for package, top, bottom in bands:
        parts.append(
            f'<rect x="8" y="{top:.0f}" width="{WIDTH - 16}" height="{bottom - top:.0f}" rx="8" fill="{COLOURS[package]}"/>'
            f'<text x="18" y="{top + 20:.0f}" font-size="15" font-weight="bold">{package}</text>'
        )
    for a, b in sorted(found.plain_arrows()):
        if a.split(".")[0] != b.split(".")[0]:
            continue  # every package may use those below: the bands say so already
        (ax, ay, _), (bx, by, _) = places[a], places[b]
        start, end = (ay + BOX, by) if ay < by else (ay, by + BOX)
        bend = (end - start) / 2
        parts.append(
            f'<path d="M{ax:.0f} {start:.0f}C{ax:.0f} {start + bend:.0f} {bx:.0f} {end - bend:.0f} {bx:.0f} {end:.0f}" '
            f'fill="none" stroke="#667" marker-end="url(#tip)"/>'
        )
    for room, (x, top, width) in places.items():
        name = room.split(".", 1)[1] + (f" ({found.rooms[room]})" if found.rooms[room] > 1 else "")
        parts.append(
            f'<rect x="{x - width / 2:.0f}" y="{top:.0f}" width="{width:.0f}" height="{BOX}" rx="4" fill="#fff" stroke="#334"/>'
            f'<text x="{x:.0f}" y="{top + 17:.0f}" text-anchor="middle">{escape(name)}</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


def _pull(room: str, found: Structure, places: Mapping[str, tuple[float, float, float]]) -> float:
    """Give where the rooms that rest on this one stand on average, so that arrows stay short."""
    above = [places[a][0] for a, b in found.arrows if b == room and a in places]
    return sum(above) / len(above) if above else WIDTH / 2


def _lay(floor: list[str], places: dict[str, tuple[float, float, float]], found: Structure, y: float) -> float:
    """Lay a floor's rooms side by side, in as many rows as it takes; gives where the next floor begins."""
    widths = {room: SIGN * (len(room.split(".", 1)[1]) + (5 if found.rooms[room] > 1 else 0)) + 16 for room in floor}
    space = WIDTH - 2 * MARGIN
    row: list[str] = []
    rows = [row]
    for room in floor:
        if row and sum(widths[r] + GAP for r in (*row, room)) > space:
            rows.append(row := [])
        row.append(room)
    for one in rows:
        free = (space - sum(widths[r] for r in one)) / (len(one) + 1)
        x = MARGIN + free
        for room in one:
            places[room] = (x + widths[room] / 2, y, widths[room])
            x += widths[room] + free
        y += FLOOR if one is rows[-1] else BOX + GAP
    return y


if __name__ == "__main__":
    PICTURE.write_text(drawn(structure()), encoding="utf-8", newline="\n")
