"""What version 0.6.1 said: the run rate or the line through six points, and their past errors."""

import numpy as np

from benchmarks.forecast.method import (
    LEAST_CASES,
    Array,
    ahead,
    as_normal,
    rates,
    slopes,
    sums,
    t_of_80_percent,
)


def line(values: Array, m: int) -> Array:
    """Return the least-squares line through the last six points, m periods ahead."""
    there = np.isfinite(values).astype(float)
    one = np.ones_like(values)
    number = np.arange(values.shape[1]) * one
    centre = rates(np.where(there > 0, number, np.nan), np.where(there > 0, one, np.nan), 6)
    return rates(values, one, 6) + slopes(values, 6) * (number + m - centre)


def run_rate(num: Array, den: Array, window: int, known: int) -> tuple[Array, Array]:
    """Return at each end of `known` periods their rate, and the rate of the whole window."""
    so_far = rates(num, den, known)
    rest = window - known
    tops, bottoms = sums(num), sums(den)
    whole = np.full(num.shape, np.nan)
    end = np.arange(known - 1, num.shape[1] - rest)
    first = end - known + 1
    with np.errstate(invalid="ignore", divide="ignore"):
        whole[:, end] = (tops[:, end + rest + 1] - tops[:, first]) / (
            bottoms[:, end + rest + 1] - bottoms[:, first]
        )
    return so_far, whole


def forecast(num: Array, den: Array, window: int, known: int, is_level: bool) -> tuple:
    """Return forecast, spread and cases at the last period; None where nothing was said."""
    values = num / den
    rest = window - known
    if is_level:
        said, came = line(values, rest), ahead(num, den, rest, True)
    elif known == 0:
        return None, None, None
    else:
        said, came = run_rate(num, den, window, known)
    error = said - came
    cases = np.isfinite(error).sum(1)
    spread = np.sqrt(np.nanmean(np.where(cases[:, None] > 0, error**2, np.inf), 1))
    return said[:, -1], spread, np.where(cases >= LEAST_CASES, cases, np.nan)


def half_width(spread: Array, cases: Array) -> Array:
    """Return half the 80% interval."""
    return t_of_80_percent(cases) * spread


def distance(gap: Array, spread: Array, cases: Array) -> Array:
    """Return a distance in spreads, as a normal's."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return as_normal(gap / spread, cases)


def left_as_it_was(values: Array, window: int, kind: str) -> tuple[Array, Array]:
    """Return mean and spread of independent periods: of a sum's rate, a mean or a level."""
    centre, spread = np.nanmean(values, 1), np.nanstd(values, axis=1, ddof=1)
    return centre, spread if kind == "level" else spread / np.sqrt(window)
