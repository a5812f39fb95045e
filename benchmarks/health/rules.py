"""KPI health in NumPy: the package's rules, those they came from, and those of 0.6.1.

A second program beside the SQL, which must say the same of every point. A series is a row of an
array, a period a column; NaN is a period without a value.
"""

from dataclasses import dataclass, field

import numpy as np

# of a normal sample: mean moving range / sigma
RANGE_TO_SIGMA = 1.128
# sigmas that a period must have moved in both years before
SEASON = 2


@dataclass(frozen=True)
class Rules:
    """The numbers that the rules hang on."""

    window: int = 24
    year: int | None = 12
    at_least: int = 8
    skipped: int = 2  # points between the baseline and the one that is tested
    slope_errors: float = 3.0
    holds_growth: bool = True
    wanders: float | None = 1.4
    two: float = 4.8
    three: float = 5.5
    own_error: bool = True
    keeps_falls: bool = True
    history: int | None = 4


# word by word as they were first written down
AS_DEFINED = Rules(
    skipped=1,
    slope_errors=2.0,
    holds_growth=False,
    wanders=None,
    two=5.0,
    three=6.0,
    year=None,
    own_error=False,
    keeps_falls=False,
    history=None,
)


@dataclass
class Series:
    """Series of one length, and what is known of the KPI of each."""

    value: np.ndarray
    wish: np.ndarray  # 1: up, -1: down, 0: neither
    by_change: np.ndarray
    numerator: np.ndarray | None = None
    denominator: np.ndarray | None = None
    of_counts: np.ndarray | None = None

    def packed(self) -> tuple["Series", np.ndarray]:
        """Return the series without empty periods, and the period of each point (-1: none)."""
        empty = np.isnan(self.value)
        order = np.argsort(empty, axis=1, kind="stable")
        period = np.where(np.take_along_axis(empty, order, 1), -1, order)

        def pack(a: np.ndarray | None) -> np.ndarray | None:
            return None if a is None else np.take_along_axis(a, order, 1)

        parts = (pack(a) for a in (self.numerator, self.denominator))
        packed = Series(pack(self.value), self.wish, self.by_change, *parts, self.of_counts)
        return packed, period


@dataclass
class Chart:
    """What is said of each point; arrays as those of the series."""

    tested: np.ndarray
    prediction: np.ndarray
    sigma: np.ndarray
    z: np.ndarray
    lowest: np.ndarray  # of the history before the point
    highest: np.ndarray
    signal: dict[int, np.ndarray] = field(default_factory=dict)  # by side: points that it has
    since: dict[int, np.ndarray] = field(default_factory=dict)  # by side: points since it began


def chart(series: Series, rules: Rules = Rules()) -> Chart:
    """Return prediction, signals and troubles of each point of packed series."""
    packed, period = series.packed()
    made = predict(packed, rules)
    if rules.year:
        add_season(made, period, rules.year)
    for side in (1, -1):
        made.signal[side] = signals(made, packed.by_change, side, rules)
        made.since[side] = episodes(made, side, rules)
    return unpack(made, period)


def lagged(a: np.ndarray, k: int) -> np.ndarray:
    """Return the values of k points before."""
    out = np.full(a.shape, np.nan)
    out[:, k:] = a[:, :-k]
    return out


