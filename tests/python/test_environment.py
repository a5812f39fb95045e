"""`make` checks the Python that it makes environments with, and makes them anew with another."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import REPOSITORY


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess]:
    """Return what runs make in a copy with a Python that says it is of a version."""
    for name in ("Makefile", "requirements.txt", "requirements-test.txt"):
        shutil.copy(REPOSITORY / name, tmp_path)

    def run(*arguments: str, version: tuple[int, int, int]) -> subprocess.CompletedProcess:
        python = tmp_path / "some_python"
        python.write_text(
            f'#!/bin/sh\nexec {sys.executable} -c "import sys; sys.version_info = {version}; $2"\n'
        )
        python.chmod(0o755)
        return subprocess.run(
            ["make", *arguments, f"PYTHON={python}"], cwd=tmp_path, capture_output=True, text=True
        )

    return run


def test_a_python_that_is_too_old_is_told_in_words(make: Callable, tmp_path: Path) -> None:
    ran = make("build", version=(3, 10, 13))
    assert ran.returncode != 0
    assert "okr_metrics needs Python 3.11 or later" in ran.stderr
    assert "is 3.10. Name a later one: make build PYTHON=python3.12" in ran.stderr
    assert not (tmp_path / ".venv").exists()


def test_another_interpreter_makes_the_environment_anew(make: Callable, tmp_path: Path) -> None:
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv/installed-3.11.7").touch()
    assert "-m venv" not in make("--dry-run", "build", version=(3, 11, 7)).stdout
    said = make("--dry-run", "build", version=(3, 12, 1)).stdout
    assert said.index("rm -rf .venv/bin") < said.index("-m venv") < said.index("bin/dbt build")


def test_the_demo_is_built_without_what_tests_need(make: Callable) -> None:
    said = make("--dry-run", "build", version=(3, 11, 7)).stdout
    assert "requirements.txt" in said and "requirements-test.txt" not in said
    # the command itself, of this folder
    assert said.index("requirements.txt") < said.index("--editable .") < said.index("dbt build")
    assert said.index("dbt build") < said.index("okr-metrics scorecard")
    assert "requirements-test.txt" in make("--dry-run", "test", version=(3, 11, 7)).stdout
