"""Each trap of the raw tables of shops, ads, books and help desks, as Fivetran lands them."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import Project
from test_connector_stripe import write
from test_connectors import load

JANUARY, FEBRUARY, MARCH = (f"2026-0{month}-01 10:00:00" for month in range(1, 4))
LONG_AGO = "2019-05-01 10:00:00"


def order(name: str, status: str = "paid", **changed: object) -> dict:
    """Return an order of Shopify; its line has the same id."""
    row = {"id": name, "customer_id": "c", "processed_at": JANUARY, "created_at": FEBRUARY}
    money = {"currency": "EUR", "presentment_currency": "JPY", "taxes_included": False}
    states = {"cancelled_at": "", "test": False, "confirmed": True, "_fivetran_deleted": False}
    address = {"shipping_address_country_code": "DE", "billing_address_country_code": "FR"}
    return row | money | states | address | {"financial_status": status} | changed


def line(name: str, price: object = 120, quantity: int = 2, **changed: object) -> dict:
    """Return a line of the order of the same id."""
    row = {"id": name, "order_id": name, "price": price, "quantity": quantity}
    return row | {"total_discount": 0, "gift_card": False, "product_id": "p"} | changed


def refund(name: str, day: str = FEBRUARY) -> dict:
    """Return a refund of the order of the same id."""
    return {"id": f"r {name}", "order_id": name, "created_at": day}


def refunded(name: str, subtotal: object, tax: object = 0, suffix: str = "") -> dict:
    """Return the refund of a line."""
    row = {"id": f"{name}{suffix}", "refund_id": f"r {name}", "order_line_id": name}
    return row | {"subtotal": subtotal, "total_tax": tax}


SHOPIFY = {
    "customer": [{"id": name, "created_at": JANUARY} for name in ("c", "none", "twin")],
    "order": [
        order("plain"),
        order("guest", customer_id=""),
        order("imported", processed_at=LONG_AGO, shipping_address_country_code="", customer_id="c"),
        order("test", test=True),
        order("deleted", _fivetran_deleted=True),
        order("draft", confirmed=False),
        order("voided", "voided", cancelled_at=FEBRUARY),
        order("cancelled", cancelled_at=FEBRUARY),
        order("cancelled_and_refunded", "refunded", cancelled_at=FEBRUARY),
        order("taxed", taxes_included=True),
        order("gift"),
        order("edited"),
        order("less"),
        order("free"),
        order("no_lines"),
        order("of_twin", customer_id="twin"),
        order("twice"),
        order("exchanged"),
        order("rounded", customer_id=""),
        # a company has time to pay
        order("of_company", "pending", company_id="co"),
        order("of_other_shop", currency="USD"),
        order("bundle"),
        order("restocked"),
    ],
    "order_line": [
        line("plain", variant_id="v_eur"),
        line("guest", variant_id="v_usd", total_discount=7),
        line("test"),
        line("deleted"),
        line("cancelled"),
        line("cancelled_and_refunded"),
        line("taxed", product_id="gone"),
        line("gift", gift_card=True),
        line("edited"),
        line("less"),
        line("free", price=0, quantity=1),
        line("twice"),
        line("exchanged"),
        line("exchanged", price=100, quantity=1, id="exchanged for"),
        line("rounded"),
        line("of_company"),
        line("of_other_shop"),
        line("bundle", price=0, quantity=1),
        line("bundle", price=70, quantity=1, id="first of bundle"),
        line("bundle", price=30, quantity=1, id="second of bundle"),
        line("restocked"),
    ],
    "discount_allocation": [
        {"order_line_id": "plain", "index": 0, "amount": 12.5},
        {"order_line_id": "plain", "index": 1, "amount": 2.5},
    ],
    "tax_line": [
        {"order_line_id": "taxed", "index": 0, "price": 30},
        {"order_line_id": "taxed", "index": 1, "price": 10},
        {"order_line_id": "plain", "index": 0, "price": 40},
    ],
    "order_shipping_line": [
        {"id": 1, "order_id": "plain", "price": 9, "discounted_price": 6},
        {"id": 2, "order_id": "test", "price": 9, "discounted_price": 6},
    ],
    "product": [{"id": "p", "product_type": "Shoes", "vendor": "Ann"}],
    "product_variant": [
        {"id": "v_eur", "inventory_item_id": "i_eur"},
        {"id": "v_usd", "inventory_item_id": "i_usd"},
    ],
    "inventory_item": [
        {"id": "i_eur", "unit_cost_amount": 70.25, "unit_cost_currency_code": "EUR"},
        {"id": "i_usd", "unit_cost_amount": 70.25, "unit_cost_currency_code": "USD"},
    ],
    "refund": [
        refund("plain"),
        refund("test"),
        refund("cancelled_and_refunded"),
        refund("taxed", MARCH),
        refund("gift"),
        refund("edited"),
        refund("less"),
        refund("twice"),
        refund("twice", MARCH) | {"id": "r twice again"},
        refund("exchanged"),
        refund("rounded"),
        refund("restocked"),
    ],
    "order_line_refund": [
        refunded("plain", 60),
        refunded("test", 60),
        refunded("cancelled_and_refunded", 240),
        refunded("taxed", 120, tax=20),
        refunded("gift", 240),
        refunded("edited", 0),
        refunded("less", 240),
        refunded("twice", 40),
        refunded("twice", 30, suffix=" again") | {"refund_id": "r twice again"},
        refunded("exchanged", 240),
        refunded("rounded", 240),
        refunded("restocked", 0),
    ],
    "order_adjustment": [
        {"id": 1, "refund_id": "r less", "kind": "refund_discrepancy", "amount": 40},
        {"id": 2, "refund_id": "r plain", "kind": "shipping_refund", "amount": -5},
        # in cash, two hundredths more than the lines
        {"id": 3, "refund_id": "r rounded", "kind": "refund_discrepancy", "amount": -0.02},
    ],
}
OLD, NEW = "2024-01-01 00:00:00", "2025-06-01 00:00:00"
DAY = {"date": "2026-03-02", "impressions": 100, "clicks": 5}
GOOGLE = {
    "campaign_stats": [
        DAY | {"customer_id": 7, "id": 1, "device": device, "cost_micros": micros}
        for device, micros in [("MOBILE", 1_500_000), ("DESKTOP", 2_250_001)]
    ]
    + [
        DAY | {"customer_id": 7, "id": 2, "device": "MOBILE", "cost_micros": 1_500_000},
        DAY | {"customer_id": 7, "id": 3, "device": "MOBILE", "cost_micros": 1_000_000},
        DAY | {"customer_id": 7, "id": 4, "device": "MOBILE", "cost_micros": 3_000_000},
        DAY | {"customer_id": 7, "id": 5, "device": "MOBILE", "cost_micros": 2_000_000},
    ],
    # a campaign was renamed; another has the name of the first; of the third there is nothing
    "campaign_history": [
        {"id": 1, "updated_at": OLD, "name": "Spring"},
        {"id": 1, "updated_at": NEW, "name": "Brand"},
        {"id": 2, "updated_at": OLD, "name": "Brand"},
        {"id": 4, "updated_at": OLD, "name": "Film", "advertising_channel_type": "VIDEO"},
        {"id": 5, "updated_at": OLD, "name": "All", "advertising_channel_type": "PERFORMANCE_MAX"},
    ],
    "account_history": [
        {"id": 7, "updated_at": OLD, "currency_code": "USD"},
        {"id": 7, "updated_at": NEW, "currency_code": "SEK"},
    ],
}
AD = {"date": "2026-03-02", "impressions": 100, "inline_link_clicks": 3, "clicks": 50}
FACEBOOK = {
    "basic_ad": [
        AD | {"ad_id": 1, "account_id": 8, "spend": 10.25},
        AD | {"ad_id": 2, "account_id": 8, "spend": 5.5},
        AD | {"ad_id": 3, "account_id": 9, "spend": 2},
    ],
    "ad_history": [
        {"id": 1, "updated_time": OLD, "campaign_id": 20},
        {"id": 1, "updated_time": NEW, "campaign_id": 10},
        {"id": 2, "updated_time": NEW, "campaign_id": 10},
    ],
    "campaign_history": [
        {"id": 10, "updated_time": OLD, "name": "Autumn"},
        {"id": 20, "updated_time": OLD, "name": "Old"},
    ],
    "account_history": [
        {"id": 8, "_fivetran_synced": OLD, "currency": "USD"},
        {"id": 8, "_fivetran_synced": NEW, "currency": "EUR"},
    ],
}
COST = {"day": "2026-03-02 00:00:00", "cost_in_local_currency": 32.5, "cost_in_usd": 35}
LINKEDIN = {
    "ad_analytics_by_campaign": [COST | {"campaign_id": 9, "impressions": 100, "clicks": 5}],
    "campaign_history": [
        {"id": 9, "last_modified_time": NEW, "account_id": 55, "name": "Talent"},
        {"id": 9, "last_modified_time": OLD, "account_id": 54, "name": "Old"},
    ],
    "ad_account_history": [
        {"id": 55, "last_modified_time": OLD, "currency": "USD"},
        {"id": 55, "last_modified_time": NEW, "currency": "EUR"},
        {"id": 54, "last_modified_time": NEW, "currency": "GBP"},
    ],
}
MICROSOFT = {
    "campaign_performance_daily_report": [
        DAY | {"campaign_id": 5, "network": network, "currency_code": "GBP", "spend": 4.25}
        for network in ("Bing", "Partners")
    ]
    # Microsoft deletes a campaign as if it had never been there
    + [DAY | {"campaign_id": 6, "network": "Bing", "currency_code": "GBP", "spend": 1.5}],
    "campaign_history": [
        {"id": 5, "modified_time": OLD, "name": "Old"},
        {"id": 5, "modified_time": NEW, "name": "Bing 5"},
    ],
}


def entry(name: int, **changed: object) -> dict:
    """Return a transaction of QuickBooks."""
    row = {"id": name, "transaction_date": "2026-03-02", "currency_id": "USD"}
    return row | {"department_id": 1, "_fivetran_deleted": False} | changed


def booked(kind: str, name: int, account: object, amount: object, **changed: object) -> dict:
    """Return a line of a transaction."""
    row = {f"{kind}_id": name, "index": 0, "account_expense_account_id": account}
    return row | {"item_expense_item_id": "", "amount": amount} | changed


def sold(kind: str, name: int, amount: object, **changed: object) -> dict:
    """Return a line of a sale."""
    row: dict = {f"{kind}_id": name, "index": 0, "amount": amount, "sales_item_account_id": ""}
    row |= {"sales_item_item_id": "", "discount_account_id": "", "bundle_id": ""}
    return row | {"detail_type": "SalesItemLineDetail"} | changed


QUICKBOOKS = {
    "account": [
        {"id": number, "name": name, "fully_qualified_name": full, "account_type": kind}
        | {"account_sub_type": sub_type, "classification": ""}
        for number, name, full, kind, sub_type in [
            (1, "Hosting", "Hosting", "Cost of Goods Sold", "SuppliesMaterialsCogs"),
            (2, "Ads", "Marketing:Ads", "Expense", "AdvertisingPromotional"),
            (3, "Rent", "Rent", "Expense", "RentOrLeaseOfBuildings"),
            (4, "Salaries", "Salaries", "Expense", "PayrollExpenses"),
            (5, "Interest", "Interest", "Other Expense", "OtherMiscellaneousExpense"),
            (6, "Payables", "Payables", "Accounts Payable", "AccountsPayable"),
            (7, "Stock", "Stock", "Other Current Asset", "Inventory"),
            (8, "Parties", "Parties", "Expense", "Entertainment"),
            (9, "Sales", "Sales", "Income", "SalesOfProductIncome"),
            (10, "Discounts", "Sales:Discounts", "Income", "DiscountsRefundsGiven"),
            (11, "Interest earned", "Interest earned", "Other Income", "InterestEarned"),
            (12, "Receivables", "Receivables", "Accounts Receivable", "AccountsReceivable"),
            (13, "Receivables 2", "Receivables 2", "Accounts Receivable", "AccountsReceivable"),
            (15, "Rebates", "Rebates", "Discount", ""),
            (14, "Payables 2", "Payables 2", "Accounts Payable", "AccountsPayable"),
        ]
    ],
    "department": [{"id": 1, "name": "Sales"}],
    "item": [
        {"id": "service", "type": "Service", "expense_account_id": 3}
        | {"income_account_id": 9, "parent_item_id": ""},
        {"id": "goods", "type": "Inventory", "expense_account_id": 1},
        {"id": "child", "type": "Service", "parent_item_id": "service"},
    ],
    "bill": [
        entry(1),
        entry(2, _fivetran_deleted=True),
        entry(3, currency_id="", department_id=""),
    ],
    "bill_line": [
        booked("bill", 1, 1, 100),
        booked("bill", 1, 2, 50, index=1),
        booked("bill", 1, 5, 7, index=2),
        booked("bill", 1, "", 20, index=3, item_expense_item_id="service"),
        booked("bill", 1, "", 999, index=4, item_expense_item_id="goods"),
        booked("bill", 1, 8, 30, index=5),
        booked("bill", 1, 9, 3, index=6),
        booked("bill", 2, 1, 100),
        booked("bill", 3, 4, 80),
    ],
    "purchase": [entry(1, credit=False), entry(2, credit=True)],
    "purchase_line": [booked("purchase", 1, 3, 60), booked("purchase", 2, 3, 15)],
    "vendor_credit": [entry(1)],
    "vendor_credit_line": [booked("vendor_credit", 1, 1, 11)],
    "journal_entry": [entry(1)],
    "journal_entry_line": [
        {"journal_entry_id": 1, "index": index, "account_id": account, "amount": amount}
        | {"posting_type": posting, "department_id": 1}
        for index, account, amount, posting in [
            (0, 4, 500, "Debit"),
            (1, 3, 40, "Credit"),
            (2, 6, 460, "Credit"),
            (3, 9, 70, "Credit"),
            (4, 9, 30, "Debit"),
        ]
    ],
    "invoice": [
        entry(1),
        entry(2, _fivetran_deleted=True),
        entry(3, currency_id="EUR", exchange_rate=1.08),
        entry(4, currency_id=""),
        entry(5, currency_id="GBP"),
    ],
    "invoice_line": [
        sold("invoice", 1, 100, sales_item_account_id=9),
        sold("invoice", 1, 40, index=1, sales_item_item_id="service"),
        sold("invoice", 1, 7, index=2, sales_item_item_id="child"),
        sold("invoice", 1, 147, index=3, detail_type="SubTotalLineDetail"),
        sold("invoice", 1, 10, index=4, detail_type="DiscountLineDetail", discount_account_id=10),
        sold("invoice", 1, 66, index=5, sales_item_account_id=9, bundle_id="5"),
        sold("invoice", 1, 9, index=6, sales_item_account_id=11),
        sold("invoice", 1, 4, index=7, detail_type="DiscountLineDetail", discount_account_id=15),
        sold("invoice", 2, 100, sales_item_account_id=9),
        sold("invoice", 3, 1000, sales_item_account_id=9),
        sold("invoice", 4, 5, sales_item_account_id=9),
        sold("invoice", 5, 5, sales_item_account_id=9),
    ],
    "invoice_line_bundle": [
        {"invoice_id": 1, "invoice_line_index": 5, "index": 10, "account_id": 9, "amount": 30}
        | {"sales_item_item_id": ""},
        {"invoice_id": 1, "invoice_line_index": 5, "index": 11, "account_id": "", "amount": 36}
        | {"sales_item_item_id": "service"},
    ],
    "sales_receipt": [entry(1)],
    # older rows of a loader don't say what a line is
    "sales_receipt_line": [
        sold("sales_receipt", 1, 60, sales_item_account_id=9, detail_type=""),
        sold("sales_receipt", 1, 6, index=1, discount_account_id=10, detail_type=""),
    ],
    "credit_memo": [entry(1)],
    "credit_memo_line": [
        sold("credit_memo", 1, 20, sales_item_item_id="service"),
        sold("credit_memo", 1, 2, index=1, detail_type="DiscountLineDetail")
        | {"discount_account_id": 10},
    ],
    "refund_receipt": [entry(1)],
    "refund_receipt_line": [sold("refund", 1, 15, sales_item_account_id=9)],
    "deposit": [entry(1)],
    "deposit_line": [
        {"deposit_id": 1, "index": index, "amount": amount, "deposit_account_id": account}
        for index, amount, account in [(0, 8, 9), (1, 99, 12), (2, 99, "")]
    ],
}


def xero_journal(name: str, source_type: str, *lines: tuple) -> tuple[dict, list[dict]]:
    """Return a journal of Xero with its lines: of an account, net, and a tax of a tenth."""
    head = {"journal_id": name, "journal_date": "2026-03-02", "source_type": source_type}
    booked_lines = [
        {"journal_line_id": f"{name}-{number}", "journal_id": name, "account_id": account}
        | {"net_amount": net, "gross_amount": net * 1.1, "account_name": "", "account_type": ""}
        for number, (account, net) in enumerate(lines)
    ]
    return head, booked_lines


XERO_JOURNALS = [
    xero_journal("bill", "ACCPAY", ("rent", 100), ("goods", 60), ("payable", -160)),
    # it was edited: what was booked is reversed, and booked again
    xero_journal("reversal", "ACCPAY", ("rent", -100), ("payable", 100)),
    xero_journal("edited", "ACCPAY", ("rent", 90), ("payable", -90)),
    xero_journal("vendor_credit", "ACCPAYCREDIT", ("rent", -15), ("payable", 15)),
    xero_journal("pay", "MANJOURNAL", ("wages", 500), ("payable", -500)),
    xero_journal("revalued", "", ("revaluation", 7), ("bank", -7)),
    xero_journal("invoice", "ACCREC", ("sales", -1000), ("receivable", 1000)),
    xero_journal("credit_note", "ACCRECCREDIT", ("sales", 120), ("receivable", -120)),
    xero_journal("interest", "CASHREC", ("interest", -3), ("bank", 3)),
    xero_journal("of_gone", "CASHPAID", ("gone", 11), ("bank", -11)),
    xero_journal("deleted", "ACCPAY", ("rent", 999), ("payable", -999)),
]
REGION, DEPARTMENT = "20fd4c53", "8e91ad4b"
XERO = {
    "journal": [
        head | {"_fivetran_deleted": head["journal_id"] == "deleted"} for head, _ in XERO_JOURNALS
    ],
    "journal_line": [
        line
        if line["account_id"] != "gone"
        else line | {"account_name": "Freight", "account_type": "OVERHEADS"}
        for _, lines in XERO_JOURNALS
        for line in lines
    ],
    # the cash basis is the same money again
    "journal_cash": [{"journal_id": "paid", "journal_date": "2026-03-02"}],
    "journal_cash_line": [
        {"journal_line_id": "paid-0", "journal_id": "paid", "account_id": "rent", "net_amount": 90}
    ],
    "account": [
        {"account_id": key, "name": name, "code": code, "type": kind, "class": of}
        for key, name, code, kind, of in [
            ("rent", "Rent", 469, "OVERHEADS", "EXPENSE"),
            ("goods", "Cost of Goods Sold", 310, "DIRECTCOSTS", "EXPENSE"),
            ("wages", "Wages and Salaries", 477, "WAGESEXPENSE", "EXPENSE"),
            ("revaluation", "Bank Revaluations", 497, "EXPENSE", "EXPENSE"),
            ("sales", "Sales", 200, "REVENUE", "REVENUE"),
            ("interest", "Interest Income", 270, "OTHERINCOME", "REVENUE"),
            ("payable", "Accounts Payable", 800, "CURRLIAB", "LIABILITY"),
            ("receivable", "Accounts Receivable", 610, "CURRENT", "ASSET"),
            ("bank", "Bank", 100, "BANK", "ASSET"),
        ]
    ],
    "tracking_category": [
        {"tracking_category_id": REGION, "name": "Region"},
        {"tracking_category_id": DEPARTMENT, "name": "Department"},
    ],
    "journal_line_has_tracking_category": [
        {"journal_line_id": name, "tracking_category_id": category, "option": option}
        for name, category, option in [
            ("pay-0", REGION, "America"),
            ("pay-0", DEPARTMENT, "Engineering"),
            ("bill-0", REGION, "Europe"),
        ]
    ],
    # its financial year ends on a day that most years don't have
    "organization": [
        {"organisation_id": "o", "base_currency": "CAD", "is_demo_company": False}
        | {"financial_year_end_month": 2, "financial_year_end_day": 29}
    ],
}


# what packages make of the two: one table of all that is booked
QUICKBOOKS_LEDGER = {
    "quickbooks__general_ledger": [
        {"unique_id": name, "transaction_date": "2026-03-02", "account_name": account}
        | {"account_type": kind, "account_sub_type": "", "transaction_source": source}
        | {"adjusted_amount": amount, "adjusted_converted_amount": converted, "department_id": 7}
        for name, account, kind, source, amount, converted in [
            ("hosting", "Hosting", "Cost of Goods Sold", "bill", 100, 108),
            ("rent", "Rent", "Expense", "purchase", -15, ""),
            ("payable", "Payables", "Accounts Payable", "bill", 100, 108),
            ("interest", "Interest", "Other Expense", "purchase", 7, 7),
            ("sale", "Sales", "Income", "invoice", 1000, 1080),
            ("credit", "Sales", "Income", "credit_memo", -20, -20),
            ("discount", "Rebates", "Discount", "invoice", -10, -10),
        ]
    ]
}
XERO_LEDGER = {
    "xero__general_ledger": [
        {"journal_id": head["journal_id"], "journal_date": head["journal_date"]}
        | {"source_type": head["source_type"], "journal_line_id": row["journal_line_id"]}
        | {"account_name": account["name"], "account_code": account["code"]}
        | {"account_type": account["type"], "account_class": account["class"]}
        | {"net_amount": row["net_amount"]}
        for head, lines in XERO_JOURNALS
        for row in lines
        for account in XERO["account"]
        if account["account_id"] == row["account_id"]
    ]
    # a journal without lines
    + [
        dict.fromkeys(["account_name", "account_code", "account_type", "account_class"], "")
        | {"journal_id": "empty", "journal_date": "2026-03-02", "source_type": ""}
        | {"journal_line_id": "", "net_amount": ""}
    ]
}


def ticket(name: str, status: str = "solved", **changed: object) -> dict:
    """Return a ticket of Zendesk that the user of a linked organisation opened."""
    row = {"id": name, "status": status, "requester_id": "u", "organization_id": "linked"}
    return row | {"created_at": JANUARY, "_fivetran_deleted": False} | changed


def comment(name: str, user: str, minute: int, public: bool = True) -> dict:
    """Return a comment some minutes after a ticket was opened."""
    created = JANUARY.replace("10:00", f"10:{minute:02}")
    return {"ticket_id": name, "user_id": user, "created": created, "public": public}


def change(name: str, value: str, day: str, field: str = "status") -> dict:
    """Return a change of a field of a ticket."""
    return {"ticket_id": name, "field_name": field, "value": value, "updated": day}


ZENDESK = {
    "ticket": [
        ticket("plain"),
        ticket("reopened", "open"),
        ticket("twice"),
        ticket("deleted", "deleted"),
        ticket("dropped", _fivetran_deleted=True),
        ticket("merged", "closed"),
        ticket("by_agent", requester_id="agent"),
        ticket("for_user"),
        ticket("by_user", organization_id="unlinked", requester_id="known"),
        ticket("stranger", organization_id="unlinked"),
        ticket("elsewhere", organization_id="elsewhere"),
    ],
    "ticket_tag": [
        {"ticket_id": "merged", "tag": "closed_by_merge"},
        {"ticket_id": "plain", "tag": "vip"},
    ],
    "user": [
        {"id": "u", "role": "end-user", "external_id": "", "organization_id": ""},
        {"id": "known", "role": "end-user", "external_id": "c", "organization_id": ""},
        {"id": "agent", "role": "agent", "external_id": "", "organization_id": ""},
        {"id": "admin", "role": "admin", "external_id": "", "organization_id": ""},
    ],
    "organization": [
        {"id": "linked", "external_id": "c"},
        {"id": "unlinked", "external_id": ""},
        {"id": "elsewhere", "external_id": "of another system"},
    ],
    "ticket_comment": [
        comment("plain", "u", 0),
        comment("plain", "agent", 5, public=False),
        comment("plain", "admin", 9),
        comment("plain", "agent", 20),
        comment("by_agent", "agent", 0),
        comment("by_agent", "admin", 30),
        comment("for_user", "agent", 0),
        comment("for_user", "system", 5),
        comment("for_user", "admin", 12),
    ],
    "ticket_field_history": [
        change("plain", "new", JANUARY),
        change("plain", "high", JANUARY, field="priority"),
        change("plain", "solved", FEBRUARY),
        change("plain", "closed", MARCH),
        change("reopened", "solved", FEBRUARY),
        change("reopened", "open", MARCH),
        change("twice", "solved", JANUARY),
        change("twice", "open", FEBRUARY),
        change("twice", "solved", MARCH),
    ],
    "satisfaction_rating": [
        {"id": number, "ticket_id": name, "score": score, "created_at": JANUARY}
        | {"updated_at": FEBRUARY}
        for number, name, score in [
            (1, "plain", "offered"),
            (2, "plain", "good"),
            (3, "twice", "bad"),
            (4, "deleted", "good"),
        ]
    ],
}
RAW = {
    "shopify": SHOPIFY,
    "google_ads": GOOGLE,
    "facebook_ads": FACEBOOK,
    "linkedin_ads": LINKEDIN,
    "microsoft_ads": MICROSOFT,
    "quickbooks": QUICKBOOKS,
    "quickbooks_ledger": QUICKBOOKS_LEDGER,
    "xero": XERO,
    "xero_ledger": XERO_LEDGER,
    "zendesk": ZENDESK,
}


# one is linked twice
LINKS = """
select 'zendesk' as source, 'unlinked' as source_customer_id, 'c' as customer_id
union all
select 'zendesk', 'unlinked', 'nobody'
union all
select 'zendesk', 'agent', 'none'
union all
select 'shopify', 'twin', 'c'
"""


def read(folder: Path, links: str = "", **settings: dict) -> Project:
    """Return a project with the connectors' views on these raw tables, of the named sources."""
    variables: dict[str, dict] = {"okr_metrics_sources": settings}
    if links:
        variables["okr_metrics_inputs"] = {"customer_links": "links"}
    models = {"links": links} if links else {}
    project = Project(folder / "shop", models, variables)
    for source in settings:
        load(project.database, write(folder / source, source, RAW[source]))
    project.install()
    ran = project.dbt("run", "--select", "+okr_metrics.connectors")
    assert ran.returncode == 0, ran.stdout[-3000:]
    return project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the project that names all of them."""
    settings: dict[str, dict] = {source: {} for source in RAW}
    settings["quickbooks"] = {"categories": {"PayrollExpenses": "payroll", "Parties": None}}
    settings["xero"] = {"categories": {"477": "payroll", "Bank Revaluations": None}}
    settings["xero_ledger"] = settings["xero"] | {"home_currency": "CAD"}
    return read(tmp_path_factory.mktemp("traps"), **settings)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project with other settings."""
    settings = {
        "shopify": {"include_shipping": True, "order_date": "created_at", "category": "vendor"},
        "google_ads": {"channel": "paid search"},
        "zendesk": {"solved": "last"},
        "xero": {"department": "region"},
        "quickbooks": {"home_currency": "CAD"},
    }
    return read(tmp_path_factory.mktemp("others"), LINKS, **settings)


