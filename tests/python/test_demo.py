"""The demo tells its story, and the queries of docs/ run on it.

`python tests/python/test_demo.py` writes the answers into the pages again.
"""

import json
import re
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
from conftest import BEYOND_BOUNDS, REPOSITORY, open_warehouse, run_dbt
from test_guide import table as shown_as

DOCS = REPOSITORY / "docs"
BI_GUIDE = DOCS / "bi-tools.md"
# the pages whose queries stand with their answers
ANSWERED = ["bi-tools.md", "architecture.md"]
QUERY, ANSWER = r"```sql\n(.*?)```", r"\n\n```\n(.*?)```"


@pytest.fixture(scope="module")
def warehouse(demo: Path) -> duckdb.DuckDBPyConnection:
    """Return a connection to the built demo."""
    return open_warehouse(demo)


def test_every_query_of_the_page_of_tables_runs(warehouse: duckdb.DuckDBPyConnection) -> None:
    blocks = re.findall(QUERY, (DOCS / "tables.md").read_text(), re.DOTALL)
    queries = [query for query in re.split(r";\n", max(blocks, key=len)) if query.strip()]
    assert len(queries) > 12
    tables = {
        name for (name,) in warehouse.sql("select table_name from duckdb_tables()").fetchall()
    }
    public = {name for name in tables if name.startswith(("kpi__", "okr__"))}
    asked = {table for query in queries for table in re.findall(r"\b(?:kpi|okr)__\w+", query)}
    assert asked == public
    for query in queries:
        rows = warehouse.execute(query).fetchall()
        # no rule is broken, and nothing was restated in one build
        assert rows or "okr__quality" in query or "kpi__restatements" in query, query


@pytest.mark.parametrize("name", ANSWERED)
def test_every_query_of_a_page_says_what_is_shown(
    name: str, warehouse: duckdb.DuckDBPyConnection
) -> None:
    page = (DOCS / name).read_text()
    shown = re.findall(QUERY + ANSWER, page, re.DOTALL)
    assert len(shown) == page.count("```sql") > 4
    for query, answer in shown:
        assert shown_as(warehouse, query) + "\n" == answer


