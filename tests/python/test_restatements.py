"""What a closed month said when it was first complete, against what later builds say."""

import pytest
from conftest import Project

# id, day, amount, product category
OTHERS = [("O2", "2025-02-10", 50, "z"), ("O3", "2025-03-05", 70, "z")]
ORDERS = [("O1", "2025-01-10", 100, "x"), *OTHERS]
MOVED = [("O1", "2025-01-10", 100, "y"), *OTHERS, ("L1", "2025-01-20", 30, "w")]


def write_orders(project: Project, orders: list[tuple[str, str, float, str]]) -> None:
    """Write orders of one line each: id, day, amount, product category."""
    project.write_seed(
        "orders",
        [
            {"order_id": name, "customer_id": "C", "ordered_at": day, "status": "completed"}
            | {"currency_code": "USD"}
            for name, day, _, _ in orders
        ],
    )
    project.write_seed(
        "order_lines",
        [
            {"order_line_id": name, "order_id": name, "product_category": category}
            | {"quantity": 1, "unit_price": amount, "discount_amount": "", "unit_cost": ""}
            for name, _, amount, category in orders
        ],
    )


def build(project: Project, as_of: str) -> None:
    """Build as of a day."""
    built = project.dbt("build", "--vars", f"{{okr_metrics_as_of_date: {as_of}}}")
    assert built.returncode == 0, built.stdout[-3000:]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project that was built five times; late and changed rows came in between."""
    inputs = {"orders": "orders", "order_lines": "order_lines"}
    variables = {
        "okr_metrics_inputs": inputs,
        "okr_metrics_period_grains": ["month"],
        # there was nothing to sell in its first days: January is known in all
        "okr_metrics_data_starts": {"orders": "2025-01-01"},
    }
    project = Project(tmp_path_factory.mktemp("late") / "shop", {}, variables)
    write_orders(project, ORDERS)
    assert project.dbt("deps").returncode == 0
    build(project, "2025-02-28")
    # in March an order of January arrives, in a category of its own, and the first one changes
    # its category; the running March changes too, which is no restatement
    write_orders(project, [*MOVED, ("O4", "2025-03-06", 5, "z")])
    build(project, "2025-03-10")
    build(project, "2025-03-10")
    # somebody looks at January as it was closed: no value of February is taken back
    build(project, "2025-01-31")
    # another one, after March has been closed, with a category that is new in March
    write_orders(project, [*MOVED, ("L2", "2025-01-21", 2, "w"), ("O5", "2025-03-07", 9, "v")])
    build(project, "2025-03-31")
    return project


def test_every_change_of_a_closed_month(project: Project) -> None:
    rows = project.query(
        "select strftime(period_start, '%Y-%m'), dimension, previous_reported_value,"
        " reported_value, restatement, first_reported_value, current_value"
        " from kpi__restatements where kpi_id = 'net_revenue' and dimension = 'total'"
        " order by restated_at"
    )
    assert [(*row[:2], *map(float, row[2:])) for row in rows] == [
        ("2025-01", "total", 100, 130, 30, 100, 132),
        ("2025-01", "total", 130, 132, 2, 100, 132),
    ]


def test_segments_that_come_and_go(project: Project) -> None:
    rows = project.query(
        "select strftime(period_start, '%Y-%m'), dimension_value, previous_reported_value,"
        " reported_value, first_reported_value, current_value"
        " from kpi__restatements where kpi_id = 'net_revenue' and dimension = 'product_category'"
        " order by restated_at, dimension_value"
    )
    assert [
        (*row[:2], *(None if value is None else float(value) for value in row[2:])) for row in rows
    ] == [
        ("2025-01", "w", None, 30, None, 32),
        ("2025-01", "x", 100, None, 100, None),
        ("2025-01", "y", None, 100, None, 100),
        ("2025-01", "w", 30, 32, None, 32),
    ]
    # all of them were reported first when the month was, present or not
    assert project.query(
        "select count(distinct first_reported_at) from kpi__restatements"
        " where kpi_id = 'net_revenue' and period_start = date '2025-01-01'"
    ) == [(1,)]


def test_value_now_is_that_of_kpi_values(project: Project) -> None:
    differing = project.query(
        "select * from kpi__restatements as restated"
        " inner join kpi__values as kpi_values using"
        " (kpi_id, period_grain, period_start, dimension, dimension_value)"
        " where restated.current_value is distinct from"
        " cast(cast(kpi_values.value as numeric(38, 6)) as numeric(38, 12))"
    )
    assert differing == []


def test_what_did_not_change_has_no_row(project: Project) -> None:
    assert project.query(
        "select count(*) from kpi__restatements where period_start >= date '2025-03-01'"
        " or (kpi_id = 'net_revenue' and period_start = date '2025-02-01')"
    ) == [(0,)]
