"""Puts the sections together into one HTML file that needs nothing else."""

from datetime import date

from jinja2 import Environment, PackageLoader, StrictUndefined

from okr_metrics.dashboard.attention import Attention
from okr_metrics.dashboard.formats import Formats
from okr_metrics.dashboard.headline import headline
from okr_metrics.dashboard.health import HealthSection
from okr_metrics.dashboard.labels import Labels
from okr_metrics.dashboard.okr import OkrSection
from okr_metrics.dashboard.summary import of_data, summary
from okr_metrics.dashboard.trust import TrustSection
from okr_metrics.dashboard.why import WhySection
from okr_metrics.marts import Marts


def environment(formats: Formats) -> Environment:
    """Return the templates; every text is escaped unless it is a drawing of ours."""
    made = Environment(
        loader=PackageLoader("okr_metrics.dashboard"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["told"] = formats.told
    return made


def calendar_labels(marts: Marts) -> dict[tuple[str, date], str]:
    """Return the labels of periods by grain and first day, where the months are the company's own.

    A month of theirs begins on any day, so that its common name would be of another month.
    """
    labels = {}
    for table in ("kpi__margin", "kpi__usage", "kpi__satisfaction"):
        if table in marts.tables():
            columns = "period_grain, period_start, period_label"
            for row in marts.rows(table, columns, dimension="total"):
                if row["period_grain"] in ("month", "quarter", "year"):
                    labels[row["period_grain"], row["period_start"]] = row["period_label"]
    return labels if any(start.day != 1 for _, start in labels) else {}


def render(marts: Marts) -> str:
    """Return the page of the marts, in their language."""
    labels = Labels(marts.settings.get("language") or "en")
    formats = Formats(labels, marts.settings["reporting_currency"])
    formats.period_labels = calendar_labels(marts)
    okr = OkrSection(marts, formats)
    day = marts.as_of
    health = HealthSection(marts, formats, day)
    return (
        environment(formats)
        .get_template("page.html.j2")
        .render(
            labels=labels,
            language=labels.language,
            currency=formats.currency,
            as_of=formats.day(day),
            headline=headline(formats, health),
            attention=Attention(marts, formats, okr, health, day).view(),
            summary=summary(marts, formats, okr, day),
            data_figures=of_data(marts, formats),
            okr=okr.view(),
            health=health.view(),
            why=WhySection(marts, formats, okr, health, day).view(),
            trust=TrustSection(marts, formats, okr, health, day).view(),
            tree_period=health.last_period(),
        )
    )
