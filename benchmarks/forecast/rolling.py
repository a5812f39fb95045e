"""The rolling test: key results of a quarter or a year, one after the other, none overlapping.

Each is looked at when it begins and at every quarter of its way; what is said then, from the
periods until then alone, is compared with what came.
"""

from dataclasses import dataclass, field

import numpy as np

from benchmarks.forecast import before
from benchmarks.forecast.method import (
    LEAST_CASES,
    Array,
    Forecasts,
    ahead,
    chance_of_all,
    forecasts,
    in_spreads,
    rates,
    share_below,
)
from benchmarks.forecast.series import Series

WINDOWS = {"week": {"quarter": 13}, "month": {"quarter": 3, "year": 12}}
# what a key result of that type asks of which kinds of KPI
TYPES = {"sum": ("flow",), "average": ("stock", "ratio"), "level": ("flow", "stock", "ratio")}
LEAST_HISTORY = 12
YEAR = {"week": 52, "month": 12}


@dataclass
class Said:
    """What was said of many key results of one type and horizon, one entry each."""

    columns: dict[str, list[Array]] = field(default_factory=dict)

    def add(self, **values: Array | float | str) -> None:
        """Add entries; a single value is that of all."""
        length = max(len(v) for v in values.values() if isinstance(v, np.ndarray))
        for name, value in values.items():
            full = value if isinstance(value, np.ndarray) else np.full(length, value)
            self.columns.setdefault(name, []).append(full)

    def table(self) -> dict[str, Array]:
        """Return a column of all entries by name."""
        return {name: np.concatenate(parts) for name, parts in self.columns.items()}


def roll(series: list[Series], seed: int) -> dict[str, Array]:
    """Return what old and new said of every key result of every series, and what came."""
    said, rng = Said(), np.random.default_rng(seed)
    for one in series:
        for horizon, window in WINDOWS[one.grain].items():
            for first in range(LEAST_HISTORY, one.num.shape[1] - window + 1, window):
                for kind, kinds in TYPES.items():
                    if one.kind in kinds:
                        key_results(said, one, horizon, window, first, kind, rng)
    return said.table()


