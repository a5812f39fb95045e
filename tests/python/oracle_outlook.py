"""Forecasts, their backtest and chances in plain Python, from docs/okr-definitions.md.

Months are whole numbers (year x 12 + month - 1). A series is
{month: (value, numerator, denominator)} of complete months; a key result is a dict with
metric_type, start, due, baseline, target, lower, upper.
"""

import calendar
import math
from datetime import date, timedelta
from functools import cache
from statistics import NormalDist, linear_regression, mean, stdev

Series = dict[int, tuple[float, float, float]]
BOUNDED = {"at_least", "at_most", "range"}


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


def t_cdf(t: float, degrees: int) -> float:
    """Return Student's cumulative distribution by Simpson's rule."""
    scale = math.exp(math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2))
    scale /= math.sqrt(degrees * math.pi)
    steps, width = 2000, abs(t) / 2000
    heights = [
        (1 + (i * width) ** 2 / degrees) ** (-(degrees + 1) / 2)
        * (1 if i in (0, steps) else 2 + i % 2 * 2)
        for i in range(steps + 1)
    ]
    area = scale * sum(heights) * width / 3
    return 0.5 + math.copysign(area, t)


@cache
def t_quantile(share: float, degrees: int) -> float:
    """Return the t below which a share of Student's distribution lies, by bisection."""
    low, high = 0.0, 50.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if t_cdf(middle, degrees) < share else (low, middle)
    return low


