"""What a test project with a mart of its own needs: YAML of its KPIs, one order to begin with."""

KEYS = ("period_grain", "period_start", "dimension", "dimension_value")


def kpi(name: str, **meta: object) -> dict:
    """Return the YAML entry of a KPI's column."""
    return {"name": name, "description": f"The {name}.", "config": {"meta": {"kpi": meta}}}


def mart_yaml(name: str, *columns: str | dict) -> dict:
    """Return the YAML of a mart: its keys, and columns by name or as entries of KPIs."""
    entries = [{"name": column} if isinstance(column, str) else column for column in columns]
    return {"models": [{"name": name, "columns": [*({"name": key} for key in KEYS), *entries]}]}


def one_order(day: str) -> dict[str, str]:
    """Return the models orders and order_lines, with one order: the calendar begins on its day."""
    return {
        "orders": f"""
            select 'O1' as order_id, 'C1' as customer_id, '{day}' as ordered_at,
                'completed' as status, 'USD' as currency_code
        """,
        "order_lines": """
            select 'L1' as order_line_id, 'O1' as order_id, null as product_category,
                1 as quantity, 10 as unit_price, null as discount_amount, null as unit_cost
        """,
    }
