"""Puts the sections together into one HTML file that needs nothing else."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from okr_metrics.dashboard.formats import Formats
from okr_metrics.dashboard.health import HealthSection
from okr_metrics.dashboard.labels import Labels
from okr_metrics.dashboard.okr import OkrSection
from okr_metrics.dashboard.summary import summary
from okr_metrics.dashboard.trust import TrustSection
from okr_metrics.dashboard.why import WhySection
from okr_metrics.marts import Marts


def environment() -> Environment:
    """Return the templates; every text is escaped unless it is a drawing of ours."""
    return Environment(
        loader=PackageLoader("okr_metrics.dashboard"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(marts: Marts, language: str) -> str:
    """Return the page of the marts in one of languages()."""
    labels = Labels(language)
    formats = Formats(labels, marts.settings["reporting_currency"])
    okr = OkrSection(marts, formats)
    day = marts.as_of
    health = HealthSection(marts, formats, day)
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            labels=labels,
            language=language,
            currency=formats.currency,
            as_of=formats.day(day),
            summary=summary(marts, formats, okr, day),
            okr=okr.view(),
            health=health.view(),
            why=WhySection(marts, formats, health, day).view(),
            trust=TrustSection(marts, formats, okr, health, day).view(),
            tree_period=health.last_period(),
        )
    )
