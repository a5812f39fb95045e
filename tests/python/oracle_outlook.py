"""Forecasts, their backtest and chances of one key result, from docs/okr-definitions.md.

The method is the one of the rolling test (benchmarks/forecast/method.py), on one series. Months are
whole numbers (year x 12 + month - 1). A series is {month: (value, numerator, denominator)} of
complete months; a key result is a dict: metric_type, start, due, baseline, target, lower, upper.
"""

import calendar
from datetime import date, timedelta
from statistics import mean

import numpy as np

from benchmarks.forecast.method import (
    LEAST_CASES,
    Forecasts,
    chance_of_all,
    forecasts,
    in_spreads,
    share_below,
)

Series = dict[int, tuple[float, float, float]]
BOUNDED = {"at_least", "at_most", "range"}
SUMS = {"cumulative", "cumulative_at_most"}
ODDS_CASES, ODDS_COVERAGE = 8, (0.6, 0.95)


def month_of(day: date) -> int:
    """Return the month that a day is in."""
    return day.year * 12 + day.month - 1


def last_day(month: int) -> date:
    """Return the last day of a month."""
    year, number = divmod(month, 12)
    return date(year, number + 1, calendar.monthrange(year, number + 1)[1])


def months_ending(first: date, last: date) -> list[int]:
    """Return the months whose last day is from first to last."""
    months = range(month_of(first), month_of(last) + 1)
    return [month for month in months if first <= last_day(month) <= last]


