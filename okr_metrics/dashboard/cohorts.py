"""The heat map of section 3: how much of each cohort is left after n months."""

from decimal import Decimal

from okr_metrics.dashboard import View, vega
from okr_metrics.dashboard.formats import Formats
from okr_metrics.marts import Marts

COHORTS, COHORT_MONTHS, SHADES = 13, 12, 6


def figure(marts: Marts, formats: Formats) -> View | None:
    """Return the heat map of the newest cohorts by month."""
    labels = formats.labels
    columns = "cohort_period, periods_since, cohort_size, retention_rate, is_complete_period"
    rows = marts.rows("kpi__retention_cohorts", columns, period_grain="month", dimension="total")
    rows = [
        row
        for row in rows
        if row["retention_rate"] is not None and row["periods_since"] <= COHORT_MONTHS
    ]
    newest = sorted({row["cohort_period"] for row in rows})[-COHORTS:]
    if not newest:
        return None
    rates = {(row["cohort_period"], row["periods_since"]): row for row in rows}
    cells, table = [], []
    least = min(row["retention_rate"] for key, row in rates.items() if key[0] in newest)
    for cohort in newest:
        name = formats.short_period("month", cohort)
        size = rates[min(key for key in rates if key[0] == cohort)]["cohort_size"]
        line = [name, formats.number(size)]
        for month in range(COHORT_MONTHS + 1):
            row = rates.get((cohort, month))
            rate = row["retention_rate"] if row else None
            line.append(formats.share(rate))
            if rate is not None:
                text = f"{rate * 100:.0f}"
                shade = shade_of(rate, least)
                cells.append({"row": name, "column": month, "text": text, "shade": shade})
        table.append(line)
    title = labels("why.cohorts_plain")
    months = max(month for cohort, month in rates if cohort in newest and month <= 3)
    known = [rates[key] for key in rates if key[1] == months and key[0] in newest]
    kept = sum(row["retention_rate"] * row["cohort_size"] for row in known)
    if months and known:
        share = formats.share(kept / sum(row["cohort_size"] for row in known))
        title = labels("why.cohorts", months=months, share=share)
    headers = [labels("why.cohort"), labels("why.size"), *map(str, range(COHORT_MONTHS + 1))]
    return {
        "id": "cohorts",
        "title": title,
        "unit": labels("why.cohorts_unit"),
        "drawing": vega.heat_map(title, cells, SHADES),
        "headers": headers,
        "rows": table,
        "note": "",
        "wide": True,
    }


def shade_of(rate: Decimal, least: Decimal) -> int:
    """Return the shade of a rate, from 0 for the least to SHADES - 1 for all."""
    share = (rate - least) / (1 - least) if least < 1 else Decimal(1)
    return min(int(share * SHADES), SHADES - 1)
