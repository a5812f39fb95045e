"""The page of the rolling test: coverage, errors and odds, old beside new."""

import numpy as np

from benchmarks.forecast.method import Array

Table = dict[str, Array]
KINDS = ("sum", "average", "level")
HORIZONS = ("quarter", "year")
# forecasts that anybody can make
PLAIN = {"run_rate": "run rate", "last": "last value", "year_ago": "a year ago"}
TENTHS = 10
PAGE = """
# Rolling test of forecasts

`make bench-forecast` writes this page. Key results of a quarter and of a year follow one another on
each series, so that no two overlap. Each is looked at when it begins and at each further quarter of
its way; what is said then, from the periods until then alone, is compared with what came. 0.6.1 is
the method of that version on the same key results: the run rate, the line through six points,
independent periods.

SERIES
Real: RavenStack, two years of months, and Online Retail, a year of weeks, whole and by segment.
SKIPPED

## Coverage of the 80% interval

Wanted: 75% to 85%.

COVERAGE

## Mean error

As a share of the mean size of the KPI: ours / the other, where both say something. Wanted: ours is
no larger.

ERRORS

## Odds

What share was met of those of which 0-10%, 10-20%, ... was said. Targets are drawn around the level
of late, as far as the KPI moved in such a time. Wanted: the share is in its tenth or beside it, and
the Brier score is below that of the base rate.

ODDS

## Coverage by kind of series
KINDS
"""


def coverage(table: Table, here: Array, old: str = "") -> tuple[float, int]:
    """Return the share of outcomes inside the 80% interval, and how many had one."""
    low, high, outcome = table[f"{old}low"], table[f"{old}high"], table["outcome"]
    said = here & np.isfinite(low) & np.isfinite(outcome)
    with np.errstate(invalid="ignore"):
        inside = (outcome >= low) & (outcome <= high)
    return float(inside[said].mean()) if said.any() else np.nan, int(said.sum())


