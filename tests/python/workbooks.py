"""Reads workbooks: their XML as it is, and their sheets as LibreOffice opens them."""

import csv
import re
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest

from okr_metrics.export.parquet import write_tables
from okr_metrics.export.sheets import open_tables
from okr_metrics.export.workbook import Workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# comma, quotes, UTF-8, values as they are and not as shown, every sheet to a file of its own
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
AS_OF = date(2026, 3, 15)


class Tables:
    """Stands for the marts: tables of these columns and rows, of a project with nothing else."""

    settings = {"reporting_currency": "EUR"}
    as_of = AS_OF

    def __init__(self, **tables: tuple[dict[str, str], list[tuple]]) -> None:
        """Take of each table its columns with their types, and its rows."""
        self._tables = tables

    def tables(self) -> list[str]:
        return sorted(self._tables)

    def model(self, table: str) -> dict:
        types = self._tables[table][0].items()
        columns = {name: {"data_type": type_, "description": name} for name, type_ in types}
        return {"description": f"One row of {table}.", "columns": columns}

    def batches(self, table: str, columns: list[str]) -> list[list[tuple]]:
        types, rows = self._tables[table]
        places = [list(types).index(name) for name in columns]
        return [[tuple(row[place] for place in places) for row in rows]]


def write_workbook(tables: Tables, folder: Path) -> Path:
    """Write tables and their workbook to a folder."""
    write_tables(tables, folder)
    with open_tables(folder) as connection:
        Workbook(folder / "book.xlsx", tables, connection).write()
    return folder / "book.xlsx"


class Xml:
    """The parts of a workbook."""

    def __init__(self, path: Path) -> None:
        """Open a workbook."""
        self.zip = zipfile.ZipFile(path)
        names = self.part("xl/workbook.xml").iter(f"{MAIN}sheet")
        self.sheets = [sheet.get("name") for sheet in names]

    def part(self, name: str) -> ElementTree.Element:
        """Return a part."""
        return ElementTree.fromstring(self.zip.read(name))

    def sheet(self, name: str) -> ElementTree.Element:
        """Return a sheet by its name."""
        return self.part(f"xl/worksheets/sheet{self.sheets.index(name) + 1}.xml")

    def rows(self, name: str) -> list[list]:
        """Return the cells of a sheet: texts, numbers, or None."""
        return [
            [self.value(cell) for cell in row.iter(f"{MAIN}c")]
            for row in self.sheet(name).iter(f"{MAIN}row")
        ]

    @staticmethod
    def value(cell: ElementTree.Element) -> str | float:
        """Return the value of a cell."""
        if cell.get("t") == "inlineStr":
            return "".join(text.text or "" for text in cell.iter(f"{MAIN}t"))
        return float(cell.findtext(f"{MAIN}v"))

    def notes(self, name: str) -> list[str]:
        """Return the notes of a sheet's headers, from left to right."""
        # Contents has none
        part = self.part(f"xl/comments{self.sheets.index(name)}.xml")
        return [
            "".join(text.text for text in note.iter(f"{MAIN}t"))
            for note in part.iter(f"{MAIN}comment")
        ]


def with_formulas(workbook: Path, folder: Path, sheet: str, rows: list[list[str]]) -> Path:
    """Copy a workbook to a folder with a sheet more; a cell that begins with = is a formula.

    No value of a formula is in the file: whoever opens it has to work it out.
    """

    def cell(text: str) -> str:
        if text.startswith("="):
            return f"<c><f>{escape(text[1:])}</f></c>"
        return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'

    lines = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    added = {
        "</Types>": f'<Override PartName="/xl/worksheets/more.xml" ContentType="{kind}"/>',
        "</sheets>": f'<sheet name="{sheet}" sheetId="999" r:id="rId999"/>',
        "</Relationships>": f'<Relationship Id="rId999" Type="{relation}"'
        ' Target="worksheets/more.xml"/>',
    }
    lists = ["[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"]
    ends = dict(zip(lists, added, strict=True))
    with zipfile.ZipFile(workbook) as before, zipfile.ZipFile(folder / workbook.name, "w") as after:
        for name in before.namelist():
            part = before.read(name).decode()
            if end := ends.get(name):
                part = part.replace(end, added[end] + end)
            after.writestr(name, part)
        after.writestr(
            "xl/worksheets/more.xml",
            f'<worksheet xmlns="{MAIN[1:-1]}"><sheetData>{lines}</sheetData></worksheet>',
        )
    return folder / workbook.name


def open_in_calc(workbook: Path, folder: Path) -> dict[str, list[dict[str, str]]]:
    """Return the rows of each sheet with a header in its first row, as LibreOffice reads them."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice isn't installed: apt-get install libreoffice-calc")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    ran = subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", CSV, "--outdir", folder, workbook],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr
    found = {}
    for file in folder.glob("*.csv"):
        name = re.sub(f"^{workbook.stem}-", "", file.stem)
        with file.open(newline="", encoding="utf-8") as lines:
            found[name] = list(csv.DictReader(lines))
    return found


def number(text: str) -> float | None:
    """Return a number as LibreOffice writes it."""
    if text.endswith("%"):
        return float(text[:-1]) / 100
    return float(text) if text else None