def rows(project: Project, table: str, columns: str, key: str = "") -> dict:
    """Return {the first column: the others} of a connector's view, money as floats."""
    where = f" where {key}" if key else ""
    found = project.query(f"select {columns} from con_{table}{where} order by 1")
    return {name: values[0] if len(values) == 1 else values for name, *values in found}


def test_test_orders_deleted_ones_and_drafts_are_left_out(project: Project) -> None:
    orders = rows(project, "shopify__orders", "order_id, status")
    assert not {"test", "deleted", "draft"} & set(orders)
    assert {"plain", "voided", "no_lines"} < set(orders)
    assert not {"test", "deleted"} & set(rows(project, "shopify__order_lines", "order_id, 1"))
    assert "test" not in rows(project, "shopify__refunds", "order_id, 1")


def test_a_cancelled_order_is_a_sale_only_if_it_was_paid_back(project: Project) -> None:
    orders = rows(project, "shopify__orders", "order_id, status")
    assert orders["cancelled"] == "cancelled"
    assert orders["cancelled_and_refunded"] == "refunded"
    assert orders["voided"] == "cancelled"


def test_an_order_is_of_the_day_that_it_was_processed(project: Project, other: Project) -> None:
    days = "order_id, strftime(ordered_at, '%Y-%m-%d %H:%M:%S')"
    assert rows(project, "shopify__orders", days)["imported"] == LONG_AGO
    assert rows(other, "shopify__orders", days)["imported"] == FEBRUARY


