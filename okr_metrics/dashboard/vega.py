"""Vega-Lite charts, drawn to SVG by vl-convert: waterfalls, bars, a heat map.

Specifications are plain dicts: importing Altair to write them takes a fifth of the time that the
whole page may take. Colours are CSS variables of the page, so charts follow light, dark and print.
Bars are labelled one by one, with texts in the language of the page, and need no axis.
"""

import json
import re
from collections.abc import Sequence
from threading import Thread
from typing import Any, SupportsFloat

import vl_convert
from markupsafe import Markup, escape

WIDTH = 380
# the width of a letter in a wide font of 12 px
LETTER = 7.4
LONGEST = 23
FONT = {"font": "sans-serif", "fontSize": 12}
CONFIG = {
    "aria": False,
    "background": "transparent",
    "view": {"stroke": None, "clip": False},
    "axis": {"domain": False, "ticks": False, "grid": False, "title": None}
    | {"labelFont": "sans-serif", "labelFontSize": 12, "labelColor": "var(--ink)"},
    "text": FONT | {"fill": "var(--ink)"},
    "scale": {"bandPaddingInner": 0.3},
}


def warm_up() -> None:
    """Start the engine of vl-convert beside what else there is to do: its first chart takes 1 s."""
    spec = {"data": {"values": [{}]}, "mark": "point"}
    Thread(target=vl_convert.vegalite_to_svg, args=(spec,), daemon=True).start()


def draw(name: str, spec: dict[str, Any]) -> Markup:
    """Return a chart as one image with a name."""
    svg = vl_convert.vegalite_to_svg({"config": CONFIG, **spec})
    # the drawing is one image: its parts have no roles of their own
    svg = re.sub(r' (role|aria-roledescription)="[^"]*"', "", svg)
    label = f'<svg role="img" aria-label="{escape(name)}" '
    return Markup(svg.replace("<svg ", label, 1))


def bars(name: str, rows: Sequence[dict[str, Any]], start: float = 0) -> Markup:
    """Return horizontal bars from `low` to `high`, top to bottom as in rows.

    Each row has a unique `label`, a `text` at its end and a `kind`: total, up or down. A row whose
    ends are None has its text alone. `start` is where the bars start that begin at 0.
    """
    values = [
        {
            "row": f"{index:03}",
            "label": row["label"],
            "low": start if row["low"] == 0 else number(row["low"]),
            "high": number(row["high"]),
            "place": max(number(row["low"]) or start, number(row["high"]) or start, start),
            "text": row["text"],
            "kind": row["kind"],
        }
        for index, row in enumerate(rows)
    ]
    # fonts differ from machine to machine: room is kept by the count of letters, not by measure
    names = {value["row"]: cut(value["label"]) for value in values}
    extent = round(max(map(len, names.values())) * LETTER) + 14
    width = WIDTH - extent
    known = [value[end] for value in values for end in ("low", "high") if value[end] is not None]
    least, most = min([start, *known]), max([start, *known])
    room = max(len(row["text"]) for row in rows) * LETTER + 10
    most += ((most - least) or 1) * room / (width - room)
    y = {
        "field": "row",
        "type": "nominal",
        "axis": {
            "labelExpr": label_expression(names),
            "labelLimit": 0,
            "labelPadding": 7,
            "minExtent": extent,
            "maxExtent": extent,
        },
    }
    colour = {
        "field": "kind",
        "type": "nominal",
        "legend": None,
        "scale": {
            "domain": ["total", "up", "down"],
            "range": ["var(--grey)", "var(--up)", "var(--down)"],
        },
    }
    scale = {"domain": [least, most], "nice": False, "zero": False}
    x = {"field": "low", "type": "quantitative", "axis": None, "scale": scale}
    end = {"field": "place", "type": "quantitative", "axis": None, "scale": scale}
    return draw(
        name,
        {
            "data": {"values": values},
            "width": width,
            "height": {"step": 25},
            "encoding": {"y": y},
            "layer": [
                {"mark": "bar", "encoding": {"x": x, "x2": {"field": "high"}, "color": colour}},
                {
                    "mark": {"type": "text", "align": "left", "dx": 5},
                    "encoding": {"x": end, "text": {"field": "text"}},
                },
            ],
        },
    )


def heat_map(name: str, rows: Sequence[dict[str, Any]], classes: int) -> Markup:
    """Return cells of a `row` and a `column`, each with a `text` and a `shade` from 0 to classes.

    Rows keep their order; columns are numbers.
    """
    order = list(dict.fromkeys(row["row"] for row in rows))
    ids = list(range(classes))

    def colours(kind: str) -> dict[str, Any]:
        scale = {"domain": ids, "range": [f"var(--{kind}{i})" for i in ids]}
        return {"field": "shade", "type": "ordinal", "legend": None, "scale": scale}

    column = {"field": "column", "type": "ordinal", "axis": {"orient": "top", "labelAngle": 0}}
    small = {"type": "text", "fontSize": 11}
    return draw(
        name,
        {
            "data": {"values": list(rows)},
            "width": {"step": 27},
            "height": {"step": 21},
            "encoding": {
                "x": column | {"scale": {"paddingInner": 0.06}},
                "y": {
                    "field": "row",
                    "type": "nominal",
                    "sort": order,
                    "scale": {"paddingInner": 0.06},
                },
            },
            "resolve": {"scale": {"fill": "independent"}},
            "layer": [
                {"mark": "rect", "encoding": {"fill": colours("h")}},
                {"mark": small, "encoding": {"text": {"field": "text"}, "fill": colours("t")}},
            ],
        },
    )


def label_expression(names: dict[str, str]) -> str:
    """Return the Vega expression that gives each row its label; JSON strings hold any text."""
    return f"({json.dumps(names)})[datum.value]"


def cut(label: str) -> str:
    """Return a label that fits; the data table has it whole."""
    return label if len(label) <= LONGEST else label[: LONGEST - 1] + "…"


def number(value: SupportsFloat | None) -> float | None:
    """Return a value as Vega takes it, without the last digits, in which warehouses differ."""
    return None if value is None else float(f"{float(value):.9g}")
