"""README.md and the pages of docs/ say what the package is.

`python tests/python/test_docs.py` writes the figures of the last parse into README.md again.
"""

import csv
import json
import re
from collections import Counter
from pathlib import Path

import duckdb
import pytest
import yaml
from conftest import REPOSITORY, Project, run_dbt

DOCS = REPOSITORY / "docs"
README = REPOSITORY / "README.md"
PAGES = [README, REPOSITORY / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]
# what shipped files are read for mentions of the pages
SHIPPED = ("models", "macros", "snapshots", "seeds", "lint", "okr_metrics", "tests", "benchmarks")
FIGURES = re.compile(r"This project with its demo: [^.]*\.")


@pytest.fixture(scope="module")
def manifest(demo: Path) -> dict:
    """Return the manifest of the built demo."""
    return json.loads((demo.parent / "duckdb/manifest.json").read_text())


def cells(page: Path, first: str) -> list[list[str]]:
    """Return the rows of a page's table whose header begins with a word."""
    text = page.read_text()
    table = text[text.index(f"| {first} |") :].split("\n\n")[0]
    return [[cell.strip() for cell in row[1:-1].split("|")] for row in table.splitlines()[2:]]


def figures(manifest: dict) -> str:
    """Return the sentence with the numbers of what this project holds."""
    # dbt's first parse keeps tests of disabled models, which a later one drops
    nodes = [
        node
        for node in manifest["nodes"].values()
        if node["package_name"] == "okr_metrics"
        and (node.get("attached_node") or node["unique_id"]) in manifest["nodes"]
    ]
    kinds = Counter(node["resource_type"] for node in nodes)
    kpis = len(re.findall(r"^\| `\w+` \|", (DOCS / "kpis.md").read_text(), re.MULTILINE))
    sentence = (
        f"This project with its demo: {kinds['model']} models, {kpis} KPIs,"
        f" {len(public_tables(manifest))} public tables, {kinds['seed']} seeds,"
        f" {kinds['snapshot']} snapshots, {kinds['test']} data tests and"
        f" {len(manifest['unit_tests'])} unit tests."
    )
    return "\n".join(wrapped(sentence))


def wrapped(text: str) -> list[str]:
    """Return a text in lines of at most 120 characters."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > 119:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def public_tables(manifest: dict) -> set[str]:
    """Return the names of the tables that a reader may rely on."""
    return {
        node["name"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and re.match("(kpi|okr)__", node["name"])
    }


def test_the_readme_is_short() -> None:
    lines = README.read_text().splitlines()
    assert len(lines) <= 200
    assert [line for line in lines if len(line) > 120] == []


def test_the_figures_of_the_readme_are_those_of_the_project(manifest: dict) -> None:
    assert FIGURES.findall(README.read_text()) == [figures(manifest)]


def test_the_readme_lists_every_public_table(manifest: dict) -> None:
    named = [re.findall(r"`(\w+)`", row[0]) for row in cells(README, "table")]
    listed = [name for names in named for name in names]
    assert sorted(listed) == sorted(public_tables(manifest))


def test_links_from_outside_the_site_lead_to_files() -> None:
    """Those inside docs/ are mkdocs' to check."""
    for page in (README, REPOSITORY / "CONTRIBUTING.md"):
        links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text())
        assert links
        assert [link for link in links if not (REPOSITORY / link).is_file()] == []


def test_what_is_named_by_its_path_is_there() -> None:
    tops = "|".join(path.name for path in REPOSITORY.iterdir() if path.is_dir())
    files = r"[A-Z]{4,}\.md|dbt_project\.yml|profiles\.yml|pyproject\.toml|Makefile"
    path = re.compile(rf"`((?:{tops})/[\w./-]*|{files})`")
    named = {name for page in PAGES for name in path.findall(page.read_text())}
    assert len(named) > 10
    # what a build makes, and what a reader writes
    others = {name for name in named if name.startswith("target/") or "/my_" in name}
    assert sorted(name for name in named - others if not (REPOSITORY / name).exists()) == []