def test_money_is_in_the_shops_currency(project: Project) -> None:
    currencies = rows(project, "shopify__orders", "order_id, currency_code")
    assert currencies.pop("of_other_shop") == "USD"
    assert set(currencies.values()) == {"EUR"}


def test_a_guest_is_no_customer(project: Project) -> None:
    customers = rows(project, "shopify__orders", "order_id, customer_id")
    assert customers["guest"] is None and customers["plain"] == "c"


def test_a_discount_is_what_was_allocated_else_that_of_the_line(project: Project) -> None:
    found = rows(project, "shopify__order_lines", "order_line_id, cast(discount_amount as double)")
    assert found["plain"] == 15 and found["guest"] == 7


def test_taxes_are_taken_out_of_prices_that_hold_them(project: Project) -> None:
    """2 x 120 hold 40 of taxes; the tax of the plain order comes on top."""
    found = rows(project, "shopify__order_lines", "order_line_id, cast(unit_price as double)")
    assert found["taxed"] == 100 and found["plain"] == 120
    amounts = rows(project, "shopify__refunds", "refund_id, cast(amount as double)")
    assert amounts["taxed"] == 100


def test_a_gift_card_is_neither_sold_nor_refunded(project: Project) -> None:
    assert "gift" not in rows(project, "shopify__order_lines", "order_line_id, 1")
    assert "gift" not in rows(project, "shopify__refunds", "refund_id, 1")
    assert "gift" in rows(project, "shopify__orders", "order_id, 1")


