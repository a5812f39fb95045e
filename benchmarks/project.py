"""A dbt project that installs the package on the generated Parquet, and its null DAG."""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import yaml

from benchmarks.generate import LAST_DAY

REPOSITORY = Path(__file__).resolve().parents[1]
OKRS = {
    "okr_cycles": """\
cycle_id,name,cadence,start_date,end_date,parent_cycle_id
2025q4,Fourth quarter 2025,quarterly,2025-10-01,2025-12-31,""",
    "okr_objectives": """\
objective_id,cycle_id,name,level,owner,parent_objective_id,parent_key_result_id,objective_type,\
priority,weight,origin_kpi_id
O-1,2025q4,Customers stay and use the product,company,Ada,,,committed,1,,
O-2,2025q4,Orders earn more than they cost,company,Bea,,,aspirational,2,,""",
    "okr_key_results": """\
key_result_id,objective_id,name,owner,kpi_id,dimension,dimension_value,period_grain,metric_type,\
weight,indicator_type,start_date,due_date
KR-1,O-1,Monthly churn falls to 2%,Ada,customer_churn_rate,,,month,decrease,,,,
KR-2,O-1,Stickiness reaches 9%,Ada,stickiness,,,month,increase,,,,
KR-3,O-1,NPS of small customers reaches 40,Ada,nps,segment,smb,month,increase,,,,
KR-4,O-2,Orders of the quarter,Bea,orders,,,month,cumulative,,,,
KR-5,O-2,Refunds stay under 1%,Bea,refund_rate,,,month,at_most,,,,
KR-6,O-2,CAC from search falls,Bea,cac,acquisition_channel,search,month,decrease,,,,""",
    "okr_key_result_targets": """\
key_result_id,valid_from,baseline_value,target_value,commit_value,stretch_value,lower_bound,\
upper_bound,reason
KR-1,2025-10-01,,0.02,,,,,
KR-2,2025-10-01,,0.09,,,,,
KR-3,2025-10-01,,40,,,,,
KR-4,2025-10-01,,5000,,,,,
KR-5,2025-10-01,,,,,,0.01,
KR-6,2025-10-01,,10,,,,,""",
}


@dataclass
class Ran:
    """What a child process took: seconds of CPU (user and system) and wall, bytes at its peak."""

    cpu: float
    wall: float
    peak_bytes: int
    output: str


def run(command: list, folder: Path, log: Path, **environment: str) -> Ran:
    """Run a command in a folder, measure it with wait4; RuntimeError where it fails."""
    with log.open("w") as output:
        started = time.perf_counter()
        child = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            env=os.environ | environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
    text = log.read_text()
    if child.returncode != 0:
        raise RuntimeError(f"{command}:\n{text[-4000:]}")
    return Ran(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024, text)


