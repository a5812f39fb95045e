"""The page and the picture of the health benchmark, from results.json."""

import vl_convert

from benchmarks.health.measure import CHANGES

TARGETS = {"false alarms": 0.01} | dict(zip(CHANGES, (0.85, 0.88, 0.85), strict=True))
INTRODUCTION = """\
`make bench-health` writes this page. {companies} simulated companies, whose process never changes, make {series} series
of 60 months: all judged KPIs, at total and by country, plan and channel. Companies are steady, grow 3% a month, start
from nought, have inputs that start at other times, have a peak in December, or have 16 to 60 customers; four profiles of
each kind, the same number of companies of each profile, with fixed seeds (`companies.py`).

A **false alarm** is a month of a series that reads `unhealthy` although nothing has changed, as a share of all months
that are judged. Then each series is changed for the worse from a month of its fourth or fifth year on, by so many
sigmas of its own (of what is tested: the change of a KPI that is tested by its change). A change is **found** if the
series reads `unhealthy` within so many months. Series that were unhealthy before it aren't counted.

Three sets of rules run on the same series: those **in force**, which are the package's (`rules.py` is a second program
beside its SQL; a test compares the two in every cell); those **as first defined**, from which the rules in force were
developed (the same KPIs tested by their change); and those of version **0.6.1**, natural limits from the first twelve points."""  # noqa: E501


def percent(share: float | None) -> str:
    """Return a share as text."""
    return "" if share is None else f"{100 * share:.2f}%" if share < 0.2 else f"{100 * share:.1f}%"


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    lines = ["| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows]]
    return "\n".join(lines)


def targets(methods: dict) -> list[list[str]]:
    """Return each target, what it is and what each method has."""
    rows = []
    for figure, wanted in TARGETS.items():
        sign = "at most" if figure == "false alarms" else "at least"
        shares = [percent(method["all: all"][figure]) for method in methods.values()]
        rows.append([figure, f"{sign} {100 * wanted:.0f}%", *shares])
    worst = [
        percent(
            max(v["false alarms"] for k, v in method.items() if k.startswith("kind of company"))
        )
        for method in methods.values()
    ]
    rows.insert(1, ["false alarms of the worst kind of company", "at most 1%", *worst])
    steady = [f"{method['in trouble at total']['steady']:.2f}" for method in methods.values()]
    rows.append(["KPIs in trouble at total, a steady company", "at most 0.5", *steady])
    return rows


def report(results: dict) -> str:
    """Return results.md."""
    methods = results["methods"]
    introduction = INTRODUCTION.format(
        companies=results["companies"], series=f"{results['series']:,}"
    )
    parts = ["# Health: false alarms, and changes that are found", introduction]
    parts += ["## Targets", table(["", "wanted", *methods], targets(methods))]
    parts += ["![False alarms by kind of company, and changes found](results.svg)"]
    rows = [
        [kind, *(f"{method['in trouble at total'][kind]:.2f}" for method in methods.values())]
        for kind in methods["in force"]["in trouble at total"]
    ]
    parts += ["## KPIs in trouble at total, mean of a company", table(["company", *methods], rows)]
    headings = dict.fromkeys(
        name.split(": ")[0] for name in methods["in force"] if ": " in name and "all" not in name
    )
    for heading in headings:
        rows = []
        for name in [name for name in methods["in force"] if name.startswith(f"{heading}: ")]:
            shares = [method[name] for method in methods.values()]
            row = [name.split(": ")[1], f"{shares[0]['series-periods']:,}"]
            row += [percent(share["false alarms"]) for share in shares]
            row += [percent(share.get(change)) for change in CHANGES for share in shares[::2]]
            rows.append(row)
        head = [heading, "judged months", *(f"false, {method}" for method in methods)]
        head += [f"{change}, {method}" for change in CHANGES for method in ("in force", "0.6.1")]
        parts += [f"## By {heading}", table(head, rows)]
    return "\n\n".join(parts) + "\n"


def picture(results: dict) -> str:
    """Return two bar charts: false alarms by kind of company, changes found."""
    false, found = [], []
    for method, figures in results["methods"].items():
        for name, shares in figures.items():
            if name.startswith("kind of company: "):
                kind = name.split(": ")[1].replace("_", " ")
                false.append({"rules": method, "x": kind, "share": shares["false alarms"]})
        found += [
            {"rules": method, "x": change, "share": figures["all: all"][change]}
            for change in CHANGES
        ]
    order = list(results["methods"])

    def bars(title: str, values: list[dict], lines: list[dict]) -> dict:
        encoding = {
            "x": {
                "field": "x",
                "type": "nominal",
                "title": None,
                "sort": None,
                "axis": {"labelAngle": -25},
            },
            "xOffset": {"field": "rules", "sort": order},
            "y": {
                "field": "share",
                "type": "quantitative",
                "axis": {"format": ".0%"},
                "title": None,
            },
            "color": {"field": "rules", "type": "nominal", "title": None, "sort": order},
        }
        target = {
            "data": {"values": lines},
            "mark": {"type": "rule", "strokeDash": [4, 3], "color": "black"},
            "encoding": {"y": {"field": "share", "type": "quantitative"}},
        }
        bar = {"data": {"values": values}, "mark": "bar", "encoding": encoding}
        return {"title": title, "width": 360, "height": 220, "layer": [bar, target]}

    return vl_convert.vegalite_to_svg(
        {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "hconcat": [
                bars("False alarms: months that read unhealthy", false, [{"share": 0.01}]),
                bars("Changes found in time", found, [{"share": 0.85}]),
            ],
        }
    )