def test_a_free_order_has_its_line(project: Project) -> None:
    found = rows(project, "shopify__order_lines", "order_line_id, cast(unit_price as double)")
    assert found["free"] == 0


def test_a_line_that_was_edited_out_is_no_refund(project: Project) -> None:
    assert "edited" not in rows(project, "shopify__refunds", "refund_id, 1")


def test_a_refund_is_of_its_line_and_its_own_day(project: Project) -> None:
    columns = "refund_id, order_id, order_line_id, strftime(refunded_at, '%Y-%m-%d %H:%M:%S')"
    assert rows(project, "shopify__refunds", columns)["taxed"] == ["taxed", "taxed", MARCH]


def test_a_refund_of_less_than_its_lines_is_less(project: Project) -> None:
    found = project.query(
        "select cast(sum(amount) as double) from con_shopify__refunds where order_id = 'less'"
    )
    assert found == [(200,)]


def amounts_of(project: Project, order: str) -> tuple:
    """Return what the lines of an order came to, and its refunds by day."""
    lines = project.query(
        "select cast(sum(quantity * unit_price - coalesce(discount_amount, 0)) as double)"
        f" from con_shopify__order_lines where order_id = '{order}'"
    )
    back = project.query(
        "select strftime(refunded_at, '%Y-%m-%d %H:%M:%S'), cast(sum(amount) as double)"
        f" from con_shopify__refunds where order_id = '{order}' group by all order by all"
    )
    return lines[0][0], dict(back)


