"""Reads a folder of Parquet files by Tableau's engine; runs in the environment of `make bi`.

Prints JSON: of each table its columns with their types and how many rows were read, and the rows
of a query, in which {kpi__values} stands for that table.
"""

import json
import sys
from pathlib import Path

from tableauhyperapi import Connection, HyperProcess, Telemetry


def main(folder: Path, query: str) -> None:
    """Read every file whole, and ask the query."""
    settings = {"log_config": ""}
    tables = {}
    with (
        HyperProcess(Telemetry.DO_NOT_SEND_USAGE_DATA_TO_TABLEAU, parameters=settings) as hyper,
        Connection(hyper.endpoint) as connection,
    ):
        for file in sorted(folder.glob("*.parquet")):
            of_file = f"external('{file}')"
            with connection.execute_query(f"select * from {of_file} limit 0") as result:
                columns = {c.name.unescaped: str(c.type) for c in result.schema.columns}
            # into a table, as an extract is made: every value is read
            connection.execute_command(f"create temp table {file.stem} as select * from {of_file}")
            rows = connection.execute_scalar_query(f"select count(*) from {file.stem}")
            tables[file.stem] = {"columns": columns, "rows": rows}
        rows = connection.execute_list_query(query)
    json.dump({"tables": tables, "rows": rows}, sys.stdout, default=str)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