class Outlook:
    """What is to be expected of a key result on a day, with every past case of its forecast."""

    def __init__(self, series: Series, kind: str, kr: dict, day: date) -> None:
        """Take complete months of the KPI, its kind (flow, stock, ratio), the key result, a day."""
        self.series, self.kind, self.kr, self.day = series, kind, kr, day
        self.metric_type = kr["metric_type"]
        self.method = "run_rate" if self.metric_type in ("cumulative", "average") else "trend"
        self.window = len(months_ending(kr["start"], kr["due"]))
        self.elapsed = len(months_ending(kr["start"], day)) if day >= kr["start"] else 0

    def rate(self, months: list[int]) -> float | None:
        """Return the sum, or the average, of months that all have a value; else null."""
        if not months or not all(month in self.series for month in months):
            return None
        if self.metric_type == "cumulative":
            return sum(self.series[month][0] for month in months)
        if self.kind == "ratio":
            return sum(self.series[m][1] for m in months) / sum(self.series[m][2] for m in months)
        return mean(self.series[month][0] for month in months)

    def line(self, origin: int, target: int) -> float | None:
        """Return the straight line through the last six points up to a month, at another month."""
        months = sorted(month for month in self.series if month <= origin)[-6:]
        if len(months) < 3:
            return None
        slope, at_zero = linear_regression(months, [self.series[month][0] for month in months])
        return at_zero + slope * target

    def past(self, known: int) -> list[dict]:
        """Return the past cases of a forecast that knows so many months of its window."""
        way = (self.kr["target"] or 0) - (self.kr["baseline"] or 0)
        cases = []
        for first in range(min(self.series) - self.window, max(self.series) + 1):
            months = list(range(first, first + self.window))
            before = list(range(first - self.window, first))
            if self.method == "trend":
                origin, end = first + known - 1, months[-1]
                if origin not in self.series or end not in self.series:
                    continue
                forecast, outcome = self.line(origin, end), self.series[end][0]
                reached = self.series[origin][0]
                start = self.series[first - 1][0] if first - 1 in self.series else None
                goal = None if start is None else start + way
            else:
                outcome, reached = self.rate(months), self.rate(months[:known])
                if outcome is None or known == 0:
                    continue
                days = [last_day(month).day for month in months]
                is_sum = self.metric_type == "cumulative"
                forecast = reached * sum(days) / sum(days[:known]) if is_sum else reached
                start = 0 if is_sum else self.rate(before)
                goal = self.goal_of_a_rate(before)
            if forecast is None:
                continue
            case = {"error": forecast - outcome, "is_red": False, "is_met": False}
            if goal is not None and start is not None and goal != start and known:
                progress = (reached - start) / (goal - start)
                case["is_red"] = round(progress - known / self.window, 9) < -0.3
                case["is_met"] = outcome >= goal if way > 0 else outcome <= goal
            cases.append(case)
        return cases

    def goal_of_a_rate(self, before: list[int]) -> float | None:
        """Return a target as far from the months before a window as the key result's own."""
        rate, own = self.rate(before), [m for m in self.series if last_day(m) < self.kr["start"]]
        if rate is None or self.kr["target"] is None:
            return None
        if self.metric_type == "average":
            return rate + self.kr["target"] - self.kr["baseline"]
        own = sorted(own)[-self.window :]
        if len(own) < self.window:
            return None
        return rate * self.kr["target"] / sum(self.series[month][0] for month in own)

    def backtest(self, known: int) -> dict:
        """Return errors, coverage of the interval from the other cases, and reds that ended met."""
        cases = self.past(known)
        errors = [case["error"] for case in cases]
        covered = []
        for number, error in enumerate(errors):
            others = errors[:number] + errors[number + 1 :]
            if len(errors) >= 6:
                spread = math.sqrt(mean(other**2 for other in others))
                covered.append(abs(error) <= t_quantile(0.9, len(others)) * spread)
        reds = [case for case in cases if case["is_red"]]
        return {
            "cases": len(cases),
            "mean_absolute_error": mean(map(abs, errors)),
            "bias": mean(errors),
            "interval_coverage": mean(covered) if covered else None,
            "reds": len(reds),
            "reds_met": sum(case["is_met"] for case in reds),
        }

    def goals(self) -> tuple[float | None, float | None]:
        """Return what the value must not be below, and not above."""
        if self.metric_type in BOUNDED:
            return self.kr["lower"], self.kr["upper"]
        if self.kr["target"] > (self.kr["baseline"] or 0):
            return self.kr["target"], None
        return None, self.kr["target"]

    def forecast(self, actual: float | None) -> dict:
        """Return forecast, interval and probability; `actual` is what is measured by the day."""
        nothing = dict.fromkeys(
            ("forecast_value", "forecast_low", "forecast_high", "probability_met")
        )
        if self.day >= self.kr["due"]:
            return nothing
        nothing["probability_met"] = self.settled(actual)
        ahead = len(months_ending(last_day(max(self.series)) + timedelta(1), self.kr["due"]))
        if self.method == "trend":
            value = self.line(max(self.series), max(self.series) + ahead)
            known = self.window - ahead
        else:
            total = (self.kr["due"] - self.kr["start"]).days + 1
            passed = (self.day - self.kr["start"]).days + 1
            is_sum = self.metric_type == "cumulative" and actual is not None
            value, known = actual * total / passed if is_sum else actual, self.elapsed
        if value is None:
            return nothing
        errors = [case["error"] for case in self.past(known)]
        result = nothing | {"forecast_value": value}
        if self.method == "trend" and ahead == 0:
            spread, half = 0.0, 0.0
        elif len(errors) >= 6:
            spread = math.sqrt(mean(error**2 for error in errors))
            half = t_quantile(0.9, len(errors)) * spread
        else:
            return result
        lower, upper = self.goals()

        def share_below(goal: float) -> float:
            if spread == 0:
                return float(value <= goal)
            return t_cdf((goal - value) / spread, len(errors))

        chance = (1 if upper is None else share_below(upper)) - (
            0 if lower is None else float(value < lower) if spread == 0 else share_below(lower)
        )
        return result | {
            "forecast_low": value - half,
            "forecast_high": value + half,
            "probability_met": chance if self.settled(actual) is None else self.settled(actual),
        }

    def settled(self, actual: float | None) -> int | None:
        """Return 1 where a sum has its target, 0 where a bound was left; else null."""
        if self.metric_type == "cumulative" and actual is not None and actual >= self.kr["target"]:
            return 1
        if self.metric_type in BOUNDED:
            for month in months_ending(self.kr["start"], self.day):
                value = self.series.get(month, (None,))[0]
                low, high = self.goals()
                if value is not None and not (
                    (low is None or value >= low) and (high is None or value <= high)
                ):
                    return 0
        return None

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

    def before_start(self) -> tuple[float, float] | None:
        """Return mean and standard deviation of the months before the start; null under six."""
        values = [v[0] for month, v in self.series.items() if last_day(month) < self.kr["start"]]
        return (mean(values), stdev(values)) if len(values) >= 6 else None

    def chance_without_change(self) -> float | None:
        """Return the chance that independent normal months would meet the target."""
        parts = self.before_start()
        if parts is None or not self.window:
            return None
        centre, spread = parts
        lower, upper = self.goals()
        if self.metric_type == "cumulative":
            centre, spread = centre * self.window, spread * math.sqrt(self.window)
        elif self.metric_type == "average":
            spread /= math.sqrt(self.window)
        if spread == 0:
            met = (lower is None or centre >= lower) and (upper is None or centre <= upper)
            return float(met)
        normal = NormalDist(centre, spread)
        chance = (1 if upper is None else normal.cdf(upper)) - (
            0 if lower is None else normal.cdf(lower)
        )
        return chance**self.window if self.metric_type in BOUNDED else chance