@pytest.mark.parametrize(
    ("trap", "sold", "back"),
    [
        # part by part on two days
        ("twice", 240, {FEBRUARY: 40, MARCH: 30}),
        # one line came back, and another went out
        ("exchanged", 340, {FEBRUARY: 240}),
        ("rounded", 240, {FEBRUARY: 240.02}),
        # the parts of a bundle have the price, and the bundle has none
        ("bundle", 100, {}),
        # goods came back, and no money went out
        ("restocked", 240, {}),
    ],
)
def test_lines_and_refunds_of_an_order(
    project: Project, trap: str, sold: float, back: dict[str, float]
) -> None:
    assert amounts_of(project, trap) == (sold, back)


def test_an_order_of_a_company_is_its_buyers_and_waits_for_the_money(project: Project) -> None:
    found = rows(project, "shopify__orders", "order_id, customer_id, status")
    assert found["of_company"] == ["c", "pending"]


def test_two_shops_in_one_schema_have_their_own_currencies(project: Project) -> None:
    found = rows(project, "shopify__orders", "order_id, currency_code")
    assert (found["of_other_shop"], found["plain"]) == ("USD", "EUR")
    assert amounts_of(project, "of_other_shop") == (240, {})


def test_shipping_counts_where_it_is_asked_for(project: Project, other: Project) -> None:
    columns = "order_line_id, order_id, product_category, quantity, cast(unit_price as double)"
    assert "shipping-1" not in rows(project, "shopify__order_lines", columns)
    lines = rows(other, "shopify__order_lines", columns, "order_line_id like 'shipping%'")
    assert lines == {"shipping-1": ["plain", "shipping", 1, 6]}
    columns = "refund_id, product_category, cast(amount as double)"
    assert "adjustment-2" not in rows(project, "shopify__refunds", columns)
    assert rows(other, "shopify__refunds", columns)["adjustment-2"] == ["shipping", 5]


