"""python -m okr_metrics.dashboard: write the page of a built project."""

import argparse
import os
import sys
from pathlib import Path

from okr_metrics.libraries import needed

with needed("dashboard", "dbt", "babel", "jinja2", "vl_convert"):
    from okr_metrics.dashboard.labels import languages
    from okr_metrics.dashboard.page import render
    from okr_metrics.dashboard.vega import warm_up
    from okr_metrics.marts import MartsError, add_dbt_options, open_marts


def arguments() -> argparse.Namespace:
    """Return the options; those of dbt have dbt's names."""
    parser = argparse.ArgumentParser("okr_metrics.dashboard", description=__doc__)
    add_dbt_options(parser)
    parser.add_argument("--language", choices=languages(), default="en")
    parser.add_argument("--output", type=Path, default=Path("target/okr_metrics.html"))
    return parser.parse_args()


def write(output: Path, page: str) -> None:
    """Put the page in place at once: a reader sees the last one or this one."""
    output.parent.mkdir(parents=True, exist_ok=True)
    beside = output.with_name(f".{output.name}.{os.getpid()}")
    beside.write_text(page, encoding="utf-8")
    beside.replace(output)


def main() -> int:
    """Write the page; 1 with a sentence where the tables can't be read."""
    options = arguments()
    warm_up()
    try:
        with open_marts(
            options.project_dir, options.profiles_dir, options.target, options.vars
        ) as marts:
            page = render(marts, options.language)
    except MartsError as error:
        print(error, file=sys.stderr)
        return 1
    write(options.output, page)
    print(f"{options.output}: {len(page.encode()) / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
