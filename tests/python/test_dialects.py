"""What is compiled for four warehouses that no test reaches parses in their dialects."""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import sqlglot
import yaml
from conftest import REPOSITORY
from sqlglot.dialects.dialect import Dialect
from sqlglot.tokens import Token, TokenType

DBT = Path(sys.prefix) / "dialects" / "bin" / "dbt"
# Every model is on under these.
SETTINGS = {
    "okr_metrics_semantic_layer": True,
    "okr_metrics_policies": {"churn_denominator": "daily", "pace": "seasonal"},
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
all and as cast else exists from group grouping|sets in not on or order|by over then union|all when
where
"""
# The functions and types with brackets that each warehouse's documentation has; any other name
# leaked from an engine that runs here.
EVERYWHERE = """
abs avg chr coalesce count exp extract first_value floor grouping lag lead least left length lower
max md5 min nullif numeric percentile_cont power replace right round row_number sign sqrt
stddev_samp sum translate trim upper
"""
OWN = {
    "snowflake": """
        convert_timezone date_trunc dateadd datediff editdistance object_construct_keep_null
        regexp_instr to_json try_cast
    """,
    "bigquery": """
        bignumeric datetime datetime_add datetime_diff edit_distance regexp_contains safe_cast
        timestamp timestamp_trunc to_hex to_json_string
    """,
    "databricks": """
        convert_timezone current_timezone date_trunc datediff explode from_utc_timestamp levenshtein
        regexp_replace sequence struct timestampadd timestampdiff to_json try_cast typeof
    """,
    "redshift": """
        date_trunc dateadd datediff json_serialize object regexp_replace substring timezone
    """,
}
# What parses and is refused all the same: Redshift's union has no distinct, its texts no \d.
REFUSED = {"redshift": r"union\s+distinct|is\s+(not\s+)?distinct\s+from|\\d"}


def faults_of(sql: str, dialect: str) -> list[str]:
    """Return what a dialect can't read in a query: errors, names it lacks, refused forms."""
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


@pytest.mark.parametrize("dialect", PROFILES)
def test_all_that_is_compiled_parses(dialect: str, tmp_path: Path) -> None:
    if not DBT.exists():
        pytest.skip("the adapters aren't installed: `make dialects` does it")
    outputs = {dialect: {"type": dialect} | PROFILES[dialect]}
    profile = {"okr_metrics": {"target": dialect, "outputs": outputs}}
    (tmp_path / "profiles.yml").write_text(yaml.safe_dump(profile))
    # --full-refresh looks up no table, --no-introspect no columns of an input
    ran = subprocess.run(
        [
            *(
                DBT,
                "compile",
                "--full-refresh",
                "--no-introspect",
                "--no-populate-cache",
                "--no-write-json",
                "--exclude",
                "test_type:unit",
            ),
            *("--profiles-dir", tmp_path, "--target-path", tmp_path, "--log-path", tmp_path),
            *("--vars", yaml.safe_dump(SETTINGS)),
        ],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-3000:]
    files = sorted((tmp_path / "compiled").rglob("*.sql"))
    models = {file.name for file in (REPOSITORY / "models").rglob("*.sql")}
    assert models <= {file.name for file in files}
    faults = {file.name: faults_of(file.read_text(), dialect) for file in files}
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