def test_a_cost_in_another_currency_is_unknown(project: Project) -> None:
    found = rows(project, "shopify__order_lines", "order_line_id, cast(unit_cost as double)")
    assert found["plain"] == 70.25 and found["guest"] is None


def test_a_category_is_that_of_the_product_if_it_is_there(project: Project, other: Project) -> None:
    found = rows(project, "shopify__order_lines", "order_line_id, product_category")
    assert found["plain"] == "Shoes" and found["taxed"] is None
    assert rows(other, "shopify__order_lines", "order_line_id, product_category")["plain"] == "Ann"


def test_a_country_is_that_of_the_first_order(project: Project) -> None:
    """It was billed to France, as it was shipped nowhere."""
    found = rows(project, "shopify__customers", "customer_id, country")
    assert found == {"c": "FR", "none": None, "twin": "DE"}


SPEND = "campaign, channel, currency_code, cast(amount as double), impressions, clicks"


def test_google_devices_are_added_up_and_campaigns_of_one_name_too(project: Project) -> None:
    """1.5 + 2.250001 + 1.5 in the account's newest currency; one campaign isn't named."""
    assert rows(project, "google_ads__marketing_spend", SPEND) == {
        "3": ["paid_search", "SEK", 1, 100, 5],
        "All": ["cross_network", "SEK", 2, 100, 5],
        "Brand": ["paid_search", "SEK", 5.250001, 300, 15],
        "Film": ["paid_video", "SEK", 3, 100, 5],
    }


def test_performance_max_has_spend_without_ads(project: Project) -> None:
    """Its campaign has rows of its own, and no table of ads is read."""
    assert not any(table.startswith("ad_") for table in GOOGLE)
    assert rows(project, "google_ads__marketing_spend", SPEND)["All"][:3] == [
        "cross_network",
        "SEK",
        2,
    ]


def test_versions_of_a_campaign_and_an_account_dont_double_spend(project: Project) -> None:
    ((google, facebook),) = project.query(
        "select (select sum(amount) from con_google_ads__marketing_spend),"
        " (select sum(amount) from con_facebook_ads__marketing_spend)"
    )
    spent = sum(row["cost_micros"] for row in GOOGLE["campaign_stats"])
    assert google * 1_000_000 == spent
    assert float(facebook) == sum(row["spend"] for row in FACEBOOK["basic_ad"])


def test_a_channel_is_called_as_the_setting_says(other: Project) -> None:
    channels = rows(other, "google_ads__marketing_spend", "campaign, channel")
    assert set(channels.values()) == {"paid search"}


def test_facebook_ads_are_added_up_by_their_campaign_of_today(project: Project) -> None:
    """An account without a version has no currency; clicks are those on links."""
    assert rows(project, "facebook_ads__marketing_spend", SPEND) == {
        "3": ["paid_social", None, 2, 100, 3],
        "Autumn": ["paid_social", "EUR", 15.75, 200, 6],
    }


def test_linkedin_is_read_in_the_currency_of_the_account(project: Project) -> None:
    assert rows(project, "linkedin_ads__marketing_spend", SPEND) == {
        "Talent": ["paid_social", "EUR", 32.5, 100, 5]
    }


def test_microsoft_networks_are_added_up(project: Project) -> None:
    assert rows(project, "microsoft_ads__marketing_spend", SPEND) == {
        "6": ["paid_search", "GBP", 1.5, 100, 5],
        "Bing 5": ["paid_search", "GBP", 8.5, 200, 10],
    }


def test_a_campaign_that_was_deleted_is_called_by_its_id(project: Project) -> None:
    found = rows(project, "microsoft_ads__marketing_spend", "campaign, cast(amount as double)")
    assert found["6"] == 1.5


def test_a_day_of_ads_is_a_bare_day(project: Project) -> None:
    """It is one of the account's zone: no other zone may move it."""
    for source in ("google_ads", "facebook_ads", "linkedin_ads", "microsoft_ads"):
        table = f"con_{source}__marketing_spend"
        found = project.query(f"select distinct typeof(spend_date), spend_date::text from {table}")
        assert found == [("DATE", "2026-03-02")], source


@pytest.fixture(scope="module")
def expenses(project: Project) -> dict:
    """Return {expense: [category, amount]}."""
    columns = "expense_id, category, cast(amount as double)"
    return rows(project, "quickbooks__operating_expenses", columns)


def test_accounts_have_categories_by_type_and_sub_type(expenses: dict) -> None:
    assert expenses["bill-1-0"] == ["cost_of_revenue", 100]
    assert expenses["bill-1-1"] == ["sales_and_marketing", 50]
    assert expenses["purchase-1-0"] == ["other", 60]


def test_a_setting_names_categories_of_accounts(expenses: dict) -> None:
    """By sub type; and by name, before its type, with null where it isn't read."""
    assert expenses["journal-1-0"] == ["payroll", 500]
    assert "bill-1-5" not in expenses


