"""What a closed month said when it was first complete, against what later builds say."""

import pytest
from conftest import Project

ORDERS = [("O1", "2025-01-10", 100), ("O2", "2025-02-10", 50), ("O3", "2025-03-05", 70)]


def write_orders(project: Project, orders: list[tuple[str, str, float]]) -> None:
    """Write orders of one line each: id, day, amount."""
    project.write_seed(
        "orders",
        [
            {"order_id": name, "customer_id": "C", "ordered_at": day, "status": "done"}
            | {"currency_code": "USD"}
            for name, day, _ in orders
        ],
    )
    project.write_seed(
        "order_lines",
        [
            {"order_line_id": name, "order_id": name, "product_category": "x", "quantity": 1}
            | {"unit_price": amount, "discount_amount": "", "unit_cost": ""}
            for name, _, amount in orders
        ],
    )


def build(project: Project, as_of: str) -> None:
    """Build as of a day."""
    built = project.dbt("build", "--vars", f"{{okr_metrics_as_of_date: {as_of}}}")
    assert built.returncode == 0, built.stdout[-3000:]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project that was built four times; two late rows came in between."""
    inputs = {"orders": "orders", "order_lines": "order_lines"}
    variables = {"okr_metrics_inputs": inputs, "okr_metrics_period_grains": ["month"]}
    project = Project(tmp_path_factory.mktemp("late") / "shop", {}, variables)
    write_orders(project, ORDERS)
    assert project.dbt("deps").returncode == 0
    build(project, "2025-02-28")
    # an order of January arrives in March; the running March changes too, which is no restatement
    write_orders(project, [*ORDERS, ("L1", "2025-01-20", 30), ("O4", "2025-03-06", 5)])
    build(project, "2025-03-10")
    build(project, "2025-03-10")
    # another one, after March has been closed
    write_orders(project, [*ORDERS, ("L1", "2025-01-20", 30), ("L2", "2025-01-21", 2)])
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
