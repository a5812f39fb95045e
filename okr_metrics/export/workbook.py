"""Writes the workbook: a sheet of contents, then the tables that people read.

It is made from the Parquet files beside it, so both say the same. A text is a text in every cell,
never a formula, a link or a number, and stays one when somebody edits the cell. A number has the 15
digits that Excel keeps; all of them are in the Parquet file.
"""

import itertools
import math
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from okr_metrics.export.formats import COLOURS, WORDS, header, number_format
from okr_metrics.export.sheets import SHEETS, Fitted, Sheet, fit
from okr_metrics.marts import BATCH, Marts, Value

CONTENTS = "Contents"
MAX_TEXT = 32_767
CUT = " … (cut: a cell holds no more)"
# what Excel would read as a formula if somebody typed it
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 60
NUMBER_WIDTH = 13
LINE = 15
# longer sheets keep one line a row: heights of many rows are slow to work out
MOST_WRAPPED = 2_000
ONLY_A_FILE = Fitted("", 0, "Not here: no sheet of its own.", is_here=False)
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Workbook:
    """One workbook while it is written."""

    def __init__(
        self,
        path: Path,
        marts: Marts,
        connection: duckdb.DuckDBPyConnection,
    ) -> None:
        """Take the path, the marts for their words, and the tables as views of a connection."""
        self.book = xlsxwriter.Workbook(path, OPTIONS | {"tmpdir": str(path.parent)})
        self.marts, self.connection, self.as_of = marts, connection, marts.as_of
        self.currency = marts.settings["reporting_currency"]
        self.formats: dict[tuple[tuple[str, str | int | bool], ...], Format] = {}

    def write(self) -> None:
        """Write all sheets, and the file."""
        tables = self.marts.tables()
        sheets = {
            sheet.table: (sheet, fit(self.connection, sheet, self.as_of))
            for sheet in SHEETS
            if {sheet.table, *sheet.needs} <= set(tables)
        }
        self.contents(tables, {name: fitted for name, (_, fitted) in sheets.items()})
        for sheet, fitted in sheets.values():
            if fitted.is_here:
                self.sheet(sheet, fitted)
        self.book.close()

    def format(self, **properties: str | int | bool) -> Format:
        """Return a format of these properties; the same for the same ones."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"valign": "top"} | properties)
        return self.formats[key]

    def header_format(self) -> Format:
        """Return the format of headers."""
        return self.format(bold=True, bg_color="#1F3A4D", font_color="#FFFFFF", indent=1)

    def contents(self, tables: list[str], fitted: dict[str, Fitted]) -> None:
        """Write the first sheet: what is here, what isn't, and where that is."""
        page = self.book.add_worksheet(CONTENTS)
        page.hide_gridlines(2)
        for column, width in enumerate((30, WIDEST, 11, 11, WIDEST, 36)):
            page.set_column(column, column, width)
        page.set_row(0, 2 * LINE)
        page.write_string(0, 0, "KPIs and OKRs", self.format(bold=True, font_size=16, indent=1))
        facts: list[tuple[str, Value]] = [
            ("As of", self.as_of),
            ("Money", self.currency),
            ("Ratios", "Add numerators and denominators over disjoint segments, then divide."),
            ("", "Never average a ratio. What a column means is in the note at its header."),
        ]
        for row, (name, value) in enumerate(facts, 1):
            page.write_string(row, 0, name, self.format(bold=True, indent=1))
            self.cell(page, row, 1, value, self.format(align="left", num_format="yyyy-mm-dd"))
        top = len(facts) + 2
        headers = ["Table", "What a row is", "Rows", "Rows here", "Not here", "The whole table"]
        for column, title in enumerate(headers):
            page.write_string(top, column, title, self.header_format())
        plain, wrapped = self.format(indent=1), self.format(text_wrap=True, indent=1)
        for row, table in enumerate(in_order(tables, fitted), top + 1):
            meaning = what_a_row_is(self.marts.model(table)["description"])
            here = fitted.get(table, ONLY_A_FILE)
            page.set_row(row, height(meaning, here.left_out))
            if not here.is_here:
                page.write_string(row, 0, table, plain)
            else:
                link = self.format(font_color="#0B5394", underline=1, indent=1)
                page.write_url(row, 0, f"internal:'{table}'!A1", link, table)
            self.cell(page, row, 1, meaning, wrapped)
            count = self.connection.sql(f"select count(*) from {table}").fetchall()[0][0]
            page.write_number(row, 2, count, self.format(num_format="#,##0"))
            page.write_number(row, 3, here.rows, self.format(num_format="#,##0"))
            page.write_string(row, 4, here.left_out, wrapped)
            page.write_string(row, 5, f"{table}.parquet", plain)
        page.freeze_panes(top + 1, 1)
        page.autofilter(top, 0, top + len(tables), len(headers) - 1)
        for_paper(page, top)

    def sheet(self, sheet: Sheet, fitted: Fitted) -> None:
        """Write one table."""
        page = self.book.add_worksheet(sheet.table)
        result = self.connection.sql(fitted.query)
        names = result.columns
        wraps = self.widths(page, result, fitted.rows)
        for column, name in enumerate(names):
            page.write_string(0, column, header(name), self.header_format())
            text = f"{self.meaning(sheet, name)} ({name})"
            size = {"x_scale": 2, "y_scale": max(0.6, len(text) / 160)}
            page.write_comment(0, column, text, size | {"font_size": 9})
        unit_at = names.index("unit") if "unit" in names else None
        row = 0
        found = self.connection.execute(fitted.query)
        while batch := found.fetchmany(BATCH):
            for values in batch:
                row += 1
                if any(wraps):
                    texts = itertools.compress(values, wraps)
                    page.set_row(row, height(*(text for text in texts if text)))
                unit = None if unit_at is None else values[unit_at]
                for column, value in enumerate(values):
                    look = self.look(names[column], value, unit, wraps[column])
                    self.cell(page, row, column, value, look)
        self.colour(page, names, fitted.rows)
        page.freeze_panes(1, 2 if "name" in names[1] else 1)
        page.autofilter(0, 0, max(fitted.rows, 1), len(names) - 1)
        for_paper(page, 0)

    def meaning(self, sheet: Sheet, name: str) -> str:
        """Return what a column means."""
        columns = self.marts.model(sheet.table)["columns"]
        return sheet.added.get(name) or columns[name]["description"]

    def widths(self, page: Worksheet, result: duckdb.DuckDBPyRelation, rows: int) -> list[bool]:
        """Set the widths of a sheet's columns; return which of them are wrapped."""
        texts = [
            name
            for name, type_ in zip(result.columns, result.types, strict=True)
            if str(type_) == "VARCHAR"
        ]
        lengths = result.aggregate(", ".join(f'max(length("{name}"))' for name in texts))
        longest = dict(zip(texts, lengths.fetchall()[0], strict=True))
        wraps = []
        for column, name in enumerate(result.columns):
            length = longest.get(name, NUMBER_WIDTH) or 0
            # the arrow of the filter takes three characters
            page.set_column(column, column, min(max(length + 2, len(name) + 5), WIDEST))
            wraps.append(length + 2 > WIDEST and rows <= MOST_WRAPPED)
        return wraps

    def look(self, column: str, value: Value, unit: str | None, wrap: bool) -> Format:
        """Return the format of a cell."""
        if isinstance(value, bool):
            return self.format(align="center")
        if isinstance(value, date):
            return self.format(num_format="yyyy-mm-dd", align="left", indent=1)
        if isinstance(value, int | Decimal):
            return self.format(num_format=number_format(column, value, unit, self.currency))
        return self.format(text_wrap=True, indent=1) if wrap else self.format(indent=1)

    def cell(self, page: Worksheet, row: int, column: int, value: Value, look: Format) -> None:
        """Write a value as what it is; nothing for null."""
        if value is None:
            return
        if isinstance(value, bool):
            page.write_boolean(row, column, value, look)
        elif isinstance(value, date):
            page.write_datetime(row, column, value, look)
        elif isinstance(value, int | Decimal):
            page.write_number(row, column, float(value), look)
        else:
            self.text(page, row, column, value, look)

    def text(self, page: Worksheet, row: int, column: int, text: str, look: Format) -> None:
        """Write a text; it stays one however it begins."""
        if len(text) > MAX_TEXT:
            text = text[: MAX_TEXT - len(CUT)] + CUT
        if text.startswith(FORMULA_STARTS):
            # as with an apostrophe before it: it is no formula after an edit either
            look = self.format(quote_prefix=True, text_wrap=bool(look.text_wrap), indent=1)
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a text for XML of its own and would write it as it is
            page.write_rich_string(row, column, text[:1], self.format(), text[1:], look)
        else:
            page.write_string(row, column, text, look)

    def colour(self, page: Worksheet, names: list[str], rows: int) -> None:
        """Colour the words of status columns where they stand, so that edited ones change too."""
        for column, name in enumerate(names):
            for word, kind in WORDS.get(name, {}).items() if rows else ():
                shown = str(word).upper() if isinstance(word, bool) else f'"{word}"'
                rule = {"type": "cell", "criteria": "==", "value": shown}
                # a format of a condition has only what it changes
                rule["format"] = self.book.add_format(COLOURS[kind])
                page.conditional_format(1, column, rows, column, rule)


def what_a_row_is(description: str) -> str:
    """Return a model's description up to the sentence that says what a row is, or its first."""
    sentences = re.split(r"(?<=[.]) ", description)
    says = [n for n, sentence in enumerate(sentences, 1) if "row" in sentence.lower().split()]
    return " ".join(sentences[: says[0] if says else 1])


def height(*texts: str) -> float:
    """Return the height of a row that shows texts whole in columns of the greatest width."""
    lines = [math.ceil(len(text) * 1.1 / WIDEST) for text in texts]
    return LINE * max([1, *lines])


def in_order(tables: list[str], fitted: dict[str, Fitted]) -> list[str]:
    """Return the tables: those with a sheet in the order of the sheets, then the others."""
    return [*fitted, *(table for table in tables if table not in fitted)]


def for_paper(page: Worksheet, header: int) -> None:
    """Print a sheet on A4 in landscape, its header on each page."""
    page.set_landscape()
    page.set_paper(9)
    # to fit the width is what LibreOffice fails at where a sheet has conditional formats
    page.set_print_scale(50)
    page.repeat_rows(header)
    page.set_footer("&L&A&R&P / &N")