def test_what_is_below_operating_income_is_no_expense(expenses: dict) -> None:
    assert "bill-1-2" not in expenses and "journal-1-2" not in expenses


def test_a_line_of_a_service_has_the_account_of_the_service(expenses: dict) -> None:
    assert expenses["bill-1-3"] == ["other", 20]


def test_what_is_bought_for_stock_is_no_expense(expenses: dict) -> None:
    assert "bill-1-4" not in expenses


def test_deleted_transactions_are_left_out(expenses: dict) -> None:
    assert "bill-2-0" not in expenses


def test_credits_are_negative(expenses: dict) -> None:
    assert expenses["purchase-2-0"] == ["other", -15]
    assert expenses["vendor_credit-1-0"] == ["cost_of_revenue", -11]
    assert expenses["journal-1-1"] == ["other", -40]


def test_books_without_currencies_and_departments_are_read(project: Project) -> None:
    columns = "expense_id, currency_code, department"
    found = rows(project, "quickbooks__operating_expenses", columns)
    assert found["bill-3-0"] == ["USD", None] and found["bill-1-0"] == ["USD", "Sales"]


def test_revenue_is_no_expense(expenses: dict) -> None:
    assert not {"bill-1-6", "journal-1-3", "journal-1-4"} & set(expenses)


@pytest.fixture(scope="module")
def revenue(project: Project) -> dict:
    """Return {line: [kind, amount]} of QuickBooks."""
    columns = "ledger_line_id, kind, cast(amount as double)"
    return rows(project, "quickbooks__ledger_revenue", columns)


def test_a_line_of_an_invoice_has_its_account_or_that_of_its_item(revenue: dict) -> None:
    """That of the item above where the item has none; a subtotal has none at all."""
    found = {name: row for name, row in revenue.items() if name.startswith("invoice-1-")}
    assert {name: row[1] for name, row in found.items()} == {
        "invoice-1-0": 100,
        "invoice-1-1": 40,
        "invoice-1-2": 7,
        "invoice-1-4": -10,
        "invoice-1-7": -4,
    }
    assert {row[0] for row in found.values()} == {"sale"}


def test_a_discount_is_a_positive_line_that_is_taken_off(revenue: dict) -> None:
    """Of a credit memo it lowers what is credited; some lines don't say that they are one."""
    assert revenue["invoice-1-4"] == ["sale", -10]
    # the API gives such an account no class, nor any other here
    assert revenue["invoice-1-7"] == ["sale", -4]
    assert revenue["sales_receipt-1-0"] == ["sale", 60]
    assert revenue["sales_receipt-1-1"] == ["sale", -6]
    assert revenue["credit_memo-1-1"] == ["refund", 2]


def test_a_bundle_counts_by_its_parts(revenue: dict) -> None:
    assert "invoice-1-5" not in revenue
    assert (revenue["bundle-1-10"], revenue["bundle-1-11"]) == (["sale", 30], ["sale", 36])


def test_credits_of_customers_are_refunds(revenue: dict) -> None:
    assert revenue["credit_memo-1-0"] == ["refund", -20]
    assert revenue["refund_receipt-1-0"] == ["refund", -15]
    assert revenue["bill-1-6"] == ["refund", -3]


def test_a_journal_entry_credits_revenue(revenue: dict) -> None:
    assert revenue["journal_entry-1-3"] == ["sale", 70]
    assert revenue["journal_entry-1-4"] == ["sale", -30]


def test_only_deposits_on_an_account_of_revenue_are_revenue(revenue: dict) -> None:
    assert revenue["deposit-1-0"] == ["sale", 8]
    assert not {"deposit-1-1", "deposit-1-2"} & set(revenue)


def test_other_income_and_deleted_invoices_are_no_revenue(revenue: dict) -> None:
    assert not {"invoice-1-6", "invoice-2-0"} & set(revenue)


def test_two_accounts_of_receivables_and_payables_double_nothing(project: Project) -> None:
    for table, key in [("ledger_revenue", "ledger_line_id"), ("operating_expenses", "expense_id")]:
        ((lines, ids),) = project.query(
            f"select count(*), count(distinct {key}) from con_quickbooks__{table}"
        )
        assert lines == ids > 5


def test_the_books_say_what_they_made_of_another_currency(project: Project) -> None:
    """At their own rate; unknown where a transaction has none."""
    columns = "ledger_line_id, currency_code, cast(booked_amount as double)"
    found = rows(project, "quickbooks__ledger_revenue", columns)
    assert found["invoice-3-0"] == ["EUR", 1080]
    assert found["invoice-4-0"] == ["USD", 5] and found["invoice-5-0"] == ["GBP", None]


def test_books_in_another_currency_than_the_reports_say_nothing_of_it(other: Project) -> None:
    columns = "ledger_line_id, currency_code, booked_amount"
    found = rows(other, "quickbooks__ledger_revenue", columns)
    assert found["invoice-4-0"] == ["CAD", None] and found["invoice-1-0"] == ["USD", None]


def test_revenue_of_xero_is_a_credit_and_a_credit_note_a_refund(project: Project) -> None:
    """Neither other income nor tax."""
    columns = "ledger_line_id, account, kind, cast(amount as double), currency_code"
    assert rows(project, "xero__ledger_revenue", columns) == {
        "invoice-0": ["Sales", "sale", 1000, "CAD"],
        "credit_note-0": ["Sales", "refund", -120, "CAD"],
    }


@pytest.fixture(scope="module")
def xero_expenses(project: Project) -> dict:
    """Return {expense: [category, amount]}."""
    columns = "expense_id, category, cast(amount as double)"
    return rows(project, "xero__operating_expenses", columns)


def test_an_account_of_xero_has_a_category_by_its_type(xero_expenses: dict) -> None:
    assert xero_expenses["bill-0"] == ["other", 100]
    assert xero_expenses["bill-1"] == ["cost_of_revenue", 60]


def test_a_line_of_xero_whose_account_is_gone_has_that_on_the_line(xero_expenses: dict) -> None:
    assert xero_expenses["of_gone-0"] == ["other", 11]


def test_an_expense_of_xero_is_net_of_tax(xero_expenses: dict) -> None:
    """Each journal sums to nought net, and has a tenth of tax."""
    assert xero_expenses["pay-0"][1] == 500


def test_a_journal_of_xero_that_was_edited_counts_with_its_reversal(xero_expenses: dict) -> None:
    of_rent = ("bill-0", "reversal-0", "edited-0")
    assert [xero_expenses[name][1] for name in of_rent] == [100, -100, 90]


