"""A company on a retail calendar: NRF's 4-5-4, whose year 2023 had 53 weeks, worked out by hand."""

from datetime import date, timedelta

import pytest
from conftest import Project

from okr_metrics.dashboard.formats import Formats
from okr_metrics.dashboard.labels import Labels
from okr_metrics.dashboard.page import calendar_labels

# NRF: a year begins on the Sunday nearest to February 1; 2023 had 53 weeks
YEARS = {2021: date(2021, 1, 31), 2022: date(2022, 1, 30), 2023: date(2023, 1, 29)}
YEARS |= {2024: date(2024, 2, 4), 2025: date(2025, 2, 2)}
WEEKS = [4, 5, 4] * 4
AS_OF = date(2024, 9, 14)
FIRST_ORDER = date(2022, 2, 3)


def months_of(year: int) -> list[tuple[date, date]]:
    """Return the first and the last day of each month of a year; a 53rd week is the last's."""
    weeks = WEEKS[:11] + [WEEKS[11] + (1 if year == 2023 else 0)]
    starts = [YEARS[year] + timedelta(weeks=sum(weeks[:month])) for month in range(13)]
    return [(start, end - timedelta(1)) for start, end in zip(starts, starts[1:], strict=False)]


def calendar_rows(*years: int) -> list[dict]:
    """Return a row for each day of the years."""
    rows = []
    for year in years:
        months = months_of(year)
        for number, (first, last) in enumerate(months):
            rows += [
                {
                    "date": (first + timedelta(day)).isoformat(),
                    "month_start": first.isoformat(),
                    "quarter_start": months[number // 3 * 3][0].isoformat(),
                    "year_start": YEARS[year].isoformat(),
                }
                for day in range((last - first).days + 1)
            ]
    return rows


def amount_on(day: date) -> int:
    """Return the revenue of a day: no two days of a year have the same."""
    return 100 + (day - FIRST_ORDER).days


DAYS = [FIRST_ORDER + timedelta(day) for day in range((AS_OF - FIRST_ORDER).days + 1)]


def revenue(first: date, last: date) -> int | None:
    """Return what was sold in the days from first to last, None before the first order."""
    days = [day for day in DAYS if first <= day <= last]
    return sum(map(amount_on, days)) if days else None


def orders() -> dict[str, list[dict]]:
    """Return an order a day of a customer a day, each with one line."""
    keys = [{"order_id": f"o{day}", "customer_id": f"c{day}"} for day in DAYS]
    return {
        "orders": [
            key | {"ordered_at": str(day), "status": "paid", "currency_code": "USD"}
            for key, day in zip(keys, DAYS, strict=True)
        ],
        "order_lines": [
            {
                "order_line_id": f"l{day}",
                "order_id": f"o{day}",
                "product_category": "",
                "quantity": 1,
                "unit_price": amount_on(day),
                "discount_amount": "",
                "unit_cost": "",
            }
            for day in DAYS
        ],
    }


def key_result(name: str, metric_type: str, start: date, due: date, grain: str) -> dict:
    """Return a row of okr_key_results on net_revenue."""
    return {
        "key_result_id": name,
        "objective_id": "O",
        "name": f"Net revenue of {name}",
        "owner": "ann",
        "kpi_id": "net_revenue",
        "period_grain": grain,
        "metric_type": metric_type,
        "start_date": start.isoformat(),
        "due_date": due.isoformat(),
    }


THIRD_QUARTER = (months_of(2024)[6][0], months_of(2024)[8][1])
OKRS = {
    "okr_cycles": [
        {
            "cycle_id": "Q3",
            "name": "Q3",
            "cadence": "quarterly",
            "start_date": THIRD_QUARTER[0].isoformat(),
            "end_date": THIRD_QUARTER[1].isoformat(),
            "parent_cycle_id": "",
        }
    ],
    "okr_objectives": [
        {
            "objective_id": "O",
            "cycle_id": "Q3",
            "name": "Sell more than last year",
            "level": "company",
            "owner": "ann",
            "objective_type": "committed",
            "priority": 1,
        }
    ],
    "okr_key_results": [key_result("sum", "cumulative", *THIRD_QUARTER, "month")],
    "okr_key_result_targets": [
        {
            "key_result_id": "sum",
            "valid_from": THIRD_QUARTER[0].isoformat(),
            "baseline_value": "",
            "target_value": 120_000,
            "reason": "first",
        }
    ],
}
USERS = {
    "product_events": [
        {
            "event_id": f"e{day}",
            "customer_id": f"c{day}",
            "user_id": "u" if day.weekday() < 5 else f"u{day}",
            "occurred_at": str(day),
            "event_name": "seen",
        }
        for day in DAYS[-150:]
    ]
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the built company on its own calendar."""
    seeds = orders() | OKRS | USERS | {"calendar": calendar_rows(*YEARS)}
    project = Project(
        tmp_path_factory.mktemp("retail") / "shop",
        {},
        {
            "okr_metrics_inputs": {name: name for name in seeds},
            "okr_metrics_as_of_date": str(AS_OF),
            "okr_metrics_week_start": "sunday",
            "okr_metrics_policies": {"pace": "seasonal"},
        },
        seeds,
    )
    built = project.build()
    assert built.returncode == 0, built.stdout[-3000:]
    return project


def values(project: Project, grain: str, kpi_id: str = "net_revenue") -> dict[date, tuple]:
    """Return {period_start: period_end, label, value, previous, year ago, is complete}."""
    rows = project.query(
        "select period_start, period_end, period_label, value, previous_value, year_ago_value,"
        f" is_complete_period from kpi__values where kpi_id = '{kpi_id}' and dimension = 'total'"
        f" and period_grain = '{grain}'"
    )
    return {row[0]: row[1:] for row in rows}


def test_months_quarters_and_years_are_those_of_the_calendar(shop: Project) -> None:
    """Previous and year ago by number: the 53-week year's last month of five weeks compares to the
    four weeks of January 2023, and February 2024 to four weeks that began a week earlier."""
    expected = {"month": {}, "quarter": {}, "year": {}}
    for year in (2022, 2023, 2024):
        months = months_of(year)
        periods = {"month": months, "year": [(months[0][0], months[11][1])]}
        periods["quarter"] = [(months[n][0], months[n + 2][1]) for n in range(0, 12, 3)]
        for grain, bounds in periods.items():
            for number, (first, last) in enumerate(bounds):
                if first > AS_OF:
                    continue
                label = {"month": f"-P{number + 1:02}", "quarter": f"-Q{number + 1}", "year": ""}
                expected[grain][first] = (year, number, first, last, f"FY{year}{label[grain]}")
    for grain, periods in expected.items():
        found = values(shop, grain)
        assert set(found) == set(periods), grain
        by_number = {(row[0], row[1]): revenue(row[2], row[3]) for row in periods.values()}
        count = max(number for _, number in by_number) + 1
        for year, number, first, last, label in periods.values():
            before = (year, number - 1) if number else (year - 1, count - 1)
            assert found[first] == (
                last,
                label,
                by_number[year, number],
                by_number.get(before),
                by_number.get((year - 1, number)),
                # the data enter the first one in its midst
                first >= FIRST_ORDER and last <= AS_OF,
            ), label
    # by hand: FY2023-P12 has 35 days, and FY2024 begins on February 4
    assert (months_of(2023)[11], months_of(2024)[0][0]) == (
        (date(2023, 12, 31), date(2024, 2, 3)),
        date(2024, 2, 4),
    )


def test_weeks_stay_weeks_and_compare_to_52_weeks_before(shop: Project) -> None:
    week = values(shop, "week")[date(2024, 2, 4)]
    assert week[3] == revenue(date(2024, 1, 28), date(2024, 2, 3))
    assert week[4] == revenue(date(2023, 2, 5), date(2023, 2, 11))


def test_cohorts_are_of_the_calendars_months(shop: Project) -> None:
    """Each customer orders once: the cohort of FY2023-P12 has 35 customers, and its month 1 is
    FY2024-P01, where nobody came back."""
    cohorts = shop.query(
        "select cohort_label, periods_since, cohort_size, retained_customers"
        " from kpi__retention_cohorts where period_grain = 'month' and dimension = 'total'"
        " and cohort_period = '2023-12-31' and periods_since <= 1 order by 2"
    )
    assert cohorts == [("FY2023-P12", 0, 35, 35), ("FY2023-P12", 1, 35, 0)]
    matured = shop.query(
        "select cohort_size_month_1, cohort_size_month_3 from kpi__retention"
        " where period_grain = 'month' and dimension = 'total' and period_start = '2024-02-04'"
    )
    # FY2023-P12, and three months before FY2024-P01: FY2023-P10 of four weeks
    assert matured == [(35, 28)]


def test_users_are_counted_by_the_calendars_months(shop: Project) -> None:
    """One user on workdays, another on each day of a weekend."""
    first, last = months_of(2024)[5]
    weekend_days = [day for day in DAYS if first <= day <= last and day.weekday() >= 5]
    assert values(shop, "month", "active_users")[first][2] == 1 + len(weekend_days)
    # a quarter of three months: their users, added up and divided by three
    months = months_of(2024)[3:6]
    users = [
        1 + sum(1 for day in DAYS if first <= day <= last and day.weekday() >= 5)
        for first, last in months
    ]
    daily = 1.0
    (found,) = shop.query(
        "select average_daily_active_users, monthly_active_users from kpi__usage"
        f" where period_grain = 'quarter' and period_start = '{months[0][0]}'"
        " and dimension = 'total'"
    )
    assert [float(number) for number in found] == pytest.approx([daily, sum(users) / 3])


def test_a_sum_runs_over_the_calendars_months(shop: Project) -> None:
    """August to October by NRF: 4 + 5 + 4 weeks; the pace is what last year's same days had sold of
    its own third quarter, by the day of the month."""
    start, due = THIRD_QUARTER
    ((actual, expected),) = shop.query(
        "select actual_value, expected_progress from okr__key_result_progress"
        " where key_result_id = 'sum' and is_latest"
    )
    assert float(actual) == revenue(start, AS_OF)
    shares = []
    for year in (2022, 2023):
        first, last = months_of(year)[6][0], months_of(year)[8][1]
        day = first + (AS_OF - start)
        whole = revenue(first, last)
        reached = revenue(*months_of(year)[6])
        # the month that is cut counts by its days
        second = months_of(year)[7]
        share = ((day - second[0]).days + 1) / ((second[1] - second[0]).days + 1)
        shares.append((reached + revenue(*second) * share) / whole)
    assert float(expected) == pytest.approx(sum(shares) / 2)
    ((periods,),) = shop.query(
        "select periods_in_window from int_okr__windows where key_result_id = 'sum'"
    )
    assert periods == 3


class Tables:
    """The public tables of the built company, as the page reads them."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def tables(self) -> list[str]:
        """Return the marts that the page may ask for periods."""
        return ["kpi__margin"]

    def rows(self, table: str, columns: str, dimension: str) -> list[dict]:
        """Return rows as okr_metrics.marts does."""
        found = self.project.query(f"select {columns} from {table} where dimension = '{dimension}'")
        return [dict(zip(columns.split(", "), row, strict=True)) for row in found]


def test_the_page_calls_periods_as_the_calendar_does(shop: Project) -> None:
    formats = Formats(Labels("en"), "USD")
    assert formats.period("month", date(2023, 12, 31)) == "December 2023"
    formats.period_labels = calendar_labels(Tables(shop))
    assert formats.period("month", date(2023, 12, 31)) == "FY2023-P12"
    assert formats.short_period("quarter", date(2024, 2, 4)) == "FY2024-Q1"
    assert formats.period("week", date(2024, 2, 4)) == "Feb 4, 2024"


def broken_calendar() -> list[dict]:
    """Return a calendar with one fault of each kind, each on a day of its own."""
    rows = {row["date"]: row for row in calendar_rows(*YEARS) if row["date"] <= "2024-12-25"}
    rows["2022-03-01"]["date"] = "01/03/2022"
    rows["2022-03-05"]["month_start"] = "2022-02-30"
    rows["2022-03-08"]["quarter_start"] = ""
    rows["2022-03-15"]["year_start"] = "2022-03-16"
    rows["2022-06-14"]["month_start"] = "2022-06-01"
    del rows["2022-09-14"]
    twice = rows["2022-12-07"] | {"quarter_start": "2022-10-31"}
    return [*rows.values(), twice, rows["2023-01-04"]]


def test_a_calendar_with_faults_stops_and_names_each(tmp_path) -> None:
    seeds = orders() | {"calendar": broken_calendar()}
    project = Project(
        tmp_path / "shop",
        {},
        {
            "okr_metrics_inputs": {name: name for name in seeds},
            "okr_metrics_as_of_date": str(AS_OF),
        },
        seeds,
    )
    project.install()
    assert project.dbt("seed").returncode == 0
    said = project.dbt("run", "--select", "+kpi__input_findings", "int_kpi__gate")
    assert said.returncode != 0
    assert "the year that runs on the as-of date has ended" in said.stdout
    found = project.query(
        "select rule_id, object, message, number_of_rows from kpi__input_findings"
        " where severity = 'error' order by 1, 2"
    )
    findings = {rule: [row[1:] for row in found if row[0] == rule] for rule, *_ in found}
    twice = "its rows differ in month_start or quarter_start or year_start"
    assert findings["calendar_day_twice"] == [("calendar, 2022-12-07", twice, 2)]
    no_day = "is not a day such as 2026-02-01"
    assert findings["calendar_row"] == [
        ("calendar, 01/03/2022", f'date {no_day}: "01/03/2022"', 1),
        ("calendar, 2022-03-05", f'month_start {no_day}: "2022-02-30"', 1),
        ("calendar, 2022-03-08", "no quarter_start", 1),
        ("calendar, 2022-03-15", 'year_start is after date: "2022-03-16"', 1),
    ]
    # a row that can't be read is missing too
    before = ["2022-02-28", "2022-03-04", "2022-03-07", "2022-03-14", "2022-09-13"]
    assert [row[0] for row in findings["calendar_gap"]] == [f"calendar, {day}" for day in before]
    assert findings["calendar_start"][0][:2] == (
        "calendar, 2022-06-14",
        "its month_start is 2022-06-01, and that of the day before is 2022-05-29:"
        " it changes on another day than the first",
    )
    assert findings["calendar_too_short"] == [
        ("input calendar",)
        + ("it ends on 2024-12-25, before the year that runs on the as-of date has ended", 1)
    ]


def test_a_fiscal_month_and_a_calendar_dont_go_together(tmp_path) -> None:
    project = Project(
        tmp_path / "shop",
        {},
        {
            "okr_metrics_inputs": {"subscriptions": "subscriptions", "calendar": "calendar"},
            "okr_metrics_fiscal_year_start_month": 2,
        },
    )
    project.install()
    parsed = project.dbt("parse")
    assert parsed.returncode != 0
    assert "fiscal_year_start_month must be left out where a calendar is mapped" in parsed.stdout
