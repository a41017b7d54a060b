"""A figure of rates as registers grow, as SVG: one panel an engine, one line a kind of work, the smallest size as 1."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 460, 300  # of one panel
LEFT, RIGHT, TOP, BOTTOM = 48, 150, 34, 36
LOWEST, HIGHEST = 0.1, 2.0
LABEL = 12  # pixels from one name to the next, at least
# Colours that the colour-blind can tell apart (Okabe and Ito, 2008).
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999999")


@dataclass(frozen=True, slots=True)
class Series:
    """What one line shows: for each size, the rate as a part of that at the smallest."""

    name: str
    shares: Sequence[float]


def drawn(sizes: Sequence[int], panels: Mapping[str, Sequence[Series]]) -> str:
    """Return the figure."""
    width = WIDTH * len(panels)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}"'
        f' height="{HEIGHT}" font-family="sans-serif" font-size="11" role="img">',
        "<title>Requests a second in growing registers, as parts of those in the smallest</title>",
        f'<rect width="{width}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for at, (name, series) in enumerate(panels.items()):
        parts.append(f'<g transform="translate({at * WIDTH} 0)">')
        parts += _panel(name, sizes, series)
        parts.append("</g>")
    return "\n".join([*parts, "</svg>", ""])


def _panel(name: str, sizes: Sequence[int], series: Sequence[Series]) -> Iterator[str]:
    yield f'<text x="{LEFT}" y="18" font-weight="bold">{escape(name)}</text>'
    for share in (0.1, 0.2, 0.5, 1, 2):
        y = _y(share)
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{share:g}</text>'
    for size in sizes:
        x = _x(size, sizes)
        yield f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{size:,}</text>'
    yield f'<text x="{LEFT}" y="{HEIGHT - 4}">claims</text>'
    ends = _apart([_y(one.shares[-1]) for one in series])
    for one, colour, end in zip(series, COLOURS, ends, strict=False):
        points = " ".join(
            f"{_x(size, sizes):.1f},{_y(share):.1f}"
            for size, share in zip(sizes, one.shares, strict=True)
        )
        yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield f'<text x="{WIDTH - RIGHT + 8}" y="{end + 4:.1f}" fill="{colour}">{escape(one.name)}</text>'


def _x(size: int, sizes: Sequence[int]) -> float:
    span = math.log(sizes[-1] / sizes[0]) or 1
    return LEFT + (WIDTH - LEFT - RIGHT) * math.log(size / sizes[0]) / span


def _y(share: float) -> float:
    bounded = min(max(share, LOWEST), HIGHEST)
    part = math.log(bounded / LOWEST) / math.log(HIGHEST / LOWEST)
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * part


def _apart(places: Sequence[float]) -> list[float]:
    """Return the places moved so that names do not cover each other."""
    moved, last = dict.fromkeys(range(len(places)), 0.0), float("-inf")
    for at in sorted(moved, key=lambda at: places[at]):
        last = moved[at] = max(places[at], last + LABEL)
    return list(moved.values())