def test_a_credit_of_xero_is_negative(xero_expenses: dict) -> None:
    assert xero_expenses["vendor_credit-0"] == ["other", -15]


def test_a_setting_names_categories_by_code_and_leaves_revaluations_out(
    xero_expenses: dict,
) -> None:
    assert xero_expenses["pay-0"][0] == "payroll"
    assert "revalued-0" not in xero_expenses


def test_accounts_of_xero_that_are_no_expenses_are_left_out(xero_expenses: dict) -> None:
    """Neither balances nor revenue, deleted journals nor those of the cash basis."""
    names = "bill-0 bill-1 reversal-0 edited-0 vendor_credit-0 pay-0 of_gone-0"
    assert set(xero_expenses) == set(names.split())


def test_a_line_of_xero_with_several_options_is_one_line(project: Project, other: Project) -> None:
    """One tracking category is the department, Department where the setting names none."""
    columns = "expense_id, department"
    found = rows(project, "xero__operating_expenses", columns)
    assert found["pay-0"] == "Engineering" and found["bill-0"] is None
    found = rows(other, "xero__operating_expenses", columns)
    assert found["pay-0"] == "America" and found["bill-0"] == "Europe"
    ((lines, ids),) = project.query(
        "select count(*), count(distinct expense_id) from con_xero__operating_expenses"
    )
    assert lines == ids


def test_books_of_xero_are_in_the_currency_of_the_organisation(project: Project) -> None:
    found = rows(project, "xero__operating_expenses", "expense_id, currency_code")
    assert set(found.values()) == {"CAD"}


def test_a_ledger_of_a_package_is_read_in_the_currency_of_the_books(project: Project) -> None:
    columns = "expense_id, category, department, cast(amount as double), currency_code"
    assert rows(project, "quickbooks_ledger__operating_expenses", columns) == {
        "hosting": ["cost_of_revenue", "7", 108, "USD"],
        "rent": ["other", "7", -15, "USD"],
    }
    columns = "ledger_line_id, account, kind, cast(amount as double), currency_code"
    assert rows(project, "quickbooks_ledger__ledger_revenue", columns) == {
        "sale": ["Sales", "sale", 1080, "USD"],
        "credit": ["Sales", "refund", -20, "USD"],
        "discount": ["Rebates", "sale", -10, "USD"],
    }


def test_a_ledger_of_a_package_is_that_of_the_raw_tables(project: Project) -> None:
    """But for a journal that was deleted and an account that is gone."""
    columns = "{}, {}, cast(amount as double), currency_code"
    for table, names in [
        ("operating_expenses", ("expense_id", "category")),
        ("ledger_revenue", ("ledger_line_id", "kind")),
    ]:
        raw = rows(project, f"xero__{table}", columns.format(*names))
        made = rows(project, f"xero_ledger__{table}", columns.format(*names))
        raw.pop("of_gone-0", None)
        made.pop("deleted-0", None)
        assert raw == made


TIMES = "ticket_id, strftime({}, '%Y-%m-%d %H:%M:%S')"


def test_a_first_response_is_public_and_an_agents_who_isnt_the_one_who_asks(
    project: Project,
) -> None:
    found = rows(project, "zendesk__support_tickets", TIMES.format("first_responded_at"))
    assert found["plain"] == "2026-01-01 10:09:00"
    assert found["by_agent"] == "2026-01-01 10:30:00"
    assert found["stranger"] is None


def test_what_an_agent_opens_a_ticket_with_is_no_response(project: Project) -> None:
    """Nor is what somebody writes who is no agent of the help desk, as its system does."""
    found = rows(project, "zendesk__support_tickets", TIMES.format("first_responded_at"))
    assert found["for_user"] == "2026-01-01 10:12:00"


def test_a_ticket_is_solved_first_or_last_and_never_while_it_is_open(
    project: Project, other: Project
) -> None:
    """It is closed a month after it was solved, which is no solution."""
    first = rows(project, "zendesk__support_tickets", TIMES.format("solved_at"))
    assert (first["plain"], first["twice"], first["reopened"]) == (FEBRUARY, JANUARY, None)
    last = rows(other, "zendesk__support_tickets", TIMES.format("solved_at"))
    assert (last["plain"], last["twice"], last["reopened"]) == (FEBRUARY, MARCH, None)


def test_deleted_and_merged_tickets_are_left_out(project: Project) -> None:
    found = set(rows(project, "zendesk__support_tickets", "ticket_id, 1"))
    assert not {"deleted", "dropped", "merged"} & found and "plain" in found


def test_a_tickets_customer_is_known_by_organisation_or_user_or_is_nobody(
    project: Project,
) -> None:
    """`c` is a customer of the shop's; an id of another system is none."""
    found = rows(project, "zendesk__support_tickets", "ticket_id, customer_id")
    assert (found["plain"], found["by_user"]) == ("c", "c")
    assert (found["stranger"], found["elsewhere"]) == (None, None)


def test_ratings_are_five_or_one_and_those_not_given_are_none(project: Project) -> None:
    columns = "response_id, survey_type, score, strftime(responded_at, '%Y-%m-%d %H:%M:%S')"
    assert rows(project, "zendesk__survey_responses", columns) == {
        "2": ["csat", 5, FEBRUARY],
        "3": ["csat", 1, FEBRUARY],
    }


def test_links_put_a_customers_id_in_place_of_another_systems(
    project: Project, other: Project
) -> None:
    """By organisation, else by user; who is linked to a customer is no other one."""
    found = rows(other, "zendesk__support_tickets", "ticket_id, customer_id")
    assert (found["by_user"], found["by_agent"], found["plain"]) == ("c", "none", "c")
    assert found["elsewhere"] is None
    assert rows(project, "shopify__orders", "order_id, customer_id")["of_twin"] == "twin"
    assert rows(other, "shopify__orders", "order_id, customer_id")["of_twin"] == "c"
    assert set(rows(other, "shopify__customers", "customer_id, 1")) == {"c", "none"}


def test_an_id_that_is_linked_twice_doubles_nothing(other: Project) -> None:
    ((rows_of_view, tickets),) = other.query(
        "select count(*), count(distinct ticket_id) from con_zendesk__support_tickets"
    )
    assert rows_of_view == tickets
    assert rows(other, "zendesk__support_tickets", "ticket_id, customer_id")["stranger"] == "c"


def test_matches_are_counted(project: Project) -> None:
    """Five of the linked organisation and one of a known user, of eight."""
    assert project.query("from kpi__source_matching") == [
        ("zendesk", "support_tickets", date(2026, 1, 1), 8, 6, pytest.approx(Decimal(6) / 8))
    ]
