"""`make release` tags what agrees, and says in one line what doesn't; GitHub runs what CI runs."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from conftest import REPOSITORY

FILES = {
    "CHANGELOG.md": "# Changelog\n\n## 1.2.3 (2026-11-30)\n\n- News.\n\n## 1.2.2 (2026-10-01)\n",
    "dbt_project.yml": "name: okr_metrics\nversion: 1.2.3\nconfig-version: 2\n",
}


def git(folder: Path, *arguments: str) -> str:
    """Run git as somebody, in a folder; return what it prints."""
    who = ("-c", "user.name=Ana", "-c", "user.email=ana@example.com")
    command = ["git", *who, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a repository that can be released."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(REPOSITORY / ".ci/release", tmp_path / ".ci")
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "config", "user.name", "Ana")
    git(tmp_path, "config", "user.email", "ana@example.com")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "1.2.3")
    return tmp_path


def release(project: Path) -> tuple[int, str]:
    """Return the exit code of a release and what it says."""
    ran = subprocess.run([project / ".ci/release"], capture_output=True, text=True)
    return ran.returncode, ran.stdout + ran.stderr


def test_what_agrees_is_tagged_once(project: Path) -> None:
    assert release(project) == (0, "Tagged v1.2.3. Push it: git push origin v1.2.3\n")
    assert git(project, "tag", "--list") == "v1.2.3\n"
    assert git(project, "rev-parse", "v1.2.3^{}") == git(project, "rev-parse", "HEAD")
    assert release(project) == (1, "No release: the tag v1.2.3 exists.\n")


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("CHANGELOG.md", " (2026-11-30)", " (not released)", "'## 1.2.3 (not released)', and must"),
        ("CHANGELOG.md", "1.2.3", "1.2.4", "dbt_project.yml has version 1.2.3, CHANGELOG.md 1.2.4"),
        ("dbt_project.yml", "1.2.3", "1.2.2", "dbt_project.yml has version 1.2.2"),
    ],
)
def test_what_differs_is_not(project: Path, name: str, old: str, new: str, said: str) -> None:
    path = project / name
    path.write_text(path.read_text().replace(old, new, 1))
    git(project, "commit", "--quiet", "--all", "--message", "another")
    code, line = release(project)
    assert (code, said in line, line.count("\n")) == (1, True, 1), line
    assert git(project, "tag", "--list") == ""


def test_a_tree_with_changes_is_not_released(project: Path) -> None:
    (project / "notes.txt").write_text("half done")
    assert release(project) == (
        1,
        "No release: the tree isn't clean: commit or put away what git status shows.\n",
    )


def test_the_version_of_this_project_is_found() -> None:
    """The line that the script reads is there, once."""
    lines = (REPOSITORY / "dbt_project.yml").read_text().splitlines()
    assert len([text for text in lines if text.startswith("version: ")]) == 1


def test_the_workflow_runs_every_check_with_pinned_actions() -> None:
    """check-jsonschema's verdict on it is in docs/releasing.md."""
    workflow = yaml.safe_load((REPOSITORY / ".github/workflows/checks.yml").read_text())
    steps = workflow["jobs"]["checks"]["steps"]
    assert [step["run"] for step in steps if "run" in step][-1] == ".ci/run"
    used = [step["uses"] for step in steps if "uses" in step]
    assert used
    assert [use for use in used if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", use)] == []
