"""okr__alerts of the demo, recomputed in plain Python from the tables that hold the history."""

import csv
import shutil
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import md5
from itertools import pairwise
from pathlib import Path

import duckdb
from conftest import REPOSITORY, run_dbt

AS_OF, DAYS, ALL_DAYS = date(2026, 9, 13), 31, 1000
GRAINS = ["month", "week", "quarter", "year"]
COLUMNS = "alert_id, kind, severity, occurred_on, object, previous_state, state"
SEVERITIES = {
    **dict.fromkeys(["missed", "off_track", "outside"], "critical"),
    **dict.fromkeys(["achieved", "on_track", "not_started"], "info"),
    **dict.fromkeys(["at_risk", "unreliable", "no_data", "unhealthy", "watch"], "warning"),
}
Event = tuple[str, str, str, date, str, str, str]


def query(database: Path, sql: str) -> list[tuple]:
    """Return the rows of a query."""
    with duckdb.connect(database, read_only=True) as connection:
        return connection.sql(sql).fetchall()


def event(kind: str, key: str, day: date, thing: str, before: str, now: str) -> Event:
    """Return a row of okr__alerts."""
    alert_id = md5(f"{kind}|{key}".encode()).hexdigest()
    return alert_id, kind, SEVERITIES[now], day, thing, before, now


def series(rows: list[tuple], length: int) -> dict[tuple, list[tuple]]:
    """Return rows by their first columns."""
    found = defaultdict(list)
    for row in rows:
        found[row[:length]].append(row[length:])
    return found


def of_key_results(database: Path) -> Iterator[Event]:
    """Yield the changes of status."""
    history = query(
        database,
        "select key_result_id, period_end, status from okr__key_result_progress order by 1, 2",
    )
    for (name,), days in series(history, 1).items():
        for (eve, before), (day, now) in pairwise([("start", "not_started"), *days]):
            quiet = before == "not_started" and now in ("no_data", "on_track")
            if now != before and not quiet:
                kind = "data_unreliable" if now == "unreliable" else "status_changed"
                yield event(kind, f"{name}|{eve}|{now}", day, name, before, now)


def of_kpis(database: Path) -> Iterator[Event]:
    """Yield what became unhealthy or is told at once, of what somebody could act on."""
    history = query(
        database,
        """
        select kpi_id, dimension, dimension_value, period_grain, period_start, period_end, health,
            lower_bound is not null or upper_bound is not null,
            range_provenance = 'agreed' and (value < lower_bound or value > upper_bound),
            variation = 'concern' and special_cause = 'beyond_history', value is not null
        from kpi__health order by 1, 2, 3, 4, 5
        """,
    )
    grains = {
        kpi: min({row[3] for row in history if row[0] == kpi and row[-1]}, key=GRAINS.index)
        for kpi in {row[0] for row in history if row[-1]}
    }
    for (kpi, dimension, value, grain), periods in series(history, 4).items():
        if grain != grains.get(kpi):
            continue
        before = "unknown"
        for start, end, health, has_range, is_outside, is_beyond, _ in periods:
            key = f"{kpi}|{dimension}|{value}|{grain}|{start}"
            if has_range or value not in ("unknown", "unattributed"):
                if health == "unhealthy" != before:
                    yield event("kpi_unhealthy", key, end, kpi, before, health)
                told = (is_outside or is_beyond) and before not in ("watch", "unhealthy")
                if health == "watch" and told:
                    yield event("kpi_watch", key, end, kpi, before, health)
            before = health


def of_guardrails(database: Path) -> Iterator[Event]:
    """Yield the breaches, from the seed and the values of the KPIs."""
    seed = REPOSITORY / "seeds/okr/okr_demo__okr_guardrails.csv"
    for row in csv.DictReader(seed.open()):
        name, kpi = row["key_result_id"], row["guardrail_kpi_id"]
        where = row["dimension"] or "total", row["dimension_value"] or "total"
        low = float(row["lower_bound"] or "-inf")
        high = float(row["upper_bound"] or "inf")
        values = query(
            database,
            f"""
            select period_end, value
            from kpi__values inner join okr__key_results using (period_grain)
            where key_result_id = '{name}' and kpi__values.kpi_id = '{kpi}'
                and (kpi__values.dimension, kpi__values.dimension_value) = {where}
                and is_complete_period and value is not null
                and period_end between start_date and due_date
            order by 1
            """,
        )
        before = "unknown"
        for day, value in values:
            now = "inside" if low <= value <= high else "outside"
            if now == "outside" != before:
                key = f"{name}|{kpi}|{'|'.join(where)}|{day}"
                yield event("guardrail_breached", key, day, name, before, now)
            before = now


def recomputed(database: Path, days: int) -> list[Event]:
    """Return the events of so many days, ordered."""
    events = [*of_key_results(database), *of_kpis(database), *of_guardrails(database)]
    return sorted(row for row in events if row[3] > AS_OF - timedelta(days=days))


def test_the_alerts_are_those_of_the_history(demo: Path) -> None:
    alerts = query(demo, f"select {COLUMNS} from okr__alerts order by 1")
    assert alerts == recomputed(demo, DAYS)
    kinds = {"guardrail_breached", "kpi_unhealthy", "kpi_watch", "status_changed"}
    assert {row[1] for row in alerts} == kinds


def test_two_years_of_alerts_are_those_of_the_history(demo: Path, tmp_path: Path) -> None:
    file = shutil.copy(demo, tmp_path)
    variables = f"{{okr_metrics_alert_days: {ALL_DAYS}}}"
    options = ["--vars", variables, "--target-path", str(tmp_path / "target")]
    run_dbt("run", "--select", "okr__alerts", *options, OKR_METRICS_DUCKDB=str(file))
    alerts = query(file, f"select {COLUMNS} from okr__alerts order by 1")
    assert alerts == recomputed(demo, ALL_DAYS)
    assert len(alerts) > 100
    assert len({row[0] for row in alerts}) == len(alerts)
