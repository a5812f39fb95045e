"""python -m okr_metrics.superset: write the bundle that Superset imports."""

import argparse
from pathlib import Path

from okr_metrics.superset.bundle import write_bundle


def arguments() -> argparse.Namespace:
    """Return the options."""
    parser = argparse.ArgumentParser("okr_metrics.superset", description=__doc__)
    parser.add_argument(
        "--uri",
        required=True,
        help="SQLAlchemy URI of the marts, for example postgresql://reader@host/database, or"
        " duckdb:////path/okr.duckdb?access_mode=read_only&enable_external_access=false",
    )
    parser.add_argument("--schema", help="schema of the marts; the connection's own otherwise")
    parser.add_argument("--output", type=Path, default=Path("target/okr_metrics_superset.zip"))
    return parser.parse_args()


def main() -> None:
    """Write the zip."""
    options = arguments()
    options.output.parent.mkdir(parents=True, exist_ok=True)
    files = write_bundle(options.output, options.uri, options.schema)
    print(f"{options.output}: {files} files, to import with: superset import-dashboards --path ...")


if __name__ == "__main__":
    main()
