"""Two accounts of one source, in two schemas: a list in okr_metrics_sources."""

from pathlib import Path

from conftest import Project
from test_connector_others import connected, load_rows, text


def order(name: str, currency: str) -> dict:
    """Return an order of Shopify's that is paid."""
    return {
        "id": name,
        "currency": currency,
        "customer_id": f"c{name}",
        "financial_status": "paid",
        "confirmed": "true",
        "test": "false",
        "processed_at": "2026-03-01 10:00:00",
    }


def line(order_id: str, price: str) -> dict:
    """Return the only line of an order."""
    return {"id": f"l{order_id}", "order_id": order_id, "price": price, "quantity": "1"}


def ticket(name: str, requester: str) -> dict:
    """Return a ticket of Zendesk's."""
    day = "2026-03-01 10:00:00"
    return {"id": name, "requester_id": requester, "status": "open", "created_at": day}


GERMAN = {
    "order": [order("1", "EUR")],
    "order_line": [line("1", "10.00")],
    "customer": [{"id": "anna"}],
}
AMERICAN = {
    # a column that the other shop's table doesn't have, and another that it has not
    "order": [{**order("2", "USD"), "note": "a gift"}],
    "order_line": [{**line("2", "25.00"), "total_discount": "5.00"}],
    "customer": [{"id": "berta"}],
}
# ids of both help desks begin at one
FIRST = {"ticket": [ticket("1", "1")], "user": [{"id": "1", "external_id": "anna"}]}
SECOND = {
    "ticket": [ticket("1", "1"), ticket("2", "1")],
    "user": [{"id": "1", "external_id": "berta"}],
}
SHOPS = [{"schema": "shop_de"}, {"schema": "shop_us"}]
DESKS = [{"schema": "desk"}, {"schema": "desk_us"}]


def built(folder: Path) -> Project:
    """Return a project with two shops and two help desks."""
    raw = {"shop_de": GERMAN, "shop_us": AMERICAN, "desk": FIRST, "desk_us": SECOND}
    return connected(folder, {"shopify": SHOPS, "zendesk": DESKS}, raw)


def test_rows_of_two_accounts_are_read_together_and_ids_that_both_have_stay_apart(
    tmp_path: Path,
) -> None:
    project = built(tmp_path)
    sold = project.query(
        "select order_id, currency_code, quantity * unit_price - coalesce(discount_amount, 0)"
        " from con_shopify__order_lines inner join con_shopify__orders using (order_id) order by 1"
    )
    assert text(sold) == [("1", "EUR", "10"), ("2", "USD", "20")]
    asked = project.query(
        "select ticket_id, customer_id from con_zendesk__support_tickets order by ticket_id"
    )
    # an external id is the customer's in both
    assert asked == [("1", "anna"), ("desk_us:1", "berta"), ("desk_us:2", "berta")]


def test_the_doctor_lists_each_and_a_schema_without_tables_stops(tmp_path: Path) -> None:
    project = built(tmp_path)
    said = project.dbt("run-operation", "okr_metrics_doctor").stdout
    assert "zendesk in desk, as fivetran loads it: " in said, said[:3000]
    assert "zendesk in desk_us, as fivetran loads it: " in said
    assert "ticket (1 rows, 2026-03-01 to 2026-03-01)" in said
    assert "ticket (2 rows, 2026-03-01 to 2026-03-01)" in said
    load_rows(project.database, "empty", {"other": [{"id": "1"}]})
    sources = {"zendesk": [*DESKS, {"schema": "empty"}]}
    stopped = project.dbt("run", "--vars", f"{{okr_metrics_sources: {sources}}}")
    assert stopped.returncode != 0
    assert "okr_metrics_sources.zendesk: none of its raw tables" in stopped.stdout
    assert "is in the schema" in stopped.stdout
    assert "desk_us" not in stopped.stdout.split("none of its raw tables")[1][:200]


def books_of(amount: str) -> dict[str, list[dict]]:
    """Return raw tables of QuickBooks with one bill and one invoice, both in euros."""
    account = {"account_sub_type": "", "fully_qualified_name": ""}
    head = {"id": "1", "transaction_date": "2026-03-02", "currency_id": "EUR"}
    return {
        "account": [
            account | {"id": "1", "name": "Rent", "account_type": "Expense"},
            account | {"id": "2", "name": "Sales", "account_type": "Income"},
        ],
        "bill": [head],
        "bill_line": [
            {"bill_id": "1", "index": "0", "account_expense_account_id": "1", "amount": amount}
        ],
        "invoice": [head | {"exchange_rate": "1.1"}],
        "invoice_line": [
            {"invoice_id": "1", "index": "0", "sales_item_account_id": "2", "amount": amount}
        ],
    }


def test_books_of_two_companies_keep_their_currency(tmp_path: Path) -> None:
    """Ids of the second have its schema before them, which the code of a currency has not."""
    places = [{"schema": "books"}, {"schema": "books_us"}]
    raw = {"books": books_of("10"), "books_us": books_of("20")}
    project = connected(tmp_path, {"quickbooks": places}, raw)
    expenses = project.query(
        "select expense_id, currency_code, amount from con_quickbooks__operating_expenses"
        " order by expense_id"
    )
    assert text(expenses) == [("bill-1-0", "EUR", "10"), ("bill-books_us:1-0", "EUR", "20")]
    revenue = project.query(
        "select ledger_line_id, currency_code, booked_amount from con_quickbooks__ledger_revenue"
        " order by ledger_line_id"
    )
    assert text(revenue) == [("invoice-1-0", "EUR", "11"), ("invoice-books_us:1-0", "EUR", "22")]
