"""Small drawings as SVG text: bars, intervals, sparklines, and charts of limits.

Colours are the page's CSS classes, so a drawing follows light, dark and print. Every text and
attribute is escaped. Each drawing is one image with a name for those who can't see it.
"""

from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from html import escape

from markupsafe import Markup

from okr_metrics.dashboard import View

Number = Decimal | float | int
# the width of a letter in a wide font of 11 px
LETTER = 7.0


def element(tag: str, *inner: str, **attributes: object) -> Markup:
    """Return an SVG element; class_ is class, stroke_width is stroke-width."""
    pairs = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(shorten(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{tag}{pairs}>{''.join(inner)}</{tag}>" if inner else f"<{tag}{pairs}/>")


def shorten(value: object) -> str:
    """Return an attribute's value; a number with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def text(content: str, x: float, y: float, **attributes: object) -> Markup:
    """Return a text, escaped."""
    return element("text", escape(content), x=x, y=y, **attributes)


def image(name: str, width: int, height: int, parts: Sequence[str], kind: str) -> Markup:
    """Return the whole drawing; `kind` is its CSS class."""
    return element(
        "svg",
        *parts,
        class_=kind,
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="img",
        aria_label=name,
    )


class Scale:
    """Maps values to a length; flat where all values are the same."""

    def __init__(self, values: Sequence[Number | None], start: float, end: float) -> None:
        """Take the values that must be in it, and the ends of the length."""
        known = [float(value) for value in values if value is not None] or [0.0]
        self.low, self.high = min(known), max(known)
        self.start, self.end = start, end

    def __call__(self, value: Number) -> float:
        """Return the place of a value."""
        if self.high == self.low:
            return (self.start + self.end) / 2
        share = (float(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def progress_bar(name: str, score: Number | None, expected: Number | None, status: str) -> Markup:
    """Return a bar of a score from 0 to 1, with an upright mark where it was expected to be."""
    width, height = 160, 16
    parts = [element("rect", class_="track", x=0, y=4, width=width, height=8)]
    if score:
        end = float(score) * width
        parts.append(element("rect", class_=f"s-{status}", x=0, y=4, width=end, height=8))
    if expected is not None:
        place = 1 + min(max(float(expected), 0), 1) * (width - 2)
        parts.append(element("path", class_="mark", d=f"M{place:.1f} 0V16"))
    return image(name, width, height, parts, "bar")


def interval(name: str, value: Number, low: Number, high: Number, target: Number) -> Markup:
    """Return a forecast as a dot on its interval, with an upright mark at the target."""
    width, height = 160, 14
    scale = Scale([value, low, high, target], 5, width - 5)
    left, right = scale(low), scale(high)
    parts = [
        element("path", class_="track-line", d=f"M0 7H{width}"),
        element("path", class_="interval", d=f"M{left:.1f} 7H{right:.1f}"),
        element("path", class_="mark", d=f"M{scale(target):.1f} 0V14"),
        element("circle", class_="dot", cx=scale(value), cy=7, r=3.5),
    ]
    return image(name, width, height, parts, "bar")


def sparkline(name: str, values: Sequence[Number], target: Number | None) -> Markup:
    """Return a history as a line, its last point as a dot, the target as dashes."""
    width, height = 110, 30
    x, y = Scale(range(len(values)), 4, width - 5), Scale([*values, target], height - 4, 4)
    points = " ".join(f"{x(i):.1f},{y(value):.1f}" for i, value in enumerate(values))
    parts = []
    if target is not None:
        parts.append(element("path", class_="center", d=f"M0 {y(target):.1f}H{width}"))
    parts.append(element("polyline", class_="line", points=points))
    parts.append(element("circle", class_="dot", cx=x(len(values) - 1), cy=y(values[-1]), r=3.0))
    return image(name, width, height, parts, "spark")


def signal(kind: str, variation: str, x: float, y: float) -> Markup:
    """Return the mark of a signal: its rule is the shape, against or with the wish its filling."""
    shapes = {
        "outside_limits": f"M{x:.1f} {y - 4.5:.1f}l4.5 4.5l-4.5 4.5l-4.5 -4.5z",
        "two_points": f"M{x - 3:.1f} {y - 3:.1f}h6v6h-6z",
        "three_points": f"M{x:.1f} {y - 4:.1f}l4 7h-8z",
    }
    shapes["beyond_history"] = shapes["outside_limits"]
    return element("path", class_=f"signal v-{variation}", d=shapes[kind])


def xmr(
    name: str,
    series: Sequence[View],
    labels: dict[str, str],
    bounds: tuple[Number | None, Number | None],
    events: Collection[int] = (),
) -> Markup:
    """Return a chart of rows of kpi__health in order, each with a value and the limits it had.

    `labels` are the texts at `upper`, `lower` (the last limits), `highest`, `lowest` (the peaks),
    `start` and `end` (of the time). `bounds` are the ends of the healthy range, `events` the places
    of points in whose period something happened.
    """
    width, height, bottom, top = 300, 120, 92, 17
    # room for the longer limit, by the count of letters: fonts differ
    right = width - 8 - round(LETTER * max(len(labels["upper"]), len(labels["lower"])))
    last = series[-1]
    values = [row["value"] for row in series]
    ends = (last["lower_limit"], last["upper_limit"])
    x, y = Scale(range(len(series)), 6, right - 6), Scale([*values, *ends, *bounds], bottom, top)

    def inside(value: Number) -> float:
        # limits of a young series may be far out: they end where the drawing does
        return min(max(y(value), 2.0), bottom + 4.0)

    parts = []
    if any(bound is not None for bound in bounds):
        ceiling = y(bounds[1]) if bounds[1] is not None else 0.0
        floor = y(bounds[0]) if bounds[0] is not None else bottom + 6.0
        parts.append(
            element("rect", class_="healthy", x=0, y=ceiling, width=right, height=floor - ceiling)
        )
    for i in sorted(events):
        parts.append(element("path", class_="event", d=f"M{x(i):.1f} 4V{bottom + 6}"))
    half = (x(1) - x(0)) / 2 if len(series) > 1 else 6.0
    spans = [(max(x(i) - half, 0.0), min(x(i) + half, right)) for i in range(len(series))]
    low, high, center = (
        steps([(span, row[name]) for span, row in zip(spans, series, strict=True)], inside)
        for name in ("lower_limit", "upper_limit", "center_line")
    )
    for path, kind in ((low, "limit"), (high, "limit"), (center, "center")):
        if path:
            parts.append(element("path", class_=kind, d=path))
    for side, limit in (("upper", ends[1]), ("lower", ends[0])):
        if limit is not None:
            parts.append(text(labels[side], right + 4, min(y(limit) + 4, bottom + 4)))
    points = " ".join(f"{x(i):.1f},{y(value):.1f}" for i, value in enumerate(values))
    if len(values) > 1:
        parts.append(element("polyline", class_="line", points=points))
    for i, row in enumerate(series):
        if row["special_cause"] not in (None, "none"):
            parts.append(signal(row["special_cause"], row["variation"], x(i), y(row["value"])))
    if last["special_cause"] in (None, "none"):
        end = len(values) - 1
        parts.append(element("circle", class_="dot", cx=x(end), cy=y(values[-1]), r=3.0))
    if min(values) < max(values):
        for label, value, below in (("highest", max(values), -6), ("lowest", min(values), 12)):
            i = values.index(value)
            place = min(max(x(i), LETTER * (len(labels[label]) + 1) / 2), right - 4.0)
            parts.append(peak(labels[label], place, y(value) + below, x(i) > right * 0.8))
    parts.append(text(labels["start"], 0, height - 2))
    parts.append(text(labels["end"], right, height - 2, text_anchor="end"))
    return image(name, width, height, parts, "xmr")


def peak(label: str, x: float, y: float, is_late: bool) -> Markup:
    """Return the text at a peak; at the end of the time it stands before it."""
    return text(label, x, y, class_="peak", text_anchor="end" if is_late else "middle")


def steps(
    points: Sequence[tuple[tuple[float, float], Number | None]], place: Callable[[Number], float]
) -> str:
    """Return the path of a line that has a level at each point, with a gap where it has none."""
    path, is_open = "", False
    for (start, end), value in points:
        if value is None:
            is_open = False
            continue
        level = place(value)
        path += f"{'L' if is_open else 'M'}{start:.1f} {level:.1f}H{end:.1f}"
        is_open = True
    return path
