"""A small shop that is built again and again, and a client that reads all the while."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from conftest import Project

BUILDS = 15
DAY = "okr_metrics_as_of_date: 2025-01-31"
ORDERS = """
select 'O1' as order_id, 'C1' as customer_id, '2025-01-05' as ordered_at, 'completed' as status,
    'USD' as currency_code
"""
# a line that counts and two that are rejected, so that two tables tell of the same build
LINES = """
{%- for name, sign in (('good', ''), ('bad', '-'), ('worse', '-')) %}
select '{{ name }}' as order_line_id, 'O1' as order_id, cast(null as {{ dbt.type_string() }})
    as product_category, 1 as quantity, {{ sign }}{{ var('price', 1) }} as unit_price,
    cast(null as {{ dbt.type_int() }}) as discount_amount,
    cast(null as {{ dbt.type_int() }}) as unit_cost
{{ 'union all' if not loop.last }}
{%- endfor %}
"""
# the same without lines, so without a mart
REJECTED_ORDERS = """
{%- for name in ('bad', 'worse') %}
select cast(null as {{ dbt.type_string() }}) as order_id, 'C1' as customer_id,
    '2025-01-05' as ordered_at, '{{ name }}' as status, 'USD' as currency_code,
    -{{ var('price', 1) }} as unit_price
{{ 'union all' if not loop.last }}
{%- endfor %}
"""
MARGIN_SEEN = """
select min(net_revenue), max(net_revenue), count(*)
from kpi__margin where period_start = date '2025-01-01'
"""


def shop(folder: Path, **settings: object) -> Project:
    """Return a shop whose revenue is the var `price`, not built yet."""
    variables = {
        "okr_metrics_max_reject_share": 1,
        "okr_metrics_policies": {"negative_amounts": "reject"},
        "okr_metrics_period_grains": ["month"],
        "okr_metrics_inputs": {"orders": "orders", "order_lines": "order_lines"},
    }
    project = Project(folder, {"orders": ORDERS, "order_lines": LINES}, variables | settings)
    assert project.dbt("deps").returncode == 0
    return project


def build_of(price: int, more: str = "", *options: str) -> list[str]:
    """Return the arguments of dbt that build the shop with a price."""
    variables = ["--vars", f"{{{DAY}, price: {price}{more}}}"]
    return ["build", "--exclude-resource-type", "test", *variables, *options]


class Poller(threading.Thread):
    """Reads all the time; keeps what it saw, or the error that it met."""

    def __init__(self, read: Callable[[], tuple]) -> None:
        """Take what reads once."""
        super().__init__(daemon=True)
        self.read, self.seen, self.error, self.ended = read, [], None, threading.Event()

    def looks(self) -> Iterator[tuple]:
        """Yield what each look shows until told to end."""
        while not self.ended.is_set():
            yield self.read()
            time.sleep(0.02)

    def run(self) -> None:
        """Read until told to end."""
        try:
            self.seen.extend(self.looks())
        except Exception as error:  # noqa: BLE001
            self.error = error

    def end(self) -> list[tuple]:
        """Return what was seen; raise what was met."""
        self.ended.set()
        self.join()
        if self.error:
            raise self.error
        return self.seen


def check_looks(looks: list[tuple]) -> None:
    """Fail unless each look shows one price, in all rows, and none an older price than before."""
    assert {rows for *_, rows in looks} == {looks[0][2]}
    prices = [lowest for lowest, *_ in looks]
    assert prices == [highest for _, highest, _ in looks]
    assert prices == sorted(prices)
    assert len(set(prices)) > BUILDS / 2
