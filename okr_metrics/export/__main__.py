"""python -m okr_metrics.export: publish the public tables of a built project as files."""

import argparse
import sys
from pathlib import Path

from okr_metrics.libraries import needed

with needed("export", "dbt", "duckdb", "xlsxwriter"):
    from okr_metrics.export.parquet import write_tables
    from okr_metrics.export.place import PlaceError, new_folder
    from okr_metrics.export.sheets import open_tables
    from okr_metrics.export.workbook import Workbook
    from okr_metrics.marts import Marts, MartsError, add_dbt_options, open_marts

WORKBOOK = "okr_metrics.xlsx"


def arguments() -> argparse.Namespace:
    """Return the options."""
    parser = argparse.ArgumentParser("okr_metrics.export", description=__doc__)
    add_dbt_options(parser)
    parser.add_argument("--output", type=Path, default=Path("target/okr_metrics_export"))
    return parser.parse_args()


def export(marts: Marts, output: Path) -> None:
    """Publish all tables in a folder: all of them or, if it fails, those that are there."""
    with new_folder(output) as folder:
        write_tables(marts, folder)
        with open_tables(folder) as connection:
            Workbook(folder / WORKBOOK, marts, connection).write()


def main() -> int:
    """Write the files; 1 with a sentence where the tables can't be read or the place is taken."""
    options = arguments()
    try:
        with open_marts(
            options.project_dir, options.profiles_dir, options.target, options.vars
        ) as marts:
            export(marts, options.output)
    except (MartsError, PlaceError) as error:
        print(error, file=sys.stderr)
        return 1
    size = sum(file.stat().st_size for file in options.output.iterdir())
    print(f"{options.output}: {len(marts.tables())} tables and {WORKBOOK}, {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
