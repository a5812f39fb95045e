"""The ratios that every client of the marts adds up again from numerators and denominators.

Expected values are the mart's own of the whole, which no client sums: it sums disjoint segments.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb

# a KPI by month and the dimension whose segments are added up
RATIOS = (
    ("customer_churn_rate", "segment"),
    ("refund_rate", "country"),
    ("cac", "acquisition_channel"),
    ("gross_margin", "country"),
    # the costs of one category alone are not_allocated: no ratio, or a wrong one
    ("gross_margin", "product_category"),
)
# null unless every segment has both parts; a client that divides decimals short casts first
RATIO = (
    "case when count(numerator) = count(denominator)"
    " then {numerator} / nullif({denominator}, 0) end"
)
SUM = "sum({part})"
SUM_OF_DOUBLES = "sum(cast({part} as double precision))"
Key = tuple[str, str, date]


def ratio_query(table: str, part: str = SUM) -> str:
    """Return the query for (kpi_id, dimension, period_start, ratio), in the SQL of all engines."""
    parts = {name: part.format(part=name) for name in ("numerator", "denominator")}
    pairs = " or ".join(f"(kpi_id = '{kpi}' and dimension = '{by}')" for kpi, by in RATIOS)
    return (
        f"select kpi_id, dimension, period_start, {RATIO.format(**parts)} as ratio from {table}"
        f" where period_grain = 'month' and ({pairs})"
        " group by kpi_id, dimension, period_start"
    )


def ratio_formulas(columns: dict[str, str], demo: Path, since: date) -> list[list[str]]:
    """Return rows of a sheet, the first of them names, whose formulas add up kpi__values.

    `columns` are the ranges of the table's columns by name. A cell without a ratio is empty.
    """
    rows = [["kpi_id", "dimension", "period_start", "ratio"]]
    for kpi, by, start in expected_ratios(demo, since):
        day = f"DATE({start.year},{start.month},{start.day})"
        where = {"kpi_id": f'"{kpi}"', "period_grain": '"month"', "dimension": f'"{by}"'}
        conditions = ",".join(
            f"{columns[name]},{value}" for name, value in (where | {"period_start": day}).items()
        )
        numerator, denominator = (
            f"SUMIFS({columns[part]},{conditions})" for part in ("numerator", "denominator")
        )
        counts = (
            f'COUNTIFS({conditions},{columns[part]},"<>")' for part in ("numerator", "denominator")
        )
        formula = f'=IF(AND({"=".join(counts)},{denominator}<>0),{numerator}/{denominator},"")'
        rows.append([kpi, by, start.isoformat(), formula])
    return rows


def expected_ratios(demo: Path, since: date) -> dict[Key, float | None]:
    """Return what kpi__values says of the whole; null where a segment lacks one part alone."""
    with duckdb.connect(demo, read_only=True) as connection:
        rows = connection.execute(
            "select kpi_id, dimension, period_start, value,"
            " (numerator is null) <> (denominator is null)"
            " from kpi__values where period_grain = 'month' and period_start >= ?",
            [since],
        ).fetchall()
    whole = {(kpi, start): value for kpi, by, start, value, _ in rows if by == "total"}
    halves = {(kpi, by, start) for kpi, by, start, _, is_half in rows if is_half}
    expected = {}
    for kpi, by in RATIOS:
        for of, start in whole:
            if of == kpi:
                key = (kpi, by, start)
                value = None if key in halves else whole[kpi, start]
                expected[key] = value if value is None else float(value)
    return expected


def check_ratios(found: Iterable[tuple], demo: Path, since: date = date.min) -> None:
    """Fail unless a client's rows (kpi_id, dimension, period_start, ratio) are the mart's."""
    ratios = {(kpi, by, start): ratio for kpi, by, start, ratio in found}
    expected = expected_ratios(demo, since)
    assert ratios.keys() == expected.keys()
    for key, value in expected.items():
        said = (key, ratios[key], value)
        if value is None:
            assert ratios[key] is None, said
        else:
            # kpi__values has twelve decimals
            assert abs(float(ratios[key]) - value) <= 1e-9 * abs(value) + 1e-12, said
    # both sides have been seen
    known = {(kpi, by) for (kpi, by, _), value in expected.items() if value}
    assert known == set(RATIOS[:-1])
