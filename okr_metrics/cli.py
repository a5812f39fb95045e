"""The command okr-metrics. What a subcommand needs is imported when it runs: --help needs click."""

import os
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click
import yaml

from okr_metrics import DBT_PACKAGE
from okr_metrics.libraries import needed
from okr_metrics.problem import Problem
from okr_metrics.project import Project

SCRIPT = Path(__file__).parent / "schedules" / "run.sh"


class Commands(click.Group):
    """Subcommands that end with a sentence and exit code 1 where they can't do what is asked."""

    def invoke(self, context: click.Context) -> Any:
        """Run a subcommand."""
        try:
            return super().invoke(context)
        except Problem as problem:
            click.echo(problem, err=True)
            context.exit(1)

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names in the order in which a project needs them."""
        return list(self.commands)


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(
    package_name="okr_metrics", message=f"okr_metrics %(version)s, its dbt package in {DBT_PACKAGE}"
)
def main() -> None:
    """KPIs, and OKRs that are measured by them, in your dbt project.

    \b
    Your first project, with example data that you replace by your own:
      okr-metrics init my_company && cd my_company
      dbt deps
      dbt build                 makes the tables
      okr-metrics doctor        says what is mapped, and what is missing
      okr-metrics scorecard     prints how far each key result is
      okr-metrics dashboard     writes the page

    All commands but init run in the folder of a dbt project that has okr_metrics installed, and
    take dbt's own options for another folder, profile or target.

    Exit codes: 0 all is well, 1 something has to be mended first (it is said what), 2 wrong use.
    """


def variables(_: click.Context, option: click.Parameter, text: str | None) -> dict[str, Any]:
    """Return dbt's --vars as a mapping."""
    try:
        found = yaml.safe_load(text or "{}")
    except yaml.YAMLError as error:
        raise click.BadParameter(f"is no YAML: {error}", param=option) from None
    if not isinstance(found, dict):
        raise click.BadParameter("must be a mapping, such as '{name: value}'", param=option)
    return found


def in_project(command: Callable[..., None]) -> Callable[..., None]:
    """Give a subcommand the project that dbt's options name, as its first argument."""

    @click.option(
        "--project-dir",
        type=click.Path(path_type=Path),
        default=".",
        envvar="DBT_PROJECT_DIR",
        help="Folder of dbt_project.yml; the working folder otherwise.",
    )
    @click.option(
        "--profiles-dir",
        envvar="DBT_PROFILES_DIR",
        help="Folder of profiles.yml; otherwise the project's, then ~/.dbt.",
    )
    @click.option(
        "--target", envvar="DBT_TARGET", help="Target of the profile; its default otherwise."
    )
    @click.option("--vars", "variables", callback=variables, help="dbt's --vars, as YAML.")
    @wraps(command)
    def run(
        project_dir: Path,
        profiles_dir: str | None,
        target: str | None,
        variables: dict[str, Any],
        **options: Any,
    ) -> None:
        command(Project(project_dir, profiles_dir, target, variables), **options)

    return run


def end(is_well: bool) -> None:
    """End with the exit code of a command that has said all."""
    sys.exit(0 if is_well else 1)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--source",
    "sources",
    multiple=True,
    help="A source whose raw tables are read, such as stripe; as often as there are sources.",
)
@click.option("--loader", default="fivetran", show_default=True, help="What loads them.")
@click.option(
    "--schema",
    "schemas",
    multiple=True,
    help="The schema of a source's raw tables, one for each --source in their order; without it"
    " the schema has the name of the source.",
)
def init(folder: Path, sources: Sequence[str], loader: str, schemas: Sequence[str]) -> None:
    """Write a new dbt project that builds at once, with example data or from raw tables.

    FOLDER must be new or empty; its name becomes the name of the project (small letters, digits and
    underscores). It gets a DuckDB profile, a view to fill in for each input (those of the example
    are on), the OKR seeds with one worked example, and a README that says what to do next.

    With --source it has no example: it reads the raw tables of the sources as they were loaded, and
    its one key result is measured by them.
    """
    from okr_metrics.new_project import Source, create

    if schemas and len(schemas) != len(sources):
        raise Problem("Give one --schema for each --source, in their order, or none.")
    named = [
        Source(source, loader, schema)
        for source, schema in zip(sources, schemas or sources, strict=True)
    ]
    click.echo(create(folder, named))


@main.command()
@in_project
def doctor(project: Project) -> None:
    """Say what is mapped, and what is missing.

    It lists the inputs and what is off without the others, the columns that are missing (with the
    line to paste), what isn't built yet (with the command), and the settings and policies in force.
    It changes nothing.

    Exit code: 0 if nothing keeps a build back, 1 if something has to be mended, or no KPI is
    measured yet.
    """
    end(project.doctor())


@main.command()
@in_project
def scorecard(project: Project) -> None:
    """Print how far each key result is.

    And where it is heading: the forecast for its due date, and the odds that it meets its target.
    It reads the tables of the last `dbt build`.
    """
    end(project.scorecard())


