"""Runs dbt in forks of a process that has imported it and parsed once.

Imports and schemas of dbt's classes cost 8 s of CPU in every cold run; a test process pays once.
"""

import atexit
import functools
import gc
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from multiprocessing import forkserver
from pathlib import Path

import yaml

HERE = Path(__file__).parent
MARK = "OKR_METRICS_WARM_DBT"
# a file to write the most memory to that a run has held, in KB
PEAK = "OKR_METRICS_PEAK_MEMORY"
# no test reads the log file
END = "\x1e"
QUIET = {"DBT_LOG_LEVEL_FILE": "none", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}


@functools.cache
def fork() -> Callable:
    """Start the process to fork from; return what makes a fork of it."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    before = os.environ.copy()
    os.environ |= {MARK: "1", "PYTHONPATH": str(HERE)}
    forkserver.ensure_running()
    os.environ.clear()
    os.environ |= before
    return context.Process


def become_dbt(arguments: tuple[str, ...], folder: Path, environment: dict, said: str) -> None:
    """Do and exit as `dbt ARGUMENTS` in a folder, with all output in a file."""
    from dbt.cli.main import cli

    with open(said, "w") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    # a run is short and keeps nearly all that it makes: collecting is a tenth of its parse
    gc.disable()
    os.chdir(folder)
    os.environ |= QUIET | environment
    sys.argv = ["dbt", *arguments]
    try:
        cli()
    finally:
        if peak := environment.get(PEAK):
            kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            Path(peak).write_text(str(kilobytes))
        # a fork leaves without them; one closes the DuckDB file
        atexit._run_exitfuncs()


def dbt(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess:
    """Run dbt in a folder; the result holds exit code and output."""
    with tempfile.NamedTemporaryFile("r") as said:
        process = fork()(target=become_dbt, args=(arguments, folder, environment, said.name))
        process.start()
        process.join()
        return subprocess.CompletedProcess(arguments, process.exitcode, said.read())


def check_settings(folder: Path, variables: list[dict]) -> list[str]:
    """Return what the package says of each of these vars, without another parse."""
    with tempfile.NamedTemporaryFile("r") as said:
        process = fork()(target=become_checks, args=(folder, variables, said.name))
        process.start()
        process.join()
        return said.read().split(END)[:-1]


def become_checks(folder: Path, variables: list[dict], said: str) -> None:
    """Do `dbt run-operation check_settings` with each of these vars, with all output in a file."""
    with open(said, "w") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.chdir(folder)
    os.environ |= QUIET | {"OKR_METRICS_DUCKDB": ":memory:"}
    for given in variables:
        runner = dbtRunner(manifest=parsed.result)
        paths = ["--no-use-colors", "--target-path", tempfile.gettempdir()]
        runner.invoke(["run-operation", "check_settings", "--vars", yaml.safe_dump(given), *paths])
        print(END, flush=True)


if MARK in os.environ:
    import jinja2
    from dbt.cli.main import dbtRunner
    from dbt_common.tests import enable_test_caching

    # what dbt's own tests keep between projects: parsed macros
    enable_test_caching()
    compile_template = jinja2.Environment.compile

    codes = {}

    def compile_once(self: jinja2.Environment, source: str) -> object:
        """Compile a text once for each kind of environment: these two settle the code."""
        key = type(self), source
        if key not in codes:
            codes[key] = compile_template(self, source)
        return codes[key]

    jinja2.Environment.compile = compile_once
    with tempfile.TemporaryDirectory() as scratch:
        project = str(HERE.parents[1])
        paths = ["--project-dir", project, "--profiles-dir", project, "--target-path", scratch]
        # the static parser's library hangs in a fork of a process that has used it
        parsed = dbtRunner().invoke(["--quiet", "parse", "--no-static-parser", *paths])
