"""A dbt project that has okr_metrics installed, and the options that dbt is to read it with."""

import json
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import yaml

from okr_metrics.libraries import needed
from okr_metrics.problem import Problem

if TYPE_CHECKING:
    from okr_metrics.marts import Marts

# what okr_metrics_doctor logs of each thing that has to be mended before a build
TO_MEND = "okr_metrics_doctor has to mend: "
LINT_TARGET = {"target": "lint", "outputs": {"lint": {"type": "duckdb", "path": ":memory:"}}}


@dataclass(frozen=True)
class Project:
    """A dbt project; `variables` are dbt's --vars."""

    folder: Path
    profiles_dir: str | None
    target: str | None
    variables: dict[str, Any]

    def __post_init__(self) -> None:
        """Refuse a folder that is no project."""
        if not (self.folder / "dbt_project.yml").exists():
            raise Problem(
                f"{self.folder.resolve()} holds no dbt_project.yml: run this in the folder of your"
                " dbt project, or name it with --project-dir. `okr-metrics init my_company` makes"
                " one."
            )

    def marts(self) -> AbstractContextManager["Marts"]:
        """Open the tables of the last build."""
        from okr_metrics.marts import open_marts

        return open_marts(str(self.folder), self.profiles_dir, self.target, self.variables)

    def scorecard(self) -> bool:
        """Print the scorecard; return whether dbt could."""
        return self._dbt("scorecard", *operation("okr_metrics_scorecard"))

    def lineage(self, key_result_id: str, as_of: str | None) -> bool:
        """Print the query of the rows behind a key result; return whether there is one."""
        arguments = {"key_result_id": key_result_id, "as_of": as_of}
        return self._dbt("lineage", *operation("okr_metrics_lineage", arguments))

    def doctor(self) -> bool:
        """Print what is mapped and missing; return whether nothing keeps a build back."""
        to_mend = []

        def listen(event: Any) -> None:
            if TO_MEND in event.info.msg:
                to_mend.append(event.info.msg)

        return self._dbt("doctor", *operation("okr_metrics_doctor"), listen=listen) and not to_mend

    def lint(self) -> bool:
        """Check the OKR seeds, in memory unless a target is named; return whether none is wrong."""
        build = ["--no-write-json", "build", "--select", "+int_okr__findings"]
        # the tables that the last build made are read by its manifest, which stays as it is
        build += ["--target-path", str(self.folder.resolve() / "target" / "lint")]
        if self.target:
            return self._dbt("lint", *build)
        with TemporaryDirectory() as profiles:
            profile = yaml.safe_dump({"okr_metrics_lint": LINT_TARGET})
            Path(profiles, "profiles.yml").write_text(profile)
            options = ["--profiles-dir", profiles, "--profile", "okr_metrics_lint"]
            return self._dbt("lint", *build, *options)

    def _dbt(self, command: str, *arguments: str, listen: Any = None) -> bool:
        """Run dbt, which prints what went wrong; return whether all went well."""
        with needed(command, "dbt"):
            from dbt.cli.main import dbtRunner
        options = ["--project-dir", str(self.folder)]
        if self.profiles_dir and "--profiles-dir" not in arguments:
            options += ["--profiles-dir", self.profiles_dir]
        if self.target:
            options += ["--target", self.target]
        if self.variables:
            options += ["--vars", json.dumps(self.variables)]
        runner = dbtRunner(callbacks=[listen] if listen else [])
        return bool(runner.invoke(["--quiet", *arguments, *options]).success)


def operation(macro: str, arguments: dict[str, str | None] | None = None) -> list[str]:
    """Return dbt's arguments to run a macro."""
    return ["run-operation", macro, "--args", json.dumps(arguments or {})]
