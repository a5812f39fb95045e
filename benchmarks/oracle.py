"""KPIs by month and quarter with Polars, written from docs/kpi-definitions.md, not from any SQL.

The whole and each country, segment and channel. Customers' movements are read off their MRR on two
days, distinct users are counted anew at each grain, and cohorts are sets of customers and months.
"""

from datetime import date
from functools import reduce
from pathlib import Path

import polars as pl

GRAINS = {"month": "1mo", "quarter": "1q"}
DIMENSIONS = ["total", "country", "segment", "acquisition_channel"]
KEYS = ["period_grain", "period_start", "dimension", "dimension_value"]
MONTHS = {"year": 12, "quarter": 3, "month": 1}
TIMES = {
    "orders": "ordered_at",
    "subscriptions": "started_at",
    "marketing_spend": "spend_date",
    "operating_expenses": "expense_date",
    "product_events": "occurred_at",
    "survey_responses": "responded_at",
    "support_tickets": "opened_at",
}
# what a measure is made of: null in a period that ends before the first row of one of these
MADE_OF = {
    **dict.fromkeys(["orders", "order_revenue", "line_cost", "refunds"], ["orders"]),
    **dict.fromkeys(["ordering_customers", "repeat_customers"], ["orders"]),
    **{
        f"{balance}_{what}": ["subscriptions"]
        for balance in ("opening", "new", "reactivation", "expansion", "contraction", "churned")
        + ("closing",)
        for what in ("mrr", "subscribers")
    },
    "subscription_revenue": ["subscriptions"],
    **dict.fromkeys(["new_customers", "active_customers"], ["orders", "subscriptions"]),
    **{f"retained_{age}": ["orders", "subscriptions"] for age in (1, 3, 6, 12)},
    "marketing_spend": ["marketing_spend"],
    **dict.fromkeys(["ledger_cost", "ledger_rest"], ["operating_expenses"]),
    **dict.fromkeys(["active_users", "user_days"], ["product_events"]),
    **dict.fromkeys(["nps_balance", "satisfied"], ["survey_responses"]),
    **dict.fromkeys(["tickets_opened", "median_resolution_hours"], ["support_tickets"]),
}
Values = dict[tuple[str, str, date, str, str], float]


