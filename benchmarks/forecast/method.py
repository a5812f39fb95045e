"""The forecast of a key result in NumPy, from docs/okr-definitions.md alone, not from any SQL.

Arrays are series x periods. A KPI's rate is numerator over denominator: the value itself (over 1),
a sum over its days, or the parts of a ratio; NaN where a period has none. Forecast is the rate of
the next m periods together, or, of a level, the rate of the m-th.
"""

from dataclasses import dataclass
from math import erf, pi, sqrt

import numpy as np

Array = np.ndarray
# periods that make a recent level, a long one, and a year
SPANS = {
    "day": (7, 28, 364),
    "week": (4, 13, 52),
    "month": (3, 12, 12),
    "quarter": (2, 4, 4),
    "year": (2, 4, None),
}
# a forecast counts as a past case from so many points on; so many cases make an interval
LEAST_POINTS, LEAST_CASES = 6, 6
# the errors of so many origins make the spread: what was learnt since is not held against it
LAST_ORIGINS = {"day": 168}
# the spread m periods ahead grows with this power of m, as far as the past doesn't say otherwise:
# by whether it is a level, and whether the KPI is a stock, which each period carries on
USUAL_GROWTH = {
    (True, True): 0.6,
    (True, False): 0.1,
    (False, True): 0.5,
    (False, False): -0.2,
}
WEIGHT_OF_USUAL = 4
# seven points and weights for the integral over a normal
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(7)
WEIGHTS = WEIGHTS / WEIGHTS.sum()


def sums(values: Array) -> Array:
    """Return running sums, NaN counted as 0, with a 0 in front."""
    return np.pad(np.cumsum(np.nan_to_num(values), axis=-1), [(0, 0), (1, 0)])


@dataclass
class Scale:
    """A scale on which the KPI has no bounds: log, mirrored log, logit, or its own.

    A tenth of the mean distance is added, so that a value on the bound has a place too. A bound
    that some value is beyond is none.
    """

    low: Array
    high: Array
    from_low: Array
    from_high: Array

    @classmethod
    def of(
        cls, values: Array, low: float | None, high: float | None, until: int | None = None
    ) -> "Scale":
        """Return the scale of each series between bounds of its KPI, from its first periods."""
        nothing = np.full((len(values), 1), np.nan)
        lows = nothing if low is None else nothing_beyond(values, low, np.nanmin(values, 1) >= low)
        highs = (
            nothing if high is None else nothing_beyond(values, high, np.nanmax(values, 1) <= high)
        )
        mean = np.nanmean(values[:, :until], 1, keepdims=True)
        mean = np.where(np.isnan(mean), np.nanmean(values, 1, keepdims=True), mean)
        away = [mean - lows, highs - mean]
        from_low, from_high = (np.where(a > 0, a / 10, 1.0) for a in away)
        return cls(lows, highs, from_low, from_high)

    def to(self, x: Array) -> Array:
        """Return values on the scale."""
        has_low, has_high = ~np.isnan(self.low), ~np.isnan(self.high)
        up = np.log(np.where(has_low, x - self.low + self.from_low, 1.0))
        down = np.log(np.where(has_high, self.high - x + self.from_high, 1.0))
        return np.where(has_low | has_high, up - down, x)

    def back(self, u: Array) -> Array:
        """Return values from the scale, inside the bounds."""
        has_low, has_high = ~np.isnan(self.low), ~np.isnan(self.high)
        u = np.where(has_low | has_high, np.clip(u, -300, 300), u)
        grown = np.exp(np.where(has_low | has_high, u, 0))
        x = np.where(has_low, self.low - self.from_low + grown, u)
        x = np.where(has_high, self.high + self.from_high - 1 / grown, x)
        both = (grown * (self.high + self.from_high) + self.low - self.from_low) / (1 + grown)
        x = np.where(has_low & has_high, both, x)
        return np.where(np.isnan(u), np.nan, np.fmin(np.fmax(x, self.low), self.high))


def nothing_beyond(values: Array, bound: float, holds: Array) -> Array:
    """Return the bound of each series for which it holds."""
    return np.where(holds, bound, np.nan)[:, None]


@dataclass
class Forecasts:
    """What was and is said at the end of each period, for 1 to M periods ahead: M x series x n."""

    scale: Scale
    guess: Array  # on the scale
    outcome: Array  # on the scale; NaN where it isn't known, or has a gap
    spread: Array  # of the errors, as known at that time
    cases: Array  # past cases known at that time
    growth: Array  # the power of m with which the spread grows

    @property
    def error(self) -> Array:
        """Return guess less outcome; what a float has blurred is no error."""
        return errors_of(self.guess, self.outcome)

    def width(self) -> Array:
        """Return half the 80% interval on the scale; NaN with fewer than six cases."""
        cases = np.where(self.cases >= LEAST_CASES, self.cases, np.nan)
        return t_of_80_percent(cases) * self.spread


