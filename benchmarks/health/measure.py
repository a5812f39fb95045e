"""Measures rules of health on simulated companies: what they say of no change, and of changes."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from benchmarks.health.companies import KINDS, MONTHS, Profile, entries, profiles, simulate
from benchmarks.health.rules import AS_DEFINED, Series, in_trouble, in_trouble_by_first_points

METHODS: dict[str, Callable] = {
    "in force": in_trouble,
    "as first defined": lambda series: in_trouble(series, AS_DEFINED),
    "0.6.1": in_trouble_by_first_points,
}
# name: sigmas at once, sigmas more each month, months until it must be found
CHANGES = {
    "3 sigma within 3": (3.0, 0.0, 3),
    "4 sigma within 2": (4.0, 0.0, 2),
    "drift of 0.7 within 6": (0.0, 0.7, 6),
}
FORMS = ("share of counts", "ratio of amounts", "formula", "flow", "tested by its change")


@dataclass
class Sample:
    """Series of many companies, and what each is of."""

    series: Series
    kpi: np.ndarray
    form: np.ndarray
    kind: np.ndarray
    size: np.ndarray
    company: np.ndarray
    is_total: np.ndarray

    def groups(self) -> Iterator[tuple[str, str, np.ndarray]]:
        """Yield what figures are shown by: a heading, a name and its series."""
        yield "all", "all", np.ones(len(self.kpi), bool)
        headings = {"kind of company": (self.kind, KINDS), "kind of KPI": (self.form, FORMS)}
        headings["customers"] = (self.size, ("up to 60", "120 to 400", "1000 and more"))
        headings["KPI"] = (self.kpi, sorted(set(self.kpi)))
        for heading, (values, names) in headings.items():
            for name in names:
                if (values == name).any():
                    yield heading, name, values == name
        yield "part", "total", self.is_total
        yield "part", "segments", ~self.is_total


def form_of(kpi: dict) -> str:
    """Return the kind of a KPI, as health tells kinds apart."""
    if kpi["kind"] == "stock" or kpi.get("tested_by_change"):
        return "tested by its change"
    if kpi["kind"] == "ratio":
        return "share of counts" if kpi.get("of_counts") else "ratio of amounts"
    return {"derived": "formula", "flow": "flow"}[kpi["kind"]]


def draw(chosen: list[Profile], replicas: int) -> Sample:
    """Simulate companies: each profile so many times."""
    known = entries()
    runs = list(product(chosen, range(replicas)))
    parts, labels = [], []
    with ProcessPoolExecutor(2) as pool:
        for number, made in enumerate(pool.map(simulate, *zip(*runs, strict=True), chunksize=4)):
            profile = runs[number][0]
            size = "up to 60" if profile.customers <= 60 else "120 to 400"
            size = "1000 and more" if profile.customers >= 1000 else size
            for (kpi, dimension, _), values in made.items():
                parts.append(values)
                labels.append((kpi, form_of(known[kpi]), profile.kind, size, number, dimension))
    numerator, denominator, value = np.stack(parts, axis=1)
    columns = [np.array(column) for column in zip(*labels, strict=True)]
    kpi, form, kind, size, company, dimension = columns
    wish = np.array([1 if known[name]["direction"] == "up" else -1 for name in kpi])
    by_change, of_counts = form == "tested by its change", form == "share of counts"
    series = Series(value, wish, by_change, numerator, denominator, of_counts)
    return Sample(series, kpi, form, kind, size, company, dimension == "total")


def usual_spread(series: Series) -> np.ndarray:
    """Return sigma of what is tested, about its line, in the months that are changed."""
    change = np.diff(series.value, axis=1, prepend=np.nan)
    tested = np.where(series.by_change[:, None], change, series.value)[:, 24:]
    there = ~np.isnan(tested)
    n = there.sum(1)
    with np.errstate(invalid="ignore", divide="ignore"):
        x = np.where(there, np.arange(tested.shape[1], dtype=float), np.nan)
        x = x - (np.nansum(x, 1) / n)[:, None]
        y = tested - (np.nansum(tested, 1) / n)[:, None]
        slope = np.nansum(x * y, 1) / np.nansum(x**2, 1)
        rest = y - slope[:, None] * x
        spread = np.sqrt(np.nansum(rest**2, 1) / (n - 2))
    return np.where(n >= 20, spread, np.nan)


def changed(series: Series, begins: np.ndarray, at_once: float, each_month: float) -> Series:
    """Return the series with a change for the worse from a month on, in sigmas."""
    months = np.arange(MONTHS)[None, :] - begins[:, None] + 1
    size = np.where(months > 0, at_once + each_month * months, 0) * usual_spread(series)[:, None]
    size = np.where(series.by_change[:, None], np.cumsum(size, axis=1), size)
    return replace(series, value=series.value - series.wish[:, None] * size)


def measure(sample: Sample, methods: dict[str, Callable] = METHODS) -> dict:
    """Return by method, heading and name: the share of false alarms, and of each change found."""
    begins = np.random.default_rng(1).integers(38, 52, len(sample.kpi))
    rows = np.arange(len(sample.kpi))
    figures: dict = {}
    for method, rule in methods.items():
        alarms, judged = rule(sample.series)
        shares = {
            name: {"false alarms": alarms[members].sum() / judged[members].sum()}
            | {"series-periods": int(judged[members].sum())}
            for name, members in named(sample)
        }
        for change, (at_once, each_month, within) in CHANGES.items():
            found_at, _ = rule(changed(sample.series, begins, at_once, each_month))
            found = np.any([found_at[rows, begins + k] for k in range(within)], axis=0)
            asked = judged[rows, begins] & ~alarms[rows, begins - 1]
            asked &= usual_spread(sample.series) > 0
            for name, members in named(sample):
                if (asked & members).any():
                    shares[name][change] = found[asked & members].mean()
        figures[method] = shares | {"in trouble at total": in_trouble_at_total(sample, alarms)}
    return figures


def named(sample: Sample) -> Iterator[tuple[str, np.ndarray]]:
    """Yield each group by one name."""
    for heading, name, members in sample.groups():
        yield f"{heading}: {name}", members


def in_trouble_at_total(sample: Sample, alarms: np.ndarray) -> dict[str, float]:
    """Return how many KPIs a company has in trouble at total, on average, after two years."""
    means = {}
    for kind in KINDS:
        members = sample.is_total & (sample.kind == kind)
        if members.any():
            companies = len(set(sample.company[members]))
            means[kind] = alarms[members, 24:].sum(0).mean() / companies
    return means


def all_companies(replicas: int) -> Sample:
    """Return every profile, so many times each."""
    return draw(profiles(), replicas)