class Outlook:
    """What is to be expected of a key result on a day, with every past case of its forecast."""

    def __init__(
        self,
        series: Series,
        kind: str,
        kr: dict,
        day: date,
        running: tuple[float, float, float],
        bounds: tuple[float | None, float | None],
    ) -> None:
        """Take complete months of the KPI, its kind, the key result, a day, the month it is in."""
        self.series, self.kind, self.kr, self.day = series, kind, kr, day
        self.running = running
        self.metric_type = kr["metric_type"]
        self.is_level = self.metric_type not in SUMS | {"average"}
        self.window = len(months_ending(kr["start"], kr["due"]))
        self.first, self.last = min(series), max(series)
        months = range(self.first, self.last + 1)
        nothing = (np.nan, np.nan, np.nan)
        rows = np.array([series.get(month, nothing) for month in months])
        is_ratio = kind == "ratio"
        self.num = (rows[:, 1] if is_ratio else rows[:, 0])[None, :]
        if self.metric_type in SUMS:
            den = [float(last_day(month).day) for month in months]
        else:
            den = rows[:, 2] if is_ratio else np.ones(len(rows))
        self.den = np.where(np.isnan(self.num), np.nan, np.array(den)[None, :])
        before = [month for month in series if last_day(month) < kr["start"]]
        self.last_before = max(before) if before else None
        until = self.last_before - self.first + 1 if before else len(rows)
        most = max(self.window, self.ahead_of(self.last), self.ahead_of(self.last_before))
        low, high = bounds
        self.said: Forecasts = forecasts(
            self.num, self.den, low, high, self.is_level, max(most, 1), "month", until,
            is_stock=kind == "stock",
        )  # fmt: skip

    def ahead_of(self, origin: int | None) -> int:
        """Return how many months after one end by the due date."""
        if origin is None:
            return 0
        return len(months_ending(last_day(origin) + timedelta(1), self.kr["due"]))

    def rate(self, months: list[int]) -> float | None:
        """Return the sum, the average or the value of months that all have a value; else null."""
        if not months or not all(month in self.series for month in months):
            return None
        if self.metric_type in SUMS:
            return sum(self.series[month][0] for month in months)
        if self.kind == "ratio":
            return sum(self.series[m][1] for m in months) / sum(self.series[m][2] for m in months)
        return mean(self.series[month][0] for month in months)

    def goals(self) -> tuple[float | None, float | None]:
        """Return what the value must not be below, and not above."""
        if self.metric_type in BOUNDED:
            return self.kr["lower"], self.kr["upper"]
        if self.aims_up():
            return self.kr["target"], None
        return None, self.kr["target"]

    def aims_up(self) -> bool:
        """Return the direction of its type; the KPIs of the cases are wanted to go up."""
        return self.metric_type in ("increase", "cumulative", "average")

    def chance(self, origin: int, horizon: int, known: float, weight: float) -> float | None:
        """Return the chance that what is to come meets the target; null with few past cases."""
        here = origin - self.first
        if self.said.cases[horizon - 1, 0, here] < LEAST_CASES:
            return None
        horizons = range(1, horizon + 1) if self.metric_type in BOUNDED else [horizon]
        horizons = [h for h in horizons if self.said.cases[h - 1, 0, here] >= LEAST_CASES]
        scale = self.said.scale
        edges: list = []
        for sign, goal in zip((1, -1), self.goals(), strict=True):
            if goal is None:
                edges.append(None)
                continue
            needed = (goal - known) / weight
            bound = scale.to(np.array([[needed]]))[0, 0]
            guess, spread, cases = (
                a[[h - 1 for h in horizons], 0, here]
                for a in (self.said.guess, self.said.spread, self.said.cases)
            )
            distance = sign * (guess - bound)
            distance = np.where(abs(distance) < 1e-9 * (1 + abs(guess)), 0, distance)
            z = in_spreads(distance, spread, cases)
            low, high = scale.low[0, 0], scale.high[0, 0]
            if (sign == 1 and needed <= low) or (sign == -1 and needed >= high):
                z[:] = 9.0
            if (sign == 1 and needed > high) or (sign == -1 and needed < low):
                z[:] = -9.0
            edges.append(np.clip(z, -9, 9))
        if self.metric_type not in BOUNDED:
            return float(next(share_below(z)[0] for z in edges if z is not None))
        return float(chance_of_all(*edges, self.said.growth[horizon - 1, 0, here]))

    def forecast(self, actual: float | None) -> dict:
        """Return forecast, interval and probability; `actual` is what is measured by the day."""
        names = ("forecast_value", "forecast_low", "forecast_high", "probability_met")
        result: dict = dict.fromkeys(names)
        if self.day >= self.kr["due"]:
            return result
        horizon = self.ahead_of(self.last)
        if self.is_level and horizon == 0:
            met = float(self.is_met(actual))
            return dict.fromkeys(names, actual) | {"probability_met": met}
        result["probability_met"] = self.settled(actual)
        known, weight = self.known_and_weight(actual)
        horizon = max(horizon, 1)
        here = self.last - self.first
        guess, width = (a[horizon - 1, 0, here] for a in (self.said.guess, self.said.width()))

        def value(place: float) -> float:
            return known + weight * self.said.scale.back(np.array([[place]]))[0, 0]

        result["forecast_value"] = value(guess)
        if not np.isnan(width):
            result |= {"forecast_low": value(guess - width), "forecast_high": value(guess + width)}
        if result["probability_met"] is None and self.odds_count(horizon):
            result["probability_met"] = self.chance(self.last, horizon, known, weight)
        return result

    def known_and_weight(self, actual: float | None) -> tuple[float, float]:
        """Return what is known of the value, and how many times the rate to come counts."""
        days = (self.kr["due"] - self.day).days
        if self.metric_type in SUMS:
            begun = actual is not None
            rest = days if begun else (self.kr["due"] - self.kr["start"]).days + 1
            return (actual or 0.0), float(rest)
        if self.metric_type != "average" or actual is None:
            return 0.0, 1.0
        done = [self.series[m][2] for m in months_ending(self.kr["start"], self.day)]
        year = range(self.last - 11, self.last + 1)
        if self.kind == "ratio":
            done.append(self.running[2])
            a_day = sum(self.series[m][2] for m in year) / sum(last_day(m).day for m in year)
        else:
            done = [1.0] * len(done)
            days = (self.kr["due"] - last_day(self.last)).days
            a_day = 12 / sum(last_day(m).day for m in year)
        weight = days * a_day / (days * a_day + sum(done))
        return (1 - weight) * actual, weight

    def odds_count(self, horizon: int) -> bool:
        """Return whether the intervals have shown what they are worth."""
        covered, cases = self.tested(horizon)
        share = (sum(covered) + 6.4) / (len(covered) + 8)
        return cases >= ODDS_CASES and ODDS_COVERAGE[0] <= share <= ODDS_COVERAGE[1]

    def tested(self, horizon: int) -> tuple[list[bool], int]:
        """Return whether each interval said so many periods ahead covered, and how many cases."""
        error = self.said.error[horizon - 1, 0]
        points = np.cumsum(np.isfinite(self.num / self.den)[0])
        width = self.said.width()[horizon - 1, 0]
        cases = np.isfinite(error) & (points >= 6)
        covered = [abs(e) <= w for e, w, c in zip(error, width, cases, strict=True) if c and w == w]
        return covered, int(cases.sum())

    def is_met(self, actual: float | None) -> bool:
        """Return whether a value meets the target."""
        lower, upper = self.goals()
        if actual is None:
            return False
        return (lower is None or actual >= lower) and (upper is None or actual <= upper)

    def settled(self, actual: float | None) -> int | None:
        """Return 1 where a sum has its target, 0 where a bound was left; else null."""
        if self.metric_type == "cumulative" and actual is not None and actual >= self.kr["target"]:
            return 1
        if self.metric_type in BOUNDED:
            lower, upper = self.goals()
            seen = [self.series.get(m) for m in months_ending(self.kr["start"], self.day)]
            values = [row[0] for row in seen if row is not None]
            if any(
                (lower is not None and v < lower) or (upper is not None and v > upper)
                for v in values
            ):
                return 0
        return None

    def chance_without_change(self) -> float | None:
        """Return the chance that the KPI, gone on as before the start, would meet the target."""
        if self.last_before is None or not self.window:
            return None
        horizon = self.ahead_of(self.last_before)
        days = (self.kr["due"] - self.kr["start"]).days + 1
        weight = float(days) if self.metric_type in SUMS else 1.0
        return self.chance(self.last_before, horizon, 0.0, weight)

    def goal_of_a_rate(self, before: list[int]) -> float | None:
        """Return a target as far from the months before a window as the key result's own."""
        rate = self.rate(before)
        if rate is None or self.kr["target"] is None:
            return None
        if self.metric_type == "average":
            return rate + self.kr["target"] - self.kr["baseline"]
        own = sorted(m for m in self.series if last_day(m) < self.kr["start"])[-self.window :]
        if len(own) < self.window:
            return None
        return rate * self.kr["target"] / sum(self.series[month][0] for month in own)

    def backtest(self, known: int) -> dict | None:
        """Return errors, coverage and reds that ended met, where so many months were known."""
        horizon = self.window - known
        errors, reds = [], []
        points = np.cumsum(np.isfinite(self.num / self.den)[0])
        way = (self.kr["target"] or 0) - (self.kr["baseline"] or 0)
        for here in range(self.num.shape[1]):
            guess, outcome = (a[horizon - 1, 0, here] for a in (self.said.guess, self.said.outcome))
            if points[here] < 6 or np.isnan(guess - outcome):
                continue
            rates = [self.said.scale.back(np.array([[u]]))[0, 0] for u in (guess, outcome)]
            origin = self.first + here
            window = list(range(origin - known + 1, origin + horizon + 1))
            before = list(range(window[0] - self.window, window[0]))
            rest = window[known:]
            weight = 1.0
            if self.metric_type in SUMS:
                weight = float(sum(last_day(month).day for month in rest))
            elif not self.is_level:
                weight = self.weight_of(rest, window)
            errors.append((rates[0] - rates[1]) * weight)
            if self.is_level:
                reached = self.series[origin][0] if origin in self.series else None
                start = self.series[window[0] - 1][0] if window[0] - 1 in self.series else None
                goal = None if start is None else start + way
                end = self.series[window[-1]][0]
            else:
                reached, end = self.rate(window[:known]), self.rate(window)
                start = 0 if self.metric_type in SUMS else self.rate(before)
                goal = self.goal_of_a_rate(before)
            if None in (reached, start, goal, end) or goal == start or not known:
                continue
            progress = (reached - start) / (goal - start)
            if round(progress - known / self.window, 9) < -0.3:
                reds.append(end >= goal if self.aims_up() else end <= goal)
        if not errors:
            return None
        covered, _ = self.tested(horizon)
        return {
            "cases": len(errors),
            "mean_absolute_error": mean(map(abs, errors)),
            "bias": mean(errors),
            "interval_cases": len(covered),
            "interval_coverage": mean(map(float, covered)) if covered else None,
            "reds": len(reds),
            "reds_met": sum(reds),
        }

    def weight_of(self, rest: list[int], window: list[int]) -> float:
        """Return the share of an average that is to come, by its denominators."""
        if not all(month in self.series for month in window):
            return len(rest) / len(window)
        size = {m: self.series[m][2] if self.kind == "ratio" else 1.0 for m in window}
        return sum(size[m] for m in rest) / sum(size.values())

    def seasonal_share(self) -> float | None:
        """Return the mean share that the same dates of earlier years had reached; null without."""
        shares = []
        for years in range(1, 6):
            months = [
                month - 12 * years for month in months_ending(self.kr["start"], self.kr["due"])
            ]
            if not all(month in self.series for month in months):
                continue
            reached = 0.0
            for month in months:
                then = month + 12 * years
                passed = (self.day - last_day(then - 1)).days
                if last_day(then) <= self.day:
                    reached += self.series[month][0]
                elif passed > 0:
                    reached += self.series[month][0] * passed / last_day(month).day
            shares.append(reached / sum(self.series[month][0] for month in months))
        return mean(shares) if shares else None