def predict(series: Series, rules: Rules) -> Chart:
    """Return the prediction of each point by the points before, and how far it is from it."""
    change = series.value - lagged(series.value, 1)
    tested = np.where(series.by_change[:, None], change, series.value)
    steps = np.abs(tested - lagged(tested, 1))
    made = Chart(*(np.full(tested.shape, np.nan) for _ in range(6)))
    made.tested = tested
    origin = np.where(series.by_change, tested[:, 1], tested[:, 0])
    for t in range(tested.shape[1]):
        last = t - rules.skipped  # exclusive
        first = max(0, last - rules.window)
        if last <= 0:
            continue
        past = tested[:, :last]
        # from the first point, so that what never changes is nought exactly
        y = tested[:, first:last] - origin[:, None]
        there = ~np.isnan(y)
        n = there.sum(1)
        with np.errstate(invalid="ignore", divide="ignore"):
            x = np.where(there, np.arange(first, last, dtype=float), np.nan)
            x_mean, y_mean = np.nansum(x, 1) / n, np.nansum(y, 1) / n
            dx, dy = x - x_mean[:, None], y - y_mean[:, None]
            sxx, sxy, syy = np.nansum(dx**2, 1), np.nansum(dx * dy, 1), np.nansum(dy**2, 1)
            slope = sxy / sxx
            explained = np.minimum(slope * sxy, syy)
            rest = syy - explained
            sloped = explained > (rules.slope_errors**2 + 1e-6) * rest / (n - 2)
            spread = np.where(sloped, np.sqrt(rest / (n - 2)), np.sqrt(syy / (n - 1)))
            ranges = np.where(there[:, 1:] & there[:, :-1], steps[:, first + 1 : last], np.nan)
            by_steps = np.nansum(ranges, 1) / (~np.isnan(ranges)).sum(1) / RANGE_TO_SIGMA
            sigma = np.maximum(by_steps, spread)
            if rules.wanders:
                wandering = np.where(by_steps > 0, spread / by_steps / rules.wanders, 1)
                sigma = sigma * np.maximum(wandering, 1)
            ahead = np.where(sloped, (t - x_mean) ** 2 / sxx, 0)
            sigma = sigma * np.sqrt(1 + 1 / n + ahead)
            if rules.own_error and series.of_counts is not None:
                sigma = np.fmax(sigma, own_error(series, first, last, t))
            # growth in the wished direction isn't promised beyond the baseline
            held = rules.holds_growth & (slope * series.wish > 0)
            read_at = np.where(held, last - 1, t)
            prediction = origin + y_mean + np.where(sloped, slope * (read_at - x_mean), 0)
            scale = np.abs(prediction) + np.abs(series.value[:, t]) + np.abs(tested[:, t])
            scale = scale + np.abs(origin)
            noise = 1e-9 * scale
            away = (tested[:, t] - prediction) / np.maximum(sigma, noise)
        enough = (n >= rules.at_least) & ~np.isnan(tested[:, t])
        made.prediction[:, t] = np.where(enough, prediction, np.nan)
        made.sigma[:, t] = np.where(enough, np.maximum(sigma, noise), np.nan)
        made.z[:, t] = np.where(enough, np.nan_to_num(away), np.nan)
        if rules.history:
            known = ((~np.isnan(past)).sum(1) >= rules.history) & ~np.isnan(tested[:, t])
            made.lowest[:, t] = np.where(
                known, np.nanmin(np.where(known[:, None], past, 0), 1), np.nan
            )
            made.highest[:, t] = np.where(
                known, np.nanmax(np.where(known[:, None], past, 0), 1), np.nan
            )
    return made


def own_error(series: Series, first: int, last: int, t: int) -> np.ndarray:
    """Return the binomial error of the point's own denominator; 0 of what is no ratio of counts."""
    there = ~np.isnan(series.value[:, first:last])
    hits = np.where(there, series.numerator[:, first:last], 0).sum(1)
    trials = np.where(there, series.denominator[:, first:last], 0).sum(1)
    share = (hits + 0.5) / (trials + 1)
    error = np.sqrt(np.maximum(share * (1 - share), 0) / series.denominator[:, t])
    return np.where(series.of_counts, np.nan_to_num(error), 0)


def add_season(made: Chart, period: np.ndarray, year: int) -> None:
    """Predict what the same period of the two years before did too, against its own baseline."""
    deviation = made.tested - made.prediction
    moved = np.ones(made.z.shape, bool)
    for years in (1, 2):
        if period.shape[1] <= years * year:
            return
        z = lagged(made.z, years * year)
        is_year_ago = lagged(period.astype(float), years * year) == period - years * year
        moved &= is_year_ago & (np.abs(z) > SEASON) & (np.sign(z) == np.sign(made.z))
    usual = (lagged(deviation, year) + lagged(deviation, 2 * year)) / 2
    made.prediction = np.where(moved, made.prediction + usual, made.prediction)
    with np.errstate(invalid="ignore", divide="ignore"):
        made.z = np.where(moved, made.z - usual / made.sigma, made.z)


def signals(made: Chart, by_change: np.ndarray, side: int, rules: Rules) -> np.ndarray:
    """Return how many points the signal has that a point completes on a side; 0: none."""
    by_change = by_change[:, None] & rules.keeps_falls
    w = side * made.z
    w1, w2 = lagged(w, 1), lagged(w, 2)
    width = made.highest - made.lowest
    beyond = np.where(side > 0, made.tested - made.highest, made.lowest - made.tested)
    beyond = (width > 0) & (beyond > width)
    beyond1 = np.hstack([np.zeros((len(w), 1), bool), beyond[:, :-1]])
    two = (w + w1 > rules.two) & (((w > 1) & (w1 > 1)) | by_change & (w1 > 3))
    three = w + w1 + w2 > rules.three
    three &= ((w > 1) & (w1 > 0.5) & (w2 > 0.5)) | by_change & (w2 > 3) & (w1 + w2 > 3)
    one = (w > 3) | beyond
    return np.select([three, two | beyond & beyond1, one], [3, 2, 1], 0)


