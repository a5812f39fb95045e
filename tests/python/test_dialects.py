"""What is compiled for four warehouses that no test reaches parses in their dialects."""

import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import sqlglot
import yaml
from conftest import REPOSITORY
from okr_seeds import OKR_INPUTS
from sqlglot.dialects.dialect import Dialect
from sqlglot.tokens import Token, TokenType
from test_robustness import OPERATIONAL

# A compile takes one to three; a query while compiling waits for a warehouse that isn't there.
MINUTES = 6
DBT = Path(sys.prefix) / "dialects" / "bin" / "dbt"
# Every model is on under these, in the demo or where all inputs are somebody's own.
SETTINGS = {
    "okr_metrics_semantic_layer": True,
    "okr_metrics_policies": {"churn_denominator": "daily", "pace": "seasonal"},
}
# customers and orders of two shops, and a calendar of one's own
OTHERS = [
    "customer_links",
    "ledger_revenue",
    "okr_guardrails",
    "okr_rule_exceptions",
    "okr_events",
    "kpi_tree",
]
INPUTS = {name: f"raw.{name}" for name in [*OPERATIONAL, *OKR_INPUTS, *OTHERS]}
INPUTS |= {"calendar": "raw.calendar"}
INPUTS |= {name: {"eu": "raw.eu", "us": "raw.us"} for name in ("customers", "orders")}
DIMENSIONS = {"brand": "customers.brand", "sales_channel": "orders.sales_channel"}
CONNECTORS = [folder for folder in (REPOSITORY / "models/connectors").iterdir() if folder.is_dir()]
SOURCES: dict[str, dict] = {folder.name: {} for folder in CONNECTORS}
# with objects to look into
SOURCES["stripe"] = {"segment_key": "company size", "loader": "airbyte", "one_off_sales": True}
MAPPED = {
    "okr_metrics_inputs": INPUTS,
    "okr_metrics_dimensions": DIMENSIONS,
    "okr_metrics_activation_event": "invited",
    "okr_metrics_sources": SOURCES,
}
# Nobody's credentials: a query while compiling would fail.
LOGIN = {"schema": "okr_metrics", "threads": 1}
HOST = LOGIN | {"host": "nowhere.invalid"}
USER = {"user": "nobody", "password": "none"}
PROFILES = {
    "snowflake": LOGIN | USER | {"account": "nowhere", "database": "shop", "warehouse": "none"},
    "bigquery": LOGIN | {"method": "oauth-secrets", "token": "none", "project": "shop"},
    "databricks": HOST | {"http_path": "/sql/1.0/warehouses/none", "token": "none"},
    "redshift": HOST | USER | {"dbname": "shop", "port": 5439},
}
KEYWORDS = """
all and as cast else exists from group grouping|sets in join not on or order|by over select then
union|all when where
"""
# The functions and types with brackets that each warehouse's documentation has; any other name
# leaked from an engine that runs here.
EVERYWHERE = """
abs avg ceil chr coalesce count dense_rank exp extract first_value floor greatest grouping lag
lead least left length ln lower max md5 min nullif numeric percentile_cont power replace right round
row_number sign sqrt stddev_samp substring sum translate trim upper
"""
OWN = {
    "snowflake": """
        convert_timezone date_trunc dateadd datediff editdistance json_extract_path_text
        object_construct_keep_null
        position regexp_instr split_part to_json try_cast
    """,
    "bigquery": """
        bignumeric datetime datetime_add datetime_diff edit_distance json_value regexp_contains
        safe_cast safe_offset split strpos timestamp timestamp_trunc to_hex to_json_string
    """,
    "databricks": """
        concat convert_timezone current_timezone date_trunc datediff explode from_utc_timestamp
        get get_json_object levenshtein position regexp_extract regexp_replace sequence split struct
        timestampadd timestampdiff to_json try_cast typeof
    """,
    "redshift": """
        date_trunc dateadd datediff json_extract_path_text json_serialize object position
        regexp_replace split_part timezone
    """,
}
# What parses and is refused all the same: Redshift's union has no distinct, its texts no \d.
REFUSED = {"redshift": r"union\s+distinct|is\s+(not\s+)?distinct\s+from|\\d"}


