"""Writes the page of a built project."""

import os
from pathlib import Path

from okr_metrics.dashboard.page import render
from okr_metrics.dashboard.vega import warm_up
from okr_metrics.project import Project


def write_page(project: Project, output: Path) -> float:
    """Write the page, and return its megabytes."""
    warm_up()
    with project.marts() as marts:
        page = render(marts).encode()
    put(output, page)
    return len(page) / 1e6


def put(output: Path, page: bytes) -> None:
    """Put the page in place at once: a reader sees the last one or this one."""
    output.parent.mkdir(parents=True, exist_ok=True)
    beside = output.with_name(f".{output.name}.{os.getpid()}")
    beside.write_bytes(page)
    beside.replace(output)