def test_commands_of_make_are_there() -> None:
    makefile = (REPOSITORY / "Makefile").read_text()
    named = {
        name
        for page in PAGES
        for name in re.findall(r"(?:`|^)make ([a-z][\w-]+)", page.read_text())
    }
    assert {"build", "test", "docs"} <= named
    targets = re.findall(r"^([a-z][\w -]*):", makefile, re.MULTILINE)
    assert sorted(named - {name for line in targets for name in line.split()}) == []


def headings(page: str) -> set[str]:
    """Return the headings of a page of docs/."""
    return set(re.findall(r"^#+ (.+)$", (DOCS / page).read_text(), re.MULTILINE))


def test_what_points_to_a_page_finds_it() -> None:
    """Descriptions and comments name a page, and its section in quotes."""
    mention = re.compile(r"docs/([\w-]+\.md)(?:, \"([^\"]+)\"(?: and \"([^\"]+)\")?)?")
    pointed = set()
    for folder in SHIPPED:
        for path in (REPOSITORY / folder).rglob("*"):
            if path.suffix in (".yml", ".sql", ".py", ".md", ".toml", ".sh") and path.is_file():
                pointed |= {(path.name, *found) for found in mention.findall(path.read_text())}
    assert len(pointed) > 20
    lost = [
        (source, page, section)
        for source, page, *sections in pointed
        for section in sections
        if not (DOCS / page).is_file() or section and section not in headings(page)
    ]
    assert lost == []


def test_the_architecture_names_what_is_there(manifest: dict) -> None:
    """Every folder of models has a row, and every model that is named exists."""
    page = DOCS / "architecture.md"
    models = [node for node in manifest["nodes"].values() if node["resource_type"] != "test"]
    folders = set()
    for node in models:
        top, *path = Path(node["original_file_path"]).parts
        if top == "models":
            folders.add("/".join(path[: 2 if path[0] in ("okr", "staging") else 1]))
    listed = {re.findall(r"`([\w/]+)", row[0])[0].rstrip("/") for row in cells(page, "folder")}
    # off in the demo
    assert listed == folders | {"connectors", "semantic"}
    named = set(
        re.findall(r"`((?:stg|fct|int|kpi|okr|okr_demo)__\w+|int_\w+__\w+)`", page.read_text())
    )
    assert len(named) > 15
    assert named - {node["name"] for node in models} == set()


def test_every_kpi_is_defined() -> None:
    text = (DOCS / "kpi-definitions.md").read_text()
    kpis = re.findall(r"^\| `(\w+)` \|", (DOCS / "kpis.md").read_text(), re.MULTILINE)
    assert len(kpis) > 50
    assert [kpi for kpi in kpis if f"`{kpi}`" not in text] == []


@pytest.fixture(scope="module")
def said() -> dict:
    """Return what the package's macros say of inputs, policies and sources."""
    inline = "{{ tojson({'inputs': input_contract(), 'policies': policies(),"
    inline += " 'sources': connectors(), 'of_every_source': settings_of_every_source([])}) }}"
    printed = run_dbt("--quiet", "compile", "--inline", inline)
    return json.loads(printed[printed.index("{") :])


def test_the_pages_have_every_column_of_every_input(said: dict) -> None:
    """A question mark stands after what may be absent."""
    shown = {}
    for page in ("inputs.md", "okrs.md"):
        for row in cells(DOCS / page, "input"):
            (name,) = re.findall(r"`(\w+)`", row[0])
            columns = re.sub(r"\([^)]*\)", "", row[-1]).split(",")
            shown[name] = {
                column.strip().removesuffix("?"): column.strip().endswith("?") for column in columns
            }
    assert shown == said["inputs"]


def shown_default(value: object) -> str:
    """Return the default of a source's setting as a page shows it."""
    return str(value).lower() if isinstance(value, bool) else str(value or "none")


