"""Which tables are sheets of the workbook, and which of their rows a sheet holds."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

# what a sheet of Excel holds, without the header
MAX_ROWS = 1_048_575
WITH_KPI = "left join kpi__catalog on kpi__catalog.kpi_id = own.kpi_id"


@dataclass(frozen=True)
class Sheet:
    """A table that people read, and the query for its rows; the table is `own` in it.

    `unit` of a row says how its numbers are shown; `added` describes columns that aren't the
    table's; `selection` says in words which of its rows are meant to be here.
    """

    table: str
    query: str
    needs: tuple[str, ...] = ()
    added: dict[str, str] = field(default_factory=dict)
    selection: str = ""


@dataclass(frozen=True)
class Fitted:
    """A sheet's query, cut to what a sheet holds, and a sentence on what isn't here."""

    query: str
    rows: int
    left_out: str
    is_here: bool = True


UNIT = "Unit of the KPI (kpi__catalog): how the numbers of the row are shown."
SHEETS = (
    Sheet("okr__key_result_attainment", "select * from own order by objective_id, key_result_id"),
    Sheet("okr__objective_attainment", "select * from own order by cycle_id, objective_id"),
    Sheet(
        "okr__key_result_progress",
        "select attainment.key_result_name, attainment.unit, own.* from own"
        " left join okr__key_result_attainment as attainment using (key_result_id)"
        " order by key_result_id, period_end",
        needs=("okr__key_result_attainment",),
        added={
            "key_result_name": "Name of the key result (okr__key_result_attainment).",
            "unit": UNIT,
        },
    ),
    Sheet("okr__objectives", "select * from own order by cycle_id, priority, objective_id"),
    Sheet("okr__guardrails", "select * from own order by key_result_id, guardrail_kpi_id"),
    Sheet(
        "okr__focus_candidates",
        f"select kpi__catalog.unit, own.* from own {WITH_KPI} order by finding desc, rank",
        needs=("kpi__catalog",),
        added={"unit": UNIT},
    ),
    Sheet("okr__alerts", "select * from own order by occurred_on desc, severity, alert_id"),
    Sheet(
        "okr__conflicts",
        "select * from own order by is_open desc, key_result_id, other_key_result_id, rule_id",
    ),
    Sheet("okr__close_report", "select * from own order by closed_on desc, objective_id"),
    Sheet("okr__quality", "select * from own order by severity, object, rule_id"),
    Sheet(
        "kpi__values",
        # the file would be four times as large
        "select * from own qualify period_grain not in ('day', 'week')"
        " or not max(period_grain not in ('day', 'week')) over ()"
        " order by kpi_id, period_grain, dimension, dimension_value, period_start",
        selection="Days and weeks are left out, unless there is nothing else.",
    ),
    Sheet(
        "kpi__health",
        "select * from own"
        " qualify period_end = max(period_end) over (partition by period_grain)"
        " order by kpi_id, period_grain, dimension, dimension_value",
        selection="The last complete period of each length.",
    ),
    Sheet(
        "kpi__drivers",
        f"select kpi__catalog.kpi_name, kpi__catalog.unit, own.* from own {WITH_KPI}"
        " qualify own.period_end = max(own.period_end) over (partition by own.period_grain)"
        " order by own.kpi_id, own.period_grain, own.dimension, abs(own.total_effect) desc,"
        " own.dimension_value",
        needs=("kpi__catalog",),
        added={"kpi_name": "Name of the KPI (kpi__catalog).", "unit": UNIT},
        selection="The last complete period of each length.",
    ),
    Sheet("kpi__catalog", "select * from own order by domain, kpi_id"),
    Sheet("kpi__settings", "select * from own order by kind desc, setting_name"),
    Sheet("kpi__reconciliation", "select * from own order by input"),
    Sheet(
        "kpi__rejected_rows",
        # a reason names the value behind a colon: one line for all of a kind, and nobody's id
        "select input, source_name,"
        # a French reason has a no-break space before its colon
        " rtrim(split_part(reject_reason, ': \"', 1), chr(160)) as reject_reason,"
        " count(*) as rejected_rows from own"
        " group by all order by input, rejected_rows desc, reject_reason",
        added={"rejected_rows": "How many rows of the input were rejected for the reason."},
        selection="Counts by reason. The rows may name persons: they stay in the warehouse.",
    ),
)


def open_tables(folder: Path) -> duckdb.DuckDBPyConnection:
    """Return a connection in which each Parquet file of a folder is a view of its name."""
    connection = duckdb.connect()
    for file in folder.glob("*.parquet"):
        connection.read_parquet(str(file)).create_view(file.stem)
    return connection


def fit(connection: duckdb.DuckDBPyConnection, sheet: Sheet, as_of: date) -> Fitted:
    """Return the rows that a sheet can hold: all, or those of the last complete periods.

    A period is here whole or not at all. A table without periods that has too many rows, and one
    whose last period alone has too many, has no row here.
    """
    query = sheet.query.replace(" from own", f" from {sheet.table} as own", 1)
    of_table = connection.sql(f"select count(*) from {sheet.table}").fetchall()[0][0]
    result = connection.sql(query)
    rows = connection.sql(f"select count(*) from ({query})").fetchall()[0][0]
    if rows <= MAX_ROWS:
        return Fitted(query, rows, sheet.selection)
    first = None
    if "period_end" in result.columns:
        first = connection.execute(
            "select min(period_end) from (select period_end, sum(count(*)) over"
            f" (order by period_end desc) as so_far from ({query})"
            " where period_end <= ? group by period_end) where so_far <= ?",
            [as_of, MAX_ROWS],
        ).fetchall()[0][0]
    limit = f"A sheet holds {MAX_ROWS + 1:,} rows"
    if first is None:
        text = f"Not here: {limit[0].lower()}{limit[1:]}, and this has {rows:,} and a header."
        return Fitted(query, 0, text, is_here=False)
    inner = f"select * from ({query}) where period_end between '{first}' and '{as_of}'"
    kept = connection.sql(f"select count(*) from ({inner})").fetchall()[0][0]
    text = f"Here are the complete periods that end from {first} on: {kept:,} of {of_table:,} rows."
    return Fitted(inner, kept, f"{sheet.selection} {text} {limit}.".strip())