def errors(table: Table, here: Array, name: str) -> tuple[float, float]:
    """Return mean error of a forecast and of the new one where both say something.

    As a share of the mean size of the KPI, so that series of all units count alike.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        of = [np.abs(table[n] - table["outcome"]) / table["size"] for n in (name, "new")]
    both = here & np.isfinite(of[0]) & np.isfinite(of[1])
    return tuple(float(e[both].mean()) if both.any() else np.nan for e in of)


def brier(said: Array, met: Array) -> tuple[float, float]:
    """Return the Brier score, and that of who says the share of all met each time."""
    return float(((said - met) ** 2).mean()), float(met.mean() * (1 - met.mean()))


def reliability(said: Array, met: Array) -> list[tuple[float, float, int]]:
    """Return for each tenth what was said on average, the share that was met, and how many."""
    tenth = np.clip((said * TENTHS).astype(int), 0, TENTHS - 1)
    return [
        (float(said[tenth == i].mean()), float(met[tenth == i].mean()), int((tenth == i).sum()))
        if (tenth == i).any()
        else (np.nan, np.nan, 0)
        for i in range(TENTHS)
    ]


def share(value: float) -> str:
    """Return a share for the page."""
    return "-" if np.isnan(value) else f"{value:.0%}"


def number(value: float) -> str:
    """Return an error or a score for the page."""
    return "-" if np.isnan(value) else f"{value:.3f}"


def row(*cells: object) -> str:
    """Return a line of a table."""
    return "| " + " | ".join(map(str, cells)) + " |"


def head(*cells: str) -> list[str]:
    """Return the first two lines of a table."""
    return [row(*cells), row(*["---"] * len(cells))]


def coverage_lines(tables: dict[str, Table]) -> list[str]:
    """Return the table of coverage by type, horizon and data."""
    lines = head("data", "type", "horizon", "cases", "covered", "0.6.1: cases", "0.6.1: covered")
    for name, table in tables.items():
        for kind in KINDS:
            for horizon in HORIZONS:
                here = (table["kind"] == kind) & (table["horizon"] == horizon)
                (new, many), (old, few) = (coverage(table, here, o) for o in ("", "old_"))
                if many:
                    lines.append(row(name, kind, horizon, many, share(new), few, share(old)))
    return lines


def error_lines(tables: dict[str, Table]) -> list[str]:
    """Return the table of mean errors; each beside ours on the same key results."""
    lines = head("data", "type", "horizon", "0.6.1", *PLAIN.values())
    for name, table in tables.items():
        for kind in KINDS:
            for horizon in HORIZONS:
                here = (table["kind"] == kind) & (table["horizon"] == horizon)
                pairs = [errors(table, here, other) for other in ("old", *PLAIN)]
                if not all(np.isnan(a) for a, _ in pairs):
                    cells = ["-" if np.isnan(a) else f"{b:.3f} / {a:.3f}" for a, b in pairs]
                    lines.append(row(name, kind, horizon, *cells))
    return lines


def odds_lines(said: dict[str, tuple[Array, Array]]) -> list[str]:
    """Return what was said and what came, by tenths, with the Brier scores."""
    tenths = [f"{i * 10}-{i * 10 + 10}%" for i in range(TENTHS)]
    lines = head("odds", "cases", "Brier", "of the base rate", *tenths)
    for name, (odds, met) in said.items():
        score, base = brier(odds, met)
        cells = [share(came) for _, came, _ in reliability(odds, met)]
        lines.append(row(name, len(odds), number(score), number(base), *cells))
    return lines


def pairs(tables: dict[str, Table], column: str, kind: str | None = None) -> tuple[Array, Array]:
    """Return odds of a column and whether they were met, where new and old say something."""
    said, met = [], []
    for table in tables.values():
        here = np.isfinite(table[column]) & np.isfinite(table["met"])
        if kind is not None:
            here &= table["kind"] == kind
        if "outcome" in table:
            here &= np.isfinite(table["outcome"])
        said.append(table[column][here])
        met.append(table["met"][here])
    return np.concatenate(said), np.concatenate(met)


def kind_lines(table: Table) -> list[str]:
    """Return coverage of each kind of series, quarter and year together."""
    lines = head("series", *(f"{kind}{old}" for kind in KINDS for old in ("", ", 0.6.1")))
    for name in dict.fromkeys(table["name"]):
        cells = []
        for kind in KINDS:
            here = (table["name"] == name) & (table["kind"] == kind)
            cells += [share(coverage(table, here, old)[0]) for old in ("", "old_")]
        lines.append(row(name, *cells))
    return lines


def report(
    results: dict[str, tuple[Table, Table]], skipped: list[str], series: int, seed: int
) -> str:
    """Return the page."""
    tables = {name: rolled for name, (rolled, _) in results.items()}
    bounded = {name: kept for name, (_, kept) in results.items()}
    said = {}
    for kind in KINDS:
        said[f"probability_met, {kind}"] = pairs(tables, "odds", kind)
        said[f"probability_met, {kind}, 0.6.1"] = pairs(tables, "old_odds", kind)
    for kind in KINDS:
        said[f"chance_without_change, {kind}"] = pairs(tables, "luck", kind)
        said[f"chance_without_change, {kind}, 0.6.1"] = pairs(tables, "old_luck", kind)
    said["chance_without_change, bounds"] = pairs(bounded, "luck")
    said["chance_without_change, bounds, 0.6.1"] = pairs(bounded, "old_luck")
    by_kind = [
        line
        for name, table in tables.items()
        for line in ["", f"### {name}", "", *kind_lines(table)]
    ]
    parts = {
        "COVERAGE": coverage_lines(tables),
        "ERRORS": error_lines(tables),
        "ODDS": odds_lines(said),
        "KINDS": by_kind,
        "SERIES": [f"{series} simulated series of each kind, seed {seed}: five years of months."],
        "SKIPPED": [f"Skipped: {reason}." for reason in skipped],
    }
    lines = []
    for line in PAGE.strip().splitlines():
        lines += parts.get(line, [line])
    return "\n".join(lines) + "\n"