def test_the_guide_names_what_is_there(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Tables anywhere, and columns in its table of questions; its saved metric gives the total."""
    page = BI_GUIDE.read_text()
    columns = warehouse.sql("select table_name, column_name from duckdb_columns()").fetchall()
    there = {name for row in columns for name in row} | {"acquisition_channel"}
    section = page[page.index("## Which table") : page.index("## Superset")]
    named = set(re.findall(r"\b(?:kpi|okr)__\w+", page)) | set(re.findall(r"`(\w+)`", section))
    assert named - there == set()
    (metric,) = re.findall(r"```\n(case when .*?)```", page, re.DOTALL)
    of = "from kpi__values where kpi_id = 'cac' and period_grain = 'month' and dimension ="
    joined = f"select period_start, {metric} {of} 'acquisition_channel' group by 1 order by 1"
    totals = warehouse.sql(f"select period_start, value {of} 'total' order by 1").fetchall()
    assert len(totals) == 25
    for (start, value), (day, total) in zip(warehouse.sql(joined).fetchall(), totals, strict=True):
        assert (start, float(value)) == (day, pytest.approx(float(total), rel=1e-9))


def test_the_story(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Churn of small customers goes bad in spring; key results are on track, off, lost or empty."""
    churn = dict(
        warehouse.sql(
            "select strftime(period_start, '%Y-%m'), value from kpi__values"
            " where kpi_id = 'customer_churn_rate' and period_grain = 'month'"
            " and dimension = 'segment' and dimension_value = 'smb'"
        ).fetchall()
    )
    assert min(churn["2026-04"], churn["2026-05"]) > 2 * max(churn["2026-01"], churn["2026-02"])
    assert churn["2026-08"] < churn["2026-06"] < churn["2026-04"]
    rows = warehouse.sql(
        "select key_result_id, status, first_met_date is not null and not is_met, status_rule"
        " from okr__key_result_attainment"
    ).fetchall()
    statuses = {name: status for name, status, *_ in rows}
    assert {"KR-1", "KR-10"} <= {n for n, s in statuses.items() if s == "on_track"}
    # by their pace they are on track, by what their KPIs did so far they will hardly get there
    assert {n for n, _, _, rule in rows if rule == "odds_against"} == {"KR-4", "KR-7"}
    assert statuses["KR-4"] == statuses["KR-7"] == "at_risk"
    # what is inside its bounds can still leave them
    assert {n for n, _, _, rule in rows if rule == "target_holds"} == {"KR-2", "KR-5", "KR-11"}
    assert statuses["KR-3"] == "off_track"
    assert statuses["KR-8"] == "no_data"
    assert [name for name, _, is_lost, _ in rows if is_lost] == ["KR-9"]


def label_of(grain: str, start: date) -> str:
    """Return a period's name as ISO 8601 and calendars have it."""
    if grain == "week":
        return "{}-W{:02}".format(*start.isocalendar())
    quarter = f"{start.year}-Q{(start.month + 2) // 3}"
    return {"month": f"{start:%Y-%m}", "quarter": quarter, "year": f"{start:%Y}"}[grain]


def test_labels_name_their_periods_and_sort(warehouse: duckdb.DuckDBPyConnection) -> None:
    columns = warehouse.sql(
        "select table_name from duckdb_columns() where column_name = 'period_label'"
        " and table_name similar to 'kpi__.*'"
    ).fetchall()
    assert len(columns) == 11
    tables = [(table, "period_start", "period_label") for (table,) in columns]
    for table, day, label in [*tables, ("kpi__retention_cohorts", "cohort_period", "cohort_label")]:
        query = f"select distinct period_grain, {day}, {label} from {table}"
        rows = warehouse.sql(query).fetchall()
        assert rows and [row for row in rows if row[2] != label_of(*row[:2])] == [], table
    labels = "select distinct periods_since, periods_since_label from kpi__retention_cohorts"
    by_number = warehouse.sql(f"{labels} order by 1").fetchall()
    assert by_number == warehouse.sql(f"{labels} order by 2").fetchall()
    assert [int(label) for _, label in by_number] == [number for number, _ in by_number]
    assert len(by_number) > 100


def test_levels_colour_what_they_stand_beside(warehouse: duckdb.DuckDBPyConnection) -> None:
    """docs/tables.md: below 0 is bad, above is good, at 0 nothing can be said."""
    levels = {
        "missed": -2,
        "off_track": -2,
        "at_risk": -1,
        "unreliable": 0,
        "no_data": 0,
        "not_started": 0,
        "closed": 0,
        "on_track": 1,
        "achieved": 2,
    }
    statuses = warehouse.sql(
        "select status, status_level from okr__key_result_progress"
        " union select status, status_level from okr__key_result_attainment"
        " union select worst_status, worst_status_level from okr__objective_attainment"
    ).fetchall()
    assert len(statuses) > 4
    assert [row for row in statuses if levels[row[0]] != row[1]] == []


def test_targets_say_what_the_seeds_ask(warehouse: duckdb.DuckDBPyConnection) -> None:
    """In the unit of each KPI, whatever the metric type."""
    rows = warehouse.sql("select key_result_id, target_text from okr__key_result_attainment")
    said = dict(rows.fetchall())
    # decrease, at_least, at_most, range, cumulative, milestone
    assert said["KR-3"] == "500 EUR"
    assert said["KR-5"] == "at least 98.50%"
    assert said["KR-12"] == "at most 6%"
    assert said["KR-11"] == "85% to 95%"
    assert said["KR-7"] == "240"
    assert said["KR-6"] == "done"
    values = "select actual_text from okr__key_result_attainment where key_result_id = 'KR-8'"
    assert warehouse.sql(values).fetchall() == [(None,)]


def test_settings_are_those_of_the_build(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = warehouse.sql("select kind, setting_name, setting_value, is_default from kpi__settings")
    settings = {row[:2]: row[2:] for row in rows.fetchall()}
    assert settings["setting", "as_of_date"] == ("2026-09-13", True)
    assert settings["setting", "reporting_currency"] == ("EUR", True)
    assert settings["setting", "period_grains"] == ("week, month, quarter, year", True)
    assert settings["setting", "lookback_days"] == (None, True)
    assert settings["policy", "attribution"] == ("first_touch", True)
    assert ("setting", "publish_to") not in settings


def test_no_value_is_beyond_what_its_kpi_can_be(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Else a limit that is clipped there would lie below the data."""
    assert warehouse.sql(BEYOND_BOUNDS).fetchall() == []


def test_spend_of_a_customer_and_of_an_order_are_one_candidate(demo: Path) -> None:
    """Average order value and ARPA fall together in a shop: one family, so one finding."""
    manifest = json.loads((demo.parent / "duckdb/manifest.json").read_text())
    columns = {"kpi__acquisition": "arpa", "kpi__margin": "average_order_value"}
    families = {
        manifest["nodes"][f"model.okr_metrics.{mart}"]["columns"][column]["config"]["meta"]["kpi"][
            "family"
        ]
        for mart, column in columns.items()
    }
    assert len(families) == 1


def test_odds_in_words_are_never_certain(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = warehouse.sql(
        "select probability_met, regexp_extract(status_reason, '(\\d+)% likely', 1)"
        " from okr__key_result_attainment where contains(status_reason, '% likely')"
    ).fetchall()
    assert max(odds for odds, _ in rows) > 0.995
    for odds, said in rows:
        assert int(said) == min(max(round(odds * 100), 1), 99)


def test_the_demo_is_of_the_size_that_was_asked_for(warehouse: duckdb.DuckDBPyConnection) -> None:
    ((customers,),) = warehouse.sql("select count(*) from int_kpi__customers").fetchall()
    assert 1_900 < customers < 2_100
    months = (
        "select count(*) from int_kpi__periods where period_grain = 'month' and is_complete_period"
    )
    assert warehouse.sql(months).fetchall() == [(24,)]
    for column, number in {"country": 5, "acquisition_channel": 4, "segment": 3}.items():
        ((found,),) = warehouse.sql(
            f"select count(distinct {column}) from int_kpi__customers where {column} != 'unknown'"
        ).fetchall()
        assert found == number, column
    seeds = REPOSITORY.glob("seeds/*/*.csv")
    assert sum(path.stat().st_size for path in seeds) < 3_000_000


@pytest.mark.parametrize(
    ("operation", "page"),
    [("okr_metrics_catalog_page", "kpis.md"), ("okr_metrics_settings_page", "settings.md")],
)
def test_the_generated_pages_are_fresh(operation: str, page: str, tmp_path: Path) -> None:
    """`make catalog` would change nothing."""
    said = run_dbt("--quiet", "run-operation", operation, "--target-path", str(tmp_path))
    assert said == (DOCS / page).read_text()


def test_the_scorecard_that_is_shown_is_what_is_printed(demo: Path, tmp_path: Path) -> None:
    # a copy, as this process reads the file itself
    file = shutil.copy(demo, tmp_path)
    printed = run_dbt(
        "--quiet", "run-operation", "okr_metrics_scorecard", OKR_METRICS_DUCKDB=str(file)
    ).splitlines()
    text = (DOCS / "install.md").read_text()
    excerpt = next(block for block in text.split("```") if "Key results on" in block)
    lines = [line for line in excerpt.splitlines() if line.startswith("KR-")]
    assert len(lines) > 4
    # shown are one whose change is like many before, and one that moved
    assert [line[:4] for line in lines if "change may be noise" in line] == ["KR-4", "KR-3"]
    assert [line for line in lines if line not in printed] == []


def test_every_public_table_and_column_says_what_it_is(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    """For a BI tool that reads the comments of the database."""
    silent = warehouse.sql(
        "select table_name from duckdb_tables() where table_name similar to '(kpi|okr)__.*'"
        " and comment is null union all select table_name || '.' || column_name"
        " from duckdb_columns() where table_name similar to '(kpi|okr)__.*' and comment is null"
    ).fetchall()
    assert silent == []


def test_exposures_name_the_tables_that_they_read(demo: Path) -> None:
    manifest = json.loads((demo.parent / "duckdb/manifest.json").read_text())
    named = {
        exposure["name"]: {node.split(".")[-1] for node in exposure["depends_on"]["nodes"]}
        for exposure in manifest["exposures"].values()
    }
    folder = REPOSITORY / "okr_metrics"
    files = [*folder.glob("dashboard/*.py"), folder / "marts.py"]
    code = "".join(path.read_text() for path in files)
    datasets = folder.glob("superset/bundle/datasets/*/*.yaml")
    assert named == {
        "okr_metrics_scorecard_page": set(re.findall(r'"((?:okr|kpi)__[a-z_]+)"', code)),
        "okr_metrics_superset_dashboard": {path.stem for path in datasets},
    }


if __name__ == "__main__":
    with open_warehouse(REPOSITORY / "target/okr_metrics.duckdb") as connection:

        def answered(found: re.Match) -> str:
            """Return a query with its answer."""
            query = found.group(1)
            return f"```sql\n{query}```\n\n```\n{shown_as(connection, query)}\n```"

        for name in ANSWERED:
            page = DOCS / name
            page.write_text(re.sub(QUERY + ANSWER, answered, page.read_text(), flags=re.DOTALL))