def errors_of(guess: Array, outcome: Array) -> Array:
    """Return guess less outcome; what a float has blurred is no error."""
    error = guess - outcome
    return np.where(np.abs(error) < 1e-9 * (1 + np.abs(guess)), 0, error)


def t_of_80_percent(degrees: Array) -> Array:
    """Return the t that 80% are within on both sides."""
    return 1.2815516 + 0.8465857 / degrees + 0.5708870 / degrees**2


def rates(num: Array, den: Array, span: int) -> Array:
    """Return the rate of the last so many periods, at each period."""
    tops, bottoms = sums(num), sums(den)
    n = num.shape[1]
    end = np.arange(1, n + 1)
    start = np.maximum(end - span, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = (tops[:, end] - tops[:, start]) / (bottoms[:, end] - bottoms[:, start])
    return np.where(bottoms[:, end] == bottoms[:, start], np.nan, rate)


def slopes(u: Array, span: int) -> Array:
    """Return the slope of the least-squares line through the last so many periods, of 4 or more."""
    there = np.isfinite(u)
    x = np.where(there, np.arange(u.shape[1]), 0.0)
    n = u.shape[1]
    end = np.arange(1, n + 1)
    start = np.maximum(end - span, 0)
    count, mx, my, mxx, mxy = (
        sums(a)[:, end] - sums(a)[:, start]
        for a in (there * 1.0, x, np.where(there, u, 0), x * x, np.where(there, u, 0) * x)
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        slope = (mxy - mx * my / count) / (mxx - mx * mx / count)
    return np.where(count >= 4, slope, np.nan)


def ahead(num: Array, den: Array, m: int, is_level: bool, shift: int = 0) -> Array:
    """Return the rate of the next m periods (or of the m-th) from `shift` periods ago on."""
    n = num.shape[1]
    out = np.full(num.shape, np.nan)
    here = np.arange(n)
    first, last = here - shift + 1, here - shift + m
    fits = (first >= 0) & (last < n)
    if is_level:
        first = last
    tops, bottoms, there = sums(num), sums(den), sums(np.isfinite(num / den) * 1.0)
    f, t = first[fits], last[fits] + 1
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = (tops[:, t] - tops[:, f]) / (bottoms[:, t] - bottoms[:, f])
    out[:, fits] = np.where(there[:, t] - there[:, f] == t - f, rate, np.nan)
    return out


def later(values: Array, m: int) -> Array:
    """Return what was there m periods before: a case ends m periods after it begins."""
    out = np.zeros_like(values)
    if values.shape[-1] > m:
        out[..., m:] = values[..., :-m]
    return out


def last(values: Array, grain: str) -> Array:
    """Return the sum over the last so many origins, at each."""
    total, many = np.cumsum(values, -1), LAST_ORIGINS.get(grain, 24)
    before = np.pad(total, [(0, 0), (many, 0)])[..., : values.shape[-1]]
    return total - before


def forecasts(
    num: Array, den: Array, low: float | None, high: float | None, is_level: bool, most: int,
    grain: str = "month", until: int | None = None, *, is_stock: bool = False,
) -> Forecasts:  # fmt: skip
    """Forecast at the end of each period, each with the errors that were known then alone.

    The key result begins after `until` periods: its scale stays as it was then.
    """
    recent, long, year = SPANS[grain]
    with np.errstate(invalid="ignore", divide="ignore"):
        values = num / den
    scale = Scale.of(values, low, high, until)
    u, lately, over_long = (scale.to(rates(num, den, span)) for span in (1, recent, long))
    slope = slopes(u, long)
    guess, outcome = (np.full((most, *num.shape), np.nan) for _ in range(2))
    points = np.cumsum(np.isfinite(values), 1)
    for m in range(1, most + 1):
        # each step of the trend is nine tenths of the one before
        reach = 9 * (1 - 0.9**m)
        steps = reach if is_level else 9 - 9 * reach / m
        methods = [
            lately,
            over_long,
            u + slope * steps,
            over_long + slope * (steps + (long - 1) / 2),
        ]
        if year is not None:
            before = rates(num, den, recent)
            before = np.pad(before, [(0, 0), (year, 0)], constant_values=np.nan)[:, : num.shape[1]]
            full = np.arange(num.shape[1]) >= year + recent - 1
            before = np.where(full, before, np.nan)
            year_ago = ahead(num, den, m, is_level, year)
            if m > year:
                year_ago = np.full(num.shape, np.nan)
            methods.append(scale.to(year_ago) + lately - scale.to(before))
        said = np.stack(methods)
        outcome[m - 1] = scale.to(ahead(num, den, m, is_level))
        guess[m - 1] = weighted(said, outcome[m - 1], m)
    error = np.where(points >= LEAST_POINTS, errors_of(guess, outcome), np.nan)
    cases = np.stack([later(last(np.isfinite(e) * 1.0, grain), m + 1) for m, e in enumerate(error)])
    # the more a forecast had seen, the more its error says of today's
    weights = np.where(np.isfinite(error), (points - LEAST_POINTS + 1.0) ** 2, 0)
    sizes = weights * np.nan_to_num(np.abs(error))
    weight, total = (
        np.stack([later(last(one, grain), m + 1) for m, one in enumerate(of)])
        for of in (weights, sizes)
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        size = np.where(weight > 0, total / weight, 0)
    spread, growth = spreads(size, cases, USUAL_GROWTH[is_level, is_stock])
    return Forecasts(scale, guess, outcome, spread, cases, growth)


def weighted(said: Array, outcome: Array, m: int) -> Array:
    """Return the mean of methods: each weighs by its past mean squared error, to the power -3."""
    errors = said - outcome
    there = np.isfinite(errors)
    squares = later(np.cumsum(np.where(there, errors**2, 0), 2), m)
    cases = later(np.cumsum(there, 2) * 1.0, m)
    with np.errstate(invalid="ignore", divide="ignore"):
        of_all = squares.sum(0) / cases.sum(0)
        # one more case, as wrong as all methods are on average
        mean = (squares + of_all) / (cases + 1)
        # compared with the mean of all, so that no unit over- or underflows
        weight = (mean / of_all + 0.001) ** -3
        weight = np.where(of_all > 0, weight, 1.0)
        weight = np.where(np.isfinite(said), weight, 0)
        return (np.nan_to_num(said) * weight).sum(0) / weight.sum(0)


def spreads(size: Array, cases: Array, usual: float) -> tuple[Array, Array]:
    """Return the spread m periods ahead, a power of m through the spreads of 1 to m, and the power.

    Each mean size of errors counts by how many of its cases don't overlap; the usual power counts
    as well.
    """
    m = np.arange(1, len(size) + 1)[:, None, None]
    counts = (cases >= 2) & (size > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        # of a normal the spread is 1.2533 times the mean size of an error
        y = np.where(counts, np.log(sqrt(pi / 2) * size), 0)
        weight = np.where(counts, cases / m, 0)
        x = np.log(m)
        of = [
            np.cumsum(a, 0)
            for a in (weight, weight * x, weight * y, weight * x * x, weight * x * y)
        ]
        w, wx, wy, wxx, wxy = of
        power = (wxy - wx * wy / w + WEIGHT_OF_USUAL * usual) / (
            wxx - wx * wx / w + WEIGHT_OF_USUAL
        )
        spread = np.exp(wy / w + power * (x - wx / w))
    # errors that were nought throughout have no spread
    spread = np.where((w == 0) & (np.cumsum(cases, 0) > 0), 0, spread)
    return spread, power


def share_below(z: Array) -> Array:
    """Return the share of a standard normal below each z."""
    return np.vectorize(lambda v: (1 + erf(v / sqrt(2))) / 2, otypes=[float])(z)


def as_normal(t: Array, degrees: Array) -> Array:
    """Return the z that a normal has where Student's t with so many degrees has t."""
    with np.errstate(invalid="ignore"):
        return t * (1 - 1 / (4 * degrees)) / np.sqrt(1 + t * t / (2 * degrees))


def in_spreads(distance: Array, spread: Array, cases: Array) -> Array:
    """Return a distance on the scale as a normal's; without any spread it is beyond doubt."""
    with np.errstate(invalid="ignore", divide="ignore"):
        z = as_normal(distance / spread, cases)
    return np.where(spread == 0, np.where(distance >= 0, 9.0, -9.0), z)


def chance_of_all(lower: Array | None, upper: Array | None, growth: Array) -> Array:
    """Return the chance that all of several periods (the first axis) end inside two edges.

    Each is so many spreads away, as a normal's; None is no edge. The errors of several periods are
    alike: the more, the faster the spread grows.
    """
    alike = np.clip(0.3 + 1.2 * growth, 0.1, 0.95)
    chance = np.zeros(np.shape(growth))
    for node, weight in zip(NODES, WEIGHTS, strict=True):
        inside = np.ones_like(lower if upper is None else upper)
        for edge, sign in ((lower, 1), (upper, -1)):
            if edge is not None:
                given = (edge + sign * np.sqrt(alike) * node) / np.sqrt(1 - alike)
                inside = inside + share_below(given) - 1
        chance += weight * np.maximum(inside, 0).prod(0)
    return chance
