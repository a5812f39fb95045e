"""A wheel in an empty environment is all that a first project needs, from init to the export.

The environment has the libraries of the tests' own, and okr_metrics from the wheel alone: a guard
in it ends every process that opens a file of the checkout.
"""

import ast
import csv
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import yaml
from conftest import REPOSITORY
from hatchling.build import build_sdist

LIBRARIES = Path(pytest.__file__).parents[1]
GUARD = f"""
import os, sys

def end(event, details):
    if event != "open" or not isinstance(details[0], (str, bytes)):
        return
    path = os.path.realpath(os.fsdecode(details[0]))
    if path.startswith({str(REPOSITORY) + "/"!r}) and not path.startswith({sys.prefix + "/"!r}):
        os.write(2, f"a file of the checkout was opened: {{path}}".encode())
        os._exit(97)

sys.addaudithook(end)
"""


def make_wheel(source: Path, folder: Path) -> Path:
    """Return the wheel of a source, built without a network."""
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-build-isolation", "--no-deps"]
    subprocess.run([*pip, "--no-index", "--wheel-dir", str(folder), str(source)], check=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of this checkout."""
    return make_wheel(REPOSITORY, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def bin_folder(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of commands of an environment in which the wheel is installed."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    (packages,) = folder.glob("lib/*/site-packages")
    (packages / "libraries.pth").write_text(f"{LIBRARIES}\nimport guard\n")
    (packages / "guard.py").write_text(GUARD)
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin/python"), "install"]
    options = ["--quiet", "--no-deps", "--no-index", "--ignore-installed", str(wheel)]
    subprocess.run([*pip, *options], check=True)
    return folder / "bin"


Run = Callable[..., subprocess.CompletedProcess]


@pytest.fixture(scope="module")
def run(bin_folder: Path) -> Run:
    """Return what runs a command of the environment in a folder."""

    def run(command: str, *options: str, folder: Path) -> subprocess.CompletedProcess:
        program = [str(bin_folder / command)]
        if command == "dbt":
            program = [str(bin_folder / "python"), "-m", "dbt.cli.main"]
        return subprocess.run(
            [*program, *options],
            cwd=folder,
            env={"HOME": str(folder), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            timeout=400,
        )

    return run


@pytest.fixture(scope="module")
def folder(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project as `init` has written it, built."""
    place = tmp_path_factory.mktemp("first")
    ran = run("okr-metrics", "init", "tea_shop", folder=place)
    assert ran.returncode == 0, ran.stderr
    # what it says is what a reader types next
    for line in ("cd tea_shop", "dbt deps", "dbt build", "okr-metrics scorecard"):
        assert f"\n  {line}\n" in ran.stdout
    project = place / "tea_shop"
    unbuilt = run("okr-metrics", "scorecard", folder=project)
    assert unbuilt.returncode == 1
    assert "dbt deps" in unbuilt.stdout
    for command in ("deps", "build"):
        ran = run("dbt", command, folder=project)
        assert ran.returncode == 0, ran.stdout[-3000:]
        assert "WARN=0" in ran.stdout or command == "deps"
    return project


def test_what_is_imported_and_built_is_in_the_wheel(bin_folder: Path, folder: Path) -> None:
    """And the guard guards: it ends who reads the checkout."""
    environment = bin_folder.parent
    packages = folder / "dbt_packages/okr_metrics"
    assert packages.resolve().is_relative_to(environment)
    code = "import okr_metrics, pathlib; print(okr_metrics.__file__)"
    python = str(bin_folder / "python")
    said = subprocess.run([python, "-c", code], cwd="/", capture_output=True, text=True).stdout
    assert Path(said.strip()).is_relative_to(environment)
    look = f"open({str(REPOSITORY / 'dbt_project.yml')!r})"
    assert subprocess.run([python, "-c", look], cwd="/", capture_output=True).returncode == 97


def august(folder: Path) -> float:
    """Return what an order of the example was worth on average in its last month."""
    rows = {}
    for name in ("orders", "order_lines"):
        with (folder / f"seeds/example/example_{name}.csv").open() as file:
            rows[name] = list(csv.DictReader(file))
    orders = {
        row["number"]
        for row in rows["orders"]
        if row["placed_at"].startswith("2026-08") and row["state"] == "paid"
    }
    worth = sum(
        float(row["pieces"]) * float(row["price"]) - float(row["discount"] or 0)
        for row in rows["order_lines"]
        if row["order_number"] in orders
    )
    return worth / len(orders)


def test_the_example_is_measured_and_nothing_is_wrong_with_it(run: Run, folder: Path) -> None:
    ran = run("okr-metrics", "scorecard", folder=folder)
    assert ran.returncode == 0, ran.stdout
    (line,) = [line for line in ran.stdout.splitlines() if line.startswith("KR-1")]
    assert line.split()[line.split().index("again") + 1] == f"{august(folder):.0f}" == "46"
    readme = (folder / "README.md").read_text()
    assert "It stands at 46 in August: 60 % of the way" in " ".join(readme.split())
    with duckdb.connect(folder / "tea_shop.duckdb", read_only=True) as connection:
        score, status = connection.sql(
            "select score::float, status from okr__key_result_attainment"
        ).fetchall()[0]
        assert (round(score, 6), status) == (0.6, "on_track")
        for table in ("okr__quality", "kpi__input_findings", "kpi__rejected_rows"):
            assert connection.sql(f"select * from {table}").fetchall() == [], table


def test_every_command_ends_well(run: Run, folder: Path) -> None:
    doctor = run("okr-metrics", "doctor", folder=folder)
    assert doctor.returncode == 0, doctor.stdout
    assert "Missing columns\n  (none)" in doctor.stdout
    for command, output in {
        "dashboard": "okr_metrics.html",
        "export": "okr_metrics_export/okr_metrics.xlsx",
    }.items():
        ran = run("okr-metrics", command, folder=folder)
        assert ran.returncode == 0, ran.stderr
        assert (folder / "target" / output).exists()
    page = (folder / "target/okr_metrics.html").read_text()
    assert "An average order is worth 50 again" in page
    query = run("okr-metrics", "lineage", "KR-1", folder=folder)
    assert query.returncode == 0, query.stdout
    with duckdb.connect(folder / "tea_shop.duckdb", read_only=True) as connection:
        rows = connection.sql(query.stdout)
        sides = dict(rows.aggregate("side, sum(contribution)::float").fetchall())
    assert sides["numerator"] / sides["denominator"] == august(folder)


def test_the_doctor_has_an_exit_code(run: Run, folder: Path) -> None:
    inputs = {"orders": "example_customers", "order_lines": "input_order_lines"}
    variables = json.dumps({"okr_metrics_inputs": inputs})
    ran = run("okr-metrics", "doctor", "--vars", variables, folder=folder)
    assert ran.returncode == 1
    assert "input orders, mapped to 'example_customers', lacks:" in ran.stdout


def test_the_lint_reads_the_seeds_alone(run: Run, folder: Path) -> None:
    """It needs no profile, and leaves the tables and the manifest of the build as they are."""
    manifest = (folder / "target/manifest.json").read_bytes()
    profiles, seed = folder / "profiles.yml", folder / "seeds/okr/okr_key_results.csv"
    profile, good = profiles.read_text(), seed.read_text()
    profiles.unlink()
    try:
        ran = run("okr-metrics", "lint", folder=folder)
        assert (ran.returncode, "0 error(s)" in ran.stdout) == (0, True), ran.stdout
        seed.write_text(good.replace("average_order_value", "average_order_valeu"))
        ran = run("okr-metrics", "lint", folder=folder)
        assert (ran.returncode, "average_order_valeu" in ran.stdout) == (1, True), ran.stdout
    finally:
        profiles.write_text(profile)
        seed.write_text(good)
    assert (folder / "target/manifest.json").read_bytes() == manifest


def test_init_refuses_what_it_would_spoil(run: Run, folder: Path, tmp_path: Path) -> None:
    for name, sentence in {
        str(folder): "is there and not empty: choose a new folder.",
        "Tea-Shop": "Tea-Shop can't be the name of a dbt project",
        "okr_metrics": "okr_metrics is the name of the package",
    }.items():
        ran = run("okr-metrics", "init", name, folder=tmp_path)
        assert (ran.returncode, sentence in ran.stderr) == (1, True), ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_help_says_what_each_command_does(run: Run, tmp_path: Path) -> None:
    listed = run("okr-metrics", "--help", folder=tmp_path).stdout
    commands = re.findall(r"^  ([a-z]+)  ", listed.split("Commands:\n")[1], re.MULTILINE)
    first = ["init", "doctor", "scorecard", "dashboard", "export", "push", "lint", "lineage"]
    assert commands[: len(first)] == first
    # whole, where a list has no room for it
    assert "..." not in listed.split("Commands:\n")[1]
    for command in commands:
        ran = run("okr-metrics", command, "--help", folder=tmp_path)
        assert (ran.returncode, len(ran.stdout) > 300) == (0, True), command
    assert run("okr-metrics", "scorecrad", folder=tmp_path).returncode == 2
    wrong = run("okr-metrics", "doctor", "--vars", "[a]", folder=tmp_path)
    assert (wrong.returncode, "must be a mapping" in wrong.stderr) == (2, True)
    nowhere = run("okr-metrics", "doctor", folder=tmp_path)
    assert (nowhere.returncode, "holds no dbt_project.yml" in nowhere.stderr) == (1, True)
    said = run("okr-metrics", "--version", folder=tmp_path).stdout
    version = yaml.safe_load((REPOSITORY / "dbt_project.yml").read_text())["version"]
    assert said.startswith(f"okr_metrics {version}, its dbt package in /")


def test_the_source_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    archive = tmp_path / build_sdist(str(tmp_path))
    with zipfile.ZipFile(wheel) as first:
        files = {entry.filename: entry.CRC for entry in first.infolist()}
    with zipfile.ZipFile(make_wheel(archive, tmp_path / "again")) as second:
        assert {entry.filename: entry.CRC for entry in second.infolist()} == files
    with tarfile.open(archive) as source:
        assert not [name for name in source.getnames() if "tests/python" in name]
    dbt = [name for name in files if name.startswith("okr_metrics/dbt_package/")]
    tracked = subprocess.run(
        ["git", "ls-files", "dbt_project.yml", "macros", "models", "seeds", "snapshots", "tests"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert {name.removeprefix("okr_metrics/dbt_package/") for name in dbt} == {
        name for name in tracked if not name.endswith(".py")
    }


def test_the_template_has_a_view_for_each_input() -> None:
    """With the columns of the contract, and mapped under their names."""
    template = REPOSITORY / "okr_metrics/new_project/template"
    (macro,) = REPOSITORY.glob("macros/**/input_contract.sql")
    text = re.search(r"return\((.*?)\) }}", macro.read_text(), re.DOTALL)[1]
    contract = ast.literal_eval(text.replace("true", "True").replace("false", "False"))
    project = (template / "dbt_project.yml").read_text().replace("# ", "")
    mapped = yaml.safe_load(re.search(r"  okr_metrics_inputs:\n(    .*\n)+", project)[0])
    mapped = mapped["okr_metrics_inputs"]
    operational = [name for name in contract if not name.startswith("okr_") and name != "kpi_tree"]
    assert [name for name in mapped if not name.startswith("okr_")] == operational
    for name in operational:
        assert mapped[name] == f"input_{name}"
        sql = (template / f"models/inputs/input_{name}.sql").read_text()
        # the view is off where another model is mapped, such as a seed
        assert f"enabled='input_{name}' in (var('okr_metrics_inputs') | string)" in sql
        code = re.sub(" *--.*", "", sql).split("select")[1].split("from {{")[0]
        columns = [column.split()[-1] for column in code.split(",\n")]
        assert columns == list(contract[name]), name
        optional = [
            line.split(",")[0].split("--")[0].split()[-1]
            for line in sql.splitlines()
            if "-- optional" in line
        ]
        assert optional == [column for column, may in contract[name].items() if may], name
