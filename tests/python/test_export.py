"""The export says what the marts say, is put in place at once, and runs no text as code."""

import json
import os
import signal
import sys
import zipfile
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from pages import command, of_demo
from ratios import check_ratios, ratio_formulas
from test_rules import TOPICS
from workbooks import MAIN, Tables, Xml, number, open_in_calc, with_formulas, write_workbook
from xlsxwriter.utility import xl_range_abs

from okr_metrics.export import sheets
from okr_metrics.export.formats import WORDS, header, number_format
from okr_metrics.export.place import PlaceError, new_folder
from okr_metrics.export.sheets import SHEETS
from okr_metrics.marts import Marts

CATALOG = {"kpi_id": "string", "kpi_name": "string", "unit": "string", "domain": "string"}
VALUES = {
    "kpi_id": "string",
    "kpi_name": "string",
    "unit": "string",
    "period_grain": "string",
    "period_start": "date",
    "period_end": "date",
    "dimension": "string",
    "dimension_value": "string",
    "value": "numeric(38, 12)",
}
FINDINGS = {"rule_id": "string", "severity": "string", "object": "string", "message": "string"}
# a formula that looks through all rows takes LibreOffice 0.1 s
LAST_MONTHS = date(2026, 6, 1)
# rows of a table that its sheet has
HERE = {"kpi__values": " where period_grain not in ('day', 'week')"}
TEXTS = [
    "=1+1",
    "+1",
    "-1",
    "@sum(1)",
    "\t=1",
    "\r=1",
    "=cmd|'/c calc'!A0",
    "{=1+1}",
    "https://example.com",
    "mailto:a@example.com",
    "007",
    "1e3",
    "TRUE",
    "<r><t>x</t></r>",
    "<r></c><c r='Z9'><f>1+1</f></c></r>",
    "_x0041_",
    "</t><b> & ' \" é 🙂",
]


