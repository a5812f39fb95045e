"""Renders the demo company into raw tables, as the loaders of its sources would have landed them.

What it sold, spent and was asked is that of seeds/demo, without the rows that are wrong on purpose
(staging's tests have those): Stripe bills it by the calendar of each subscription, changes within a
period by the days that are left of it.
"""

import importlib.util
import json
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from types import ModuleType
from typing import Any

import test_connector_airbyte
import test_connector_shapes
import test_connector_stripe
from conftest import REPOSITORY

Rows = list[dict[str, Any]]
Tables = dict[str, Rows]
FOREVER = "9999-12-31 23:59:59"
# Stripe's own list has no shop that closed: who says nothing else has asked for the end
STRIPE_REASONS = {"price": "too_expensive", "missing_feature": "missing_features", "other": "other"}
STRIPE_REASONS |= {"closed_shop": "cancellation_requested"}
TRIAL = timedelta(days=14)
MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}


def generator() -> ModuleType:
    """Return the program that makes the demo company."""
    spec = importlib.util.spec_from_file_location(
        "generate_demo", REPOSITORY / "seeds/demo/generate_demo.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


DEMO = generator()
TODAY = str(DEMO.LAST_DAY)


def grouped(rows: Rows, key: str) -> dict[Any, Rows]:
    """Return rows by one of their columns."""
    groups = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups


def company(one_in: int) -> Tables:
    """Return the demo's inputs with one customer in so many, all that it spent, no wrong row."""
    random, tables = Random(20260913), {name: [] for name in DEMO.COLUMNS}
    for name in ("customers", "subscriptions", "orders", "spend", "ledger", "rates"):
        getattr(DEMO, f"add_{name}")(random, tables)
    for add in (DEMO.add_touches, DEMO.add_events, DEMO.add_surveys, DEMO.add_tickets):
        add(Random(add.__name__), tables)
    del tables["kpi_targets"]
    kept = {row["customer_id"] for row in tables["customers"][::one_in]}
    for name, rows in tables.items():
        if "customer_id" in rows[0]:
            tables[name] = [row for row in rows if row["customer_id"] in kept]
    orders = {row["order_id"] for row in tables["orders"]}
    for name in ("order_lines", "refunds"):
        tables[name] = [row for row in tables[name] if row["order_id"] in orders]
    return as_sources_know_it(tables)


def as_sources_know_it(tables: Tables) -> Tables:
    """Return the inputs without what no raw table of the sources holds; all that is left out."""
    subscribers = {row["customer_id"] for row in tables["subscriptions"]}
    buyers = {row["customer_id"] for row in tables["orders"]}
    cancelled = {row["order_id"] for row in tables["orders"] if row["status"] == "cancelled"}
    for row in tables["customers"]:
        # neither Stripe nor Shopify knows where a customer came from, nor Shopify what it is like
        row["acquisition_channel"] = ""
        if row["customer_id"] in buyers - subscribers:
            row["segment"] = ""
    for row in tables["subscriptions"]:
        row["churn_reason"] = STRIPE_REASONS.get(row["churn_reason"], "")
        # what ends after today hasn't ended
        if row["ended_at"] > TODAY:
            row["ended_at"] = ""
    # without a history nobody knows the day of a pause: it begins where what was paid for ends
    tables["subscriptions"] = [
        row
        for rows in grouped(tables["subscriptions"], "subscription_id").values()
        for row in with_pause_after_paid_time(rows)
    ]
    # a cancelled order that is paid back is a sale and its refund to Shopify's connector
    tables["refunds"] = [row for row in tables["refunds"] if row["order_id"] not in cancelled]
    for row in tables["product_events"]:
        # the connector of Segment takes a user for the customer
        row["user_id"] = row["customer_id"]
    for row in tables["survey_responses"]:
        # a rating is good or bad
        if row["survey_type"] == "csat":
            row["score"] = 5 if row["score"] >= 4 else 1
    for row in tables["support_tickets"]:
        # the demo has no first response: halfway to the solution
        if row["solved_at"]:
            opened, solved = (
                datetime.fromisoformat(row[name]) for name in ("opened_at", "solved_at")
            )
            half = (solved - opened) // timedelta(seconds=2)
            row["first_responded_at"] = str(opened + timedelta(seconds=half))
    return tables


def with_pause_after_paid_time(rows: Rows) -> Rows:
    """Return versions whose pause begins where the period ends that was paid for."""
    *before, pause = rows
    if pause["status"] != "paused":
        return rows
    first = next(row for row in before if row["status"] == "active")
    start, length = date.fromisoformat(first["started_at"]), MONTHS_OF[first["billing_interval"]]
    number = 1
    while str(months_after(start, number * length)) < pause["started_at"]:
        number += 1
    day = str(months_after(start, number * length))
    if day > TODAY:
        return [*before[:-1], before[-1] | {"ended_at": ""}]
    return [*before[:-1], before[-1] | {"ended_at": day}, pause | {"started_at": day}]


def months_after(day: date, number: int) -> date:
    """Return the day so many months later, or the last one of that month."""
    months = day.year * 12 + day.month - 1 + number
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


# STRIPE ----------------------------------------------------------------------------------------


def time_of(day: object) -> str:
    """Return the first moment of a day, nothing for none."""
    return f"{day} 00:00:00" if day else ""


def price_of(version: dict) -> str:
    """Return the id of the price that a version has: an amount of its own is another price."""
    return "price_" + "_".join(
        str(version[name]) for name in ("plan", "billing_interval", "amount", "currency_code")
    )


def cents(amount: object) -> int:
    """Return an amount in hundredths, as Stripe has those of these currencies."""
    return round(float(str(amount)) * 100)


class Billed:
    """A subscription with one item, as Stripe has it after its versions."""

    def __init__(self, versions: Rows) -> None:
        """Take the versions in order: a trial perhaps, paid ones, a pause perhaps."""
        self.versions = versions
        self.item = versions[0]["subscription_id"]
        self.id = f"sub_{self.item}"
        self.trial = versions[0] if versions[0]["status"] == "trialing" else None
        self.pause = versions[-1] if versions[-1]["status"] == "paused" else None
        self.paid = [row for row in versions if row["status"] in ("active", "cancelled")]
        self.ended_at = versions[-1]["ended_at"]
        self.reason = versions[-1]["churn_reason"]

    def now(self) -> dict:
        """Return the subscription's row, as it was today."""
        status = "canceled" if self.ended_at else "active" if self.paid else "trialing"
        return {
            "id": self.id,
            "customer_id": self.versions[0]["customer_id"],
            "status": status,
            "created": time_of(self.versions[0]["started_at"]),
            "start_date": time_of(self.versions[0]["started_at"]),
            "ended_at": time_of(self.ended_at),
            "trial_start": time_of(self.trial["started_at"]) if self.trial else "",
            "trial_end": time_of(self.trial_end()),
            "pause_collection_behavior": "void" if self.pause else "",
            "cancellation_details_reason": "cancellation_requested" if self.reason else "",
            "cancellation_details_feedback": self.reason.replace("cancellation_requested", ""),
            "livemode": True,
        }

    def trial_end(self) -> str:
        """Return the day on which the trial ends, which may be to come."""
        if not self.trial:
            return ""
        return str(date.fromisoformat(self.trial["started_at"]) + TRIAL)

    def history(self) -> Rows:
        """Return a row for each state that it was in, as Fivetran keeps them."""
        states = [("trialing", self.trial["started_at"], "")] if self.trial else []
        states += [("active", self.paid[0]["started_at"], "")] if self.paid else []
        states += [("active", self.pause["started_at"], "void")] if self.pause else []
        states += [("canceled", self.ended_at, "")] if self.ended_at else []
        then = {"ended_at": "", "cancellation_details_reason": ""}
        then |= {"cancellation_details_feedback": ""}
        rows = []
        for number, (status, start, behavior) in enumerate(states):
            is_last = number == len(states) - 1
            rows.append(
                self.now()
                | {"status": status, "pause_collection_behavior": behavior}
                | (then if status != "canceled" else {})
                | {"_fivetran_start": time_of(start), "_fivetran_active": is_last}
                | {"_fivetran_end": FOREVER if is_last else time_of(states[number + 1][1])}
            )
        return rows

    def line(self, version: dict, start: date, end: date, **changed: object) -> dict:
        """Return a line of an invoice for a time of a version."""
        amount, quantity = cents(version["amount"]), int(version["quantity"])
        return {
            "id": f"il_{self.item}_{start}_{changed.get('amount', '')}",
            "invoice_id": f"in_{self.item}_{start}",
            "subscription_id": self.id,
            "subscription_item_id": self.item,
            "price_id": price_of(version),
            "quantity": quantity,
            "amount": amount * quantity,
            "unit_amount_excluding_tax": str(amount),
            "proration": False,
            "type": "subscription",
            "period_start": time_of(start),
            "period_end": time_of(end),
            "livemode": True,
            "status": "paid",
        } | changed

    def lines(self) -> Iterator[dict]:
        """Yield the lines of its invoices, each with the status of its invoice."""
        if self.trial:
            start = date.fromisoformat(self.trial["started_at"])
            yield self.line(
                self.trial, start, start + TRIAL, amount=0, unit_amount_excluding_tax="0"
            )
        if not self.paid:
            return
        starts = [date.fromisoformat(row["started_at"]) for row in self.paid]
        length = MONTHS_OF[self.paid[0]["billing_interval"]]
        last = min(date.fromisoformat(self.ended_at or TODAY), DEMO.LAST_DAY)
        paused_at = self.pause["started_at"] if self.pause else "9999"
        number, period = 0, starts[0]
        while period < last or number == 0:
            following = months_after(starts[0], (number + 1) * length)
            version = [row for row, day in zip(self.paid, starts, strict=True) if day <= period][-1]
            status = "void" if str(period) >= paused_at else "paid"
            yield self.line(version, period, following, status=status)
            for old, new, day in zip(self.paid, self.paid[1:], starts[1:], strict=False):
                if period < day < following:
                    share = (following - day) / (following - period)
                    for row, sign in ((old, -1), (new, 1)):
                        unit = round(cents(row["amount"]) * share)
                        yield self.line(
                            *(row, day, following),
                            amount=sign * unit * int(row["quantity"]),
                            unit_amount_excluding_tax=str(sign * unit),
                            proration=True,
                        )
            number, period = number + 1, following


def in_shopify_alone(tables: Tables) -> set[str]:
    """Return the customers who have bought in the shop and never subscribed."""
    subscribers = {row["customer_id"] for row in tables["subscriptions"]}
    return {row["customer_id"] for row in tables["orders"]} - subscribers


def stripe(tables: Tables, is_history_kept: bool = True) -> Tables:
    """Return Stripe's tables as Fivetran lands them."""
    billed = [Billed(rows) for rows in grouped(tables["subscriptions"], "subscription_id").values()]
    prices = {price_of(row): row for row in tables["subscriptions"]}
    lines = [line for one in billed for line in one.lines()]
    elsewhere = in_shopify_alone(tables)
    raw = {
        "customer": [
            {
                "id": row["customer_id"],
                "created": row["created_at"],
                "address_country": row["country"],
                "shipping_address_country": "",
                "metadata": f'{{"segment": "{row["segment"]}"}}',
                "livemode": True,
                "is_deleted": False,
            }
            for row in tables["customers"]
            if row["customer_id"] not in elsewhere
        ],
        "product": [{"id": f"prod_{plan}", "name": plan} for plan in DEMO.PLAN_PRICES],
        "price": [
            {
                "id": name,
                "product_id": f"prod_{row['plan']}",
                "nickname": "",
                "currency": row["currency_code"].lower(),
                "unit_amount": cents(row["amount"]),
                "recurring_interval": row["billing_interval"].replace("quarter", "month"),
                "recurring_interval_count": 3 if row["billing_interval"] == "quarter" else 1,
                "recurring_usage_type": "licensed",
            }
            for name, row in prices.items()
        ],
        "subscription_item": [
            {
                "id": one.item,
                "subscription_id": one.id,
                "price_id": price_of(one.versions[-1]),
                "quantity": one.versions[-1]["quantity"],
                "created": time_of(one.versions[0]["started_at"]),
                "_fivetran_deleted": False,
                "_fivetran_synced": time_of(TODAY),
            }
            for one in billed
        ],
        "invoice": [
            {"id": name, "status": rows[0]["status"]}
            for name, rows in grouped(lines, "invoice_id").items()
        ],
        "invoice_line_item": [
            {name: value for name, value in row.items() if name != "status"} for row in lines
        ],
    }
    if is_history_kept:
        return raw | {"subscription_history": [row for one in billed for row in one.history()]}
    return raw | {"subscription": [one.now() for one in billed]}


# SHOPIFY ---------------------------------------------------------------------------------------


def shopify_id(customer: str) -> str:
    """Return the number that Shopify has of a customer."""
    return str(7_000_000_000_000 + int(customer[1:]))


def customer_links(tables: Tables) -> Rows:
    """Return who of Shopify's customers is a customer of Stripe's."""
    both = {row["customer_id"] for row in tables["orders"]} - in_shopify_alone(tables)
    return [
        {"source": "shopify", "source_customer_id": shopify_id(name), "customer_id": name}
        for name in sorted(both)
    ]


def shopify(tables: Tables) -> Tables:
    """Return Shopify's tables as Fivetran lands them, by the REST API; British prices hold tax."""
    alone = in_shopify_alone(tables)
    ids = {row["customer_id"]: row["source_customer_id"] for row in customer_links(tables)}
    ids |= {name: name for name in alone}
    customers = {row["customer_id"]: row for row in tables["customers"]}
    orders = {row["order_id"]: row for row in tables["orders"]}
    lines = grouped(tables["order_lines"], "order_id")
    refunds = {row["order_id"]: row for row in tables["refunds"]}
    raw: Tables = {
        "customer": [
            {"id": number, "created_at": customers[name]["created_at"]}
            for name, number in ids.items()
        ],
        "product": [
            {"id": category, "product_type": category, "vendor": "Lumen"}
            for category in DEMO.PRODUCTS
        ],
        **{name: [] for name in ("order", "order_line", "tax_line", "discount_allocation")},
        **{name: [] for name in ("product_variant", "inventory_item", "order_shipping_line")},
        **{name: [] for name in ("refund", "order_line_refund", "order_adjustment")},
    }
    for order in orders.values():
        is_cancelled = order["status"] == "cancelled"
        country = customers[order["customer_id"]]["country"]
        status = "refunded" if order["order_id"] in refunds else "paid"
        raw["order"].append(
            {
                "id": order["order_id"],
                "customer_id": ids[order["customer_id"]],
                "processed_at": order["ordered_at"],
                "created_at": order["ordered_at"],
                "currency": order["currency_code"],
                "financial_status": "voided" if is_cancelled else status,
                "cancelled_at": order["ordered_at"] if is_cancelled else "",
                "taxes_included": country == "GB",
                "test": False,
                "confirmed": True,
                "shipping_address_country_code": country,
                "billing_address_country_code": "",
                "_fivetran_deleted": False,
            }
        )
    for row in tables["order_lines"]:
        name, price = row["order_line_id"], row["unit_price"]
        if orders[row["order_id"]]["currency_code"] == "GBP":
            price = round(price * 1.2, 2)
            tax = round((price - row["unit_price"]) * row["quantity"], 2)
            raw["tax_line"].append({"order_line_id": name, "price": tax})
        raw["order_line"].append(
            {
                "id": name,
                "order_id": row["order_id"],
                "product_id": row["product_category"],
                "variant_id": f"V{name}",
                "price": price,
                "quantity": row["quantity"],
                "total_discount": 0,
                "gift_card": False,
            }
        )
        if row["discount_amount"]:
            allocation = {"order_line_id": name, "amount": row["discount_amount"]}
            raw["discount_allocation"].append(allocation)
        # a cost is that of today: each line has a variant of its own
        raw["product_variant"].append({"id": f"V{name}", "inventory_item_id": f"I{name}"})
        raw["inventory_item"].append(
            {
                "id": f"I{name}",
                "unit_cost_amount": row["unit_cost"],
                "unit_cost_currency_code": orders[row["order_id"]]["currency_code"],
            }
        )
    for row in tables["refunds"]:
        name, of_order = row["refund_id"], lines[row["order_id"]]
        refund = {"id": name, "order_id": row["order_id"], "created_at": row["refunded_at"]}
        raw["refund"].append(refund)
        if len(of_order) == 1:
            tax = 3.21 if orders[row["order_id"]]["currency_code"] == "GBP" else 0
            raw["order_line_refund"].append(
                {
                    "id": name,
                    "refund_id": name,
                    "order_line_id": of_order[0]["order_line_id"],
                    "subtotal": round(float(row["amount"]) + tax, 2),
                    "total_tax": tax,
                }
            )
        else:
            raw["order_adjustment"].append(
                {"id": name, "refund_id": name, "kind": "refund_discrepancy"}
                | {"amount": -float(row["amount"])}
            )
    return raw


# ADS -------------------------------------------------------------------------------------------

OLD, NEW = "2024-01-01 10:00:00", "2025-01-01 10:00:00"
# whose spend is which channel's
ADS = {"google_ads": "paid_search", "facebook_ads": "social", "linkedin_ads": "partner"}


def ads(tables: Tables, source: str) -> tuple[Rows, Rows, str]:
    """Return the spend of a source, the versions of its campaigns, and its account's currency."""
    spend = [row for row in tables["marketing_spend"] if row["channel"] == ADS[source]]
    names = sorted({row["campaign"] for row in spend})
    campaigns = [
        {"id": name.upper(), "account_id": "acc", "name": said, "updated_at": day}
        for name in names
        for said, day in ((f"{name} (draft)", OLD), (name, NEW))
    ]
    return spend, campaigns, spend[0]["currency_code"]


def google_ads(tables: Tables) -> Tables:
    """Return Google Ads' tables as Fivetran lands them: a row a device, in millionths."""
    spend, campaigns, currency = ads(tables, "google_ads")
    stats = []
    for row in spend:
        whole = [round(float(row["amount"]) * 1_000_000), row["impressions"], row["clicks"]]
        phone = [number // 3 for number in whole]
        desk = [number - part for number, part in zip(whole, phone, strict=True)]
        for device, numbers in (("MOBILE", phone), ("DESKTOP", desk)):
            stats.append(
                {"id": row["campaign"].upper(), "customer_id": "acc", "date": row["spend_date"]}
                | {"device": device}
                | dict(zip(("cost_micros", "impressions", "clicks"), numbers, strict=True))
            )
    return {
        "campaign_stats": stats,
        "campaign_history": [row | {"advertising_channel_type": "SEARCH"} for row in campaigns],
        "account_history": [{"id": "acc", "currency_code": currency, "updated_at": NEW}],
    }


def facebook_ads(tables: Tables) -> Tables:
    """Return Meta Ads' tables as Fivetran lands them: a row an ad, two ads a campaign."""
    spend, campaigns, currency = ads(tables, "facebook_ads")
    stats = []
    for row in spend:
        part = round(float(row["amount"]) / 4, 2)
        rest = round(float(row["amount"]) - part, 2)
        for number, (amount, share) in enumerate(((part, 4), (rest, 1))):
            shown, clicks = (
                row[name] // 4 if share == 4 else row[name] - row[name] // 4
                for name in ("impressions", "clicks")
            )
            stats.append(
                {"ad_id": f"{row['campaign'].upper()}-{number}", "account_id": "acc"}
                | {"date": row["spend_date"], "spend": amount, "impressions": shown}
                | {"clicks": clicks * 2, "inline_link_clicks": clicks}
            )
    return {
        "basic_ad": stats,
        "ad_history": [
            {"id": name, "campaign_id": name[:-2], "updated_time": NEW}
            for name in sorted({row["ad_id"] for row in stats})
        ],
        "campaign_history": [row | {"updated_time": row["updated_at"]} for row in campaigns],
        "account_history": [{"id": "acc", "currency": currency, "_fivetran_synced": NEW}],
    }


def linkedin_ads(tables: Tables) -> Tables:
    """Return LinkedIn Ads' tables as Fivetran lands them."""
    spend, campaigns, currency = ads(tables, "linkedin_ads")
    return {
        "ad_analytics_by_campaign": [
            {"campaign_id": row["campaign"].upper(), "day": row["spend_date"]}
            | {"cost_in_local_currency": row["amount"], "cost_in_usd": 1}
            | {name: row[name] for name in ("impressions", "clicks")}
            for row in spend
        ],
        "campaign_history": [row | {"last_modified_time": row["updated_at"]} for row in campaigns],
        "account_history": [{"id": "acc", "currency": currency, "last_modified_time": NEW}],
    }


# QUICKBOOKS, ZENDESK, SEGMENT --------------------------------------------------------------------

# accounts of the books, by category: name, sub type, type
ACCOUNTS = {
    "cost_of_revenue": ("Hosting", "SuppliesMaterialsCogs", "Cost of Goods Sold"),
    "sales_and_marketing": ("Selling", "AdvertisingPromotional", "Expense"),
    "variable": ("Parcels", "ShippingFreightDelivery", "Expense"),
    "payroll": ("Wages", "PayrollExpenses", "Expense"),
    "rent": ("Office rent", "RentOrLeaseOfBuildings", "Expense"),
    "software": ("Tools", "OfficeGeneralAdministrativeExpenses", "Expense"),
}
CATEGORIES = {
    "ShippingFreightDelivery": "variable",
    "PayrollExpenses": "payroll",
    "Office rent": "rent",
    "Tools": "software",
}


def quickbooks(tables: Tables) -> Tables:
    """Return QuickBooks' tables as Fivetran lands them: bills, payments and journals in turn."""
    raw: Tables = {
        "account": [
            {"id": category, "name": name, "fully_qualified_name": name}
            | {"account_sub_type": sub_type, "account_type": kind}
            for category, (name, sub_type, kind) in ACCOUNTS.items()
        ],
        "department": [
            {"id": f"D{name}", "name": name}
            for name in sorted({row["department"] for row in tables["operating_expenses"]})
        ],
        **{name: [] for name in ("bill", "bill_line", "purchase", "purchase_line")},
        **{name: [] for name in ("journal_entry", "journal_entry_line")},
    }
    for number, row in enumerate(tables["operating_expenses"]):
        name, department = row["expense_id"], f"D{row['department']}"
        header = {"id": name, "transaction_date": row["expense_date"]}
        header |= {"currency_id": row["currency_code"], "_fivetran_deleted": False}
        line = {"index": 1, "amount": row["amount"]}
        if number % 3 == 2:
            raw["journal_entry"].append(header)
            line |= {"journal_entry_id": name, "department_id": department}
            for account, posting in ((row["category"], "Debit"), ("bank", "Credit")):
                raw["journal_entry_line"].append(
                    line | {"account_id": account, "posting_type": posting}
                )
            continue
        kind = ("bill", "purchase")[number % 3]
        raw[kind].append(header | {"department_id": department})
        raw[f"{kind}_line"].append(
            line | {f"{kind}_id": name, "account_expense_account_id": row["category"]}
        )
    raw["account"].append(
        {"id": "bank", "name": "Bank", "fully_qualified_name": "Bank", "account_type": "Bank"}
    )
    return raw


def zendesk(tables: Tables) -> Tables:
    """Return Zendesk's tables as Fivetran lands them: each customer is an organisation."""
    names = [row["customer_id"] for row in tables["customers"]]
    tickets = tables["support_tickets"]
    first_of = {name: rows[0] for name, rows in grouped(tickets, "customer_id").items()}
    answered = [row for row in tickets if row["first_responded_at"]]
    return {
        "organization": [{"id": f"org {name}", "external_id": name} for name in names],
        "user": [
            {"id": f"user {name}", "organization_id": f"org {name}", "role": "end-user"}
            for name in names
        ]
        + [{"id": "agent", "organization_id": "", "role": "agent"}],
        "ticket": [
            {"id": row["ticket_id"], "requester_id": f"user {row['customer_id']}"}
            | {"created_at": row["opened_at"], "status": "closed" if row["solved_at"] else "open"}
            for row in tickets
        ],
        "ticket_comment": [
            {"ticket_id": row["ticket_id"], "user_id": user, "created": moment, "public": public}
            for row in answered
            for user, moment, public in (
                (f"user {row['customer_id']}", row["opened_at"], True),
                ("agent", row["opened_at"], False),
                ("agent", row["first_responded_at"], True),
                ("agent", row["solved_at"], True),
            )
        ],
        "ticket_field_history": [
            {"ticket_id": row["ticket_id"], "field_name": "status"}
            | {"updated": moment, "value": value}
            for row in tickets
            for moment, value in (
                (row["opened_at"], "open"),
                (row["solved_at"], "solved"),
                (row["solved_at"] and f"{TODAY} 23:00:00", "closed"),
            )
            if moment
        ],
        "satisfaction_rating": [
            {"id": row["response_id"], "ticket_id": first_of[row["customer_id"]]["ticket_id"]}
            | {"score": "good" if row["score"] == 5 else "bad"}
            | {"created_at": row["responded_at"], "updated_at": row["responded_at"]}
            for row in tables["survey_responses"]
            if row["survey_type"] == "csat"
        ],
    }


# what a channel is called in a link
UTM = {
    "paid_search": ("google", "cpc"),
    "organic": ("google", "organic"),
    "social": ("facebook", "paid_social"),
    "partner": ("roasters", "partner"),
}
CHANNEL_RULES = [
    {"utm_medium": "organic", "channel": "organic"},
    {"utm_source": "facebook", "utm_medium": "paid_social", "channel": "social"},
    {"utm_medium": "partner", "channel": "partner"},
]


def segment(tables: Tables) -> Tables:
    """Return Segment's tables; half of the touches were seen before the browser was known."""
    pages, identifies = [], []
    for number, row in enumerate(tables["marketing_touches"]):
        source, medium = UTM[row["channel"]]
        is_known = number % 2 == 0
        pages.append(
            {
                "id": row["touch_id"],
                "user_id": row["customer_id"] if is_known else "",
                "anonymous_id": f"browser {number}",
                "timestamp": row["touched_at"],
                "context_campaign_source": source,
                "context_campaign_medium": medium,
                "context_campaign_name": row["campaign"],
            }
        )
        if not is_known:
            identifies.append(
                {"id": f"I{number}", "user_id": row["customer_id"]}
                | {"anonymous_id": f"browser {number}", "timestamp": f"{TODAY} 10:00:00"}
            )
    tracks = [
        {"id": row["event_id"], "user_id": row["customer_id"], "anonymous_id": "browser"}
        | {"event": row["event_name"], "timestamp": row["occurred_at"]}
        for row in tables["product_events"]
    ]
    return {"tracks": tracks, "pages": pages, "identifies": identifies}


# AIRBYTE: one table a stream of the API, objects left as JSON -----------------------------------


DETAILS = ("feedback", "reason")


def stripe_by_airbyte(tables: Tables) -> Tables:
    """Return Stripe's tables as Airbyte lands them: subscriptions as they are now."""
    raw = stripe(tables, is_history_kept=False)
    plans = [
        row
        | {"amount": row["unit_amount"], "interval": row["recurring_interval"]}
        | {"interval_count": row["recurring_interval_count"], "usage_type": "licensed"}
        for row in raw["price"]
    ]
    items = [row | {"plan_id": row["price_id"]} for row in raw["subscription_item"]]
    coupons: Tables = {"coupon": [], "subscription_discount": []}
    landed = test_connector_stripe.as_airbyte(
        raw | {"plan": plans, "subscription_item": items} | coupons
    )
    asked = {row["id"]: row for row in raw["subscription"]}
    for row in landed["subscriptions"]:
        row["cancellation_details"] = json.dumps(
            {name: asked[row["id"]][f"cancellation_details_{name}"] or None for name in DETAILS}
        )
    return {name: rows for name, rows in landed.items() if rows}


def shopify_by_airbyte(tables: Tables) -> Tables:
    """Return Shopify's tables as Airbyte lands them: times with the offset of the shop."""
    raw = shopify(tables)
    for name in ("order", "refund", "customer"):
        raw[name] = [
            row
            | {
                column: in_paris(row[column])
                for column in ("processed_at", "created_at")
                if column in row
            }
            for row in raw[name]
        ]
    return test_connector_airbyte.as_airbyte(raw)


def in_paris(moment: str) -> str:
    """Return a time of UTC as Shopify's API writes it, in summer time."""
    return f"{datetime.fromisoformat(moment) + timedelta(hours=2)}+02:00".replace(" ", "T")


# DLT: an array is a table of its own, and a load appends to the one before ------------------------


def stripe_by_dlt(tables: Tables) -> Tables:
    """Return Stripe's tables as dlt lands them, by its source of the API of 2022."""
    streams = {
        name: test_connector_shapes.objects(rows)
        for name, rows in stripe_by_airbyte(tables).items()
    }
    items = grouped(streams["subscription_items"], "subscription")
    lines = grouped(streams["invoice_line_items"], "invoice_id")
    objects = {
        "customer": streams["customers"],
        "subscription": [
            row | {"items": {"data": items[row["id"]]}} for row in streams["subscriptions"]
        ],
        "price": streams["prices"],
        "product": streams["products"],
        "invoice": [row | {"lines": {"data": lines[row["id"]]}} for row in streams["invoices"]],
    }
    return test_connector_shapes.landed(objects, {"status": "void", "unit_amount": 1})


def shopify_by_dlt(tables: Tables) -> Tables:
    """Return Shopify's tables as dlt lands them, and the costs, which its source leaves out."""
    streams = {
        name: test_connector_shapes.objects(rows)
        for name, rows in shopify_by_airbyte(tables).items()
    }
    refunds = grouped(streams["order_refunds"], "order_id")
    variants = {row["id"]: row for row in streams["product_variants"]}
    sold = [line for row in streams["orders"] for line in row["line_items"]]
    variants_of = {
        product: [variants[line["variant_id"]] for line in lines]
        for product, lines in grouped(sold, "product_id").items()
    }
    objects = {
        "orders": [
            {name: value for name, value in row.items() if name != "customer_id"}
            | {"refunds": refunds[row["id"]]}
            for row in streams["orders"]
        ],
        "customers": streams["customers"],
        "products": [
            row | {"variants": variants_of.get(row["id"], [])} for row in streams["products"]
        ],
        "inventory_items": streams["inventory_items"],
    }
    return test_connector_shapes.landed(objects, {"financial_status": "pending", "cost": 1})
