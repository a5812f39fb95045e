"""The schedules run their steps in order, stop at a failed build, and never two at once."""

import ast
import fcntl
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import yaml
from conftest import REPOSITORY
from webhooks import SECRET, open_hook

PAGE = REPOSITORY / "docs/schedules.md"
SCRIPT = REPOSITORY / "okr_metrics/schedules/run.sh"
BIN = Path(sys.executable).parent
COMMAND = str(BIN / "okr-metrics")
# what cron gives; the code of this checkout, whichever the command was installed from
BARE = {"HOME": os.environ.get("HOME", "/"), "PATH": "/usr/bin:/bin", "LOGNAME": "okr"}
BARE |= {"PYTHONPATH": str(REPOSITORY)}
# a table and a data test instead of the whole demo, which is built already
A_LITTLE = "--select kpi__catalog assert_rows_reconcile"
# the export of all takes half a minute of CPU, and has tests of its own
FEWER_ROWS = [
    f"delete from {table} where period_grain != 'month' or period_start < '2026-06-01'"
    for table in ("kpi__values", "kpi__health", "kpi__drivers")
]


def block(section: str, language: str) -> str:
    """Return what a section of the page holds to be copied."""
    (text,) = re.findall(
        rf"^## {section}\n.*?^```{language}\n(.*?)^```", PAGE.read_text(), re.M | re.S
    )
    return text


class Host:
    """A machine whose settings are in a file, as the crontab names it."""

    def __init__(self, folder: Path, **settings: str | Path) -> None:
        """Write the settings; what is built goes to `output`, what is remembered to `state`."""
        self.output, self.state = folder / "output", folder / "state"
        self.settings = folder / "settings.env"
        self.set(
            OKR_METRICS_OUTPUT=self.output,
            OKR_METRICS_STATE=self.state,
            **settings,
        )

    def set(self, **settings: str | Path) -> None:
        """Add settings, or replace them."""
        with self.settings.open("a") as file:
            file.writelines(f"{name}='{value}'\n" for name, value in settings.items())

    def run(self, *steps: str) -> subprocess.CompletedProcess:
        """Run the command; its output is standard output and standard error in one."""
        return self.shell(COMMAND, "run", *steps)

    def shell(self, *command: str, **environment: str) -> subprocess.CompletedProcess:
        """Run a command with what cron gives and the settings."""
        return subprocess.run(
            command,
            env=BARE | {"OKR_METRICS_SETTINGS": str(self.settings)} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=400,
        )


@pytest.fixture
def host(changed: Callable[..., Path], tmp_path: Path) -> Callable[..., Host]:
    """Return what makes a machine with a copy of the demo, changed by SQL."""

    def make(*statements: str) -> Host:
        return Host(
            tmp_path,
            OKR_METRICS_PROJECT=REPOSITORY,
            OKR_METRICS_DUCKDB=changed(*statements),
            DBT_TARGET_PATH=tmp_path / "duckdb",
            DBT_LOG_PATH=tmp_path / "logs",
            OKR_METRICS_BUILD_ARGUMENTS=A_LITTLE,
        )

    return make


def test_a_run_publishes_and_tells_once(demo: Path, host: Callable[..., Host]) -> None:
    """A page or an export that fails is said, and keeps no alert back."""
    with duckdb.connect(demo, read_only=True) as connection:
        ((alerts,),) = connection.sql("select count(*) from okr__alerts").fetchall()
    here = host(*FEWER_ROWS)
    taken = here.output / "okr_metrics_export/something of mine"
    taken.mkdir(parents=True)
    page = here.output / "okr_metrics.html"
    page.mkdir()
    with open_hook() as hook:
        here.set(OKR_METRICS_WEBHOOK=hook.address)
        ran = here.run()
        assert ran.returncode == 1, ran.stdout
        assert ran.stdout.endswith("the build is well; failed after it: dashboard export\n")
        assert len(hook.texts) == alerts > 0
        taken.rmdir()
        taken.parent.rmdir()
        page.rmdir()
        ran = here.run()
        assert ran.returncode == 0, ran.stdout
        assert f"0 sent, {alerts} sent before" in ran.stdout
        assert len(hook.texts) == alerts
    assert SECRET not in ran.stdout
    assert '<html lang="en"' in page.read_text()
    assert (here.output / "okr_metrics_export/okr_metrics.xlsx").exists()


def test_after_a_failed_build_nothing_is_published_or_sent(host: Callable[..., Host]) -> None:
    """Run as cron runs the line of the crontab, which then mails what is printed."""
    here = host("update kpi__reconciliation set rows_read = rows_read + 1")
    here.output.mkdir()
    (here.output / "okr_metrics.html").write_text("the last good page")
    *_, line = block("cron", "cron").splitlines()
    command = line.split(maxsplit=5)[5]
    with open_hook() as hook:
        here.set(OKR_METRICS_WEBHOOK=hook.address)
        ran = here.shell("/bin/sh", "-c", command, RUN=COMMAND)
    assert ran.returncode == 1
    assert "in test assert_rows_reconcile" in ran.stdout
    assert "the build failed: nothing is published or sent" in ran.stdout
    assert hook.paths == []
    assert [file.name for file in here.output.iterdir()] == ["okr_metrics.html"]
    assert (here.output / "okr_metrics.html").read_text() == "the last good page"