@pytest.fixture(scope="module")
def exported(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that the demo is exported to."""
    output = tmp_path_factory.mktemp("export") / "files"
    ran = command("export", "--output", str(output), **of_demo(demo))
    assert ran.returncode == 0, ran.stderr
    return output


@pytest.fixture(scope="module")
def in_calc(
    demo: Path, exported: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[dict]]:
    """Return the sheets of the demo's workbook as LibreOffice opens them, and one of formulas."""
    folder = tmp_path_factory.mktemp("calc")
    columns = columns_of(exported, "kpi__values")
    formulas = ratio_formulas(columns, demo, LAST_MONTHS)
    book = with_formulas(exported / "okr_metrics.xlsx", folder, "ratios", formulas)
    return open_in_calc(book, folder)


def columns_of(exported: Path, table: str) -> dict[str, str]:
    """Return the ranges of a sheet's columns by name, without the header."""
    sheet = next(sheet for sheet in SHEETS if sheet.table == table)
    with sheets.open_tables(exported) as connection:
        result = sheets.fit(connection, sheet, date(2026, 9, 13))
        names = connection.sql(result.query).columns
    return {
        name: f"{table}!" + xl_range_abs(1, place, result.rows, place)
        for place, name in enumerate(names)
    }


@pytest.fixture(scope="module")
def models(demo: Path) -> dict[str, dict]:
    """Return the public models of the demo by name."""
    nodes = json.loads((demo.parent / "duckdb/manifest.json").read_text())["nodes"].values()
    return {node["name"]: node for node in nodes if node.get("access") == "public"}


def test_parquet_holds_the_tables(demo: Path, exported: Path, models: dict) -> None:
    assert {file.stem for file in exported.glob("*.parquet")} == set(models)
    with duckdb.connect(demo, read_only=True) as connection:
        for table in models:
            file = f"read_parquet('{exported / table}.parquet')"
            columns = {r[0]: r[1] for r in connection.sql(f"describe {table}").fetchall()}
            if table == "kpi__rejected_rows":
                columns = {n: t for n, t in columns.items() if n not in ("row_key", "raw_row")}
            found = {r[0]: r[1] for r in connection.sql(f"describe from {file}").fetchall()}
            assert found == columns, table
            names = ", ".join(columns)
            for one, other in ((table, file), (file, table)):
                left = f"select {names} from {one} except all select {names} from {other}"
                assert connection.sql(f"select count(*) from ({left})").fetchall() == [(0,)], table


def test_contents_comes_first_and_lists_every_table(exported: Path, models: dict) -> None:
    book = Xml(exported / "okr_metrics.xlsx")
    assert book.sheets == ["Contents", *(sheet.table for sheet in SHEETS)]
    rows = book.rows("Contents")
    top = next(n for n, row in enumerate(rows) if row[:1] == ["Table"])
    # days since 1899-12-30
    assert ["As of", float((date(2026, 9, 13) - date(1899, 12, 30)).days)] in rows
    said = {row[0]: row for row in rows[top + 1 :]}
    assert set(said) == set(models)
    with duckdb.connect() as connection:
        for table, row in said.items():
            file = exported / f"{table}.parquet"
            assert row[-1] == file.name
            assert row[2] == connection.read_parquet(str(file)).shape[0]
            assert row[1] in models[table]["description"]
            if table not in book.sheets:
                assert row[3:5] == [0, "Not here: no sheet of its own."]
    links = book.sheet("Contents").iter(f"{MAIN}hyperlink")
    assert {link.get("location").split("'")[1] for link in links} == set(book.sheets[1:])


def test_each_sheet_is_ready_to_read(exported: Path, models: dict) -> None:
    """Its header is frozen, filtered and explained; its columns have widths, its words colours."""
    book = Xml(exported / "okr_metrics.xlsx")
    added = {sheet.table: sheet.added for sheet in SHEETS}
    for table in book.sheets[1:]:
        if table == "kpi__values":
            continue
        sheet = book.sheet(table)
        headers = [Xml.value(cell) for cell in next(sheet.iter(f"{MAIN}row"))]
        # a note ends with the name of its column
        names = [note.rsplit("(", 1)[1].removesuffix(")") for note in book.notes(table)]
        assert headers == [header(name) for name in names]
        assert len(set(headers)) == len(headers)
        assert sheet.find(f".//{MAIN}pane").get("ySplit") == "1"
        assert sheet.find(f"{MAIN}autoFilter") is not None
        wide = sheet.find(f"{MAIN}cols")
        assert sum(int(c.get("max")) - int(c.get("min")) + 1 for c in wide) == len(names)
        columns = models[table]["columns"]
        means = [f"{added[table].get(n) or columns[n]['description']} ({n})" for n in names]
        assert book.notes(table) == means
        coloured = [name for name in names if name in WORDS]
        assert len(sheet.findall(f"{MAIN}conditionalFormatting")) == len(coloured)


def test_a_header_is_a_name_that_a_person_reads() -> None:
    names = {
        "key_result_id": "Key result ID",
        "is_breached": "Breached",
        "kpi_name": "KPI name",
        "z_of_change": "Z of change",
        "value": "Value",
    }
    assert {name: header(name) for name in names} == names


def test_drivers_alerts_conflicts_and_closed_objectives_have_sheets(
    demo: Path, exported: Path
) -> None:
    book = Xml(exported / "okr_metrics.xlsx")
    with duckdb.connect(demo, read_only=True) as connection:
        for table in ("okr__alerts", "okr__conflicts", "okr__close_report"):
            count = connection.execute(f"select count(*) from {table}").fetchone()[0]
            assert len(book.rows(table)) - 1 == count > 0, table
        last = connection.execute(
            "select count(*) from (from kpi__drivers"
            " qualify period_end = max(period_end) over (partition by period_grain))"
        ).fetchone()[0]
    assert len(book.rows("kpi__drivers")) - 1 == last > 0


def test_a_status_is_a_word_and_a_colour(exported: Path) -> None:
    book = Xml(exported / "okr_metrics.xlsx")
    sheet = book.sheet("okr__key_result_attainment")
    names = [Xml.value(cell) for cell in next(sheet.iter(f"{MAIN}row"))]
    assert "Status" in names
    texts = {cell for row in book.rows("okr__key_result_attainment") for cell in row}
    assert {"on_track", "off_track", "achieved"} <= texts
    rules = [rule.findtext(f"{MAIN}formula") for rule in sheet.iter(f"{MAIN}cfRule")]
    assert {f'"{word}"' for word in WORDS["status"]} <= set(rules)
    styles = book.part("xl/styles.xml")
    fills = {fill.get("rgb") for fill in styles.find(f"{MAIN}dxfs").iter(f"{MAIN}bgColor")}
    assert {"FFD6E8F7", "FFF7C6AC"} <= fills


def test_calc_reads_what_the_marts_say(demo: Path, in_calc: dict[str, list[dict]]) -> None:
    keys = {
        "okr__key_result_attainment": ("key_result_id",),
        "okr__key_result_progress": ("key_result_id", "period_end"),
        "okr__objective_attainment": ("objective_id",),
        "kpi__values": ("kpi_id", "period_grain", "period_start", "dimension", "dimension_value"),
    }
    for table, key in keys.items():
        with duckdb.connect(demo, read_only=True) as connection:
            result = connection.execute(f"from {table}{HERE.get(table, '')}")
            names = [column[0] for column in result.description]
            rows = {
                tuple(str(row[names.index(name)]) for name in key): row for row in result.fetchall()
            }
        assert len(in_calc[table]) == len(rows)
        for seen in in_calc[table]:
            row = rows.pop(tuple(seen[header(name)] for name in key))
            for column, value in zip(names, row, strict=True):
                name = header(column)
                if isinstance(value, bool):
                    assert seen[name] == str(value).upper()
                elif isinstance(value, int | Decimal):
                    # to the digits that LibreOffice writes of a percentage
                    assert abs(number(seen[name]) - float(value)) <= abs(float(value)) / 1e9 + 1e-11
                else:
                    assert seen[name] == ("" if value is None else str(value))
        assert not rows


def test_calc_adds_a_ratio_up_again_from_its_parts(
    demo: Path, in_calc: dict[str, list[dict]]
) -> None:
    rows = [
        (
            row["kpi_id"],
            row["dimension"],
            date.fromisoformat(row["period_start"]),
            number(row["ratio"]),
        )
        for row in in_calc["ratios"]
    ]
    check_ratios(rows, demo, LAST_MONTHS)


def test_no_text_is_code(tmp_path: Path) -> None:
    """It is the same text in the XML and in LibreOffice, and stays one when a cell is edited."""
    findings = [(f"rule_{n:02}", "info", "o", text) for n, text in enumerate(TEXTS)]
    path = write_workbook(Tables(okr__quality=(FINDINGS, findings)), tmp_path)
    book = Xml(path)
    sheet = book.sheet("okr__quality")
    assert not list(sheet.iter(f"{MAIN}f"))
    assert not list(sheet.iter(f"{MAIN}hyperlink"))
    styles = book.part("xl/styles.xml").find(f"{MAIN}cellXfs")
    cells = [list(row.iter(f"{MAIN}c"))[3] for row in list(sheet.iter(f"{MAIN}row"))[1:]]
    assert {cell.get("t") for cell in cells} == {"inlineStr"}
    for text, cell in zip(TEXTS, cells, strict=True):
        kept = styles[int(cell.get("s"))].get("quotePrefix") == "1"
        assert kept == text.startswith(("=", "+", "-", "@", "\t", "\r")), text
    seen = open_in_calc(path, tmp_path)["okr__quality"]
    # a carriage return is a line's end to a CSV file
    said = [row["Message"].replace("\n", "\r") for row in seen]
    assert said == TEXTS


def test_a_text_too_long_for_a_cell_says_that_it_is_cut(tmp_path: Path) -> None:
    findings = [("a", "info", "o", "x" * 40_000), ("b", "info", "p", "y" * 32_767)]
    book = Xml(write_workbook(Tables(okr__quality=(FINDINGS, findings)), tmp_path))
    cut, whole = (row[3] for row in book.rows("okr__quality")[1:])
    assert len(cut) == 32_767
    assert cut.endswith("x … (cut: a cell holds no more)")
    assert whole == "y" * 32_767


def monthly(periods: int, grain: str = "month") -> list[tuple]:
    """Return values of one KPI for two segments and so many months, the last ones not over."""
    starts = [date(2025 + month // 12, month % 12 + 1, 1) for month in range(periods)]
    of_kpi = ("orders", "Orders", "count", grain)
    return [
        (*of_kpi, start, start.replace(day=28), "country", segment, Decimal(n))
        for n, start in enumerate(starts)
        for segment in ("ES", "FR")
    ]


def values(rows: list[tuple]) -> Tables:
    """Return marts with these values and their catalogue."""
    catalog = [("orders", "Orders", "count", "margin")]
    return Tables(kpi__values=(VALUES, rows), kpi__catalog=(CATALOG, catalog))


def test_more_rows_than_a_sheet_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sheet has the last complete periods, each whole, and Contents says what it hasn't."""
    monkeypatch.setattr(sheets, "MAX_ROWS", 5)
    book = Xml(write_workbook(values(monthly(16)), tmp_path))
    starts = {row[4] for row in book.rows("kpi__values")[1:]}
    # as of 15 March 2026: January and February
    days = [(date(2026, month, 1) - date(1899, 12, 30)).days for month in (1, 2)]
    assert starts == set(days)
    said = next(row for row in book.rows("Contents") if row[0] == "kpi__values")
    assert said[2:] == [
        32,
        4,
        "Days and weeks are left out, unless there is nothing else."
        " Here are the complete periods that end from 2026-01-28 on: 4 of 32 rows."
        " A sheet holds 6 rows.",
        "kpi__values.parquet",
    ]


def test_a_sheet_that_cannot_hold_one_period_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 1)
    book = Xml(write_workbook(values(monthly(3)), tmp_path))
    assert book.sheets == ["Contents", "kpi__catalog"]
    said = next(row for row in book.rows("Contents") if row[0] == "kpi__values")
    assert said[3:5] == [0, "Not here: a sheet holds 2 rows, and this has 6 and a header."]


@pytest.mark.parametrize("grain", ["day", "week"])
def test_days_and_weeks_are_left_out(grain: str, tmp_path: Path) -> None:
    """Unless there is nothing else."""
    for name, rows, grains in [
        ("beside months", monthly(3, grain) + monthly(2), ["month"] * 4),
        ("alone", monthly(3, grain), [grain] * 6),
    ]:
        (tmp_path / name).mkdir()
        book = Xml(write_workbook(values(rows), tmp_path / name))
        assert [row[3] for row in book.rows("kpi__values")[1:]] == grains, name


def test_all_rows_are_there_where_a_sheet_holds_them(tmp_path: Path) -> None:
    book = Xml(write_workbook(values(monthly(16)), tmp_path))
    assert len(book.rows("kpi__values")) == 33


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_reason_for_rejection_is_one_row_whatever_its_values(
    language: str, tmp_path: Path
) -> None:
    sentences = TOPICS["reject_reasons"]
    reason = sentences["not_a_number"]["message"][language].replace("{column}", "amount")
    quoted = sentences["with_value"]["message"][language].replace("{reason}", reason)
    types = dict.fromkeys(["input", "source_name", "row_key", "reject_reason", "raw_row"], "string")
    reasons = [quoted.replace("{value}", value) for value in ("n/a", "12,5", ': "')] + [reason]
    rows = [("refunds", "shop", str(n), text, "{}") for n, text in enumerate(reasons)]
    path = write_workbook(Tables(kpi__rejected_rows=(types, rows)), tmp_path)
    assert Xml(path).rows("kpi__rejected_rows")[1:] == [["refunds", "shop", reason, 4]]


def test_no_person_is_in_the_files(tmp_path: Path) -> None:
    types = dict.fromkeys(["input", "source_name", "row_key", "reject_reason", "raw_row"], "string")
    rows = [
        ("orders", "shop", f"zaphod{n}@example.com", "no day", '{"n": "Zaphod"}') for n in range(3)
    ]
    path = write_workbook(Tables(kpi__rejected_rows=(types, rows)), tmp_path)
    sheet = Xml(path).rows("kpi__rejected_rows")
    assert sheet[1:] == [["orders", "shop", "no day", 3]]
    with zipfile.ZipFile(path) as parts:
        texts = b"".join(parts.read(name) for name in parts.namelist())
    assert b"zaphod" not in texts.lower()
    with duckdb.connect() as connection:
        file = connection.read_parquet(str(tmp_path / "kpi__rejected_rows.parquet"))
        assert file.columns == ["input", "source_name", "reject_reason"]


@pytest.mark.parametrize(
    ("column", "value", "unit", "expected"),
    [
        ("value", Decimal("0.123"), "ratio", "0.0%"),
        ("score", Decimal("0.5"), "currency", "0.0%"),
        ("value", Decimal("1098.37"), "currency", "#,##0 [$EUR]"),
        ("value", Decimal("0.45"), "currency", "#,##0.00 [$EUR]"),
        ("money_at_stake", Decimal(1200), "ratio", "#,##0 [$EUR]"),
        ("numerator", Decimal("12.5"), "ratio", "#,##0.0"),
        ("value", Decimal(1214), "count", "#,##0"),
        ("value", Decimal("23.55"), "months", "#,##0.0"),
        ("value", Decimal("4.83"), "score", "#,##0.00"),
        ("periods_measured", 1200, "ratio", "#,##0"),
        ("change", Decimal("0.02"), "ratio", "+0.0%;-0.0%;0.0%"),
    ],
)
def test_a_number_is_shown_by_its_unit(
    column: str, value: Decimal | int, unit: str, expected: str
) -> None:
    assert number_format(column, value, unit, "EUR") == expected


def test_rows_come_whole_from_drivers_with_and_without_batches() -> None:
    """Spark's session hands over all rows at once; an error of the engine is not swallowed."""
    rows = [(Decimal("1.5"),), (None,)]
    batched = iter([rows[:1], rows[1:], []])
    cursors = [
        SimpleNamespace(fetchall=lambda: rows),
        SimpleNamespace(fetchmany=lambda size: next(batched)),
    ]
    for cursor in cursors:
        connections = SimpleNamespace(
            exception_handler=lambda sql: nullcontext(),
            add_query=lambda sql, auto_begin, cursor=cursor: (None, cursor),
        )
        nodes = {"kpi__margin": {"relation_name": "kpi__margin"}}
        marts = Marts(SimpleNamespace(connections=connections), nodes)
        assert [row for batch in marts.batches("kpi__margin", ["cac"]) for row in batch] == rows


def publish(target: Path, text: str) -> None:
    """Publish two files of one text."""
    with new_folder(target) as folder:
        for name in ("a", "b"):
            (folder / name).write_text(text)


def published(target: Path) -> list[str]:
    """Return what readers of a target find."""
    return [(target / name).read_text() for name in sorted(os.listdir(target))]


def killed_at(step: int, target: Path) -> bool:
    """Publish in another process that is killed at its n-th touch of the file system."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    touched = 0

    def count(event: str, arguments: tuple) -> None:
        nonlocal touched
        if event == "open" or event.startswith(("os.", "shutil.", "fcntl.")):
            touched += 1
            if touched == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    publish(target, "new")
    os._exit(0)


def test_a_kill_at_any_step_leaves_the_old_files_or_the_new(tmp_path: Path) -> None:
    seen, step = [], 0
    while True:
        step += 1
        target = tmp_path / f"{step}" / "files"
        publish(target, "older")
        publish(target, "old")
        if not killed_at(step, target):
            break
        seen.append(published(target))
        assert seen[-1] in (["old", "old"], ["new", "new"])
        # whatever it left is no hindrance, and goes
        publish(target, "next")
        assert published(target) == ["next", "next"]
        assert len([path for path in target.parent.iterdir() if path.is_dir()]) == 3
    assert len(seen) > 10
    assert published(target) == ["new", "new"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_failure_leaves_the_old_files_and_nothing_else(
    tmp_path: Path, error: type[BaseException]
) -> None:
    target = tmp_path / "files"
    publish(target, "old")
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(error), new_folder(target) as folder:
        (folder / "a").write_text("new")
        raise error
    assert published(target) == ["old", "old"]
    assert sorted(os.listdir(tmp_path)) == before


def test_who_still_reads_the_files_before_can_end(tmp_path: Path) -> None:
    target = tmp_path / "files"
    publish(target, "old")
    reader = target.resolve()
    publish(target, "new")
    assert published(reader) == ["old", "old"]
    publish(target, "newer")
    assert not reader.exists()


def test_one_export_at_a_time(tmp_path: Path) -> None:
    target = tmp_path / "files"
    with new_folder(target) as folder:
        (folder / "a").write_text("first")
        with pytest.raises(PlaceError, match="is running"):
            publish(target, "second")
    assert published(target) == ["first"]


def test_what_is_not_an_export_is_left_alone(tmp_path: Path) -> None:
    """A folder of somebody's is no target, and other targets' folders are others'."""
    mine = tmp_path / "mine"
    mine.mkdir()
    with pytest.raises(PlaceError, match="choose another"):
        publish(mine, "new")
    publish(tmp_path / "files.v2", "other")
    publish(tmp_path / "files", "new")
    publish(tmp_path / "files", "newer")
    assert published(tmp_path / "files.v2") == ["other", "other"]


def test_a_table_that_cannot_be_read_fails_the_export(
    demo: Path, changed: Callable[..., Path], tmp_path: Path
) -> None:
    output = tmp_path / "out" / "files"
    publish(output, "old")
    # the last in their order, so that others are written before
    ran = command("export", "--output", str(output), **of_demo(changed("drop table okr__quality")))
    assert ran.returncode == 1
    assert "okr__quality" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert published(output) == ["old", "old"]
