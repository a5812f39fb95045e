"""Publishes the public tables of a built project as files."""

from pathlib import Path

from okr_metrics.export.parquet import write_tables
from okr_metrics.export.place import new_folder
from okr_metrics.export.sheets import open_tables
from okr_metrics.export.workbook import Workbook
from okr_metrics.project import Project

WORKBOOK = "okr_metrics.xlsx"


def publish(project: Project, output: Path) -> str:
    """Publish all tables in a folder, or none of them; return what is there, in words."""
    with project.marts() as marts:
        with new_folder(output) as folder:
            write_tables(marts, folder)
            with open_tables(folder) as connection:
                Workbook(folder / WORKBOOK, marts, connection).write()
        tables = len(marts.tables())
    size = sum(file.stat().st_size for file in output.iterdir())
    return f"{tables} tables and {WORKBOOK}, {size / 1e6:.1f} MB"
