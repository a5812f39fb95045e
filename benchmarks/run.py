"""Measures the package against its baselines: python -m benchmarks.run XS S [--pairs 7].

For each size: generate, then pairs of runs on a fresh database (the package, the hand-written
script, the null DAG, the package after one more day); the numbers of the first are compared with
two other programs. results.json keeps the figures of every size; from them `report.py` writes
results.md and results.svg.
"""

import argparse
import json
import os
import platform
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

import yaml

from benchmarks.check import differences_by_hand, differences_from_oracle
from benchmarks.generate import LAST_DAY, NEXT_DAY, SIZES, generate
from benchmarks.project import REPOSITORY, NullDag, Ran, Shop, run
from benchmarks.questions import ask, ask_mart
from benchmarks.report import write_report

RESULTS = REPOSITORY / "benchmarks/results.json"


class Benchmark:
    """One size: its data, its projects, what was measured."""

    def __init__(self, name: str, folder: Path, memory: str) -> None:
        """Generate the data unless they are there, write the projects, parse."""
        self.name, self.folder, self.memory = name, folder / name.lower(), memory
        self.events = SIZES[name] if name in SIZES else int(name)
        data = self.folder / "data"
        if not (data / "next_day/exchange_rates.parquet").exists():
            apart(generate, data, self.events, 1, memory)
        self.parquet_bytes = sum(path.stat().st_size for path in data.glob("history/*"))
        self.shop = Shop(self.folder / "shop", data, memory)
        self.cold_parse = self.shop.dbt("parse")

    def build(self) -> Ran:
        """Build the package on the history, from nothing."""
        self.shop.start_anew()
        self.shop.use(LAST_DAY)
        self.shop.dbt("parse")
        return self.shop.dbt("build")

    def add_day(self) -> Ran:
        """Build again after one more day has arrived; what parses the new date isn't counted."""
        self.shop.use(NEXT_DAY)
        self.shop.dbt("parse")
        return self.shop.dbt("build")

    def make_null_dag(self) -> NullDag:
        """Write the null DAG of the shop as it is parsed now."""
        null_dag = NullDag(self.folder / "null_dag", self.shop)
        null_dag.dbt("parse")
        return null_dag

    def run_by_hand(self) -> Ran:
        """Run the hand-written script on what the shop reads now."""
        database = self.folder / "by_hand.duckdb"
        database.unlink(missing_ok=True)
        arguments = [self.shop.folder / "data", database, self.shop.as_of, self.memory]
        command = [sys.executable, "-m", "benchmarks.handwritten", *arguments]
        return run(command, REPOSITORY, self.folder / "by_hand.log")

    def check(self) -> int:
        """Compare all numbers; return how many. AssertionError with the first that differ."""
        if self.shop.as_of == NEXT_DAY:
            self.run_by_hand()
        database = self.shop.database
        by_hand, others = apart(differences_by_hand, database, self.folder / "by_hand.duckdb")
        by_oracle, more = apart(
            differences_from_oracle, database, self.shop.folder / "data", self.shop.as_of
        )
        assert not others and not more, f"{len(others)}, {len(more)}: {(others + more)[:5]}"
        print(f"{self.name}: {by_hand} values as by hand, {by_oracle} as by Polars", flush=True)
        return by_hand

    def seconds_by_model(self) -> dict[str, float]:
        """Return {node: seconds} of the last build, the ten longest; two run at a time."""
        results = json.loads((self.shop.folder / "target/run_results.json").read_text())["results"]
        seconds = {row["unique_id"].split(".")[2]: row["execution_time"] for row in results}
        return dict(sorted(seconds.items(), key=lambda item: -item[1])[:10])

    def ask_metricflow(self) -> dict[str, list[float]]:
        """Return {KPI: [milliseconds by MetricFlow, by kpi__values]} for what both can say."""
        self.shop.semantic = True
        self.shop.use(LAST_DAY)
        self.shop.dbt("run", "--select", "kpi__time_spine", "int_kpi__subscription_days")
        answers = self.folder / "metricflow.json"
        script = [sys.executable, "-m", "benchmarks.questions", answers]
        # MetricFlow reads manifest and profile in the current folder
        run(script, self.shop.folder, self.folder / "mf.log", PYTHONPATH=str(REPOSITORY))
        self.shop.semantic = False
        asked = json.loads(answers.read_text())
        marts = apart(ask_mart, self.shop.database, list(asked))
        return {kpi: [asked[kpi], mart] for kpi, mart in marts.items()}

    def measure(self, pairs: int, metricflow: bool) -> dict:
        """Time so many pairs, the first one checked; CPU and wall in seconds, memory in bytes."""
        null_dag = self.make_null_dag()
        measured = {
            "events": self.events,
            "parquet_bytes": self.parquet_bytes,
            "cold_parse": as_figures(self.cold_parse),
            "load": [os.getloadavg()[0]],
            "machine": machine(self.memory),
            "pairs": [],
        }
        for number in range(pairs):
            pair = {"build": as_figures(self.build()), "by_hand": as_figures(self.run_by_hand())}
            if number == 0:
                measured |= self.look_at_build(metricflow)
            null_dag.start_anew()
            pair["null_dag"] = as_figures(null_dag.dbt("build"))
            pair["one_day"] = as_figures(self.add_day())
            if number == 0:
                self.check()
                if self.events <= SIZES["S"]:
                    measured["rebuild"] = as_figures(self.shop.dbt("build"))
            measured["pairs"].append(pair)
            measured["load"].append(os.getloadavg()[0])
            print(f"{self.name}: pair {number + 1} of {pairs}", flush=True)
        return measured

    def look_at_build(self, metricflow: bool) -> dict:
        """Return what is asked of the first build, once its numbers are right."""
        return {
            "values_compared": self.check(),
            "database_bytes": self.shop.database.stat().st_size,
            "seconds_by_model": self.seconds_by_model(),
            "questions": apart(ask, self.shop.database),
            "metricflow": self.ask_metricflow() if metricflow else {},
        }


def apart(function: Callable, *arguments: object) -> object:
    """Call in a process of its own: a child's peak memory counts what its parent held before."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def as_figures(ran: Ran) -> dict:
    """Return what is kept of a run."""
    return {"cpu": ran.cpu, "wall": ran.wall, "peak_bytes": ran.peak_bytes}


def machine(memory: str) -> dict:
    """Return versions and the machine."""
    project = yaml.safe_load((REPOSITORY / "dbt_project.yml").read_text())
    packages = ("duckdb", "dbt-core", "dbt-duckdb", "polars", "metricflow")
    return {
        "versions": {"okr_metrics": project["version"]}
        | {name: version(name) for name in packages},
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "memory_limit": memory,
    }


def main() -> None:
    """Run the sizes named, keep the others' figures, write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", help=f"{', '.join(SIZES)} or a number of events")
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--memory", default="12GB", help="DuckDB's memory_limit")
    parser.add_argument("--folder", type=Path, default=REPOSITORY / "target/benchmark")
    parser.add_argument("--metricflow", action="store_true", help="ask MetricFlow for each KPI too")
    parser.add_argument("--drop", action="store_true", help="delete a size's files when it is done")
    chosen = parser.parse_args()
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    for name in chosen.sizes:
        benchmark = Benchmark(name, chosen.folder.resolve(), chosen.memory)
        results[name] = benchmark.measure(chosen.pairs, chosen.metricflow)
        RESULTS.write_text(json.dumps(results, indent=1) + "\n")
        write_report(results, RESULTS.parent)
        if chosen.drop:
            shutil.rmtree(benchmark.folder)


if __name__ == "__main__":
    main()