@main.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default="target/okr_metrics.html",
    show_default=True,
)
@in_project
def dashboard(project: Project, output: Path) -> None:
    """Write the page: one HTML file that opens from disk.

    It shows the OKRs, the health of the KPIs, why they moved, and what can be trusted, from the
    tables of the last `dbt build` and in their language. It needs no network and no server.
    """
    with needed("dashboard", "dbt", "babel", "jinja2", "vl_convert"):
        from okr_metrics.dashboard.write import write_page
    size = write_page(project, output)
    click.echo(f"{output}: {size:.2f} MB")


@main.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default="target/okr_metrics_export",
    show_default=True,
    help="A folder of its own: a link that moves to the next export in one step.",
)
@in_project
def export(project: Project, output: Path) -> None:
    """Publish the tables as Parquet and a workbook.

    All tables of the last `dbt build`, or none where one can't be read. Rejected rows are published
    without what may name a person.
    """
    with needed("export", "dbt", "duckdb", "xlsxwriter"):
        from okr_metrics.export.publish import publish
    click.echo(f"{output}: {publish(project, output)}")


@main.command()
@click.option(
    "--webhook-from",
    metavar="VARIABLE",
    help="Environment variable that holds the address of a Slack-compatible webhook: a secret.",
)
@click.option(
    "--mail-to",
    metavar="ADDRESS",
    help="Mail by the server that OKR_METRICS_SMTP_HOST, _FROM, _PORT, _USER and _PASSWORD name.",
)
@click.option(
    "--sent-file",
    type=click.Path(path_type=Path),
    default="target/okr_metrics_sent.sqlite",
    show_default=True,
    help="What was sent before; one for each destination.",
)
@click.option(
    "--timeout", type=float, default=10, show_default=True, help="Seconds to wait for an answer."
)
@in_project
def push(
    project: Project,
    webhook_from: str | None,
    mail_to: str | None,
    sent_file: Path,
    timeout: float,
) -> None:
    """Send the alerts of the last build, each once.

    \b
    For example:
      export OKR_WEBHOOK=https://hooks.slack.com/services/...
      okr-metrics push --webhook-from OKR_WEBHOOK

    Where nobody can know whether an alert arrived it is sent again, and says that it may be a
    repeat.

    Exit code: 0 if all alerts are sent, 1 if some aren't; these wait for the next run.
    """
    if (webhook_from is None) == (mail_to is None):
        raise click.UsageError("name one destination: --webhook-from or --mail-to")
    with needed("push", "dbt"):
        from okr_metrics.send_alerts import push as alerts

    send = alerts.mail(mail_to, timeout) if mail_to else alerts.webhook(str(webhook_from), timeout)
    counts = alerts.push(project, send, sent_file, lambda text: click.echo(text, err=True))
    click.echo(f"{counts.sent} sent, {counts.before} sent before, {counts.unsent} not sent")
    end(counts.unsent == 0)


@main.command()
@in_project
def lint(project: Project) -> None:
    """Check the OKR seeds, without a warehouse.

    It checks every rule of okr__quality that needs no value of a KPI: ids, dates, weights, targets,
    the words of names. The seeds are built in the memory of DuckDB, so a pull request can run it.
    Where your OKRs are no seeds but tables of your warehouse, name its --target.

    Exit code: 0 if nothing is wrong (warnings are printed all the same), 1 for an error.
    """
    end(project.lint())


@main.command()
@click.argument("key_result_id")
@click.option("--as-of", metavar="DAY", help="A day of okr__key_result_progress; else the latest.")
@in_project
def lineage(project: Project, key_result_id: str, as_of: str | None) -> None:
    """Print the query of the rows behind a key result.

    In its result `contribution` adds up, by side, to the numerator and the denominator of the key
    result's actual value exactly.

    \b
    For example:
      okr-metrics lineage KR-1 --as-of 2026-08-31 > rows.sql
    """
    end(project.lineage(key_result_id, as_of))


@main.command()
@click.option(
    "--uri",
    required=True,
    help="SQLAlchemy URI of the tables, such as postgresql://reader@host/database or"
    " duckdb:////path/okr.duckdb?access_mode=read_only&enable_external_access=false.",
)
@click.option("--schema", help="Schema of the tables; the connection's own otherwise.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default="target/okr_metrics_superset.zip",
    show_default=True,
)
def superset(uri: str, schema: str | None, output: Path) -> None:
    """Write a bundle for Apache Superset.

    It holds datasets, charts and a dashboard. Superset takes it with `superset import-dashboards
    --path FILE --username NAME`. Only you may read the file: the URI in it may hold a password.
    """
    from okr_metrics.superset.bundle import write_bundle

    output.parent.mkdir(parents=True, exist_ok=True)
    files = write_bundle(output, uri, schema)
    click.echo(f"{output}: {files} files, to import with: superset import-dashboards --path ...")


@main.command()
@click.argument("step", default="all")
def run(step: str) -> None:
    """Do all that a schedule does each day.

    It builds, writes the page, exports the tables and sends the alerts. STEP is one of build,
    dashboard, export and alerts, or all of them. After a build that failed
    nothing is published or sent, and two runs never overlap. All settings are environment
    variables: the page on schedules lists them.

    Exit codes: 0 all is well, 1 a step failed, 64 wrong use, 75 another run is going on.
    """
    # dbt and this command are beside the Python that runs
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    os.execve("/usr/bin/env", ["env", "bash", str(SCRIPT), step], os.environ | {"PATH": path})
