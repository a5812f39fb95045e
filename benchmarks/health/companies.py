"""Simulated companies: months of customers, orders and costs, and the parts of the KPIs they make.

A company is drawn from a profile (its kind, size and habits) and a seed. Profiles of one number and
another seed are the same process again, so what a KPI does by chance alone is known: the spread of
its value over the replicas.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
KINDS = ("steady", "growing", "from_nought", "late_inputs", "seasonal", "few_customers")
MONTHS = 60
# months that a company has lived before, so that it begins in its own balance
BEFORE = 48
LIVED = BEFORE + MONTHS
COUNTRIES, PLANS, CHANNELS = ("A", "B", "C"), ("basic", "team", "firm"), ("ads", "fairs", "free")
SHARES = {"country": (0.55, 0.3, 0.15), "plan": (0.6, 0.3, 0.1), "channel": (0.5, 0.2, 0.3)}
PRICES = (40.0, 120.0, 400.0)


@dataclass(frozen=True)
class Profile:
    """What stays the same in every replica of a company."""

    number: int
    kind: str
    customers: int  # that a steady company has
    churn: float
    orders: float  # a customer a month
    spend_noise: float
    margin: float
    surveyed: float
    basket: float  # an order, on average


def profiles() -> list[Profile]:
    """Return four profiles of each kind: habits differ, and so do sizes."""
    rng = np.random.default_rng(20261127)
    made = []
    for kind in KINDS:
        sizes = (16, 30, 45, 60) if kind == "few_customers" else (120, 400, 1000, 2500)
        for customers in sizes:
            made.append(
                Profile(
                    number=len(made),
                    kind=kind,
                    customers=customers,
                    churn=float(rng.uniform(0.015, 0.05)),
                    orders=float(rng.uniform(0.3, 1.2)),
                    spend_noise=float(rng.uniform(0.05, 0.15)),
                    margin=float(rng.uniform(0.4, 0.7)),
                    surveyed=float(rng.uniform(0.1, 0.3)),
                    basket=float(
                        rng.uniform(100, 300) if kind == "seasonal" else rng.uniform(20, 80)
                    ),
                )
            )
    return made


def demand(profile: Profile) -> np.ndarray:
    """Return how many customers a month brings on average, before what chance makes of it."""
    month = np.arange(LIVED)
    base = profile.customers * profile.churn
    if profile.kind == "growing":
        # what `customers` says is there halfway
        return base * (1 + 0.03 / profile.churn) * growth()
    if profile.kind == "from_nought":
        return base * np.clip((month - BEFORE + 1) / 12, 0, 1)
    if profile.kind == "seasonal":
        return base * season()
    return np.full(LIVED, base)


def growth() -> np.ndarray:
    """Return 3% a month, 1 halfway through what is shown."""
    return 1.03 ** (np.arange(LIVED) - BEFORE - MONTHS / 2)


def season() -> np.ndarray:
    """Return a year with a peak in December, over and over."""
    year = np.array([0.85, 0.85, 0.95, 0.95, 0.95, 0.95, 0.9, 0.9, 1.0, 1.05, 1.35, 1.9])
    return np.tile(year, LIVED // 12)


def starting_customers(profile: Profile) -> int:
    """Return how many customers there are before the first month."""
    if profile.kind == "from_nought":
        return 0
    return int(profile.customers * (growth()[0] if profile.kind == "growing" else 1))


def simulate(profile: Profile, seed: int) -> dict[tuple[str, str, str], np.ndarray]:
    """Return numerator, denominator and value by KPI and segment: arrays of 3 x months."""
    rng = np.random.default_rng([20261127, profile.number, seed])
    made = {key: parts[:, BEFORE:] for key, parts in Books(profile, rng).kpis().items()}
    if profile.kind == "late_inputs":
        for (kpi, _, _), parts in made.items():
            begins = max((STARTS[name] for name, kpis in NEEDS.items() if kpi in kpis), default=0)
            parts[:, :begins] = np.nan
    return made


# the inputs that a KPI's value is made of, besides subscriptions
NEEDS = {
    "orders": (
        *("net_revenue", "gross_margin", "contribution_margin", "operating_margin", "ltv"),
        *("ltv_to_cac", "burn_multiple", "rule_of_40", "average_order_value", "refund_rate"),
        *("repeat_purchase_rate", "lapsed_customer_rate", "cac_payback_months"),
    ),
    "spend": (
        *("cac", "fully_loaded_cac", "cac_payback_months", "ltv_to_cac", "contribution_margin"),
        *("operating_margin", "burn_multiple", "rule_of_40"),
    ),
    "surveys": ("nps", "csat", "median_resolution_hours"),
    "events": ("stickiness", "activation_rate", "active_users"),
}
# months after which the inputs of a company are there whose inputs start at other times
STARTS = {"orders": 6, "spend": 14, "surveys": 22, "events": 18}


class Books:
    """What a company's customers do, customer by customer and month by month."""

    def __init__(self, profile: Profile, rng: np.random.Generator) -> None:
        self.profile, self.rng = profile, rng
        self.growth = growth() if profile.kind == "growing" else np.ones(LIVED)
        self.season = season() if profile.kind == "seasonal" else np.ones(LIVED)
        self.live()

    def live(self) -> None:
        """Draw every customer's life: when it starts and ends, and what it pays each month."""
        rng, profile = self.rng, self.profile
        arrivals = rng.poisson(demand(profile))
        born = np.concatenate(
            [np.full(starting_customers(profile), -1), np.repeat(np.arange(LIVED), arrivals)]
        )
        n = len(born)
        self.born = born
        self.country, self.plan, self.channel = (
            rng.choice(3, n, p=SHARES[name]) for name in ("country", "plan", "channel")
        )
        # basic customers leave sooner
        hazard = profile.churn * np.array([1.2, 0.8, 0.5])[self.plan]
        life = rng.geometric(hazard)
        self.died = born + life  # the month in which it is lost
        price = np.array(PRICES)[self.plan] * rng.lognormal(0, 0.4, n)
        steps = rng.random((LIVED, n))
        size = rng.random((LIVED, n))
        factor = np.where(steps < 0.03, 1.05 + 0.4 * size, 1.0)
        factor = np.where(steps > 0.985, 0.6 + 0.35 * size, factor)
        month = np.arange(LIVED)[:, None]
        factor = np.where(month > born, factor, 1.0)
        alive = (month >= born) & (month < self.died)
        self.mrr = np.where(alive, price * np.cumprod(factor, axis=0), 0.0)  # at the month's end
        opening = np.where(born < 0, price, 0.0)
        self.opening = np.vstack([opening, self.mrr[:-1]])
        self.shop()

    def shop(self) -> None:
        """Draw what customers order, answer, ask and use."""
        rng, profile = self.rng, self.profile
        alive = self.mrr > 0
        rate = profile.orders * self.season[:, None] * alive
        self.orders = rng.poisson(rate)
        shape = self.orders.shape
        mean_value = profile.basket * rng.lognormal(-0.125, 0.5, shape)
        self.order_revenue = self.orders * mean_value
        refunded = rng.binomial(self.orders, 0.04)
        self.refunds = refunded * mean_value
        # a refund is of the month after, as often as not
        late = rng.random(shape) < 0.4
        moved = np.zeros(shape)
        moved[1:] = np.where(late, self.refunds, 0)[:-1]
        self.refunds = np.where(late, 0, self.refunds) + moved
        self.cost = self.order_revenue * (1 - profile.margin) * rng.lognormal(0, 0.15, shape)
        answers = rng.random(shape) < profile.surveyed * alive
        kind = rng.random(shape)
        self.answers = answers
        self.promoters, self.detractors = answers & (kind < 0.45), answers & (kind > 0.75)
        scored = rng.random(shape) < profile.surveyed * alive
        self.scored, self.satisfied = scored, scored & (rng.random(shape) < 0.8)
        self.tickets = rng.poisson(0.3 * alive * self.season[:, None])
        users = 1 + rng.integers(0, 3, shape[1])
        self.users = rng.binomial(users[None, :], 0.7) * alive
        self.daily_users = rng.binomial(self.users * 30, 0.3) / 30
        self.activates = rng.random(shape[1]) < 0.5
        self.hours = rng.lognormal(2.2, 0.8, shape)

    def by(self, dimension: str) -> list[tuple[str, np.ndarray]]:
        """Return the segments of a dimension, each with its customers."""
        members = {
            "total": [("total", np.ones(len(self.born), bool))],
            "country": [(name, self.country == i) for i, name in enumerate(COUNTRIES)],
            "plan": [(name, self.plan == i) for i, name in enumerate(PLANS)],
            "channel": [(name, self.channel == i) for i, name in enumerate(CHANNELS)],
        }
        return members[dimension]

    def kpis(self) -> dict[tuple[str, str, str], np.ndarray]:
        """Return the parts of every KPI of every segment."""
        made = {}
        expected = demand(self.profile)
        noise = self.rng.normal(0, self.profile.spend_noise, (3, LIVED))
        # of ads, fairs and what costs nothing
        spends = expected * np.exp(noise) * 6 * PRICES[0] * np.array([0.8, 0.2, 0.0])[:, None]
        people = self.profile.customers * 20 * self.growth * np.exp(self.rng.normal(0, 0.03, LIVED))
        for dimension in ("total", "country", "plan", "channel"):
            for i, (name, members) in enumerate(self.by(dimension)):
                spend = {"total": spends.sum(0), "channel": spends[i]}.get(dimension)
                ledger = people if dimension == "total" else None
                parts = self.parts(members, spend, ledger)
                for kpi, values in parts.items():
                    made[kpi, dimension, name] = values
        return made

    def parts(
        self, who: np.ndarray, spend: np.ndarray | None, ledger: np.ndarray | None
    ) -> dict[str, np.ndarray]:
        """Return numerator, denominator and value of the KPIs of some customers."""
        opening, closing = self.opening[:, who], self.mrr[:, who]
        born, died = self.born[who], self.died[who]
        month = np.arange(LIVED)
        was, is_now = opening > 0, closing > 0
        new = (born[None, :] == month[:, None]) & is_now
        lost = (was & ~is_now).sum(1)
        change = np.where(was & is_now, closing - opening, 0)
        expansion, contraction = np.maximum(change, 0).sum(1), np.maximum(-change, 0).sum(1)
        churned, new_mrr = np.where(was & ~is_now, opening, 0).sum(1), (closing * new).sum(1)
        open_mrr, close_mrr = opening.sum(1), closing.sum(1)
        arrived = (born[None, :] == month[:, None]).sum(1)
        made = {
            "customer_churn_rate": ratio(lost, was.sum(1)),
            "gross_mrr_churn_rate": ratio(contraction + churned, open_mrr),
            "net_revenue_retention": ratio(open_mrr + expansion - contraction - churned, open_mrr),
            "quick_ratio": ratio(new_mrr + expansion, contraction + churned),
            "arpa": ratio(close_mrr, is_now.sum(1)),
            "closing_mrr": whole(close_mrr),
            "new_customers": whole(arrived),
            "active_users": whole(self.users[:, who].sum(1)),
        }
        for n in (1, 3, 6, 12):
            made[f"retention_month_{n}"] = cohorts(born, died, n)
        orders, revenue = self.orders[:, who].sum(1), self.order_revenue[:, who].sum(1)
        refunds = self.refunds[:, who].sum(1)
        buys = self.orders[:, who] > 0
        before = np.vstack([np.zeros(buys.shape[1], bool), np.cumsum(buys, 0)[:-1] > 0])
        bought = np.array([buys[max(0, m - 3) : m].any(0) for m in month])
        lapses = np.zeros(buys.shape, bool)
        lapses[3:] = buys[:-3] & ~(buys[1:-2] | buys[2:-1] | buys[3:])
        net = revenue - refunds + (open_mrr + close_mrr) / 2
        gross = net - self.cost[:, who].sum(1) - 0.2 * (open_mrr + close_mrr) / 2
        answers = self.answers[:, who].sum(1)
        made |= {
            "net_revenue": whole(net),
            "gross_margin": ratio(gross, net),
            "average_order_value": ratio(revenue, orders),
            "refund_rate": ratio(refunds, revenue),
            "repeat_purchase_rate": ratio((buys & before).sum(1), buys.sum(1)),
            "lapsed_customer_rate": ratio(lapses.sum(1), bought.sum(1)),
            "nps": ratio(
                100.0 * (self.promoters[:, who].sum(1) - self.detractors[:, who].sum(1)), answers
            ),
            "csat": ratio(self.satisfied[:, who].sum(1), self.scored[:, who].sum(1)),
            "stickiness": ratio(self.daily_users[:, who].sum(1), self.users[:, who].sum(1)),
            "activation_rate": ratio((new & self.activates[who]).sum(1), arrived),
            "median_resolution_hours": derived(medians(self.tickets[:, who], self.hours[:, who])),
        }
        churn = made["customer_churn_rate"][2]
        lifetime = made["arpa"][2] * made["gross_margin"][2] / np.where(churn > 0, churn, np.nan)
        made["ltv"] = derived(lifetime)
        if spend is not None:
            cac = ratio(spend, arrived)
            if spend.max() > 0:
                made["cac"] = cac
                made["cac_payback_months"] = derived(
                    cac[2] / (made["arpa"][2] * made["gross_margin"][2])
                )
                made["ltv_to_cac"] = derived(lifetime / cac[2])
            if ledger is not None:
                made["contribution_margin"] = ratio(gross - spend, net)
        if ledger is not None:
            income = gross - spend - ledger
            made["fully_loaded_cac"] = ratio(spend + 0.3 * ledger, arrived)
            made["operating_margin"] = ratio(income, net)
            made["burn_multiple"] = ratio(-income, (close_mrr - open_mrr) * 12)
            past = np.full(LIVED, np.nan)
            past[12:] = np.where(net[:-12] > 0, net[12:] / np.maximum(net[:-12], 1) - 1, np.nan)
            made["rule_of_40"] = derived(past + made["operating_margin"][2])
        return made


