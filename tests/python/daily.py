"""Builds a project day after day: parses once, and forks for each build."""

import json
import os
import subprocess
import sys
from pathlib import Path

from warm_dbt import QUIET

# a run changes its manifest, so each build has a fork to itself
DRIVER = """
import json, os, signal, sys, threading
from dbt.cli.main import dbtRunner

lines = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
manifest = dbtRunner().invoke(["--quiet", "parse", *sys.argv[1:]]).result
for line in sys.stdin:
    arguments, seconds = json.loads(line)
    child = os.fork()
    if not child:
        built = dbtRunner(manifest=manifest).invoke(["--quiet", *arguments])
        sys.stdout.flush()
        os._exit(not built.success)
    killer = threading.Timer(seconds or 3600, os.kill, (child, signal.SIGKILL))
    killer.start()
    status = os.waitpid(child, 0)[1]
    killer.cancel()
    print(status, file=lines, flush=True)
"""


class Daily:
    """A project whose builds share one parse."""

    def __init__(self, folder: Path, log: Path, *options: str, **environment: str) -> None:
        """Start the process that builds; its parse goes on meanwhile."""
        self.options, self.log = options, log
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", DRIVER, *options],
                cwd=folder,
                env=os.environ | QUIET | environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def dbt(self, *arguments: str, kill_after: float | None = None) -> bool:
        """Run dbt; return whether it ended well."""
        plan = [[*arguments, *self.options], kill_after]
        print(json.dumps(plan), file=self.process.stdin, flush=True)
        return self.process.stdout.readline() == "0\n"

    def build(
        self, day: str, *options: str, kill_after: float | None = None, more: str = ""
    ) -> None:
        """Build models and seeds as of a day, with more vars, whole or until it is killed."""
        tests = ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
        variables = ["--vars", f"{{okr_metrics_as_of_date: {day}{more}}}"]
        built = self.dbt("build", *tests, *variables, *options, kill_after=kill_after)
        assert built or kill_after, self.log.read_text()[-3000:]

    def close(self) -> None:
        """End the process."""
        self.process.stdin.close()
        assert self.process.wait() == 0
