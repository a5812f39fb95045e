"""Series of KPIs to forecast: simulated kinds, and real ones where their files are at hand."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

Array = np.ndarray
MONTHS, BEFORE = 60, 36
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@dataclass
class Series:
    """Series of one kind: numerators, denominators and bounds of the KPI."""

    name: str
    kind: str  # flow, stock or ratio
    num: Array
    den: Array
    low: float | None = 0
    high: float | None = None
    grain: str = "month"


class Draw:
    """So many series of each kind, from one seed."""

    def __init__(self, count: int, seed: int) -> None:
        """Start the generator."""
        self.count, self.rng = count, np.random.default_rng(seed)

    def between(self, low: float, high: float) -> Array:
        """Return a number for each series, as a column."""
        return self.rng.uniform(low, high, (self.count, 1))

    def size(self, low: float, high: float) -> Array:
        """Return a size for each series, any order of magnitude as likely."""
        return np.exp(self.between(np.log(low), np.log(high)))

    def noise(self, months: int = MONTHS) -> Array:
        """Return independent standard normals."""
        return self.rng.normal(0, 1, (self.count, months))

    def wave(self, alike: Array, spread: Array, months: int = MONTHS) -> Array:
        """Return an autoregression of first order with that spread."""
        out = self.noise(months) * np.sqrt(1 - alike**2)
        out[:, :1] /= np.sqrt(1 - alike**2)
        for t in range(1, months):
            out[:, t] += alike[:, 0] * out[:, t - 1]
        return out * spread

    def year(self) -> Array:
        """Return a year that comes again, December its peak."""
        shape = self.rng.normal(0, 0.4, (self.count, 12))
        shape[:, 11] += 1.2
        return (shape - shape.mean(1, keepdims=True))[:, np.arange(MONTHS) % 12]

    def steps(self, spread: float, number: int = 1) -> Array:
        """Return levels that shift at some month."""
        out = np.zeros((self.count, MONTHS))
        for _ in range(number):
            at = self.rng.integers(6, MONTHS, (self.count, 1))
            out += (np.arange(MONTHS) >= at) * self.rng.normal(0, spread, (self.count, 1))
        return out


def flows(draw: Draw) -> list[Series]:
    """Return sums of a month: revenue, orders, hires."""
    t, size = np.arange(MONTHS), draw.size(50, 1e5)
    spread, growth = draw.between(0.03, 0.3), draw.rng.normal(0.012, 0.015, (draw.count, 1))
    wander = growth + np.cumsum(draw.noise() * draw.between(0, 0.004), 1)
    walk = np.cumsum(0.7 * wander + draw.noise() * draw.between(0.01, 0.06), 1)
    mean = draw.size(1, 20) * np.exp(draw.wave(draw.between(0.3, 0.9), draw.between(0, 0.3)))
    lengths = {
        "steady": draw.noise() * spread,
        "growing": growth * t + draw.noise() * spread * 0.7,
        "wandering": walk + draw.noise() * spread * 0.5,
        "seasonal": draw.between(0.1, 0.5) * draw.year() + draw.noise() * spread * 0.5,
        "seasonal, growing": (
            draw.between(0.1, 0.5) * draw.year() + growth * t + draw.noise() * spread * 0.4
        ),
        "shifting": draw.steps(0.35, 2) + draw.noise() * spread * 0.6,
        "autocorrelated": draw.wave(draw.between(0.4, 0.9), spread),
    }
    values = {name: size * np.exp(log) for name, log in lengths.items()}
    values["small counts"] = draw.rng.poisson(
        mean * np.exp(draw.rng.normal(0, 0.008, (draw.count, 1)) * t)
    ).astype(float)
    return [Series(f"flow, {name}", "flow", v, np.ones_like(v)) for name, v in values.items()]


def stocks(draw: Draw) -> list[Series]:
    """Return what is there at the end of a month: subscribers, MRR; and how many of them left."""
    months = MONTHS + BEFORE
    churn, size = draw.between(0.01, 0.06), draw.size(60, 5000)
    growth = draw.rng.normal(0.005, 0.012, (draw.count, 1))
    demand = draw.wave(draw.between(0.3, 0.9), draw.between(0.05, 0.3), months)
    trouble = draw.wave(draw.between(0.3, 0.9), draw.between(0, 0.3), months)
    at = draw.rng.integers(0, months, (draw.count, 1))
    shift = draw.rng.normal(0, 0.5, (draw.count, 1)) * (draw.rng.random((draw.count, 1)) < 0.5)
    leave = np.clip(churn * np.exp(trouble + (np.arange(months) >= at) * shift), 0, 0.6)
    there = np.round(size * draw.between(0.5, 1.2))[:, 0].astype(int)
    opening, left, closing = (np.zeros((draw.count, months)) for _ in range(3))
    for t in range(months):
        opening[:, t], left[:, t] = there, draw.rng.binomial(there, leave[:, t])
        come = draw.rng.poisson((size * churn)[:, 0] * np.exp(growth[:, 0] * t + demand[:, t]))
        there = there - left[:, t].astype(int) + come
        closing[:, t] = there
    opening, left, closing = (a[:, BEFORE:] for a in (opening, left, closing))
    price = draw.size(20, 400) * np.exp(np.cumsum(0.001 + 0.008 * draw.noise(), 1))
    active = np.exp(draw.wave(draw.between(0.2, 0.8), draw.between(0.02, 0.12)))
    ramp = 1 + np.exp(-(np.arange(MONTHS) - draw.between(0, 60)) / draw.between(6, 15))
    values = {
        "subscribers": closing,
        "MRR": closing * price,
        "active users": np.round(closing * np.clip(0.6 * active, 0, 1)),
        "ramp that slows down": (
            draw.size(150, 8000) / ramp
        ) * np.exp(np.cumsum(draw.noise() * draw.between(0.005, 0.03), 1)),
    }  # fmt: skip
    made = [Series(f"stock, {name}", "stock", v, np.ones_like(v)) for name, v in values.items()]
    return [*made, Series("ratio, churn", "ratio", left, np.maximum(opening, 1), 0, 1)]


def ratios(draw: Draw) -> list[Series]:
    """Return shares of counts, and a margin."""
    t = np.arange(MONTHS)

    def people(low: float, high: float) -> Array:
        mean = draw.size(low, high) * np.exp(draw.rng.normal(0.005, 0.01, (draw.count, 1)) * t)
        return np.maximum(draw.rng.poisson(mean * np.exp(0.15 * draw.noise())), 1)

    def share(low: float, high: float, of: Array, moves: Array) -> tuple[Array, Array]:
        centre = draw.between(low, high)
        p = 1 / (1 + (1 - centre) / centre * np.exp(-moves))
        return draw.rng.binomial(of, p).astype(float), of.astype(float)

    wave = draw.wave(draw.between(0.2, 0.9), draw.between(0.02, 0.25))
    trend = draw.rng.normal(0, 0.012, (draw.count, 1)) * t
    made = {
        "share": share(0.05, 0.9, people(30, 5000), wave),
        "of few": share(0.2, 0.95, people(8, 150), wave * 0.7),
        "trend": share(0.05, 0.8, people(100, 5000), trend + draw.noise() * 0.08),
        "shifting": share(0.05, 0.8, people(50, 2000), draw.steps(0.5) + draw.noise() * 0.07),
    }
    revenue = draw.size(3000, 150_000) * np.exp(0.01 * t + 0.1 * draw.noise())
    costs = np.exp(draw.wave(draw.between(0.2, 0.95), draw.between(0.02, 0.1)))
    margin = 1 - draw.between(0.25, 0.7) * costs * np.exp(trend / 6)
    return [
        *(Series(f"ratio, {name}", "ratio", a, b, 0, 1) for name, (a, b) in made.items()),
        Series("ratio, margin", "ratio", margin * revenue, revenue, None, 1),
    ]


def simulated(count: int, seed: int) -> list[Series]:
    """Return so many series of each kind."""
    draw = Draw(count, seed)
    return [*flows(draw), *stocks(draw), *ratios(draw)]


def real() -> tuple[list[Series], list[str]]:
    """Return series of real companies, and what is skipped and why."""
    made, skipped = [], []
    for name, read in {"RavenStack": ravenstack, "Online Retail": online_retail}.items():
        try:
            made += read()
        except (OSError, duckdb.IOException):
            skipped.append(
                f"{name}: its files aren't here, the data sets are no part of the project"
            )
    return made, skipped


def table(sql: str, folder: Path) -> list[tuple]:
    """Return the rows of a query in a folder of files, in the order of their first column."""
    with duckdb.connect() as connection:
        return sorted(connection.execute(sql.replace("{}", str(folder))).fetchall())


def ravenstack() -> list[Series]:
    """Return two years of a subscription company, whole and by plan, industry and country."""
    folder = DATA / "ravenstack"
    accounts = "join '{}/ravenstack_accounts.csv' a using (account_id)"
    months = "from generate_series(date '2023-01-01', date '2024-12-01', interval 1 month) m(month)"
    segments = ["'all'", "industry", "country", "referral_source", "plan_tier"]
    stock, mrr, churn, tickets, escalated = [], [], [], [], []
    subscriptions = "'{}/ravenstack_subscriptions.csv' s " + accounts
    ticket = "'{}/ravenstack_support_tickets.csv' t " + accounts
    for segment in segments:
        paying = f"""
            select segment, list(subscriptions order by month), list(mrr order by month),
                list(lost order by month), list(opening order by month)
            from (
                select month, {segment} as segment,
                    count(*) filter (start_date < ends and ended >= ends) as subscriptions,
                    sum(mrr_amount) filter (start_date < ends and ended >= ends) as mrr,
                    count(*) filter (start_date < month and ended >= month and ended < ends)
                        as lost,
                    count(*) filter (start_date < month and ended >= month) as opening
                from (select month, month + interval 1 month as ends {months}),
                    (select s.*, industry, country, referral_source,
                        coalesce(end_date, date '2999-12-31') as ended from {subscriptions})
                group by all
            ) group by all"""
        for _, count, amount, lost, opening in table(paying, folder):
            stock.append(count)
            mrr.append([float(a or 0) for a in amount])
            churn.append((lost, opening))
        if segment != "plan_tier":
            asked = f"""
                select segment, list(n order by month), list(e order by month) from (
                    select month, segment, count(t.ticket_id) as n,
                        count(t.ticket_id) filter (t.escalation_flag) as e
                    from (select month {months})
                    cross join (select distinct {segment} as segment from {ticket})
                    left join (select t.*, {segment} as of_segment from {ticket}) t
                        on t.of_segment = segment and date_trunc('month', t.submitted_at) = month
                    group by all) group by all"""
            for _, n, e in table(asked, folder):
                tickets.append(n)
                escalated.append((e, n))
    return [
        one("RavenStack, subscriptions", "stock", stock),
        one("RavenStack, MRR", "stock", mrr),
        one("RavenStack, tickets", "flow", tickets),
        parts("RavenStack, churn", churn),
        parts("RavenStack, escalated", escalated),
    ]


def online_retail() -> list[Series]:
    """Return the weeks of a year of a shop, whole and by country."""
    sql = """
        with lines as (
            select date_trunc('week', try_cast(InvoiceDate as timestamp)) as week,
                InvoiceNo as invoice, CustomerID as customer,
                case when Country in ('United Kingdom', 'Germany', 'France', 'EIRE') then Country
                    else 'other' end as country,
                try_cast(Quantity as double) * try_cast(UnitPrice as double) as amount
            from '{}/online_retail.parquet'
        ),
        of_both as (select * from lines union all select * replace ('all' as country) from lines),
        weeks as (select distinct week from lines where week between '2010-12-06' and '2011-11-28'),
        sums as (
            select country, week,
                coalesce(sum(amount) filter (amount > 0), 0) as revenue,
                count(distinct invoice) filter (amount > 0) as orders,
                count(distinct customer) filter (amount > 0) as customers,
                coalesce(-sum(amount) filter (amount < 0), 0) as refunds
            from weeks cross join (select distinct country from of_both)
            left join of_both using (week, country)
            group by all
        )
        select country, list(revenue order by week), list(orders order by week),
            list(customers order by week), list(refunds order by week)
        from sums group by all"""
    rows = table(sql, DATA / "uci_online_retail")
    return [
        one("Online Retail, revenue", "flow", [r[1] for r in rows], "week"),
        one("Online Retail, orders", "flow", [r[2] for r in rows], "week"),
        one("Online Retail, customers", "stock", [r[3] for r in rows], "week"),
        parts("Online Retail, order value", [(r[1], r[2]) for r in rows], None, "week"),
        parts("Online Retail, refund rate", [(r[4], r[1]) for r in rows], None, "week"),
    ]


def one(name: str, kind: str, rows: list, grain: str = "month") -> Series:
    """Return series of flows or stocks."""
    values = np.array(rows, dtype=float)
    return Series(name, kind, values, np.ones_like(values), grain=grain)


def parts(name: str, rows: list, high: float | None = 1, grain: str = "month") -> Series:
    """Return series of ratios; NaN in a period without a denominator."""
    num, den = (np.array([row[i] for row in rows], dtype=float) for i in (0, 1))
    num, den = (np.where(den > 0, part, np.nan) for part in (num, den))
    return Series(name, "ratio", num, den, 0, high, grain)