def test_a_build_is_tried_as_often_as_is_set(tmp_path: Path) -> None:
    (tmp_path / "dbt_project.yml").write_text("name: '-'")
    here = Host(tmp_path, OKR_METRICS_PROJECT=tmp_path)
    here.set(OKR_METRICS_TRIES="2", OKR_METRICS_PAUSE="0")
    ran = here.run("build")
    assert ran.returncode == 1
    assert ran.stdout.count("the build failed; once more in 0 s") == 1
    assert ran.stdout.count("nothing is published or sent") == 1


def test_two_runs_never_overlap(tmp_path: Path) -> None:
    """Steps that read share the lock; a build, and a run of all, wants it alone."""
    (tmp_path / "dbt_project.yml").touch()
    here = Host(tmp_path, OKR_METRICS_PROJECT=tmp_path)
    here.state.mkdir()
    with (here.state / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        assert here.run("build").returncode == here.run().returncode == 75
        ran = here.run("alerts")
        assert (ran.returncode, ran.stdout.count("no alert is sent")) == (0, 1)
        fcntl.flock(lock, fcntl.LOCK_EX)
        ran = here.run("alerts")
        assert ran.returncode == 75
        assert f"another run is going on (it holds {here.state}/lock)" in ran.stdout


def test_a_wrong_use_says_what_is_right(tmp_path: Path) -> None:
    here = Host(tmp_path, OKR_METRICS_PROJECT=tmp_path)
    ran = here.run()
    assert (ran.returncode, "set OKR_METRICS_PROJECT" in ran.stdout) == (64, True)
    (tmp_path / "dbt_project.yml").touch()
    ran = here.run("publish")
    assert (ran.returncode, "build, dashboard, export, alerts" in ran.stdout) == (64, True)
    # the script itself, without what okr-metrics puts on the PATH
    ran = here.shell(str(SCRIPT))
    assert (ran.returncode, "dbt isn't on the PATH" in ran.stdout) == (64, True)
    here.settings.unlink()
    ran = here.run()
    assert (ran.returncode, str(here.settings) in ran.stdout) == (64, True)


def test_every_setting_is_in_the_table_and_used() -> None:
    name = r"\b(?:OKR_METRICS|DBT)_[A-Z_]+[A-Z]\b"
    rows = re.findall(r"^\| (`.*?) \|", PAGE.read_text(), re.MULTILINE)
    assert set(re.findall(name, "".join(rows))) == set(re.findall(name, SCRIPT.read_text()))
    (others,) = re.findall(r"read three more:(.*?)\n\n", PAGE.read_text(), re.DOTALL)
    for orchestrator in ("Airflow", "Dagster"):
        code = block(orchestrator, "python")
        assert set(re.findall(name, others)) == set(re.findall(name, code)), orchestrator


def test_the_workflow_pins_its_actions_and_publishes_no_failed_run() -> None:
    workflow = yaml.safe_load(block("GitHub Actions", "yaml"))
    steps = workflow["jobs"]["daily"]["steps"]
    actions = [step["uses"] for step in steps if "uses" in step]
    assert len(actions) > 3
    assert [use for use in actions if not re.fullmatch(r"actions/[a-z/-]+@[0-9a-f]{40}", use)] == []
    after = steps[[step.get("run") for step in steps].index("okr-metrics run") + 1 :]
    # of what comes after a failure only the memory is kept, never the page
    assert [step["uses"].split("@")[0] for step in after if "if" in step] == ["actions/cache/save"]


@pytest.mark.parametrize("name", ["airflow", "dagster"])
def test_the_orchestrator_runs_the_steps(name: str, host: Callable[..., Host]) -> None:
    """Where one is installed, with OKR_METRICS_AIRFLOW or _DAGSTER its virtual environment."""
    text = block(name.capitalize(), "python")
    ast.parse(text)
    environment = os.environ.get(f"OKR_METRICS_{name.upper()}")
    if not environment:
        pytest.skip(f"{name} is too large for CI: name its virtual environment")
    here = host()
    home = here.settings.parent / name
    (home / "dags").mkdir(parents=True)
    code = home / "dags" / f"{name}_okr_metrics.py"
    code.write_text(text)
    (home / "dagster.yaml").touch()
    commands = {
        "airflow": "airflow db migrate && airflow dags test okr_metrics",
        "dagster": f"dagster job execute -f '{code}' -j okr_metrics",
    }
    ran = here.shell(
        *("bash", "-c", commands[name]),
        PATH=f"{environment}/bin:{BARE['PATH']}",
        OKR_METRICS_COMMAND=COMMAND,
        AIRFLOW_HOME=str(home),
        DAGSTER_HOME=str(home),
        AIRFLOW__CORE__LOAD_EXAMPLES="False",
    )
    assert ran.returncode == 0, ran.stdout[-3000:]
    assert (here.output / "okr_metrics.html").exists()
    assert (here.output / "okr_metrics_export/okr_metrics.xlsx").exists()