class Scratch:
    """A project in a folder of its own; the data are links, so that a day can be added."""

    def __init__(self, folder: Path, memory: str) -> None:
        """Write the profile; `memory` is DuckDB's limit."""
        self.folder, self.memory = folder, memory
        self.database = folder / "warehouse.duckdb"
        folder.mkdir(parents=True, exist_ok=True)
        # not `settings`, which dbt-duckdb repeats for each cursor: a folder in use can't be set
        options = {
            "memory_limit": memory,
            "temp_directory": str(folder / "spill"),
            "preserve_insertion_order": False,
            "storage_compatibility_version": "v1.0.0",
        }
        output = {
            "type": "duckdb",
            "path": str(self.database),
            "threads": 2,
            "config_options": options,
        }
        self.write("profiles.yml", {"shop": {"target": "dev", "outputs": {"dev": output}}})

    def write(self, name: str, content: dict | str) -> None:
        """Write a file of the project, YAML from a dict."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else yaml.safe_dump(content))

    def dbt(self, *arguments: str) -> Ran:
        """Run dbt in the project."""
        dbt = Path(sys.executable).with_name("dbt")
        return run([dbt, *arguments], self.folder, self.folder / "last_output.txt")

    def start_anew(self) -> None:
        """Drop the database."""
        for path in self.folder.glob("warehouse.duckdb*"):
            path.unlink()


class Shop(Scratch):
    """The project that installs the package: a view of each input over its Parquet files."""

    def __init__(self, folder: Path, data: Path, memory: str, *, semantic: bool = False) -> None:
        """Write the project and install the package; `data` is the generator's folder."""
        super().__init__(folder, memory)
        self.data, self.semantic = data, semantic
        self.inputs = [path.stem for path in sorted((data / "history").glob("*.parquet"))]
        for name, rows in OKRS.items():
            self.write(f"seeds/my_{name}.csv", rows + "\n")
        for name in self.inputs:
            columns = duckdb.sql(f"from '{data}/history/{name}.parquet' limit 0").columns
            files = f"{folder}/data/{name}/*.parquet"
            sql = f"select {', '.join(columns)} from read_parquet('{files}')"
            self.write(f"models/raw_{name}.sql", sql)
        self.write("packages.yml", {"packages": [{"local": str(REPOSITORY)}]})
        self.use(LAST_DAY)
        self.dbt("deps")

    def use(self, as_of: date) -> None:
        """Read what arrived until a day: the history, and the next day where it is later."""
        self.as_of = as_of
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        for part in ["history"] + (["next_day"] if as_of > LAST_DAY else []):
            for name in self.inputs:
                (self.folder / "data" / name).mkdir(parents=True, exist_ok=True)
                os.link(
                    self.data / part / f"{name}.parquet",
                    self.folder / "data" / name / f"{part}.parquet",
                )
        variables = {
            "okr_metrics_inputs": {name: f"raw_{name}" for name in self.inputs}
            | {name: f"my_{name}" for name in OKRS},
            "okr_metrics_as_of_date": str(as_of),
            "okr_metrics_lookback_days": 3,
            "okr_metrics_activation_event": "published",
        } | ({"okr_metrics_semantic_layer": True} if self.semantic else {})
        self.write("dbt_project.yml", {"name": "shop", "profile": "shop", "vars": variables})


class NullDag(Scratch):
    """The same graph with every body `select 1`: what dbt takes without the package's SQL."""

    def __init__(self, folder: Path, shop: Shop) -> None:
        """Write a model or test for each node of the shop's manifest; seeds have one row."""
        super().__init__(folder, shop.memory)
        manifest = json.loads((shop.folder / "target/manifest.json").read_text())
        nodes = {
            key: node
            for key, node in manifest["nodes"].items()
            if node["resource_type"] in ("model", "seed", "snapshot", "test")
        }
        for key, node in nodes.items():
            kind, name = node["resource_type"], key.split(".", 2)[2].replace(".", "_")
            parents = (
                [
                    f"-- depends_on: {{{{ ref('{nodes[parent]['name']}') }}}}\n"
                    for parent in node["depends_on"]["nodes"]
                    if parent in nodes
                ]
                if kind != "seed"
                else []
            )
            if kind == "seed":
                self.write(f"seeds/{node['name']}.csv", "one\n1\n")
            elif kind == "test":
                self.write(f"tests/{name}.sql", "".join(parents) + "select 1 as one where 1 = 0")
            elif kind == "snapshot":
                config = "{{ config(unique_key='one', strategy='check', check_cols='all') }}\n"
                body = config + "".join(parents) + "select 1 as one\n"
                self.write(
                    f"snapshots/{node['name']}.sql",
                    f"{{% snapshot {node['name']} %}}\n{body}{{% endsnapshot %}}\n",
                )
            else:
                made = node["config"]["materialized"]
                config = f"{{{{ config(materialized='{made}') }}}}\n"
                self.write(
                    f"models/{node['name']}.sql", config + "".join(parents) + "select 1 as one"
                )
        self.write(
            "dbt_project.yml",
            {"name": "null_dag", "profile": "shop", "flags": {"send_anonymous_usage_stats": False}},
        )