def episodes(made: Chart, side: int, rules: Rules) -> np.ndarray:
    """Return the points since the first of a signal of two or three, while it lasts; 0: none."""
    rows, points = made.tested.shape
    bound = made.highest if side > 0 else made.lowest
    usual = np.where(np.isnan(made.z), bound, made.prediction + side * made.sigma)
    start, free_from = np.full(rows, -1), np.zeros(rows, int)
    limit = np.full(rows, np.nan)
    since = np.zeros(made.tested.shape, int)
    every = np.arange(rows)
    for t in range(points):
        is_back = side * (made.tested[:, t] - limit) <= 0
        ends = (start >= 0) & (is_back | (t - start >= rules.window // 2))
        free_from = np.where(ends, t, free_from)
        start = np.where(ends, -1, start)
        first = t - np.maximum(made.signal[side][:, t], 1) + 1
        begins = (start < 0) & (made.signal[side][:, t] >= 2) & (first >= free_from)
        start = np.where(begins, first, start)
        limit = np.where(begins, usual[every, np.maximum(first, 0)], limit)
        since[:, t] = np.where((start >= 0) & ~np.isnan(made.tested[:, t]), t - start + 1, 0)
    return since


def unpack(made: Chart, period: np.ndarray) -> Chart:
    """Return the chart by period again."""

    def by_period(a: np.ndarray) -> np.ndarray:
        empty = np.nan if a.dtype.kind == "f" else 0
        out = np.full(a.shape, empty, a.dtype)
        row, point = np.nonzero(period >= 0)
        out[row, period[row, point]] = a[row, point]
        return out

    arrays = (made.tested, made.prediction, made.sigma, made.z, made.lowest, made.highest)
    unpacked = Chart(*(by_period(a) for a in arrays))
    unpacked.signal = {side: by_period(a) for side, a in made.signal.items()}
    unpacked.since = {side: by_period(a) for side, a in made.since.items()}
    return unpacked


def in_trouble(series: Series, rules: Rules = Rules()) -> tuple[np.ndarray, np.ndarray]:
    """Return where a series is unhealthy, and where it is judged."""
    made = chart(series, rules)
    bad = np.where(series.wish[:, None] > 0, made.since[-1], made.since[1])
    return bad > 0, ~np.isnan(made.z)


def natural_limits(points: np.ndarray) -> tuple[float, float, float]:
    """Return mean, lower and upper limit of an XmR chart: no slope, all points are the baseline."""
    mean = points.mean()
    reach = 2.66 * np.abs(np.diff(points)).mean()
    return mean, mean - reach, mean + reach


def in_trouble_by_first_points(series: Series, baseline: int = 12) -> tuple[np.ndarray, np.ndarray]:
    """Return the same by 0.6.1: XmR limits of the first points, two periods of concern in a row."""
    trouble = np.zeros(series.value.shape, bool)
    for row, wish in enumerate(series.wish):
        at = np.flatnonzero(~np.isnan(series.value[row]))
        y = series.value[row, at]
        if len(y) < 6:
            continue
        center, low, high = natural_limits(y[:baseline])
        side = np.sign(y - center)
        near = np.where(y - center > high - y, 1, np.where(center - y > y - low, -1, 0))
        unbroken = np.concatenate([[0], np.cumsum(np.diff(at) > 1)])
        run = concerns = 0
        for i in range(len(y)):
            goes_on = i > 0 and unbroken[i] == unbroken[i - 1]
            run = run + 1 if goes_on and side[i] == side[i - 1] else 1
            four = slice(max(0, i - 3), i + 1)
            nearer = ((near[four] == near[i]) & (unbroken[four] == unbroken[i])).sum()
            signal = not low <= y[i] <= high or run >= 8 and side[i] != 0
            signal = signal or near[i] != 0 and nearer >= 3
            concerns = (concerns if goes_on else 0) + 1 if signal and side[i] * wish < 0 else 0
            trouble[row, at[i]] = concerns >= 2
    return trouble, ~np.isnan(series.value)