def entries() -> dict[str, dict]:
    """Return what the marts' YAML says of each KPI that is judged."""
    found = {}
    for file in (REPOSITORY / "models/kpi").glob("*/*.yml"):
        for model in yaml.safe_load(file.read_text()).get("models", []):
            for column in model.get("columns", []):
                kpi = column.get("config", {}).get("meta", {}).get("kpi", {})
                if kpi.get("judged"):
                    found[column["name"]] = kpi
    return found


def ratio(numerator: np.ndarray, denominator: np.ndarray) -> np.ndarray:
    """Return the parts of a ratio; no value where the denominator is 0."""
    top, bottom = numerator.astype(float), denominator.astype(float)
    value = np.divide(top, bottom, out=np.full(len(top), np.nan), where=bottom != 0)
    return np.vstack([top, bottom, value])


def whole(value: np.ndarray) -> np.ndarray:
    """Return the parts of a flow or stock."""
    return np.vstack([value.astype(float), np.full(len(value), np.nan), value.astype(float)])


def derived(value: np.ndarray) -> np.ndarray:
    """Return a value without parts."""
    empty = np.full(len(value), np.nan)
    return np.vstack([empty, empty, value])


def cohorts(born: np.ndarray, died: np.ndarray, n: int) -> np.ndarray:
    """Return who of the month n months before is still there."""
    month = np.arange(LIVED)
    cohort = born[None, :] == (month - n)[:, None]
    stays = cohort & (died[None, :] > month[:, None])
    parts = ratio(stays.sum(1), cohort.sum(1))
    parts[:, :n] = np.nan
    return parts


def medians(tickets: np.ndarray, hours: np.ndarray) -> np.ndarray:
    """Return the median of the hours of those who asked in a month."""
    return np.array(
        [
            np.median(row[asked > 0]) if (asked > 0).any() else np.nan
            for asked, row in zip(tickets, hours, strict=True)
        ]
    )
