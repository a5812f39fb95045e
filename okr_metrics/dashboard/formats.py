"""Numbers, dates and periods as a reader of a language writes them (CLDR, by Babel)."""

import re
from copy import copy
from datetime import date, timedelta
from decimal import Decimal

from babel import Locale
from babel.dates import format_interval, format_skeleton
from babel.numbers import NumberPattern

from okr_metrics.dashboard.labels import Labels

# small numbers keep two decimals, from here on none is read
WHOLE_FROM = 100
# a day as the marts' sentences have it, unless it is part of an id or quoted as somebody wrote it
DAYS = {"en": r"\d{4}-\d{2}-\d{2}", "fr": r"\d{2}/\d{2}/\d{4}"}
ALONE = r"""(?<![\w"«/-])%s(?![\w"»/-])"""


class Formats:
    """Formats of one language; None is a dash."""

    def __init__(self, labels: Labels, currency: str) -> None:
        """Take the labels of the language, and the reporting currency of the build."""
        self.labels = labels
        self.currency = currency
        self.locale = Locale(labels.language)
        # of a calendar of the company's own, by grain and first day
        self.period_labels: dict[tuple[str, date], str] = {}

    def value(self, value: Decimal | None, unit: str | None) -> str:
        """Return a value of a KPI in its unit (kpi__catalog.unit)."""
        if value is None:
            return self.labels("none")
        if unit == "ratio":
            return self.share(value, 1)
        if unit == "currency":
            return self.money(value)
        if unit == "months":
            return self.labels("unit.month_value", value=self.number(value, 1))
        if unit == "hours":
            return self.labels("unit.hour_value", value=self.number(value, 1))
        if unit in ("count", None):
            return self.number(value, self.decimals(value))
        return self.number(value, 1 if abs(value) >= 10 else 2)

    @staticmethod
    def decimals(value: Decimal) -> int:
        """Return how many decimals of a count are worth reading."""
        return 0 if value == round(value) or abs(value) >= WHOLE_FROM else 1

    def unit(self, unit: str | None) -> str:
        """Return a unit in words, for titles of drawings."""
        return self.labels.of("unit", unit).format(currency=self.currency)

    def change(self, change: Decimal | None, ratio: Decimal | None, unit: str | None) -> str:
        """Return a signed change: points of a ratio, else a share of the value before."""
        if change is None:
            return self.labels("none")
        if unit == "ratio":
            return f"{self.signed(change * 100)}\u00a0{self.labels('points')}"
        if ratio is None or unit == "score":
            sign = "+" if change > 0 else ""
            return f"{sign}{self.value(change, unit)}"
        return ("+" if ratio > 0 else "") + self.share(ratio, 1)

    def effect(self, effect: Decimal | None, unit: str | None) -> str:
        """Return a signed part of a change, in points for a ratio."""
        if effect is None:
            return self.labels("none")
        if unit == "ratio":
            return f"{self.signed(effect * 100, 2)}\u00a0{self.labels('points')}"
        return ("+" if effect > 0 else "") + self.value(effect, unit)

    def money(self, value: Decimal) -> str:
        """Return an amount in the reporting currency; whole from 100 on."""
        decimals = 0 if abs(value) >= WHOLE_FROM or value == 0 else 2
        return self.applied(self.locale.currency_formats["standard"], value, decimals)

    def share(self, share: Decimal | None, decimals: int = 0) -> str:
        """Return a fraction in percent."""
        if share is None:
            return self.labels("none")
        return self.applied(self.locale.percent_formats[None], share, decimals)

    def number(self, value: Decimal | int | None, decimals: int = 0) -> str:
        """Return a number with separators."""
        if value is None:
            return self.labels("none")
        return self.applied(self.locale.decimal_formats[None], Decimal(value), decimals)

    def applied(self, pattern: NumberPattern, value: Decimal, decimals: int) -> str:
        """Return a number by a pattern of the locale, with so many decimals."""
        exact = copy(pattern)
        exact.frac_prec = (decimals, decimals)
        text = exact.apply(value, self.locale, currency=self.currency, currency_digits=False)
        # the sign of minus, after which no line breaks
        return str(text).replace("-", "\u2212")

    def signed(self, value: Decimal, decimals: int = 1) -> str:
        """Return a number with its sign, plus included."""
        return ("+" if value > 0 else "") + self.number(value, decimals)

    def day(self, day: date | None) -> str:
        """Return a day, such as Sep 13, 2026."""
        if day is None:
            return self.labels("none")
        text = format_skeleton("yMMMd", day, locale=self.locale)
        # French counts the first day of a month, which Babel doesn't
        return f"1er{text[1:]}" if self.locale.language == "fr" and day.day == 1 else text

    def told(self, sentence: str | None) -> str:
        """Return a sentence of the marts with its days as the page writes days."""
        day = DAYS.get(self.labels.language)
        return re.sub(ALONE % day, self.day_told, sentence or "") if day else sentence or ""

    def day_told(self, found: re.Match[str]) -> str:
        """Return a day of a sentence; what is none stays."""
        try:
            return self.day(date.fromisoformat("-".join(reversed(found[0].split("/")))))
        except ValueError:
            return found[0]

    def period(self, grain: str, start: date, end: date | None = None) -> str:
        """Return a period: a month or year by name, a quarter by its months, a week by its day."""
        if (grain, start) in self.period_labels:
            return self.period_labels[grain, start]
        if grain == "month":
            return format_skeleton("yMMMM", start, locale=self.locale)
        if grain == "year" and start.month == 1:
            return format_skeleton("y", start, locale=self.locale)
        if grain in ("quarter", "year"):
            end = end or start + timedelta(days=80 if grain == "quarter" else 350)
            return format_interval(start, end, "yMMM", locale=self.locale)
        return self.day(start)

    def short_period(self, grain: str, start: date) -> str:
        """Return a period for an axis."""
        if (grain, start) in self.period_labels:
            return self.period_labels[grain, start]
        if grain == "day" or grain == "week":
            return self.day(start)
        return format_skeleton("y" if grain == "year" else "yMMM", start, locale=self.locale)