def key_results(
    said: Said,
    one: Series,
    horizon: str,
    window: int,
    first: int,
    kind: str,
    rng: np.random.Generator,
) -> None:
    """Add a key result of each series on a window, at each time it is looked at."""
    num, den = one.num[:, : first + window], one.den[:, : first + window]
    is_level = kind == "level"
    outcome = ahead(num, den, window, is_level)[:, first - 1]
    start = forecasts(
        num[:, :first], den[:, :first], one.low, one.high, is_level, window, one.grain,
        is_stock=one.kind == "stock",
    )  # fmt: skip
    # a target as a person sets it: from the level of late, as far as the KPI moves in such a time
    scale, values = start.scale, num[:, :first] / den[:, :first]
    lately = scale.to(rates(num[:, :first], den[:, :first], 3))
    lag = min(window, first // 2)
    moves = np.sqrt(np.nanmean((lately[:, lag:] - lately[:, :-lag]) ** 2, 1)) + 1e-9
    goal = lately[:, -1] + rng.normal(0, 1, len(num)) * moves
    upward = rng.random(len(num)) < 0.5
    target = scale.back(goal[:, None])[:, 0]
    luck = chances(start, window, goal, upward)
    old_luck = old_chances(values, window, kind, target, upward)
    met = np.where(upward, outcome >= target, outcome <= target)
    every = max(1, window // 4) if window > 3 else 1
    for known in range(0, window, every):
        seen = first + known
        rest = window - known
        n, d = num[:, :seen], den[:, :seen]
        now = forecasts(
            n, d, one.low, one.high, is_level, rest, one.grain, first, is_stock=one.kind == "stock"
        )
        guess, width = now.guess[rest - 1, :, -1], now.width()[rest - 1, :, -1]
        # the window is what is known and what is to come, by their denominators
        weight, done = np.ones(len(num)), np.zeros(len(num))
        if not is_level:
            whole = den[:, first:].sum(1)
            weight = den[:, seen:].sum(1) / whole
            done = num[:, first:seen].sum(1) / whole
        said_now, low, high = (
            done + weight * now.scale.back(u[:, None])[:, 0]
            for u in (guess, guess - width, guess + width)
        )
        needed = (target - done) / weight
        above = odds_above(now, rest, needed)
        odds = np.where(upward, above, 1 - above)
        old, spread, cases = before.forecast(n, d, window, known, is_level)
        nothing = np.full(len(num), np.nan)
        old, spread, cases = (nothing if v is None else v for v in (old, spread, cases))
        wide = before.half_width(spread, cases)
        old_odds = share_below(
            before.distance(np.where(upward, old - target, target - old), spread, cases)
        )
        lag = YEAR[one.grain] + known
        year = ahead(n, d, window, is_level, lag)[:, -1] if seen >= lag else nothing
        said.add(
            name=one.name, kind=kind, horizon=horizon, known=known / window, history=float(seen),
            size=np.nanmean(np.abs(values), 1), outcome=outcome, met=met.astype(float),
            new=said_now, low=low, high=high, odds=np.where(np.isfinite(width), odds, np.nan),
            luck=luck if known == 0 else nothing, old_luck=old_luck if known == 0 else nothing,
            old=old, old_low=old - wide, old_high=old + wide, old_odds=old_odds,
            run_rate=done / np.where(weight < 1, 1 - weight, np.nan) if not is_level else nothing,
            last=done + weight * rates(n, d, 1)[:, -1], year_ago=year,
        )  # fmt: skip


def odds_above(now: Forecasts, rest: int, needed: Array) -> Array:
    """Return the chance that the rate of the rest is the needed one or more."""
    scale, guess = now.scale, now.guess[rest - 1, :, -1]
    with np.errstate(invalid="ignore", divide="ignore"):
        z = in_spreads(
            guess - scale.to(needed[:, None])[:, 0],
            now.spread[rest - 1, :, -1],
            now.cases[rest - 1, :, -1],
        )
    z = np.where(needed <= np.nan_to_num(scale.low[:, 0], nan=-np.inf), 9, z)
    z = np.where(needed > np.nan_to_num(scale.high[:, 0], nan=np.inf), -9, z)
    return share_below(z)


def chances(start: Forecasts, window: int, goal: Array, upward: Array) -> Array:
    """Return the chance to meet a goal (on the scale) as things go when the key result begins."""
    cases = start.cases[window - 1, :, -1]
    z = in_spreads(
        start.guess[window - 1, :, -1] - goal,
        start.spread[window - 1, :, -1],
        np.where(cases >= LEAST_CASES, cases, np.nan),
    )
    return np.where(upward, share_below(z), 1 - share_below(z))


def old_chances(values: Array, window: int, kind: str, target: Array, upward: Array) -> Array:
    """Return the chance of independent normal periods."""
    centre, spread = before.left_as_it_was(values, window, kind)
    with np.errstate(invalid="ignore", divide="ignore"):
        above = share_below((centre - target) / spread)
    return np.where(upward, above, 1 - above)


def bounds(series: list[Series], seed: int) -> dict[str, Array]:
    """Return the odds that every period of a window stays inside a bound, and whether it did."""
    said, rng = Said(), np.random.default_rng(seed)
    for one in series:
        if one.kind == "flow":
            continue
        for horizon, window in WINDOWS[one.grain].items():
            for first in range(LEAST_HISTORY, one.num.shape[1] - window + 1, window):
                said.add(name=one.name, horizon=horizon, **bounded(one, window, first, rng))
    return said.table()


def bounded(one: Series, window: int, first: int, rng: np.random.Generator) -> dict[str, Array]:
    """Return the odds of bounds around the forecast, and whether all periods were inside."""
    n, d = one.num[:, :first], one.den[:, :first]
    now = forecasts(n, d, one.low, one.high, True, window, one.grain, is_stock=one.kind == "stock")
    at_least = rng.random(len(n)) < 0.5
    sign = np.where(at_least, 1, -1)
    away = now.spread[0, :, -1] * rng.normal(1.5, 1.5, len(n))
    bound = now.guess[window // 2, :, -1] - sign * away
    limit = now.scale.back(bound[:, None])[:, 0]
    rest = one.num[:, first : first + window] / one.den[:, first : first + window]
    kept = np.where(at_least, np.nanmin(rest, 1) >= limit, np.nanmax(rest, 1) <= limit)
    cases = np.where(now.cases[:, :, -1] >= LEAST_CASES, now.cases[:, :, -1], np.nan)
    z = in_spreads(sign * (now.guess[:, :, -1] - bound), now.spread[:, :, -1], cases)
    centre, spread = np.nanmean(n / d, 1), np.nanstd(n / d, axis=1, ddof=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        old = share_below(sign * (centre - limit) / spread) ** window
    luck = chance_of_all(z, None, now.growth[window - 1, :, -1])
    return {"met": kept.astype(float), "luck": luck, "old_luck": old}