class Company:
    """The rows that arrived, dated to the as-of day, with money in USD."""

    def __init__(self, data: Path, as_of: date) -> None:
        """Read what several KPIs need; `data` has a folder of Parquet files for each input."""
        self.data, self.as_of = data, as_of
        self.customers = (
            self.read("customers", "created_at")
            .collect()
            .sort("created_at")
            .unique("customer_id", keep="last")
            .select("customer_id", pl.col("country", "segment", "acquisition_channel"))
        )
        rates = self.scan("exchange_rates").collect().sort("rate_date")
        self.rates = rates.select("currency_code", day="rate_date", rate=pl.col("rate").cast(float))
        self.versions = self.read_versions()
        self.orders, self.lines = self.read_orders()

    def scan(self, name: str) -> pl.LazyFrame:
        """Return the rows of an input."""
        return pl.scan_parquet(self.data / name / "*.parquet")

    def read(self, name: str, time: str) -> pl.LazyFrame:
        """Return the rows that happened by the as-of day, with their day."""
        return (
            self.scan(name)
            .with_columns(day=pl.col(time).cast(pl.Date))
            .filter(pl.col("day") <= self.as_of)
        )

    def to_usd(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Add `rate`: that of the row's day or the last one before."""
        euros = rows.filter(pl.col("currency_code") != "USD").sort("day")
        euros = euros.join_asof(self.rates, on="day", by="currency_code", check_sortedness=False)
        dollars = rows.filter(pl.col("currency_code") == "USD").with_columns(rate=pl.lit(1.0))
        return pl.concat([dollars, euros.select(dollars.columns)])

    def with_segments(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Add total and the customer's attributes, unknown where there is none."""
        joined = rows.join(self.customers, on="customer_id", how="left")
        return joined.with_columns(
            pl.col(DIMENSIONS[1:]).fill_null("unknown"), total=pl.lit("total")
        )

    def read_orders(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return orders, cancelled ones too, and the lines of those that stand."""
        orders = self.read("orders", "ordered_at").collect().sort("ordered_at")
        orders = self.to_usd(orders.unique("order_id", keep="last"))
        orders = self.with_segments(orders)
        money = pl.col("quantity") * pl.col("unit_price").cast(float)
        lines = self.scan("order_lines").unique("order_line_id").collect()
        lines = lines.join(orders.filter(status="paid"), on="order_id").with_columns(
            revenue=(money - pl.col("discount_amount").cast(float)) * pl.col("rate"),
            cost=pl.col("quantity") * pl.col("unit_cost").cast(float) * pl.col("rate"),
        )
        return orders, lines

    def read_versions(self) -> pl.DataFrame:
        """Return paid versions: customer, from, to (the first day off, far off if open), mrr."""
        rows = self.read("subscriptions", "started_at").collect()
        # of two rows with one start the one with an end is the later
        rows = rows.sort("ended_at", nulls_last=False).unique(
            ["subscription_id", "started_at"], keep="last", maintain_order=True
        )
        rows = self.to_usd(rows).sort("subscription_id", "day")
        far = date(9999, 1, 1)
        ended = pl.col("ended_at").cast(pl.Date)
        months = pl.col("billing_interval").replace_strict(MONTHS)
        return rows.with_columns(
            own_end=pl.when(ended <= self.as_of).then(ended).otherwise(far),
            next_start=pl.col("day").shift(-1).over("subscription_id").fill_null(far),
            mrr=pl.col("amount").cast(float) * pl.col("quantity") * pl.col("rate") / months,
        ).select("customer_id", "mrr", start="day", end=pl.min_horizontal("own_end", "next_start"))

    def mrr_on(self, days: pl.DataFrame) -> pl.DataFrame:
        """Return (period_start, customer_id, mrr) of those who have some on each period's `day`."""
        open_then = self.versions.join_where(
            days, pl.col("start") <= pl.col("day"), pl.col("end") > pl.col("day")
        )
        return open_then.group_by("period_start", "customer_id").agg(pl.col("mrr").sum())

    def user_days(self) -> pl.DataFrame:
        """Return each user's days with an event; of an event sent again the latest time counts."""
        events = self.read("product_events", "occurred_at").filter(
            pl.col("user_id").is_not_null() & pl.col("event_name").is_not_null()
        )
        identity = pl.col("event_id").hash(1)
        ids = events.select(identity.alias("id")).collect(engine="streaming")["id"].sort()
        again = ids.filter(ids == ids.shift(1)).unique()
        columns = ["user_id", "customer_id", "day"]
        once = events.filter(~identity.is_in(again.implode())).select(columns).unique()
        twice = events.filter(identity.is_in(again.implode())).collect(engine="streaming")
        latest = twice.sort("occurred_at").unique("event_id", keep="last").select(columns)
        return pl.concat([once.collect(engine="streaming"), latest]).unique()


def by_segment(rows: pl.DataFrame, grain: str, measures: dict[str, pl.Expr]) -> pl.DataFrame:
    """Return the measures of rows with a `day` and segments, by period and segment."""
    rows = rows.with_columns(period_start=pl.col("day").dt.truncate(GRAINS[grain]))
    return pl.concat(
        rows.group_by("period_start", pl.col(dimension).alias("dimension_value"))
        .agg(**measures)
        .with_columns(period_grain=pl.lit(grain), dimension=pl.lit(dimension))
        for dimension in DIMENSIONS
        if dimension in rows.columns
    )


def measures_of(company: Company, grain: str, user_days: pl.DataFrame) -> list[pl.DataFrame]:
    """Return frames with the four keys and measures, which a segment without rows lacks."""
    orders, lines, versions = company.orders, company.lines, company.versions
    first_day = company.scan("marketing_spend").select(pl.col("spend_date").min()).collect().item()
    days = pl.date_range(first_day, company.as_of, eager=True).alias("day").to_frame()
    days = days.with_columns(period_start=pl.col("day").dt.truncate(GRAINS[grain]))
    closings = days.group_by("period_start").agg(pl.col("day").max())
    # the eve of a period
    openings = closings.select("period_start", day=pl.col("period_start").dt.offset_by("-1d"))

    of_customers = lines.filter(pl.col("customer_id").is_not_null())
    buys = of_customers.select("customer_id", "day").unique()
    firsts = of_customers.group_by("customer_id").agg(
        first_order=pl.col("day").min(), first_moment=pl.col("ordered_at").min()
    )
    paid = versions.group_by("customer_id").agg(first_paid=pl.col("start").min())
    # a subscription starts on a day, an order has a moment, up to which a touch counts
    is_by_order = pl.col("first_paid").is_null() | (pl.col("first_order") < pl.col("first_paid"))
    starts = firsts.join(paid, on="customer_id", how="full", coalesce=True).with_columns(
        day=pl.min_horizontal("first_order", "first_paid"),
        first_moment=pl.when(is_by_order).then("first_moment"),
    )
    touches = company.read("marketing_touches", "touched_at").collect().unique("touch_id")
    touches = touches.join(
        starts.select("customer_id", "first_moment", first="day"), on="customer_id"
    )
    is_in_time = pl.col("first_moment").is_null() | (pl.col("touched_at") <= pl.col("first_moment"))
    touches = touches.filter((pl.col("day") <= pl.col("first")) & is_in_time)
    touches = touches.sort("touched_at", "touch_id")
    won_by = touches.unique("customer_id", keep="first", maintain_order=True)
    new = company.with_segments(starts).drop("acquisition_channel")
    new = new.join(
        won_by.select("customer_id", acquisition_channel="channel"), on="customer_id", how="left"
    )
    new = new.with_columns(pl.col("acquisition_channel").fill_null("unattributed"))

    buyers = buys.join(firsts, on="customer_id").with_columns(
        period_start=pl.col("day").dt.truncate(GRAINS[grain])
    )
    closing = company.mrr_on(closings)
    active = pl.concat([buyers.select("period_start", "customer_id"), closing.drop("mrr")]).unique()
    active = company.with_segments(active).with_columns(day="period_start")

    # one movement of each customer from the eve to the end
    moved = (
        company.mrr_on(openings)
        .rename({"mrr": "opening"})
        .join(
            closing.rename({"mrr": "closing"}),
            on=["period_start", "customer_id"],
            how="full",
            coalesce=True,
        )
        .with_columns(pl.col("opening", "closing").fill_null(0))
        .join(paid, on="customer_id")
    )
    moved = company.with_segments(moved).with_columns(day="period_start")
    before, after = pl.col("opening"), pl.col("closing")
    joins = (before == 0) & (after > 0)
    is_back = pl.col("first_paid") < pl.col("period_start")
    is_same = (after - before).abs() < 1e-9

    def sum_if(test: pl.Expr, amount: pl.Expr) -> pl.Expr:
        return pl.when(test).then(amount).otherwise(0).sum()

    spend = company.to_usd(company.read("marketing_spend", "spend_date").collect())
    spend = spend.with_columns(total=pl.lit("total"), acquisition_channel="channel")
    ledger = company.to_usd(company.read("operating_expenses", "expense_date").collect())
    ledger = ledger.with_columns(total=pl.lit("total"))
    refunds = company.read("refunds", "refunded_at").unique("refund_id").collect()
    standing = orders.filter(status="paid").drop("day", "currency_code")
    refunds = refunds.join(standing, on="order_id")
    accrued = versions.join_where(
        days, pl.col("start") <= pl.col("day"), pl.col("end") > pl.col("day")
    )
    accrued = company.with_segments(accrued)
    answers = company.read("survey_responses", "responded_at").collect().unique("response_id")
    answers = answers.with_columns(
        period_start=pl.col("day").dt.truncate(GRAINS[grain]),
        who=pl.coalesce("customer_id", "response_id"),
    ).sort("responded_at", "response_id")
    answers = answers.unique(["period_start", "survey_type", "who"], keep="last")
    tickets = (
        company.read("support_tickets", "opened_at").collect().sort("solved_at", nulls_last=False)
    )
    tickets = company.with_segments(tickets.unique("ticket_id", keep="last", maintain_order=True))
    solved = tickets.with_columns(day=pl.col("solved_at").cast(pl.Date)).filter(
        pl.col("day") <= company.as_of
    )
    nps, csat = pl.col("survey_type") == "nps", pl.col("survey_type") == "csat"
    score, amount = pl.col("score"), pl.col("amount").cast(float) * pl.col("rate")
    is_cost = pl.col("category") == "cost_of_revenue"
    frames = [
        (
            lines,
            {
                "orders": pl.col("order_id").n_unique(),
                "order_revenue": pl.col("revenue").sum(),
                "line_cost": pl.col("cost").sum(),
            },
        ),
        (refunds, {"refunds": (pl.col("amount").cast(float) * pl.col("rate")).sum()}),
        (
            accrued,
            {"subscription_revenue": (pl.col("mrr") / pl.col("day").dt.days_in_month()).sum()},
        ),
        (spend, {"marketing_spend": amount.sum()}),
        (ledger, {"ledger_cost": sum_if(is_cost, amount), "ledger_rest": sum_if(~is_cost, amount)}),
        (new, {"new_customers": pl.len()}),
        (active, {"active_customers": pl.len()}),
        (
            company.with_segments(buyers.unique(["customer_id", "period_start"])),
            {
                "ordering_customers": pl.len(),
                "repeat_customers": (pl.col("first_order") < pl.col("period_start")).sum(),
            },
        ),
        (
            moved,
            {
                "opening_mrr": before.sum(),
                "closing_mrr": after.sum(),
                "opening_subscribers": (before > 0).sum(),
                "closing_subscribers": (after > 0).sum(),
                "new_mrr": sum_if(joins & ~is_back, after),
                "reactivation_mrr": sum_if(joins & is_back, after),
                "new_subscribers": (joins & ~is_back).sum(),
                "churned_mrr": sum_if(after == 0, before),
                "churned_subscribers": (after == 0).sum(),
                "expansion_mrr": sum_if((before > 0) & (after > before) & ~is_same, after - before),
                "contraction_mrr": sum_if(
                    (after > 0) & (after < before) & ~is_same, before - after
                ),
            },
        ),
        (
            user_days,
            {
                "active_users": pl.col("user_id").n_unique(),
                "user_days": pl.struct("user_id", "day").n_unique(),
            },
        ),
        (
            company.with_segments(answers),
            {
                "nps_responses": nps.sum(),
                "csat_responses": csat.sum(),
                "nps_balance": (nps & (score >= 9)).sum().cast(int)
                - (nps & (score <= 6)).sum().cast(int),
                "satisfied": (csat & (score >= 4)).sum(),
            },
        ),
        (tickets, {"tickets_opened": pl.len()}),
        (
            solved,
            {
                "median_resolution_hours": (
                    (pl.col("solved_at") - pl.col("opened_at")).dt.total_seconds() / 3600
                ).median()
            },
        ),
    ]
    measured = [by_segment(rows, grain, measures) for rows, measures in frames]
    if grain == "month":
        measured += [retention(company, active, starts, age) for age in (1, 3, 6, 12)]
    return measured


def known(measured: pl.DataFrame, company: Company, grain: str) -> pl.DataFrame:
    """Return the measures, null where one of their inputs hasn't begun: that isn't nought."""
    first = {
        name: company.read(name, time).select(pl.col("day").min()).collect().item()
        for name, time in TIMES.items()
    }
    end = pl.col("period_start").dt.offset_by(GRAINS[grain]).dt.offset_by("-1d")
    return measured.with_columns(
        pl.when(end >= max(first[name] for name in inputs)).then(measure).alias(measure)
        for measure, inputs in MADE_OF.items()
        if measure in measured.columns
    )


def retention(
    company: Company, active: pl.DataFrame, starts: pl.DataFrame, age: int
) -> pl.DataFrame:
    """Return size and rest of the cohorts that are so many months old, in that month."""
    cohort = company.with_segments(starts).with_columns(
        period_start=pl.col("day").dt.truncate("1mo").dt.offset_by(f"{age}mo")
    )
    cohort = cohort.filter(pl.col("period_start").dt.month_end() <= company.as_of)
    present = active.select("customer_id", "period_start", is_active=pl.lit(1))
    cohort = cohort.join(present, on=["customer_id", "period_start"], how="left")
    return by_segment(
        cohort.with_columns(day="period_start"),
        "month",
        {f"cohort_{age}": pl.len(), f"retained_{age}": pl.col("is_active").sum()},
    )


def kpis_of(measured: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Return the KPIs as columns; what the ledger makes unknown for a segment is left out."""

    def share(part: str | pl.Expr, whole: str) -> pl.Expr:
        part = pl.col(part) if isinstance(part, str) else part
        return part / pl.when(pl.col(whole) != 0).then(pl.col(whole))

    is_whole = pl.col("dimension") == "total"
    has_spend = is_whole | (pl.col("dimension") == "acquisition_channel")
    is_known = ~pl.col("dimension_value").is_in(["unknown", "unattributed"])
    last = (
        pl.col("period_start")
        .dt.offset_by(
            pl.when(pl.col("period_grain") == "month").then(pl.lit("1mo")).otherwise(pl.lit("3mo"))
        )
        .dt.offset_by("-1d")
    )
    days = (pl.min_horizontal(last, pl.lit(as_of)) - pl.col("period_start")).dt.total_days() + 1
    money = measured.with_columns(
        net_revenue=pl.col("order_revenue") - pl.col("refunds") + pl.col("subscription_revenue"),
        cost_of_revenue=pl.when(is_whole).then(pl.col("line_cost") + pl.col("ledger_cost")),
        marketing_spend=pl.when(has_spend).then("marketing_spend"),
        average_daily_active_users=pl.col("user_days") / days,
    ).with_columns(gross_profit=pl.col("net_revenue") - pl.col("cost_of_revenue"))
    money = money.with_columns(
        operating_income=pl.col("gross_profit") - pl.col("ledger_rest") - pl.col("marketing_spend")
    )
    plain = [
        "orders",
        "order_revenue",
        "refunds",
        "subscription_revenue",
        "net_revenue",
        "cost_of_revenue",
        "gross_profit",
        "marketing_spend",
        "operating_income",
        "new_customers",
        "active_customers",
        "opening_mrr",
        "closing_mrr",
        "opening_subscribers",
        "closing_subscribers",
        "new_mrr",
        "reactivation_mrr",
        "new_subscribers",
        "churned_mrr",
        "churned_subscribers",
        "expansion_mrr",
        "contraction_mrr",
        "active_users",
        "average_daily_active_users",
        "tickets_opened",
        "median_resolution_hours",
    ]
    return money.select(
        *KEYS,
        *plain,
        gross_margin=share("gross_profit", "net_revenue"),
        operating_margin=share("operating_income", "net_revenue"),
        cac=pl.when(is_known).then(share("marketing_spend", "new_customers")),
        arpa=share("closing_mrr", "closing_subscribers"),
        customer_churn_rate=share("churned_subscribers", "opening_subscribers"),
        net_revenue_retention=share(
            pl.col("opening_mrr")
            + pl.col("expansion_mrr")
            - pl.col("contraction_mrr")
            - pl.col("churned_mrr"),
            "opening_mrr",
        ),
        repeat_purchase_rate=share("repeat_customers", "ordering_customers"),
        nps=share(pl.col("nps_balance") * 100, "nps_responses"),
        csat=share("satisfied", "csat_responses"),
        stickiness=pl.when(pl.col("period_grain") == "month").then(
            share("average_daily_active_users", "active_users")
        ),
        **{
            f"retention_month_{age}": share(f"retained_{age}", f"cohort_{age}")
            for age in (1, 3, 6, 12)
            if f"cohort_{age}" in money.columns
        },
    )


def oracle(data: Path, as_of: date) -> Values:
    """Return {(kpi, grain, period start, dimension, segment): value}; null ones are left out."""
    company = Company(data, as_of)
    user_days = company.with_segments(company.user_days())
    values: Values = {}
    for grain in GRAINS:
        measured = reduce(
            lambda left, right: left.join(right, on=KEYS, how="full", coalesce=True),
            measures_of(company, grain, user_days),
        )
        filled = measured.with_columns(pl.exclude(*KEYS, "median_resolution_hours").fill_null(0))
        long = (
            kpis_of(known(filled, company, grain), as_of)
            .unpivot(index=KEYS, variable_name="kpi_id")
            .drop_nulls("value")
        )
        for row in long.select("kpi_id", *KEYS, "value").iter_rows():
            values[row[:5]] = float(row[5])
    return values
