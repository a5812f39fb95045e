"""Daily builds that read only late days again give the tables of a build that reads everything."""

from datetime import date, timedelta

import pytest
from conftest import Project
from daily import Daily
from daily_shop import COLUMNS, LOOKBACK, Shop
from okr_seeds import OKR_INPUTS, check_in, cycle, key_result, objective, target

FIRST = date(2025, 1, 20)
BUILDS = [0, 1, 2, 3, 5, 6, 9, 7, 10, 11, 12, 14]
KILLED = {2, 5, 10}
# the builds until this one count other events, and no activations
OTHER_SETTINGS_UNTIL = 6
OTHER_SETTINGS = ", okr_metrics_usage_events: [open], okr_metrics_activation_event: null"
# the models that keep rows from build to build, and what they read; the last build is whole
KEEPERS = [
    *("--select", "+stg_kpi__product_events", "+stg_kpi__order_lines"),
    "stg_kpi__marketing_touches",
]


def public_tables(project: Project) -> dict[str, list[str]]:
    """Return the rows of every public table as lines of text, numbers to nine digits."""
    names = project.query(
        "select table_name from duckdb_tables() where table_name ^@ 'kpi__'"
        " or table_name ^@ 'okr__' order by 1"
    )

    def text(value: object) -> str:
        return f"{value:.9g}" if isinstance(value, float) else str(value)

    return {
        name: sorted("|".join(map(text, row)) for row in project.query(f"from {name}"))
        for (name,) in names
    }


def assert_same(one: dict[str, list[str]], other: dict[str, list[str]], moment: object) -> None:
    """Say which table differs, and in which rows."""
    assert one.keys() == other.keys()
    for name, rows in one.items():
        differing = set(rows) ^ set(other[name])
        assert rows == other[name], (moment, name, sorted(differing)[:6])


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project that reads raw files, not built yet."""
    inputs = {name: name for name in COLUMNS}
    project = Project(
        tmp_path_factory.mktemp("incremental") / "shop",
        {name: f"select * from read_csv('raw/{name}.csv', all_varchar = true)" for name in COLUMNS},
        {
            "okr_metrics_lookback_days": LOOKBACK,
            "okr_metrics_period_grains": ["day", "month"],
            "okr_metrics_activation_event": "save",
            "okr_metrics_max_reject_share": 1,
            "okr_metrics_inputs": inputs
            | {
                name: name
                for name in OKR_INPUTS
                if name not in ("okr_phased_targets", "okr_check_ins")
            },
        },
        {
            "okr_cycles": [cycle("Q1", "2025-01-01", "2025-03-31")],
            "okr_objectives": [objective("O", "Q1")],
            "okr_key_results": [key_result("K", "O", "net_revenue", metric_type="cumulative")],
            "okr_check_ins": [check_in("K", "2025-01-21", confidence=0.5)],
            "okr_key_result_targets": [target("K", "2025-01-01", target_value=9000)],
        },
    )
    assert project.dbt("deps").returncode == 0
    return project


@pytest.fixture(scope="module")
def daily(project: Project) -> Daily:
    """Return what builds it."""
    (project.folder / "raw").mkdir()
    return Daily(project.folder, project.folder / "daily.log")


@pytest.fixture(scope="module")
def shop(project: Project, daily: Daily) -> Shop:
    """Return the shop after all builds, some killed at a random point and then done again."""
    shop, built = Shop(5), -1
    for number in BUILDS:
        for day in range(built + 1, number + 1):
            shop.go_on(FIRST + timedelta(day))
        built = max(built, number)
        shop.first = FIRST + timedelta(number - LOOKBACK)
        shop.write(project.folder / "raw")
        day = str(FIRST + timedelta(number))
        whole = number == BUILDS[-1]
        options = [] if whole else KEEPERS
        more = OTHER_SETTINGS if number <= OTHER_SETTINGS_UNTIL else ""
        if whole or number in KILLED:
            daily.build(day, *options, kill_after=shop.draw.uniform(1, 4), more=more)
        daily.build(day, *options, more=more)
    return shop


def test_daily_builds_equal_a_full_refresh(project: Project, daily: Daily, shop: Shop) -> None:
    day = str(FIRST + timedelta(BUILDS[-1]))
    found = public_tables(project)
    ((staged,),) = project.query("select sum(events) from stg_kpi__product_events")
    assert staged == len(shop.rows["product_events"])
    assert project.query("select sum(rows_beyond_lookback) from kpi__reconciliation") == [(0,)]
    daily.build(day, "--full-refresh")
    assert_same(found, public_tables(project), "all builds")