def test_the_page_of_connectors_has_every_source_and_setting(said: dict) -> None:
    """Each source has a section of its name, with its settings and their defaults."""
    page = DOCS / "connectors.md"
    feeds = {row[0].strip("`"): row[1].split(", ") for row in cells(page, "source")}
    assert feeds == {name: source["inputs"] for name, source in said["sources"].items()}
    shown = {
        section.split("\n")[0]: re.findall(r"^\| `(\w+)` \| ([^|]+) \|", section, re.MULTILINE)
        for section in page.read_text().split("\n## ")[1:]
    }
    given = {"settings_of_every_source": said["of_every_source"]}
    given |= {name: source["settings"] for name, source in said["sources"].items()}
    assert {title.lower().replace(" ", "_"): rows for title, rows in shown.items()} == {
        source: [
            (name, row.get("shown") or shown_default(row["default"]))
            for name, row in settings.items()
        ]
        for source, settings in given.items()
    }


def test_the_page_of_policies_has_every_value(said: dict) -> None:
    rows = cells(DOCS / "policies.md", "policy")
    values = {row[0].strip("`"): row[1].split(", ") for row in rows}
    policies = said["policies"]
    texts = {
        name: [str(value).lower() for value in row["may_be"]] for name, row in policies.items()
    }
    assert values == texts
    for number, profile in enumerate(("standard", "chartmogul", "stripe", "recurly")):
        shown = {row[0].strip("`"): row[number + 2] for row in rows}
        of_profile = {name: row.get(profile, row["standard"]) for name, row in policies.items()}
        assert shown == {
            name: "null" if value is None else str(value).lower()
            for name, value in of_profile.items()
        }
    said_of = re.findall(r"^- \*\*`(\w+)`\*\*", (DOCS / "policies.md").read_text(), re.MULTILINE)
    assert said_of == list(texts)


SHOP = """
create schema billing;
create table billing.accounts as
    select 'C1' as id, '2026-01-05' as signed_up, 'FR' as country, 'retail' as industry;
create table billing.subscriptions as
    select 'S1' as id, 'C1' as account_id, 'Basic' as plan_name, false as is_trial,
        '2026-01-10' as started, null as ended, 30 as monthly_price
    union all
    select 'S2', 'C1', 'Extra', true, '2026-02-01', null, 10;
"""
OKRS = {
    "my_okr_cycles": "2026,The year,annual,2026-01-01,2026-12-31,",
    "my_okr_objectives": "O1,2026,Grow,company,Ana,,,committed,1,,,,",
    "my_okr_key_results": "K1,O1,Revenue of 60,Ana,closing_mrr,,,month,increase,,,,,,",
    "my_okr_key_result_targets": "K1,2026-01-01,0,60,,,,,plan",
}


def test_the_example_of_the_page_on_installing_builds(tmp_path: Path, said: dict) -> None:
    """Its two views over a billing system, mapped as the page maps them."""
    page = (DOCS / "install.md").read_text()
    views = re.findall(r"`models/okr_inputs/(\w+)\.sql`:\n\n```sql\n(.*?)```", page, re.DOTALL)
    (settings,) = re.findall(r"```yaml\n(vars:.*?)```", page, re.DOTALL)
    variables = yaml.safe_load(settings)["vars"] | {"okr_metrics_as_of_date": "2026-03-31"}
    seeds = {
        name: list(csv.DictReader([",".join(said["inputs"][name.removeprefix("my_")]), row]))
        for name, row in OKRS.items()
    }
    project = Project(tmp_path / "shop", dict(views), variables, seeds)
    tables = [{"name": "accounts"}, {"name": "subscriptions"}]
    sources = {"sources": [{"name": "billing", "schema": "billing", "tables": tables}]}
    (project.folder / "models/sources.yml").write_text(yaml.safe_dump(sources))
    with duckdb.connect(project.database) as connection:
        connection.execute(SHOP)
    built = project.build()
    assert built.returncode == 0, built.stdout[-3000:]
    # 30 of 60; the trial pays nothing
    query = "select actual_value, score, status from okr__key_result_attainment"
    assert project.query(query) == [(30, 0.5, "on_track")]


if __name__ == "__main__":
    parsed = json.loads((REPOSITORY / "target/manifest.json").read_text())
    README.write_text(FIGURES.sub(lambda _: figures(parsed), README.read_text()))