def faults_of(sql: str, dialect: str) -> list[str]:
    """Return what a dialect can't read in a query: errors, names it lacks, refused forms."""
    # sqlglot takes this text at the end of a select for Redshift's clause of that name
    sql = sql.replace("'exclude'", "'excluded'")
    try:
        sqlglot.parse(sql, read=dialect, error_level=sqlglot.ErrorLevel.RAISE)
        tokens = Dialect.get_or_raise(dialect).tokenize(sql)
    except sqlglot.errors.SqlglotError as error:
        return [str(error)[:300]]
    known = f"{KEYWORDS} {EVERYWHERE} {OWN[dialect]}".replace("|", "~").split()
    names = {
        token.text.lower().replace(" ", "~")
        for token, following in pairwise(tokens)
        if following.token_type is TokenType.L_PAREN and token.text[:1].isalpha()
    }
    faults = sorted(names.difference(known))
    faults += [found.group() for found in re.finditer(REFUSED.get(dialect, "$^"), sql.lower())]
    if dialect == "bigquery":
        faults += [text for token in tokens if "\n" in (text := text_of(token, sql))]
    return faults


def text_of(token: Token, sql: str) -> str:
    """Return a string literal as it is written, the empty text for other tokens."""
    return sql[token.start : token.end + 1] if token.token_type is TokenType.STRING else ""


def compiled(dialect: str, folder: Path, project: Path, settings: dict) -> dict[str, str]:
    """Return {file: SQL} of all that dbt compiles for a dialect in a project, without a query."""
    outputs = {dialect: {"type": dialect} | PROFILES[dialect]}
    profile = {"okr_metrics": {"target": dialect, "outputs": outputs}}
    folder.mkdir()
    (folder / "profiles.yml").write_text(yaml.safe_dump(profile))
    # --full-refresh looks up no table, --no-introspect no columns of an input
    options = ["--full-refresh", "--no-introspect", "--no-populate-cache", "--no-write-json"]
    options += ["--exclude", "test_type:unit", "--vars", yaml.safe_dump(SETTINGS | settings)]
    paths = ["--profiles-dir", folder, "--target-path", folder, "--log-path", folder]
    ran = subprocess.run(
        [DBT, "compile", *options, *paths],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        timeout=MINUTES * 60,
    )
    assert ran.returncode == 0, ran.stdout[-3000:]
    files = (folder / "compiled" / "okr_metrics").rglob("*.sql")
    return {file.name: file.read_text() for file in files}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of this project with sources to map.

    It is no project that installs this one: there Databricks' macros ask for a connection.
    """
    folder = tmp_path_factory.mktemp("dialects") / "copy"
    left_out = shutil.ignore_patterns(".*", "target", "logs", "seeds", "python")
    shutil.copytree(REPOSITORY, folder, ignore=left_out)
    tables = [{"name": name} for name in [*INPUTS, "eu", "us"]]
    sources = {"sources": [{"name": "raw", "schema": "raw", "tables": tables}]}
    (folder / "models" / "sources.yml").write_text(yaml.safe_dump(sources))
    return folder


@pytest.mark.parametrize("dialect", PROFILES)
def test_all_that_is_compiled_parses(dialect: str, copy: Path, tmp_path: Path) -> None:
    """In the demo, on everybody's months; and with all that a company may map."""
    if not DBT.exists():
        pytest.skip("the adapters aren't installed: `make dialects` does it")
    demo = compiled(dialect, tmp_path / "demo", REPOSITORY, {})
    mapped = compiled(dialect, tmp_path / "mapped", copy, MAPPED)
    assert {file.name for file in (REPOSITORY / "models").rglob("*.sql")} <= set(mapped)
    faults = {
        f"{name} {where}": faults_of(sql, dialect)
        for where, files in [("of the demo", demo), ("all mapped", mapped)]
        for name, sql in files.items()
        if where == "of the demo" or sql != demo.get(name)
    }
    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.parametrize(
    ("dialect", "sql"),
    [
        ("snowflake", "select from where"),
        ("snowflake", "select regexp_matches(name, 'a') from shops"),
        ("databricks", "select json_serialize(name) from shops"),
        ("bigquery", "select 1 union select 2"),
        ("bigquery", "select 'a\nb' as two_lines"),
        ("redshift", "select 1 union distinct select 2"),
        ("redshift", "select name ~ '\\d' from shops"),
    ],
)
def test_what_a_dialect_cant_read_is_found(dialect: str, sql: str) -> None:
    assert faults_of(sql, dialect)


def test_what_a_dialect_can_read_is_no_fault() -> None:
    assert faults_of("select try_cast(name as date) from shops", "snowflake") == []
