"""What the connectors should give of raw files: another program, without SQL of ours.

Each figure is {what it is of: a number}; a month is the first seven letters of a time in UTC.
"""

import csv
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

Row = dict[str, str]
Figures = dict[tuple, Decimal | int]


def read(folder: Path, name: str) -> list[Row]:
    """Return the rows of a raw file."""
    with (folder / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def by_id(rows: list[Row], version: str = "") -> dict[str, Row]:
    """Return the rows by their id, the newest where an id has several versions."""
    return {row["id"]: row for row in sorted(rows, key=lambda row: row.get(version, ""))}


def added_up(parts: list[tuple[tuple, Decimal]]) -> Figures:
    """Return the sum for each key."""
    sums: dict[tuple, Decimal] = defaultdict(Decimal)
    for key, amount in parts:
        sums[key] += amount
    return dict(sums)


def stripe_customers(folder: Path) -> Figures:
    """Return how many customers a country has."""
    return dict(Counter((row["address_country"],) for row in read(folder, "stripe.customer")))


def shopify_orders_kept(folder: Path) -> dict[str, Row]:
    """Return the orders that are real, by id."""
    orders = read(folder, "shopify.order")
    return by_id([o for o in orders if o["test"] != "True" and o["_fivetran_deleted"] != "True"])


def shopify_statuses(folder: Path) -> Figures:
    """Return how many orders have a status: what was cancelled has no refund here."""
    orders = shopify_orders_kept(folder).values()
    refunded = {row["order_id"] for row in read(folder, "shopify.refund")}
    assert not any(order["cancelled_at"] and order["id"] in refunded for order in orders)
    return dict(
        Counter(("cancelled" if o["cancelled_at"] else o["financial_status"],) for o in orders)
    )


def shopify_net_amounts(folder: Path) -> Figures:
    """Return what was sold after discounts, by month and currency, whatever became of it."""
    orders, discounts = shopify_orders_kept(folder), Counter()
    for row in read(folder, "shopify.discount_allocation"):
        discounts[row["order_line_id"]] += Decimal(row["amount"])
    return added_up(
        [
            (
                (order["processed_at"][:7], order["currency"]),
                Decimal(line["price"]) * int(line["quantity"]) - discounts[line["id"]],
            )
            for line in read(folder, "shopify.order_line")
            if (order := orders.get(line["order_id"]))
        ]
    )


def shopify_categories(folder: Path) -> Figures:
    """Return units by type of product and whether their cost is known in the sale's currency."""
    orders, products = shopify_orders_kept(folder), by_id(read(folder, "shopify.product"))
    variants = by_id(read(folder, "shopify.product_variant"))
    items = by_id(read(folder, "shopify.inventory_item"))
    units: Counter = Counter()
    for line in read(folder, "shopify.order_line"):
        if order := orders.get(line["order_id"]):
            cost = items[variants[line["variant_id"]]["inventory_item_id"]]
            known = cost["unit_cost_amount"] and cost["unit_cost_currency_code"]
            category = products[line["product_id"]]["product_type"]
            units[category, known == order["currency"]] += int(line["quantity"])
    return dict(units)


def shopify_refunds(folder: Path) -> Figures:
    """Return what was paid back for goods, by month and currency."""
    orders, refunds = shopify_orders_kept(folder), by_id(read(folder, "shopify.refund"))
    parts = []
    for line in read(folder, "shopify.order_line_refund"):
        refund = refunds[line["refund_id"]]
        if order := orders.get(refund["order_id"]):
            key = (refund["created_at"][:7], order["currency"])
            parts.append((key, Decimal(line["subtotal"])))
    # all that is of no line here is shipping, which isn't in the lines either
    kinds = {row["kind"] for row in read(folder, "shopify.order_adjustment")}
    assert kinds == {"shipping_refund"}
    return added_up(parts)


def google_spend(folder: Path) -> Figures:
    """Return spend in whole units, by month, campaign and currency."""
    campaigns = by_id(read(folder, "google_ads.campaign_history"), "updated_at")
    accounts = by_id(read(folder, "google_ads.account_history"), "updated_at")
    return added_up(
        [
            (
                (
                    row["date"][:7],
                    campaigns[row["id"]]["name"],
                    accounts[row["customer_id"]]["currency_code"],
                ),
                Decimal(row["cost_micros"]) / 1_000_000,
            )
            for row in read(folder, "google_ads.campaign_stats")
        ]
    )


def facebook_spend(folder: Path) -> Figures:
    """Return spend by month, campaign and currency."""
    ads = by_id(read(folder, "facebook_ads.ad_history"), "updated_time")
    campaigns = by_id(read(folder, "facebook_ads.campaign_history"), "updated_time")
    accounts = by_id(read(folder, "facebook_ads.account_history"), "_fivetran_synced")
    return added_up(
        [
            (
                (
                    row["date"][:7],
                    campaigns[ads[row["ad_id"]]["campaign_id"]]["name"],
                    accounts[row["account_id"]]["currency"],
                ),
                Decimal(row["spend"]),
            )
            for row in read(folder, "facebook_ads.basic_ad")
        ]
    )


def linkedin_spend(folder: Path) -> Figures:
    """Return spend by month, campaign and currency."""
    campaigns = by_id(read(folder, "linkedin_ads.campaign_history"), "last_modified_time")
    accounts = by_id(read(folder, "linkedin_ads.ad_account_history"), "last_modified_time")
    parts = []
    for row in read(folder, "linkedin_ads.ad_analytics_by_campaign"):
        campaign = campaigns[row["campaign_id"]]
        key = (row["day"][:7], campaign["name"], accounts[campaign["account_id"]]["currency"])
        parts.append((key, Decimal(row["cost_in_local_currency"])))
    return added_up(parts)


def microsoft_spend(folder: Path) -> Figures:
    """Return spend by month, campaign and currency."""
    campaigns = by_id(read(folder, "microsoft_ads.campaign_history"), "modified_time")
    return added_up(
        [
            (
                (row["date"][:7], campaigns[row["campaign_id"]]["name"], row["currency_code"]),
                Decimal(row["spend"]),
            )
            for row in read(folder, "microsoft_ads.campaign_performance_daily_report")
        ]
    )


def quickbooks_expenses(folder: Path) -> Figures:
    """Return expenses by month, category, department and currency."""
    accounts = by_id(read(folder, "quickbooks.account"))
    departments = by_id(read(folder, "quickbooks.department"))
    parts = []

    def add(entry: Row, account_id: str, department_id: str, amount: Decimal) -> None:
        account = accounts[account_id]
        category = {"Cost of Goods Sold": "cost_of_revenue", "Expense": "other"}.get(
            account["account_type"]
        )
        if account["account_sub_type"] == "AdvertisingPromotional":
            category = "sales_and_marketing"
        if category and entry["_fivetran_deleted"] != "True":
            department = departments[department_id]["name"] if department_id else ""
            month = entry["transaction_date"][:7]
            parts.append(((month, category, department, entry["currency_id"]), amount))

    for kind in ("bill", "purchase"):
        entries = by_id(read(folder, f"quickbooks.{kind}"))
        for line in read(folder, f"quickbooks.{kind}_line"):
            entry = entries[line[f"{kind}_id"]]
            sign = -1 if entry.get("credit") == "True" else 1
            amount = sign * Decimal(line["amount"])
            add(entry, line["account_expense_account_id"], entry["department_id"], amount)
    journals = by_id(read(folder, "quickbooks.journal_entry"))
    for line in read(folder, "quickbooks.journal_entry_line"):
        sign = {"Debit": 1, "Credit": -1}[line["posting_type"]]
        entry = journals[line["journal_entry_id"]]
        add(entry, line["account_id"], line["department_id"], sign * Decimal(line["amount"]))
    return added_up(parts)


def zendesk_kept(folder: Path) -> dict[str, Row]:
    """Return the tickets that are there, with external_id of the organisation if a customer's.

    Else the one customer of Stripe with the address of the user who asks, or where Stripe has none
    with it, the one of Shopify.
    """
    customers = {row["id"] for row in read(folder, "stripe.customer")}
    organizations = by_id(read(folder, "zendesk.organization"))
    users = by_id(read(folder, "zendesk.user"))
    tickets = {}
    owners: dict[str, dict[str, list[str]]] = {}
    for source in ("stripe", "shopify"):
        for row in read(folder, f"{source}.customer"):
            if row["email"] and row.get("livemode") != "False":
                found = owners.setdefault(row["email"].strip().lower(), {})
                found.setdefault(source, []).append(row["id"])
    for row in read(folder, "zendesk.ticket"):
        if row["_fivetran_deleted"] != "True" and row["status"] != "deleted":
            external = organizations[row["organization_id"]]["external_id"]
            address = users.get(row["requester_id"], {"email": ""})["email"].strip().lower()
            of_address = owners.get(address, {"none": []})
            known = of_address.get("stripe", of_address.get("shopify", []))
            matched = known[0] if len(known) == 1 else ""
            customer = external if external in customers else matched
            tickets[row["id"]] = row | {"customer_id": customer}
    return tickets


def zendesk_tickets(folder: Path) -> Figures:
    """Return tickets by month and whether their customer is known."""
    months = [
        (row["created_at"][:7], bool(row["customer_id"])) for row in zendesk_kept(folder).values()
    ]
    return dict(Counter(months))


def zendesk_first_responses(folder: Path) -> Figures:
    """Return the time of the first response to each ticket that has one."""
    tickets, agents = zendesk_kept(folder), set()
    for user in read(folder, "zendesk.user"):
        if user["role"] in ("agent", "admin"):
            agents.add(user["id"])
    firsts: dict[str, str] = {}
    for row in read(folder, "zendesk.ticket_comment"):
        ticket = tickets.get(row["ticket_id"])
        if ticket and row["public"] == "True" and row["user_id"] in agents:
            assert row["user_id"] != ticket["requester_id"]
            firsts[ticket["id"]] = min(firsts.get(ticket["id"], "9999"), row["created"])
    return {(ticket, time): 1 for ticket, time in firsts.items()}


def zendesk_solutions(folder: Path) -> Figures:
    """Return the time of the first solution of each ticket that is solved now."""
    tickets = zendesk_kept(folder)
    done, solved = ("solved", "closed"), dict[str, str]()
    for row in read(folder, "zendesk.ticket_field_history"):
        ticket = tickets.get(row["ticket_id"])
        if not ticket or ticket["status"] not in done or row["field_name"] != "status":
            continue
        if row["value"] in done:
            solved[ticket["id"]] = min(solved.get(ticket["id"], "9999"), row["updated"])
    return {(ticket, time): 1 for ticket, time in solved.items()}


def zendesk_ratings(folder: Path) -> Figures:
    """Return answers by month and score of five."""
    tickets, scores = zendesk_kept(folder), {"good": 5, "bad": 1}
    return dict(
        Counter(
            (row["created_at"][:7], scores[row["score"]])
            for row in read(folder, "zendesk.satisfaction_rating")
            if row["ticket_id"] in tickets and row["score"] in scores
        )
    )
